"""What was answered: which questions were shown, which answers are wrong, which are kept."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from impact.exceptions import Refused
from surveys.records import Answer, Question, Questionnaire
from surveys.vocabulary import OPEN, QuestionKind

LONGEST_LINE, LONGEST_WORDS = 200, 2_000
REFUSED, UNKNOWN = "refused", "unknown"
# A box « je ne sais pas » beside an answer that is not a list: its field is the question's code after this.
ASIDE = "aside-"
# What an answer costs to who gives it, reading included, in seconds; written for people who read slowly.
_SECONDS = {
    QuestionKind.LEVEL: 12,
    QuestionKind.ONE: 12,
    QuestionKind.SEVERAL: 20,
    QuestionKind.SCALE: 12,
    QuestionKind.NUMBER: 15,
    QuestionKind.DAY: 15,
    QuestionKind.LINE: 25,
    QuestionKind.WORDS: 60,
    QuestionKind.RANKING: 40,
    QuestionKind.INFORMATION: 15,
    QuestionKind.SECTION: 2,
}
_SECONDS_A_SENTENCE = 10
# Kinds that an indicator of the catalogue reads.
MEASURED = frozenset(
    {
        QuestionKind.LEVEL,
        QuestionKind.GRID,
        QuestionKind.ONE,
        QuestionKind.SEVERAL,
        QuestionKind.SCALE,
        QuestionKind.NUMBER,
        QuestionKind.RANKING,
    }
)


def seconds_asked(question: Question) -> int:
    """What one question costs to whoever answers it."""
    if question.kind is QuestionKind.GRID:
        return _SECONDS_A_SENTENCE * len(question.choices)
    return _SECONDS[question.kind]


def minutes_asked(questions: Sequence[Question]) -> int:
    """Minutes asked of a person who is shown every question, rounded up, at least 1."""
    return max(1, ceil(sum(seconds_asked(question) for question in questions) / 60))


def burdens(questionnaire: Questionnaire) -> list[Question]:
    """Questions that no indicator reads, and that do not say what else they are for."""
    return [each for each in questionnaire.asked if each.kind not in MEASURED and not each.use]


def is_shown(questionnaire: Questionnaire, question: Question, typed: Mapping[str, Any]) -> bool:
    """Whether the answers to earlier questions, shown themselves, let this one be asked."""
    condition = question.shown_if
    if condition is None:
        return True
    earlier = questionnaire.question(condition.question)
    if earlier is None or not is_shown(questionnaire, earlier, typed):
        return False
    return not set(_listed(typed.get(condition.question))).isdisjoint(condition.answers)


def condition_words(questionnaire: Questionnaire, question: Question) -> tuple[list[str], int]:
    """The words of the answers that let a question be asked, and the number of the question they answer.

    ([], 0) when everybody is asked.
    """
    condition = question.shown_if
    earlier = questionnaire.question(condition.question) if condition else None
    if condition is None or earlier is None:
        return [], 0
    words = dict(answers_of(questionnaire, earlier))
    return [words[answer] for answer in condition.answers if answer in words], questionnaire.asked.index(earlier) + 1


def answers_of(questionnaire: Questionnaire, question: Question) -> list[tuple[str, str]]:
    """Pairs of code and words that a question may be answered by; none for words, numbers and dates."""
    if question.kind is QuestionKind.LEVEL:
        return [(str(level), words) for level, words in enumerate(question.levels or questionnaire.levels, start=1)]
    if question.kind is QuestionKind.SCALE:
        return [(str(note), str(note)) for note in range(11)]
    if question.kind in (QuestionKind.ONE, QuestionKind.SEVERAL):
        return [(choice.code, choice.text) for choice in question.choices]
    return []


def fields_of(question: Question) -> list[str]:
    """Names of the fields that hold the answer to a question."""
    if question.kind in (QuestionKind.GRID, QuestionKind.RANKING):
        return [f"{question.code}.{choice.code}" for choice in question.choices]
    return [question.code] if question.is_asked else []


def find_problems(questionnaire: Questionnaire, typed: Mapping[str, Any]) -> dict[str, str]:
    """What must be corrected: by field, the name of the message (see `surveys.words`)."""
    found: dict[str, str] = {}
    for question in questionnaire.asked:
        if is_shown(questionnaire, question, typed):
            found.update(_problems(question, typed))
    return found


def _problems(question: Question, typed: Mapping[str, Any]) -> dict[str, str]:
    names = fields_of(question)
    given = [name for name in names if not _is_blank(typed.get(name))]
    aside = bool(typed.get(f"{ASIDE}{question.code}"))
    if question.kind is QuestionKind.SEVERAL and UNKNOWN in (chosen := _listed(typed.get(question.code))):
        return {question.code: "one_or_unknown"} if len(chosen) > 1 else {}
    if aside:
        return {given[0]: "one_or_unknown"} if given else {}
    if question.kind is QuestionKind.RANKING:
        ranks = [typed[name] for name in given]
        repeated = [name for name in given if ranks.count(typed[name]) > 1]
        if repeated:
            return {repeated[-1]: "rank_twice"}
    missing = [name for name in names if name not in given]
    return {missing[0]: "required"} if question.required and missing else {}


def kept_answers(questionnaire: Questionnaire, typed: Mapping[str, Any]) -> list[Answer]:
    """The answers among what was sent; raises Refused when there is not a single one.

    A refused question is kept as an answer without level; a question left blank, or not to be asked, is not kept.
    """
    answers = [
        answer
        for question in questionnaire.asked
        if is_shown(questionnaire, question, typed)
        for answer in _answers(question, typed)
    ]
    if not any(answer.says_something for answer in answers):
        raise Refused("Choisissez au moins une réponse, ou écrivez quelques mots.")
    return answers


def _answers(question: Question, typed: Mapping[str, Any]) -> list[Answer]:
    if typed.get(f"{ASIDE}{question.code}") or UNKNOWN in _listed(typed.get(question.code)):
        return [Answer(question.code, aside=True)]
    if question.kind is QuestionKind.RANKING:
        ranks = {int(typed[name]): name for name in fields_of(question) if not _is_blank(typed.get(name))}
        ranked = tuple(ranks[rank].rpartition(".")[2] for rank in sorted(ranks))
        return [Answer(question.code, choices=ranked)] if ranked else []
    given = [(name, typed[name]) for name in fields_of(question) if not _is_blank(typed.get(name))]
    return [_answer(name, question.kind, said) for name, said in given]


def _answer(name: str, kind: QuestionKind, said: Any) -> Answer:
    if kind in OPEN:
        return Answer(name, words=str(said)[:LONGEST_WORDS])
    if kind is QuestionKind.DAY:
        return Answer(name, day=said if isinstance(said, date) else None)
    if kind in (QuestionKind.NUMBER, QuestionKind.SCALE):
        return Answer(name, amount=Decimal(str(said)))
    if kind in (QuestionKind.ONE, QuestionKind.SEVERAL):
        return Answer(name, choices=tuple(_listed(said)))
    if said == UNKNOWN:
        return Answer(name, aside=True)
    return Answer(name) if said == REFUSED else Answer(name, level=int(said))


def _listed(said: Any) -> list[str]:
    return [str(each) for each in said] if isinstance(said, list | tuple) else [] if _is_blank(said) else [str(said)]


def _is_blank(said: Any) -> bool:
    return said is None or said == [] or (isinstance(said, str) and not said.strip())
