"""From the bytes of a spreadsheet to its cells: xlsx, xls, ods or csv, told by their content and never by their name.

Calamine gives a file as many cells as it claims to have: files are read in a process of their own, with little memory
and little time, so that a trapped one ends there.
"""

import csv
import io
import json
import re
import resource
import subprocess
import sys
import unicodedata
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from impact.exceptions import Refused

MOST_BYTES = 20_000_000
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 20_000, 200, 30
LONGEST_CELL = 10_000
_UNPACKED, _ENTRIES = 80_000_000, 2_000
_MEMORY, _SECONDS = 1_500_000_000, 20
_SEPARATORS = ";,\t"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Cell = str | int | float | bool | date | None
Sheets = list[tuple[str, list[list[Cell]]]]

_NOT_A_TABLE = "Ce fichier n’est pas un tableau lisible : enregistrez-le en .xlsx, .ods ou .csv."
_TRAPPED = "Ce fichier est anormal : copiez ses cellules dans un tableau neuf, puis envoyez-le."
_TOO_LARGE = f"Ce tableau est trop grand : {MOST_ROWS} lignes et {MOST_COLUMNS} colonnes au plus."


def read_sheets(content: bytes) -> Sheets:
    """Every sheet with its rows, lines numbered as in the spreadsheet; raises Refused on what cannot be read."""
    if not content.strip():
        raise Refused("Ce fichier est vide : choisissez-en un autre.", "file")
    if len(content) > MOST_BYTES:
        raise Refused("Ce fichier est trop lourd : 20 Mo au plus.", "file")
    done = subprocess.run(
        [sys.executable, "-m", "impact.sheets.reading"], input=content, capture_output=True, check=False
    )
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise Refused(_TRAPPED, "file") from None
    if isinstance(answer, str):
        raise Refused(answer, "file")
    return unpack_sheets(answer)


def pack_sheets(sheets: Sheets) -> list[Any]:
    """Cells as JSON holds them: a day is a list of one text."""
    return [
        [name, [[[cell.isoformat()] if isinstance(cell, date) else cell for cell in row] for row in rows]]
        for name, rows in sheets
    ]


def unpack_sheets(packed: list[Any]) -> Sheets:
    """The reverse of `pack_sheets`."""
    return [
        (name, [[date.fromisoformat(cell[0]) if isinstance(cell, list) else cell for cell in row] for row in rows])
        for name, rows in packed
    ]


def decode(content: bytes) -> str:
    """UTF-8 with or without mark, UTF-16 with its mark, else the Windows code page of western Europe."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def separator_of(text: str) -> str:
    """The separator that gives the widest rows, the same width row after row."""

    def width(separator: str) -> tuple[int, int]:
        rows = [len(row) for _, row in zip(range(30), csv.reader(io.StringIO(text), delimiter=separator), strict=False)]
        usual = max(set(rows), key=rows.count, default=1)
        return (rows.count(usual) if usual > 1 else 0, usual)

    return max(_SEPARATORS, key=width)


def _read(content: bytes) -> Sheets:
    if content[:4] == b"PK\x03\x04":
        check_archive(content)
        return _read_workbook(content)
    if content.startswith(_OLE):
        return _read_workbook(content)
    return [("", _read_text(content))]


def check_archive(content: bytes, not_one: str = _NOT_A_TABLE) -> None:
    """Raises Refused on `file` for a zip that is no workbook (`not_one` says so), hides macros or links, or is too large."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
        names = {entry.filename for entry in entries}
        if len(entries) > _ENTRIES or any(_strays(entry) for entry in entries):
            raise Refused(_TRAPPED, "file")
        if any("vbaproject" in name.lower() or name.startswith("Basic/") for name in names):
            raise Refused("Ce tableau contient des macros : enregistrez-le sans macro.", "file")
        if not names & {"xl/workbook.xml", "content.xml"}:
            raise Refused(not_one, "file")
        if sum(entry.file_size for entry in entries) > _UNPACKED:
            raise Refused(_TOO_LARGE, "file")
        # Reads every entry: one that unpacks to more than it says has a wrong sum.
        if archive.testzip():
            raise Refused(_TRAPPED, "file")
        for entry in entries:
            if entry.filename.startswith("xl/worksheets/sheet"):
                _check_extent(archive.read(entry))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        raise Refused(not_one, "file") from None


def _strays(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    linked = (entry.external_attr >> 16) & 0o170000 == 0o120000
    return path.is_absolute() or ".." in path.parts or linked


def _check_extent(sheet: bytes) -> None:
    rows = [int(found) for found in re.findall(rb'<row[^>]* r="(\d{1,9})"', sheet)]
    cells = re.findall(rb'<c r="([A-Z]{1,4})(\d{1,9})"', sheet)
    furthest = max((int(row) for _, row in cells), default=0)
    if len(rows) > MOST_ROWS + 1_000 or furthest > MOST_ROWS + 1_000 or any(len(name) > 2 for name, _ in cells):
        raise Refused(_TOO_LARGE, "file")


def _read_workbook(content: bytes) -> Sheets:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets: Sheets = []
        for name in book.sheet_names[:MOST_SHEETS]:
            sheet = book.get_sheet_by_name(name)
            rows = [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
                if left == right and bottom < len(rows):
                    for row in rows[top + 1 : bottom + 1]:
                        row[left] = rows[top][left]
            sheets.append((name, _fitting(rows)))
    except PasswordError:
        raise Refused("Ce tableau est protégé par un mot de passe : enregistrez-le sans.") from None
    except CalamineError:
        raise Refused(_NOT_A_TABLE) from None
    return [(name, rows) for name, rows in sheets if rows]


def _read_text(content: bytes) -> list[list[Cell]]:
    try:
        text = decode(content)
    except UnicodeDecodeError:
        raise Refused(_NOT_A_TABLE) from None
    if "\x00" in text or sum(unicodedata.category(c) == "Cc" and c not in "\t\r\n" for c in text[:4_000]) > 4:
        raise Refused(_NOT_A_TABLE)
    csv.field_size_limit(1_000_000)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text)))
    except csv.Error:
        raise Refused(_NOT_A_TABLE) from None
    return _fitting([[_unguarded(cell) or None for cell in row] for row in rows])


def _unguarded(cell: str) -> str:
    # An apostrophe that some export, ours included, put before what looks like a formula.
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@", "\t", "\r", "\n") else cell


def _fitting(rows: list[list[Cell]]) -> list[list[Cell]]:
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS or max((len(row) for row in rows), default=0) > MOST_COLUMNS:
        raise Refused(_TOO_LARGE)
    return rows


def _plain(cell: Any) -> Cell:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, time | timedelta):
        return str(cell)
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if isinstance(cell, Decimal):
        return float(cell)
    return cell if cell != "" else None


def _main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    try:
        answer: Any = pack_sheets(_read(sys.stdin.buffer.read()))
    except Refused as refusal:
        answer = str(refusal)
    except MemoryError:
        answer = _TRAPPED
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    _main()
