"""What is measured: one entry per indicator. `reports/computing/` says how much, under the same codes."""

from impact.vocabulary import CommunityKind, Sensitivity
from impact_maps.cooperation_indicators import COOPERATION
from impact_maps.family_indicators import FAMILIES
from impact_maps.indicator import READING_FIELDS, Direction, Family, Indicator, Unit

__all__ = ["CATALOGUE", "READING_FIELDS", "Direction", "Family", "Indicator", "Unit", "catalogue_for"]


def _participation(
    code: str,
    title: str,
    definition: str,
    unit: Unit,
    numerator: str,
    denominator: str,
    reading: str,
    breakdown: bool = False,
    direction: Direction = Direction.NEUTRAL,
) -> Indicator:
    return Indicator(
        f"participation.{code}", title, definition, unit, numerator, denominator, reading, "Feuilles d'émargement",
        Sensitivity.OPEN, Family.PARTICIPATION, True, breakdown, direction,
    )  # fmt: skip


def _pre(
    code: str,
    title: str,
    definition: str,
    unit: Unit,
    numerator: str,
    denominator: str,
    reading: str,
    breakdown: bool = False,
    direction: Direction = Direction.NEUTRAL,
    sensitivity: Sensitivity = Sensitivity.PERSON,
    source: str = "Fiches d'orientation et décisions de l'équipe pluridisciplinaire de soutien",
    census: bool = True,
) -> Indicator:
    return Indicator(
        f"pre.{code}", title, definition, unit, numerator, denominator, reading, source, sensitivity, Family.PRE,
        census, breakdown, direction, kinds=(CommunityKind.PRE,),
    )  # fmt: skip


def _satisfaction(
    code: str,
    title: str,
    definition: str,
    unit: Unit,
    numerator: str,
    denominator: str,
    reading: str,
    sensitivity: Sensitivity = Sensitivity.PERSON,
    direction: Direction = Direction.NEUTRAL,
    census: bool = False,
) -> Indicator:
    return Indicator(
        f"satisfaction.{code}", title, definition, unit, numerator, denominator, reading,
        "Questionnaires anonymes, dernière vague ouverte dans la période", sensitivity, Family.SATISFACTION, census,
        True, direction,
    )  # fmt: skip


_FOLLOW_UP = "Parcours, fiches de suivi et fiches de sortie"
_WITHOUT_NAMES = " Sans liste de noms, on ne donne que le plus petit et le plus grand nombre possibles."

