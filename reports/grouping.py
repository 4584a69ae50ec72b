"""The answers of a wave by group of respondents, so that no subtraction leads to a few people.

One question makes the groups, always the same one: two would be crossed. Every group is told, or none; an item is told
for every group, or for none; those who left that question blank count as one more group, since what is told of the
others and of all gives theirs.
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
OTHERS, BLANK = "Autres réponses", "Sans réponse à cette question"


@dataclass(frozen=True)
class Split:
    """Groups with their people, then for each item told the share of favourable answers in each; `hidden` items are not."""

    question: str
    groups: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    hidden: int


def splitting_question(questionnaire: Questionnaire) -> Question | None:
    """The first question with one answer among several: the only one that ever makes groups."""
    return next((each for each in questionnaire.questions if each.kind is QuestionKind.ONE), None)


def split(questionnaire: Questionnaire, responses: int, choices: pd.DataFrame, answers: pd.DataFrame) -> Split | None:
    """None when no question makes groups, or when one would have too few people.

    `choices` and `answers` are those of one wave (see `reports.data.Data`: the most favourable level is the highest),
    `responses` how many people answered it.
    """
    question = splitting_question(questionnaire)
    if question is None:
        return None
    people = _groups(question, responses, choices)
    if len(people) < 2 or any(len(group) < LEAST_IN_GROUP for group in people.values()):
        return None
    told = [(item.text, cells) for item in questionnaire.items if (cells := _cells(item, people, answers))]
    return Split(
        question.text,
        tuple((words, len(group)) for words, group in people.items()),
        tuple(told),
        len(questionnaire.items) - len(told),
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
        silent = len(group) - base
        if base < LEAST_IN_GROUP or min(favourable, base - favourable) < LEAST_COUNT or 0 < silent < LEAST_COUNT:
            return ()
        cells.append(french(f"{percent(favourable / base)} de {number(base)}"))
    return tuple(cells)


def told_groups(found: Split) -> Sequence[str]:
    """The headings of the columns."""
    return [french(f"{words} ({number(count)})") for words, count in found.groups]
