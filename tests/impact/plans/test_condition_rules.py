"""Five conditions without a database: answers, agreement, gaps, picture."""

import re
from xml.etree import ElementTree

import pytest

from impact.drawing import PHONE, SCREEN, Size
from impact.exceptions import Refused
from impact.plans.condition_rules import check_answers, gaps, is_split, is_weak, median_level, readings, spread
from impact.plans.dispersion import draw_dispersion
from impact.plans.records import Answer, Measurement, Reading
from impact.plans.vocabulary import Condition, Level, Measure

AGENDA = Condition.COMMON_AGENDA


def reading(*levels: Level, value: int | None = 5, base: int | None = None) -> Reading:
    said = [Answer(AGENDA, level, "") for level in levels]
    return readings(said, {Measure.OBJECTIVES: Measurement(Measure.OBJECTIVES, value, base)})[0]


def test_an_answer_needs_a_level_and_evidence_from_en_place_on() -> None:
    check_answers([Answer(AGENDA, Level.BEGUN, "")])
    check_answers([Answer(AGENDA, Level.WORKING, "Un compte rendu")])
    with pytest.raises(Refused):
        check_answers([])
    with pytest.raises(Refused) as refused:
        check_answers([Answer(AGENDA, Level.WORKING, "")])
    assert refused.value.field == "evidence_common_agenda"


def test_the_median_is_the_lower_of_two() -> None:
    assert median_level(reading()) is None
    assert median_level(reading(Level.ABSENT, Level.WORKING)) is Level.ABSENT
    assert median_level(reading(Level.ABSENT, Level.WORKING, Level.ROOTED)) is Level.WORKING
    assert median_level(reading(Level.ROOTED)) is Level.ROOTED


def test_two_levels_apart_is_a_split() -> None:
    assert spread(reading()) == 0
    assert not is_split(reading(Level.BEGUN, Level.WORKING))
    assert is_split(reading(Level.BEGUN, Level.ROOTED))


@pytest.mark.parametrize(
    ("value", "base", "weak"), [(None, None, False), (0, None, True), (1, None, False), (4, 9, True), (5, 10, False)]
)
def test_data_are_weak_below_half_or_at_nothing(value: int | None, base: int | None, weak: bool) -> None:
    assert is_weak(Measurement(Measure.OBJECTIVES, value, base)) is weak


def test_gaps_say_why_and_the_heaviest_comes_first() -> None:
    assert gaps([reading(Level.WORKING, Level.WORKING)]) == []
    assert gaps([reading()]) == []
    low = gaps([reading(Level.ABSENT, Level.ABSENT)])
    assert "ne dépasse pas" in low[0].reasons[0]
    flattering = gaps([reading(Level.WORKING, Level.ROOTED, value=0)])
    assert "les données montrent peu" in flattering[0].reasons[0]
    both = reading(Level.ABSENT, Level.ABSENT, Level.ROOTED)
    assert [len(gap.reasons) for gap in gaps([reading(Level.ABSENT), both])] == [2, 1]


@pytest.mark.parametrize("size", [SCREEN, PHONE])
@pytest.mark.parametrize("people", [0, 1, 400])
def test_the_picture_shows_each_count(size: Size, people: int) -> None:
    said = [Answer(condition, level, "") for condition in Condition for level in Level for _ in range(people)]
    svg = draw_dispersion(readings(said, {}), size)
    ElementTree.fromstring(svg)
    assert len(re.findall(f">{people}<", svg)) == (20 if people else 0)
    assert "circle" in svg or not people
