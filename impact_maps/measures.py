"""Which figures can hang on a box, and what they say today: pure."""

from collections.abc import Mapping, Sequence

from impact.figures import Figure, FigureState
from impact.periods import parse_period
from impact.vocabulary import CommunityKind
from impact.wording import french, number
from impact_maps.indicators import CATALOGUE, Unit, catalogue_for
from impact_maps.records import Box, BoxContent, Chain, Measure
from impact_maps.vocabulary import Stage
from surveys.records import Questionnaire

SEPARATOR = "@"
_BY_QUESTIONNAIRE = ("satisfaction.responses", "satisfaction.response_rate")
_BY_QUESTION = "satisfaction.top_two"


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
    chain: Chain, figures: Mapping[tuple[str, str], Figure], titles: Mapping[str, str]
) -> dict[int, Measure]:
    """What hangs on each box that carries an indicator, by the box's id; `titles` as given by `choices`."""
    return {
        box.id: _measure(box.content, figures.get((box.content.indicator, box.content.category)), titles)
        for box in chain.boxes
        if box.content.indicator
    }


def in_columns(chain: Chain) -> list[tuple[Stage, tuple[Box, ...]]]:
    """The four columns with their boxes."""
    return [(stage, chain.column(stage)) for stage in Stage]


def _measure(content: BoxContent, figure: Figure | None, titles: Mapping[str, str]) -> Measure:
    title = titles.get(key_of(content.indicator, content.category), content.indicator)
    if figure is None:
        return Measure(title, "", "pas encore calculé", False)
    measured = figure.state is FigureState.MEASURED
    base = _base(figure) if measured else ""
    return Measure(title, figure.text, base, measured, parse_period(figure.period).label)


def _base(figure: Figure) -> str:
    if figure.unit == Unit.SHARE and figure.numerator is not None and figure.denominator is not None:
        return f"{number(figure.numerator)} sur {number(figure.denominator)}"
    if figure.unit in (Unit.MONTHS, Unit.DAYS):
        return Unit(figure.unit).label
    known = CATALOGUE.get(figure.code)
    return known.title.lower() if known and figure.unit == Unit.COUNT else ""