_ALL = (
    _participation(
        "workshops_held", "Ateliers tenus", "Ateliers tenus pendant la période, hors ateliers annulés.",
        Unit.COUNT, "ateliers tenus", "", "Ateliers tenus : {value}.",
    ),
    _participation(
        "presences_by_workshop", "Présences par atelier",
        "Personnes présentes à chaque atelier : les noms émargés, ou à défaut le nombre de personnes relevé.",
        Unit.COUNT, "personnes présentes à l'atelier", "", "{label} : personnes présentes, {value}.", breakdown=True,
    ),
    _participation(
        "presences", "Présences en tout",
        "Somme des présences de tous les ateliers tenus ; une personne venue trois fois compte trois fois.",
        Unit.COUNT, "présences", "", "Présences en tout : {value} (ateliers comptés : {n}).",
    ),
    _participation(
        "presences_mean", "Présences par atelier, en moyenne",
        "Présences en tout, divisées par le nombre d'ateliers dont la présence est relevée.",
        Unit.MEAN, "présences", "ateliers tenus dont la présence est relevée",
        "Personnes par atelier, en moyenne : {value} (présences : {numerator} ; ateliers : {denominator}).",
    ),
    _participation(
        "people", "Personnes différentes",
        "Personnes venues au moins une fois pendant la période, chacune comptée une fois." + _WITHOUT_NAMES,
        Unit.COUNT, "personnes venues au moins une fois", "", "Personnes différentes, venues au moins une fois : {value}.",
    ),
    _participation(
        "people_by_presences", "Personnes selon le nombre d'ateliers suivis",
        "Chaque personne est comptée une fois, au nombre d'ateliers auxquels elle est venue pendant la période.",
        Unit.COUNT, "personnes venues à ce nombre d'ateliers", "personnes venues au moins une fois",
        "Venues {label} fois : {numerator} des {denominator} personnes.", breakdown=True,
    ),
    _participation(
        "core_group", "Noyau régulier",
        "Personnes venues à au moins k des m ateliers tenus d'un cycle pendant la période ; k est fixé pour le cycle,"
        " et vaut sinon la moitié des ateliers, arrondie au-dessus." + _WITHOUT_NAMES,
        Unit.COUNT, "personnes venues à au moins k ateliers", "personnes venues au moins une fois",
        "Le noyau régulier compte {numerator} des {denominator} personnes venues.",
    ),
    _participation(
        "core_share", "Part du noyau régulier dans les présences",
        "Présences des personnes du noyau régulier, rapportées à toutes les présences du même cycle.",
        Unit.SHARE, "présences du noyau régulier", "présences en tout",
        "Le noyau régulier fait {numerator} des {denominator} présences ({value}).",
    ),
    _participation(
        "core_by_workshop", "Présences du noyau régulier par atelier",
        "Personnes du noyau régulier présentes à chaque atelier du cycle.",
        Unit.COUNT, "personnes du noyau régulier présentes", "personnes présentes à l'atelier",
        "{label} : noyau régulier, {numerator} des {denominator} personnes présentes.", breakdown=True,
    ),
    _participation(
        "newcomers_by_workshop", "Nouvelles personnes par atelier",
        "Personnes qui viennent pour la première fois à un atelier du cycle. Le premier atelier n'a que des personnes nouvelles.",
        Unit.COUNT, "personnes venues pour la première fois", "personnes présentes à l'atelier",
        "{label} : venues pour la première fois, {numerator} des {denominator} personnes présentes.", breakdown=True,
    ),
    _participation(
        "retention", "Retour d'un atelier au suivant",
        "Parmi les personnes présentes à un atelier, part de celles qui sont présentes au suivant du même cycle."
        " Ne se calcule qu'avec les noms : le rapport de deux nombres de présents ne dit pas qui est revenu.",
        Unit.SHARE, "personnes présentes aux deux ateliers", "personnes présentes à l'atelier d'avant",
        "{label} : revenues, {numerator} des {denominator} personnes de l'atelier d'avant ({value}).",
        breakdown=True, direction=Direction.UP,
    ),
    _participation(
        "one_time", "Personnes venues une seule fois",
        "Personnes présentes à un seul atelier, parmi celles venues au moins une fois. Nécessite les noms et au moins deux ateliers.",
        Unit.SHARE, "personnes venues une seule fois", "personnes venues au moins une fois",
        "Venues une seule fois : {numerator} des {denominator} personnes ({value}).",
    ),
    _participation(
        "people_by_kind", "Personnes par type de structure",
        "Personnes venues au moins une fois, selon le type de leur structure ; celles dont la structure est inconnue sont à part.",
        Unit.SHARE, "personnes des structures de ce type", "personnes dont la structure est connue",
        "{label} : {numerator} des {denominator} personnes ({value}).", breakdown=True,
    ),
    _participation(
        "organisations", "Structures présentes",
        "Structures dont au moins une personne est venue à un atelier de la période.",
        Unit.COUNT, "structures présentes au moins une fois", "", "Structures présentes au moins une fois : {value}.",
    ),
    _participation(
        "organisations_by_kind", "Structures présentes, par type",
        "Structures dont au moins une personne est venue, selon leur type ; les types absents sont montrés à zéro.",
        Unit.SHARE, "structures de ce type présentes", "structures présentes",
        "{label} : {numerator} des {denominator} structures ({value}).", breakdown=True,
    ),
    _participation(
        "equivalent_kinds", "Nombre équivalent de types de structures",
        "Nombre de types d'égal poids qui donnerait la même diversité (exponentielle de l'entropie de Shannon, nombre de Hill d'ordre 1),"
        " calculé sur les structures présentes.",
        Unit.INDEX, "structures présentes, par type", "structures présentes",
        "La participation équivaut à celle de {value} types de structures d'égal poids.", direction=Direction.UP,
    ),
    _participation(
        "trend", "Tendance des présences",
        "Tau-b de Kendall entre le rang de l'atelier et le nombre de présents, de −1 (baisse à chaque fois) à +1 (hausse à chaque fois),"
        " avec le test de Mann-Kendall exact. Au moins trois ateliers d'un même cycle.",
        Unit.INDEX, "paires d'ateliers en hausse moins paires en baisse", "paires d'ateliers comparées",
        "Tendance des présences sur {n} ateliers : {value}, entre −1 (baisse) et +1 (hausse).", direction=Direction.UP,
    ),
    _pre(
        "situations_received", "Situations reçues",
        "Situations adressées au PRE pendant la période, qu'elles soient suivies d'un parcours ou non.",
        Unit.COUNT, "situations reçues", "", "Situations reçues : {value}.",
    ),
    _pre(
        "situations_taken_up", "Situations prises en charge",
        "Situations reçues pendant la période pour lesquelles un parcours a été décidé, à la fin de la période.",
        Unit.SHARE, "situations suivies d'un parcours", "situations reçues",
        "Suivies d'un parcours : {numerator} des {denominator} situations reçues ({value}).",
    ),
    _pre(
        "situations_by_outcome", "Situations reçues, selon la décision",
        "Dernière décision connue de l'équipe pour chaque situation reçue pendant la période ; les situations sans décision sont comptées.",
        Unit.SHARE, "situations avec cette décision", "situations reçues",
        "{label} : {numerator} des {denominator} situations ({value}).", breakdown=True,
    ),
    _pre(
        "origins", "Qui adresse les situations",
        "Situations reçues pendant la période, selon la personne ou l'institution qui les a adressées.",
        Unit.SHARE, "situations de cette origine", "situations reçues",
        "{label} : {numerator} des {denominator} situations ({value}).", breakdown=True,
    ),
    _pre(
        "decision_delay", "Délai entre réception et décision",
        "Nombre médian de jours entre la réception d'une situation et la décision de l'équipe (la mise en attente n'en est pas une), pour les"
        " situations reçues pendant la période et décidées avant sa fin ; celles qui attendent encore sont comptées à part.",
        Unit.DAYS, "situations décidées", "situations reçues",
        "Pour la moitié des {n} situations décidées, le délai ne dépasse pas {value} jours.", direction=Direction.DOWN,
    ),
    _pre(
        "children_followed", "Enfants suivis",
        "Enfants et jeunes dont le parcours a été ouvert au moins un jour de la période, chacun compté une fois.",
        Unit.COUNT, "enfants suivis", "", "Enfants suivis : {value}.", source=_FOLLOW_UP,
    ),
    _pre(
        "pathways_opened", "Parcours ouverts",
        "Parcours commencés pendant la période ; un enfant peut en avoir plusieurs.",
        Unit.COUNT, "parcours commencés", "", "Parcours ouverts : {value}.", source=_FOLLOW_UP,
    ),
    _pre(
        "children_by_sex", "Enfants suivis, filles et garçons", "Enfants suivis pendant la période, selon leur sexe.",
        Unit.SHARE, "enfants de ce sexe", "enfants suivis dont le sexe est connu",
        "{label} : {numerator} des {denominator} enfants ({value}).", breakdown=True, source=_FOLLOW_UP,
    ),
    _pre(
        "children_by_age", "Enfants suivis, par âge",
        "Enfants suivis pendant la période, selon leur âge au premier jour de la période.",
        Unit.SHARE, "enfants de cette tranche d'âge", "enfants suivis dont l'âge est connu",
        "{label} : {numerator} des {denominator} enfants ({value}).", breakdown=True, source=_FOLLOW_UP,
    ),
    _pre(
        "motives", "Motifs d'orientation",
        "Motifs de la fiche d'orientation des enfants suivis ; un enfant peut en avoir plusieurs, le total dépasse donc 100 %.",
        Unit.SHARE, "enfants ayant ce motif", "enfants suivis dont un motif est connu",
        "{label} : {numerator} des {denominator} enfants ({value}).", breakdown=True, sensitivity=Sensitivity.SENSITIVE,
    ),
    _pre(
        "first_motive", "Premier motif d'orientation",
        "Motif placé en premier sur la fiche d'orientation la plus récente de chaque enfant suivi.",
        Unit.SHARE, "enfants ayant ce premier motif", "enfants suivis dont un motif est connu",
        "{label} : {numerator} des {denominator} enfants ({value}).", breakdown=True, sensitivity=Sensitivity.SENSITIVE,
    ),
    _pre(
        "support_length", "Durée de l'accompagnement",
        "Durée médiane, en mois, entre la décision d'ouvrir un parcours et la sortie, par la méthode de Kaplan-Meier : les enfants encore suivis"
        " comptent jusqu'au dernier jour de la période. Porte sur tous les parcours décidés jusqu'à ce jour. Donnée seulement si"
        " la moitié des parcours sont terminés.",
        Unit.MONTHS, "parcours terminés", "parcours décidés jusqu'à la fin de la période",
        "La moitié des parcours sont terminés au bout de {value} mois (entre {low} et {high}). Les enfants encore suivis sont comptés.",
        source=_FOLLOW_UP, census=False,
    ),
    _pre(
        "still_followed", "Enfants encore suivis après 6, 12, 18 et 24 mois",
        "Part des parcours encore ouverts après cette durée, par la méthode de Kaplan-Meier ; non donnée quand moins de cinq parcours"
        " ont été observés aussi longtemps.",
        Unit.SHARE, "", "parcours décidés jusqu'à la fin de la période",
        "Après {label}, {value} des parcours sont encore ouverts (entre {low} et {high}).",
        breakdown=True, source=_FOLLOW_UP, census=False,
    ),
    _pre(
        "exits", "Parcours terminés", "Parcours dont la sortie est datée de la période.",
        Unit.COUNT, "parcours terminés", "", "Parcours terminés : {value}.", source=_FOLLOW_UP,
    ),
    _pre(
        "exits_by_reason", "Motifs de sortie", "Parcours terminés pendant la période, selon le motif de la sortie.",
        Unit.SHARE, "parcours terminés pour ce motif", "parcours terminés",
        "{label} : {numerator} des {denominator} sorties ({value}).", breakdown=True, source=_FOLLOW_UP,
    ),
    _pre(
        "objectives", "Objectifs atteints à la sortie",
        "Objectifs des parcours terminés pendant la période, selon le résultat constaté à la sortie ; les résultats inconnus sont à part.",
        Unit.SHARE, "objectifs avec ce résultat", "objectifs dont le résultat est connu",
        "{label} : {numerator} des {denominator} objectifs ({value}).", breakdown=True, source=_FOLLOW_UP,
    ),
    _pre(
        "contacts_by_kind", "Contacts avec les familles et les partenaires",
        "Fiches de suivi dont le contact est daté de la période, selon la forme du contact.",
        Unit.SHARE, "contacts de cette forme", "contacts de la période",
        "{label} : {numerator} des {denominator} contacts ({value}).", breakdown=True, source=_FOLLOW_UP,
    ),
    _pre(
        "domain_change", "Évolution observée par domaine",
        "Pour chaque domaine du bilan, part des enfants dont la note a monté, moins part de ceux dont elle a baissé, entre le premier bilan du"
        " parcours et le dernier bilan de la période ; les enfants revus une seule fois sont comptés à part. L'intervalle est celui de Bonett et"
        " Price (2012). Une évolution observée n'est pas un effet du programme.",
        Unit.POINTS, "", "enfants revus au moins deux fois dans ce domaine",
        "{label} : solde de {value} entre progrès et reculs, pour {n} enfants revus deux fois (entre {low} et {high}).",
        breakdown=True, direction=Direction.UP, sensitivity=Sensitivity.SENSITIVE, source="Bilans de parcours", census=False,
    ),
    _satisfaction(
        "responses", "Questionnaires reçus", "Réponses enregistrées pour la vague, entières ou non.",
        Unit.COUNT, "questionnaires reçus", "", "{label} : questionnaires reçus, {value}.",
        Sensitivity.OPEN, census=True,
    ),
    _satisfaction(
        "response_rate", "Taux de réponse",
        "Questionnaires reçus, rapportés au nombre de personnes invitées. Non calculable pour un lien ouvert, dont on ne sait pas qui l'a reçu.",
        Unit.SHARE, "questionnaires reçus", "personnes invitées",
        "{label} : {numerator} réponses pour {denominator} personnes invitées ({value}).",
        Sensitivity.OPEN, Direction.UP, census=True,
    ),
    _satisfaction(
        "distribution", "Répartition des réponses",
        "Réponses à chaque question, niveau par niveau ; les niveaux que personne n'a choisis sont montrés.",
        Unit.SHARE, "personnes ayant choisi ce niveau", "personnes ayant répondu à la question",
        "{label} : {numerator} des {denominator} personnes ({value}).",
    ),
    _satisfaction(
        "top_two", "Réponses favorables",
        "Part des deux niveaux les plus favorables, parmi les personnes ayant répondu à la question. L'intervalle de Wilson tient compte du"
        " nombre de personnes invitées quand il est connu ; il n'y en a pas quand toutes ont répondu.",
        Unit.SHARE, "personnes ayant choisi l'un des deux niveaux les plus favorables", "personnes ayant répondu à la question",
        "« {label} » : réponses favorables, {numerator} sur {denominator} ({value}, entre {low} et {high}).",
        direction=Direction.UP,
    ),
    _satisfaction(
        "top_two_bounds", "Réponses favorables, bornes sans hypothèse",
        "Part favorable parmi toutes les personnes invitées si aucune des personnes sans réponse n'était favorable, et si toutes l'étaient.",
        Unit.SHARE, "personnes ayant choisi l'un des deux niveaux les plus favorables", "personnes ayant répondu à la question",
        "« {label} » : en comptant les personnes qui n'ont pas répondu ({missing}), la part réelle est comprise entre {low} et {high}.",
    ),
    _satisfaction(
        "item_missing", "Questions laissées sans réponse",
        "Personnes qui ont rendu le questionnaire sans répondre à cette question, qu'elles l'aient laissée vide ou préféré ne rien dire.",
        Unit.SHARE, "personnes n'ayant pas répondu à la question", "questionnaires reçus",
        "« {label} » : sans réponse, {numerator} sur {denominator} questionnaires.",
        Sensitivity.OPEN, Direction.DOWN, census=True,
    ),
    _satisfaction(
        "item_refusals", "Questions auxquelles on préfère ne pas répondre",
        "Personnes qui ont choisi de ne pas répondre à cette question ; souvent, c'est la question qu'il faut changer.",
        Unit.SHARE, "personnes ayant préféré ne pas répondre", "questionnaires reçus",
        "« {label} » : préfèrent ne pas répondre, {numerator} sur {denominator} personnes.",
        Sensitivity.OPEN, Direction.DOWN, census=True,
    ),
    _satisfaction(
        "choices", "Réponses choisies",
        "Réponses données aux questions à liste. Une personne peut en choisir plusieurs quand la question le permet ; pour un classement, on"
        " compte ce qui est mis en premier. « Je ne sais pas » n'est pas une réponse.",
        Unit.SHARE, "personnes ayant choisi cette réponse", "personnes ayant répondu à la question",
        "{label} : {numerator} des {denominator} personnes ({value}).",
    ),
    _satisfaction(
        "net_promoter", "Recommandation, de −100 à 100",
        "Part des notes 9 et 10 moins part des notes 0 à 6, en points, sur une vraie échelle de 0 à 10. L'intervalle est de Wald, ajusté sous"
        " 30 réponses. Une échelle à cinq réponses n'en a pas.",
        Unit.POINTS, "notes 9 et 10, moins notes 0 à 6", "personnes ayant donné une note",
        "« {label} » : {value} pour {n} réponses, entre {low} et {high}.",
    ),
    _satisfaction(
        "numbers", "Nombres déclarés",
        "Valeur médiane : la moitié des personnes disent moins, la moitié davantage. Les quartiles sont donnés à partir de 11 réponses.",
        Unit.MEDIAN, "nombre du milieu", "personnes ayant répondu à la question",
        "« {label} » : médiane {value}, pour {n} réponses.",
    ),
)  # fmt: skip

CATALOGUE: dict[str, Indicator] = {indicator.code: indicator for indicator in (*_ALL, *COOPERATION, *FAMILIES)}


def catalogue_for(kind: CommunityKind) -> list[Indicator]:
    """The indicators of a kind of community, in the catalogue's order."""
    return [indicator for indicator in CATALOGUE.values() if kind in indicator.kinds]
