"""The entries of the catalogue on events: days, webinars, forums, class sequences."""

from impact.vocabulary import CommunityKind, Sensitivity
from impact_maps.indicator import Direction, Family, Indicator, Unit

_KINDS = (CommunityKind.CITE, CommunityKind.COLLECTIVE)


def _event(
    code: str,
    title: str,
    definition: str,
    unit: Unit,
    numerator: str,
    denominator: str,
    reading: str,
    breakdown: bool = False,
    direction: Direction = Direction.NEUTRAL,
    sensitivity: Sensitivity = Sensitivity.OPEN,
) -> Indicator:
    return Indicator(
        f"events.{code}", title, definition, unit, numerator, denominator, reading, "Comptages des événements",
        sensitivity, Family.EVENTS, True, breakdown, direction, kinds=_KINDS,
    )  # fmt: skip


EVENTS = (
    _event(
        "held", "Événements tenus",
        "Journées, webinaires, forums et séquences en classe de la période où des personnes sont comptées.",
        Unit.COUNT, "événements tenus", "", "Événements tenus : {value}.",
    ),
    _event(
        "registered", "Inscriptions", "Inscriptions aux événements tenus pendant la période, séquences en classe à part.",
        Unit.COUNT, "inscriptions", "", "Inscriptions aux événements tenus : {value}.",
    ),
    _event(
        "presences", "Présences aux événements", "Présents sur place et à distance, aux événements tenus pendant la période.",
        Unit.COUNT, "présences", "", "Présences aux événements : {value}.", direction=Direction.UP,
    ),
    _event(
        "excused", "Inscrits excusés", "Inscrits qui ont prévenu de leur absence, parmi les inscriptions.",
        Unit.SHARE, "inscrits excusés", "inscriptions", "Excusés : {numerator} des {denominator} inscriptions ({value}).",
    ),
    _event(
        "remote", "Présences à distance", "Présents à distance, parmi toutes les présences.",
        Unit.SHARE, "présences à distance", "présences", "À distance : {numerator} des {denominator} présences ({value}).",
    ),
    _event(
        "by_kind", "Présences aux événements, par institution",
        "Présences aux événements comptés par institution ; les types absents sont montrés à zéro.",
        Unit.SHARE, "présences de ce type d'institution", "présences comptées par institution",
        "{label} : {numerator} des {denominator} présences ({value}).", True,
    ),
    _event(
        "gap", "Écart à l'équilibre visé entre institutions",
        "Part des présences qui devraient venir d'une autre institution pour atteindre l'équilibre que la série vise : la"
        " moitié de la somme des écarts. Les séries sans équilibre visé n'y entrent pas.",
        Unit.SHARE, "présences à déplacer", "présences des séries qui visent un équilibre",
        "À déplacer pour atteindre l'équilibre visé : {value} des {denominator} présences.", direction=Direction.DOWN,
    ),
    _event(
        "young_people", "Jeunes ayant eu au moins une séquence en classe",
        "Sans liste de noms, on ne donne que le plus petit et le plus grand nombre possibles : au moins la séquence la plus"
        " suivie de chaque classe ; au plus ses présences, sans dépasser son effectif.",
        Unit.COUNT, "jeunes ayant eu au moins une séquence", "", "Jeunes ayant eu au moins une séquence : {value}.",
        direction=Direction.UP, sensitivity=Sensitivity.PERSON,
    ),
    _event(
        "offers", "Offres faites dans le réseau", "Offres qu'une structure a faites aux autres pendant la période.",
        Unit.COUNT, "offres", "", "Offres faites dans le réseau : {value}.", direction=Direction.UP,
    ),
    _event(
        "relevance", "Pertinence des offres",
        "Avis « utile » ou « indispensable », parmi les avis donnés sur les offres faites pendant la période ; un avis par"
        " personne et par offre.",
        Unit.SHARE, "avis utiles ou indispensables", "avis donnés sur les offres",
        "Utiles ou indispensables : {numerator} des {denominator} avis ({value}).", direction=Direction.UP,
    ),
)  # fmt: skip
