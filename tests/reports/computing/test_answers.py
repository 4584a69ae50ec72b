"""Worked examples of lists, rankings, marks and numbers."""

from dataclasses import replace

import pandas as pd
import pytest

from impact.vocabulary import Audience
from reports.computing import answers
from reports.data import Asked, Data
from reports.publishing import protected
from surveys.vocabulary import QuestionKind
from tests.reports.computing.made import YEAR, counts, wave

LIST = {"bus": "En bus", "foot": "À pied", "car": "En voiture"}


def told(kind: QuestionKind, said: list[list[str | None]] | list[float]) -> Data:
    """A wave with one question, answered by each person in turn."""
    made = wave({}, responses=len(said) + 2, invited=None)
    (wave_id,) = made.items
    asked = Asked(
        "how", "Comment ?", kind, LIST if kind in (QuestionKind.ONE, QuestionKind.SEVERAL, QuestionKind.RANKING) else {}
    )
    chosen = [
        (person, "how", choice, place)
        for person, each in enumerate(said, start=1)
        if isinstance(each, list)
        for place, choice in enumerate(each, start=1)
    ]
    amounts = [(person, "how", each) for person, each in enumerate(said, start=1) if isinstance(each, int | float)]
    return replace(
        made,
        asked={wave_id: (asked,)},
        choices={wave_id: pd.DataFrame(chosen, columns=["response_id", "question", "choice", "position"])},
        amounts={wave_id: pd.DataFrame(amounts, columns=["response_id", "question", "amount"])},
    )


def test_one_answer_each() -> None:
    # 6 by bus, 4 on foot, nobody by car; 1 does not know, 2 left it blank: 10 answered, 3 are missing.
    found = answers.choices(told(QuestionKind.ONE, [["bus"]] * 6 + [["foot"]] * 4 + [[None]]), YEAR)
    assert counts(found) == {"parents/how/bus": 6, "parents/how/foot": 4, "parents/how/car": 0}
    assert {(row.denominator, row.missing) for row in found} == {(10, 3)}
    assert found[0].label == "Comment ? – En bus"


def test_several_answers_add_to_more_than_the_people() -> None:
    found = answers.choices(told(QuestionKind.SEVERAL, [["bus", "foot"]] * 7 + [["foot"]] * 5), YEAR)
    assert counts(found) == {"parents/how/bus": 7, "parents/how/foot": 12, "parents/how/car": 0}
    assert {row.denominator for row in found} == {12}


def test_a_ranking_counts_the_first_place() -> None:
    found = answers.choices(told(QuestionKind.RANKING, [["bus", "car"]] * 3 + [["car", "bus"]] * 2), YEAR)
    assert counts(found) == {"parents/how/bus": 3, "parents/how/foot": 0, "parents/how/car": 2}


def test_marks_from_0_to_10() -> None:
    # 5 promoters, 3 passives, 2 detractors of 10: 50 − 20 = 30 points; with one more of each, 6 and 3 of 13: 23 ± z·se.
    (found,) = answers.promoters(told(QuestionKind.SCALE, [10.0, 9, 9, 10, 9, 8, 7, 8, 6, 0]), YEAR)
    assert (found.value, found.n, found.missing, found.method) == (30, 10, 2, "nps_adjusted")
    # se = 100·√((9/13 − (3/13)²) / 13) = 22,17 points around 23,08.
    assert (found.low, found.high) == pytest.approx((-20.4, 66.5), abs=0.1)


def test_the_median_and_the_quartiles_of_eleven_numbers() -> None:
    (found,) = answers.numbers(told(QuestionKind.NUMBER, [float(value) for value in range(1, 12)]), YEAR)
    assert (found.value, found.n) == (6, 11)
    assert found.effect == {"lower_quartile": 3.5, "upper_quartile": 8.5}
    (few,) = answers.numbers(told(QuestionKind.NUMBER, [float(value) for value in range(1, 11)]), YEAR)
    assert (few.value, few.effect) == (5.5, None)


def test_nobody_answered() -> None:
    for kind, compute in (
        (QuestionKind.ONE, answers.choices),
        (QuestionKind.SCALE, answers.promoters),
        (QuestionKind.NUMBER, answers.numbers),
    ):
        (found,) = compute(told(kind, []), YEAR)
        assert (found.value, found.reason) == (None, "empty")


def test_small_numbers_are_hidden_from_the_funder() -> None:
    few = answers.choices(told(QuestionKind.ONE, [["bus"]] * 20 + [["foot"]] * 3 + [["car"]] * 9), YEAR)
    shown = {row.category: row for row in protected(few, Audience.FUNDER)}
    # Three people on foot, and the next smallest so that they cannot be found by subtraction.
    assert shown["parents/how/foot"].masked
    assert shown["parents/how/car"].masked
    assert shown["parents/how/bus"].numerator == 20
    (median,) = protected(answers.numbers(told(QuestionKind.NUMBER, [1.0] * 10), YEAR), Audience.FUNDER)
    assert (median.masked, median.value, median.effect) == (True, None, None)
    (score,) = protected(answers.promoters(told(QuestionKind.SCALE, [9.0] * 10), YEAR), Audience.FUNDER)
    assert (score.masked, score.value) == (True, None)
