"""The chapter on events, and what a share of few says without a label."""

from dataclasses import replace

from reports.composition.events import chapters
from reports.composition.words import Estimates, sentence
from reports.computing import cooperation, events
from tests.reports.computing.made import YEAR, empty, frame
from tests.reports.computing.test_events import MADE


def test_the_chapter_tells_registrations_balance_and_bounds() -> None:
    found = [events.held, events.presences, events.registered, events.excused, events.gap, events.by_kind]
    rows = [row for compute in (*found, events.young_people) for row in compute(MADE, YEAR)]
    (chapter,) = chapters(Estimates(rows))
    said = " ".join(line for callout in chapter.callouts for line in callout.lines)
    assert "Inscriptions aux événements tenus" in said
    assert "de 40 à 42" in " ".join(said.split())
    assert len(chapter.figures) == 1
    assert chapters(Estimates(events.held(empty(), YEAR))) == []


def test_a_share_of_few_says_what_it_is() -> None:
    rows = [{"organisation_id": n, "level": "field", "form": "formal"} for n in range(3)]
    (found,) = cooperation.counterparts(replace(empty(), levels=frame("levels", rows)), YEAR)
    assert sentence(found).startswith("Niveaux qui ont un vis-à-vis")
