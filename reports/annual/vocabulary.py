"""Choices of definition: where several may be defended, the person chooses and the choice is written beside the figure."""

from impact.vocabulary import Term


class AgeDay(Term):
    """When a child's age is counted, for the children followed during the year."""

    DECEMBER = "december", "au 31 décembre de l’année"
    FIRST = "first", "au premier jour de la période"
    LAST = "last", "au dernier jour de la période"
    ENTRY = "entry", "au début du parcours"


class ExitDay(Term):
    """Whether the day of the exit is a day of support."""

    COUNTED = "counted", "le jour de la sortie compte"
    LEFT_OUT = "left_out", "le jour de la sortie ne compte pas"


class TakenUp(Term):
    """What makes a situation taken up."""

    DECIDED = "decided", "la décision de parcours est prise"
    STARTED = "started", "le parcours a commencé"


class DelayTo(Term):
    """What ends the delay that begins with the orientation."""

    MEETING = "meeting", "jusqu’au premier passage en équipe de soutien"
    DECISION = "decision", "jusqu’à la décision"
    START = "start", "jusqu’au début du parcours"


class LengthFrom(Term):
    """Where the time in the programme begins."""

    START = "start", "depuis le début du parcours"
    MEETING = "meeting", "depuis le premier passage en équipe de soutien"
    DECISION = "decision", "depuis la décision"


class PlannedEnd(Term):
    """What a planned end is worth when nobody has written the exit."""

    OPEN = "open", "un parcours sans fiche de sortie est ouvert"
    CLOSED = "closed", "un parcours qui a passé sa fin prévue est terminé"


class HoursOf(Term):
    """Which hours a pathway is given."""

    PATHWAY = "pathway", "toutes celles du parcours, depuis son début"
    YEAR = "year", "celles datées de la période"


class Group(Term):
    """The parts of the survey, in the order in which they are filled in."""

    SITUATIONS = "situations", "Situations reçues et décisions"
    FLOW = "flow", "Enfants suivis pendant l’année"
    STOCK = "stock", "Enfants suivis à une date"
    MOTIVES = "motives", "Motifs d’orientation"
    ORIGINS = "origins", "Origine du repérage"
    DELAYS = "delays", "Délais"
    PATHWAYS = "pathways", "Parcours de l’année"
    LENGTHS = "lengths", "Durée des accompagnements"
    REFERENTS = "referents", "Référents"
    HOURS = "hours", "Heures"
    SCHOOLS = "schools", "Établissements"
    MEANS = "means", "Moyens et financement"
    UNDEFINED = "undefined", "Demandé sans définition publique"


class Carrier(Term):
    """Who carries a PRE in law."""

    CCAS = "ccas", "CCAS ou CIAS"
    CAISSE = "caisse", "Caisse des écoles"
    GIP = "gip", "Groupement d’intérêt public"
    EPLE = "eple", "Collège ou lycée (EPLE)"
    REGIE = "regie", "Régie personnalisée"
    OTHER = "other", "Autre structure"
    UNKNOWN = "unknown", "Non renseigné"
