"""Forms of key questions, rounds and links."""

from datetime import date

from impact.cooperation.records import KeyQuestion, NewLink, Round
from impact.cooperation.vocabulary import LinkKind
from impact.forms import ChoiceField, DateField, EditForm, Form, ListField, Needed, TextField, TickField

EARLIEST = date(2000, 1, 1)


class QuestionForm(EditForm):
    """A key question and its dates."""

    words = TextField("Question", [Needed("Écrivez la question, avec les mots du groupe.")], longest=300)
    proposed_on = DateField(
        "Proposée le", [Needed("Écrivez le jour où elle est proposée. Exemple : 05/09/2026.")], earliest=EARLIEST
    )
    validated_on = DateField("Validée le", earliest=EARLIEST)

    def as_record(self, question_id: int = 0) -> KeyQuestion:
        """The question as typed."""
        words = " ".join(str(self.words.data).split())
        return KeyQuestion(question_id, words, self.proposed_on.data, self.validated_on.data, version=self.version_read)


class MergeForm(Form):
    """The question in which another lives on."""

    target_id = ListField("Question qui la reprend", needed="Choisissez la question qui reprend celle-ci.")


class RoundForm(EditForm):
    """The day of a round."""

    held_on = DateField(
        "Date du tour", [Needed("Écrivez le jour où les structures ont dit leurs liens.")], earliest=EARLIEST
    )
    carry = TickField("Reprendre les liens du tour précédent")

    def as_record(self, round_id: int) -> Round:
        """The round as typed."""
        return Round(round_id, self.held_on.data, self.version_read)


class LinkForm(Form):
    """What an organisation says of its link with another."""

    declarer_id = ListField("Structure qui le dit", needed="Choisissez la structure qui parle.")
    partner_id = ListField("Avec quelle structure", needed="Choisissez l’autre structure.")
    kind = ChoiceField("Ce lien", LinkKind.choices(), needed="Dites si le lien existe ou s’il est à créer.")
    question_id = ListField("Pour quelle question")

    def as_record(self) -> NewLink:
        """The link as typed."""
        question_id = int(self.question_id.data) if self.question_id.data else None
        return NewLink(int(self.declarer_id.data), int(self.partner_id.data), LinkKind(self.kind.data), question_id)
