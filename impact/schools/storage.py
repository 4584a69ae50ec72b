"""Schools and their figures of each year."""

from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from datetime import date

from impact.audit import Actor, Deed, Log, write
from impact.db import EncryptedDatabase, IntegrityError, Row
from impact.exceptions import Conflict, NotFound, Refused
from impact.schools.records import Figures, Line, MixRule, School
from impact.schools.rules import check_line, check_rule
from impact.schools.vocabulary import SchoolLevel, Sector
from impact.wording import fold, sort_key

_FIGURES = tuple(field.name for field in fields(Figures) if field.name != "year")
_TAKEN = "Un autre établissement porte déjà ce numéro UAI."


def list_years(db: EncryptedDatabase) -> list[int]:
    """The school years of which something is known, the latest first."""
    return [row["year"] for row in db.rows("SELECT DISTINCT year FROM school_year ORDER BY year DESC")]


def list_lines(db: EncryptedDatabase, year: int) -> list[Line]:
    """The schools of one year, by level, then by name."""
    rows = db.rows("SELECT * FROM school_year JOIN school ON school.id = school_id WHERE year = ?", (year,))
    order = list(SchoolLevel)
    return sorted(
        (_line(row) for row in rows), key=lambda line: (order.index(line.school.level), sort_key(line.school.name))
    )


def list_schools(db: EncryptedDatabase) -> list[School]:
    """By name."""
    return sorted((_school(row) for row in db.rows("SELECT * FROM school")), key=lambda known: sort_key(known.name))


def get_line(db: EncryptedDatabase, school_id: int, year: int) -> Line:
    """Raises NotFound."""
    row = db.row(
        "SELECT * FROM school_year JOIN school ON school.id = school_id WHERE school_id = ? AND year = ?",
        (school_id, year),
    )
    if row is None:
        raise NotFound
    return _line(row)


def add_line(db: EncryptedDatabase, actor: Actor, line: Line, today: date, once: str = "") -> int:
    """The figures of a school that is known by its id, its UAI or its name, or of a new one; give its id.

    Raises Refused on counts that do not agree, or when that year is written already.
    """
    check_line(line, today)
    try:
        with write(db, actor, once) as log:
            known = _match(list_schools(db), line.school)
            school_id = known.id if known else _add_school(db, log, line.school)
            if db.row("SELECT 1 FROM school_year WHERE school_id = ? AND year = ?", (school_id, line.figures.year)):
                raise Refused("Cette rentrée est déjà écrite pour cet établissement : ouvrez sa ligne.", "year")
            _put(db, school_id, line.figures)
            log.note(Deed.CHANGE, "school", school_id, ["figures"])
    except IntegrityError:
        raise Refused(_TAKEN, "uai") from None
    return school_id


def change_line(db: EncryptedDatabase, actor: Actor, line: Line, today: date, once: str = "") -> None:
    """Other words or figures; raises Conflict when somebody saved them meanwhile, Refused on counts that disagree."""
    check_line(line, today)
    school = line.school
    try:
        with write(db, actor, once) as log:
            now = get_line(db, school.id, line.figures.year)
            if now.version != line.version:
                raise Conflict(_as_read(now), now.version)
            db.execute(
                "UPDATE school SET uai = ?, name = ?, commune = ?, level = ?, sector = ? WHERE id = ?",
                (*_words(school), school.id),
            )
            _put(db, school.id, line.figures)
            log.note(Deed.CHANGE, "school", school.id, ["figures"])
    except IntegrityError:
        raise Refused(_TAKEN, "uai") from None


def remove_line(db: EncryptedDatabase, actor: Actor, school_id: int, year: int, once: str = "") -> None:
    """The year of a school, and the school itself when nothing else is known of it; raises NotFound."""
    with write(db, actor, once) as log:
        get_line(db, school_id, year)
        db.execute("DELETE FROM school_year WHERE school_id = ? AND year = ?", (school_id, year))
        db.execute(
            "DELETE FROM school WHERE id = ? AND NOT EXISTS (SELECT 1 FROM school_year WHERE school_id = school.id)",
            (school_id,),
        )
        log.note(Deed.DELETE, "school", school_id, ["figures"])


