"""Write tables that open anywhere: text stays text, whatever it begins with; days and numbers stay so."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from impact.wording import clean_text

Value = str | int | float | Decimal | date | None
Table = tuple[str, Sequence[str], Sequence[Sequence[Value]]]
# What a spreadsheet may take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
SEPARATORS = {"semicolon": ";", "comma": ",", "tab": "\t"}
_WIDEST = 60


def to_xlsx(tables: Sequence[Table]) -> bytes:
    """One sheet by table, its headings frozen."""
    book = Workbook(write_only=True)
    for title, headings, rows in tables:
        sheet = book.create_sheet(title[:31])
        sheet.freeze_panes = "A2"
        for at, width in enumerate(_widths(headings, rows)):
            sheet.column_dimensions[_letter(at)].width = width
        sheet.append([_cell(sheet, heading, bold=True) for heading in headings])
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def to_csv(table: Table, separator: str = ";", decimal: str = ",") -> bytes:
    """UTF-8 with its mark, so that accents open right; what looks like a formula is preceded by an apostrophe."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator, lineterminator="\r\n")
    _, headings, rows = table
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_text(value, decimal) for value in row])
    return stream.getvalue().encode("utf-8-sig")


def _cell(sheet: WriteOnlyWorksheet, value: Value, bold: bool = False) -> Any:
    plain: Any = _sober(value) if isinstance(value, str) else value
    if not bold and not isinstance(value, date) and not (isinstance(value, str) and value.startswith(FORMULA)):
        return plain
    cell: Cell = WriteOnlyCell(sheet, value=plain)
    if isinstance(value, str):
        cell.data_type = "s"
        # Excel then takes it for text even when the cell is edited.
        cell.number_format = "@"
    elif isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    if bold:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _text(value: Value, decimal: str) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int | float | Decimal):
        return f"{value}".replace(".", decimal)
    text = _sober(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _sober(text: str) -> str:
    return (text if text.isascii() and text.isprintable() else clean_text(text))[:32_000]


def _widths(headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[int]:
    return [
        min(_WIDEST, 2 + max([len(heading), *(len(str(row[at] or "")) for row in rows[:200] if at < len(row))]))
        for at, heading in enumerate(headings)
    ]


def _letter(at: int) -> str:
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name
