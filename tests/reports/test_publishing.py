"""What leaves the house: nothing small, nothing that a subtraction gives back; what stays is exact."""

import csv
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.audit import SYSTEM, Actor
from impact.db import EncryptedDatabase
from impact.figures import FigureState, latest_figures
from impact.periods import Period
from impact.vocabulary import Audience, CommunityKind, Sensitivity
from impact_maps.indicators import CATALOGUE
from reports.computing.registry import COMPUTATIONS
from reports.data import Data, load
from reports.disclosure import JOINT
from reports.issuing import table_csv
from reports.publishing import as_rows, compute_all, protected, refresh, to_figures
from reports.records import Estimate
from surveys.definitions import library
from surveys.records import Answer, NewWave
from surveys.storage import add_response, open_wave
from tests.reports.computing.made import YEAR, frame, situations, wave, workshops

pytestmark = pytest.mark.whole

OUTSIDE = [audience for audience in Audience if audience is not Audience.INTERNAL]
YES = {"outcome": "pathway", "decided_on": "2024-10-05", "started_on": "2024-10-10"}


def answers(counts: list[int], invited: int | None = None) -> Data:
    levels = [level for level, people in enumerate(counts, start=1) for _ in range(people)]
    return wave({"a": levels}, responses=len(levels), invited=invited)


def shown(data: Data, *codes: str, audience: Audience = Audience.FUNDER) -> dict[str, dict[str, Estimate]]:
    rows = protected([row for code in codes for row in COMPUTATIONS[code](data, YEAR)], audience)
    return {code: {row.category: row for row in rows if row.code == code} for code in codes}


def test_the_team_reads_exact_figures() -> None:
    exact = compute_all(answers([1, 2, 3, 4, 5]), YEAR, CommunityKind.PRE)
    assert protected(exact, Audience.INTERNAL) == exact


def test_presences_are_never_masked() -> None:
    exact = compute_all(workshops([{1, 2}, {1}]), YEAR, CommunityKind.COLLECTIVE)
    for audience in OUTSIDE:
        assert protected(exact, audience) == exact


@given(st.lists(st.integers(0, 30), min_size=5, max_size=5), st.sampled_from(OUTSIDE))
def test_no_small_group_of_answers_leaves_or_can_be_worked_out(counts: list[int], audience: Audience) -> None:
    found = shown(answers(counts), "satisfaction.top_two", "satisfaction.distribution", audience=audience)
    sums = [(set(range(1, 6)), sum(counts))]
    for row in found["satisfaction.distribution"].values():
        if row.numerator is not None and row.value is not None:
            sums.append(({int(part.rpartition("/")[2]) for part in row.category.split(JOINT)}, int(row.numerator)))
    for row in found["satisfaction.top_two"].values():
        if row.numerator is not None and row.value is not None:
            sums.append(({4, 5}, int(row.numerator)))
    for levels, people in differences(sums):
        assert people == sum(counts[level - 1] for level in levels)
        # How many answered in all is open.
        assert people >= 5 or people == 0 or len(levels) == 5, (levels, people)


def differences(sums: list[tuple[set[int], int]]) -> list[tuple[set[int], int]]:
    """Every group of levels that subtractions of published groups give."""
    known = {frozenset(levels): people for levels, people in sums if levels}
    while True:
        new = {
            large - small: known[large] - known[small]
            for large in known
            for small in known
            if small < large and large - small not in known
        }
        if not new:
            return [(set(levels), people) for levels, people in known.items()]
        known.update(new)


def test_levels_joined_together_name_their_question_once() -> None:
    found = shown(answers([2, 2, 6, 10, 10]), "satisfaction.distribution")["satisfaction.distribution"]
    first, *_ = found.values()
    assert (first.category, first.label) == (
        "parents/a/1|parents/a/2|parents/a/3",
        "Question a – Pas du tout / Plutôt pas / Entre les deux",
    )


def test_bounds_follow_the_share_that_they_surround() -> None:
    found = shown(answers([10, 5, 3, 1, 1], invited=60), "satisfaction.top_two", "satisfaction.top_two_bounds")
    for rows in found.values():
        (row,) = rows.values()
        assert (row.masked, row.value, row.low, row.high) == (True, None, None, None)


