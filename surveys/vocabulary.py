"""Words of questionnaires and waves."""

from impact.vocabulary import Term


class QuestionKind(Term):
    """How a question is answered; the two last are read and not answered."""

    LEVEL = "level", "Une réponse parmi cinq, avec des visages"
    GRID = "grid", "Tableau : plusieurs phrases, les mêmes cinq réponses"
    ONE = "one", "Une seule réponse dans une liste"
    SEVERAL = "several", "Plusieurs réponses dans une liste"
    SCALE = "scale", "Une note de 0 à 10"
    NUMBER = "number", "Un nombre"
    DAY = "day", "Une date"
    LINE = "line", "Quelques mots, sur une ligne"
    WORDS = "words", "Avec vos mots"
    RANKING = "ranking", "Un classement"
    INFORMATION = "information", "Un texte à lire"
    SECTION = "section", "Un titre de partie"


# Answered by one or several codes of a list.
WITH_CHOICES = frozenset({QuestionKind.ONE, QuestionKind.SEVERAL, QuestionKind.RANKING})
# Read, never answered.
UNASKED = frozenset({QuestionKind.INFORMATION, QuestionKind.SECTION})
# Answered in the respondent's own words.
OPEN = frozenset({QuestionKind.LINE, QuestionKind.WORDS})


class Change(Term):
    """What became of a question from one version to the next."""

    ADDED = "added", "Ajoutée"
    REMOVED = "removed", "Retirée"
    CHANGED = "changed", "Modifiée"
    MOVED = "moved", "Déplacée"


class WaveState(Term):
    """Where a wave stands on a given day."""

    COMING = "coming", "À venir"
    OPEN = "open", "Ouverte"
    CLOSED = "closed", "Fermée"
