"""Forms of committee meetings."""

from collections.abc import Sequence
from datetime import date

from impact.communities.records import Organisation
from impact.cooperation.forms import EARLIEST
from impact.cooperation.records import Meeting
from impact.cooperation.vocabulary import MeetingKind
from impact.forms import ChoiceField, DateField, EditForm, LineField, Needed, NumberField, TextField

MOST_PEOPLE = 10_000


class MeetingForm(EditForm):
    """What is planned."""

    kind = ChoiceField("Instance", MeetingKind.choices(), needed="Choisissez l’instance qui se réunit.")
    held_on = DateField("Date", [Needed("Écrivez le jour de la réunion. Exemple : 05/09/2026.")], earliest=EARLIEST)
    place = LineField("Lieu", longest=160)
    agenda = TextField("Ordre du jour", longest=4000)

    def as_record(self, meeting_id: int = 0) -> Meeting:
        """The meeting as typed."""
        return Meeting(
            meeting_id,
            MeetingKind(self.kind.data),
            self.held_on.data,
            self.place.data or "",
            self.agenda.data or "",
            version=self.version_read,
        )


class RecordForm(EditForm):
    """What happened; `form_for` adds one number per organisation."""

    parents = NumberField("Parents", highest=MOST_PEOPLE)
    young_people = NumberField("Jeunes", highest=MOST_PEOPLE)
    minutes = TextField("Compte rendu")
    decisions = TextField("Décisions", longest=4000)

    def as_record(self, meeting_id: int, held_on: date) -> Meeting:
        """The meeting as recorded; its kind and date are those that are stored."""
        counts = ((int(field.name.removeprefix(_PLACE)), field.data) for field in self.places())
        return Meeting(
            id=meeting_id,
            kind=MeetingKind.STEERING,
            held_on=held_on,
            minutes=self.minutes.data or "",
            decisions=self.decisions.data or "",
            parents=self.parents.data,
            young_people=self.young_people.data,
            presences=tuple((known, people) for known, people in counts if people),
            version=self.version_read,
        )

    def places(self) -> list[NumberField]:
        """The field of each organisation."""
        return [field for field in self if field.name.startswith(_PLACE)]


_PLACE = "structure_"


def record_form_for(organisations: Sequence[Organisation]) -> type[RecordForm]:
    """A form with how many people came for each organisation."""
    fields = {f"{_PLACE}{known.id}": NumberField(known.name, highest=MOST_PEOPLE) for known in organisations}
    return type("RecordForm", (RecordForm,), fields)


def typed(meeting: Meeting) -> dict[str, object]:
    """What a meeting's record form starts with."""
    counts = {f"{_PLACE}{known}": people for known, people in meeting.presences}
    words = {"minutes": meeting.minutes, "decisions": meeting.decisions, "version": str(meeting.version)}
    return {**counts, **words, "parents": meeting.parents, "young_people": meeting.young_people}
