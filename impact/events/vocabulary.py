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
