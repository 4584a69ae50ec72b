"""A questionnaire from a REDCap data dictionary; what is not taken up is listed by line."""

import re
from collections.abc import Mapping
from itertools import groupby

from impact.exceptions import Refused
from impact.sheets.reading import Sheets
from surveys.exchange.building import Building, kind_of_list, without_tags
from surveys.exchange.records import Taken
from surveys.exchange.redcap_words import COLUMNS, OTHER_NAMES
from surveys.records import Choice, Condition, Question
from surveys.vocabulary import QuestionKind

_TERM = re.compile(r"\[(\w+)(?:\((\w+)\))?\]\s*=\s*['\"]?([\w.-]+)['\"]?")
_YES_NO = {"yesno": [("1", "Oui"), ("0", "Non")], "truefalse": [("1", "Vrai"), ("0", "Faux")]}
Row = dict[str, str]
LEVELS = 5


def from_redcap(sheets: Sheets) -> Taken:
    """The questionnaire; raises Refused when the file is no dictionary."""
    cells = sheets[0][1] if sheets else []
    named = {title.lower(): name for name, title in COLUMNS.items()} | OTHER_NAMES
    headings = [named.get(str(cell or "").strip().lower(), "") for cell in (cells[0] if cells else [])]
    if not {"name", "type", "label"} <= set(headings):
        raise Refused(
            "Ce tableau n’est pas un dictionnaire REDCap : ses colonnes ne sont pas celles attendues.", "file"
        )
    rows = [
        (
            line,
            {name: str(cell).strip() for name, cell in zip(headings, row, strict=False) if name and cell is not None},
        )
        for line, row in enumerate(cells[1:], start=2)
    ]
    building = Building()
    # The first field of a dictionary is the number of the record.
    for matrix, group in groupby(
        ((line, row) for line, row in rows[1:] if row), key=lambda each: each[1].get("matrix")
    ):
        listed = list(group)
        if matrix:
            _add_matrix(building, matrix, listed)
        else:
            for line, row in listed:
                _add(building, line, row)
    return building.finish(rows[1][1].get("form", "Questionnaire") if len(rows) > 1 else "", "Repris de REDCap.")


def _add(building: Building, line: int, row: Row) -> None:
    _add_section(building, line, row)
    kind, name = row.get("type", ""), row.get("name", "")
    pairs = _YES_NO.get(kind) or _pairs(row.get("choices", ""))
    if kind in ("radio", "dropdown", "checkbox", *_YES_NO):
        pairs = [pair for pair in pairs if pair[0] != "unknown"]
        if len(pairs) < 2:
            building.leave(line, f"« {row.get('label')} » a moins de deux réponses : la question n’est pas reprise.")
            return
        _finish(building, line, row, kind_of_list(kind == "checkbox"), building.choices(name, pairs))
    elif kind == "text":
        _add_text(building, line, row)
    elif kind in ("notes", "descriptive"):
        _finish(building, line, row, QuestionKind.WORDS if kind == "notes" else QuestionKind.INFORMATION)
    elif kind == "slider":
        building.leave(line, "le curseur de 0 à 100 devient une note de 0 à 10.")
        _finish(building, line, row, QuestionKind.SCALE)
    else:
        building.leave(line, f"le type « {kind} » n’a pas d’équivalent : « {row.get('label')} » n’est pas repris.")


def _add_text(building: Building, line: int, row: Row) -> None:
    validation = row.get("validation", "")
    if validation.startswith("date") and not validation.startswith("datetime"):
        _finish(building, line, row, QuestionKind.DAY)
    elif validation in ("integer", "number"):
        if validation == "number":
            building.leave(line, "un nombre à virgule devient un nombre entier.")
        low, high = (_whole(row.get(name, ""), default) for name, default in (("minimum", 0), ("maximum", 1_000_000)))
        _finish(building, line, row, QuestionKind.NUMBER, lowest=low, highest=high)
    else:
        if validation:
            building.leave(line, f"la vérification « {validation} » n’est pas suivie.")
        _finish(building, line, row, QuestionKind.LINE)


def _add_matrix(building: Building, matrix: str, rows: list[tuple[int, Row]]) -> None:
    """A ranking, a grid of five answers, or as many lists as the matrix has lines."""
    line, first = rows[0]
    pairs = [pair for pair in _pairs(first.get("choices", "")) if pair[0] != "unknown"]
    ranks = first.get("ranking", "").lower() == "y"
    sure = first.get("type") == "radio" and len({row.get("choices") for _, row in rows}) == 1
    if not sure or not ((ranks and len(rows) > 1) or len(pairs) == LEVELS):
        for place, row in rows:
            _add(building, place, row)
        return
    code = building.code(matrix)
    listed = [(row.get("name", "").removeprefix(f"{matrix}_"), without_tags(row.get("label", ""))) for _, row in rows]
    choices = building.choices(matrix, listed)
    question = Question(
        code,
        QuestionKind.RANKING if ranks else QuestionKind.GRID,
        without_tags(first.get("section", "")) or matrix,
        help=without_tags(first.get("note", "")),
        required=first.get("required", "").lower() == "y",
        aside="unknown," in first.get("choices", ""),
        levels=() if ranks else tuple(text for _, text in pairs),
        choices=choices,
        shown_if=_condition(building, line, first),
    )
    building.questions.append(question)


def _add_section(building: Building, line: int, row: Row) -> None:
    if title := without_tags(row.get("section", "")):
        building.questions.append(Question(building.code(f"part_{line}"), QuestionKind.SECTION, title))


def _finish(
    building: Building, line: int, row: Row, kind: QuestionKind, choices: tuple[Choice, ...] = (), **bounds: int
) -> None:
    if row.get("identifier", "").lower() == "y":
        building.leave(line, f"« {row.get('label')} » peut dire qui répond : gardez-la seulement s’il le faut.")
    if row.get("annotation"):
        building.leave(line, f"l’annotation « {row['annotation']} » n’est pas suivie.")
    if bounds and bounds["lowest"] >= bounds["highest"]:
        bounds = {}
    shown_if = _condition(building, line, row)
    building.questions.append(
        Question(
            building.code(row.get("name", "")),
            kind,
            without_tags(row.get("label", "")) or row.get("name", ""),
            help=without_tags(row.get("note", "")),
            required=row.get("required", "").lower() == "y" and kind is not QuestionKind.INFORMATION,
            aside=any(code == "unknown" for code, _ in _pairs(row.get("choices", ""))),
            choices=choices,
            shown_if=shown_if,
            **bounds,  # type: ignore[arg-type]
        )
    )


def _condition(building: Building, line: int, row: Mapping[str, str]) -> Condition | None:
    text = row.get("branching", "")
    parts = [_TERM.fullmatch(part.strip()) for part in re.split(r"\s+or\s+", text)] if text else []
    pairs = [(part[1], part[2] or part[3]) for part in parts if part and (not part[2] or part[3] == "1")]
    return building.condition(line, text, pairs, len(pairs) == len(parts))


def _pairs(text: str) -> list[tuple[str, str]]:
    found = [part.partition(",") for part in text.split("|") if part.strip()]
    return [(code.strip(), without_tags(words)) for code, _, words in found]


def _whole(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else default
