"""Words of workshops."""

from impact.vocabulary import Term


class WorkshopState(Term):
    """Where a workshop stands: only a held one counts."""

    PLANNED = "planned", "Prévu"
    HELD = "held", "Tenu"
    CANCELLED = "cancelled", "Annulé"


class FileKind(Term):
    """What a file of a workshop is, by its first bytes."""

    PNG = "png", "Image PNG"
    JPEG = "jpeg", "Photographie JPEG"
    PDF = "pdf", "Document PDF"
    OFFICE = "office", "Document de bureautique"
    TEXT = "text", "Texte"


class CommitmentState(Term):
    """What became of a commitment."""

    OPEN = "open", "En cours"
    KEPT = "kept", "Tenu"
    PARTLY = "partly", "Tenu en partie"
    DROPPED = "dropped", "Abandonné"


class RegistrationState(Term):
    """What became of a registration."""

    REGISTERED = "registered", "Inscrite"
    EXCUSED = "excused", "Excusée"
    PRESENT = "present", "Présente"
