"""Words of the spreadsheets: the columns they hold, what is wrong in a cell, where an import stands."""

from impact.vocabulary import Term


class Subject(Term):
    """What a row of a table tells."""

    SITUATIONS = "situations", "Une ligne par situation : la table de suivi"
    NOTES = "notes", "Une ligne par note de suivi"


class Column(Term):
    """What a column of a follow-up table says; the label is its heading in our own table."""

    NUMBER = "number", "N° dossier"
    RECEIVED_ON = "received_on", "Date d’orientation"
    FAMILY_NAME = "family_name", "Nom de l’enfant"
    GIVEN_NAME = "given_name", "Prénom"
    SEX = "sex", "Sexe"
    BIRTH_DATE = "birth_date", "Né(e) le"
    POSTCODE = "postcode", "CP"
    SCHOOL = "school", "École / collège"
    UAI = "uai", "UAI"
    CLASS = "class_name", "Classe"
    ORIGIN = "origin", "Orienté par"
    MOTIVES = "motives", "Motif(s)"
    AGREEMENT = "agreement", "Accord parents"
    MEETING_ON = "meeting_on", "Date EPS"
    DECISION = "decision", "Décision"
    REFERENT = "referent", "Référent"
    STARTED_ON = "started_on", "Début parcours"
    ENDED_ON = "ended_on", "Fin parcours"
    EXPECTED_ON = "expected_on", "Fin prévue"
    EXIT_REASON = "exit_reason", "Motif de sortie"
    PROFILE = "profile", "Profil"
    PRIORITY_AREA = "priority_area", "QPV (O/N)"
    HOURS = "hours", "Heures"
    OBSERVATIONS = "observations", "Observations"


# The field of the register that a column fills, where the coordination may switch it off.
FIELDS: dict[Term, str] = {
    Column.NUMBER: "situation_import.number",
    Column.SEX: "child.sex",
    Column.POSTCODE: "situation_import.postcode",
    Column.SCHOOL: "schooling.school",
    Column.UAI: "schooling.uai",
    Column.CLASS: "schooling.class_name",
    Column.EXPECTED_ON: "pathway.expected_end_on",
    Column.PRIORITY_AREA: "schooling.qpv",
    Column.HOURS: "pathway_action.hours",
    Column.OBSERVATIONS: "situation.context",
}


class Answer(Term):
    """A yes or no that may be missing."""

    YES = "yes", "Oui"
    NO = "no", "Non"
    UNKNOWN = "unknown", "Non renseigné"


class Verdict(Term):
    """What a table says was decided of a situation."""

    PATHWAY = "pathway", "Parcours"
    WAITING = "waiting", "En attente"
    ELSEWHERE = "elsewhere", "Orientation ailleurs"
    REFUSED = "refused", "Refus de l’équipe"
    FAMILY = "family", "Refus de la famille"


