"""What the page shows of one level and one school year."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from impact.drawing import PHONE, SCREEN
from impact.schools.vocabulary import SchoolLevel
from impact.wording import french, number
from impact_maps.indicators import CATALOGUE
from reports.charts import trend
from reports.composition.document import Table
from reports.composition.school_mix import dots, origins, parts, sentences
from reports.composition.words import Estimates, value_text
from reports.publishing import BY_SCHOOL, LOCAL
from reports.records import Estimate
from reports.screens import block


@dataclass(frozen=True)
class Shown:
    """A drawing for wide and narrow screens, titled by its finding, with its numbers."""

    title: str
    subtitle: str
    wide: Markup
    narrow: Markup
    table: Table | None


@dataclass(frozen=True)
class Course:
    """One figure over the years: its name, its line, its numbers."""

    code: str
    title: str
    picture: Markup
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MixPage:
    """Everything about one level."""

    level: SchoolLevel
    said: tuple[str, ...]
    pictures: tuple[Shown, ...]
    courses: tuple[Course, ...]
    masked: int


def levels(estimates: Estimates) -> list[SchoolLevel]:
    """The levels that have schools, collèges first."""
    known = {row.category for row in estimates.rows("schools.observed") if row.value}
    return [each for each in (SchoolLevel.COLLEGE, SchoolLevel.PRIMARY, SchoolLevel.LYCEE) if each.value in known]


def mix_page(estimates: Estimates, level: SchoolLevel) -> MixPage:
    """Words first, then pictures."""
    drawn = zip(dots(estimates, level, SCREEN), dots(estimates, level, PHONE), strict=True)
    # Written by our own drawing modules, which escape every label.
    pictures = [
        Shown(wide.title, wide.subtitle, Markup(wide.svg), Markup(narrow.svg), wide.table) for wide, narrow in drawn
    ]
    indicator, rows = CATALOGUE[BY_SCHOOL], parts(estimates, "disadvantaged_by_school", level)
    for told in origins(estimates, level):
        bars = block(indicator, rows)
        pictures.append(Shown(told.title, told.subtitle, bars.wide, bars.narrow, bars.table))
    pictures += _local(estimates, level)
    courses = (
        _course("ips_by_year", "IPS moyen", parts(estimates, "ips_by_year", level)),
        _course("entropy_by_year", "Indice d’entropie", parts(estimates, "entropy_by_year", level)),
    )
    masked = sum(row.masked for row in estimates.all if row.category.partition("/")[0] == level.value)
    return MixPage(
        level,
        tuple(sentences(estimates, level)),
        tuple(pictures),
        tuple(course for course in courses if course is not None),
        masked,
    )


def _local(estimates: Estimates, level: SchoolLevel) -> list[Shown]:
    """How far each school is from all of them, when its origins are known."""
    rows = parts(estimates, "local_by_school", level)
    known = [row for row in rows if row.value is not None]
    if not known:
        return []
    indicator = CATALOGUE[LOCAL]
    drawn = block(indicator, rows)
    top = max(known, key=lambda row: row.value or 0)
    title = french(f"{top.label} : la part d’élèves défavorisés la plus éloignée de l’ensemble")
    return [Shown(title, indicator.definition, drawn.wide, drawn.narrow, drawn.table)]


def _course(code: str, title: str, rows: Sequence[Estimate]) -> Course | None:
    known = [row for row in rows if row.value is not None]
    if len(known) < 2:
        return None
    said = [(row.category.partition("/")[2], _text(row)) for row in known]
    told = " ; ".join(f"rentrée {year} : {text}" for year, text in said)
    drawn = trend(
        french(f"{title}. {told}."), [row.value for row in known], *((text, year) for year, text in (said[0], said[-1]))
    )
    return Course(f"schools.{code}", title, Markup(drawn), tuple((f"Rentrée {year}", text) for year, text in said))


def _text(row: Estimate) -> str:
    return number(row.value, 3) if row.unit == "index" else value_text(row)
