"""Words of plans."""

from impact.vocabulary import Term


class StepState(Term):
    """Where a step of the roadmap stands; lateness is computed, never stored."""

    TO_DO = "to_do", "À faire"
    UNDER_WAY = "under_way", "En cours"
    DONE = "done", "Faite"
    DROPPED = "dropped", "Abandonnée"