def put_lines(db: EncryptedDatabase, actor: Actor, lines: Sequence[Line], today: date, once: str = "") -> None:
    """What a file says: each school by its UAI, else by its name; a year already written keeps what the file leaves empty.

    Raises Refused, and writes nothing, when one line does not agree.
    """
    with write(db, actor, once) as log:
        known = list_schools(db)
        for line in lines:
            found = _match(known, line.school)
            school_id = found.id if found else _add_school(db, log, line.school)
            if found is None:
                known.append(replace(line.school, id=school_id))
            figures = _joined(db, school_id, line.figures)
            check_line(replace(line, figures=figures), today)
            _put(db, school_id, figures)
            log.note(Deed.CHANGE, "school", school_id, ["figures"])


def get_rule(db: EncryptedDatabase) -> MixRule:
    """The rule of this community, or the usual one at version 0."""
    row = db.row("SELECT threshold, reference, reference_words, version FROM mix_rule")
    return MixRule(**row) if row else MixRule()


def set_rule(db: EncryptedDatabase, actor: Actor, rule: MixRule, once: str = "") -> None:
    """Raises Conflict when somebody saved it meanwhile, Refused on a mean without its source."""
    check_rule(rule)
    with write(db, actor, once) as log:
        now = get_rule(db)
        if now.version != rule.version:
            stored: dict[str, object] = {"threshold": now.threshold, "reference": now.reference}
            raise Conflict({**stored, "reference_words": now.reference_words}, now.version)
        db.execute(
            "INSERT INTO mix_rule (id, threshold, reference, reference_words) VALUES (1, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET threshold = excluded.threshold, reference = excluded.reference,"
            " reference_words = excluded.reference_words, version = version + 1",
            (rule.threshold, rule.reference, rule.reference_words),
        )
        log.note(Deed.CHANGE, "mix_rule", 1)


def _match(known: Sequence[School], wanted: School) -> School | None:
    """The same school: its id, its UAI, or the same name and level when one of them has no UAI."""
    for school in known:
        if wanted.id == school.id or (wanted.uai and wanted.uai == school.uai):
            return school
    same = (each for each in known if each.level is wanted.level and fold(each.name) == fold(wanted.name))
    return next((each for each in same if not each.uai or not wanted.uai), None)


def _add_school(db: EncryptedDatabase, log: Log, school: School) -> int:
    added = db.insert_row(
        "INSERT INTO school (uai, name, commune, level, sector) VALUES (?, ?, ?, ?, ?)", _words(school)
    )
    log.note(Deed.CREATE, "school", added)
    return added


def _words(school: School) -> tuple[str | None, ...]:
    return (school.uai or None, school.name, school.commune, school.level.value, school.sector.value)


def _joined(db: EncryptedDatabase, school_id: int, told: Figures) -> Figures:
    row = db.row("SELECT * FROM school_year WHERE school_id = ? AND year = ?", (school_id, told.year))
    if row is None:
        return told
    said = {name: value for name, value in asdict(told).items() if value is not None}
    return replace(_figures(row), **said)


def _put(db: EncryptedDatabase, school_id: int, figures: Figures) -> None:
    values = asdict(figures)
    db.execute(
        "INSERT INTO school_year (school_id, year, pupils, ips, ips_sd, very_favoured, favoured, middle, disadvantaged,"
        " residents, stayed, residents_disadvantaged, stayed_disadvantaged)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (school_id, year) DO UPDATE SET pupils = excluded.pupils, ips = excluded.ips,"
        " ips_sd = excluded.ips_sd, very_favoured = excluded.very_favoured, favoured = excluded.favoured,"
        " middle = excluded.middle, disadvantaged = excluded.disadvantaged, residents = excluded.residents,"
        " stayed = excluded.stayed, residents_disadvantaged = excluded.residents_disadvantaged,"
        " stayed_disadvantaged = excluded.stayed_disadvantaged, version = version + 1",
        (school_id, figures.year, *(values[name] for name in _FIGURES)),
    )


def _as_read(line: Line) -> dict[str, object]:
    figures = asdict(line.figures)
    words = {"uai": line.school.uai, "name": line.school.name, "commune": line.school.commune}
    return {**words, **{name: "" if value is None else value for name, value in figures.items() if name != "year"}}


def _school(row: Row) -> School:
    return School(
        row["id"], row["uai"] or "", row["name"], row["commune"], SchoolLevel(row["level"]), Sector(row["sector"])
    )


def _figures(row: Row) -> Figures:
    return Figures(row["year"], **{name: row[name] for name in _FIGURES})


def _line(row: Row) -> Line:
    return Line(_school({**row, "id": row["school_id"]}), _figures(row), row["version"])