def test_small_age_bands_are_joined_to_their_neighbour() -> None:
    data = situations(
        [{**YES, "age_band": band} for band, n in (("6-10", 20), ("11-16", 12), ("17+", 2)) for _ in range(n)]
    )
    found = shown(data, "pre.children_by_age")["pre.children_by_age"]
    assert {category: row.numerator for category, row in found.items()} == {"2-5": 0, "6-10": 20, "11-16|17+": 14}


def test_a_share_taken_up_never_completes_the_decisions() -> None:
    refused = [{"outcome": "refused", "decided_on": "2024-10-05"}] * 3
    waiting: list[dict[str, str]] = [{}] * 30
    data = situations([*[YES] * 6, *refused, *waiting])
    found = shown(data, "pre.situations_taken_up", "pre.situations_by_outcome")
    (taken,), outcomes = found["pre.situations_taken_up"].values(), found["pre.situations_by_outcome"]
    assert taken.numerator == 6
    assert all(row.masked for row in outcomes.values())


def test_first_motives_never_give_back_a_few_second_ones() -> None:
    rows = [{"situation_id": n, "code": "health" if n <= 20 else "results", "position": 0} for n in range(1, 61)]
    second = [{"situation_id": n, "code": "health", "position": 1} for n in range(21, 24)]
    data = situations([{**YES}] * 60, motives=[*rows, *second])
    found = shown(data, "pre.motives", "pre.first_motive")
    assert found["pre.motives"]["health"].numerator == 23
    assert found["pre.first_motive"]["health"].masked


def test_few_exits_are_not_given_back_by_the_share_still_followed() -> None:
    begun = {**YES, "decided_on": "2024-09-02", "started_on": "2024-09-02"}
    data = situations([{**begun, "ended_on": "2024-12-01", "exit_reason": "moved"}] * 2 + [begun] * 40)
    found = shown(data, "pre.still_followed", "pre.support_length")
    assert found["pre.still_followed"]["6"].masked
    length = found["pre.support_length"][""]
    assert (length.value, length.reason, length.numerator) == (None, "not_reached", None)
    assert length.effect is not None
    assert "share" not in length.effect


@settings(max_examples=30)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "sex": st.sampled_from(["girl", "boy", "unknown"]),
                "origin": st.sampled_from(["school", "parents"]),
                "started_on": st.just("2024-10-10"),
                "decided_on": st.just("2024-10-05"),
                "outcome": st.just("pathway"),
                "ended_on": st.sampled_from([None, "2025-03-01"]),
                "exit_reason": st.sampled_from(["moved", "reached"]),
            }
        ),
        max_size=40,
    )
)
def test_no_published_figure_of_children_is_small(rows: list[dict[str, Any]]) -> None:
    for row in protected(compute_all(situations(rows), YEAR, CommunityKind.PRE), Audience.FUNDER):
        if CATALOGUE[row.code].sensitivity is not Sensitivity.OPEN:
            assert not 0 < (row.numerator or 0) < 5, row
            assert not 0 < (row.denominator or 0) < 5, row
            assert not (row.value is None and (row.low is not None or row.high is not None)), row


def test_rows_have_the_same_keys_everywhere_and_become_json() -> None:
    rows = as_rows(compute_all(workshops([3, 2, 4]), YEAR, CommunityKind.COLLECTIVE), YEAR, Audience.INTERNAL)
    assert {tuple(row) for row in rows} == {("title", "audience", "period", *Estimate("", None, "").as_dict())}
    assert (rows[0]["title"], rows[0]["period"], rows[0]["audience"]) == ("Ateliers tenus", "2024-2025", "internal")
    assert json.loads(json.dumps(rows)) == rows


