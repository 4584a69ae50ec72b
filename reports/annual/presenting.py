"""Figures of the survey → what is read on the page and written in the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from impact.wording import french, long_date, money, number, percent, plural
from reports.annual.definitions import DEFINITIONS, SHARE, words_of
from reports.annual.followed import NOBODY, NOT_TOLD
from reports.annual.records import UNKNOWN, Options, SurveyFigure
from reports.annual.vocabulary import Carrier, Group

Labels = Mapping[str, Mapping[str, str]]
_UNKNOWN = "Non renseigné"
_AGES = {
    "under_2": "Moins de 2 ans",
    "2-5": "2 à 5 ans",
    "6-10": "6 à 10 ans",
    "11-16": "11 à 16 ans",
    "17+": "17 ans et plus",
    UNKNOWN: "Âge inconnu",
}
_SEXES = {"girl": "Filles", "boy": "Garçons", UNKNOWN: "Non précisé"}
_MONTHS = {"182": "6 mois", "365": "12 mois", "548": "18 mois", "730": "24 mois"}
_WORDS: Labels = {
    "status": {
        "pathway": "Prises en charge",
        "refused": "Refusées",
        "refused_by_team": "dont par l’équipe",
        "refused_by_family": "dont par la famille",
        "elsewhere": "Orientées ailleurs",
        "waiting": "En attente",
    },
    "answers": {"yes": "Oui", "no": "Non", UNKNOWN: _UNKNOWN},
    "sex": _SEXES,
    "age": _AGES,
    "horizons": {days: f"Après {months} ({days} jours)" for days, months in _MONTHS.items()},
    "referents": {NOBODY: "Sans référent"},
    "exit_reasons": {NOT_TOLD: _UNKNOWN},
    "origins": {UNKNOWN: _UNKNOWN},
    "school_kinds": {
        "nursery": "Maternelle",
        "primary": "Élémentaire",
        "college": "Collège",
        "lycee": "Lycée",
        UNKNOWN: "Niveau inconnu",
    },
    "priority": {"rep": "REP", "rep_plus": "REP+", "none": "Hors éducation prioritaire", UNKNOWN: _UNKNOWN},
    "profiles": {str(rank): f"Profil {rank}" for rank in range(1, 5)},
}


@dataclass(frozen=True)
class Line:
    """One figure as it is read; `counted` when the situations behind it may be listed."""

    title: str
    value: str
    base: str
    figure: SurveyFigure

    @property
    def counted(self) -> bool:
        """Whether situations stand behind the figure."""
        return bool(self.figure.situations)


@dataclass(frozen=True)
class Block:
    """One breakdown, or the single figures of a group (each with its own definition in `words`)."""

    key: str
    title: str
    words: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Section:
    """One part of the survey."""

    group: Group
    singles: tuple[tuple[Line, str], ...]
    blocks: tuple[Block, ...]


def sections(figures: Sequence[SurveyFigure], options: Options, labels: Labels) -> list[Section]:
    """The figures by part, single ones first, then each breakdown."""
    found = []
    for group in Group:
        own = [figure for figure in figures if DEFINITIONS[figure.code].group is group]
        if own:
            found.append(Section(group, tuple(_singles(own, options, labels)), tuple(_blocks(own, options, labels))))
    return found


def label_of(figure: SurveyFigure, labels: Labels) -> str:
    """What a figure is about, in words: its category, else its title."""
    definition = DEFINITIONS[figure.code]
    if not definition.labels:
        return french(_dated(definition.title, figure.day))
    return french(_category(definition.labels, figure.category, labels))


def value_of(figure: SurveyFigure) -> str:
    """The value in words; a dash when it is unknown."""
    unit = DEFINITIONS[figure.code].unit
    if figure.code == "carrier":
        return Carrier(figure.category).label
    if figure.value is None:
        return "–"
    if unit == SHARE:
        return percent(figure.value, 1)
    if unit == "euros":
        return money(figure.value)
    text = number(figure.value, 0 if abs(figure.value - round(figure.value)) < 1e-9 else 1)
    return french(f"{text} {unit}") if unit in ("jours", "heures", "ETP") else text


def base_of(figure: SurveyFigure) -> str:
    """Denominator and what is missing."""
    said = [f"sur {number(figure.base)}"] if figure.base is not None else []
    if figure.missing:
        said.append(plural(figure.missing, "inconnu"))
    return french(", ".join(said))


def _singles(own: Sequence[SurveyFigure], options: Options, labels: Labels) -> list[tuple[Line, str]]:
    return [
        (_line(figure, label_of(figure, labels)), words_of(DEFINITIONS[figure.code], options))
        for figure in own
        if not DEFINITIONS[figure.code].labels
    ]


def _blocks(own: Sequence[SurveyFigure], options: Options, labels: Labels) -> list[Block]:
    rows = [figure for figure in own if DEFINITIONS[figure.code].labels]
    blocks = []
    for (code, day), group in groupby(rows, key=lambda figure: (figure.code, figure.day)):
        definition = DEFINITIONS[code]
        lines = tuple(_line(figure, label_of(figure, labels)) for figure in group)
        key = f"{code}-{day.isoformat()}" if day else code
        blocks.append(Block(key, french(_dated(definition.title, day)), words_of(definition, options), lines))
    return blocks


def _line(figure: SurveyFigure, title: str) -> Line:
    return Line(title, value_of(figure), base_of(figure), figure)


def _dated(title: str, day: date | None) -> str:
    return f"{title}, {long_date(day)}" if day else title


def _category(name: str, category: str, labels: Labels) -> str:
    if name == "sex_age":
        sex, _, age = category.partition("|")
        return f"{_SEXES[sex]}, {_AGES[age][:1].lower()}{_AGES[age][1:]}"
    if name == "incidence":
        reason, _, days = category.partition("|")
        return f"{_category('exit_reasons', reason, labels)}, après {_MONTHS[days]}"
    return {**labels.get(name, {}), **_WORDS.get(name, {})}.get(category, category)
