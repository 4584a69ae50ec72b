"""The daily work of a PRE and its means: delays, contacts, actions, hours, cost, relay, opinions."""

from functools import partial

from impact.vocabulary import CommunityKind, Sensitivity
from impact_maps.indicator import Direction, Family, Indicator, Unit

FOLLOW_UP = "Parcours, fiches de suivi et fiches de sortie"
_SHEETS = "Fiches d'orientation, accords et décisions"
_NOTES = "Fiches de suivi"
_EXITS = "Fiches de sortie et d'évaluation"
_SCHOOLING = "Scolarité par année"
_ACTIONS = "Actions des parcours"
_REVIEWS = "Bilans de parcours"
_MEETINGS = "Réunions de l'équipe pluridisciplinaire de soutien"
_PARTS = "{label} : {numerator} des {denominator} enfants ({value})."

# Children counted one by one, whose small numbers are protected.
pre = partial(
    Indicator,
    source="Fiches d'orientation et décisions de l'équipe pluridisciplinaire de soutien",
    sensitivity=Sensitivity.PERSON,
    family=Family.PRE,
    census=True,
    kinds=(CommunityKind.PRE,),
)

PRE_WORK = (
    pre(
        "pre.consents", "Accord des parents",
        "Situations reçues pendant la période dont un représentant légal a donné son accord avant la fin de la période.",
        Unit.SHARE, "situations avec l'accord des parents", "situations reçues",
        "{numerator} des {denominator} situations reçues [numerator: a l'accord|ont l'accord] des parents ({value}).", direction=Direction.UP, source=_SHEETS,
    ),
    pre(
        "pre.waiting", "Situations en attente au dernier jour",
        "Situations reçues au plus tard le dernier jour et sans décision ce jour-là, anciennes comprises.",
        Unit.COUNT, "situations en attente", "", "Situations en attente au dernier jour : {value}.", direction=Direction.DOWN, source=_SHEETS,
    ),
    pre(
        "pre.not_started", "Parcours décidés et non commencés",
        "Situations dont le parcours est décidé au plus tard le dernier jour, et n'a pas commencé ce jour-là.",
        Unit.COUNT, "parcours décidés et non commencés", "", "Parcours décidés et non commencés : {value}.", direction=Direction.DOWN, source=_SHEETS,
    ),
    pre(
        "pre.start_delay", "Délai entre décision et début du parcours",
        "Nombre médian de jours entre la décision et le début, pour les parcours commencés pendant la période ; zéro quand ils coïncident ou"
        " que le parcours a commencé avant.",
        Unit.DAYS, "parcours commencés", "parcours commencés",
        "Pour la moitié des {n} parcours commencés, il s'écoule {value} [value: jour|jours] au plus entre la décision et le début.", direction=Direction.DOWN,
        source=FOLLOW_UP,
    ),
    pre(
        "pre.full_delay", "Délai entre orientation et début du parcours",
        "Nombre médian de jours entre la réception de la situation et le début, pour les parcours commencés pendant la période.",
        Unit.DAYS, "parcours commencés", "parcours commencés",
        "Pour la moitié des {n} parcours commencés, il s'écoule {value} [value: jour|jours] au plus entre l'orientation et le début.", direction=Direction.DOWN,
        source=FOLLOW_UP,
    ),
    pre(
        "pre.first_contact_delay", "Délai jusqu'au premier contact",
        "Nombre médian de jours entre le début du parcours et le premier contact noté, pour les parcours commencés pendant la période ; ceux"
        " qui n'ont pas encore de contact sont comptés à part.",
        Unit.DAYS, "parcours avec un contact", "parcours commencés",
        "Pour la moitié des {n} parcours, le premier contact vient {value} [value: jour|jours] au plus après le début.", direction=Direction.DOWN, source=_NOTES,
    ),
    pre(
        "pre.followed_now", "Enfants suivis au dernier jour", "Enfants dont un parcours est ouvert le dernier jour de la période.",
        Unit.COUNT, "enfants suivis ce jour-là", "", "Enfants suivis au dernier jour : {value}.", source=FOLLOW_UP,
    ),
    pre(
        "pre.returning", "Enfants revenus",
        "Enfants suivis pendant la période qui avaient déjà eu un parcours, ou dont le parcours a été rouvert.",
        Unit.SHARE, "enfants revenus", "enfants suivis", "{numerator} des {denominator} enfants suivis [numerator: était déjà venu|étaient déjà venus] ({value}).",
        source=FOLLOW_UP,
    ),
    pre(
        "pre.district", "Enfants d'un quartier prioritaire",
        "Enfants suivis qui habitent un quartier prioritaire, selon la dernière année scolaire renseignée au dernier jour de la période.",
        Unit.SHARE, "enfants d'un quartier prioritaire", "enfants suivis dont le quartier est connu",
        "{numerator} des {denominator} enfants [numerator: habite|habitent] un quartier prioritaire ({value}).", source=_SCHOOLING,
    ),
    pre(
        "pre.priority_education", "Éducation prioritaire",
        "Enfants suivis selon le réseau de leur établissement, la dernière année scolaire renseignée.",
        Unit.SHARE, "enfants de ce réseau", "enfants suivis dont le réseau est connu", _PARTS, breakdown=True, source=_SCHOOLING,
    ),
    pre(
        "pre.school_stages", "Enfants suivis par niveau scolaire",
        "Enfants suivis selon leur classe, la dernière année scolaire renseignée : maternelle, élémentaire, collège, lycée.",
        Unit.SHARE, "enfants de ce niveau", "enfants suivis dont la classe est connue", _PARTS, breakdown=True, source=_SCHOOLING,
    ),
    pre(
        "pre.taken_up_by_sex", "Prises en charge, filles et garçons",
        "Parmi les situations reçues pendant la période, part de celles qui donnent un parcours avant sa fin, pour les filles et pour les garçons.",
        Unit.SHARE, "situations avec un parcours", "situations reçues",
        "{label} : {numerator} des {denominator} situations [numerator: donne|donnent] un parcours ({value}).", breakdown=True, source=_SHEETS,
    ),
    pre(
        "pre.support_length_by_sex", "Durée de l'accompagnement, filles et garçons",
        "Durée médiane, en mois, par la méthode de Kaplan-Meier, comme pour tous les enfants.",
        Unit.MONTHS, "parcours terminés", "parcours décidés jusqu'à la fin de la période",
        "{label} : la moitié des parcours sont terminés au bout de {value} mois (entre {low} et {high}).", breakdown=True, source=FOLLOW_UP,
        census=False,
    ),
    pre(
        "pre.contacts", "Contacts notés", "Fiches de suivi dont le contact est daté de la période ; une note commune à une fratrie compte pour chaque enfant.",
        Unit.COUNT, "contacts", "", "Contacts notés : {value}.", source=_NOTES,
    ),
    pre(
        "pre.contact_hours", "Heures de contact par enfant",
        "Heures notées sur les fiches de suivi de la période, divisées par le nombre d'enfants suivis qui en ont une au moins avec sa durée.",
        Unit.MEAN, "heures de contact", "enfants avec une durée notée", "Heures de contact par enfant, en moyenne : {value} ({n} enfants).", source=_NOTES, symbol="h",
    ),
    pre(
        "pre.intensity", "Contacts par mois de suivi",
        "Pour chaque enfant suivi, contacts de la période divisés par les mois de suivi dans la période ; valeur médiane. Les enfants suivis"
        " moins d'un demi-mois sont à part.",
        Unit.MEDIAN, "contacts par mois", "enfants suivis un demi-mois au moins",
        "La moitié des {n} enfants ont au plus {value} [value: contact|contacts] par mois de suivi.", source=_NOTES,
    ),
    pre(
        "pre.contact_gap", "Écart entre deux contacts",
        "Pour chaque enfant suivi, écart médian en jours entre deux contacts de la période ; valeur médiane des enfants qui en ont deux au moins.",
        Unit.DAYS, "jours entre deux contacts", "enfants avec deux contacts au moins",
        "Pour la moitié des {n} enfants, {value} [value: jour|jours] au plus [value: sépare|séparent] d'ordinaire deux contacts.", direction=Direction.DOWN, source=_NOTES,
    ),
    pre(
        "pre.silent", "Enfants sans contact depuis six semaines",
        "Enfants suivis au dernier jour dont aucun contact n'est noté dans les 42 jours qui précèdent ; un parcours plus récent n'est pas compté.",
        Unit.SHARE, "enfants sans contact depuis six semaines", "enfants suivis depuis six semaines au moins",
        "{numerator} des {denominator} enfants [numerator: n'a aucun|n'ont aucun] contact noté depuis six semaines ({value}).", direction=Direction.DOWN, source=_NOTES,
    ),
    pre(
        "pre.home_visits", "Enfants visités chez eux", "Enfants suivis pour qui une visite à domicile est notée dans la période.",
        Unit.SHARE, "enfants visités chez eux", "enfants suivis", "{numerator} des {denominator} enfants [numerator: a eu|ont eu] une visite à domicile ({value}).",
        source=_NOTES,
    ),
    pre(
        "pre.reviewed_twice", "Enfants revus deux fois",
        "Enfants suivis dont le parcours a eu deux bilans par domaine au moins avant la fin de la période.",
        Unit.SHARE, "enfants revus deux fois", "enfants suivis", "{numerator} des {denominator} enfants [numerator: a été revu|ont été revus] au moins deux fois ({value}).",
        direction=Direction.UP, source=_REVIEWS,
    ),
    pre(
        "pre.progress_any", "Enfants qui progressent dans un domaine",
        "Parmi les enfants revus deux fois, ceux dont une note au moins a monté entre le premier et le dernier bilan. Une évolution observée"
        " n'est pas un effet du programme.",
        Unit.SHARE, "enfants qui progressent dans un domaine au moins", "enfants revus deux fois",
        "{numerator} des {denominator} enfants revus deux fois [numerator: progresse|progressent] dans un domaine au moins ({value}).", direction=Direction.UP,
        source=_REVIEWS,
    ),
    pre(
        "pre.referent_changes", "Enfants qui ont changé de référent",
        "Enfants suivis dont le parcours a eu deux référents au moins avant la fin de la période.",
        Unit.SHARE, "enfants qui ont changé de référent", "enfants suivis",
        "{numerator} des {denominator} enfants [numerator: a changé|ont changé] de référent ({value}).", direction=Direction.DOWN, source=FOLLOW_UP,
    ),
    pre(
        "pre.children_per_referent", "Enfants par référent",
        "Nombre médian d'enfants suivis par référent, au dernier jour de la période.",
        Unit.MEDIAN, "enfants par référent", "enfants suivis ayant un référent", "La moitié des référents suivent au plus {value} [value: enfant|enfants].", source=FOLLOW_UP,
    ),
    pre(
        "pre.objectives_mean", "Objectifs par parcours", "Nombre moyen d'objectifs des parcours ouverts dans la période, ceux qui n'en ont pas compris.",
        Unit.MEAN, "objectifs", "parcours ouverts dans la période", "Objectifs par parcours, en moyenne : {value} ({n} enfants).", source=FOLLOW_UP,
    ),
    pre(
        "pre.objective_reached", "Parcours terminés avec un objectif atteint",
        "Parmi les parcours terminés dans la période dont un résultat au moins est connu, ceux où un objectif au moins est atteint.",
        Unit.SHARE, "parcours avec un objectif atteint", "parcours terminés dont un résultat est connu",
        "{numerator} des {denominator} parcours terminés [numerator: a atteint|ont atteint] un objectif au moins ({value}).", direction=Direction.UP, source=_EXITS,
    ),
    pre(
        "pre.relay", "Relais à la sortie",
        "Sorties de la période dont la fiche dit qui prend le relais parmi les services de droit commun.",
        Unit.SHARE, "sorties avec un relais", "sorties", "{numerator} des {denominator} sorties [numerator: a un|ont un] relais écrit ({value}).",
        direction=Direction.UP, source=_EXITS,
    ),
    pre(
        "pre.opinions", "Avis recueillis à la sortie",
        "Sorties de la période dont la fiche porte l'avis de l'enfant, des parents, du référent ; une sortie peut porter les trois.",
        Unit.SHARE, "sorties avec cet avis", "sorties", "{label} : {numerator} des {denominator} sorties ({value}).", breakdown=True,
        direction=Direction.UP, source=_EXITS,
    ),
    pre(
        "pre.gone_by_reason", "Sortis dans les douze mois, par motif",
        "Part des parcours sortis pour ce motif douze mois après la décision : incidence cumulée d'Aalen et Johansen, où les motifs se disputent"
        " les sorties ; avec la part encore suivie, le total est 100 %. Non donnée quand moins de cinq parcours ont été observés aussi longtemps.",
        Unit.SHARE, "", "parcours décidés jusqu'à la fin de la période", "{label} : {value} des parcours, douze mois après la décision.",
        breakdown=True, source=FOLLOW_UP, census=False,
    ),
    pre(
        "pre.curve", "Encore suivis, trimestre après trimestre",
        "Courbe de Kaplan-Meier lue tous les trois mois, coupée là où moins de cinq parcours ont été observés aussi longtemps. Hors de"
        " l'équipe, un point n'est donné que si cinq parcours au moins se sont terminés depuis le point précédent.",
        Unit.SHARE, "", "parcours décidés jusqu'à la fin de la période",
        "Après {label}, {value} des parcours sont encore ouverts (entre {low} et {high}).", breakdown=True, source=FOLLOW_UP, census=False,
    ),
    pre(
        "pre.overdue", "Parcours qui ont passé leur fin prévue",
        "Parmi les parcours ouverts au dernier jour et dont la fin prévue est écrite, ceux dont elle est passée.",
        Unit.SHARE, "parcours qui ont passé leur fin prévue", "parcours ouverts dont la fin prévue est écrite",
        "{numerator} des {denominator} parcours [numerator: a passé sa|ont passé leur] fin prévue ({value}).", direction=Direction.DOWN, source=FOLLOW_UP,
    ),
    pre(
        "pre.actions_by_domain", "Enfants ayant une action, par domaine",
        "Enfants suivis pour qui une action de ce domaine a lieu dans la période ; un enfant peut en avoir dans plusieurs domaines.",
        Unit.SHARE, "enfants ayant une action de ce domaine", "enfants suivis", _PARTS, breakdown=True, sensitivity=Sensitivity.SENSITIVE,
        source=_ACTIONS,
    ),
    pre(
        "pre.action_hours", "Heures d'action par parcours",
        "Heures médianes des actions, pour les parcours ouverts dans la période dont une action au moins porte ses heures ; heures de toute"
        " l'action, non réparties par année.",
        Unit.MEDIAN, "heures d'action", "parcours dont les heures sont connues", "La moitié des {n} parcours ont au plus {value} [value: heure|heures] d'action.",
        source=_ACTIONS, symbol="h",
    ),
    pre(
        "pre.cost", "Coût des actions par parcours",
        "Coût moyen, en euros, des actions des parcours ouverts dans la période dont une action au moins porte son coût ; coût de toute l'action.",
        Unit.MEAN, "euros", "parcours dont un coût est connu", "Coût des actions par parcours, en moyenne : {value} € ({n} parcours).", source=_ACTIONS, symbol="€",
    ),
    pre(
        "pre.cofunding", "Part cofinancée du coût des actions",
        "Euros apportés par d'autres que le PRE, rapportés au coût des actions des parcours ouverts dans la période.",
        Unit.SHARE, "euros apportés par d'autres", "euros de coût", "{value} du coût des actions est apporté par d'autres que le PRE.",
        direction=Direction.UP, source=_ACTIONS,
    ),
    pre(
        "pre.support_meetings", "Réunions de l'équipe de soutien", "Réunions de l'équipe pluridisciplinaire de soutien tenues dans la période.",
        Unit.COUNT, "réunions", "", "Réunions de l'équipe de soutien : {value}.", source=_MEETINGS,
    ),
    pre(
        "pre.meeting_presence", "Institutions présentes en équipe de soutien",
        "Présences d'institutions aux réunions de la période, rapportées aux invitations.",
        Unit.SHARE, "institutions présentes", "institutions conviées",
        "{numerator} [numerator: présence|présences] pour {denominator} invitations d'institutions ({value}).", direction=Direction.UP,
        source=_MEETINGS,
    ),
)  # fmt: skip
