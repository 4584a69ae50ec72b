"""Which figures can hang on a box, and what they say today: pure."""

from collections.abc import Mapping, Sequence

from impact.figures import Figure, FigureState, told
from impact.periods import parse_period
from impact.vocabulary import CommunityKind
from impact.wording import french, number, short_date
from impact_maps.indicators import CATALOGUE, Unit, catalogue_for
from impact_maps.records import Chain, Measure
from surveys.records import Questionnaire

SEPARATOR = "@"
_BY_QUESTIONNAIRE = ("satisfaction.responses", "satisfaction.response_rate")
_BY_QUESTION = "satisfaction.top_two"
# Days by which two periods may differ and still be compared: a leap year, a cycle a week longer.
_SAME_LENGTH = 10


def choices(kind: CommunityKind, questionnaires: Sequence[Questionnaire]) -> list[tuple[str, str]]:
    """Key and French words of every figure that a box can carry: one value each, never a whole breakdown."""
    found = [(indicator.code, indicator.title) for indicator in catalogue_for(kind) if not indicator.breakdown]
    for asked in questionnaires:
        for code in _BY_QUESTIONNAIRE:
            found.append((key_of(code, asked.code), french(f"{CATALOGUE[code].title} : {asked.title}")))
        for question in asked.questions:
            if question.code in asked.codes:
                place = f"{asked.code}/{question.code}"
                found.append(
                    (
                        key_of(_BY_QUESTION, place),
                        french(f"{CATALOGUE[_BY_QUESTION].title} : « {question.text.rstrip('.')} »"),
                    )
                )
    return found


def key_of(code: str, category: str) -> str:
    """One text for a figure's code and category."""
    return f"{code}{SEPARATOR}{category}" if category else code


def parts_of(key: str) -> tuple[str, str]:
    """The code and the category of such a text."""
    code, _, category = key.partition(SEPARATOR)
    return code, category


def measures_of(
    chain: Chain,
    figures: Mapping[tuple[str, str], Figure],
    titles: Mapping[str, str],
    earlier: Sequence[Figure] = (),
    own: Mapping[str, Measure] | None = None,
) -> dict[int, Measure]:
    """What hangs on each box that carries an indicator, by the box's id.

    `titles` as given by `choices`; `earlier` are figures of any period, for the change since the one before; `own` are
    the community's own indicators by their keys.
    """
    known = own or {}
    return {
        box.id: known.get(box.content.indicator)
        or measure(box.content.indicator, box.content.category, figures, titles, earlier)
        for box in chain.boxes
        if box.content.indicator
    }


def measure(
    code: str,
    category: str,
    figures: Mapping[tuple[str, str], Figure],
    titles: Mapping[str, str],
    earlier: Sequence[Figure] = (),
) -> Measure:
    """What one figure says today."""
    figure = figures.get((code, category))
    title = titles.get(key_of(code, category), code)
    if code.startswith("own."):
        return Measure("Indicateur retiré", "", "indicateur qui n’est plus suivi", False)
    if figure is None:
        return Measure(title, "", "pas encore calculé", False)
    measured = figure.state is FigureState.MEASURED or figure.bounded
    period = parse_period(figure.period)
    when = f"au {short_date(period.end)}" if ":" in period.code else period.code
    trend = change_since(figure.value, figure.unit, _before(figure, earlier)) if measured else ""
    base = _base(figure) if measured else ""
    return Measure(title, figure.text, base, measured, period.label, when if measured else "", trend)


def change_since(value: float | None, unit: str, before: tuple[float, str] | None) -> str:
    """« en hausse (12 en 2024-2025) », from a value and the one before with its date; empty without one."""
    if value is None or before is None:
        return ""
    was, when = before
    word = "stable" if value == was else "en hausse" if value > was else "en baisse"
    return french(f"{word} ({told(was, unit)} {when})")


def _before(figure: Figure, earlier: Sequence[Figure]) -> tuple[float, str] | None:
    """The value of the nearest period before of about the same length."""
    period = parse_period(figure.period)
    days = (period.end - period.start).days
    found = []
    for other in earlier:
        if (other.code, other.category) == (figure.code, figure.category) and other.value is not None:
            then = parse_period(other.period)
            if then.end < period.start and abs((then.end - then.start).days - days) <= _SAME_LENGTH:
                found.append((then.end, other.value, then))
    if not found:
        return None
    _, value, then = max(found, key=lambda each: each[0])
    return value, f"au {short_date(then.end)}" if ":" in then.code else f"en {then.code}"


def _base(figure: Figure) -> str:
    if figure.unit == Unit.SHARE and figure.numerator is not None and figure.denominator is not None:
        return f"{number(figure.numerator)} sur {number(figure.denominator)}"
    if figure.unit in (Unit.MONTHS, Unit.DAYS):
        return Unit(figure.unit).label
    known = CATALOGUE.get(figure.code)
    return known.title.lower() if known and figure.unit in (Unit.COUNT, Unit.MEAN) else ""