class Fault(Term):
    """What is wrong or doubtful in a cell; « {} » stands for what is written there."""

    NO_DAY = "no_day", "« {} » n’est pas une date : ce jour n’existe pas"
    NOT_A_DATE = "not_a_date", "« {} » n’est pas une date"
    NOT_A_NUMBER = "not_a_number", "« {} » n’est pas un nombre"
    OUT_OF_BOUNDS = "out_of_bounds", "« {} » est hors limites"
    UNKNOWN_VALUE = "unknown_value", "« {} » n’a pas de correspondance"
    MISSING = "missing", "il manque une valeur"
    TOO_LONG = "too_long", "ce texte est trop long"
    FUTURE_BIRTH = "future_birth", "« {} » est une naissance à venir"
    IMPOSSIBLE_BIRTH = "impossible_birth", "« {} » donne un âge impossible à l’orientation"
    BEFORE_BIRTH = "before_birth", "« {} » vient avant la naissance"
    FUTURE_RECEPTION = "future_reception", "« {} » vient après l’arrêté du tableau"
    TOO_OLD = "too_old", "« {} » est antérieur aux programmes, qui datent de janvier 2005"
    MEETING_BEFORE_RECEPTION = "meeting_before_reception", "« {} » vient avant l’orientation"
    START_BEFORE_RECEPTION = "start_before_reception", "« {} » vient avant l’orientation"
    START_WITHOUT_DECISION = "start_without_decision", "« {} » sans décision de parcours"
    END_BEFORE_START = "end_before_start", "« {} » vient avant le début du parcours"
    END_WITHOUT_START = "end_without_start", "« {} » sans début de parcours"
    REASON_WITHOUT_END = "reason_without_end", "un motif de sortie sans date de sortie"
    SHORT_YEAR = "short_year", "« {} » est lu dans les années 2000"
    SERIAL = "serial", "« {} » est un numéro de jour du tableur, lu comme une date"
    AMBIGUOUS = "ambiguous", "« {} » est lu jour puis mois, d’autres cellules de la colonne disent le contraire"
    REPEATED_NUMBER = "repeated_number", "« {} » est porté par plusieurs enfants"
    CHANGED_REFERENT = "changed_referent", "« {} » : les référents successifs sont repris avec leur date"
    NO_AGREEMENT = "no_agreement", "un parcours est décidé sans l’accord des parents"
    NO_MEETING = "no_meeting", "un parcours sans date d’équipe de soutien"
    NO_REFERENT = "no_referent", "un parcours sans référente ni référent"
    LATER = "later", "« {} » vient après l’arrêté du tableau : c’est une prévision"
    NO_NAME = "no_name", "le nom de famille manque"
    NO_BIRTH = "no_birth", "la naissance manque"
    UNUSUAL_AGE = "unusual_age", "« {} » : l’enfant a moins de 2 ans ou plus de 16 ans à l’orientation"
    INVISIBLE = "invisible", "« {} » contient un caractère invisible, retiré"
    MOJIBAKE = "mojibake", "« {} » semble abîmé : les accents sont mal lus"
    START_BEFORE_MEETING = "start_before_meeting", "« {} » vient avant l’équipe de soutien"
    NEW_VALUE = "new_value", "« {} » n’est pas dans la liste : le mot y sera ajouté"
    NO_REASON = "no_reason", "une sortie sans motif"
    NO_PATHWAY = "no_pathway", "« {} » : aucun parcours n’a commencé, ce n’est pas repris"
    UNKNOWN_CHILD = "unknown_child", "« {} » : aucun enfant suivi ne correspond"
    SEVERAL_CHILDREN = "several_children", "« {} » : plusieurs enfants suivis correspondent, précisez lequel"
    OTHER_CHILD = "other_child", "« {} » est le dossier d’un autre enfant que celui qui est nommé"
    NOT_WHOLE = "not_whole", "« {} » n’est pas un nombre entier de minutes"
    RULE = "rule", "« {} » : cette note ne peut pas être écrite"
    NO_AUTHOR = "no_author", "rien ne dit qui a écrit la note"
    UNKNOWN_AUTHOR = "unknown_author", "« {} » n’est pas reconnu : la note est mise au nom de qui importe"
    REFERENT_AUTHOR = "referent_author", "la note est mise au nom de qui suivait l’enfant ce jour-là"
    NO_KIND = "no_kind", "le moyen du contact manque : il devient « Autre »"
    REPEATED_NOTE = "repeated_note", "la même note est plus haut dans le tableau : elle n’est reprise qu’une fois"


REFUSING = frozenset(
    {
        Fault.NO_DAY,
        Fault.NOT_A_DATE,
        Fault.NOT_A_NUMBER,
        Fault.OUT_OF_BOUNDS,
        Fault.UNKNOWN_VALUE,
        Fault.MISSING,
        Fault.TOO_LONG,
        Fault.FUTURE_BIRTH,
        Fault.IMPOSSIBLE_BIRTH,
        Fault.BEFORE_BIRTH,
        Fault.FUTURE_RECEPTION,
        Fault.TOO_OLD,
        Fault.MEETING_BEFORE_RECEPTION,
        Fault.START_BEFORE_RECEPTION,
        Fault.START_WITHOUT_DECISION,
        Fault.END_BEFORE_START,
        Fault.END_WITHOUT_START,
        Fault.REASON_WITHOUT_END,
        Fault.UNKNOWN_CHILD,
        Fault.SEVERAL_CHILDREN,
        Fault.OTHER_CHILD,
        Fault.NOT_WHOLE,
        Fault.RULE,
        Fault.NO_AUTHOR,
    }
)


class ImportState(Term):
    """Where an import stands."""

    STAGED = "staged", "À vérifier"
    ORDERED = "ordered", "En cours"
    DONE = "done", "Importé"


class Likeness(Term):
    """How two rows resemble each other, and what becomes of them."""

    SITUATION = "situation", "Même situation"
    SAME = "same", "Même enfant"
    TWIN = "twin", "Jumeaux"
    OTHER = "other", "Deux enfants"
