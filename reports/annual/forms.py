"""The sheet of a year; the choices of definition."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from impact.forms import ChoiceField, EditForm, Form, LineField, NumberField, TextField
from impact.vocabulary import Term
from reports.annual.records import Options, YearSheet
from reports.annual.vocabulary import (
    AgeDay,
    Carrier,
    DelayTo,
    ExitDay,
    HoursOf,
    LengthFrom,
    PlannedEnd,
    TakenUp,
)

OPTIONS: dict[str, type[Term]] = {
    "age_day": AgeDay,
    "exit_day": ExitDay,
    "taken_up": TakenUp,
    "delay_to": DelayTo,
    "length_from": LengthFrom,
    "planned_end": PlannedEnd,
    "hours_of": HoursOf,
}
_MONEY = ("state_credits", "town_credits", "other_credits")
_PROFILES = ("profile_1", "profile_2", "profile_3", "profile_4", "profile_words")
_MOST_EUROS = 100_000_000


def _money(label: str) -> NumberField:
    return NumberField(label, highest=_MOST_EUROS, decimals=2)


class YearForm(EditForm):
    """Means and money of one year: whatever is unknown stays empty."""

    carrier = ChoiceField(
        "Structure porteuse", choices=Carrier.choices(), needed="Choisissez une structure, ou « Non renseigné »."
    )
    state_credits = _money("Crédits de l’État, en euros")
    town_credits = _money("Crédits de la commune ou de l’intercommunalité, en euros")
    other_credits = _money("Autres cofinancements, en euros")
    coordinators_fte = NumberField("Coordination, en équivalents temps plein", highest=100, decimals=2)
    referents_fte = NumberField("Référents de parcours, en équivalents temps plein", highest=500, decimals=2)
    districts = NumberField("Quartiers prioritaires couverts", highest=500)
    teams = NumberField("Équipes pluridisciplinaires de soutien", highest=500)
    profile_1 = NumberField("Enfants en profil 1", highest=100_000)
    profile_2 = NumberField("Enfants en profil 2", highest=100_000)
    profile_3 = NumberField("Enfants en profil 3", highest=100_000)
    profile_4 = NumberField("Enfants en profil 4", highest=100_000)
    profile_words = TextField("Comment vous classez un enfant dans un profil", longest=1000)
    individual_rate = NumberField("Taux d’individualisation, en %", highest=100, decimals=1)
    individual_words = TextField("Comment vous comptez ce taux", longest=1000)

    @staticmethod
    def values(sheet: YearSheet) -> dict[str, object]:
        """The sheet as the form shows it: euros, not cents."""
        known = {field.name: getattr(sheet, field.name) for field in fields(sheet)}
        money = {name: None if known[name] is None else Decimal(known[name]) / 100 for name in _MONEY}
        return {**known, **money, "carrier": sheet.carrier.value, "version": str(sheet.version)}

    def leave_profiles(self) -> None:
        """Take the numbers by profile out: the pathways give them."""
        for name in _PROFILES:
            del self[name]

    def as_sheet(self, stored: YearSheet) -> YearSheet:
        """The sheet with what was typed, money in cents."""
        typed = {field.name: self[field.name].data for field in fields(YearSheet) if field.name in self}
        for name in _MONEY:
            typed[name] = None if typed[name] is None else int(typed[name] * 100)
        for name in ("coordinators_fte", "referents_fte", "individual_rate"):
            typed[name] = None if typed[name] is None else float(typed[name])
        for name in ("profile_words", "individual_words"):
            if name in typed:
                typed[name] = typed[name] or ""
        return replace(stored, **{**typed, "carrier": Carrier(typed["carrier"]), "version": self.version_read})


class DefinitionsForm(Form):
    """Keep for the year the definitions that are shown."""

    options = LineField("Définitions", longest=500)


def read_options(asked: Mapping[str, str]) -> Options:
    """The choices written in an address; the usual one for whatever it does not say, or says wrongly."""
    known: dict[str, Any] = {
        name: next((term for term in terms if term.value == asked.get(name)), None) for name, terms in OPTIONS.items()
    }
    return Options(**{name: term for name, term in known.items() if term is not None})


def read_pairs(pairs: Iterable[str]) -> dict[str, str]:
    """« name=value » texts by name; anything else is passed over."""
    return {name: value for name, _, value in (pair.partition("=") for pair in pairs) if value}
