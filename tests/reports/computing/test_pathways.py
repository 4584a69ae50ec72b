"""Worked examples of the PRE's follow-up, over the school year 2024-2025."""

from datetime import date

import pytest

from impact.periods import Period
from reports.computing import pathways
from reports.data import Data
from reports.disclosure import protect
from reports.records import Estimate
from tests.reports.computing.made import YEAR, by_category, counts, situations

YES = {"outcome": "pathway", "first_outcome": "pathway"}
# 1: followed to the end. 2: second pathway of the same child. 3: ended in the period. 4: ended before it.
# 5: refused. 6: waiting. 7: decided after the period. 8: received before, followed during.
MIXED = situations(
    [
        {**YES, "received_on": "2024-09-10", "decided_on": "2024-09-20", "started_on": "2024-10-01"},
        {**YES, "received_on": "2025-01-10", "decided_on": "2025-01-30", "started_on": "2025-02-01", "child_id": 1},
        {
            **YES, "received_on": "2024-09-05", "decided_on": "2024-09-11", "started_on": "2024-09-15", "sex": "boy",
            "ended_on": "2025-03-15", "exit_reason": "reached", "age_band": "11-16", "origin": "parents",
        },
        {
            **YES, "received_on": "2023-09-05", "decided_on": "2023-09-15", "started_on": "2023-10-01",
            "ended_on": "2024-08-31", "exit_reason": "moved",
        },
        {"received_on": "2024-11-01", "decided_on": "2024-11-15", "outcome": "refused", "first_outcome": "refused"},
        {"received_on": "2025-05-01", "decided_on": "2025-05-10", "outcome": "waiting", "first_outcome": "waiting"},
        {**YES, "received_on": "2025-08-01", "decided_on": "2025-09-20", "started_on": "2025-10-01"},
        {
            **YES, "received_on": "2024-02-01", "decided_on": "2024-03-01", "started_on": "2024-03-15", "sex": "unknown",
            "age_band": "unknown", "ended_on": "2025-10-15", "exit_reason": "moved",
        },
    ],
    motives=[
        {"situation_id": 1, "code": "results", "position": 0},
        {"situation_id": 1, "code": "health", "position": 1},
        {"situation_id": 2, "code": "isolation", "position": 0},
        {"situation_id": 2, "code": "results", "position": 1},
        {"situation_id": 3, "code": "results", "position": 0},
        {"situation_id": 5, "code": "health", "position": 0},
    ],
    objectives=[
        {"pathway_id": 3, "objective_id": 1, "result": "reached"},
        {"pathway_id": 3, "objective_id": 2, "result": "partly"},
        {"pathway_id": 3, "objective_id": 3, "result": "unknown"},
        {"pathway_id": 1, "objective_id": 4, "result": None},
        {"pathway_id": 4, "objective_id": 5, "result": "reached"},
    ],
    notes=[
        {"pathway_id": 1, "contact_on": "2024-11-01", "contact_kind": "call"},
        {"pathway_id": 2, "contact_on": "2025-03-01", "contact_kind": "call"},
        {"pathway_id": 3, "contact_on": "2024-12-01", "contact_kind": "call"},
        {"pathway_id": 3, "contact_on": "2025-01-01", "contact_kind": "home_visit"},
        {"pathway_id": 3, "contact_on": "2025-09-01", "contact_kind": "home_visit"},
    ],
)  # fmt: skip


def test_situations_received() -> None:
    assert pathways.situations_received(MIXED, YEAR)[0].value == 6


def test_situations_taken_up() -> None:
    # 1, 2 and 3; the seventh was decided after the last day of the period.
    (found,) = pathways.situations_taken_up(MIXED, YEAR)
    assert (found.numerator, found.denominator, found.low) == (3, 6, None)


def test_situations_by_outcome() -> None:
    found = pathways.situations_by_outcome(MIXED, YEAR)
    assert counts(found) == {"pathway": 3, "refused": 1, "waiting": 1, "undecided": 1}


def test_origins() -> None:
    found = pathways.origins(MIXED, YEAR)
    assert counts(found) == {"school": 5, "parents": 1}
    assert by_category(found)["parents"] == pytest.approx(1 / 6)


def test_decision_delay() -> None:
    # Days for 1, 2, 3 and 5: 10, 20, 6, 14; the median is 12. The sixth and the seventh are still waiting.
    (found,) = pathways.decision_delay(MIXED, YEAR)
    assert (found.value, found.numerator, found.denominator, found.missing) == (12, 4, 6, 2)
    assert pathways.decision_delay(situations([{}]), YEAR)[0].reason == "empty"


def test_families_helped_are_the_homes_of_the_children_followed() -> None:
    rows = [
        {"started_on": "2024-10-10", "home": "home 7"},
        {"started_on": "2025-01-10", "home": "home 7"},
        {"started_on": "2024-11-01"},
        {"started_on": "2023-11-01", "ended_on": "2024-06-30", "home": "home 8"},
        {"received_on": "2024-12-01", "home": "home 9"},
    ]
    assert pathways.children_followed(situations(rows), YEAR)[0].value == 3
    assert pathways.families_helped(situations(rows), YEAR)[0].value == 2


