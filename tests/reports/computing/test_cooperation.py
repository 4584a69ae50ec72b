"""Worked examples of cooperation: five organisations, two rounds, three actions, three meetings."""

from dataclasses import replace
from typing import Any

import pytest

from reports.computing import cooperation
from reports.data import Data
from reports.statistics.proportions import wilson
from tests.reports.computing.made import YEAR, by_category, counts, empty, frame

# 1 and 2 are of the State, 3 and 4 associations, 5 is a health structure.
ORGANISATIONS = frame(
    "organisations",
    [
        {"organisation_id": n, "kind": k}
        for n, k in enumerate(("state", "state", "association", "association", "health"), 1)
    ],
)
# 2024: 1-2 said by both; 1-3 and 3-4 wished. 2025: 1-2 by both, 1-3 by one, 3-4 still wished, 2-4 wished then made.
SAID = (
    (1, 1, 2, "existing", None),
    (1, 2, 1, "existing", None),
    (1, 1, 3, "to_create", None),
    (1, 3, 4, "to_create", None),
    (2, 1, 2, "existing", None),
    (2, 2, 1, "existing", None),
    (2, 3, 1, "existing", None),
    (2, 3, 4, "to_create", None),
    (2, 2, 4, "to_create", "2025-07-01"),
    (2, 1, 2, "to_create", None),
)


def made(said: tuple[tuple[Any, ...], ...] = SAID) -> Data:
    names = ("round_id", "declarer_id", "partner_id", "kind", "made_on")
    rounds = [{"round_id": 1, "held_on": "2024-06-01"}, {"round_id": 2, "held_on": "2025-06-01"}]
    links = frame("links", [dict(zip(names, row, strict=True)) for row in said])
    return replace(empty(), organisations=ORGANISATIONS, link_rounds=frame("link_rounds", rounds), links=links)


LINKED = made()
ACTIONS = replace(
    empty(),
    actions=frame(
        "actions",
        [
            {"action_id": 1, "state": "done", "starts_on": "2024-10-01", "ends_on": "2025-02-01", "partners": 3},
            {"action_id": 2, "state": "under_way", "starts_on": "2025-01-01", "partners": 0},
            {"action_id": 3, "state": "planned", "partners": 1},
            {"action_id": 4, "state": "done", "starts_on": "2020-01-01", "ends_on": "2020-06-01", "partners": 9},
        ],
    ),
    action_ages=frame(
        "action_ages",
        [{"action_id": n, "age_band": band} for n, band in ((1, "0-3"), (1, "11-15"), (2, "16-18"), (4, "0-3"))],
    ),
    fundings=frame(
        "fundings",
        [
            {"action_id": 1, "granted": 600},
            {"action_id": 1, "granted": 300},
            {"action_id": 1, "asked": 100},
            {"action_id": 2, "granted": 100},
            {"action_id": 4, "granted": 5000},
        ],
    ),
)
MET = replace(
    empty(),
    meetings=frame(
        "meetings",
        [
            {"meeting_id": 1, "held_on": "2024-11-05", "kind": "steering", "people": 9},
            {"meeting_id": 2, "held_on": "2025-03-05", "kind": "troika", "people": 4},
            {"meeting_id": 3, "held_on": "2025-05-05", "kind": "technical", "people": 0},
            {"meeting_id": 4, "held_on": "2026-05-05", "kind": "technical", "people": 7},
        ],
    ),
    meeting_presences=frame(
        "meeting_presences",
        [
            {"meeting_id": meeting, "organisation_id": number, "organisation_kind": kind}
            for meeting, number, kind in ((1, 1, "state"), (1, 3, "association"), (2, 1, "state"), (4, 5, "health"))
        ],
    ),
)


def test_organisations_by_kind() -> None:
    found = cooperation.organisations_by_kind(LINKED, YEAR)
    assert counts(found) == {"state": 2, "association": 2, "health": 1}


