"""The picture of the roadmap says what the list says."""

import re
from datetime import date, timedelta
from random import Random
from xml.etree import ElementTree

import pytest

from impact.drawing import PHONE, WIDE, Size
from impact.plans.records import Objective, RoadmapAction, Step
from impact.plans.timeline import draw_timeline, state_words
from impact.plans.vocabulary import StepState

TODAY = date(2026, 11, 20)


def roadmap(*steps: Step) -> list[Objective]:
    return [Objective(1, "But", 1, (RoadmapAction(1, 1, "Une action", 1, steps), RoadmapAction(2, 1, "Vide", 1)))]


def step(rank: int, title: str, starts: date, days: int, state: StepState = StepState.TO_DO) -> Step:
    due = starts + timedelta(days)
    closed = due if state in (StepState.DONE, StepState.DROPPED) else None
    return Step(rank, 1, title, 1, starts, due, state, closed)


def test_nothing_to_draw_draws_nothing() -> None:
    assert draw_timeline([], TODAY, WIDE) == ""
    assert draw_timeline(roadmap(), TODAY, WIDE) == ""


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_each_step_leads_to_its_line_with_its_words(size: Size) -> None:
    steps = [
        step(3, "Réunir", date(2026, 9, 1), 30, StepState.DONE),
        step(4, "Essayer", date(2026, 9, 1), 60),
        step(5, "Revoir", date(2026, 12, 1), 30, StepState.UNDER_WAY),
    ]
    svg = draw_timeline(roadmap(*steps), TODAY, size)
    labels = re.findall(r'<a href="#etape-(\d+)" aria-label="([^"]*)"', svg)
    assert [int(known) for known, _ in labels] == [3, 4, 5]
    for (_, label), each in zip(labels, steps, strict=True):
        assert label.startswith(each.title)
        assert state_words(each, TODAY) in label
    assert "En retard" in state_words(steps[1], TODAY)
    assert "20 novembre 2026" in " ".join(svg.split("\u00a0"))
    assert ElementTree.fromstring(svg).attrib["role"] == "group"


def test_a_bar_is_as_long_as_its_step() -> None:
    svg = draw_timeline(roadmap(step(1, "A", date(2026, 1, 1), 100), step(2, "B", date(2026, 1, 1), 200)), TODAY, WIDE)
    widths = [float(known) for known in re.findall(r'width="([\d.]+)" height="8"', svg)]
    assert widths[1] == pytest.approx(2 * widths[0], rel=0.01)


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_a_hundred_steps_with_any_title_fit(size: Size) -> None:
    chance = Random(7)
    titles = ("x" * 300, "Étape 試験 <b>&", "Réunir", "Un titre de plusieurs mots qui prend de la place " * 4)
    steps = [
        step(n, chance.choice(titles), date(2020, 1, 1) + timedelta(chance.randrange(3000)), chance.randrange(900))
        for n in range(100)
    ]
    svg = draw_timeline(roadmap(*steps), TODAY, size)
    assert svg.count("<a href=") == 100
    ElementTree.fromstring(svg)


def test_one_day_at_the_end_of_a_year_has_a_scale() -> None:
    assert "12/2026" in draw_timeline(roadmap(step(1, "A", date(2026, 12, 31), 0)), TODAY, WIDE)
