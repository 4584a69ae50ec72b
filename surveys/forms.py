"""Opening a wave, changing it, and answering."""

import secrets
from typing import Any

from wtforms import HiddenField

from impact.forms import ChoiceField, DateField, EditForm, Form, LineField, Needed, NumberField, TextField
from surveys.records import NewWave, Questionnaire, Wave
from surveys.rules import LONGEST_WORDS, REFUSED
from surveys.vocabulary import QuestionKind

_TITLE = "Nommez cette vague. Exemple : Juin 2026"
_PREFIX = "q-"


class ConfirmForm(Form):
    """A button that changes something."""


class WaveForm(Form):
    """When, and to how many households."""

    title = LineField("Nom de la vague", [Needed(_TITLE)], longest=80)
    opens_on = DateField("Premier jour", [Needed("Indiquez le premier jour. Exemple : 01/06/2026")])
    closes_on = DateField("Dernier jour", [Needed("Indiquez le dernier jour. Exemple : 30/06/2026")])
    invited = NumberField("Nombre de foyers invités", lowest=1, highest=1_000_000)

    def as_record(self) -> NewWave:
        """What was typed."""
        return NewWave(str(self.title.data), self.opens_on.data, self.closes_on.data, self.invited.data)


class WaveEditForm(EditForm):
    """What may still change once the link is out."""

    title = LineField("Nom de la vague", [Needed(_TITLE)], longest=80)
    closes_on = DateField("Dernier jour", [Needed("Indiquez le dernier jour. Exemple : 30/06/2026")])
    invited = NumberField("Nombre de foyers invités", lowest=1, highest=1_000_000)

    def as_record(self, wave: Wave) -> NewWave:
        """What was typed, with what cannot change."""
        return NewWave(str(self.title.data), wave.opens_on, self.closes_on.data, self.invited.data)


class RespondentForm(Form):
    """Answers without a cookie: `key` alone tells a form sent twice from two people.

    Forgery protection needs a cookie, and guards what a browser is signed in to; whoever answers is signed in to
    nothing, and anybody who holds the link may answer.
    """

    once = None  # type: ignore[assignment]
    key = HiddenField(default=lambda: secrets.token_urlsafe(18))

    class Meta(Form.Meta):
        csrf = False

    def typed(self) -> dict[str, str]:
        """What was sent, by question."""
        return {field.name.removeprefix(_PREFIX): field.data or "" for field in self if field.name.startswith(_PREFIX)}

    def question(self, code: str) -> Any:
        """The field of a question."""
        return self[f"{_PREFIX}{code}"]


def respondent_form(questionnaire: Questionnaire, **options: Any) -> RespondentForm:
    """The form of one questionnaire: a field for each question."""
    levels = [(str(level), label) for level, label in enumerate(questionnaire.levels, start=1)]
    choices = [*levels, (REFUSED, "Je préfère ne pas répondre")]
    fields = {
        f"{_PREFIX}{question.code}": ChoiceField(question.text, choices)
        if question.kind is QuestionKind.LEVEL
        else TextField(question.text, longest=LONGEST_WORDS)
        for question in questionnaire.questions
    }
    form: RespondentForm = type("AskedForm", (RespondentForm,), fields)(**options)
    return form
