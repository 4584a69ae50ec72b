"""Forms of series, events and heads."""

from collections.abc import Sequence
from datetime import date

from impact.events.records import Count, Event, Heads, SchoolClass, Series
from impact.events.vocabulary import SeriesKind
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
)
from impact.vocabulary import OrganisationKind

EARLIEST = date(2000, 1, 1)
MOST_PEOPLE = 100_000
_TARGET, _CLASS = "cible_", "classe_"
_PARTS = (
    ("registered", "Inscrits"),
    ("excused", "Excusés"),
    ("on_site", "Sur place"),
    ("remote", "À distance"),
)


class SeriesForm(EditForm):
    """A series; `series_form` adds one wished percentage per kind of institution."""

    kind = ChoiceField(
        "Ce que la série rassemble", SeriesKind.choices(), needed="Choisissez ce que la série rassemble."
    )
    title = LineField("Titre", [Needed("Écrivez le titre de la série.")], longest=160)
    objective = TextField("Objectif", longest=1000)

    def as_record(self, kind: SeriesKind | None = None, series_id: int = 0) -> Series:
        """The series as typed; `kind` is kept once it exists."""
        targets = {
            OrganisationKind(field.name.removeprefix(_TARGET)): field.data for field in self.targets() if field.data
        }
        return Series(
            series_id,
            kind or SeriesKind(self.kind.data),
            str(self.title.data),
            self.objective.data or "",
            targets,
            self.version_read,
        )

    def targets(self) -> list[NumberField]:
        """The wished percentage of each kind."""
        return [field for field in self if field.name.startswith(_TARGET)]


def series_form() -> type[SeriesForm]:
    """A form with the wished percentage of each kind of institution."""
    fields = {f"{_TARGET}{kind.value}": NumberField(kind.label, highest=100) for kind in OrganisationKind}
    return type("SeriesForm", (SeriesForm,), fields)


def series_values(series: Series) -> dict[str, object]:
    """What the form of a series starts with."""
    targets = {f"{_TARGET}{kind.value}": percent for kind, percent in series.targets.items()}
    words = {"kind": series.kind.value, "title": series.title, "objective": series.objective}
    return {**targets, **words, "version": str(series.version)}


class EventForm(EditForm):
    """One date of a series."""

    title = LineField("Titre", [Needed("Écrivez le titre ou le thème.")], longest=160)
    held_on = DateField("Date", [Needed("Écrivez le jour. Exemple : 05/09/2026.")], earliest=EARLIEST)
    place = LineField("Lieu", longest=160)
    wave_id = ListField("Questionnaire remis aux participants")

    def as_record(self, series_id: int, event_id: int = 0) -> Event:
        """The event as typed."""
        wave_id = int(self.wave_id.data) if self.wave_id.data else None
        held_on: date = self.held_on.data
        return Event(
            event_id,
            series_id,
            str(self.title.data),
            held_on,
            self.place.data or "",
            wave_id,
            version=self.version_read,
        )


class ClassForm(Form):
    """One class of a series of sequences."""

    name = LineField("Classe", [Needed("Écrivez le nom de la classe et de l’établissement.")], longest=120)
    size = NumberField("Élèves dans la classe", lowest=1, highest=1000)


class CountForm(EditForm):
    """Who registered and who came; `count_form` adds the numbers."""

    def groups(self) -> list[tuple[str, list[NumberField]]]:
        """The numbers of each kind of institution, under its label."""
        return [
            (kind.label, [self[f"{kind.value}_{part}"] for part, _ in _PARTS])
            for kind in OrganisationKind
            if f"{kind.value}_registered" in self
        ]

    def of_classes(self) -> list[NumberField]:
        """The number of each class."""
        return [field for field in self if field.name.startswith(_CLASS)]

    def as_record(self, event_id: int) -> Count:
        """The numbers as typed, empty ones being nought."""
        heads = {
            kind: Heads(*(self[f"{kind.value}_{part}"].data or 0 for part, _ in _PARTS))
            for kind in OrganisationKind
            if f"{kind.value}_registered" in self
        }
        classes = {int(field.name.removeprefix(_CLASS)): field.data or 0 for field in self.of_classes()}
        return Count(event_id, heads, classes, self.version_read)


def count_form(by_class: bool, classes: Sequence[SchoolClass]) -> type[CountForm]:
    """The form of a series: one number per class, or four per kind of institution."""
    if by_class:
        fields = {f"{_CLASS}{known.id}": NumberField(known.name, highest=1000) for known in classes}
    else:
        fields = {
            f"{kind.value}_{part}": NumberField(label, highest=MOST_PEOPLE)
            for kind in OrganisationKind
            for part, label in _PARTS
        }
    return type("CountForm", (CountForm,), fields)


def count_values(event: Event) -> dict[str, object]:
    """What the form of an event starts with."""
    heads = {
        f"{kind.value}_{part}": getattr(counted, part) or None
        for kind, counted in event.heads.items()
        for part, _ in _PARTS
    }
    classes = {f"{_CLASS}{known}": present for known, present in event.classes.items()}
    return {**heads, **classes, "version": str(event.version)}
