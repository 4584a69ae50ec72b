"""Forms of cycles, workshops and attendance."""

from datetime import date

from impact.forms import (
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
)
from impact.identities import Identity
from impact.workshops.records import AttendanceSheet, Cycle, Newcomer, Workshop

EARLIEST = date(2000, 1, 1)


class CycleForm(EditForm):
    """What a cycle is for."""

    name = LineField("Nom du cycle", [Needed("Écrivez le nom du cycle. Exemple : Accueillir les parents autrement.")])
    objective = TextField("Objectif", longest=2000)
    core_threshold = NumberField("Noyau dur : présent au moins", lowest=1, highest=100)

    def as_record(self, cycle_id: int = 0) -> Cycle:
        """The cycle as typed."""
        threshold = self.core_threshold.data
        return Cycle(cycle_id, str(self.name.data), self.objective.data or "", threshold, self.version_read)


class WorkshopForm(EditForm):
    """When, where and about what."""

    title = LineField("Titre de l’atelier", [Needed("Écrivez de quoi parle l’atelier.")])
    held_on = DateField("Date", [Needed("Écrivez le jour de l’atelier. Exemple : 05/09/2026.")], earliest=EARLIEST)
    place = LineField("Lieu")
    objective = TextField("Ce que nous voulons en tirer", longest=1000)
    wave_id = ListField("Questionnaire remis à la fin")

    def as_record(self, cycle_id: int, workshop_id: int = 0) -> Workshop:
        """The workshop as typed."""
        return Workshop(
            id=workshop_id,
            cycle_id=cycle_id,
            title=str(self.title.data),
            held_on=self.held_on.data,
            place=self.place.data or "",
            objective=self.objective.data or "",
            wave_id=int(self.wave_id.data) if self.wave_id.data else None,
            version=self.version_read,
        )


class AttendanceForm(EditForm):
    """Who was there, how many were counted, and somebody who is not in the directory yet."""

    present = SeveralField("Personnes présentes")
    head_count = NumberField("Nombre de personnes comptées dans la salle", lowest=1, highest=100_000)
    family_name = LineField("Nom", longest=100)
    given_name = LineField("Prénom", longest=100)
    organisation_id = ListField("Structure")
    homonym = TickField("C’est une autre personne, qui porte le même nom")

    def as_record(self, workshop_id: int) -> AttendanceSheet:
        """The sheet as ticked and typed."""
        ticked = tuple(int(value) for value in self.present.data or [])
        return AttendanceSheet(workshop_id, ticked, self.head_count.data, self.version_read, self._newcomer())

    def _newcomer(self) -> Newcomer | None:
        family, given = self.family_name.data or "", self.given_name.data or ""
        if not family and not given:
            return None
        identity = Identity(family or given, given if family else "")
        organisation_id = int(self.organisation_id.data) if self.organisation_id.data else None
        return Newcomer(identity, organisation_id, bool(self.homonym.data))


class CancelForm(Form):
    """Why a workshop does not take place."""

    cancel_reason = LineField("Pourquoi", longest=120)
