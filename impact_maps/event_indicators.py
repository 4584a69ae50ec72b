"""The entries of the catalogue on events: days, webinars, forums, class sequences."""

from functools import partial

from impact.vocabulary import CommunityKind, Sensitivity
from impact_maps.indicator import Direction, Family, Indicator, Unit

_event = partial(
    Indicator,
    source="Comptages des événements",
    sensitivity=Sensitivity.OPEN,
    family=Family.EVENTS,
    census=True,
    kinds=(CommunityKind.CITE, CommunityKind.COLLECTIVE),
)


EVENTS = (
    _event(
        "events.held", "Événements tenus",
        "Journées, webinaires, forums et séquences en classe de la période où des personnes sont comptées.",
        Unit.COUNT, "événements tenus", "", "Événements tenus : {value}.",
    ),
    _event(
        "events.registered", "Inscriptions", "Inscriptions aux événements tenus pendant la période, séquences en classe à part.",
        Unit.COUNT, "inscriptions", "", "Inscriptions aux événements tenus : {value}.",
    ),
    _event(
        "events.presences", "Présences aux événements", "Présents sur place et à distance, aux événements tenus pendant la période.",
        Unit.COUNT, "présences", "", "Présences aux événements : {value}.", direction=Direction.UP,
    ),
    _event(
        "events.excused", "Inscrits excusés", "Inscrits qui ont prévenu de leur absence, parmi les inscriptions.",
        Unit.SHARE, "inscrits excusés", "inscriptions", "Excusés : {numerator} des {denominator} inscriptions ({value}).",
    ),
    _event(
        "events.remote", "Présences à distance", "Présents à distance, parmi toutes les présences.",
        Unit.SHARE, "présences à distance", "présences", "À distance : {numerator} des {denominator} présences ({value}).",
    ),
    _event(
        "events.by_kind", "Présences aux événements, par institution",
        "Présences aux événements comptés par institution ; les types absents sont montrés à zéro.",
        Unit.SHARE, "présences de ce type d'institution", "présences comptées par institution",
        "{label} : {numerator} des {denominator} présences ({value}).", breakdown=True,
    ),
    _event(
        "events.gap", "Écart à l'équilibre visé entre institutions",
        "Part des présences qui devraient venir d'une autre institution pour atteindre l'équilibre que la série vise : la"
        " moitié de la somme des écarts. Les séries sans équilibre visé n'y entrent pas.",
        Unit.SHARE, "présences à déplacer", "présences des séries qui visent un équilibre",
        "À déplacer pour atteindre l'équilibre visé : {value} des {denominator} présences.", direction=Direction.DOWN,
    ),
    _event(
        "events.young_people", "Jeunes ayant eu au moins une séquence en classe",
        "Sans liste de noms, on ne donne que le plus petit et le plus grand nombre possibles : au moins la séquence la plus"
        " suivie de chaque classe ; au plus ses présences, sans dépasser son effectif.",
        Unit.COUNT, "jeunes ayant eu au moins une séquence", "", "Jeunes ayant eu au moins une séquence : {value}.",
        direction=Direction.UP, sensitivity=Sensitivity.PERSON,
    ),
    _event(
        "events.offers", "Offres faites dans le réseau", "Offres qu'une structure a faites aux autres pendant la période.",
        Unit.COUNT, "offres", "", "Offres faites dans le réseau : {value}.", direction=Direction.UP,
    ),
    _event(
        "events.relevance", "Pertinence des offres",
        "Avis « utile » ou « indispensable », parmi les avis donnés sur les offres faites pendant la période ; un avis par"
        " personne et par offre.",
        Unit.SHARE, "avis utiles ou indispensables", "avis donnés sur les offres",
        "Utiles ou indispensables : {numerator} des {denominator} avis ({value}).", direction=Direction.UP,
    ),
)  # fmt: skip
