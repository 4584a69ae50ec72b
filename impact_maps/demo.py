"""The two value chains of the demonstration."""

from datetime import date, timedelta

from impact.audit import Actor
from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.vocabulary import CommunityKind
from impact_maps.measures import parts_of
from impact_maps.records import Assumption, BoxContent, Link
from impact_maps.storage import change_assumption, get_chain, start_chain
from impact_maps.vocabulary import LinkState, Stage, Target

_RESOURCES, _ACTIVITIES, _RESULTS, _VALUE = Stage


def _box(stage: Stage, label: str, figure: str = "", target: Target | None = None) -> BoxContent:
    return BoxContent(stage, label, target, *parts_of(figure))


_PRE_TITLE = "De nos moyens à ce qui change pour les enfants"
_PRE_BOXES = (
    _box(_RESOURCES, "Coordination et référents de parcours"),
    _box(_RESOURCES, "Équipe de soutien : école, santé, action sociale"),
    _box(_RESOURCES, "Associations du quartier"),
    _box(_RESOURCES, "Médiation et traduction"),
    _box(_ACTIVITIES, "Recevoir et étudier chaque situation", "pre.situations_taken_up"),
    _box(_ACTIVITIES, "Suivre chaque enfant pas à pas", "pre.children_followed"),
    _box(_ACTIVITIES, "Rencontrer les parents là où ils sont"),
    _box(_ACTIVITIES, "Ateliers entre parents et enfants"),
    _box(_RESULTS, "L’enfant reprend confiance"),
    _box(
        _RESULTS,
        "Les parents trouvent que cela leur convient",
        "satisfaction.top_two@satisfaction-parents/overall",
    ),
    _box(_RESULTS, "L’école et la famille se parlent"),
    _box(_VALUE, "grandir avec des adultes qui se connaissent", target=Target.FAMILIES),
    _box(_VALUE, "aucun enfant oublié dans le quartier", target=Target.TERRITORY),
    _box(_VALUE, "une façon commune d’accueillir", target=Target.STRUCTURES),
)
_PRE_LINKS = (
    (0, 4), (0, 5), (1, 4), (2, 7), (3, 6), (3, 7), (4, 12), (5, 8), (5, 10), (6, 9), (6, 10), (7, 8), (7, 9),
    (8, 11), (9, 11), (10, 11), (10, 13),
)  # fmt: skip
_COLLECTIVE_TITLE = "De nos ateliers à ce qui change sur le territoire"
_COLLECTIVE_BOXES = (
    _box(_RESOURCES, "Équipe d’animation"),
    _box(_RESOURCES, "Temps donné par les structures"),
    _box(_RESOURCES, "Outils communs et annuaire"),
    _box(_ACTIVITIES, "Cycle d’ateliers entre structures", "participation.workshops_held"),
    _box(_ACTIVITIES, "Questions partagées et charte"),
    _box(_ACTIVITIES, "Essais d’outils sur le terrain"),
    _box(_RESULTS, "Des personnes de métiers différents se connaissent", "participation.people"),
    _box(_RESULTS, "Un groupe régulier porte la suite", "participation.core_group"),
    _box(_RESULTS, "Des outils repris dans les structures"),
    _box(_VALUE, "repérés plus tôt, orientés une seule fois", target=Target.FAMILIES),
    _box(_VALUE, "des liens qui durent entre communes", target=Target.TERRITORY),
    _box(_VALUE, "moins de travail en double", target=Target.STRUCTURES),
)
_COLLECTIVE_LINKS = (
    (0, 3), (0, 4), (1, 3), (1, 5), (2, 4), (2, 5), (3, 6), (3, 7), (4, 7), (5, 8), (6, 9), (6, 10), (7, 10),
    (7, 11), (8, 9), (8, 11),
)  # fmt: skip


# Rank of the link among those above, its state, days ago, what is supposed, what was observed.
_PRE_SAID = (
    (7, LinkState.SUPPORTED, 40, "Un suivi régulier aide l’enfant à reprendre confiance.", "Bilans de parcours."),
    (
        9,
        LinkState.CONTRADICTED,
        25,
        "Reçus près de chez eux, les parents trouvent que cela leur convient.",
        "Au groupe de parents d’octobre, plusieurs familles disent préférer venir à l’école.",
    ),
    (12, LinkState.UNTESTED, 0, "Les ateliers partagés rapprochent parents et équipe.", ""),
)
_COLLECTIVE_SAID = (
    (6, LinkState.SUPPORTED, 30, "Se revoir souvent suffit à se connaître.", "Questionnaire de fin d’atelier."),
    (9, LinkState.UNTESTED, 0, "Un outil essayé ensemble est repris dans la structure.", ""),
)


def fill(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    """The chain of this community, of which three boxes carry an indicator, and what is known of a few links."""
    pre = get_community(db).kind is CommunityKind.PRE
    links, told = (_PRE_LINKS, _PRE_SAID) if pre else (_COLLECTIVE_LINKS, _COLLECTIVE_SAID)
    if pre:
        start_chain(db, actor, _PRE_TITLE, _PRE_BOXES, links)
    else:
        start_chain(db, actor, _COLLECTIVE_TITLE, _COLLECTIVE_BOXES, links)
    ids = sorted(box.id for box in get_chain(db).boxes)
    for rank, state, days, words, evidence in told:
        link = Link(*(ids[end] for end in links[rank]))
        seen = today - timedelta(days) if evidence else None
        change_assumption(db, actor, link, Assumption(words, state, seen, evidence), 1, today)
