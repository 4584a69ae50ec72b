"""The design that the figures hold decides the verbs; nobody's wish raises it."""

from dataclasses import replace

import pytest

from reports.composition.found_design import found_design
from reports.composition.ladder import Design
from reports.composition.words import Estimates
from reports.computing.estimating import count, estimate, share
from reports.records import Estimate

PAIRS = [share("cohort.complete_pairs", 30, 40, category=f"1/{public}", label=public) for public in ("child", "parent")]


def score(public: str, verdict: str) -> Estimate:
    found = estimate("cohort.score_change", 0.4, category=f"1/{public}/whole", label=public)
    return replace(found, effect={"primary": "true", "verdict": verdict})


RISES = [score("child", "marked_rise"), score("parent", "some_rise")]
REVIEWS = [estimate("pre.domain_change", 20.0, low=5.0, high=35.0, category="school", label="École")]


@pytest.mark.parametrize(
    ("rows", "mechanism", "design"),
    [
        ([], True, Design.ONE_WAVE),
        ([count("pre.children_followed", 160)], True, Design.ONE_WAVE),
        (PAIRS, True, Design.BEFORE_AFTER),
        ([*PAIRS, *RISES], False, Design.BEFORE_AFTER),
        ([*PAIRS, RISES[0], score("parent", "inconclusive")], True, Design.BEFORE_AFTER),
        ([*PAIRS, RISES[0], score("parent", "marked_fall")], True, Design.BEFORE_AFTER),
        ([*PAIRS, *RISES], True, Design.SEVERAL_SOURCES),
        ([PAIRS[0], RISES[0], *REVIEWS], True, Design.SEVERAL_SOURCES),
        (REVIEWS, True, Design.BEFORE_AFTER),
    ],
)
def test_the_design_is_read_in_the_figures(rows: list[Estimate], mechanism: bool, design: Design) -> None:
    assert found_design(Estimates(rows), mechanism=mechanism) is design
