"""What an entry of the catalogue says, and its closed lists."""

from dataclasses import dataclass, fields
from datetime import date

from impact.vocabulary import CommunityKind, Sensitivity, Term
from impact.wording import french

READING_FIELDS = frozenset({"value", "numerator", "denominator", "label", "low", "high", "n", "missing"})


class Direction(Term):
    """Which way is good news; most numbers are neither."""

    UP = "up", "Une hausse est favorable"
    DOWN = "down", "Une baisse est favorable"
    NEUTRAL = "neutral", "Ni la hausse ni la baisse n’est favorable en soi"


class Family(Term):
    """The chapter of the catalogue."""

    PARTICIPATION = "participation", "Participation aux ateliers"
    PRE = "pre", "Parcours de réussite éducative"
    SATISFACTION = "satisfaction", "Satisfaction"
    COOPERATION = "cooperation", "Coopération"
    COHORT = "cohort", "Cohortes"
    EVENTS = "events", "Événements"
    SCHOOLS = "schools", "Mixité scolaire"
    MEDIATION = "mediation", "Médiation scolaire"


class Unit(Term):
    """How a value is counted; equal to `Estimate.unit`."""

    COUNT = "count", "nombre"
    SHARE = "share", "part"
    MEAN = "mean", "moyenne"
    MONTHS = "months", "mois"
    DAYS = "days", "jours"
    INDEX = "index", "indice"
    MEDIAN = "median", "médiane"
    POINTS = "points", "points"


@dataclass(frozen=True)
class DefinitionChange:
    """What a new version of a definition counts otherwise: values of two versions are not compared."""

    version: int
    decided_on: date
    words: str


@dataclass(frozen=True)
class Indicator:
    """One entry of the catalogue.

    `numerator` and `denominator` name the base in words (`denominator` empty for a plain count). `reading` is a sentence
    with the fields of READING_FIELDS, already formatted in French when it is filled, and
    `[value: jour|jours]` where a word agrees with a number. `census`: everyone concerned is
    counted, so there is no margin of error. `breakdown`: several figures, one per category. `version` rises with the
    definition, never with the code; `changes` says what each version after the first counts otherwise; `symbol` follows
    the number of a mean or a median (h, €). ValueError when versions and changes do not agree.
    """

    code: str
    title: str
    definition: str
    unit: Unit
    numerator: str
    denominator: str
    reading: str
    source: str
    sensitivity: Sensitivity
    family: Family
    census: bool
    breakdown: bool = False
    direction: Direction = Direction.NEUTRAL
    version: int = 1
    kinds: tuple[CommunityKind, ...] = tuple(CommunityKind)
    changes: tuple[DefinitionChange, ...] = ()
    symbol: str = ""

    def __post_init__(self) -> None:
        if [each.version for each in self.changes] != list(range(2, self.version + 1)):
            raise ValueError(f"each version of {self.code} after the first has its change")
        for field in fields(self):
            words = getattr(self, field.name)
            if field.name != "code" and type(words) is str:
                object.__setattr__(self, field.name, french(words))
