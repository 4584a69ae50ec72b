"""What is measured: one entry per indicator. `reports/computing/` says how much, under the same codes."""

from collections.abc import Collection
from functools import partial

from impact.vocabulary import CommunityKind, Sensitivity
from impact_maps.cohort_indicators import COHORT
from impact_maps.cooperation_indicators import COOPERATION
from impact_maps.event_indicators import EVENTS
from impact_maps.family_indicators import FAMILIES
from impact_maps.indicator import READING_FIELDS, Direction, Family, Indicator, Unit
from impact_maps.mediation_indicators import MEDIATION
from impact_maps.pre_indicators import PRE
from impact_maps.school_indicators import SCHOOLS

__all__ = ["CATALOGUE", "READING_FIELDS", "Direction", "Family", "Indicator", "Unit", "catalogue_for", "codes_of"]

_participation = partial(
    Indicator, source="Feuilles d'émargement", sensitivity=Sensitivity.OPEN, family=Family.PARTICIPATION, census=True
)

_satisfaction = partial(
    Indicator,
    source="Questionnaires anonymes, dernière vague ouverte dans la période",
    sensitivity=Sensitivity.PERSON,
    family=Family.SATISFACTION,
    census=False,
    breakdown=True,
)


_WITHOUT_NAMES = " Sans liste de noms, on ne donne que le plus petit et le plus grand nombre possibles."

