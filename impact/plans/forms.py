"""Forms of the roadmap, of the five conditions and of experience sheets."""

from collections.abc import Sequence
from datetime import date

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
)
from impact.plans.records import Answer, ExperienceSheet, Progress, StepPlan, TimeSpent
from impact.plans.vocabulary import Condition, Heading, Level, Scale, StepState, TimeKind
from impact.vocabulary import OrganisationKind

EARLIEST = date(2000, 1, 1)


class ObjectiveForm(EditForm):
    """What the roadmap aims at."""

    title = LineField("Objectif", [Needed("Écrivez l’objectif. Exemple : Repérer plus tôt un jeune qui décroche.")])


class ActionForm(EditForm):
    """What is done for an objective."""

    title = LineField("Action", [Needed("Écrivez l’action. Exemple : Tenir un cycle d’ateliers.")])


class StepForm(EditForm):
    """A dated step: who answers for it, with whom."""

    title = LineField("Étape", [Needed("Écrivez ce qui sera fait. Exemple : Réunir les cinq collèges.")])
    owner_id = ListField("Responsable", needed="Choisissez la personne qui répond de cette étape.")
    partner_ids = SeveralField("Structures partenaires")
    decision_id = ListField("Décision dont elle vient")
    starts_on = DateField("Début", [Needed("Écrivez le jour où l’étape commence.")], earliest=EARLIEST)
    due_on = DateField("Échéance", [Needed("Écrivez le jour où l’étape doit être faite.")], earliest=EARLIEST)

    def as_plan(self) -> StepPlan:
        """The step as typed."""
        return StepPlan(
            title=str(self.title.data),
            owner_id=int(self.owner_id.data),
            partner_ids=tuple(int(value) for value in self.partner_ids.data or []),
            starts_on=self.starts_on.data,
            due_on=self.due_on.data,
            version=self.version_read,
            decision_id=int(self.decision_id.data) if self.decision_id.data else None,
        )


class ProgressForm(EditForm):
    """Where a step stands, and what shows it."""

    state = ChoiceField("Où en est l’étape", StepState.choices(), needed="Choisissez où en est l’étape.")
    closed_on = DateField("Faite ou abandonnée le", earliest=EARLIEST)
    drop_reason = LineField("Pourquoi elle est abandonnée", longest=300)
    evidence = TextField("Ce qui le montre", longest=2000)

    def as_progress(self) -> Progress:
        """The progress as typed."""
        return Progress(
            state=StepState(self.state.data),
            closed_on=self.closed_on.data,
            drop_reason=self.drop_reason.data or "",
            evidence=self.evidence.data or "",
            version=self.version_read,
        )


class TimeForm(Form):
    """Some hours of one day of the coordination."""

    day = DateField("Jour", [Needed("Écrivez le jour. Exemple : 05/09/2026.")], earliest=EARLIEST)
    hours = NumberField(
        "Heures", [Needed("Écrivez combien d’heures. Exemple : 1,5")], highest=24, decimals=2, above_zero=True
    )
    kind = ChoiceField("Pour quoi", TimeKind.choices(), needed="Choisissez à quoi ce temps est allé.")
    note = LineField("Remarque", longest=200)

    def as_record(self, member_id: int) -> TimeSpent:
        """The time as typed, to the minute."""
        minutes = round(self.hours.data * 60)
        return TimeSpent(0, member_id, self.day.data, TimeKind(self.kind.data), minutes, str(self.note.data or ""))


class ConditionsForm(Form):
    """A level and its evidence for each condition: `level_<condition>` and `evidence_<condition>`."""

    @staticmethod
    def values(answers: Sequence[Answer]) -> dict[str, str]:
        """What the form shows of answers already given."""
        found: dict[str, str] = {}
        for answer in answers:
            found[f"level_{answer.condition.value}"] = answer.level.value
            found[f"evidence_{answer.condition.value}"] = answer.evidence
        return found

    def as_answers(self) -> list[Answer]:
        """The conditions that were given a level."""
        return [
            Answer(condition, Level(level), str(self[f"evidence_{condition.value}"].data or ""))
            for condition in Condition
            if (level := self[f"level_{condition.value}"].data)
        ]


for _condition in Condition:
    setattr(ConditionsForm, f"level_{_condition.value}", ChoiceField(f"{_condition.label} : niveau", Level.choices()))
    setattr(ConditionsForm, f"evidence_{_condition.value}", TextField("Ce qui le montre", longest=1000))


class SheetForm(EditForm):
    """An experience sheet: its place in the census, then `words_<heading>` for each heading."""

    title = LineField("Titre de la fiche", [Needed("Écrivez le titre. Exemple : Un café des parents au marché.")])
    kind = LineField("Nature de l’action", [Needed("Écrivez la nature de l’action. Exemple : Atelier.")], longest=80)
    actor_kinds = SeveralField(
        "Types d’acteurs", OrganisationKind.choices(), needed="Cochez au moins un type d’acteur."
    )
    scale = ListField("Échelle", Scale.choices(), needed="Choisissez l’échelle de l’action.")
    centre = LineField(
        "Centre de ressources ou porteur", [Needed("Écrivez qui porte ou accompagne l’action.")], longest=120
    )

    @staticmethod
    def values(sheet: ExperienceSheet) -> dict[str, object]:
        """What the form shows of a sheet."""
        words = {f"words_{heading.value}": text for heading, text in sheet.words.items()}
        chosen = {"actor_kinds": [kind.value for kind in sheet.actor_kinds], "scale": sheet.scale.value}
        return {
            "title": sheet.title,
            "kind": sheet.kind,
            "centre": sheet.centre,
            **chosen,
            **words,
            "version": str(sheet.version),
        }

    def as_record(self, sheet_id: int = 0) -> ExperienceSheet:
        """The sheet as typed."""
        words = {heading: str(self[f"words_{heading.value}"].data or "") for heading in Heading}
        ticked = set(self.actor_kinds.data or [])
        return ExperienceSheet(
            id=sheet_id,
            title=str(self.title.data),
            kind=str(self.kind.data),
            actor_kinds=tuple(kind for kind in OrganisationKind if kind.value in ticked),
            scale=Scale(self.scale.data),
            centre=str(self.centre.data),
            words={heading: text for heading, text in words.items() if text},
            version=self.version_read,
        )


for _heading in Heading:
    setattr(SheetForm, f"words_{_heading.value}", TextField(_heading.label, longest=4000))
