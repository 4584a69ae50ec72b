"""The entries of the catalogue on school mediation: coverage, presence, activities, publics."""

from functools import partial

from impact.vocabulary import CommunityKind, Sensitivity
from impact_maps.indicator import Direction, Family, Indicator, Unit

_NOTED, _POSTED, _WEEKS = "Activités notées par les médiateurs", "Sites et affectations", "Semaines des médiateurs"
_PERIMETER = (
    " Le périmètre est la liste des sites que l'équipe tient, y compris ceux où personne n'est affecté ; un site y compte"
    " s'il en fait partie au moins un jour de la période."
)
_RATE = (
    " Un mois de présence vaut 4,35 semaines où un médiateur était là : sans activité, une telle semaine compte pour zéro ;"
    " une semaine dont personne n'a rien dit ne compte pas. Une semaine appartient à la période qui contient son jeudi. Marge : intervalle exact de Garwood, ou, quand les sites"
    " diffèrent plus que le hasard ne l'explique (variance sur moyenne au-dessus de 1,5), intervalle de Student entre sites."
)

_mediation = partial(
    Indicator,
    source=_NOTED,
    sensitivity=Sensitivity.OPEN,
    family=Family.MEDIATION,
    census=True,
    kinds=(CommunityKind.MEDIATION, CommunityKind.CITE),
)


