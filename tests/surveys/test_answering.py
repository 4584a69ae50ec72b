"""Every kind of question: what is kept, what is refused, who is asked."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from surveys.answering import (
    burdens,
    condition_words,
    find_problems,
    is_shown,
    kept_answers,
    minutes_asked,
)
from surveys.records import Answer, Condition, Question, Questionnaire
from surveys.vocabulary import QuestionKind

FULL: dict[str, Any] = {
    "came": "yes",
    "how": ["foot", "bus"],
    "mood": "4",
    "views.room": "2",
    "views.time": "5",
    "advise": "9",
    "children": 3,
    "first_day": date(2026, 9, 1),
    "town": "Clairvigne",
    "order.meet": "2",
    "order.talk": "1",
    "more": "Merci",
}


def test_every_kind_is_kept_as_what_it_is(whole: Questionnaire) -> None:
    assert kept_answers(whole, FULL) == [
        Answer("came", choices=("yes",)),
        Answer("how", choices=("foot", "bus")),
        Answer("mood", level=4),
        Answer("views.room", level=2),
        Answer("views.time", level=5),
        Answer("advise", amount=Decimal(9)),
        Answer("children", amount=Decimal(3)),
        Answer("first_day", day=date(2026, 9, 1)),
        Answer("town", words="Clairvigne"),
        Answer("order", choices=("talk", "meet")),
        Answer("more", words="Merci"),
    ]
    assert find_problems(whole, FULL) == {}


def test_not_knowing_is_apart_from_the_scale_and_from_refusing(whole: Questionnaire) -> None:
    typed = {"came": "yes", "how": ["unknown"], "mood": "unknown", "advise": "unknown", "aside-children": True}
    assert kept_answers(whole, typed) == [
        Answer("came", choices=("yes",)),
        Answer("how", aside=True),
        Answer("mood", aside=True),
        Answer("advise", aside=True),
        Answer("children", aside=True),
    ]
    assert kept_answers(whole, {**FULL, "mood": "refused"})[2] == Answer("mood")


def test_a_question_that_was_not_to_be_asked_is_neither_needed_nor_kept(whole: Questionnaire) -> None:
    typed = {"came": "no", "how": ["bus"]}
    how = whole.question("how")
    assert how is not None
    assert not is_shown(whole, how, typed)
    assert kept_answers(whole, typed) == [Answer("came", choices=("no",))]
    assert find_problems(whole, {"came": "no"}) == {}
    assert find_problems(whole, {"came": "yes"}) == {"how": "required"}
    assert condition_words(whole, how) == (["Oui"], 1)


def test_conditions_follow_each_other(whole: Questionnaire) -> None:
    last = Question("bus_line", QuestionKind.LINE, "Quelle ligne ?", shown_if=Condition("how", ("bus",)))
    longer = replace(whole, questions=(*whole.questions, last))
    assert is_shown(longer, last, {"came": "yes", "how": ["foot", "bus"]})
    assert not is_shown(longer, last, {"came": "no", "how": ["bus"]})
    assert not is_shown(longer, last, {"came": "yes", "how": ["foot"]})


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ({}, {"came": "required"}),
        ({"came": "no", "order.meet": "1", "order.eat": "1"}, {"order.eat": "rank_twice"}),
        ({"came": "yes", "how": ["bus", "unknown"]}, {"how": "one_or_unknown"}),
        ({"came": "no", "children": 2, "aside-children": True}, {"children": "one_or_unknown"}),
        ({"came": "no", "children": 0, "aside-children": True}, {"children": "one_or_unknown"}),
    ],
)
def test_what_contradicts_itself_is_told_at_its_field(
    whole: Questionnaire, typed: dict[str, Any], problems: dict[str, str]
) -> None:
    assert find_problems(whole, typed) == problems


def test_zero_is_an_answer(whole: Questionnaire) -> None:
    assert kept_answers(whole, {"children": 0, "advise": "0"}) == [
        Answer("advise", amount=Decimal(0)),
        Answer("children", amount=Decimal(0)),
    ]


def test_minutes_grow_with_what_is_asked(whole: Questionnaire) -> None:
    assert minutes_asked(()) == 1
    assert minutes_asked(whole.questions) == 5
    assert minutes_asked((*whole.questions, *whole.asked)) > minutes_asked(whole.questions)


def test_what_no_indicator_reads_is_a_burden_unless_it_says_its_use(whole: Questionnaire) -> None:
    assert [question.code for question in burdens(whole)] == ["first_day", "town"]
