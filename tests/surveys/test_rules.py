"""Windows, states, links and kept answers."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from impact.exceptions import Refused
from impact.periods import local_day
from surveys import answering, rules
from surveys.definitions import get_standard
from surveys.records import Answer, Wave
from surveys.throttle import Throttle
from surveys.vocabulary import WaveState

ASKED = get_standard("satisfaction-parents")
WAVE = Wave(1, ASKED, "Juin", date(2026, 6, 1), date(2026, 6, 30), None, 100, 1, 0, 1)


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (datetime(2026, 5, 31, 21, 59, 59, tzinfo=UTC), WaveState.COMING),
        (datetime(2026, 5, 31, 22, 0, 0, tzinfo=UTC), WaveState.OPEN),
        (datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC), WaveState.OPEN),
        (datetime(2026, 6, 30, 22, 0, 0, tzinfo=UTC), WaveState.CLOSED),
    ],
)
def test_a_wave_opens_and_closes_at_midnight_in_paris(moment: datetime, state: WaveState) -> None:
    assert rules.state_on(WAVE, local_day(moment)) is state


def test_a_wave_closes_at_midnight_in_winter_too() -> None:
    winter = replace(WAVE, closes_on=date(2026, 12, 31))
    assert rules.takes_answers(winter, local_day(datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC)))
    assert not rules.takes_answers(winter, local_day(datetime(2026, 12, 31, 23, 0, 0, tzinfo=UTC)))


def test_a_wave_closed_by_hand_reopens_until_its_last_day() -> None:
    closed = replace(WAVE, closed_on=date(2026, 6, 10))
    assert rules.state_on(closed, date(2026, 6, 10)) is WaveState.CLOSED
    assert closed.ended_on == date(2026, 6, 10)
    assert rules.can_reopen(closed, date(2026, 6, 30))
    assert not rules.can_reopen(closed, date(2026, 7, 1))
    assert not rules.can_reopen(WAVE, date(2026, 6, 10))


def test_a_full_wave_takes_no_more() -> None:
    assert rules.takes_answers(replace(WAVE, responses=rules.MOST_RESPONSES - 1), date(2026, 6, 2))
    assert not rules.takes_answers(replace(WAVE, responses=rules.MOST_RESPONSES), date(2026, 6, 2))


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [
        (date(2026, 6, 2), date(2026, 6, 1), "avant d’ouvrir"),
        (date(2026, 4, 1), date(2026, 5, 1), "passé"),
        (date(2026, 6, 2), date(2027, 6, 4), "un an au plus"),
    ],
)
def test_windows_that_make_no_sense_are_refused(opens: date, closes: date, words: str) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        rules.check_window(opens, closes, date(2026, 5, 20))
    assert refusal.value.field == "closes_on"


def test_a_window_of_one_day_is_accepted() -> None:
    rules.check_window(date(2026, 6, 2), date(2026, 6, 2), date(2026, 6, 2))


def test_few_answers_are_noticed_in_the_last_week_only() -> None:
    assert not rules.needs_answers(WAVE, date(2026, 6, 22))
    assert rules.needs_answers(WAVE, date(2026, 6, 23))
    assert not rules.needs_answers(replace(WAVE, responses=50), date(2026, 6, 23))
    assert rules.needs_answers(replace(WAVE, responses=10, invited=None), date(2026, 6, 30))
    assert not rules.needs_answers(replace(WAVE, responses=11, invited=None), date(2026, 6, 30))
    assert not rules.needs_answers(WAVE, date(2026, 7, 1))


def test_results_are_news_for_a_month() -> None:
    answered = replace(WAVE, responses=3)
    assert rules.is_fresh(answered, date(2026, 7, 30))
    assert not rules.is_fresh(answered, date(2026, 7, 31))
    assert not rules.is_fresh(WAVE, date(2026, 7, 1))


def test_links_are_long_distinct_and_depend_on_the_key() -> None:
    secret = bytes(32)
    tokens = {rules.link_token(secret, wave, serial) for wave in range(300) for serial in range(3)}
    assert len(tokens) == 900
    # 32 characters of 5 bits: 160 bits.
    assert {len(token) for token in tokens} == {32}
    assert set("".join(tokens)) == set("abcdefghijklmnopqrstuvwxyz234567")
    assert rules.link_token(secret, 1, 1) == rules.link_token(secret, 1, 1)
    assert rules.link_token(bytes(31) + b"\1", 1, 1) != rules.link_token(secret, 1, 1)


def test_levels_refusals_and_words_are_kept_and_blanks_are_not() -> None:
    typed = {"welcome": "5", "clarity": answering.REFUSED, "overall": "", "suggestion": "Le samedi", "unknown": "3"}
    assert answering.kept_answers(ASKED, typed) == [
        Answer("welcome", level=5),
        Answer("clarity"),
        Answer("suggestion", words="Le samedi"),
    ]


@pytest.mark.parametrize("typed", [{}, {"welcome": ""}, {"welcome": answering.REFUSED}])
def test_one_answer_at_least_is_needed(typed: dict[str, str]) -> None:
    with pytest.raises(Refused, match="au moins une réponse"):
        answering.kept_answers(ASKED, typed)


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "é" * 20, "a b" * 8])
def test_a_key_that_was_tampered_with_is_refused(key: str) -> None:
    with pytest.raises(Refused):
        rules.check_key(key)


def test_the_throttle_counts_each_link_apart_and_forgets() -> None:
    brief = Throttle(most=2, seconds=0.0)
    strict = Throttle(most=2, seconds=60.0)
    assert [strict.admits("a") for _ in range(3)] == [True, True, False]
    assert strict.admits("b")
    assert all(brief.admits("a") for _ in range(5))