def test_children_followed() -> None:
    # Children 1 (twice), 3 and 8; the fourth left the day before the period.
    assert pathways.children_followed(MIXED, YEAR)[0].value == 3


def test_one_day_is_enough_to_be_followed() -> None:
    first = situations([{**YES, "started_on": "2024-01-01", "ended_on": "2024-09-01"}])
    last = situations([{**YES, "started_on": "2025-08-31"}])
    assert [pathways.children_followed(data, YEAR)[0].value for data in (first, last)] == [1, 1]


def test_pathways_opened() -> None:
    assert pathways.pathways_opened(MIXED, YEAR)[0].value == 3


def test_children_by_sex() -> None:
    found = pathways.children_by_sex(MIXED, YEAR)
    assert counts(found) == {"girl": 1, "boy": 1}
    assert {(row.denominator, row.missing) for row in found} == {(2, 1)}


def test_children_by_age() -> None:
    found = pathways.children_by_age(MIXED, YEAR)
    assert counts(found) == {"2-5": 0, "6-10": 1, "11-16": 1, "17+": 0}
    assert {(row.denominator, row.missing) for row in found} == {(2, 1)}


def test_children_by_profile() -> None:
    # Child 1 has a second pathway; child 3 was « light » until after the period, the fourth has none yet, the profile of
    # the fifth was taken back, the sixth left before the period.
    rows = [
        {"started_on": "2024-09-10"},
        {"started_on": "2025-03-01", "child_id": 1},
        {"started_on": "2024-10-01"},
        {"started_on": "2024-11-01"},
        {"started_on": "2024-11-01"},
        {"started_on": "2023-11-01", "ended_on": "2024-06-30"},
    ]
    told = [
        (6, "2023-11-01", "light"),
        (1, "2024-09-10", "light"),
        (3, "2024-10-01", "light"),
        (5, "2024-11-01", "close"),
        (5, "2024-12-01", "unknown"),
        (2, "2025-03-01", "close"),
        (3, "2025-09-01", "close"),
    ]
    profiles = [{"pathway_id": key, "since_on": since, "profile": code} for key, since, code in told]
    found = pathways.children_by_profile(situations(rows, profiles=profiles), YEAR)
    assert counts(found) == {"light": 1, "close": 1}
    assert {(row.denominator, row.missing) for row in found} == {(2, 2)}
    later = pathways.children_by_profile(
        situations(rows, profiles=profiles), Period(date(2025, 9, 1), date(2026, 8, 31))
    )
    assert counts(later) == {"light": 0, "close": 2}


def test_motives() -> None:
    # Child 1 has results (twice, counted once), health and isolation; child 3 results; child 8 none known.
    found = pathways.motives(MIXED, YEAR)
    assert counts(found) == {"results": 2, "isolation": 1, "health": 1}
    assert {(row.denominator, row.missing) for row in found} == {(2, 1)}


def test_first_motive() -> None:
    # The latest situation of child 1 begins with isolation.
    found = pathways.first_motive(MIXED, YEAR)
    assert counts(found) == {"results": 1, "isolation": 1, "health": 0}


def months_of_support(*ends: str | None) -> Data:
    """Pathways decided on 1 September 2024."""
    begun = {**YES, "decided_on": "2024-09-01", "started_on": "2024-09-10"}
    return situations([{**begun, "ended_on": end, "exit_reason": "reached"} for end in ends])


def test_support_length() -> None:
    # Five pathways; exits after 61, 122 and 181 days, two still followed: 4/5, 3/5, then 2/5, below one half.
    data = months_of_support("2024-11-01", "2025-01-01", "2025-03-01", None, "2026-01-01")
    (found,) = pathways.support_length(data, YEAR)
    assert found.value == pytest.approx(181 / (365.25 / 12))
    assert (found.numerator, found.denominator, found.method) == (3, 5, "kaplan_meier")
    assert found.low == pytest.approx(61 / (365.25 / 12))
    assert found.high is None


def test_median_length_is_not_given_before_half_have_left() -> None:
    data = months_of_support("2024-11-01", None, None, None, None, None, None)
    (found,) = pathways.support_length(data, YEAR)
    assert (found.value, found.reason) == (None, "not_reached")
    # The six others are followed for the 364 days of the period that come after the decision.
    assert found.effect == {
        "name": "still_followed", "months": pytest.approx(364 / (365.25 / 12)), "share": pytest.approx(6 / 7),
    }  # fmt: skip


def test_still_followed() -> None:
    # Eight pathways, two exits before six months: 6/8 left; observed for less than twelve months.
    data = months_of_support("2024-11-01", "2025-01-01", *[None] * 6)
    found = pathways.still_followed(data, YEAR)
    assert by_category(found) == {"6": pytest.approx(0.75), "12": None, "18": None, "24": None}
    assert (found[0].n, found[0].effect) == (6, {"name": "exits", "count": 2})
    assert {row.reason for row in found[1:]} == {"too_few"}


