"""The registry of sections: what an author chooses is what the report holds, in that order."""

from dataclasses import replace
from datetime import date

from impact.periods import school_year
from impact.vocabulary import Audience, CommunityKind
from impact_maps.indicators import Family
from reports.composition.compose import compose
from reports.composition.context import Context
from reports.composition.sections import SECTIONS, proposed, rows_of
from reports.computing.estimating import count, share
from reports.vocabulary import ReportKind

CONTEXT = Context(
    "Réseau", "Essonne", CommunityKind.COLLECTIVE, school_year(2025), Audience.PARTNER, date(2026, 9, 14), "1"
)
ROWS = [
    count("participation.presences", 33),
    count("participation.presences_by_workshop", 33, category="1", label="Rentrée"),
    count("cooperation.meetings_held", 4),
    share("cooperation.density", 9, 45),
    count("cooperation.existing_links", 9),
]


def test_every_family_of_indicators_has_its_section() -> None:
    assert {family for section in SECTIONS.values() for family in section.families} == set(Family)


def test_every_proposal_is_made_of_known_sections() -> None:
    for kind in ReportKind:
        for community in CommunityKind:
            keys = proposed(kind, community)
            assert keys
            assert set(keys) <= set(SECTIONS)


def test_the_author_chooses_the_order() -> None:
    for sections in (("ateliers", "cooperation"), ("cooperation", "ateliers")):
        made = compose(replace(CONTEXT, sections=sections), ROWS)
        assert [chapter.key for chapter in made.chapters] == list(sections)


def test_a_report_holds_the_figures_of_its_sections_alone() -> None:
    context = replace(CONTEXT, report_kind=ReportKind.WORKSHOPS)
    made = compose(context, ROWS)
    assert [chapter.key for chapter in made.chapters] == ["ateliers"]
    assert {row.code for row in rows_of(context, ROWS)} == {
        "participation.presences",
        "participation.presences_by_workshop",
    }
    assert not any("lien" in figure.what.lower() for figure in made.key_figures)


def test_a_section_that_no_longer_exists_is_passed_over() -> None:
    made = compose(replace(CONTEXT, sections=("disparue", "ateliers")), ROWS)
    assert [chapter.key for chapter in made.chapters] == ["ateliers"]
