"""The answers of a wave by group of respondents, so that no subtraction leads to a few people.

One question makes the groups, always the same one: two would be crossed. Every group is told, or none; an item, a mark,
a number or a list with all its answers is told for every group, or for none; those who left that question blank count
as one more group, since what is told of the others and of all gives theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from impact.wording import french, number, percent
from surveys.records import Item, Question, Questionnaire
from surveys.vocabulary import QuestionKind

# STATISTICS §2.M: a share needs eleven people; a count of people, and of the others, five.
LEAST_IN_GROUP, LEAST_COUNT = 11, 5
FAVOURABLE = 4
_LISTS = frozenset({QuestionKind.ONE, QuestionKind.SEVERAL})
_MEASURED = frozenset({QuestionKind.SCALE, QuestionKind.NUMBER})
# What is told, then a cell for each group.
Row = tuple[str, tuple[str, ...]]
OTHERS, BLANK = "Autres réponses", "Sans réponse à cette question"


@dataclass(frozen=True)
class Split:
    """Groups with their people, then a cell in each: the share of favourable answers to an item, the mean of a mark or
    the median of a number.

    `lists` are the other lists, each with the share of every answer; `hidden` questions are told for no group.
    """

    question: str
    groups: tuple[tuple[str, int], ...]
    rows: tuple[Row, ...]
    marks: tuple[Row, ...]
    lists: tuple[tuple[str, tuple[Row, ...]], ...]
    hidden: int


def splitting_question(questionnaire: Questionnaire) -> Question | None:
    """The first question with one answer among several: the only one that ever makes groups."""
    return next((each for each in questionnaire.questions if each.kind is QuestionKind.ONE), None)


def split(
    questionnaire: Questionnaire, responses: int, choices: pd.DataFrame, answers: pd.DataFrame, amounts: pd.DataFrame
) -> Split | None:
    """None when no question makes groups, or when one would have too few people.

    `choices`, `answers` and `amounts` are those of one wave (see `reports.data.Data`: the most favourable level is the highest),
    `responses` how many people answered it.
    """
    question = splitting_question(questionnaire)
    if question is None:
        return None
    people = _groups(question, responses, choices)
    if len(people) < 2 or any(len(group) < LEAST_IN_GROUP for group in people.values()):
        return None
    others = [each for each in questionnaire.asked if each.kind in _LISTS and each is not question]
    measured = [each for each in questionnaire.asked if each.kind in _MEASURED]
    told = [(item.text, cells) for item in questionnaire.items if (cells := _cells(item, people, answers))]
    marks = [(each.text, cells) for each in measured if (cells := _amounts(each, people, amounts))]
    lists = [(each.text, rows) for each in others if (rows := _list(each, people, choices))]
    return Split(
        question.text,
        tuple((words, len(group)) for words, group in people.items()),
        tuple(told),
        tuple(marks),
        tuple(lists),
        len(questionnaire.items) + len(measured) + len(others) - len(told) - len(marks) - len(lists),
    )


def _groups(question: Question, responses: int, choices: pd.DataFrame) -> dict[str, set[int]]:
    """Numbers of the people of each group; small ones together."""
    said = choices[choices["question"] == question.code].dropna(subset="choice")
    by_choice = {each.text: set(said[said["choice"] == each.code]["response_id"]) for each in question.choices}
    large = {words: group for words, group in by_choice.items() if len(group) >= LEAST_IN_GROUP}
    small = set().union(*(group for words, group in by_choice.items() if words not in large))
    blank = set(range(1, responses + 1)) - set(said["response_id"])
    return {words: group for words, group in {**large, OTHERS: small, BLANK: blank}.items() if group}


def _cells(item: Item, people: dict[str, set[int]], answers: pd.DataFrame) -> tuple[str, ...]:
    """The share and its base in each group; nothing at all when one of them is small."""
    levels = answers[answers["question"] == item.code].dropna(subset="level").set_index("response_id")["level"]
    cells = []
    for group in people.values():
        mine = levels[levels.index.isin(group)]
        favourable, base = int((mine >= FAVOURABLE).sum()), len(mine)
        if not _is_safe(group, base) or min(favourable, base - favourable) < LEAST_COUNT:
            return ()
        cells.append(_share(favourable, base))
    return tuple(cells)


def _amounts(question: Question, people: dict[str, set[int]], amounts: pd.DataFrame) -> tuple[str, ...]:
    """The mean mark, or the median number, and its base in each group; nothing at all when one of them is small."""
    given = amounts[amounts["question"] == question.code].set_index("response_id")["amount"]
    mine = [(group, given[given.index.isin(group)]) for group in people.values()]
    if not all(_is_safe(group, len(told)) for group, told in mine):
        return ()
    return tuple(french(f"{_middle(question, told)} ({number(len(told))})") for _, told in mine)


def _middle(question: Question, told: pd.Series) -> str:
    """No mean of numbers: one very large one would be read in it."""
    if question.kind is QuestionKind.SCALE:
        return f"{number(float(told.mean()), 1)} sur 10"
    return f"médiane {number(float(told.median()), 0 if float(told.median()).is_integer() else 1)}"


def _list(question: Question, people: dict[str, set[int]], choices: pd.DataFrame) -> tuple[Row, ...]:
    """Every answer of a list with its share in each group; nothing at all when one share leads to a few people."""
    said = choices[choices["question"] == question.code].dropna(subset="choice")
    mine = [(group, said[said["response_id"].isin(group)]) for group in people.values()]
    bases = [given["response_id"].nunique() for _, given in mine]
    rows = []
    for choice in question.choices:
        counts = [int((given["choice"] == choice.code).sum()) for _, given in mine]
        if any(min(count, base - count) < LEAST_COUNT for count, base in zip(counts, bases, strict=True)):
            return ()
        rows.append((choice.text, tuple(map(_share, counts, bases))))
    return tuple(rows) if all(_is_safe(group, base) for (group, _), base in zip(mine, bases, strict=True)) else ()


def _is_safe(group: set[int], base: int) -> bool:
    """Enough people answered, and either nobody or enough people did not."""
    return base >= LEAST_IN_GROUP and not 0 < len(group) - base < LEAST_COUNT


def _share(count: int, base: int) -> str:
    return french(f"{percent(count / base)} de {number(base)}")


def told_groups(found: Split) -> Sequence[str]:
    """The headings of the columns."""
    return [french(f"{words} ({number(count)})") for words, count in found.groups]
