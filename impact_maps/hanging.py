"""What can hang on a box of this community, and what it says to the person who reads."""

from collections.abc import Sequence

from impact.accounts.access import Action, may
from impact.audit import Actor
from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.figures import every_figure, latest_figures
from impact.pathways.vocabulary import Outcome, ReferenceList, Sex
from impact.reference_lists import labels as list_labels
from impact.vocabulary import Audience, OrganisationKind
from impact.wording import french
from impact_maps.indicators import CATALOGUE
from impact_maps.measures import choices, key_of, measure, measures_of
from impact_maps.own_storage import list_own, own_measures
from impact_maps.records import Chain, Measure, TreeLine
from impact_maps.storage import find_chain
from impact_maps.tree_storage import list_lines
from surveys.definitions import library
from surveys.storage import list_waves

Choices = list[tuple[str, str]]
_QUESTIONS = "satisfaction."


def audience_of(actor: Actor) -> Audience:
    """Exact figures for those who may read them, protected ones for everybody else."""
    return Audience.INTERNAL if may(actor, Action.VIEW_EXACT_FIGURES) else Audience.FUNDER


def figure_choices(db: EncryptedDatabase) -> Choices:
    """Every figure of the catalogue, with the questions of the questionnaires that ship or were asked here."""
    asked = {wave.questionnaire.code: wave.questionnaire for wave in list_waves(db)}
    known = {questionnaire.code: questionnaire for questionnaire in library()} | asked
    return choices(get_community(db).kind, list(known.values()))


def box_choices(db: EncryptedDatabase) -> Choices:
    """The community's own indicators first, then the catalogue."""
    return [(own.key, french(f"Notre indicateur : {own.title}")) for own in list_own(db)] + figure_choices(db)


def field_choices(db: EncryptedDatabase) -> Choices:
    """The catalogue, then each row of a breakdown that was computed here: a field of the follow-up with its value."""
    labels = {term.value: term.label for terms in (Sex, Outcome, OrganisationKind) for term in terms}
    for name in ReferenceList:
        labels |= list_labels(db, name.value)
    found = figure_choices(db)
    for code, category in latest_figures(db, Audience.INTERNAL):
        entry = CATALOGUE.get(code)
        if entry and entry.breakdown and category and not code.startswith(_QUESTIONS):
            found.append((key_of(code, category), french(f"{entry.title} : {labels.get(category, category)}")))
    return found


def measures_for(db: EncryptedDatabase, actor: Actor, chain: Chain) -> dict[int, Measure]:
    """What hangs on each box, as this person may read it."""
    audience = audience_of(actor)
    return measures_of(
        chain,
        latest_figures(db, audience),
        dict(figure_choices(db)),
        every_figure(db, audience),
        own_measures(db, audience),
    )


def line_measures(db: EncryptedDatabase, actor: Actor, lines: Sequence[TreeLine]) -> dict[int, Measure]:
    """What hangs on each impact of the tree, by the impact's id, as this person may read it."""
    audience = audience_of(actor)
    figures, titles = latest_figures(db, audience), dict(figure_choices(db))
    earlier, own = every_figure(db, audience), own_measures(db, audience)
    return {
        line.id: own.get(line.indicator) or measure(line.indicator, line.category, figures, titles, earlier)
        for line in lines
        if line.indicator
    }


def own_places(db: EncryptedDatabase) -> dict[str, list[str]]:
    """Where each indicator of the community hangs, in words, by its key."""
    found: dict[str, list[str]] = {}
    chain = find_chain(db)
    for box in chain.boxes if chain else ():
        found.setdefault(box.content.indicator, []).append(box.content.words)
    for line in list_lines(db):
        found.setdefault(line.indicator, []).append(line.words)
    return found
