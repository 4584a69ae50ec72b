"""One cell: a day, a number, a yes or no, several words, whatever way it is written."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal

from impact.sheets.vocabulary import Answer, Fault
from impact.wording import MONTHS, clean_text, fold, read_number

Cell = str | int | float | bool | date | None
_SERIAL_ORIGIN = date(1899, 12, 30)
# Days from 1 January 1950 to 31 December 2099.
_SERIALS = range(18_264, 73_051)
_MONTHS = {fold(name): number for number, name in enumerate(MONTHS, 1)} | {
    "janv": 1, "jan": 1, "fevr": 2, "fev": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11, "dec": 12
}  # fmt: skip
_NUMERIC = re.compile(r"(\d{1,4})[/.\- ](\d{1,2})[/.\- ](\d{1,4})(?:[ T]00:00(?::00)?)?")
_WRITTEN = re.compile(r"(?:[a-z]+ )?(\d{1,2})(?:er)? ([a-z]+) (\d{2}|\d{4})")
_CUTS, _OTHER_CUTS = re.compile(r"\s*[;|\n]\s*"), re.compile(r"\s*/\s*|\s*,\s+")
_MANDATE = re.compile(r"\s+(?:puis|ensuite)\s+", re.IGNORECASE)
_SINCE = re.compile(r"^(.*?)\s+(?:le|depuis le|à partir du|au)\s+(\S.*)$", re.IGNORECASE)
_YES = frozenset({"o", "oui", "y", "yes", "vrai", "true", "x", "1", "ok", "signe", "donne"})
_NO = frozenset({"n", "non", "no", "faux", "false", "0", "refus", "refuse"})
_MOJIBAKE = re.compile(
    "Ã[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u2018-\u203a€]|Â[\u00a0-\u00bf]"
)


def text_of(cell: Cell) -> str:
    """The cell as it is read, on its own terms: no thing is taken for a missing value or a boolean."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float):
        return f"{cell:.15g}".replace(".", ",")
    return visible(str(cell))


def visible(text: str) -> str:
    """Cleaned, in NFC, without zero-width characters, no-break spaces made plain."""
    # Most cells are plain already: nothing printable is harmful, invisible or a no-break space.
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text.strip()
    kept = "".join(c for c in clean_text(text) if unicodedata.category(c) != "Cf")
    return kept.replace("\u00a0", " ").replace("\u202f", " ").strip()


def oddities(cell: Cell) -> list[Fault]:
    """What is invisible or ill-decoded in a text."""
    if not isinstance(cell, str):
        return []
    hidden = any(unicodedata.category(c) == "Cf" for c in cell)
    return [Fault.INVISIBLE] * hidden + [Fault.MOJIBAKE] * bool(_MOJIBAKE.search(cell))


def read_day(cell: Cell) -> tuple[date | None, Fault | None]:
    """The day, and what to say of it; an empty cell gives neither. Day comes before month."""
    if isinstance(cell, date):
        return cell, None
    if isinstance(cell, bool):
        return None, Fault.NOT_A_DATE
    text = text_of(cell)
    if not text:
        return None, None
    if text.isascii() and text.isdigit() and int(text) in _SERIALS:
        return _SERIAL_ORIGIN + timedelta(int(text)), Fault.SERIAL
    parts = _parts(text)
    if parts is None:
        return None, Fault.NOT_A_DATE
    day, month, year, short = parts
    try:
        return date(year, month, day), Fault.SHORT_YEAR if short else None
    except ValueError:
        return None, Fault.NO_DAY


def month_first(cell: Cell) -> bool:
    """A date that only makes sense with its month first."""
    found = _NUMERIC.fullmatch(text_of(cell)) if isinstance(cell, str) else None
    return bool(found) and int(found[1]) <= 12 < int(found[2]) <= 31  # type: ignore[index]


def may_be_ambiguous(cell: Cell) -> bool:
    """A written date whose day could be a month."""
    found = _NUMERIC.fullmatch(text_of(cell)) if isinstance(cell, str) else None
    return bool(found) and int(found[1]) <= 12 and int(found[2]) <= 12 and found[1] != found[2]  # type: ignore[index]


def read_amount(cell: Cell, lowest: Decimal, highest: Decimal) -> tuple[Decimal | None, Fault | None]:
    """A number between bounds; no unit, no exponent, no « 7h30 »."""
    text = text_of(cell)
    if not text:
        return None, None
    try:
        value = read_number(text)
    except ValueError:
        return None, Fault.NOT_A_NUMBER
    return (value, None) if lowest <= value <= highest else (None, Fault.OUT_OF_BOUNDS)


def read_answer(cell: Cell) -> Answer | None:
    """Yes, no or unknown; None when it is neither."""
    text = text_of(cell)
    said = fold(text)
    if not said:
        return Answer.UNKNOWN
    return Answer.YES if said in _YES else Answer.NO if said in _NO else None


def read_words(cell: Cell, whole: Collection[str] = ()) -> list[str]:
    """The words of a cell that holds several, in their order, each once; those of `whole` (folded) are not cut."""
    parts = _CUTS.split(text_of(cell))
    pieces = [[part] if fold(part) in whole else _OTHER_CUTS.split(part) for part in parts]
    words = [word for piece in pieces for word in piece if word]
    first: dict[str, str] = {}
    for word in words:
        first.setdefault(fold(word), word)
    return list(first.values())


def read_code(cell: Cell, width: int) -> str:
    """A code of digits: the zeros that a spreadsheet lost on the left are given back."""
    text = text_of(cell)
    return text.zfill(width) if text.isascii() and text.isdigit() else text


def read_mandates(cell: Cell) -> list[tuple[str, date | None]] | None:
    """Successive names of « A puis B le 02/02/2026 »; None when a change has no day."""
    first, *others = _MANDATE.split(text_of(cell))
    found: list[tuple[str, date | None]] = [(first, None)] if first else []
    for said in others:
        dated = _SINCE.match(said)
        day, fault = read_day(dated[2]) if dated else (None, None)
        if dated is None or day is None or fault is Fault.NOT_A_DATE:
            return None
        found.append((dated[1], day))
    return found


def _parts(text: str) -> tuple[int, int, int, bool] | None:
    if found := _NUMERIC.fullmatch(text):
        first, month, last = found.groups()
        if len(first) == 4 and len(last) <= 2:
            return int(last), int(month), int(first), False
        if len(first) <= 2 and len(last) in (2, 4):
            return int(first), int(month), int(last) + (2000 if len(last) == 2 else 0), len(last) == 2
        return None
    found = _WRITTEN.fullmatch(fold(text))
    if found and found[2] in _MONTHS:
        short = len(found[3]) == 2
        return int(found[1]), _MONTHS[found[2]], int(found[3]) + (2000 if short else 0), short
    return None
