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


class Tie(Term):
    """What an adult of the home is to the child; the words of an agreement, without authority being said."""

    MOTHER = "mother", "Mère"
    FATHER = "father", "Père"
    GUARDIAN = "guardian", "Tutrice ou tuteur"
    OTHER = "other", "Autre adulte"


class Authority(Term):
    """Whether an adult holds parental authority."""

    YES = "yes", "Oui"
    NO = "no", "Non"
    UNKNOWN = "unknown", "On ne sait pas"


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


# The longest texts of a note, in signs, and its longest contact.
NOTE_LENGTHS = {"with_whom": 120, "observed": 5000, "appreciation": 3000, "next_step": 300}
MOST_MINUTES = 1440


class Level(Term):
    """Where a child is in school; `following` is the level of the next September."""

    TPS = "tps", "Toute petite section"
    PS = "ps", "Petite section"
    MS = "ms", "Moyenne section"
    GS = "gs", "Grande section"
    CP = "cp", "CP"
    CE1 = "ce1", "CE1"
    CE2 = "ce2", "CE2"
    CM1 = "cm1", "CM1"
    CM2 = "cm2", "CM2"
    SIXIEME = "6e", "6e"
    CINQUIEME = "5e", "5e"
    QUATRIEME = "4e", "4e"
    TROISIEME = "3e", "3e"
    SECONDE = "2de", "2de"
    PREMIERE = "1re", "1re"
    TERMINALE = "tle", "Terminale"
    OTHER = "other", "Autre (Ulis, UPE2A, IME…)"
    NONE = "none", "Non scolarisé"
    UNKNOWN = "unknown", "Non renseigné"

    @property
    def following(self) -> "Level":
        """One level up; what has no order stays, and nobody knows what comes after the last."""
        known = list(Level)
        if self is Level.TERMINALE:
            return Level.UNKNOWN
        return self if self in (Level.OTHER, Level.NONE, Level.UNKNOWN) else known[known.index(self) + 1]


class InQpv(Term):
    """Whether the child lives in a priority district of the city policy, that year."""

    YES = "yes", "Oui"
    NO = "no", "Non"
    UNKNOWN = "unknown", "Non renseigné"


class PriorityNetwork(Term):
    """Whether the school belongs to a priority education network, that year."""

    NONE = "none", "Hors éducation prioritaire"
    REP = "rep", "REP"
    REP_PLUS = "rep_plus", "REP+"
    UNKNOWN = "unknown", "Non renseigné"


class Answer(Term):
    """What became of a hand-over that was proposed."""

    WAITING = "waiting", "En attente de réponse"
    ACCEPTED = "accepted", "Acceptée"
    REFUSED = "refused", "Refusée"
    WITHDRAWN = "withdrawn", "Retirée"


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
    SILENT = "sans-note", "Sans contact récent"
    DUE = "suites-a-donner", "Suites à donner"
    LONG = "au-dela", "Au-delà de la durée"


class Waiting(Term):
    """What « À faire » counts."""

    WITHDRAWN = "withdrawn", "Accords retirés"
    AGREEMENT = "agreement", "Accords manquants"
    DUE = "due", "Suites à donner"
    SILENT = "silent", "Sans contact récent"
    REVIEW = "review", "Bilans dépassés"
    LONG = "long", "Au-delà de la durée"
    LATE = "late", "Décisions en retard"
    MEETING = "meeting", "Situations sans réunion"
    START = "start", "Parcours à ouvrir"


class Sheet(Term):
    """What prints, filled or blank: its name in the address."""

    ORIENTATION = "orientation", "Fiche d’orientation"
    CONSENT = "accord", "Accord des parents, avec la notice"
    NOTICE = "notice", "Notice pour les parents"
    NOTES = "suivi", "Fiche de suivi"
    REVIEW = "bilan", "Bilan par domaine"
    EXIT = "sortie", "Fiche de sortie et d’évaluation"
    CERTIFICATE = "attestation", "Attestation de fin de prise en charge"
    MINUTES = "compte-rendu", "Compte rendu de l’équipe de soutien"


class ReferenceList(Term):
    """The editable lists of the PRE: their name in the database and in the address of their page."""

    MOTIVES = "motives", "Motifs"
    ORIGINS = "origins", "Origines"
    EXIT_REASONS = "exit_reasons", "Motifs de sortie"
    DOMAINS = "domains", "Domaines du bilan"
    PROFILES = "profiles", "Profils d’accompagnement"
    WARNED_WORDS = "warned_words", "Mots à éviter dans les textes"
