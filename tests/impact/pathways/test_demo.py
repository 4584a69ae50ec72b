"""The demonstration follows the national figures, and gives Amina something to do."""

from collections import Counter
from datetime import date

import pandas as pd
import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.navigation import Urgency
from impact.pathways.demo import fill
from impact.pathways.demo_draws import apportion
from impact.pathways.frame_storage import motive_frame, note_frame, situation_frame
from impact.pathways.line_storage import list_lines
from impact.pathways.rules import is_silent
from impact.pathways.todos import list_todos
from impact.pathways.vocabulary import Sex, State

pytestmark = pytest.mark.whole

TODAY = date(2026, 11, 20)
START, END = "2025-09-01", "2026-08-31"


@pytest.fixture
def filled(db: EncryptedDatabase, amina: Actor) -> EncryptedDatabase:
    fill(db, amina, TODAY)
    return db


def supported(db: EncryptedDatabase) -> pd.DataFrame:
    frame = situation_frame(db, date(2025, 9, 1))
    return frame[(frame.started_on <= END) & (frame.ended_on.isna() | (frame.ended_on >= START))]


def test_the_children_of_the_year_follow_the_national_figures(filled: EncryptedDatabase) -> None:
    year = supported(filled)
    assert Counter(year.sex) == {"boy": 93, "girl": 67}
    assert Counter(year.age_band) == {"2-5": 23, "6-10": 84, "11-16": 51, "17+": 2}
    assert year.origin.value_counts().index[0] == "school"
    first = motive_frame(filled).query("position == 0 and situation_id in @year.situation_id")
    assert list(first.code.value_counts().index[:2]) == ["school_results", "isolation"]


def test_exits_of_the_year_have_reasons_that_can_be_printed_and_support_lasts_as_nationally(
    filled: EncryptedDatabase,
) -> None:
    ended = supported(filled).query("ended_on <= @END")
    assert ended.exit_reason.value_counts().min() >= 5
    months = (ended.ended_on - ended.started_on).dt.days.mean() / (365.25 / 12)
    assert 12 <= months <= 19


def test_some_situations_are_not_taken_up_or_wait(filled: EncryptedDatabase) -> None:
    states = Counter(line.state for line in list_lines(filled, TODAY))
    assert (states[State.ELSEWHERE], states[State.REFUSED]) == (9, 6)
    assert (states[State.AGREEMENT], states[State.DECISION]) == (4, 5)
    assert len(note_frame(filled)) > 2 * len(supported(filled))


def test_amina_has_things_to_do_and_basile_children_to_follow(
    filled: EncryptedDatabase, amina: Actor, basile: Actor
) -> None:
    lines = list_lines(filled, TODAY)
    assert sum(is_silent(line, TODAY) for line in lines) == 17
    todos = list_todos(filled, amina, TODAY)
    assert {todo.urgency for todo in todos} == set(Urgency)
    assert any(todo.title == "17\u00a0enfants sans contact depuis 42 jours" for todo in todos)
    assert any("Accord retiré" in todo.title for todo in todos)
    assert any(todo.title == "1\u00a0situation attend une réunion" for todo in todos)
    assert sum(line.referent_id == basile.member_id and line.state is State.FOLLOWED for line in lines) >= 10


def test_names_are_never_used_twice_and_the_seed_decides(filled: EncryptedDatabase) -> None:
    names = [line.listed_name for line in list_lines(filled, TODAY)]
    assert len(names) == len(set(names)) == 184


def test_apportionment_is_as_near_as_whole_numbers_allow() -> None:
    assert Counter(apportion(160, {Sex.BOY: 0.582, Sex.GIRL: 0.418})) == {Sex.BOY: 93, Sex.GIRL: 67}
    assert Counter(apportion(7, {"a": 0.5, "b": 0.5})) == {"a": 4, "b": 3}
    assert apportion(0, {"a": 1.0}) == []
