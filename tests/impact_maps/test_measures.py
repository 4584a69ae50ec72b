"""What can hang on a box, and what it says."""

import re
from dataclasses import replace

import pytest

from impact.figures import Figure, FigureState
from impact.vocabulary import Audience, CommunityKind
from impact_maps import measures, patterns
from impact_maps.indicators import CATALOGUE
from impact_maps.picture import picture
from impact_maps.records import Box, BoxContent, Chain, Link, Measure
from impact_maps.vocabulary import Stage
from surveys.definitions import library

TOP_TWO = ("satisfaction.top_two", "satisfaction-parents/overall")


def _figure(code: str, category: str, unit: str, value: float | None, numerator: float | None = None) -> Figure:
    state = FigureState.MASKED if value is None else FigureState.MEASURED
    return Figure(code, category, "2025-2026", Audience.FUNDER, unit, value, numerator, 40.0, state, "", "2026-11-20")


def _chain(*contents: tuple[str, str]) -> Chain:
    boxes = tuple(
        Box(rank, BoxContent(Stage.RESULTS, f"Élément {rank}", None, *pair), rank, None, 1)
        for rank, pair in enumerate(contents, start=1)
    )
    return Chain(1, "T", boxes, (), 1)


def test_each_choice_is_one_figure_of_the_catalogue() -> None:
    for kind in CommunityKind:
        for key, words in measures.choices(kind, library()):
            code, category = measures.parts_of(key)
            assert code in CATALOGUE
            assert bool(category) == CATALOGUE[code].breakdown
            assert measures.key_of(code, category) == key
            assert words.startswith(CATALOGUE[code].title)


def test_figures_of_children_are_offered_to_a_pre_only() -> None:
    offered = {kind: dict(measures.choices(kind, library())) for kind in CommunityKind}
    assert "pre.children_followed" in offered[CommunityKind.PRE]
    assert "pre.children_followed" not in offered[CommunityKind.COLLECTIVE]
    assert "satisfaction.top_two@satisfaction-parents/overall" in offered[CommunityKind.COLLECTIVE]


def test_a_measured_share_says_its_base_and_period() -> None:
    figures = {TOP_TWO: _figure(*TOP_TWO, "share", 0.75, 30.0)}
    titles = dict(measures.choices(CommunityKind.PRE, library()))
    measure = measures.measures_of(_chain(TOP_TWO), figures, titles)[1]
    assert (measure.value, measure.base, measure.measured) == ("75\u202f%", "30 sur 40", True)
    assert measure.period == "année scolaire 2025-2026"
    assert "Au total, cet accompagnement me convient" in measure.title


@pytest.mark.parametrize(
    ("code", "unit", "base"),
    [("participation.people", "count", "personnes différentes"), ("pre.decision_delay", "days", "jours")],
)
def test_a_count_and_a_length_say_what_they_count(code: str, unit: str, base: str) -> None:
    measure = measures.measures_of(_chain((code, "")), {(code, ""): _figure(code, "", unit, 33.0)}, {})[1]
    assert (measure.value, measure.base) == ("33", base)


def test_a_title_that_the_base_says_is_not_said_twice() -> None:
    assert Measure("Personnes différentes", "33", "personnes différentes", True).named == ""
    assert Measure("Liens confirmés", "59\u202f%", "20 sur 34", True).named == "Liens confirmés"


def test_a_masked_figure_shows_no_number() -> None:
    figures = {TOP_TWO: _figure(*TOP_TWO, "share", None, 3.0)}
    measure = measures.measures_of(_chain(TOP_TWO), figures, {})[1]
    assert (measure.value, measure.base, measure.measured) == ("masqué", "", False)


def test_bounds_are_a_measure_and_fit_in_their_box() -> None:
    code = ("participation.people", "")
    known = replace(_figure(*code, "count", None), state=FigureState.UNKNOWN, low=33.0, high=125.0)
    chain = _chain(code)
    found = measures.measures_of(chain, {code: known}, {})
    assert (found[1].value, found[1].measured) == ("entre 33 et 125", True)
    for columns in (1, 6):
        stages = list(Stage)[:columns]
        wide = replace(
            chain,
            boxes=tuple(
                replace(chain.boxes[0], id=n, content=replace(chain.boxes[0].content, stage=stage))
                for n, stage in enumerate(stages)
            ),
        )
        assert picture(wide, dict.fromkeys(range(columns), found[1])).count("entre 33 et 125</text>") == columns
    masked = replace(known, state=FigureState.MASKED)
    assert measures.measures_of(chain, {code: masked}, {})[1].value == "masqué"


def test_a_figure_never_computed_is_said_so_and_bare_boxes_have_none() -> None:
    found = measures.measures_of(_chain(TOP_TWO, ("", "")), {}, {})
    assert list(found) == [1]
    assert (found[1].value, found[1].base, found[1].measured) == ("", "pas encore calculé", False)


def test_templates_hang_figures_that_are_on_offer() -> None:
    for kind, code in ((CommunityKind.PRE, "pre"), (CommunityKind.COLLECTIVE, "cycle-ateliers")):
        offered = dict(measures.choices(kind, library()))
        boxes = patterns.find(patterns.library(), code).boxes
        hung = [measures.key_of(box.indicator, box.category) for box in boxes if box.indicator]
        assert len(hung) >= 3
        assert set(hung) <= set(offered)


def test_the_picture_escapes_words_and_leads_to_the_list() -> None:
    hostile = BoxContent(Stage.RESOURCES, '<script>alert(1)</script> "x" 😀 عربي')
    boxes = (Box(1, hostile, 1, None, 1), Box(2, BoxContent(Stage.RESULTS, "a" * 120), 2, None, 1))
    svg = picture(Chain(1, "<b>", boxes, (Link(1, 2),), 1), {})
    assert "<script" not in svg
    assert "<b>" not in svg
    assert 'href="#fiche-1"' in svg
    assert not re.search(r"\sstyle=|<style|<foreignObject", svg)
    assert svg.index("<title>") < svg.index("<a ")
