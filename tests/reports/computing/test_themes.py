"""What people write about, worked by hand."""

from dataclasses import replace

import pytest

from reports.computing import themes
from reports.data import Data
from surveys.coding.records import CodedQuestion, Theme, Written
from surveys.records import Question
from surveys.vocabulary import QuestionKind
from tests.reports.computing.made import YEAR, wave

HOURS = Theme(7, "Les horaires", "Ce qui touche aux jours et aux heures.")


def read(*said: tuple[bool, bool], unread: int = 0) -> Data:
    """One open question: for each person, whether each of two readers put the theme."""
    answers = [
        Written(number, f"r{number}", "Des mots.", {1: _put(first), 2: _put(second)})
        for number, (first, second) in enumerate(said, start=1)
    ]
    answers += [Written(100 + number, f"u{number}", "Des mots.") for number in range(unread)]
    question = Question("why", QuestionKind.WORDS, "Pourquoi ?")
    return replace(
        wave({"a": [3] * 12}, responses=12, invited=None),
        coded={1: (CodedQuestion(question, (HOURS,), tuple(answers)),)},
    )


def _put(theme: bool) -> frozenset[int]:
    return frozenset({HOURS.id}) if theme else frozenset()


# Both put it 6 times, one alone 1 + 1 times, neither 4 times.
TWELVE = [(True, True)] * 6 + [(True, False), (False, True)] + [(False, False)] * 4


def test_satisfaction_themes_count_what_both_readers_kept() -> None:
    # 6 of the 12 answers read, two more unread: 50 %.
    (row,) = themes.themes(read(*TWELVE, unread=2), YEAR)
    assert (row.code, row.category) == ("satisfaction.themes", "parents/why/7")
    assert (row.numerator, row.denominator, row.value, row.missing) == (6, 12, 0.5, 2)


def test_satisfaction_themes_need_five_people_and_eleven_writers() -> None:
    for said in (TWELVE[2:], [*TWELVE[2:6], *[(False, False)] * 8]):
        (row,) = themes.themes(read(*said), YEAR)
        assert (row.value, row.reason) == (None, "too_few")
    (row,) = themes.themes(replace(read(*TWELVE), coded={}), YEAR)
    assert (row.value, row.reason) == (None, "empty")


def test_satisfaction_readers_agree_beyond_chance() -> None:
    # Observed 10/12; chance (7/12)² + (5/12)² = 74/144; kappa = (120 - 74)/(144 - 74) = 46/70.
    (row,) = themes.agreement(read(*TWELVE), YEAR)
    assert row.code == "satisfaction.readers_agree"
    assert row.value == pytest.approx(46 / 70)
    assert row.n == 12
    assert row.low is not None
    assert 0 < row.low < 46 / 70


def test_full_agreement_on_one_word_says_nothing_of_the_readers() -> None:
    (row,) = themes.agreement(read(*[(True, True)] * 12), YEAR)
    assert (row.value, row.n) == (None, 12)
