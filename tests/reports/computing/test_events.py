"""Worked examples of events: three forums of which two were held, and two sequences for two classes."""

from dataclasses import replace

import pytest

from reports.computing import events
from tests.reports.computing.made import YEAR, by_category, empty, frame

MADE = replace(
    empty(),
    events=frame(
        "events",
        [
            {"event_id": 1, "series_id": 1, "kind": "forum", "held_on": "2024-10-01", "registered": 10, "excused": 1, "on_site": 6, "remote": 2},
            {"event_id": 2, "series_id": 1, "kind": "forum", "held_on": "2025-03-01", "registered": 10, "excused": 3, "on_site": 2, "remote": 0},
            {"event_id": 3, "series_id": 1, "kind": "forum", "held_on": "2025-06-01", "registered": 9, "excused": 0, "on_site": 0, "remote": 0},
            {"event_id": 4, "series_id": 2, "kind": "sequence", "held_on": "2024-11-01", "registered": 0, "excused": 0, "on_site": 40, "remote": 0},
            {"event_id": 5, "series_id": 2, "kind": "sequence", "held_on": "2025-01-01", "registered": 0, "excused": 0, "on_site": 20, "remote": 0},
            {"event_id": 6, "series_id": 1, "kind": "forum", "held_on": "2030-01-01", "registered": 0, "excused": 0, "on_site": 9, "remote": 0},
        ],
    ),
    event_heads=frame(
        "event_heads",
        [
            {"event_id": 1, "series_id": 1, "organisation_kind": "state", "present": 8},
            {"event_id": 2, "series_id": 1, "organisation_kind": "health", "present": 2},
            {"event_id": 6, "series_id": 1, "organisation_kind": "health", "present": 9},
        ],
    ),
    class_presences=frame(
        "class_presences",
        [
            {"event_id": 4, "series_id": 2, "class_id": 1, "size": 24, "present": 22},
            {"event_id": 5, "series_id": 2, "class_id": 1, "size": 24, "present": 20},
            {"event_id": 4, "series_id": 2, "class_id": 2, "size": None, "present": 18},
        ],
    ),
    series_targets=frame(
        "series_targets",
        [
            {"series_id": 1, "organisation_kind": "state", "percent": 50},
            {"series_id": 1, "organisation_kind": "health", "percent": 50},
        ],
    ),
)  # fmt: skip


def test_only_the_events_held_in_the_period_count() -> None:
    assert events.held(MADE, YEAR)[0].value == 4
    assert events.registered(MADE, YEAR)[0].value == 20
    assert events.presences(MADE, YEAR)[0].value == 70


def test_excused_and_remote_are_shares() -> None:
    assert events.excused(MADE, YEAR)[0].value == 4 / 20
    assert events.remote(MADE, YEAR)[0].value == 2 / 70
    assert events.excused(empty(), YEAR)[0].reason == "empty"


def test_the_balance_of_institutions() -> None:
    assert by_category(events.by_kind(MADE, YEAR)) == {"state": 0.8, "association": 0.0, "health": 0.2}
    # 8 and 2 of 10 where 5 and 5 were wished: 3 to come from elsewhere.
    (found,) = events.gap(MADE, YEAR)
    assert (found.value, found.numerator, found.denominator) == (pytest.approx(0.3), 3.0, 10.0)
    assert events.gap(empty(), YEAR)[0].value is None


def test_young_people_stay_between_bounds_without_names() -> None:
    # First class: 22 at least, 24 at most (42 presences); second: 18 exactly.
    (found,) = events.young_people(MADE, YEAR)
    assert (found.value, found.low, found.high, found.reason) == (None, 40.0, 42.0, "no_name_list")
    whole = replace(MADE, class_presences=MADE.class_presences.iloc[2:])
    assert events.young_people(whole, YEAR)[0].value == 18
    assert events.young_people(empty(), YEAR)[0].reason == "empty"


def test_the_relevance_of_the_offers_of_the_year() -> None:
    rows = [
        {"offer_id": 1, "offered_on": "2024-10-01", "opinions": 4, "relevant": 3},
        {"offer_id": 2, "offered_on": "2025-02-01", "opinions": 0, "relevant": 0},
        {"offer_id": 3, "offered_on": "2030-02-01", "opinions": 9, "relevant": 0},
    ]
    data = replace(empty(), offers=frame("offers", rows))
    assert events.offers(data, YEAR)[0].value == 2
    assert events.relevance(data, YEAR)[0].value == 0.75
