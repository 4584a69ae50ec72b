"""A school and its published figures of one year."""

from dataclasses import dataclass

from impact.schools.vocabulary import SchoolLevel, Sector

# Head-counts of the four social groups, then of the school's sector.
GROUPS = ("very_favoured", "favoured", "middle", "disadvantaged")
OF_SECTOR = ("residents", "stayed", "residents_disadvantaged", "stayed_disadvantaged")
COUNTS = ("pupils", *GROUPS, *OF_SECTOR)


@dataclass(frozen=True)
class School:
    """`uai` is the ministry's number, or nothing."""

    id: int
    uai: str
    name: str
    commune: str
    level: SchoolLevel
    sector: Sector


@dataclass(frozen=True)
class Figures:
    """What is published of a school for one year; None where nothing is. `year` is that of the start."""

    year: int
    pupils: int | None = None
    ips: float | None = None
    ips_sd: float | None = None
    very_favoured: int | None = None
    favoured: int | None = None
    middle: int | None = None
    disadvantaged: int | None = None
    residents: int | None = None
    stayed: int | None = None
    residents_disadvantaged: int | None = None
    stayed_disadvantaged: int | None = None


@dataclass(frozen=True)
class Line:
    """One school, one year."""

    school: School
    figures: Figures
    version: int = 1


@dataclass(frozen=True)
class MixRule:
    """Which schools are far from the mean: a gap of more than `threshold` percent, either way.

    `reference` is the mean that the ministry publishes for the département, said by `reference_words`; without it, the
    mean of the pupils of the schools entered.
    """

    threshold: float = 20.0
    reference: float | None = None
    reference_words: str = ""
    version: int = 0


@dataclass(frozen=True)
class Read:
    """What a file holds: the lines to keep, and (row, why) for those that are left out."""

    lines: tuple[Line, ...]
    left_out: tuple[tuple[int, str], ...]
