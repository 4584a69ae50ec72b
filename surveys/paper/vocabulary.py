"""Words of paper."""

from impact.vocabulary import Term


class BatchState(Term):
    """How far the reading of a set of scans is."""

    WAITING = "waiting", "En attente"
    READING = "reading", "Lecture en cours"
    READ = "read", "Lus"


class PageState(Term):
    """What became of one scanned page."""

    READ = "read", "Lue"
    UNREAD = "unread", "Sans code lisible"
    FOREIGN = "foreign", "D’une autre collecte"
    REPEATED = "repeated", "Déjà lue"
    ENTERED = "entered", "Saisie au clavier"
    SET_ASIDE = "set_aside", "Écartée par une personne"


class SheetState(Term):
    """Where the answers of one paper sheet stand."""

    CHECKING = "checking", "À vérifier"
    STORED = "stored", "Enregistrée"
    DROPPED = "dropped", "Écartée par une personne"


class Doubt(Term):
    """Why a person must look at an answer, or at a sheet."""

    FAINT = "faint", "Trait trop léger, ou case noircie"
    MANY = "many", "Plusieurs cases cochées"
    INK = "ink", "À recopier"
    CONFLICT = "conflict", "Réponses qui se contredisent"
    CONDITION = "condition", "Répondu, alors que la réponse à une question d’avant ne le demandait pas"
