"""Forms of a situation before its pathway, and of the reference lists."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from impact.accounts.access import FieldClass
from impact.forms import (
    ChoiceField,
    DateField,
    EditForm,
    Form,
    LineField,
    ListField,
    Needed,
    NumberField,
    SeveralField,
    TextField,
    TickField,
    WatchedForm,
    read_date,
)
from impact.identities import Identity
from impact.pathways.records import (
    Consent,
    Decision,
    FollowUpSetting,
    Orientation,
    Situation,
)
from impact.pathways.rules import CONSENT_CLASSES
from impact.pathways.vocabulary import Means, Outcome, Relation, Sex


class SituationForm(WatchedForm, EditForm):
    """A situation received: the child, where it comes from, why."""

    subject = "situation"
    elsewhere = {"sex": "child.sex"}
    given_name = LineField("Prénom", longest=100)
    family_name = LineField("Nom", longest=100)
    birth_day = LineField("Jour", longest=2)
    birth_month = LineField("Mois", longest=2)
    birth_year = LineField("Année", longest=4)
    sex = ChoiceField("Sexe", Sex.choices(), needed="Choisissez une réponse ; « non précisé » en est une.")
    received_on = DateField("Reçue le", [Needed("Écrivez le jour où la situation est arrivée.")])
    origin = ListField("Adressée par", needed="Choisissez qui a adressé l’enfant.")
    motive_1 = ListField("Premier motif", needed="Choisissez au moins un motif.")
    motive_2 = ListField("Deuxième motif")
    motive_3 = ListField("Troisième motif")
    context = TextField("Ce qui est demandé", longest=2000)
    confirm_age = TickField("L’âge est exact")
    known = ChoiceField("Est-ce le même enfant ?")

    birth_date: date | None = None

    def offer(self, motives: list[tuple[str, str]], origins: list[tuple[str, str]]) -> None:
        """Hand in the entries of the reference lists."""
        self.origin.choices = origins
        for field in (self.motive_1, self.motive_2, self.motive_3):
            field.choices = motives

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if not (self.given_name.data or self.family_name.data):
            self.given_name.errors = ["Écrivez au moins un prénom ou un nom."]
            valid = False
        try:
            self.birth_date = read_birth([str(part.data or "") for part in self.birth_fields])
        except ValueError as error:
            self.birth_day.errors = [str(error)]
            valid = False
        return valid

    @property
    def birth_fields(self) -> tuple[LineField, LineField, LineField]:
        """Day, month, year."""
        return self.birth_day, self.birth_month, self.birth_year

    def child(self) -> Identity:
        """The child as typed."""
        return Identity(self.family_name.data or "", self.given_name.data or "", self.birth_date)

    def as_record(self) -> Situation:
        """What was typed; read after validation."""
        motives = [field.data for field in (self.motive_1, self.motive_2, self.motive_3) if field.data]
        return Situation(
            child=self.child(),
            sex=Sex(self.sex.data or Sex.UNKNOWN),
            received_on=self.received_on.data,
            origin=self.origin.data,
            motives=tuple(dict.fromkeys(motives)),
            context=self.context.data or "",
            version=self.version_read,
        )


class OrientationForm(WatchedForm, EditForm):
    """The orientation sheet beyond the situation: who sends it, what was tried, what the family wishes."""

    subject = "orientation"
    given_name = LineField("Prénom", longest=100)
    family_name = LineField("Nom", [Needed("Écrivez le nom de la personne qui adresse l’enfant.")], longest=100)
    sender_role = LineField("Fonction", longest=100)
    institution = LineField("Institution", [Needed("Écrivez le nom de l’institution, ou « Famille ».")], longest=120)
    tried = TextField("Ce qui a déjà été essayé", longest=2000)
    informed_by = LineField("Les parents ont été informés par", longest=120)
    informed_on = DateField("Informés le")
    child_wish = TextField("Ce que l’enfant souhaite", longest=2000)
    parents_wish = TextField("Ce que les parents souhaitent", longest=2000)

    def as_record(self) -> Orientation:
        """What was typed; read after validation."""
        return Orientation(
            sender=Identity(self.family_name.data or "", self.given_name.data or ""),
            sender_role=self.sender_role.data or "",
            institution=self.institution.data or "",
            tried=self.tried.data or "",
            informed_by=self.informed_by.data or "",
            informed_on=self.informed_on.data,
            child_wish=self.child_wish.data or "",
            parents_wish=self.parents_wish.data or "",
            version=self.version_read,
        )


class ConsentForm(Form):
    """The agreement of a legal representative."""

    given_name = LineField("Prénom", longest=100)
    family_name = LineField("Nom", [Needed("Écrivez le nom de la personne qui donne l’accord.")], longest=100)
    relation = ChoiceField("Lien avec l’enfant", Relation.choices(), needed="Dites qui est cette personne.")
    given_on = DateField("Donné le", [Needed("Écrivez le jour de l’accord.")])
    means = ChoiceField("Comment", Means.choices(), needed="Dites si l’accord est écrit ou donné de vive voix.")
    scope = SeveralField(
        "L’accord couvre",
        [(field.value, field.label) for field in CONSENT_CLASSES],
        needed="Cochez au moins un domaine : sans lui, rien ne peut être écrit.",
    )
    text_version = LineField(
        "Texte présenté", [Needed("Écrivez quel texte a été lu ou signé, avec sa version.")], longest=120
    )

    def as_record(self) -> Consent:
        """What was typed; read after validation."""
        return Consent(
            given_by=Identity(self.family_name.data or "", self.given_name.data or ""),
            relation=Relation(self.relation.data),
            given_on=self.given_on.data,
            means=Means(self.means.data),
            scope=frozenset(FieldClass(value) for value in self.scope.data or ()),
            text_version=self.text_version.data or "",
        )


class WithdrawalForm(Form):
    """The day on which the agreement was withdrawn."""

    withdrawn_on = DateField("Retiré le", [Needed("Écrivez le jour du retrait.")])


class DecisionForm(WatchedForm):
    """What the support team decided."""

    subject = "decision"
    outcome = ChoiceField("Décision de l’équipe", Outcome.choices(), needed="Choisissez la décision.")
    decided_on = DateField("Décidé le", [Needed("Écrivez le jour de la réunion.")])
    reason = TextField("Raison", longest=1000)

    def as_record(self) -> Decision:
        """What was typed; read after validation."""
        return Decision(self.decided_on.data, Outcome(self.outcome.data), self.reason.data or "")


class DelaysForm(EditForm):
    """The delays of the follow-up."""

    silence_days = NumberField(
        "Jours sans contact avant un rappel", [Needed("Écrivez un nombre de jours, par exemple 42.")], 7, 365
    )
    usual_months = NumberField(
        "Durée habituelle d’un parcours, en mois", [Needed("Écrivez un nombre de mois, par exemple 18.")], 1, 120
    )
    reading_days = NumberField(
        "Jours de lecture après une transmission", [Needed("Écrivez un nombre de jours, par exemple 30.")], 0, 365
    )

    def as_record(self) -> FollowUpSetting:
        """What was typed; read after validation."""
        return FollowUpSetting(
            self.silence_days.data, self.usual_months.data, self.reading_days.data, self.version_read
        )


def read_birth(parts: Sequence[str]) -> date | None:
    """Day, month and year typed apart; None when all are empty; raises ValueError with what to correct."""
    if not any(parts):
        return None
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts[2]) != 4:
        raise ValueError("Écrivez le jour, le mois et l’année en chiffres : 14, 3 et 2017.")
    birth = read_date("/".join(parts))
    if birth.year < 1900:
        raise ValueError("Cette année est trop ancienne : corrigez l’année de naissance.")
    return birth
