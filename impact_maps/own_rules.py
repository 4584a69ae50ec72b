"""Indicators that a community defines itself: what is right, what may leave the house, what they say today: pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from impact.exceptions import Refused
from impact.figures import FigureState
from impact.vocabulary import Audience
from impact.wording import french, number, short_date
from impact_maps.indicator import Unit
from impact_maps.indicators import CATALOGUE
from impact_maps.records import OwnIndicator, OwnValue
from impact_maps.vocabulary import OwnSource, Rhythm

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_INDICATORS = 60
# What reports/disclosure.py asks of counts and of percentages before they leave the house.
FEWEST_PEOPLE, FEWEST_FOR_SHARE = 5, 11
# The families of the catalogue that each source reads.
FAMILIES = {
    OwnSource.QUESTION: ("satisfaction.", "surveys.", "answers."),
    OwnSource.FOLLOW_UP: ("pre.",),
    OwnSource.ATTENDANCE: ("participation.",),
}
# Longest time between two values.
PERIODS = {
    Rhythm.MONTHLY: timedelta(days=31),
    Rhythm.QUARTERLY: timedelta(days=92),
    Rhythm.YEARLY: timedelta(days=366),
}
FIELDS = {
    "code": "Code",
    "title": "Nom",
    "definition": "Définition",
    "unit": "Unité",
    "base": "Base",
    "source": "Source",
    "figure": "Chiffre lu",
    "origin": "D’où vient la valeur",
    "about_people": "Compte des personnes",
    "rhythm": "Rythme",
    "direction": "Sens",
    "goal": "Cible",
    "goal_on": "Date de la cible",
    "goal_reason": "Raison de la cible",
    "responsible": "Responsable",
}


def right_indicator(indicator: OwnIndicator) -> OwnIndicator:
    """The indicator in the unit of the figure that it reads; raises Refused on `code`, `figure`, `origin`, `goal…`."""
    read = CATALOGUE.get(indicator.figure.partition("@")[0])
    indicator = replace(indicator, unit=read.unit) if read else indicator
    if not CODE.fullmatch(indicator.code):
        raise Refused("Écrivez le code en minuscules, chiffres et tirets. Exemple : parents-reunion", "code")
    if indicator.source is not OwnSource.ENTERED and not indicator.figure:
        raise Refused("Choisissez le chiffre que cet indicateur lit.", "figure")
    if indicator.figure and not indicator.figure.startswith(FAMILIES.get(indicator.source, ())):
        raise Refused(f"Ce chiffre ne vient pas de cette source : {indicator.source.label.lower()}.", "figure")
    if indicator.source is OwnSource.ENTERED and not indicator.origin:
        raise Refused(
            "Dites d’où viennent les valeurs que vous saisirez : un relevé, un décompte, un partenaire.", "origin"
        )
    if indicator.goal is not None and not indicator.goal_reason:
        raise Refused("Dites pourquoi cette cible : d’où vient-elle, qui l’a choisie ?", "goal_reason")
    if indicator.goal is None and (indicator.goal_on or indicator.goal_reason):
        raise Refused("Écrivez la cible, ou videz sa date et sa raison.", "goal")
    if indicator.goal is not None and indicator.unit is Unit.SHARE and not 0 <= indicator.goal <= 1:
        raise Refused("Une part va de 0 à 100 %.", "goal")
    return indicator


def right_value(indicator: OwnIndicator, value: OwnValue, known: Sequence[OwnValue], today: date) -> None:
    """Raises Refused on `day`, `value`, `people`."""
    if indicator.source is not OwnSource.ENTERED:
        raise Refused("Cet indicateur lit un chiffre : il ne se saisit pas.", "value")
    if value.day > today:
        raise Refused("Ce jour n’est pas encore venu.", "day")
    if any(other.day == value.day for other in known):
        raise Refused("Une valeur existe déjà pour ce jour : retirez-la d’abord.", "day")
    if indicator.unit is Unit.SHARE and not 0 <= value.value <= 1:
        raise Refused("Une part va de 0 à 100 %.", "value")
    if indicator.unit is Unit.COUNT and value.value != round(value.value):
        raise Refused("Un nombre s’écrit sans décimale.", "value")
    if indicator.about_people and indicator.unit is not Unit.COUNT and value.people is None:
        raise Refused("Dites combien de personnes sont derrière cette valeur.", "people")


def state_for(indicator: OwnIndicator, value: OwnValue, audience: Audience) -> FigureState:
    """Masked when it would let somebody outside the team guess who is behind a small number."""
    if audience is Audience.INTERNAL or not indicator.about_people:
        return FigureState.MEASURED
    people = value.people or 0
    if indicator.unit is Unit.COUNT:
        few = 0 < value.value < FEWEST_PEOPLE or (value.people is not None and people - value.value < FEWEST_PEOPLE)
        return FigureState.MASKED if few else FigureState.MEASURED
    if people < FEWEST_FOR_SHARE:
        return FigureState.MASKED
    if indicator.unit is Unit.SHARE and min(value.value, 1 - value.value) * people < FEWEST_PEOPLE - 0.5:
        return FigureState.MASKED
    return FigureState.MEASURED


def is_due(indicator: OwnIndicator, last: date | None, today: date) -> bool:
    """Whether a value of this rhythm is awaited: none yet, or the last one older than a period."""
    if indicator.source is not OwnSource.ENTERED:
        return False
    return last is None or (indicator.rhythm in PERIODS and today - last > PERIODS[indicator.rhythm])


def changes(before: OwnIndicator, after: OwnIndicator, names: Mapping[int, str]) -> list[tuple[str, str, str]]:
    """French name of each field that changed, with both values in words."""
    found = []
    for field, label in FIELDS.items():
        was, now = (_words(getattr(each, field), field, each, names) for each in (before, after))
        if was != now:
            found.append((label, was, now))
    return found


def goal_words(indicator: OwnIndicator) -> str:
    """« 80 % au 31/08/2027 », empty without a goal."""
    if indicator.goal is None:
        return ""
    on = f" au {short_date(indicator.goal_on)}" if indicator.goal_on else ""
    return french(f"{_number(indicator.goal, indicator.unit)}{on}")


def _words(value: object, field: str, indicator: OwnIndicator, names: Mapping[int, str]) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return short_date(value)
    if field == "responsible":
        return names.get(int(str(value)), "–")
    if isinstance(value, float | int):
        return _number(value, indicator.unit)
    return str(getattr(value, "label", value))


def _number(value: float, unit: Unit) -> str:
    shown = value * 100 if unit is Unit.SHARE else value
    written = number(shown, 0 if shown == round(shown) else 1)
    return f"{written} %" if unit is Unit.SHARE else written
