"""What a workbook says that the product does not follow: sheets, columns, appearances."""

from collections.abc import Iterator, Mapping, Sequence

from surveys.exchange.records import Left
from surveys.exchange.xlsform_rows import FormRow

_FOLLOWED = {
    "survey": {"type", "name", "label", "hint", "relevant", "constraint", "required", "appearance", "parameters"},
    "choices": {"list_name", "name", "label"},
    "settings": {"form_title", "form_id", "version", "default_language"},
}
_OURS = "impact_"
_APPEARANCES = {"multiline", "table-list"}


def unheeded(sheets: Mapping[str, Sequence[FormRow]]) -> list[Left]:
    """Each of them by line; a column that fills many lines is told at each, as its effect is lost at each."""
    found = [Left(0, f"la feuille « {name} » n’est pas lue.") for name in sheets if name not in _FOLLOWED]
    for name, followed in _FOLLOWED.items():
        for row in sheets.get(name, ()):
            found += _of_row(name, row, followed)
    return found


def _of_row(sheet: str, row: FormRow, followed: set[str]) -> Iterator[Left]:
    line = row.line if sheet == "survey" else 0
    where = "" if sheet == "survey" else f" (feuille « {sheet} », ligne {row.line})"
    for column in dict.fromkeys([*row.cells, *row.texts]):
        if column not in followed and not column.startswith((_OURS, "$")):
            yield Left(line, f"la colonne « {column} » n’est pas suivie{where}.")
    appearance = row.get("appearance") if sheet == "survey" else ""
    if appearance and not set(appearance.split()) <= _APPEARANCES:
        yield Left(line, f"la présentation « {appearance} » n’est pas suivie.")
