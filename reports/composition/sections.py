"""The sections of which an author makes a report: one entry here is one more section to choose.

A section is a function from the report's context and its estimates to chapters, none when there is nothing to say.
`families` are the indicators that it reads: a report holds those of its sections, on the page and in the attached data.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from impact.vocabulary import CommunityKind
from impact_maps.indicators import CATALOGUE, Family, catalogue_for
from reports.composition import (
    bilan,
    cohorts,
    cooperation,
    diagnosis,
    events,
    experience,
    links,
    mediation,
    participation,
    pathways,
    plain_words,
    satisfaction,
    school_mix,
    value_chain,
)
from reports.composition.context import Context
from reports.composition.document import Chapter
from reports.composition.words import Estimates
from reports.records import Estimate
from reports.vocabulary import ReportKind


@dataclass(frozen=True)
class Section:
    """One section: its name in the author's list, what it reads, and how its chapters are made."""

    title: str
    families: tuple[Family, ...]
    build: Callable[[Context, Estimates], Sequence[Chapter]]


def _of_pathways(key: str) -> Callable[[Context, Estimates], Sequence[Chapter]]:
    return lambda _, estimates: [chapter for chapter in pathways.chapters(estimates) if chapter.key == key]


SECTIONS: dict[str, Section] = {
    "public": Section("Les enfants suivis", (Family.PRE,), _of_pathways("public")),
    "situations": Section("Les situations, de la réception à la sortie", (Family.PRE,), _of_pathways("situations")),
    "evolution": Section("L’évolution d’un bilan à l’autre", (Family.PRE,), _of_pathways("evolution")),
    "duree": Section("La durée de l’accompagnement", (Family.PRE,), _of_pathways("duree")),
    "delais": Section("Les délais", (Family.PRE,), lambda _, known: bilan.waiting(known)),
    "suivi": Section("Le suivi au quotidien", (Family.PRE,), lambda _, known: bilan.work(known)),
    "sorties": Section("Ce que deviennent les enfants sortis", (Family.PRE,), lambda _, known: bilan.outcomes(known)),
    "moyens": Section("Les heures, les coûts, les actions", (Family.PRE,), lambda _, known: bilan.means(known)),
    "france": Section("La comparaison avec la France", (Family.PRE,), lambda _, known: bilan.beside_france(known)),
    "simple": Section("L’essentiel en mots simples", plain_words.READ, lambda _, known: plain_words.chapters(known)),
    "ateliers": Section("Les ateliers", (Family.PARTICIPATION,), lambda _, known: participation.chapters(known)),
    "evenements": Section("Les événements", (Family.EVENTS,), lambda _, known: events.chapters(known)),
    "diagnostic": Section("Le diagnostic et les orientations", (), diagnosis.chapters),
    "cooperation": Section("La coopération", (Family.COOPERATION,), lambda _, known: cooperation.chapters(known)),
    "reseau": Section("Le schéma des liens", (), links.chapters),
    "fiches": Section("Les fiches expérience", (), experience.chapters),
    "reponses": Section(
        "Les réponses", (Family.SATISFACTION,), lambda about, known: satisfaction.chapters(known, about.quotes)
    ),
    "cohortes": Section("Les cohortes", (Family.COHORT,), lambda _, known: cohorts.chapters(known)),
    "mediation": Section("La médiation scolaire", (Family.MEDIATION,), lambda _, known: mediation.chapters(known)),
    "mixite": Section("La mixité scolaire", (Family.SCHOOLS,), lambda _, known: school_mix.chapters(known)),
    "chaine": Section("La chaîne de valeur", (), value_chain.chapters),
}
PLAIN, CHAIN = "simple", "chaine"
_PATHWAYS = ("public", "situations", "evolution", "duree")
_BILAN = ("public", "situations", "delais", "suivi", "evolution", "sorties", "duree", "moyens", "france")
_OF_A_PRE = (*_BILAN, "ateliers", "cooperation", "reseau", "reponses", "cohortes", "chaine")
_LAST = ("reponses", "cohortes", "mixite", "chaine")
_OF_OTHERS = ("diagnostic", "ateliers", "evenements", "cooperation", "reseau", *_PATHWAYS, *_LAST)
_OF_MEDIATION = ("mediation", "cooperation", "reseau", "ateliers", "reponses", "cohortes", "chaine")
_USUAL = {CommunityKind.PRE: _OF_A_PRE, CommunityKind.MEDIATION: _OF_MEDIATION}
_PROPOSED = {
    ReportKind.WORKSHOPS: ("ateliers", "reponses"),
    ReportKind.CITE: (
        "diagnostic",
        "cooperation",
        "reseau",
        "evenements",
        "ateliers",
        "mediation",
        *_PATHWAYS,
        *_LAST,
    ),
    ReportKind.SURVEY: ("reponses", "cohortes", "evolution"),
    ReportKind.NETWORK: ("cooperation", "reseau", "evenements", "ateliers", "chaine"),
    ReportKind.FAMILIES: ("simple",),
    ReportKind.EXPERIENCE: ("fiches", "ateliers"),
}


def proposed(kind: ReportKind, community: CommunityKind) -> tuple[str, ...]:
    """The keys that a kind of report begins with; the author adds, removes and moves them."""
    if kind is ReportKind.FAMILIES and community is CommunityKind.PRE:
        return (PLAIN, "ateliers")
    return _PROPOSED.get(kind, _USUAL.get(community, _OF_OTHERS))


def chosen(context: Context) -> tuple[str, ...]:
    """The author's sections, or those of the kind of report; a key that no longer exists is passed over."""
    wanted = context.sections or proposed(context.report_kind, context.kind)
    return tuple(key for key in wanted if key in SECTIONS)


def families_of(keys: Iterable[str]) -> set[Family]:
    """The families of indicators that these sections read."""
    return {family for key in keys if key in SECTIONS for family in SECTIONS[key].families}


def rows_of(context: Context, estimates: Sequence[Estimate]) -> list[Estimate]:
    """The estimates that the report publishes: those of the families of its sections."""
    families = families_of(chosen(context))
    return [row for row in estimates if CATALOGUE[row.code].family in families]


def chapters(context: Context, estimates: Estimates) -> tuple[list[Chapter], list[str]]:
    """Every chapter of the chosen sections, in their order; the titles of those that have none, and might have one."""
    built = {key: SECTIONS[key].build(context, estimates) for key in chosen(context)}
    told = [chapter for each in built.values() for chapter in each]
    concerned = {indicator.family for indicator in catalogue_for(context.kind)}
    empty = [SECTIONS[key] for key, each in built.items() if not each]
    return told, [each.title for each in empty if not each.families or concerned & set(each.families)]
