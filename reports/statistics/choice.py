"""Which method a comparison calls for, and why: the decision table of STATISTICS §3, in one place."""

from dataclasses import dataclass
from enum import StrEnum

# Under this number of pairs, or of people in the smaller group, counts alone are said.
LEAST_FOR_A_TEST = 11
# Past this share of people lost between the first and the last wave, complete cases no longer speak for the cohort.
MOST_LOST = 0.20
# With fewer schools or groups than this, only the means of groups may be compared.
LEAST_CLUSTERS = 10


class Measure(StrEnum):
    """What each person gives: a yes or no, one level of an ordered item, a score over several items."""

    YES_NO = "yes_no"
    LEVEL = "level"
    SCORE = "score"


class Method(StrEnum):
    """What to compute; the functions are in the other modules of `reports.statistics`."""

    DESCRIBE = "describe"
    COUNTS = "counts"
    MCNEMAR = "mcnemar_midp"
    SIGN_FLIP = "sign_flip"
    PAIRED_STUDENT = "paired_student"
    COCHRAN_Q = "cochran_q"
    FRIEDMAN = "friedman"
    PAGE = "page"
    FISHER = "fisher_midp"
    MANN_WHITNEY = "mann_whitney"
    WELCH = "welch"
    KRUSKAL = "kruskal"
    GROUP_MEANS = "group_means"


@dataclass(frozen=True)
class Design:
    """Who was measured, and how often.

    `n` is the number of pairs (of people complete at every wave), or the smaller group. `lost` is the share of the entry
    cohort that is not complete; `clusters` the number of schools or families when answers go together within them.
    """

    measure: Measure
    n: int
    same_people: bool = True
    waves: int = 2
    groups: int = 1
    census: bool = False
    order_predicted: bool = False
    lost: float = 0.0
    clusters: int | None = None


@dataclass(frozen=True)
class Choice:
    """The method, its interval and its effect size as codes ("" when there is none); `why` and `cautions` are French."""

    method: Method
    interval: str
    effect: str
    why: str
    cautions: tuple[str, ...] = ()


_TWO_WAVES = {
    Measure.YES_NO: (
        Method.MCNEMAR,
        "bonett_price",
        "net",
        "Une réponse par oui ou non, deux fois les mêmes personnes : test de McNemar, version mid-p.",
    ),
    Measure.LEVEL: (
        Method.SIGN_FLIP,
        "bonett_price",
        "rank_biserial",
        "Une seule question à cinq réponses, deux fois les mêmes personnes : rangs signés (Pratt, mid-p), solde entre"
        " progrès et reculs.",
    ),
    Measure.SCORE: (
        Method.PAIRED_STUDENT,
        "student",
        "g_av",
        "Un score sur plusieurs questions, deux fois les mêmes personnes : intervalle de Student sur les changements.",
    ),
}
_GROUPS = {
    Measure.YES_NO: (Method.FISHER, "newcombe", "difference", "Deux groupes, oui ou non : test de Fisher, mid-p."),
    Measure.LEVEL: (Method.MANN_WHITNEY, "cliff", "cliff_delta", "Deux groupes, réponses ordonnées : Mann-Whitney."),
    Measure.SCORE: (Method.WELCH, "welch", "hedges_g", "Deux groupes, un score : différence de Welch."),
}
NOT_THE_SAME = "Ce ne sont pas les mêmes personnes : on compare deux groupes, on ne dit pas que quelqu’un a changé."
TOO_MANY_LOST = (
    "Plus d’une personne sur cinq manque à la fin : les personnes restées ne représentent plus celles du début. Un modèle"
    " mixte serait l’outil juste ; ici, le résultat est donné avec ses bornes."
)
CLUSTERED = "Les réponses d’un même groupe se ressemblent : l’incertitude réelle est plus grande que celle affichée."


def choose(design: Design) -> Choice:
    """The first rule of STATISTICS §3 that applies; ValueError for a design with nobody's measure to compare."""
    if design.n < 0 or design.waves < 1 or design.groups < 1:
        raise ValueError("a design has people, waves and groups")
    cautions = _cautions(design)
    if design.census:
        why = "Toutes les personnes concernées ont répondu : on décrit, sans test ni marge d’incertitude."
        return Choice(Method.DESCRIBE, "", "", why, cautions)
    if design.n < LEAST_FOR_A_TEST:
        why = f"Moins de {LEAST_FOR_A_TEST} personnes à comparer : on donne des nombres, sans test."
        return Choice(Method.COUNTS, "", "", why, cautions)
    if design.clusters is not None and design.clusters < LEAST_CLUSTERS:
        why = f"Moins de {LEAST_CLUSTERS} groupes : on compare les moyennes des groupes, par permutation."
        return Choice(Method.GROUP_MEANS, "", "", why, cautions)
    if design.same_people and design.waves >= 3:
        return _several_waves(design, cautions)
    if design.same_people and design.waves == 2:
        return Choice(*_TWO_WAVES[design.measure], cautions)
    if design.groups >= 3:
        why = "Trois groupes ou plus : Kruskal-Wallis, puis deux à deux avec la correction de Holm."
        return Choice(Method.KRUSKAL, "", "", why, cautions)
    return Choice(*_GROUPS[design.measure], cautions)


def _several_waves(design: Design, cautions: tuple[str, ...]) -> Choice:
    whole = "sur les personnes présentes à toutes les vagues"
    if design.measure is Measure.YES_NO:
        return Choice(Method.COCHRAN_Q, "", "", f"Oui ou non, trois vagues ou plus : Q de Cochran, {whole}.", cautions)
    if design.order_predicted:
        why = f"Une progression était annoncée : test de Page, {whole}."
        return Choice(Method.PAGE, "", "kendall_w", why, cautions)
    return Choice(Method.FRIEDMAN, "", "kendall_w", f"Trois vagues ou plus : test de Friedman, {whole}.", cautions)


def _cautions(design: Design) -> tuple[str, ...]:
    found = []
    if not design.same_people:
        found.append(NOT_THE_SAME)
    if design.same_people and design.lost > MOST_LOST:
        found.append(TOO_MANY_LOST)
    if design.clusters is not None:
        found.append(CLUSTERED)
    return tuple(found)
