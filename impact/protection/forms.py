"""Forms of protection."""

from datetime import date
from typing import Any

from impact.forms import (
    ChoiceField,
    DateField,
    EditForm,
    Form,
    LineField,
    Needed,
    NumberField,
    SeveralField,
    TextField,
    TickField,
)
from impact.identities import Identity
from impact.protection.records import Delay, FileCopy, Restriction
from impact.protection.vocabulary import Requester, Settling


class DueForm(Form):
    """What is decided of the files ticked."""

    children = SeveralField("Dossiers", needed="Cochez au moins un dossier.")
    settling = ChoiceField("Que faire des dossiers cochés ?", Settling.choices(), needed="Choisissez ce qui est fait.")
    until = DateField("Jusqu’au")
    reason = TextField("Raison", longest=500)

    def chosen_ids(self) -> list[int]:
        """The children ticked."""
        return [int(value) for value in self.children.data or ()]


class ErasureForm(Form):
    """The list to approve before anything is erased."""

    children = SeveralField("Dossiers à effacer", needed="Cochez au moins un dossier.")
    sure = TickField("J’ai relu la liste : ces dossiers seront effacés pour toujours")

    def chosen_ids(self) -> list[int]:
        """The children ticked."""
        return [int(value) for value in self.children.data or ()]

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if not self.sure.data:
            self.sure.errors = ["Cochez pour confirmer : rien ne pourra être rétabli."]
            valid = False
        return valid


class DelayForm(EditForm):
    """How long files are kept."""

    months = NumberField(
        "Mois après le dernier contact", [Needed("Écrivez un nombre de mois, par exemple 24.")], lowest=1, highest=120
    )
    reason = TextField("Texte ou raison", [Needed("Écrivez le texte ou la raison qui fixe ce délai.")], longest=500)

    def as_record(self) -> Delay:
        """What was typed; read after validation."""
        return Delay(int(self.months.data), self.reason.data or "", self.version_read)


class UrgentForm(Form):
    """A child named exactly, and why it cannot wait."""

    given_name = LineField("Prénom de l’enfant", [Needed("Écrivez le prénom de l’enfant.")], longest=100)
    family_name = LineField("Nom de l’enfant", [Needed("Écrivez le nom de l’enfant.")], longest=100)
    birth_date = DateField("Date de naissance", [Needed("Écrivez sa date de naissance.")])
    reason = TextField("Ce qui presse", [Needed("Écrivez en une phrase ce qui presse.")], longest=500)

    def child(self) -> Identity:
        """Who is meant; read after validation."""
        return Identity(self.family_name.data or "", self.given_name.data or "", self.birth_date.data)


class OpeningForm(Form):
    """Why an archived file is read."""

    reason = TextField("Raison", [Needed("Écrivez en une phrase pourquoi vous lisez ce dossier.")], longest=500)


class RestrictionForm(EditForm):
    """Who must not be told where the child is, by which decision."""

    person = LineField(
        "Personne à qui rien ne doit être dit", [Needed("Écrivez de qui il s’agit : nom et lien.")], longest=150
    )
    ruling = TextField(
        "Décision de justice", [Needed("Écrivez la décision : juridiction, date, ce qu’elle interdit.")], longest=500
    )
    since = DateField("Depuis le", [Needed("Écrivez le jour de la décision.")])
    until = DateField("Jusqu’au")

    def as_record(self, child_id: int, restriction_id: int = 0) -> Restriction:
        """What was typed; read after validation."""
        return Restriction(
            child_id,
            self.person.data or "",
            self.ruling.data or "",
            self.since.data,
            self.until.data,
            restriction_id,
            self.version_read,
        )


class CopyForm(Form):
    """A family's request for the copy of a file."""

    requester = ChoiceField("Qui demande la copie ?", Requester.choices(), needed="Choisissez qui demande la copie.")
    received_on = DateField("Demande reçue le", [Needed("Écrivez le jour de la demande.")])
    identity_checked = LineField(
        "Comment son identité est vérifiée",
        [Needed("Écrivez comment : pièce d’identité vue, personne connue de l’équipe.")],
        longest=200,
    )

    def as_record(self, child_id: int, situation_id: int, asked_by: int) -> FileCopy:
        """What was typed; read after validation."""
        received: date = self.received_on.data
        asked = Requester(self.requester.data)
        return FileCopy(child_id, situation_id, asked, self.identity_checked.data or "", received, asked_by)
