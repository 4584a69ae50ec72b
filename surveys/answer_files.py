"""A wave as a table, one row a person, with the book that explains each column."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveys.answering import answers_of
from surveys.records import Answer, Question, Questionnaire
from surveys.tables import SEPARATORS, Cell, as_csv, as_xlsx
from surveys.vocabulary import OPEN, QuestionKind

PERSON = "personne"
BOOK = ("colonne", "question", "forme", "code", "réponse")
# Beside the codes of each question: a refusal is not a blank, and « ne sait pas » is neither.
REFUSED, ASIDE = "refus", "nsp"
_ASIDE_WORDS = "Je ne sais pas, ou cela ne me concerne pas"
_REFUSED_WORDS = "Je préfère ne pas répondre"


@dataclass(frozen=True)
class Column:
    """One column: the question it belongs to, and the code of its sentence or of its choice, empty for the others."""

    name: str
    question: Question
    part: str = ""

    @property
    def text(self) -> str:
        """The words that were asked."""
        named = next((choice.text for choice in self.question.choices if choice.code == self.part), "")
        return f"{self.question.text} – {named}" if named else self.question.text


def columns(questionnaire: Questionnaire, with_words: bool = True) -> list[Column]:
    """A column a question; one a sentence of a grid, one a choice of a list with several answers or of a ranking."""
    split = (QuestionKind.GRID, QuestionKind.SEVERAL, QuestionKind.RANKING)
    found = []
    for question in questionnaire.asked:
        if question.kind in split:
            found += [Column(f"{question.code}.{each.code}", question, each.code) for each in question.choices]
        elif with_words or question.kind not in OPEN:
            found.append(Column(question.code, question))
    return found


def table(
    questionnaire: Questionnaire,
    people: Sequence[dict[str, Answer]],
    labels: bool,
    with_words: bool = True,
    numbers: Sequence[int | None] = (),
) -> tuple[list[str], list[list[Cell]]]:
    """Header and rows, as codes or as words; `numbers` are those that a cohort gives to its people, else 1 to n."""
    known = columns(questionnaire, with_words)
    rows: list[list[Cell]] = [
        [number, *(_cell(questionnaire, column, said, labels) for column in known)]
        for number, said in zip(numbers or range(1, len(people) + 1), people, strict=True)
    ]
    return [PERSON, *(column.name for column in known)], rows


def book(questionnaire: Questionnaire, with_words: bool = True) -> list[list[Cell]]:
    """One row for each code of each column; one alone for words, numbers and days."""
    rows: list[list[Cell]] = []
    for column in columns(questionnaire, with_words):
        question, codes = column.question, _codes(questionnaire, column)
        if question.aside:
            codes = [*codes, (ASIDE, _ASIDE_WORDS)]
        if question.kind is QuestionKind.LEVEL:
            codes = [*codes, (REFUSED, _REFUSED_WORDS)]
        for code, words in codes or [("", "")]:
            rows.append([column.name, column.text, question.kind.label, code, words])
    return rows


def as_file(
    questionnaire: Questionnaire, made: tuple[list[str], list[list[Cell]]], form: str, with_words: bool
) -> bytes:
    """A workbook with the book of codes beside (`form` "xlsx"), or a table alone with the separator that `form` names."""
    header, rows = made
    if form == "xlsx":
        return as_xlsx([("Réponses", header, rows), ("Codes", BOOK, book(questionnaire, with_words))])
    return as_csv(header, rows, SEPARATORS[form])


def _codes(questionnaire: Questionnaire, column: Column) -> list[tuple[str, str]]:
    question = column.question
    if question.kind is QuestionKind.GRID:
        return [(str(n), words) for n, words in enumerate(question.levels or questionnaire.levels, start=1)]
    if question.kind is QuestionKind.SEVERAL:
        return [("1", "Choisi"), ("0", "Pas choisi")]
    if question.kind is QuestionKind.RANKING:
        return [(str(n), f"Rang {n}") for n in range(1, len(question.choices) + 1)]
    return answers_of(questionnaire, question)


def _cell(questionnaire: Questionnaire, column: Column, said: dict[str, Answer], labels: bool) -> Cell:
    kind = column.question.kind
    answer = said.get(column.name if kind is QuestionKind.GRID else column.question.code)
    if answer is None:
        return None
    if answer.aside:
        return _ASIDE_WORDS if labels else ASIDE
    if kind in OPEN:
        return answer.words
    if kind is QuestionKind.DAY:
        return answer.day
    if kind in (QuestionKind.NUMBER, QuestionKind.SCALE):
        return None if answer.amount is None else float(answer.amount)
    if answer.level is None and not answer.choices:
        return _REFUSED_WORDS if labels else REFUSED
    code = _code(column, answer)
    return dict(_codes(questionnaire, column)).get(code, code) if labels else _number(code)


def _code(column: Column, answer: Answer) -> str:
    if column.question.kind is QuestionKind.SEVERAL:
        return "1" if column.part in answer.choices else "0"
    if column.question.kind is QuestionKind.RANKING:
        return str(answer.choices.index(column.part) + 1) if column.part in answer.choices else ""
    return str(answer.level) if answer.level is not None else answer.choices[0]


def _number(code: str) -> Cell:
    return int(code) if code.isdigit() else code or None
