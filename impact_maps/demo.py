"""The two value chains of the demonstration."""

from impact.audit import Actor
from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.vocabulary import CommunityKind
from impact_maps.measures import parts_of
from impact_maps.records import BoxContent
from impact_maps.storage import start_chain
from impact_maps.vocabulary import Stage, Target

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


def fill(db: EncryptedDatabase, actor: Actor) -> None:
    """The chain of this community: twelve to fourteen boxes, of which three carry an indicator."""
    if get_community(db).kind is CommunityKind.PRE:
        start_chain(db, actor, _PRE_TITLE, _PRE_BOXES, _PRE_LINKS)
    else:
        start_chain(db, actor, _COLLECTIVE_TITLE, _COLLECTIVE_BOXES, _COLLECTIVE_LINKS)
