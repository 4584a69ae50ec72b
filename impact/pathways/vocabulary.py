"""Words of the follow-up: what is stored, and what is read."""

from impact.vocabulary import Term


class Sex(Term):
    """As told by the family."""

    GIRL = "girl", "Fille"
    BOY = "boy", "Garçon"
    UNKNOWN = "unknown", "Non précisé"


class Relation(Term):
    """Who gives the agreement."""

    MOTHER = "mother", "Mère"
    FATHER = "father", "Père"
    GUARDIAN = "guardian", "Tutrice ou tuteur"
    OTHER = "other", "Autre titulaire de l’autorité parentale"


class Means(Term):
    """How the agreement was given."""

    WRITTEN = "written", "Par écrit"
    ORAL = "oral", "De vive voix"


class Outcome(Term):
    """What the support team decides."""

    PATHWAY = "pathway", "Parcours"
    ELSEWHERE = "elsewhere", "Orientation ailleurs"
    WAITING = "waiting", "En attente"
    REFUSED = "refused", "Non retenue"


class Presence(Term):
    """Whether an institution came to a meeting of the support team."""

    INVITED = "invited", "Conviée"
    PRESENT = "present", "Présente"
    EXCUSED = "excused", "Excusée"
    ABSENT = "absent", "Absente"


class ContactKind(Term):
    """How the contact was made."""

    HOME_VISIT = "home_visit", "Visite à domicile"
    INTERVIEW = "interview", "Entretien"
    CALL = "call", "Appel"
    SCHOOL = "school", "À l’école"
    MESSAGE = "message", "Message"
    OTHER = "other", "Autre"


class ObjectiveResult(Term):
    """Where an objective stands at the end."""

    REACHED = "reached", "Atteint"
    PARTLY = "partly", "Atteint en partie"
    NOT_REACHED = "not_reached", "Non atteint"
    UNKNOWN = "unknown", "On ne sait pas"


class State(Term):
    """Where a situation stands: derived from its agreement, decisions and pathway, never stored."""

    AGREEMENT = "agreement", "Accord à demander"
    DECISION = "decision", "Décision attendue"
    START = "start", "Parcours à ouvrir"
    FOLLOWED = "followed", "En parcours"
    ENDED = "ended", "Parcours terminé"
    ELSEWHERE = "elsewhere", "Orientation ailleurs"
    REFUSED = "refused", "Non retenue"


class ReadyView(Term):
    """The lists that one opens every day."""

    ALL = "tous", "Tous"
    MINE = "suivis-par-moi", "Suivis par moi"
    UNDECIDED = "en-attente", "En attente de décision"
    SILENT = "sans-note", "Sans note depuis six semaines"


class ReferenceList(Term):
    """The editable lists of the PRE: their name in the database and in the address of their page."""

    MOTIVES = "motives", "Motifs"
    ORIGINS = "origins", "Origines"
    EXIT_REASONS = "exit_reasons", "Motifs de sortie"
