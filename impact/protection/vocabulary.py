"""Words of protection: what is stored, and what is read."""

from impact.vocabulary import Term


class Treatment(Term):
    """What the complete copy of a child's file does with a column."""

    IN = "in", "Dans la copie"
    MASKED = "masked", "Masqué : une autre personne"
    OUT = "out", "Hors de la copie"


class Requester(Term):
    """Who asks for the copy of a file."""

    PARENT = "parent", "Mère ou père"
    GUARDIAN = "guardian", "Tutrice ou tuteur"
    CHILD = "child", "L’enfant, selon son âge"
    OTHER = "other", "Autre titulaire de l’autorité parentale"


class Measure(Term):
    """What is still counted of erased files, by year."""

    RECEIVED = "received", "Situations reçues"
    SEX = "sex", "Sexe"
    ORIGIN = "origin", "Origine"
    MOTIVE = "motive", "Premier motif"
    OUTCOME = "outcome", "Dernière décision"
    STARTED = "started", "Parcours ouverts"
    ENDED = "ended", "Parcours terminés"
    EXIT_REASON = "exit_reason", "Motif de sortie"


class Settling(Term):
    """What is decided of the files that reach the end of their time."""

    ERASE = "erase", "Effacer"
    ARCHIVE = "archive", "Archiver"
    KEEP = "keep", "Garder plus longtemps"


class DueGroup(Term):
    """Why a file is on the list."""

    ENDED = "ended", "Parcours terminés"
    SILENT = "silent", "Parcours encore ouverts, sans contact depuis"
    WITHOUT = "without", "Situations sans parcours"
    ARCHIVED = "archived", "Archives arrivées à leur terme"


class Purpose(Term):
    """Why a personal field is there."""

    FOLLOW = "follow", "Suivre l’enfant avec sa famille"
    DECIDE = "decide", "Décider en équipe de soutien"
    AGREE = "agree", "Prouver l’accord des parents, et ce qu’il couvre"
    ACCOUNT = "account", "Rendre compte en chiffres, sans nom"
    PROTECT = "protect", "Protéger l’enfant et ses informations"
    WORK = "work", "Travailler ensemble : savoir qui fait quoi"
    PROVE = "prove", "Savoir qui a lu ou changé quoi"
    ASK = "ask", "Recueillir un avis"


class Basis(Term):
    """What makes it lawful."""

    AGREEMENT = "agreement", "Accord des parents"
    MISSION = "mission", "Mission d’intérêt public du PRE"
    DUTY = "duty", "Obligation légale"
    INTEREST = "interest", "Intérêt légitime de la communauté"


class Kept(Term):
    """How long."""

    FILE = "file", "Le temps du suivi, puis le délai de conservation"
    MEMBERSHIP = "membership", "Tant que la personne est dans la communauté"
    COMMUNITY = "community", "Le temps de la communauté"
    LOG = "log", "Avec le journal des accès"