def test_missing_kinds() -> None:
    assert cooperation.missing_kinds(LINKED, YEAR)[0].value == 0
    fewer = replace(LINKED, organisations=ORGANISATIONS[ORGANISATIONS["kind"] == "state"])
    (found,) = cooperation.missing_kinds(fewer, YEAR)
    assert (found.value, found.denominator) == (2, 3)


def test_links_of_the_last_round() -> None:
    assert cooperation.possible_pairs(LINKED, YEAR)[0].value == 10
    assert cooperation.existing_links(LINKED, YEAR)[0].value == 3
    assert cooperation.density(LINKED, YEAR)[0].value == pytest.approx(0.3)
    (confirmed,) = cooperation.confirmation(LINKED, YEAR)
    assert (confirmed.numerator, confirmed.denominator) == (1, 3)
    # The wish for 1-2, which exists, is no longer one.
    assert cooperation.to_create(LINKED, YEAR)[0].value == 1
    assert cooperation.density_planned(LINKED, YEAR)[0].value == pytest.approx(0.4)
    (alone,) = cooperation.isolates(LINKED, YEAR)
    assert (alone.value, alone.denominator) == (1, 5)


def test_openness_counts_links_between_kinds() -> None:
    (found,) = cooperation.openness(LINKED, YEAR)
    # 1-2 inside a kind, 1-3 and 2-4 between kinds.
    assert found.value == pytest.approx(1 / 3)
    assert (found.numerator, found.denominator) == (1, 3)


def test_realisation_between_the_last_two_rounds() -> None:
    (found,) = cooperation.realisation_rate(LINKED, YEAR)
    assert (found.numerator, found.denominator) == (1, 2)
    assert (found.low, found.high) == wilson(1, 2)
    (alone,) = cooperation.realisation_rate(replace(LINKED, link_rounds=LINKED.link_rounds.head(1)), YEAR)
    assert (alone.value, alone.reason) == (None, "too_few")


def test_a_wish_made_after_its_round_was_still_a_wish_on_its_day() -> None:
    early = made(((1, 1, 3, "to_create", "2024-12-01"), (2, 1, 3, "existing", None)))
    (found,) = cooperation.realisation_rate(early, YEAR)
    assert (found.numerator, found.denominator) == (1, 1)


def test_a_round_after_the_period_is_not_known_yet() -> None:
    early = replace(LINKED, link_rounds=LINKED.link_rounds.assign(held_on=["2024-06-01", "2026-06-01"]))
    assert cooperation.existing_links(early, YEAR)[0].value == 1
    assert cooperation.realisation_rate(early, YEAR)[0].reason == "too_few"


def test_without_a_round_nothing_is_said_of_links() -> None:
    bare = replace(empty(), organisations=ORGANISATIONS)
    for compute in (cooperation.existing_links, cooperation.density, cooperation.isolates, cooperation.openness):
        assert compute(bare, YEAR)[0].value is None
    assert cooperation.confirmation(made(()), YEAR)[0].reason == "empty"
    assert cooperation.openness(made(()), YEAR)[0].reason == "empty"
    assert cooperation.isolates(made(()), YEAR)[0].value == 5


def test_actions_of_the_period() -> None:
    states = cooperation.actions_by_state(ACTIONS, YEAR)
    assert counts(states) == {"planned": 1, "under_way": 1, "done": 1}
    ages = cooperation.actions_by_age(ACTIONS, YEAR)
    assert by_category(ages) == {"0-3": 0.5, "11-15": 0.5, "16-18": 0.5}
    assert {row.missing for row in ages} == {1}


def test_partners_per_action() -> None:
    (found,) = cooperation.partners_mean(ACTIONS, YEAR)
    assert found.value == pytest.approx(4 / 3)
    assert (found.numerator, found.denominator) == (4, 3)


def test_cofinancing() -> None:
    (found,) = cooperation.cofinancing(ACTIONS, YEAR)
    assert (found.value, found.numerator, found.denominator, found.n) == (0.3, 300, 1000, 2)


