"""Two waves side by side: which questions, and which sentences of a grid, may be compared."""

from collections.abc import Sequence
from dataclasses import replace

from surveys.editing import differences
from surveys.records import Compared, Question, Questionnaire, Wave
from surveys.vocabulary import Change, QuestionKind

ADDED, REMOVED = "pas posée la première fois", "plus posée la seconde fois"


def earlier_waves(wave: Wave, waves: Sequence[Wave]) -> list[Wave]:
    """The waves of the same questionnaire, or of the same standard, opened before this one, the latest first."""
    family = {wave.questionnaire.code, wave.questionnaire.standard} - {""}
    found = [
        each
        for each in waves
        if (each.opens_on, each.id) < (wave.opens_on, wave.id)
        and family & {each.questionnaire.code, each.questionnaire.standard}
    ]
    return sorted(found, key=lambda each: (each.opens_on, each.id), reverse=True)


def compare(before: Questionnaire, after: Questionnaire) -> list[Compared]:
    """Everything that waits for an answer in one wave or the other, in the order of the later one.

    What is compared was asked in the same words, with the same answers, of the same people (condition) both times.
    """
    old, new = _one_by_one(before), _one_by_one(after)
    changes = {each.code: each for each in differences(old, new)}
    found = []
    for question in new.asked:
        change = changes.get(question.code)
        if change is None or change.change is Change.MOVED:
            found.append(Compared(question.text, True, ()))
        elif change.change is Change.ADDED:
            found.append(Compared(question.text, False, (ADDED,)))
        else:
            found.append(Compared(question.text, change.comparable, change.details))
    gone = [question for question in old.asked if new.question(question.code) is None]
    return found + [Compared(question.text, False, (REMOVED,)) for question in gone]


def _one_by_one(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire with each sentence of a grid as a question of its own."""
    questions: list[Question] = []
    for question in questionnaire.questions:
        if question.kind is not QuestionKind.GRID:
            questions.append(question)
            continue
        for row in question.choices:
            text = f"{question.text} : {row.text}"
            code = f"{question.code}.{row.code}"
            questions.append(
                replace(question, code=code, kind=QuestionKind.LEVEL, text=text, choices=(replace(row, code="row"),))
            )
    return replace(questionnaire, questions=tuple(questions))
