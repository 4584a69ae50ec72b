"""Forms of what a workshop leaves."""

from datetime import date

from wtforms import FileField

from impact.forms import ChoiceField, DateField, EditForm, Form, LineField, ListField, Needed, TextField
from impact.workshops.session_records import Commitment, Papers, Production, Return
from impact.workshops.vocabulary import CommitmentState


class PapersForm(EditForm):
    """What the workshop will do, then what it did."""

    agenda = TextField("Ordre du jour", longest=5000)
    minutes = TextField("Compte rendu", longest=20_000)

    def as_record(self, workshop_id: int) -> Papers:
        """What was typed."""
        return Papers(workshop_id, self.agenda.data or "", self.minutes.data or "", self.version_read)


class ProductionForm(Form):
    """Something the workshop made."""

    title = LineField(
        "Ce que c’est", [Needed("Écrivez ce que l’atelier a produit. Exemple : la liste des premiers signes.")]
    )
    words = TextField("Texte", longest=20_000)
    file = FileField("Fichier")

    def as_record(self, workshop_id: int, today: date) -> Production:
        """What was typed; the file apart."""
        return Production(0, workshop_id, str(self.title.data), self.words.data or "", today)


class CommitmentForm(Form):
    """Who will do what, and when."""

    member_id = ListField("Qui s’engage", needed="Choisissez la personne.")
    words = LineField("À faire quoi", [Needed("Écrivez ce que la personne fera.")], longest=300)
    due_on = DateField("Pour le")

    def as_record(self, workshop_id: int) -> Commitment:
        """What was typed."""
        return Commitment(0, workshop_id, int(self.member_id.data), "", str(self.words.data), self.due_on.data)


class ReturnForm(EditForm):
    """What came back from the field."""

    state = ChoiceField("Où en est-ce", CommitmentState.choices(), needed="Choisissez une réponse.")
    outcome = TextField("Ce qui s’est passé", longest=2000)
    returned_on = DateField("Le", [Needed("Écrivez le jour du retour. Exemple : 05/09/2026.")])

    def as_record(self, commitment_id: int) -> Return:
        """What was typed."""
        state = CommitmentState(self.state.data)
        return Return(commitment_id, state, self.outcome.data or "", self.returned_on.data, self.version_read)