def test_exits() -> None:
    assert pathways.exits(MIXED, YEAR)[0].value == 1


def test_exits_by_reason() -> None:
    assert counts(pathways.exits_by_reason(MIXED, YEAR)) == {"reached": 1, "moved": 0}


def test_objectives() -> None:
    found = pathways.objectives(MIXED, YEAR)
    assert counts(found) == {"reached": 1, "partly": 1, "not_reached": 0}
    assert [(row.denominator, row.missing, row.n) for row in found] == [(2, 1, 1), (2, 1, 1), (2, 1, 0)]


def test_contacts_by_kind() -> None:
    # Two calls for child 1 in her two pathways, one for child 3; a visit after the period is left out.
    found = pathways.contacts_by_kind(MIXED, YEAR)
    assert counts(found) == {"call": 3, "home_visit": 1}
    assert [row.n for row in found] == [2, 1]


def _reviews(*scores: tuple[int, str, str, int]) -> Data:
    rows = [
        {"pathway_id": pathway, "domain": domain, "reviewed_on": day, "score": score}
        for pathway, domain, day, score in scores
    ]
    return situations([{**YES, "started_on": "2024-09-02"}], domains=rows)


def test_domain_change() -> None:
    # School: 1 goes from 2 to 4, 2 from 3 to 3, 3 from 4 to 3, 4 from 1 to 2 (a third review, later, does not count);
    # 5 was reviewed once; 6 before the period only. Net (2 - 1) / 4; Bonett-Price adds one to each: p12 = 2/6, p21 = 3/6.
    data = _reviews(
        (1, "school", "2024-06-01", 2), (1, "school", "2025-01-10", 4),
        (2, "school", "2024-10-01", 3), (2, "school", "2025-05-01", 3),
        (3, "school", "2024-10-01", 4), (3, "school", "2025-05-01", 3),
        (4, "school", "2024-10-01", 1), (4, "school", "2025-05-01", 2), (4, "school", "2025-10-01", 5),
        (5, "school", "2025-02-01", 5),
        (6, "school", "2024-01-01", 1), (6, "school", "2024-06-01", 5),
        (1, "sport", "2025-01-10", 3),
    )  # fmt: skip
    school, sport = pathways.domain_change(data, YEAR)
    assert (school.category, school.label, school.n, school.missing) == ("school", "École", 4, 1)
    assert school.effect == {"name": "directions", "down": 1, "same": 1, "up": 2}
    assert school.value == pytest.approx(25)
    half = 1.959964 * ((2 / 6 + 3 / 6 - (1 / 6) ** 2) / 6) ** 0.5
    assert (school.low, school.high) == (
        pytest.approx(100 * (1 / 6 - half), abs=1e-4),
        pytest.approx(100 * (1 / 6 + half), abs=1e-4),
    )
    assert (sport.value, sport.reason, sport.missing) == (None, "too_few", 1)
    assert pathways.domain_change(situations([{}]), YEAR)[0].reason == "empty"


def test_the_counts_behind_a_change_by_domain_leave_only_when_none_is_small() -> None:
    def row(down: int, same: int, up: int) -> Estimate:
        effect: dict[str, float | str] = {"name": "directions", "down": down, "same": same, "up": up}
        n = down + same + up
        return Estimate(
            "pre.domain_change", 100 * (up - down) / n, "points", low=10, high=40, n=n, effect=effect, category="a"
        )

    kept, small = (protect([each], "sensitive", "funder")[0] for each in (row(11, 12, 30), row(2, 20, 30)))
    assert kept.effect is not None
    assert (small.effect, small.low, small.high) == (None, None, None)
    assert small.value == pytest.approx(100 * 28 / 52, abs=0.05)
    assert protect([row(2, 3, 5)], "sensitive", "funder")[0].masked
    assert protect([row(2, 20, 30)], "sensitive", "internal")[0].effect is not None


def test_an_exit_counts_although_the_pathway_was_reopened() -> None:
    # One child leaves in January 2025, comes back in March, leaves for good in June: two exits, one child followed.
    begun = {**YES, "started_on": "2024-10-01", "pathway_id": 1}
    episodes = [
        {"pathway_id": 1, "rank": 1, "started_on": "2024-10-01", "ended_on": "2025-01-15", "exit_reason": "moved"},
        {"pathway_id": 1, "rank": 2, "started_on": "2025-03-01", "ended_on": "2025-06-30", "exit_reason": "reached"},
    ]
    data = situations([begun], episodes=episodes)
    assert pathways.exits(data, YEAR)[0].value == 2
    assert counts(pathways.exits_by_reason(data, YEAR)) == {"moved": 1, "reached": 1}
    assert pathways.children_followed(data, YEAR)[0].value == 1
    february = Period(date(2025, 2, 1), date(2025, 2, 28))
    assert pathways.children_followed(data, february)[0].value == 0
    curve = pathways.support_curve(data, YEAR)
    assert (curve.n, curve.events) == (1, 1)