def test_meetings_held_and_people() -> None:
    assert cooperation.meetings_held(MET, YEAR)[0].value == 2
    (found,) = cooperation.people_mean(MET, YEAR)
    assert (found.value, found.denominator) == (6.5, 2)


def test_diversity_of_the_meetings() -> None:
    (found,) = cooperation.meeting_kinds(MET, YEAR)
    # One structure of the State and one association, whatever the number of times they came.
    assert found.value == pytest.approx(2)
    assert (found.numerator, found.denominator) == (2, 2)


def test_mandates_in_course_at_the_end_of_the_year() -> None:
    days = ("joined_on", "left_on", "mandated_on", "until_on")
    people = (
        ("2024-01-01", None, "2024-01-01", None),
        ("2024-01-01", None, "2024-01-01", "2025-01-01"),
        ("2024-01-01", "2025-02-01", "2024-01-01", None),
        ("2024-01-01", None, None, None),
        ("2026-01-01", None, "2026-01-01", None),
    )
    rows = [{"member_id": n, **dict(zip(days, row, strict=True))} for n, row in enumerate(people)]
    (found,) = cooperation.mandated(replace(empty(), mandates=frame("mandates", rows)), YEAR)
    assert (found.numerator, found.denominator) == (1, 3)
    assert cooperation.mandated(empty(), YEAR)[0].reason == "empty"


def test_a_level_without_a_word_has_no_counterpart() -> None:
    forms = ("formal", "network", "none", None)
    rows = [{"organisation_id": n, "level": "field", "form": form} for n, form in enumerate(forms)]
    (found,) = cooperation.counterparts(replace(empty(), levels=frame("levels", rows)), YEAR)
    assert found.value == 0.5


def test_days_from_a_meeting_to_the_next() -> None:
    # 10 September to 9 December 2024: 90 days for two intervals. Nobody was counted in October; July 2024 is before.
    held = (("2024-07-01", 8), ("2024-09-10", 6), ("2024-10-10", 0), ("2024-11-05", 9), ("2024-12-09", 4))
    rows = [
        {"meeting_id": n, "held_on": day, "kind": "steering", "people": people} for n, (day, people) in enumerate(held)
    ]
    (found,) = cooperation.meeting_interval(replace(empty(), meetings=frame("meetings", rows)), YEAR)
    assert (found.value, found.numerator, found.denominator) == (45, 90, 2)
    (alone,) = cooperation.meeting_interval(replace(empty(), meetings=frame("meetings", rows[:2])), YEAR)
    assert (alone.value, alone.reason) == (None, "too_few")


def test_time_spent_on_reporting() -> None:
    # In the year: 90 + 30 minutes of reporting, 240 minutes with people: 2 hours of 6. The day before is out.
    noted = (
        ("2024-08-31", "reporting", 600),
        ("2024-09-01", "reporting", 90),
        ("2024-09-01", "people", 240),
        ("2025-08-31", "reporting", 30),
    )
    rows = [dict(zip(("day", "kind", "minutes"), row, strict=True)) for row in noted]
    (found,) = cooperation.reporting_time(replace(empty(), coordination=frame("coordination", rows)), YEAR)
    assert found.value is not None
    assert (found.numerator, found.denominator, found.n) == (2.0, 6.0, 2)
    assert round(found.value, 4) == 0.3333
    assert cooperation.reporting_time(empty(), YEAR)[0].reason == "empty"


def test_density_round_after_round_as_said_on_the_day() -> None:
    # 2024: one link of ten possible; 2025: 1-2 and 1-3, the link made in July not yet.
    found = cooperation.density_by_round(LINKED, YEAR)
    assert [(row.category, row.numerator, row.denominator) for row in found] == [
        ("2024-06-01", 1, 10),
        ("2025-06-01", 2, 10),
    ]
    assert cooperation.density_by_round(empty(), YEAR)[0].reason == "empty"
