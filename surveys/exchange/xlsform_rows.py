"""The lines of an XLSForm sheet: their cells by column, their texts by column and language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from impact.sheets.reading import Cell

_ALIASES = {
    "command": "type", "caption": "label", "tag": "name", "value": "name", "list name": "list_name",
    "relevance": "relevant", "bind:relevant": "relevant", "bind:constraint": "constraint",
}  # fmt: skip
_LANGUAGE = re.compile(r"(.+?)::?\s*(.*?)\s*(?:\(([A-Za-z0-9-]+)\))?$")


@dataclass
class FormRow:
    """One line of a sheet: its number, its cells by column, its texts by column and language."""

    line: int
    cells: dict[str, str]
    texts: dict[str, dict[str, str]]

    def get(self, name: str) -> str:
        """A cell, empty when there is none."""
        return self.cells.get(name, "")

    def said(self, column: str, main: str) -> str:
        """A text in the language without name, else in the main one, else in any."""
        known = self.texts.get(column, {})
        return self.cells.get(column) or known.get(main) or next(iter(known.values()), "")


def form_rows(rows: list[list[Cell]]) -> list[FormRow]:
    """Every line that holds something, with its number in the spreadsheet."""
    headings = [str(cell or "").strip().removeprefix("media::") for cell in rows[0]] if rows else []
    return [_row(number, headings, cells) for number, cells in enumerate(rows[1:], start=2) if any(cells)]


def _row(number: int, headings: Sequence[str], cells: Sequence[Cell]) -> FormRow:
    row = FormRow(number, {}, {})
    for heading, cell in zip(headings, cells, strict=False):
        text = "" if cell is None else str(cell)
        if not heading or not text:
            continue
        name = _ALIASES.get(heading.lower(), heading.lower())
        column = _LANGUAGE.fullmatch(heading) if ":" in heading and not name.startswith("bind") else None
        if column and name not in _ALIASES.values():
            language = column[3] or column[2]
            row.texts.setdefault(column[1].strip().lower(), {})[language] = text
        else:
            row.cells[name] = text
    return row
