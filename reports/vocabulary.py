"""Words of the reports."""

from impact.vocabulary import Term


class ReportState(Term):
    """Where a report is, from the order to the frozen PDF."""

    QUEUED = "queued", "En attente"
    RUNNING = "running", "En préparation"
    READY = "ready", "Prêt"
    FAILED = "failed", "Interrompu"
