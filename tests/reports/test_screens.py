"""Every indicator of a period on one page."""

from impact_maps.indicators import CATALOGUE, Family
from reports.computing.estimating import count, share
from reports.screens import sections


def test_each_family_of_which_something_is_known_has_its_section() -> None:
    rows = [
        count("participation.presences", 33),
        count("events.held", 4),
        share("cooperation.density", 9, 45),
        share("cooperation.reporting_time", 2, 6),
    ]
    found = sections(rows)
    assert [section.key for section in found] == ["cooperation", "events", "participation"]
    assert [line.code for line in found[0].lines] == ["cooperation.density", "cooperation.reporting_time"]


def test_a_family_of_which_nothing_was_ever_counted_is_left_out() -> None:
    rows = [count("participation.presences", 33), count("mediation.activities", 0), count("mediation.hours", 0)]
    assert [section.key for section in sections(rows)] == ["participation"]
    assert [section.key for section in sections(rows[1:])] == ["mediation"]


def test_no_family_of_the_catalogue_is_left_out() -> None:
    singles = [next(each for each in CATALOGUE.values() if each.family is family) for family in Family]
    rows = [count(each.code, 40, category="1" if each.breakdown else "", label="Une part") for each in singles]
    assert {section.key for section in sections(rows)} == {family.value for family in Family}
