"""The definition of an indicator of the community, and an entered value."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

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
from impact_maps.indicator import Direction, Unit
from impact_maps.records import OwnIndicator, OwnValue
from impact_maps.vocabulary import OwnSource, Rhythm

_UNITS = (Unit.COUNT, Unit.SHARE, Unit.MEAN, Unit.DAYS, Unit.MONTHS)


class OwnForm(EditForm):
    """A definition; figures and members are handed in by the view."""

    title = LineField("Nom", [Needed("Donnez un nom. Exemple : Parents présents aux réunions")], 120)
    code = LineField("Code", [Needed("Donnez un code court. Exemple : parents-reunion")], 40)
    definition = TextField("Définition", [Needed("Dites ce qui est compté, et ce qui ne l’est pas.")], 1_000)
    unit = ListField("Unité", [(unit.value, unit.label) for unit in _UNITS], "Choisissez une unité.")
    base = LineField("Base", [Needed("Dites sur qui ou sur quoi. Exemple : les familles suivies dans l’année")], 200)
    source = ChoiceField("Source", OwnSource.choices(), "Choisissez une source.")
    figure = ListField("Chiffre lu")
    origin = LineField("D’où vient la valeur saisie", longest=200)
    about_people = TickField("Cet indicateur compte des personnes : ses petits nombres sont masqués hors de l’équipe")
    rhythm = ChoiceField("Rythme", Rhythm.choices(), "Choisissez un rythme.")
    direction = ChoiceField("Sens", Direction.choices(), "Choisissez un sens.")
    goal = NumberField("Cible", lowest=-1_000_000, decimals=2)
    goal_on = DateField("À atteindre le")
    goal_reason = TextField("Raison de la cible", longest=500)
    responsible = ListField("Responsable")

    def offer(self, figures: Iterable[tuple[str, str]], members: Iterable[tuple[str, str]]) -> None:
        """The figures to read and the people who may answer for it; what was chosen stays on offer."""
        known = list(figures)
        current = self.figure.object_data
        if current and current not in dict(known):
            known.append((current, current))
        self.figure.choices, self.responsible.choices = known, list(members)

    def as_indicator(self) -> OwnIndicator:
        """What was typed; a share is typed in percent."""
        source, unit = OwnSource(self.source.data), Unit(self.unit.data)
        read = source is not OwnSource.ENTERED
        return OwnIndicator(
            code=str(self.code.data),
            title=str(self.title.data),
            definition=str(self.definition.data),
            unit=unit,
            base=str(self.base.data),
            source=source,
            figure=str(self.figure.data or "") if read else "",
            origin="" if read else str(self.origin.data or ""),
            about_people=bool(self.about_people.data),
            rhythm=Rhythm(self.rhythm.data),
            direction=Direction(self.direction.data),
            goal=as_stored(self.goal.data, unit),
            goal_on=self.goal_on.data,
            goal_reason=str(self.goal_reason.data or ""),
            responsible=int(self.responsible.data) if self.responsible.data else None,
        )


class ValueForm(Form):
    """A value entered by hand."""

    day = DateField("Valeur du", [Needed("Écrivez de quel jour date cette valeur. Exemple : 05/09/2026")])
    value = NumberField("Valeur", [Needed("Écrivez la valeur.")], lowest=-1_000_000, decimals=2)
    people = NumberField("Personnes derrière cette valeur")
    note = LineField("Remarque", longest=300)

    def as_value(self, unit: Unit) -> OwnValue:
        """What was typed; a share is typed in percent."""
        value = as_stored(self.value.data, unit)
        assert value is not None
        return OwnValue(self.day.data, value, self.people.data, str(self.note.data or ""))


def as_stored(typed: Decimal | None, unit: Unit) -> float | None:
    """A share as a fraction of one, anything else as it is."""
    if typed is None:
        return None
    return float(typed / 100 if unit is Unit.SHARE else typed)


def own_form(own: OwnIndicator, **options: Any) -> OwnForm:
    """The form of an indicator that exists."""
    shown = {field: getattr(own, field) for field in ("title", "code", "definition", "base", "origin", "figure")}
    terms = {field: getattr(own, field).value for field in ("unit", "source", "rhythm", "direction")}
    goal = None if own.goal is None else Decimal(str(own.goal)) * (100 if own.unit is Unit.SHARE else 1)
    return OwnForm(
        **shown,
        **terms,
        about_people=own.about_people,
        goal=goal,
        goal_on=own.goal_on,
        goal_reason=own.goal_reason,
        responsible=str(own.responsible or ""),
        version=str(own.version),
        **options,
    )
