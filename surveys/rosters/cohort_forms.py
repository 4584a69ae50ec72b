"""Cohorts: their people, their moments, what is announced beforehand."""

from decimal import Decimal

from impact.exceptions import Refused
from impact.forms import (
    ChoiceField,
    DateField,
    EditForm,
    Form,
    LineField,
    ListField,
    Needed,
    NumberField,
    TextField,
    TickField,
)
from surveys.records import NewWave
from surveys.rosters.records import Milestones, NewMoment
from surveys.rosters.vocabulary import Loss, Public, Recognition, SpottedAt

_FAMILIES = "Collez la liste : un enfant par ligne. Exemple : Prune Dupré ; Olive Dupré ; olive@exemple.fr"


class CohortForm(Form):
    """Its title, and how answers are joined."""

    title = LineField("Nom de la cohorte", [Needed("Nommez la cohorte. Exemple : Sixièmes 2025")], longest=80)
    recognition = ChoiceField(
        "Comment reconnaître une même personne d’une vague à l’autre ?",
        [(each.value, each.label) for each in Recognition],
        "Choisissez comment les réponses seront rapprochées.",
    )


class PeopleForm(Form):
    """A pasted list of children, with who answers about them."""

    spotted_on = DateField("Jour du repérage", [Needed("Indiquez le jour. Exemple : 05/09/2025")])
    spotted_at = ChoiceField(
        "Où ont-elles été repérées ?", SpottedAt.choices(), "Dites où : à l’école, dans le quartier ou ailleurs."
    )
    lines = TextField("Enfants et répondants", [Needed(_FAMILIES)], longest=60_000)


class MomentForm(Form):
    """A questionnaire proposed to one public at one moment."""

    questionnaire = ListField("Questionnaire", needed="Choisissez un questionnaire.")
    public = ListField("Qui répond", [(each.value, each.label) for each in Public], "Choisissez qui répond.")
    moment = NumberField("Moment", [Needed("Indiquez le moment : 1 pour l’entrée.")], lowest=1, highest=20)
    opens_on = DateField("Premier jour", [Needed("Indiquez le premier jour. Exemple : 01/06/2026")])
    closes_on = DateField("Dernier jour", [Needed("Indiquez le dernier jour. Exemple : 30/06/2026")])
    resend = TickField("Chacun peut renvoyer ses réponses jusqu’à la fermeture : la dernière fois compte")

    def as_record(self, title: str) -> NewMoment:
        """What was typed; the wave is named after the cohort, the moment and the public."""
        public, moment = Public(self.public.data), int(self.moment.data)
        wave = NewWave(
            f"{title[:40]}, moment {moment}, {public.label.lower()}", self.opens_on.data, self.closes_on.data
        )
        return NewMoment(moment, public, bool(self.resend.data), wave)


class OutcomeForm(EditForm):
    """The one measure announced before the answers."""

    outcome = ListField("Ce qui compte d’abord", needed="Choisissez une mesure.")
    smallest = NumberField(
        "Plus petit changement qui compte, en points de l’échelle de 1 à 5",
        [Needed("Indiquez un nombre. Exemple : 0,3")],
        highest=4,
        decimals=2,
        above_zero=True,
    )

    def smallest_change(self) -> float:
        """In points of the scale; raises Refused for zero, which every change exceeds."""
        if not self.smallest.data:
            raise Refused("Indiquez un nombre plus grand que zéro. Exemple : 0,3", "smallest")
        return float(Decimal(self.smallest.data))


class PersonForm(EditForm):
    """The days of a person's programme."""

    spotted_on = DateField("Repéré le", [Needed("Indiquez le jour. Exemple : 05/09/2025")])
    spotted_at = ListField("Repéré où", SpottedAt.choices(), "Dites où : à l’école, dans le quartier ou ailleurs.")
    started_on = DateField("A commencé le")
    completed_on = DateField("A terminé le")
    lost_on = DateField("N’est plus suivi depuis le")
    loss = ListField("Raison", [(each.value, each.label) for each in Loss])

    def as_record(self) -> Milestones:
        """What was typed."""
        loss = Loss(self.loss.data) if self.loss.data else None
        days = (self.spotted_on.data, self.started_on.data, self.completed_on.data, self.lost_on.data)
        return Milestones(*days, loss, SpottedAt(self.spotted_at.data))
