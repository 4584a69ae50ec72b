"""The follow-up of the children of a PRE: what is counted, from the orientation to the exit."""

from impact.vocabulary import Sensitivity
from impact_maps.indicator import Direction, Unit
from impact_maps.pre_work_indicators import FOLLOW_UP, PRE_WORK, pre

PRE = (
    pre(
        "pre.situations_received", "Situations reçues",
        "Situations adressées au PRE pendant la période, qu'elles soient suivies d'un parcours ou non.",
        Unit.COUNT, "situations reçues", "", "Situations reçues : {value}.",
    ),
    pre(
        "pre.situations_taken_up", "Situations prises en charge",
        "Situations reçues pendant la période pour lesquelles un parcours a été décidé, à la fin de la période.",
        Unit.SHARE, "situations suivies d'un parcours", "situations reçues",
        "Suivies d'un parcours : {numerator} des {denominator} situations reçues ({value}).",
    ),
    pre(
        "pre.situations_by_outcome", "Situations reçues, selon la décision",
        "Dernière décision connue de l'équipe pour chaque situation reçue pendant la période ; les situations sans décision sont comptées.",
        Unit.SHARE, "situations avec cette décision", "situations reçues",
        "{label} : {numerator} des {denominator} situations ({value}).", breakdown=True,
    ),
    pre(
        "pre.origins", "Qui adresse les situations",
        "Situations reçues pendant la période, selon la personne ou l'institution qui les a adressées.",
        Unit.SHARE, "situations de cette origine", "situations reçues",
        "{label} : {numerator} des {denominator} situations ({value}).", breakdown=True,
    ),
    pre(
        "pre.decision_delay", "Délai entre réception et décision",
        "Nombre médian de jours entre la réception d'une situation et la décision de l'équipe (la mise en attente n'en est pas une), pour les"
        " situations reçues pendant la période et décidées avant sa fin ; celles qui attendent encore sont comptées à part.",
        Unit.DAYS, "situations décidées", "situations reçues",
        "Pour la moitié des {n} situations décidées, le délai ne dépasse pas {value} [value: jour|jours].", direction=Direction.DOWN,
    ),
    pre(
        "pre.children_followed", "Enfants suivis",
        "Enfants et jeunes dont le parcours a été ouvert au moins un jour de la période, chacun compté une fois.",
        Unit.COUNT, "enfants suivis", "", "Enfants suivis : {value}.", source=FOLLOW_UP,
    ),
    pre(
        "pre.families_helped", "Familles aidées",
        "Familles d'au moins un enfant suivi pendant la période : les frères et sœurs reliés dans les dossiers comptent une fois, un enfant"
        " qu'aucun lien ne relie compte pour une famille.",
        Unit.COUNT, "familles d'enfants suivis", "", "Familles aidées : {value}.", source=FOLLOW_UP,
    ),
    pre(
        "pre.pathways_opened", "Parcours ouverts",
        "Parcours commencés pendant la période ; un enfant peut en avoir plusieurs.",
        Unit.COUNT, "parcours commencés", "", "Parcours ouverts : {value}.", source=FOLLOW_UP,
    ),
    pre(
        "pre.children_by_sex", "Enfants suivis, filles et garçons", "Enfants suivis pendant la période, selon leur sexe.",
        Unit.SHARE, "enfants de ce sexe", "enfants suivis dont le sexe est connu",
        "{label} : {numerator} des {denominator} enfants ({value}).", breakdown=True, source=FOLLOW_UP,
    ),
    pre(
        "pre.children_by_age", "Enfants suivis, par âge",
        "Enfants suivis pendant la période, selon leur âge au premier jour de la période.",
        Unit.SHARE, "enfants de cette tranche d'âge", "enfants suivis dont l'âge est connu",
        "{label} : {numerator} des {denominator} enfants ({value}).", breakdown=True, source=FOLLOW_UP,
    ),
    pre(
        "pre.children_by_profile", "Enfants suivis, par profil d'accompagnement",
        "Enfants suivis pendant la période, selon le profil de leur parcours le plus récent au dernier jour de la période : un changement d'après n'y touche"
        " pas. L'enquête nationale publie quatre profils sans les"
        " définir : ceux-ci viennent de la liste du PRE.",
        Unit.SHARE, "enfants de ce profil", "enfants suivis dont le profil est connu",
        "{label} : {numerator} des {denominator} enfants ({value}).", breakdown=True, source=FOLLOW_UP,
    ),
    pre(
        "pre.motives", "Motifs d'orientation",
        "Motifs de la fiche d'orientation des enfants suivis ; un enfant peut en avoir plusieurs, le total dépasse donc 100 %.",
        Unit.SHARE, "enfants ayant ce motif", "enfants suivis dont un motif est connu",
        "{label} : {numerator} des {denominator} enfants ({value}).", breakdown=True, sensitivity=Sensitivity.SENSITIVE,
    ),
    pre(
        "pre.first_motive", "Premier motif d'orientation",
        "Motif placé en premier sur la fiche d'orientation la plus récente de chaque enfant suivi.",
        Unit.SHARE, "enfants ayant ce premier motif", "enfants suivis dont un motif est connu",
        "{label} : {numerator} des {denominator} enfants ({value}).", breakdown=True, sensitivity=Sensitivity.SENSITIVE,
    ),
    pre(
        "pre.support_length", "Durée de l'accompagnement",
        "Durée médiane, en mois, entre la décision d'ouvrir un parcours et la sortie, par la méthode de Kaplan-Meier : les enfants encore suivis"
        " comptent jusqu'au dernier jour de la période. Porte sur tous les parcours décidés jusqu'à ce jour. Donnée seulement si"
        " la moitié des parcours sont terminés.",
        Unit.MONTHS, "parcours terminés", "parcours décidés jusqu'à la fin de la période",
        "La moitié des parcours sont terminés au bout de {value} mois (entre {low} et {high}). Les enfants encore suivis sont comptés.",
        source=FOLLOW_UP, census=False,
    ),
    pre(
        "pre.still_followed", "Enfants encore suivis après 6, 12, 18 et 24 mois",
        "Part des parcours encore ouverts après cette durée, par la méthode de Kaplan-Meier ; non donnée quand moins de cinq parcours"
        " ont été observés aussi longtemps.",
        Unit.SHARE, "", "parcours décidés jusqu'à la fin de la période",
        "Après {label}, {value} des parcours sont encore ouverts (entre {low} et {high}).",
        breakdown=True, source=FOLLOW_UP, census=False,
    ),
    pre(
        "pre.exits", "Parcours terminés", "Parcours dont la sortie est datée de la période.",
        Unit.COUNT, "parcours terminés", "", "Parcours terminés : {value}.", source=FOLLOW_UP,
    ),
    pre(
        "pre.exits_by_reason", "Motifs de sortie", "Parcours terminés pendant la période, selon le motif de la sortie.",
        Unit.SHARE, "parcours terminés pour ce motif", "parcours terminés",
        "{label} : {numerator} des {denominator} sorties ({value}).", breakdown=True, source=FOLLOW_UP,
    ),
    pre(
        "pre.objectives", "Objectifs atteints à la sortie",
        "Objectifs des parcours terminés pendant la période, selon le résultat constaté à la sortie ; les résultats inconnus sont à part.",
        Unit.SHARE, "objectifs avec ce résultat", "objectifs dont le résultat est connu",
        "{label} : {numerator} des {denominator} objectifs ({value}).", breakdown=True, source=FOLLOW_UP,
    ),
    pre(
        "pre.contacts_by_kind", "Contacts avec les familles et les partenaires",
        "Fiches de suivi dont le contact est daté de la période, selon la forme du contact.",
        Unit.SHARE, "contacts de cette forme", "contacts de la période",
        "{label} : {numerator} des {denominator} contacts ({value}).", breakdown=True, source=FOLLOW_UP,
    ),
    pre(
        "pre.domain_change", "Évolution observée par domaine",
        "Pour chaque domaine du bilan, part des enfants dont la note a monté, moins part de ceux dont elle a baissé, entre le premier bilan du"
        " parcours et le dernier bilan de la période ; les enfants revus une seule fois sont comptés à part. L'intervalle est celui de Bonett et"
        " Price (2012). Une évolution observée n'est pas un effet du programme.",
        Unit.POINTS, "", "enfants revus au moins deux fois dans ce domaine",
        "{label} : solde de {value} entre progrès et reculs, pour {n} enfants revus deux fois (entre {low} et {high}).",
        breakdown=True, direction=Direction.UP, sensitivity=Sensitivity.SENSITIVE, source="Bilans de parcours", census=False,
    ),
    *PRE_WORK,
)  # fmt: skip