_ALL = (
    _participation(
        "participation.workshops_held", "Ateliers tenus", "Ateliers tenus pendant la période, hors ateliers annulés.",
        Unit.COUNT, "ateliers tenus", "", "Ateliers tenus : {value}.",
    ),
    _participation(
        "participation.presences_by_workshop", "Présences par atelier",
        "Personnes présentes à chaque atelier : les noms émargés, ou à défaut le nombre de personnes relevé.",
        Unit.COUNT, "personnes présentes à l'atelier", "", "« {label} » : {value} [value: personne présente|personnes présentes].", breakdown=True,
    ),
    _participation(
        "participation.presences", "Présences en tout",
        "Somme des présences de tous les ateliers tenus ; une personne venue trois fois compte trois fois.",
        Unit.COUNT, "présences", "", "Présences en tout : {value} (ateliers comptés : {n}).",
    ),
    _participation(
        "participation.presences_mean", "Présences par atelier, en moyenne",
        "Présences en tout, divisées par le nombre d'ateliers dont la présence est relevée.",
        Unit.MEAN, "présences", "ateliers tenus dont la présence est relevée",
        "Personnes par atelier, en moyenne : {value} (présences : {numerator} ; ateliers : {denominator}).",
    ),
    _participation(
        "participation.people", "Personnes différentes",
        "Personnes venues au moins une fois pendant la période, chacune comptée une fois." + _WITHOUT_NAMES,
        Unit.COUNT, "personnes venues au moins une fois", "", "Personnes différentes, venues au moins une fois : {value}.",
    ),
    _participation(
        "participation.people_by_presences", "Personnes selon le nombre d'ateliers suivis",
        "Chaque personne est comptée une fois, au nombre d'ateliers auxquels elle est venue pendant la période.",
        Unit.COUNT, "personnes venues à ce nombre d'ateliers", "personnes venues au moins une fois",
        "Venues {label} fois : {numerator} des {denominator} personnes.", breakdown=True,
    ),
    _participation(
        "participation.core_group", "Noyau régulier",
        "Personnes venues à la moitié au moins des ateliers tenus d'un cycle pendant la période, ou à un autre nombre"
        " d'ateliers quand le cycle en a fixé un." + _WITHOUT_NAMES,
        Unit.COUNT, "personnes venues assez souvent pour en être", "personnes venues au moins une fois",
        "Le noyau régulier compte {numerator} des {denominator} personnes venues.",
    ),
    _participation(
        "participation.core_share", "Part du noyau régulier dans les présences",
        "Présences des personnes du noyau régulier, rapportées à toutes les présences du même cycle.",
        Unit.SHARE, "présences du noyau régulier", "présences en tout",
        "Le noyau régulier fait {numerator} des {denominator} présences ({value}).",
    ),
    _participation(
        "participation.core_by_workshop", "Présences du noyau régulier par atelier",
        "Personnes du noyau régulier présentes à chaque atelier du cycle.",
        Unit.COUNT, "personnes du noyau régulier présentes", "personnes présentes à l'atelier",
        "{label} : noyau régulier, {numerator} des {denominator} personnes présentes.", breakdown=True,
    ),
    _participation(
        "participation.newcomers_by_workshop", "Nouvelles personnes par atelier",
        "Personnes qui viennent pour la première fois à un atelier du cycle. Le premier atelier n'a que des personnes nouvelles.",
        Unit.COUNT, "personnes venues pour la première fois", "personnes présentes à l'atelier",
        "{label} : venues pour la première fois, {numerator} des {denominator} personnes présentes.", breakdown=True,
    ),
    _participation(
        "participation.retention", "Retour d'un atelier au suivant",
        "Parmi les personnes présentes à un atelier, part de celles qui sont présentes au suivant du même cycle."
        " Ne se calcule qu'avec les noms : le rapport de deux nombres de présents ne dit pas qui est revenu.",
        Unit.SHARE, "personnes présentes aux deux ateliers", "personnes présentes à l'atelier d'avant",
        "{label} : revenues, {numerator} des {denominator} personnes de l'atelier d'avant ({value}).",
        breakdown=True, direction=Direction.UP,
    ),
    _participation(
        "participation.one_time", "Personnes venues une seule fois",
        "Personnes présentes à un seul atelier, parmi celles venues au moins une fois. Nécessite les noms et au moins deux ateliers.",
        Unit.SHARE, "personnes venues une seule fois", "personnes venues au moins une fois",
        "Venues une seule fois : {numerator} des {denominator} personnes ({value}).",
    ),
    _participation(
        "participation.people_by_kind", "Personnes par type de structure",
        "Personnes venues au moins une fois, selon le type de leur structure ; celles dont la structure est inconnue sont à part.",
        Unit.SHARE, "personnes des structures de ce type", "personnes dont la structure est connue",
        "{label} : {numerator} des {denominator} personnes ({value}).", breakdown=True,
    ),
    _participation(
        "participation.organisations", "Structures présentes",
        "Structures dont au moins une personne est venue à un atelier de la période.",
        Unit.COUNT, "structures présentes au moins une fois", "", "Structures présentes au moins une fois : {value}.",
    ),
    _participation(
        "participation.organisations_by_kind", "Structures présentes, par type",
        "Structures dont au moins une personne est venue, selon leur type ; les types absents sont montrés à zéro.",
        Unit.SHARE, "structures de ce type présentes", "structures présentes",
        "{label} : {numerator} des {denominator} structures ({value}).", breakdown=True,
    ),
    _participation(
        "participation.equivalent_kinds", "Nombre équivalent de types de structures",
        "Nombre de types d'égal poids qui donnerait la même diversité (exponentielle de l'entropie de Shannon, nombre de Hill d'ordre 1),"
        " calculé sur les structures présentes.",
        Unit.INDEX, "structures présentes, par type", "structures présentes",
        "La participation équivaut à celle de {value} [value: type|types] de structures d'égal poids.", direction=Direction.UP,
    ),
    _participation(
        "participation.trend", "Tendance des présences",
        "Tau-b de Kendall entre le rang de l'atelier et le nombre de présents, de −1 (baisse à chaque fois) à +1 (hausse à chaque fois),"
        " avec le test de Mann-Kendall exact. Au moins trois ateliers d'un même cycle.",
        Unit.INDEX, "paires d'ateliers en hausse moins paires en baisse", "paires d'ateliers comparées",
        "Tendance des présences sur {n} ateliers : {value}, entre −1 (baisse) et +1 (hausse).", direction=Direction.UP,
    ),
    *PRE,
    _satisfaction(
        "satisfaction.responses", "Questionnaires reçus", "Réponses enregistrées pour la vague, entières ou non.",
        Unit.COUNT, "questionnaires reçus", "", "{label} : questionnaires reçus, {value}.",
        sensitivity=Sensitivity.OPEN, census=True,
    ),
    _satisfaction(
        "satisfaction.response_rate", "Taux de réponse",
        "Questionnaires reçus, rapportés au nombre de personnes invitées. Non calculable pour un lien ouvert, dont on ne sait pas qui l'a reçu.",
        Unit.SHARE, "questionnaires reçus", "personnes invitées",
        "{label} : {numerator} [numerator: réponse|réponses] pour {denominator} personnes invitées ({value}).",
        sensitivity=Sensitivity.OPEN, direction=Direction.UP, census=True,
    ),
    _satisfaction(
        "satisfaction.distribution", "Répartition des réponses",
        "Réponses à chaque question, niveau par niveau ; les niveaux que personne n'a choisis sont montrés.",
        Unit.SHARE, "personnes ayant choisi ce niveau", "personnes ayant répondu à la question",
        "{label} : {numerator} des {denominator} personnes ({value}).",
    ),
    _satisfaction(
        "satisfaction.top_two", "Réponses favorables",
        "Part des deux niveaux les plus favorables, parmi les personnes ayant répondu à la question. L'intervalle de Wilson tient compte du"
        " nombre de personnes invitées quand il est connu ; il n'y en a pas quand toutes ont répondu.",
        Unit.SHARE, "personnes ayant choisi l'un des deux niveaux les plus favorables", "personnes ayant répondu à la question",
        "« {label} » : réponses favorables, {numerator} sur {denominator} ({value}, entre {low} et {high}).",
        direction=Direction.UP,
    ),
    _satisfaction(
        "satisfaction.top_two_bounds", "Réponses favorables, bornes sans hypothèse",
        "Part favorable parmi toutes les personnes invitées si aucune des personnes sans réponse n'était favorable, et si toutes l'étaient.",
        Unit.SHARE, "personnes ayant choisi l'un des deux niveaux les plus favorables", "personnes ayant répondu à la question",
        "« {label} » : en comptant les personnes qui n'ont pas répondu ({missing}), la part réelle est comprise entre {low} et {high}.",
    ),
    _satisfaction(
        "satisfaction.item_missing", "Questions laissées sans réponse",
        "Personnes qui ont rendu le questionnaire sans répondre à cette question, qu'elles l'aient laissée vide ou préféré ne rien dire.",
        Unit.SHARE, "personnes n'ayant pas répondu à la question", "questionnaires reçus",
        "« {label} » : sans réponse, {numerator} sur {denominator} questionnaires.",
        sensitivity=Sensitivity.OPEN, direction=Direction.DOWN, census=True,
    ),
    _satisfaction(
        "satisfaction.item_refusals", "Questions auxquelles on préfère ne pas répondre",
        "Personnes qui ont choisi de ne pas répondre à cette question ; souvent, c'est la question qu'il faut changer.",
        Unit.SHARE, "personnes ayant préféré ne pas répondre", "questionnaires reçus",
        "« {label} » : préfèrent ne pas répondre, {numerator} sur {denominator} personnes.",
        sensitivity=Sensitivity.OPEN, direction=Direction.DOWN, census=True,
    ),
    _satisfaction(
        "satisfaction.choices", "Réponses choisies",
        "Réponses données aux questions à liste. Une personne peut en choisir plusieurs quand la question le permet ; pour un classement, on"
        " compte ce qui est mis en premier. « Je ne sais pas » n'est pas une réponse.",
        Unit.SHARE, "personnes ayant choisi cette réponse", "personnes ayant répondu à la question",
        "{label} : {numerator} des {denominator} personnes ({value}).",
    ),
    _satisfaction(
        "satisfaction.net_promoter", "Recommandation, de −100 à 100",
        "Part des notes 9 et 10 moins part des notes 0 à 6, en points, sur une vraie échelle de 0 à 10. L'intervalle est de Wald, ajusté sous"
        " 30 réponses. Une échelle à cinq réponses n'en a pas.",
        Unit.POINTS, "notes 9 et 10, moins notes 0 à 6", "personnes ayant donné une note",
        "« {label} » : {value} pour {n} réponses, entre {low} et {high}.",
    ),
    _satisfaction(
        "satisfaction.numbers", "Nombres déclarés",
        "Valeur médiane : la moitié des personnes disent moins, la moitié davantage. Les quartiles sont donnés à partir de 11 réponses.",
        Unit.MEDIAN, "nombre du milieu", "personnes ayant répondu à la question",
        "« {label} » : médiane {value}, pour {n} réponses.",
    ),
    _satisfaction(
        "satisfaction.themes", "Thèmes des réponses écrites",
        "Personnes qui parlent d'un thème du livre des codes, chacune comptée une fois, parmi celles dont la réponse écrite a été lue. Un thème"
        " est donné à partir de 5 personnes, et de 11 réponses lues ; deux lectures différentes ne comptent que ce qu'elles ont en commun.",
        Unit.SHARE, "personnes parlant du thème", "personnes dont la réponse écrite a été lue",
        "{label} : {numerator} des {denominator} personnes ({value}).",
    ),
    _satisfaction(
        "satisfaction.readers_agree", "Accord de deux lectures",
        "Kappa de Cohen de deux personnes qui lisent les mêmes réponses sans se concerter, thème par thème, avec l'intervalle de Fleiss, Cohen et"
        " Everitt, à partir de 11 réponses lues deux fois. 1 : elles sont toujours d'accord ; 0 : pas plus que par hasard.",
        Unit.INDEX, "", "réponses lues par deux personnes",
        "{label} : accord de {value}, pour {n} réponses lues deux fois.",
    ),
    _satisfaction(
        "satisfaction.score", "Scores, de 1 à 5",
        "Moyenne, pour chaque personne, des questions d'un thème, les phrases inversées retournées ; il faut deux tiers des réponses. Intervalle"
        " de Student. Pas de moyenne sous 11 personnes.",
        Unit.MEAN, "", "personnes ayant répondu à deux tiers des questions du thème",
        "{label} : {value} sur 5 en moyenne, pour {n} personnes (entre {low} et {high}).", direction=Direction.UP,
    ),
    _satisfaction(
        "satisfaction.reliability", "Cohérence des questions d'un thème",
        "Alpha de Cronbach des personnes ayant répondu à toutes les questions du thème, avec l'intervalle de Feldt, à partir de 30 personnes ;"
        " oméga de McDonald à partir de 50. Proche de 1, les questions mesurent la même chose.",
        Unit.INDEX, "", "personnes ayant répondu à toutes les questions du thème",
        "{label} : cohérence de {value}, pour {n} personnes (entre {low} et {high}).",
    ),
)  # fmt: skip

CATALOGUE: dict[str, Indicator] = {
    indicator.code: indicator for indicator in (*_ALL, *COOPERATION, *EVENTS, *FAMILIES, *COHORT, *SCHOOLS, *MEDIATION)
}


def catalogue_for(kind: CommunityKind) -> list[Indicator]:
    """The indicators of a kind of community, in the catalogue's order."""
    return [indicator for indicator in CATALOGUE.values() if kind in indicator.kinds]


def codes_of(families: Collection[Family]) -> list[str]:
    """The codes of some chapters of the catalogue, in its order."""
    return [code for code, indicator in CATALOGUE.items() if indicator.family in families]
