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


class Score(Term):
    """Where a child stands in a domain, as the people around the table see it."""

    VERY_HARD = "1", "1 : très en difficulté"
    HARD = "2", "2 : en difficulté"
    BETWEEN = "3", "3 : entre les deux"
    RATHER_WELL = "4", "4 : plutôt à l’aise"
    WELL = "5", "5 : à l’aise"


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
    DUE = "suites-a-donner", "Suites à donner"


class Sheet(Term):
    """What prints, filled or blank: its name in the address."""

    ORIENTATION = "orientation", "Fiche d’orientation"
    CONSENT = "accord", "Accord des parents, avec la notice"
    NOTICE = "notice", "Notice pour les parents"
    NOTES = "suivi", "Fiche de suivi"
    EXIT = "sortie", "Fiche de sortie et d’évaluation"
    CERTIFICATE = "attestation", "Attestation de fin de prise en charge"


class ReferenceList(Term):
    """The editable lists of the PRE: their name in the database and in the address of their page."""

    MOTIVES = "motives", "Motifs"
    ORIGINS = "origins", "Origines"
    EXIT_REASONS = "exit_reasons", "Motifs de sortie"
    DOMAINS = "domains", "Domaines du bilan"
