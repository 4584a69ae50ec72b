"""Words of workshops."""

from impact.vocabulary import Term


class WorkshopState(Term):
    """Where a workshop stands: only a held one counts."""

    PLANNED = "planned", "Prévu"
    HELD = "held", "Tenu"
    CANCELLED = "cancelled", "Annulé"
