"""Printing, scans, and answers typed by digits, one sheet a page."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from wtforms import MultipleFileField

from impact.exceptions import Refused
from impact.forms import EditForm, Form, LineField, ListField, Needed, NumberField, TextField, TickField, read_date
from impact.wording import fold
from surveys.answering import ASIDE, LONGEST_LINE, LONGEST_WORDS
from surveys.paper.rules import MOST_COPIES, as_sent, contradictions, paper_fields
from surveys.paper.scans import kind_of
from surveys.records import Question, Questionnaire
from surveys.respondent_forms import RespondentForm, respondent_form
from surveys.vocabulary import OPEN, QuestionKind

PREFIX = "k-"
MOST_BYTES = 60_000_000
Files = list[tuple[str, bytes]]


class PrintForm(Form):
    """How many sheets, in which language."""

    copies = NumberField(
        "Nombre de feuilles", [Needed("Dites combien de feuilles imprimer.")], lowest=1, highest=MOST_COPIES
    )
    language = ListField("Langue", needed="Choisissez une langue de la liste.")


class ScanForm(Form):
    """Files of scans."""

    files = MultipleFileField("Numérisations")

    def read_files(self) -> Files:
        """Names and contents; raises Refused when there is nothing, or something else than scans."""
        found = [
            (_plain(each.filename), each.read()) for each in self.files.data or () if getattr(each, "filename", "")
        ]
        if not found:
            raise Refused("Choisissez au moins un fichier PDF, JPEG ou PNG.", "files")
        for name, content in found:
            if not kind_of(content):
                raise Refused(f"« {name} » n’est ni un PDF, ni un JPEG, ni un PNG.", "files")
        return found


@dataclass(frozen=True)
class Numbered:
    """One answer that a digit stands for."""

    number: str
    code: str
    text: str


@dataclass(frozen=True)
class Row:
    """One field to type: its question, and the answers by number, none for a number, a day or words."""

    field: str
    question: Question
    text: str
    answers: tuple[Numbered, ...]
    first: bool


class EntryForm(EditForm):
    """The answers of one paper sheet, typed by numbers."""

    twice = TickField("Saisir chaque feuille deux fois, puis comparer")
    questionnaire: ClassVar[Questionnaire]
    rows: ClassVar[tuple[Row, ...]]

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        typed = {}
        for row in self.rows:
            field = self.at(row)
            try:
                typed[row.field] = _read(row, str(field.data or ""))
            except ValueError as error:
                field.errors = [*field.errors, str(error)][:1]
                valid = False
        self.typed = {name: text for name, text in typed.items() if text}
        if valid:
            wrong = contradictions(self.questionnaire, as_sent(self.questionnaire, self.typed))
            for row in self.rows:
                if wrong.get(row.field) == "conflict":
                    self.at(row).errors = ["Gardez une seule réponse : celles-ci se contredisent."]
                    valid = False
        return valid

    def at(self, row: Row) -> Any:
        """The field of a row."""
        return self._fields[f"{PREFIX}{row.field}"]


def entry_form(questionnaire: Questionnaire, typed: dict[str, str] | None = None, version: int = 1) -> EntryForm:
    """The form of one sheet, filled with what is known already."""
    rows = entry_rows(questionnaire)
    fields: dict[str, Any] = {"questionnaire": questionnaire, "rows": rows}
    for row in rows:
        shown = _shown(row, (typed or {}).get(row.field, ""))
        longest = LONGEST_WORDS if row.question.kind is QuestionKind.WORDS else LONGEST_LINE
        made = TextField if row.question.kind is QuestionKind.WORDS and not row.answers else LineField
        fields[f"{PREFIX}{row.field}"] = made(row.text, longest=longest, default=shown)
    form: EntryForm = type("AskedEntryForm", (EntryForm,), fields)()
    if not form.is_submitted():
        form.version.data = str(version)
    return form


def entry_rows(questionnaire: Questionnaire) -> tuple[Row, ...]:
    """What is typed for a sheet, in the order of the paper."""
    asked = respondent_form(questionnaire, formdata=None)
    found = []
    for question in questionnaire.asked:
        for place, name in enumerate(paper_fields(question)):
            if f"q-{name}" in asked:
                found.append(_row(asked, question, name, place == 0))
    return tuple(found)


def _row(asked: RespondentForm, question: Question, name: str, first: bool) -> Row:
    field = asked.question(name)
    if name.startswith(ASIDE):
        return Row(name, question, field.label.text, (Numbered("1", "y", field.label.text),), first)
    answers = tuple(
        Numbered(str(place - (question.kind is QuestionKind.SCALE)), str(code), str(text))
        for place, (code, text) in enumerate(getattr(field, "choices", None) or (), start=1)
    )
    return Row(name, question, field.label.text, answers, first)


def _read(row: Row, text: str) -> str:
    """What was typed as it is kept; raises ValueError with what to type instead."""
    text = text.strip()
    if not text:
        return ""
    if row.answers:
        return _codes(row, text)
    if row.question.kind is QuestionKind.DAY:
        return read_date(text).isoformat()
    if row.question.kind is QuestionKind.NUMBER:
        low, high = row.question.lowest, row.question.highest
        if not (text.isascii() and text.isdecimal() and len(text) < 10 and low <= int(text) <= high):
            raise ValueError(f"Tapez un nombre entier entre {low} et {high}.")
        return str(int(text))
    return text


def _codes(row: Row, text: str) -> str:
    known = {answer.number: answer.code for answer in row.answers}
    several = row.question.kind is QuestionKind.SEVERAL
    numbers = text.replace(",", " ").replace(";", " ").split() if several else [text]
    if any(number not in known for number in numbers):
        first, last = row.answers[0].number, row.answers[-1].number
        more = ", séparés par un espace" if several else ""
        raise ValueError(f"Tapez un nombre de {first} à {last}{more}.")
    return " ".join(dict.fromkeys(known[number] for number in numbers))


def _shown(row: Row, kept: str) -> str:
    """What was kept, as it is typed."""
    if row.answers:
        numbers = {answer.code: answer.number for answer in row.answers}
        return " ".join(numbers[code] for code in kept.split() if code in numbers)
    if row.question.kind is QuestionKind.DAY and kept:
        return f"{date.fromisoformat(kept):%d/%m/%Y}"
    return kept


def in_words(row: Row, kept: str) -> str:
    """What was kept, as a person says it."""
    if row.answers:
        texts = {answer.code: answer.text for answer in row.answers}
        return ", ".join(texts[code] for code in kept.split() if code in texts) or "rien"
    return _shown(row, kept) or "rien"


def is_open(row: Row) -> bool:
    """Whether it is answered by words."""
    return row.question.kind in OPEN and not row.answers


def _plain(name: str | None) -> str:
    """The name of a file as it is shown: never a path."""
    last = str(name or "").replace("\\", "/").rpartition("/")[2]
    return fold(last.rpartition(".")[0] or last)[:60] or "fichier"
