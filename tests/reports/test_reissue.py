"""What changed since the same report was issued before, in words that agree with their numbers."""

from dataclasses import replace
from datetime import date

import pytest

from impact.vocabulary import Audience
from impact.wording import french
from reports.composition.reissue import Values, changes, chapter
from reports.records import Release

DAY = date(2026, 11, 1)
RECEIVED = Release("pre.situations_received", "", "2025-2026", Audience.FUNDER, 77.0, 77.0, None, False)
TAKEN_UP = Release("pre.situations_taken_up", "", "2025-2026", Audience.FUNDER, 62 / 77, 62.0, 77.0, False)
DELAY = Release("pre.decision_delay", "", "2025-2026", Audience.FUNDER, 14.0, None, 77.0, False)


def _values(*releases: Release) -> Values:
    return {(each.code, each.category): each for each in releases}


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        (RECEIVED, replace(RECEIVED, value=83.0), ("77", "83", "6 de plus")),
        (RECEIVED, replace(RECEIVED, value=1077.0), ("77", "1 077", "1 000 de plus")),
        (RECEIVED, replace(RECEIVED, value=None, masked=True), ("77", "masqué", "masqué maintenant")),
        (
            TAKEN_UP,
            replace(TAKEN_UP, value=62 / 83, denominator=83.0),
            ("81 % (62 sur 77)", "75 % (62 sur 83)", "6 points de moins"),
        ),
        (
            TAKEN_UP,
            replace(TAKEN_UP, value=67 / 83, numerator=67.0, denominator=83.0),
            ("81 % (62 sur 77)", "81 % (67 sur 83)", "même part"),
        ),
        (
            replace(TAKEN_UP, value=0.5, numerator=4.0, denominator=8.0),
            replace(TAKEN_UP, value=7 / 9, numerator=7.0, denominator=9.0),
            ("4 sur 8", "7 sur 9", ""),
        ),
        (DELAY, replace(DELAY, value=15.0), ("14 jours", "15 jours", "1 jour de plus")),
        (replace(DELAY, value=16.5), DELAY, ("16,5 jours", "14 jours", "2,5 jours de moins")),
    ],
)
def test_a_value_that_moved_is_told_in_words(was: Release, now: Release, said: tuple[str, str, str]) -> None:
    (found,) = changes(DAY, _values(was), _values(now)).moved
    assert tuple(map(_plain, (found.before, found.after, found.words))) == said


def test_what_came_and_what_went_is_told() -> None:
    found = changes(DAY, _values(RECEIVED), _values(DELAY)).moved
    assert [each.words for each in found] == ["n’y est plus", "n’y était pas"]


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        (0, "Aucune valeur n’a changé depuis la remise du 1er novembre 2026."),
        (1, "1 valeur a changé depuis la remise du 1er novembre 2026."),
        (2, "2 valeurs ont changé depuis la remise du 1er novembre 2026."),
    ],
)
def test_the_count_agrees(moved: int, said: str) -> None:
    was = [replace(RECEIVED, category=str(at)) for at in range(moved + 1)]
    now = [replace(each, value=90.0) if at < moved else each for at, each in enumerate(was)]
    found = changes(DAY, _values(*was), _values(*now))
    assert found.finding == french(found.finding)
    assert _plain(found.finding) == said
    assert [len(each.table.rows) for page in chapter(found) for each in page.tables] == [moved] * bool(moved)


def test_a_report_issued_again_without_a_change_has_no_more_pages() -> None:
    assert chapter(changes(DAY, _values(RECEIVED), _values(RECEIVED))) == []
    assert chapter(None) == []
    none, still = (replace(TAKEN_UP, value=0.0, numerator=0.0, denominator=base) for base in (77.0, 83.0))
    assert changes(DAY, _values(none), _values(still)).moved == ()
