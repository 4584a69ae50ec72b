"""Words of questionnaires and waves."""

from impact.vocabulary import Term


class QuestionKind(Term):
    """How a question is answered."""

    LEVEL = "level", "Une réponse parmi cinq"
    WORDS = "words", "Avec vos mots"


class WaveState(Term):
    """Where a wave stands on a given day."""

    COMING = "coming", "À venir"
    OPEN = "open", "Ouverte"
    CLOSED = "closed", "Fermée"