MEDIATION = (
    _mediation(
        "mediation.sites", "Sites couverts par la médiation",
        "Sites où un médiateur est affecté au moins un jour de la période, parmi ceux du périmètre." + _PERIMETER,
        Unit.SHARE, "sites couverts", "sites du périmètre", "Couverts : {numerator} des {denominator} sites ({value}).",
        source=_POSTED, direction=Direction.UP,
    ),
    _mediation(
        "mediation.sites_by_kind", "Sites couverts, par type de site",
        "La même part pour les écoles, les collèges, les lycées et les quartiers." + _PERIMETER,
        Unit.SHARE, "sites couverts de ce type", "sites de ce type au périmètre",
        "{label} : {numerator} sur {denominator} ({value}).", breakdown=True, source=_POSTED, direction=Direction.UP,
    ),
    _mediation(
        "mediation.mediators", "Médiateurs", "Personnes affectées à un site au moins un jour de la période.",
        Unit.COUNT, "médiateurs", "", "Médiateurs : {value}.", source=_POSTED,
    ),
    _mediation(
        "mediation.fte", "Équivalents temps plein de médiation",
        "Somme des parts de temps plein de toutes les affectations, en moyenne sur les jours de la période ; une affectation"
        " sans fin compte jusqu'au dernier jour.",
        Unit.MEAN, "jours de temps plein", "jours de la période", "Équivalents temps plein, en moyenne : {value}.",
        source=_POSTED,
    ),
    _mediation(
        "mediation.activities", "Activités de médiation", "Activités notées, faites pendant la période.",
        Unit.COUNT, "activités", "", "Activités de médiation : {value}.",
    ),
    _mediation(
        "mediation.hours", "Heures de médiation", "Durée des activités de la période, en heures entières.",
        Unit.COUNT, "heures", "", "Heures de médiation : {value}.",
    ),
    _mediation(
        "mediation.rate", "Activités par site et par mois de présence",
        "Activités des semaines de présence de la période, divisées par les mois de présence d'un médiateur, tous sites"
        " réunis." + _RATE,
        Unit.MEAN, "activités", "mois de présence sur un site",
        "Par site et par mois de présence : {value} [value: activité|activités], entre {low} et {high}.", census=False,
    ),
    _mediation(
        "mediation.rate_by_site", "Activités par mois de présence, site par site",
        "Pour chaque site couvert, activités des semaines de présence divisées par ses mois de présence." + _RATE,
        Unit.MEAN, "activités", "mois de présence",
        "{label} : {value} [value: activité|activités] par mois de présence, entre {low} et {high}.", breakdown=True, census=False,
    ),
    _mediation(
        "mediation.rate_by_year", "Activités par mois de présence, année par année",
        "Le même rapport pour chaque année scolaire commencée au plus tard à la fin de la période, cinq au plus, la dernière"
        " étant arrêtée à la fin de la période." + _RATE,
        Unit.MEAN, "activités", "mois de présence sur un site",
        "{label} : {value} [value: activité|activités] par site et par mois de présence, entre {low} et {high}.", breakdown=True, census=False,
    ),
    _mediation(
        "mediation.rate_by_site_and_year", "Activités par mois de présence, site par site et année par année",
        "Le même rapport pour chaque site et chacune de ces années scolaires." + _RATE,
        Unit.MEAN, "activités", "mois de présence",
        "{label} : {value} [value: activité|activités] par mois de présence, entre {low} et {high}.", breakdown=True, census=False,
    ),
    _mediation(
        "mediation.by_axis", "Activités par axe", "Activités de la période, selon l'axe sur lequel elles travaillent.",
        Unit.SHARE, "activités sur cet axe", "activités", "{label} : {numerator} des {denominator} activités ({value}).",
        breakdown=True, sensitivity=Sensitivity.SENSITIVE,
    ),
    _mediation(
        "mediation.by_category", "Activités par type",
        "Activités de la période, selon le référentiel de médiation de l'équipe, que celle-ci modifie ; un type retiré reste"
        " sur ce qui l'emploie.",
        Unit.SHARE, "activités de ce type", "activités", "{label} : {numerator} des {denominator} activités ({value}).",
        breakdown=True, sensitivity=Sensitivity.SENSITIVE,
    ),
    _mediation(
        "mediation.by_request", "Activités selon qui les demande",
        "Activités de la période dont le demandeur est noté ; les autres sont comptées comme manquantes.",
        Unit.SHARE, "activités demandées ainsi", "activités dont le demandeur est noté",
        "{label} : {numerator} des {denominator} activités ({value}).", breakdown=True, sensitivity=Sensitivity.SENSITIVE,
    ),
    _mediation(
        "mediation.by_follow_up", "Suites données aux activités",
        "Activités de la période dont la suite est notée ; les autres sont comptées comme manquantes.",
        Unit.SHARE, "activités ayant eu cette suite", "activités dont la suite est notée",
        "{label} : {numerator} des {denominator} activités ({value}).", breakdown=True, sensitivity=Sensitivity.SENSITIVE,
    ),
    _mediation(
        "mediation.weeks_filled", "Semaines remplies",
        "Semaines de site où l'on sait si un médiateur était là, parmi celles où l'un d'eux était attendu, fermetures à part,"
        " jusqu'à la dernière semaine remplie par quelqu'un.",
        Unit.SHARE, "semaines remplies", "semaines attendues",
        "Remplies : {numerator} des {denominator} semaines de site ({value}).", source=_WEEKS, direction=Direction.UP,
    ),
    _mediation(
        "mediation.committees", "Comités de suivi tenus", "Comités de suivi de la période où des personnes sont comptées.",
        Unit.COUNT, "comités de suivi", "", "Comités de suivi tenus : {value}.", source="Réunions de la communauté",
    ),
    _mediation(
        "mediation.sites_with_committee", "Sites suivis par un comité",
        "Sites couverts dont la structure était présente à un comité de suivi de la période au moins, parmi les sites"
        " couverts.",
        Unit.SHARE, "sites suivis par un comité", "sites couverts",
        "Suivis par un comité : {numerator} des {denominator} sites couverts ({value}).",
        source="Réunions de la communauté", direction=Direction.UP,
    ),
    _mediation(
        "mediation.contacts", "Contacts avec le public",
        "Personnes rencontrées, additionnées d'une activité à l'autre : des contacts, pas des personnes différentes, car"
        " quelqu'un peut être rencontré plusieurs fois. Les activités sans nombre de personnes sont comptées comme"
        " manquantes.",
        Unit.COUNT, "contacts", "", "Contacts avec le public : {value}.", sensitivity=Sensitivity.PERSON,
    ),
    _mediation(
        "mediation.girls", "Part des filles parmi les contacts",
        "Filles, parmi les filles et les garçons comptés à part ; les autres contacts sont comptés comme manquants.",
        Unit.SHARE, "contacts avec des filles", "contacts où filles et garçons sont comptés",
        "Filles : {numerator} des {denominator} contacts ({value}).", sensitivity=Sensitivity.PERSON,
    ),
)  # fmt: skip
