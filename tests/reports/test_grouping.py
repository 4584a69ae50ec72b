"""Results by group of respondents: what is told is right, and no subtraction leads to a few people."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.audit import Actor
from impact.db import EncryptedDatabase
from reports.grouping import BLANK, LEAST_COUNT, LEAST_IN_GROUP, OTHERS, Split, split
from surveys import cite_demo, storage
from surveys.definitions import get_standard
from surveys.records import Choice, Question, Questionnaire
from surveys.vocabulary import QuestionKind

SITES = ("north", "south", "east")
SITE = Question("site", QuestionKind.ONE, "Votre lieu ?", choices=tuple(Choice(each, each) for each in SITES))
Person = tuple[str | None, int | None]


def asked(*more: Question) -> Questionnaire:
    known = get_standard("satisfaction-parents")
    (item,) = [each for each in known.questions if each.code == "overall"]
    return replace(known, questions=(SITE, item, *more), translations=())


def frames(people: Sequence[Person]) -> tuple[pd.DataFrame, pd.DataFrame]:
    choices = [(n, "site", site, 1) for n, (site, _) in enumerate(people, start=1) if site]
    answers = [(n, "overall", level) for n, (_, level) in enumerate(people, start=1) if level]
    return (
        pd.DataFrame(choices, columns=["response_id", "question", "choice", "position"]),
        pd.DataFrame(answers, columns=["response_id", "question", "level"]),
    )


NO_MARK = pd.DataFrame({"response_id": [], "question": [], "amount": []})


def told(people: Sequence[Person]) -> Split | None:
    return split(asked(), len(people), *frames(people), NO_MARK)


def site(name: str | None, favourable: int, others: int, silent: int = 0) -> list[Person]:
    return [(name, 5)] * favourable + [(name, 2)] * others + [(name, None)] * silent


def test_shares_by_group_are_those_of_the_rows() -> None:
    found = told(site("north", 12, 8) + site("south", 5, 10))
    assert found is not None
    assert found.groups == (("north", 20), ("south", 15))
    ((_, cells),) = found.rows
    assert [re.sub(r"\s", " ", cell) for cell in cells] == ["60 % de 20", "33 % de 15"]


@pytest.mark.parametrize(
    "people",
    [
        site("north", 20, 20) + site("south", 5, 5),
        site("north", 20, 20) + site(None, 5, 5),
        site("north", 20, 20),
    ],
)
def test_no_group_is_told_when_one_would_be_small(people: list[Person]) -> None:
    assert told(people) is None


@pytest.mark.parametrize(
    "people",
    [
        site("north", 20, 20) + site("south", 14, 2),
        site("north", 20, 20) + site("south", 16, 0),
        site("north", 20, 20) + site("south", 8, 8, silent=1),
        site("north", 20, 20) + site(None, 2, 12),
    ],
)
def test_an_item_that_would_be_small_somewhere_is_told_nowhere(people: list[Person]) -> None:
    found = told(people)
    assert found is not None
    assert (found.rows, found.hidden) == ((), 1)


def test_small_groups_are_told_together() -> None:
    found = told(site("north", 10, 10) + site("south", 4, 4) + site("east", 4, 4))
    assert found is not None
    assert found.groups == (("north", 20), (OTHERS, 16))


def test_two_questions_never_make_groups_to_cross() -> None:
    other = replace(SITE, code="age", text="Votre âge ?")
    people = site("north", 12, 8) + site("south", 8, 10)
    choices, answers = frames(people)
    crossed = pd.concat([choices, choices.assign(question="age")])
    found = split(asked(other), len(people), crossed, answers, NO_MARK)
    assert found is not None
    assert found.question == SITE.text


@pytest.mark.whole
@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([*SITES, None]), st.sampled_from([1, 2, 3, 4, 5, None])), min_size=15, max_size=90
    )
)
def test_no_reader_who_subtracts_reaches_a_few_people(people: list[Person]) -> None:
    """She knows the whole wave, exactly, and each group that is told: what is left is never under the thresholds."""
    found = told(people)
    if found is None or not found.rows:
        return
    ((_, cells),) = found.rows
    shown = []
    for (name, count), cell in zip(found.groups, cells, strict=True):
        share, base = (int(number) for number in re.findall(r"\d+", cell))
        shown.append((name, count, round(share * base / 100), base))
    whole = len(people)
    base_of_all = sum(level is not None for _, level in people)
    favourable_of_all = sum(level is not None and level >= 4 for _, level in people)
    # Any union of groups, taken from the whole, leaves a union of groups: the smallest are the groups themselves.
    for index in range(len(shown)):
        rest = shown[:index] + shown[index + 1 :]
        left = whole - sum(each[1] for each in rest)
        base = base_of_all - sum(each[3] for each in rest)
        favourable = favourable_of_all - sum(each[2] for each in rest)
        assert left >= LEAST_IN_GROUP
        assert base >= LEAST_IN_GROUP
        assert min(favourable, base - favourable) >= LEAST_COUNT - 1  # Rounded shares leave one person of play.
        assert left - base == 0 or left - base >= LEAST_COUNT
    assert sum(each[1] for each in shown) == whole or BLANK in {each[0] for each in shown}


OTHER = Question("day", QuestionKind.ONE, "Quel jour ?", choices=(Choice("sat", "Samedi"), Choice("wed", "Mercredi")))
MARK = Question("mark", QuestionKind.SCALE, "Quelle note ?")
TIMES = Question("times", QuestionKind.NUMBER, "Combien de fois ?")


def told_of_lists(saturdays: tuple[int, int], answered: int = 20) -> Split:
    """20 people of the north and 20 of the south: so many choose Saturday, the others Wednesday; marks 4 and 8."""
    people = site("north", 10, 10) + site("south", 10, 10)
    choices, answers = frames(people)
    days = [
        (place * 20 + n, "day", "sat" if n <= saturdays[place] else "wed", 1)
        for place in (0, 1)
        for n in range(1, (answered if place else 20) + 1)
    ]
    marks = [(n, "mark", 4.0 if n <= 20 else 8.0) for n in range(1, 41)]
    found = split(
        asked(OTHER, MARK),
        len(people),
        pd.concat([choices, pd.DataFrame(days, columns=choices.columns)]),
        answers,
        pd.DataFrame(marks, columns=["response_id", "question", "amount"]),
    )
    assert found is not None
    return found


def test_lists_and_marks_are_told_by_group_too() -> None:
    found = told_of_lists((12, 5))
    ((question, rows),) = found.lists
    plain = [(text, [re.sub(r"\s", " ", cell) for cell in cells]) for text, cells in rows]
    assert question == "Quel jour ?"
    assert plain == [("Samedi", ["60 % de 20", "25 % de 20"]), ("Mercredi", ["40 % de 20", "75 % de 20"])]
    ((_, marks),) = found.marks
    assert [re.sub(r"\s", " ", cell) for cell in marks] == ["4,0 sur 10 (20)", "8,0 sur 10 (20)"]
    assert found.hidden == 0


@pytest.mark.parametrize(("saturdays", "answered"), [((12, 4), 20), ((16, 10), 20), ((12, 8), 17), ((12, 5), 10)])
def test_a_list_with_one_small_answer_somewhere_is_told_nowhere(saturdays: tuple[int, int], answered: int) -> None:
    """Four people, or all but four; three who did not answer; a group of ten."""
    found = told_of_lists(saturdays, answered)
    assert (found.lists, found.hidden) == ((), 1)
    assert found.marks


def told_of_times(north: list[float], south: list[float]) -> Split:
    """20 people in each place, who say how many times they came."""
    people = site("north", 10, 10) + site("south", 10, 10)
    given = [(n, "times", times) for start, told in ((1, north), (21, south)) for n, times in enumerate(told, start)]
    amounts = pd.DataFrame(given, columns=["response_id", "question", "amount"])
    found = split(asked(TIMES), len(people), *frames(people), amounts)
    assert found is not None
    return found


def test_numbers_are_told_by_group_by_their_median() -> None:
    ((text, cells),) = told_of_times([0.0] * 6 + [4.0] * 14, [2.0] * 10 + [3.0] * 9 + [400.0]).marks
    assert text == "Combien de fois ?"
    assert [re.sub(r"\s", " ", cell) for cell in cells] == ["médiane 4 (20)", "médiane 2,5 (20)"]


@pytest.mark.parametrize("answered", [10, 16, 19])
def test_a_number_with_a_small_group_somewhere_is_told_nowhere(answered: int) -> None:
    """Ten who answered, four who did not, one who did not."""
    found = told_of_times([1.0] * 20, [2.0] * answered)
    assert (found.marks, found.hidden) == ((), 1)


def test_the_actors_of_a_network_are_enough_to_be_told_by_group(db: EncryptedDatabase, amina: Actor) -> None:
    cite_demo.fill_actors(db, amina, date(2026, 11, 20))
    (wave,) = storage.list_waves(db)
    frames = (storage.choice_frame(db, wave.id), storage.answer_frame(db, wave.id), storage.amount_frame(db, wave.id))
    found = split(wave.questionnaire, wave.responses, *frames)
    assert found is not None
    assert len(found.groups) == 5
    assert len(found.rows) >= 4
    assert [text[:9] for text, _ in found.marks] == ["À combien", "Conseille"]
    assert found.hidden