@pytest.mark.parametrize(("people", "has_interval"), [(10, False), (11, True)])
def test_a_share_of_ten_people_leaves_without_interval_nor_test(people: int, has_interval: bool) -> None:
    [exact] = COMPUTATIONS["satisfaction.top_two"](answers([people - 5, 0, 0, 5, 0]), YEAR)
    assert None not in (exact.low, exact.high)
    tested = replace(exact, test={"name": "binomial", "p": 0.75})
    told = protected([tested], Audience.FUNDER)
    [row] = csv.DictReader(table_csv(told, YEAR, Audience.FUNDER).decode("utf-8-sig").splitlines(), delimiter=";")
    [item] = json.loads(json.dumps(as_rows(told, YEAR, Audience.FUNDER)))
    for name in ("low", "high", "method", "test"):
        assert (bool(row[name]), bool(item[name])) == (has_interval, has_interval), name
    assert (row["numerator"], row["denominator"]) == ("5.0", str(float(people)))
    assert (item["numerator"], item["denominator"]) == (5, people)


def test_figures_say_measured_masked_or_unknown() -> None:
    moment = datetime(2025, 9, 1, tzinfo=UTC)
    rows = [Estimate("pre.exits", 8.0, "count"), Estimate("pre.exits", None, "count", masked=True)]
    rows.append(Estimate("participation.people", None, "count", low=3.0, high=9.0, reason="no_name_list"))
    states = [figure.state for figure in to_figures(rows, YEAR, Audience.FUNDER, moment)]
    assert states == [FigureState.MEASURED, FigureState.MASKED, FigureState.UNKNOWN]


@pytest.mark.parametrize(
    ("low", "high", "told"), [(419, 424, True), (419, 423, False), (4, 9, False), (419, 419, True)]
)
def test_bounds_reach_a_funder_when_they_and_their_gap_are_numbers_to_publish(low: int, high: int, told: bool) -> None:
    row = Estimate("events.young_people", None, "count", n=1573, low=low, high=high, reason="no_name_list")
    (found,) = protected([row], Audience.FUNDER)
    assert (found.low, found.high) == ((low, high) if told else (None, None))
    assert found.reason == "no_name_list"


@pytest.fixture
def surveyed(db: EncryptedDatabase, amina: Actor) -> EncryptedDatabase:
    """Two favourable answers and one unfavourable to the first question, one person who prefers not to say."""
    (questionnaire, *_) = library()
    opened, closed = date(2026, 5, 1), date(2026, 6, 1)
    wave_id = open_wave(db, amina, questionnaire, NewWave("Printemps", opened, closed, 10), opened)
    for number, level in enumerate((5, 4, 1, None)):
        add_response(db, wave_id, opened, f"key-{number}", [Answer(questionnaire.codes[0], level)])
    return db


def test_refresh_stores_exact_figures_for_the_team_and_protected_ones_for_funders(surveyed: EncryptedDatabase) -> None:
    period = Period(date(2025, 9, 1), date(2026, 8, 31))
    for _ in range(2):
        refresh(surveyed, SYSTEM, load(surveyed, period), period, datetime(2026, 11, 20, tzinfo=UTC))
    (question, *_) = library()[0].codes
    key = ("satisfaction.top_two", f"{library()[0].code}/{question}")
    team, funder = latest_figures(surveyed, Audience.INTERNAL)[key], latest_figures(surveyed, Audience.FUNDER)[key]
    assert (team.state, team.numerator, team.denominator) == (FigureState.MEASURED, 2, 3)
    assert (funder.state, funder.value, funder.numerator) == (FigureState.MASKED, None, None)


def test_data_hold_the_columns_that_are_promised_and_no_other_person(surveyed: EncryptedDatabase) -> None:
    data = load(surveyed, YEAR)
    allowed = {"named", "age_band_received", "consent_on"}
    for name in ("workshops", "attendance", "organisations", "situations", "motives", "objectives", "notes", "waves"):
        found: pd.DataFrame = getattr(data, name)
        promised = set(frame(name).columns)
        assert promised <= set(found.columns) <= promised | allowed, name
    assert [list(table.columns) for table in data.answers.values()] == [["response_id", "question", "level"]]


def test_every_breakdown_of_a_real_file_has_words(surveyed: EncryptedDatabase) -> None:
    data = load(surveyed, YEAR)
    assert all(words for known in data.labels.values() for words in known.values())
    assert {"motives", "origins", "exit_reasons", "sex", "age_band", "outcome", "result"} <= set(data.labels)
