"""Schools of the cité éducative of the demonstration: four collèges and six schools, three school years."""

from datetime import date

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.schools.records import Figures, Line, MixRule, School
from impact.schools.storage import put_lines, set_rule
from impact.schools.vocabulary import SchoolLevel, Sector

_COMMUNE = "Hautmarais"
_DRIFT = (0.0, -0.4, 0.7)
_APART = (9, 3, -7, -4)
# Name, sector, pupils, IPS, standard deviation, groups (very favoured to disadvantaged), sector, stayed, disadvantaged.
_COLLEGES = (
    ("Collège du Grand-Moulin", Sector.PUBLIC, 412, 78.6, 27.4, (31, 47, 118, 216), (476, 371, 236, 201)),
    ("Collège des Aubépines", Sector.PUBLIC, 524, 93.1, 31.8, (82, 104, 158, 180), (498, 402, 171, 152)),
    ("Collège du Vieux-Pont", Sector.PUBLIC, 455, 105.2, 33.0, (121, 112, 127, 95), (438, 381, 96, 88)),
    ("Collège de la Roseraie", Sector.PRIVATE, 338, 121.4, 28.9, (142, 94, 68, 34), None),
)
_PRIMARY = (
    ("École des Trois-Ailes", Sector.PUBLIC, 188, 76.2),
    ("École du Bief", Sector.PUBLIC, 204, 81.7),
    ("École des Meuniers", Sector.PUBLIC, 231, 90.4),
    ("École de la Passerelle", Sector.PUBLIC, 176, 97.9),
    ("École du Pré-Long", Sector.PUBLIC, 243, 108.3),
    ("École de la Roseraie", Sector.PRIVATE, 162, 118.8),
)


def fill(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    """Three school years, the last one begun a year ago at most."""
    last = today.year - 1
    found = [
        line
        for rank, drift in enumerate(_DRIFT)
        for line in (*_colleges(last - 2 + rank, rank, drift), *_schools(last - 2 + rank, drift))
    ]
    put_lines(db, actor, found, today)
    set_rule(db, actor, MixRule(20.0, 103.8, "IPS moyen des collèges du département, invention de la démonstration"))


def _colleges(year: int, rank: int, drift: float) -> list[Line]:
    lines = []
    for place, (name, sector, pupils, ips, spread, groups, residence) in enumerate(_COLLEGES):
        step = (rank - 2) * (place + 1)
        living: tuple[int | None, ...] = (None,) * 4
        if residence is not None:
            residents, stayed, poor, poor_stayed = residence
            living = (residents + step, stayed + 2 * step, poor, poor_stayed + step)
        told = dict(
            zip(("residents", "stayed", "residents_disadvantaged", "stayed_disadvantaged"), living, strict=True)
        )
        counts = dict(zip(("very_favoured", "favoured", "middle", "disadvantaged"), groups, strict=True))
        # The collèges that are far apart grow a little farther apart each year.
        counts["disadvantaged"] += (rank - 2) * _APART[place]
        figures = Figures(
            year, max(pupils, sum(counts.values())), round(ips + drift * (place + 1), 1), spread, **counts, **told
        )
        lines.append(Line(_school(name, SchoolLevel.COLLEGE, sector), figures))
    return lines


def _schools(year: int, drift: float) -> list[Line]:
    return [
        Line(_school(name, SchoolLevel.PRIMARY, sector), Figures(year, pupils, round(ips - drift, 1)))
        for name, sector, pupils, ips in _PRIMARY
    ]


def _school(name: str, level: SchoolLevel, sector: Sector) -> School:
    return School(0, "", name, _COMMUNE, level, sector)
