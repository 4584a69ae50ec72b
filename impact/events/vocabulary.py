"""Words of events."""

from impact.vocabulary import Term


class SeriesKind(Term):
    """What a series gathers: heads are counted by institution, or by class for sequences."""

    DAY = "day", "Journée"
    WEBINAR = "webinar", "Webinaires"
    FORUM = "forum", "Forums"
    SEQUENCE = "sequence", "Séquences en classe"

    @property
    def one(self) -> str:
        """One event of such a series."""
        return {"day": "Journée", "webinar": "Webinaire", "forum": "Forum", "sequence": "Séquence"}[self.value]


class Relevance(Term):
    """What somebody of the network says of an offer."""

    NONE = "none", "Sans intérêt pour nous"
    LITTLE = "little", "Peu utile"
    USEFUL = "useful", "Utile"
    ESSENTIAL = "essential", "Indispensable"

    @property
    def is_relevant(self) -> bool:
        """Whether it counts as relevant."""
        return self in (Relevance.USEFUL, Relevance.ESSENTIAL)
