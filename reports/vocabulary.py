"""Words of the reports."""

from impact.vocabulary import Term


class ReportState(Term):
    """Where a report is, from the order to the frozen PDF."""

    QUEUED = "queued", "En attente"
    RUNNING = "running", "En préparation"
    READY = "ready", "Prêt"
    FAILED = "failed", "Interrompu"


class RemarkKind(Term):
    """What people say of the figures: the product never says it for them."""

    JUDGEMENT = "judgement", "Jugement de l’équipe"
    RECOMMENDATION = "recommendation", "Recommandations de l’équipe"
