"""Tables that leave the house as files: text stays text in every spreadsheet."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

Cell = str | int | float | date | None
SEPARATORS = {"semicolon": ";", "comma": ",", "tab": "\t"}
# What a spreadsheet takes for the beginning of a formula, full-width forms included.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# XML cannot hold them.
_UNWRITABLE = {code: None for code in range(32) if code not in (9, 10, 13)}


def safe(cell: Cell) -> Cell:
    """The cell, its text kept from being read as a formula; numbers stay numbers."""
    if not isinstance(cell, str):
        return cell
    text = cell.translate(_UNWRITABLE)
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS) or text.startswith(_STARTS) else text


def as_csv(header: Sequence[str], rows: Sequence[Sequence[Cell]], separator: str = ";") -> bytes:
    """UTF-8 with the mark that spreadsheets expect; decimal comma when the separator leaves it free."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([_csv_cell(cell, separator) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(sheets: Sequence[tuple[str, Sequence[str], Sequence[Sequence[Cell]]]]) -> bytes:
    """A workbook; texts are string cells, whatever they begin with."""
    book = Workbook(write_only=True)
    for title, header, rows in sheets:
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for row in (header, *rows):
            sheet.append([_xlsx_cell(sheet, cell) for cell in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _csv_cell(cell: Cell, separator: str) -> object:
    kept = safe(cell)
    if isinstance(kept, float):
        return f"{kept:.10g}".replace(".", "." if separator == "," else ",")
    return kept.isoformat() if isinstance(kept, date) else kept


def _xlsx_cell(sheet: Any, cell: Cell) -> object:
    if not isinstance(cell, str):
        return cell
    written = WriteOnlyCell(sheet, value=str(safe(cell)))
    written.data_type = "s"
    return written
