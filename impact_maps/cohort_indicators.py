"""The entries of the catalogue on cohorts (STATISTICS §2.C and §2.D): the same people asked several times."""

from functools import partial

from impact.vocabulary import Sensitivity
from impact_maps.indicator import Direction, Family, Indicator, Unit

_NOT_AN_EFFECT = " Une évolution observée n'est pas un effet du programme."
_SAME = "personnes ayant répondu la première et la dernière fois"

_cohort = partial(
    Indicator,
    source="Questionnaires confidentiels d'une cohorte, reliés d'une vague à l'autre",
    sensitivity=Sensitivity.PERSON,
    family=Family.COHORT,
    census=False,
    breakdown=True,
)


COHORT = (
    _cohort(
        "cohort.retention",
        "Personnes encore suivies à chaque moment",
        "Personnes ayant répondu à ce moment, parmi celles invitées au premier (parmi celles qui y ont répondu, quand un code relie les réponses)."
        " Qui arrive plus tard n'y entre pas. L'intervalle est celui de Wilson.",
        Unit.SHARE,
        "personnes ayant répondu à ce moment",
        "personnes de la cohorte à l'entrée",
        "{label} : {numerator} des {denominator} personnes de l'entrée ({value}, entre {low} et {high}).",
    ),
    _cohort(
        "cohort.complete_pairs",
        "Paires complètes",
        "Personnes ayant répondu la première et la dernière fois, seules à pouvoir dire un changement, parmi celles de l'entrée.",
        Unit.SHARE,
        _SAME,
        "personnes de la cohorte à l'entrée",
        "{label} : {numerator} [numerator: paire complète|paires complètes] pour {denominator} personnes à l'entrée ({value}).",
        census=True,
    ),
    _cohort(
        "cohort.net_change",
        "Progrès moins reculs, question par question",
        "Pour chaque question, part des personnes qui répondent plus favorablement la dernière fois que la première, moins part de celles qui"
        " répondent moins favorablement, parmi les paires complètes. Intervalle de Bonett et Price ; test des rangs signés (Pratt, mid-p) ;"
        " les valeurs p des questions qui n'ont pas été annoncées sont corrigées ensemble (Benjamini-Hochberg)."
        + _NOT_AN_EFFECT,
        Unit.POINTS,
        "",
        _SAME + ", et aux deux fois à cette question",
        "{label} : solde de {value} entre progrès et reculs, pour {n} personnes (entre {low} et {high}).",
        direction=Direction.UP,
    ),
    _cohort(
        "cohort.score_change",
        "Évolution d'un score",
        "Changement moyen d'un score de 1 à 5, entre le premier et le dernier moment, chez les mêmes personnes ; il faut deux tiers des réponses."
        " Intervalle de Student ; taille d'effet g_av. La mesure annoncée avant les réponses reçoit un verdict, tiré de l'intervalle et du plus"
        " petit changement qui compte ; les autres valeurs p sont corrigées ensemble (Benjamini-Hochberg)."
        + _NOT_AN_EFFECT,
        Unit.MEAN,
        "",
        _SAME,
        "{label} : {value} point en moyenne, pour {n} personnes (entre {low} et {high}).",
        direction=Direction.UP,
    ),
    _cohort(
        "cohort.moments",
        "Évolution sur trois moments ou plus",
        "W de Kendall : de 0 (les moments se valent) à 1 (tout le monde les classe pareil), chez les personnes présentes à tous les moments."
        " Test de Friedman, puis deux à deux avec la correction de Holm." + _NOT_AN_EFFECT,
        Unit.INDEX,
        "",
        "personnes ayant répondu à tous les moments",
        "{label} : concordance de {value} entre les moments, pour {n} personnes.",
    ),
    _cohort(
        "cohort.selective_loss",
        "Différence de départ entre restés et perdus",
        "Score moyen à l'entrée des personnes restées moins celui des personnes perdues, en écarts-types. Au-delà de 0,10 on le signale, au-delà"
        " de 0,25 le résultat n'est plus celui de la cohorte de départ.",
        Unit.INDEX,
        "",
        "personnes ayant répondu à l'entrée",
        "{label} : écart de départ de {value} écart-type entre les personnes restées ({n}) et perdues ({missing}).",
    ),
    _cohort(
        "cohort.score_bounds",
        "Bornes sans hypothèse du dernier score",
        "Score moyen du dernier moment si toutes les personnes perdues avaient répondu au plus bas, puis au plus haut.",
        Unit.MEAN,
        "",
        "personnes de la cohorte à l'entrée",
        "{label} : {value} chez les personnes qui ont répondu ({n}) ; entre {low} et {high} en comptant les personnes perdues ({missing}).",
    ),
)
