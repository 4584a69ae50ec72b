"""Answers as a browser sends them when nothing is wrong, read without building the form that would show what is."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from impact.exceptions import Refused
from impact.wording import clean_text
from surveys.answering import (
    ASIDE,
    LONGEST_LINE,
    LONGEST_WORDS,
    REFUSED,
    UNKNOWN,
    answers_of,
    fields_of,
    find_problems,
    kept_answers,
)
from surveys.records import Answer, Question, Questionnaire
from surveys.vocabulary import QuestionKind

PREFIX = "q-"
_LISTS = frozenset({QuestionKind.LEVEL, QuestionKind.GRID, QuestionKind.ONE, QuestionKind.SCALE, QuestionKind.RANKING})
_LONGEST = {QuestionKind.LINE: LONGEST_LINE, QuestionKind.WORDS: LONGEST_WORDS}
# Name of the field, name of what was typed, its question's kind, and the values that it takes when it is a list.
_Place = tuple[str, str, QuestionKind, frozenset[str]]


def read_plainly(questionnaire: Questionnaire, sent: Mapping[str, Sequence[str]]) -> list[Answer] | None:
    """The answers that the respondent's form would keep; None when it has something to say, or a number or day to read."""
    typed: dict[str, Any] = {}
    for field, name, kind, known in _places(questionnaire):
        said = sent.get(field)
        if not said or said == [""]:
            continue
        if kind is QuestionKind.SEVERAL:
            typed[name] = list(said)
            if not known.issuperset(said):
                return None
        elif kind in _LISTS:
            typed[name] = said[0]
            if said[0] not in known:
                return None
        elif kind in _LONGEST:
            words = typed[name] = clean_text(said[0])
            if len(words) > _LONGEST[kind] or (kind is QuestionKind.LINE and "\n" in words):
                return None
        else:
            return None
    if find_problems(questionnaire, typed):
        return None
    try:
        return kept_answers(questionnaire, typed)
    except Refused:
        return None


@lru_cache(maxsize=64)
def _places(questionnaire: Questionnaire) -> tuple[_Place, ...]:
    """Made once for everybody who answers."""
    found: list[_Place] = []
    for question in questionnaire.asked:
        known = _known(questionnaire, question)
        found += [(f"{PREFIX}{name}", name, question.kind, known) for name in fields_of(question)]
        # Beside a number or words: whoever ticks it is read by the form.
        aside = f"{ASIDE}{question.code}"
        found.append((f"{PREFIX}{aside}", aside, QuestionKind.INFORMATION, frozenset()))
    return tuple(found)


def _known(questionnaire: Questionnaire, question: Question) -> frozenset[str]:
    unknown = {UNKNOWN} if question.aside else set()
    match question.kind:
        case QuestionKind.LEVEL:
            return frozenset({code for code, _ in answers_of(questionnaire, question)} | unknown | {REFUSED})
        case QuestionKind.GRID:
            levels = question.levels or questionnaire.levels
            return frozenset({str(level) for level in range(1, len(levels) + 1)} | unknown)
        case QuestionKind.RANKING:
            return frozenset(str(rank) for rank in range(1, len(question.choices) + 1))
        case _:
            return frozenset({code for code, _ in answers_of(questionnaire, question)} | unknown)
