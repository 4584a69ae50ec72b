"""Words of lists, personal links and cohorts."""

from impact.vocabulary import Term


class Public(Term):
    """Who answers, and about whom: several publics may answer about the same child."""

    CHILD = "child", "Enfants et jeunes"
    PARENT = "parent", "Parents"
    TEACHER = "teacher", "Enseignants"
    PROFESSIONAL = "professional", "Professionnels"
    OTHER = "other", "Autres personnes"


class Recognition(Term):
    """How answers of several waves are known to come from the same person."""

    LIST = "list", "Une liste de personnes, chacune avec son lien"
    CODE = "code", "Un lien ouvert, et un code que chacun se fait"


class Loss(Term):
    """Why a person is no longer followed."""

    MOVED = "moved", "A déménagé"
    REFUSED = "refused", "Ne souhaite plus participer"
    AGED_OUT = "aged_out", "N’a plus l’âge"
    UNREACHABLE = "unreachable", "Ne répond plus aux appels"
    UNKNOWN = "unknown", "Raison inconnue"


class SpottedAt(Term):
    """Where a person was spotted before she entered a cohort."""

    SCHOOL = "school", "À l’école"
    DISTRICT = "district", "Dans le quartier"
    ELSEWHERE = "elsewhere", "Ailleurs"
    UNKNOWN = "unknown", "Non précisé"


class Letter(Term):
    """A text sent to the people invited."""

    INVITATION = "invitation", "Invitation"
    REMINDER = "reminder", "Relance"


class MailProblem(Term):
    """Why e-mails did not leave."""

    UNREACHABLE = "unreachable", "Le serveur d’envoi ne répond pas. Réessayez plus tard, ou prévenez l’administration."
    NOT_LET_IN = "not_let_in", "Le serveur d’envoi refuse le nom ou le mot de passe de l’installation."
    MISREAD = "misread", "Le réglage des courriels de l’installation ne se lit pas : prévenez l’administration."
    DECLINED = "declined", "Le serveur d’envoi ne prend plus de courriels pour l’instant. Renvoyez le reste plus tard."
    STOPPED = "stopped", "Le serveur d’envoi s’est arrêté en route. Ce qui est parti est noté : renvoyez le reste."


class Security(Term):
    """How the server that sends e-mails is spoken to."""

    STARTTLS = "starttls", "STARTTLS, le plus courant"
    TLS = "tls", "TLS dès la connexion"
    NONE = "none", "Aucun, pour un relais sur cette machine seulement"


class Step(Term):
    """Where a person of a cohort stands."""

    SPOTTED = "spotted", "Repéré"
    STARTED = "started", "A commencé"
    COMPLETED = "completed", "A terminé"
    LOST = "lost", "Perdu de vue"
