"""The page of the indicators holds the whole catalogue."""

from impact_maps.indicators import CATALOGUE
from reports.catalogue_page import indicators_page


def test_every_indicator_is_defined_once() -> None:
    page = indicators_page()
    for indicator in CATALOGUE.values():
        assert page.count(f"`{indicator.code}`") == 1
        assert indicator.definition in page
    assert page.count("\n### ") == len(CATALOGUE)


def test_it_is_written_for_a_person() -> None:
    page = indicators_page()
    assert "{" not in page
    assert "None" not in page
    assert page.endswith("\n")
    assert not page.endswith("\n\n")
    assert "\n\n\n" not in page


def test_a_census_and_a_sample_are_told_apart() -> None:
    blocks = indicators_page().split("\n### ")
    children = next(block for block in blocks if "`pre.children_followed`" in block)
    answers = next(block for block in blocks if "`satisfaction.top_two`" in block)
    assert "population entière" in children
    assert "intervalle à 95" in answers
