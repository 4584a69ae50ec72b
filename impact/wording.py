"""French numbers, dates, spacing, sorting: every text that a person reads passes here.

U+202F is the narrow no-break space, U+00A0 the no-break space, U+2212 the minus sign.
"""

import re
import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from zoneinfo import ZoneInfo

NARROW, NBSP, MINUS = "\u202f", "\u00a0", "\u2212"
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_LOCAL = ZoneInfo("Europe/Paris")
_UNITS = "mois|ans|enfants?|jeunes|parents|foyers|ateliers?|personnes|structures|points?|minutes|réponses|sur"
_SPACING: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[ \u00a0]([;!?])"), NARROW + r"\1"),
    (re.compile(r" (:)"), NBSP + r"\1"),
    (re.compile("« "), "«" + NBSP),
    (re.compile(" »"), NBSP + "»"),
    (re.compile(r"(?<=\d) %"), NARROW + "%"),
    (re.compile(r"(?<=\d) (?=€|[kM]o\b|h\b)"), NBSP),
    (re.compile(r"(?<=\d) (?=\d{3}\b)"), NARROW),
    (re.compile(r"\b([np]) = "), r"\1" + NBSP + "=" + NBSP),
    (re.compile(rf"(?<=\d) (?=(?:{_UNITS}|{'|'.join(MONTHS)})\b)"), NBSP),
    (re.compile(r"(?<=sur) (?=\d)"), NBSP),
    (re.compile(r"\b(n°s?) (?=\S)"), r"\1" + NBSP),
    (re.compile(r" (–)"), NBSP + r"\1"),
)


def french(text: str) -> str:
    """Typographic apostrophes and no-break spaces of French; applying it twice changes nothing."""
    text = text.replace("'", "’")
    for pattern, replacement in _SPACING:
        text = pattern.sub(replacement, text)
    return text


def number(value: float | Decimal | None, decimals: int = 0) -> str:
    """1 234,5 with a narrow space and a comma; « – » when unknown."""
    if value is None:
        return "–"
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{rounded:,}".replace(",", NARROW).replace(".", ",")
    return text.replace("-", MINUS) if rounded else text.replace("-", "")


def percent(share: float | None, decimals: int = 0) -> str:
    """A share in 0..1 as « 12 % »."""
    return "–" if share is None else number(Decimal(str(share)) * 100, decimals) + NARROW + "%"


def money(euros: float | Decimal | None) -> str:
    """« 444 € », « 444,20 € »; « – » when unknown."""
    return "–" if euros is None else number(euros, 2).removesuffix(",00") + NBSP + "€"


def signed(value: float, decimals: int = 0) -> str:
    """A change with its sign: +12, −3, 0."""
    text = number(value, decimals)
    return text if text[0] == MINUS or Decimal(str(value)) == 0 else "+" + text


def plural(count: float, singular: str, many: str = "") -> str:
    """« 1 enfant », « 2 enfants »: French counts 0 and 1 as singular."""
    word = singular if abs(count) < 2 else many or singular + "s"
    return f"{number(count)}{NBSP}{word}"


def short_date(day: date | None) -> str:
    """21/11/2026."""
    return "–" if day is None else f"{day:%d/%m/%Y}"


def long_date(day: date | None) -> str:
    """1er mars 2026."""
    if day is None:
        return "–"
    return f"{'1er' if day.day == 1 else day.day}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}"


def weekday_date(day: date) -> str:
    """mardi 24 novembre 2026."""
    return f"{DAYS[day.weekday()]} {long_date(day)}"


def local_moment(moment: datetime) -> str:
    """A UTC moment as « 21/11/2026 à 10 h 42 », in mainland time."""
    local = moment.astimezone(_LOCAL)
    return f"{local:%d/%m/%Y} à {local.hour}{NBSP}h{NBSP}{local:%M}"


def read_number(text: str) -> Decimal:
    """« 1 234,5 », « 1234.5 » or « −3 »; raises ValueError on anything else, infinities and foreign digits included."""
    plain = re.sub(r"[\s\u202f\u00a0]", "", text).replace(MINUS, "-").replace(",", ".")
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,9})?", plain, re.ASCII):
        raise ValueError(text)
    try:
        return Decimal(plain)
    except InvalidOperation as error:
        raise ValueError(text) from error


def clean_text(text: str) -> str:
    """NFC, without control characters, lone surrogates or bidirectional overrides; line ends as \\n."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (c for c in text if c in "\n\t" or not _is_harmful(c))
    return "".join(kept).strip()


def _is_harmful(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs"} or "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069"


def fold(text: str) -> str:
    """The text as it is searched: no accents, no ligatures, no case, letters and digits only, words kept apart."""
    text = text.replace("œ", "oe").replace("Œ", "Oe").replace("æ", "ae").replace("Æ", "Ae").replace("ß", "ss")
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain.casefold()))


def sort_key(text: str) -> tuple[str, str, str]:
    """French alphabetical order: accents count only between equal words."""
    return fold(text).replace(" ", ""), text.casefold(), text


def inner(label: str) -> str:
    """A label inside a sentence: « Mission d’intérêt public du PRE » loses its capital, « PRE » keeps its own."""
    return label if label[:2].isalpha() and label[:2].isupper() else label[:1].lower() + label[1:]


def of_name(name: str) -> str:
    """« d’Amina », « de Basile »."""
    return ("d’" if fold(name)[:1] in tuple("aeiou") else "de ") + name


def join_words(words: list[str], last: str = "et") -> str:
    """« a, b et c »."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
