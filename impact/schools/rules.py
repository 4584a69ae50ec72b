"""What may be written of a school, and how the ministry's file is read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from impact.exceptions import Refused
from impact.schools.records import COUNTS, GROUPS, Figures, Line, MixRule, Read, School
from impact.schools.vocabulary import SchoolLevel, Sector
from impact.sheets.reading import Cell, Sheets
from impact.wording import fold, number, read_number

MOST_SCHOOLS = 300
EARLIEST = 2000
# Heading of the file, without accents: the ministry's (its faults included), then those of our own model.
_HEADINGS = {
    "year": ("rentree scolaire", "annee scolaire", "annee", "rentree"),
    "uai": ("uai", "numero uai"),
    "name": ("nom de l etablissment", "nom de l etablissement", "etablissement", "nom"),
    "commune": ("nom de la commune", "commune"),
    "insee": ("code insee de la commune",),
    "departement": ("departement",),
    "sector": ("secteur",),
    "pupils": ("effectifs", "effectif", "eleves"),
    "ips": ("ips",),
    "ips_sd": ("ecart type de l ips", "ecart type ips", "ecart type"),
    "very_favoured": ("tres favorises",),
    "favoured": ("favorises",),
    "middle": ("moyens",),
    "disadvantaged": ("defavorises",),
    "residents": ("eleves du secteur",),
    "stayed": ("eleves du secteur scolarises ici",),
    "residents_disadvantaged": ("defavorises du secteur",),
    "stayed_disadvantaged": ("defavorises du secteur scolarises ici",),
}
MODEL = (
    "Rentrée scolaire;UAI;Nom de l'établissement;Nom de la commune;Secteur;Effectifs;IPS;Écart type de l'IPS;"
    "Très favorisés;Favorisés;Moyens;Défavorisés;Élèves du secteur;Élèves du secteur scolarisés ici;"
    "Défavorisés du secteur;Défavorisés du secteur scolarisés ici\r\n"
)
_SECTORS = {"public": Sector.PUBLIC, "prive": Sector.PRIVATE, "prive sous contrat": Sector.PRIVATE}
_NEEDED = {"year": "Rentrée scolaire", "name": "Nom de l’établissement", "sector": "Secteur"}


def year_label(year: int) -> str:
    """« 2022-2023 »."""
    return f"{year}-{year + 1}"


def check_line(line: Line, today: date) -> None:
    """Raises Refused on counts that do not agree, at the field that is wrong."""
    figures = line.figures
    if not EARLIEST <= figures.year <= today.year:
        raise Refused(f"La rentrée va de {EARLIEST} à {today.year}.", "year")
    groups = [getattr(figures, name) for name in GROUPS]
    told = [count for count in groups if count is not None]
    if told and len(told) < len(groups):
        missing = next(name for name in GROUPS if getattr(figures, name) is None)
        raise Refused("Donnez les quatre groupes, ou aucun. Écrivez 0 quand il n’y a personne.", missing)
    if figures.pupils is not None and sum(told) > figures.pupils:
        said = f"Les quatre groupes font {number(sum(told))} élèves, plus que l’effectif ({number(figures.pupils)})."
        raise Refused(said, "pupils")
    pairs = (
        ("stayed", "residents", "Plus d’élèves scolarisés ici que d’élèves du secteur."),
        ("residents_disadvantaged", "residents", "Plus d’élèves défavorisés que d’élèves du secteur."),
        ("stayed_disadvantaged", "residents_disadvantaged", "Plus d’élèves scolarisés ici que d’élèves du secteur."),
    )
    for part, whole, message in pairs:
        few, many = getattr(figures, part), getattr(figures, whole)
        if few is not None and (many is None or few > many):
            raise Refused(message, part)
    if figures.ips is None and not told and figures.residents is None:
        raise Refused("Donnez au moins l’IPS, les quatre groupes ou les élèves du secteur.", "ips")


def check_rule(rule: MixRule) -> None:
    """Raises Refused on a mean whose source is not said."""
    if rule.reference is not None and not rule.reference_words:
        raise Refused("Dites d’où vient cette moyenne. Exemple : IPS départemental, DEPP, 2022.", "reference_words")


def read_lines(sheets: Sheets, level: SchoolLevel, place: str, today: date) -> Read:
    """The schools of a commune or département in a table; raises Refused when it is not one of schools.

    `place` empty keeps every row.
    """
    for _, rows in sheets:
        found = _headings(rows)
        if found:
            return _read(rows, *found, level, place, today)
    raise Refused("Aucune ligne de titres reconnue : il faut au moins « Nom », « Secteur » et « Rentrée ».", "file")


def _headings(rows: Sequence[Sequence[Cell]]) -> tuple[int, dict[str, int]] | None:
    """Row of the headings, among the first ten, and the column of each one that is known."""
    for rank, row in enumerate(rows[:10]):
        named = [_plain(cell) for cell in row]
        known = {
            field: next(named.index(name) for name in names if name in named)
            for field, names in _HEADINGS.items()
            if any(name in named for name in names)
        }
        if set(_NEEDED) <= set(known):
            return rank, known
    return None


def _read(
    rows: Sequence[Sequence[Cell]],
    top: int,
    columns: Mapping[str, int],
    level: SchoolLevel,
    place: str,
    today: date,
) -> Read:
    lines: dict[tuple[str, int], Line] = {}
    left_out: list[tuple[int, str]] = []
    wanted = _plain(place)
    for rank, row in enumerate(rows[top + 1 :], top + 2):
        cells = {field: row[column] if column < len(row) else None for field, column in columns.items()}
        if not any(cells.values()) or (wanted and not _is_in(cells, wanted)):
            continue
        try:
            line = _line(cells, level)
            check_line(line, today)
        except Refused as refusal:
            left_out.append((rank, str(refusal)))
        else:
            lines[line.school.uai or _plain(line.school.name), line.figures.year] = line
    if not lines and not left_out:
        raise Refused("Aucun établissement pour cette commune ou ce département.", "place")
    if len(lines) > MOST_SCHOOLS:
        told = f"{number(len(lines))} établissements : écrivez la commune ou le département à reprendre."
        raise Refused(told, "place")
    return Read(tuple(lines.values()), tuple(left_out))


def _is_in(cells: Mapping[str, Cell], wanted: str) -> bool:
    return wanted in (_plain(cells.get("commune")), _plain(cells.get("departement")), _plain(cells.get("insee")))


def _line(cells: Mapping[str, Cell], level: SchoolLevel) -> Line:
    name, sector = str(cells.get("name") or "").strip(), _SECTORS.get(_plain(cells.get("sector")))
    if not name:
        raise Refused("Sans nom d’établissement.")
    if sector is None:
        raise Refused("Le secteur est « public » ou « privé ».")
    school = School(
        0, str(cells.get("uai") or "").strip().upper(), name, str(cells.get("commune") or ""), level, sector
    )
    counts = {field: _count(cells.get(field), field) for field in COUNTS}
    return Line(
        school,
        Figures(_year(cells.get("year")), ips=_real(cells.get("ips")), ips_sd=_real(cells.get("ips_sd")), **counts),
    )


def _plain(cell: Cell) -> str:
    kept = "".join(sign if sign.isalnum() else " " for sign in fold(str(cell if cell is not None else "")))
    return " ".join(kept.split())


def _year(cell: Cell) -> int:
    text = str(cell.year if isinstance(cell, date) else cell or "").strip()[:4]
    if not (text.isascii() and text.isdecimal()):
        raise Refused("La rentrée s’écrit 2022-2023 ou 2022.")
    return int(text)


def _real(cell: Cell) -> float | None:
    """An empty cell and « NS » (not significant) are unknown."""
    text = str(cell if cell is not None else "").strip()
    if text.upper() in ("", "NS", "NA", "ND"):
        return None
    try:
        value = float(read_number(text.replace(".", ",")))
    except ValueError:
        raise Refused(f"« {text[:20]} » n’est pas un nombre.") from None
    return value


def _count(cell: Cell, field: str) -> int | None:
    value = _real(cell)
    if value is None:
        return None
    if value < 0 or value != round(value):
        raise Refused("Un effectif est un nombre entier.", field)
    return int(value) or (None if field == "pupils" else 0)


def pack_lines(lines: Sequence[Line]) -> str:
    """Lines as text, to show them before they are written."""
    return json.dumps([{**asdict(line.school), **asdict(line.figures)} for line in lines])


def unpack_lines(text: str) -> list[Line]:
    """The reverse of `pack_lines`; raises Refused on anything else."""
    try:
        held = json.loads(text)
        return [_unpacked(each) for each in held[:MOST_SCHOOLS]]
    except (ValueError, KeyError, TypeError):
        raise Refused("Cet aperçu n’est plus lisible : importez le fichier de nouveau.") from None


def _unpacked(held: Mapping[str, Any]) -> Line:
    words = {name: str(held[name])[:200] for name in ("uai", "name", "commune")}
    school = School(0, **words, level=SchoolLevel(held["level"]), sector=Sector(held["sector"]))
    counts = {name: None if held[name] is None else int(held[name]) for name in COUNTS}
    ips, ips_sd = (None if held[name] is None else float(held[name]) for name in ("ips", "ips_sd"))
    return Line(school, Figures(int(held["year"]), ips=ips, ips_sd=ips_sd, **counts))
