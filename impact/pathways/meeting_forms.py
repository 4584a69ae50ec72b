"""Forms of the support team’s meetings."""

from collections.abc import Sequence
from datetime import date

from impact.forms import (
    ChoiceField,
    DateField,
    EditForm,
    Form,
    LineField,
    Needed,
    SeveralField,
    TextField,
    WatchedForm,
)
from impact.pathways.meeting_records import Attendance, Meeting
from impact.pathways.records import Decision
from impact.pathways.vocabulary import Outcome, Presence


class MeetingForm(EditForm):
    """A meeting of the support team."""

    held_on = DateField("Date de la réunion", [Needed("Écrivez le jour de la réunion.")])
    place = LineField("Lieu", [Needed("Écrivez où l’équipe se réunit.")], longest=120)
    next_on = DateField("Réunion suivante")
    invited = SeveralField("Institutions conviées")

    def as_record(self, meeting_id: int = 0) -> Meeting:
        """What was typed; read after validation."""
        day, place = self.held_on.data, self.place.data or ""
        return Meeting(day, place, self.next_on.data, id=meeting_id, version=self.version_read)

    def invited_ids(self) -> list[int]:
        """The institutions ticked."""
        return [int(value) for value in self.invited.data or ()]


class AgendaForm(Form):
    """The situations that the team will look at."""

    situations = SeveralField("Situations à l’ordre du jour")

    def chosen_ids(self) -> list[int]:
        """The situations ticked."""
        return [int(value) for value in self.situations.data or ()]


class MeetingPresenceForm(Form):
    """Who came; `presence_form` adds one field per institution invited."""

    def institution_fields(self) -> list[ChoiceField]:
        """One per institution, in their order."""
        return [field for field in self if field.name.startswith("presence_")]

    def as_record(self) -> dict[int, Presence]:
        """What was ticked, by institution; read after validation."""
        return {int(f.name.removeprefix("presence_")): Presence(f.data) for f in self.institution_fields()}


class MeetingDecisionForm(WatchedForm):
    """What the team decided of one situation at its meeting."""

    subject = "decision"
    outcome = ChoiceField("Décision de l’équipe", Outcome.choices(), needed="Choisissez la décision.")
    review_on = DateField("À revoir le")
    reason = TextField("Raison", longest=1000)

    def as_record(self, held_on: date) -> Decision:
        """What was typed, dated of the meeting; read after validation."""
        return Decision(held_on, Outcome(self.outcome.data), self.reason.data or "")


def presence_form(attendance: Sequence[Attendance]) -> MeetingPresenceForm:
    """The attendance sheet of one meeting."""
    fields = {
        f"presence_{known.organisation_id}": ChoiceField(
            known.name, Presence.choices(), needed="Dites si cette institution est venue.", default=known.presence.value
        )
        for known in attendance
    }
    form: MeetingPresenceForm = type("PresenceForm", (MeetingPresenceForm,), fields)()
    return form
