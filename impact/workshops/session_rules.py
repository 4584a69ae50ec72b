"""Which files are taken, when a commitment may be closed, who may say what came of it."""

from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from impact.exceptions import Refused
from impact.workshops.session_records import Attached, Commitment, Return
from impact.workshops.vocabulary import CommitmentState, FileKind

MOST_BYTES = 5_000_000
_FIRST_BYTES = (
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"%PDF-", FileKind.PDF),
    (b"PK\x03\x04", FileKind.OFFICE),
)
_ENDINGS = {
    FileKind.PNG: ("png",),
    FileKind.JPEG: ("jpg", "jpeg"),
    FileKind.PDF: ("pdf",),
    FileKind.OFFICE: ("docx", "xlsx", "pptx", "odt", "ods", "odp"),
    FileKind.TEXT: ("txt", "csv", "md"),
}
MEDIA_TYPES = {
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.PDF: "application/pdf",
    FileKind.OFFICE: "application/octet-stream",
    FileKind.TEXT: "text/plain; charset=utf-8",
}


def attached(name: str, content: bytes) -> Attached:
    """The file as sent; raises Refused when it is empty, too big, of another kind or not what its name says."""
    if not content:
        raise Refused("Ce fichier est vide.", "file")
    if len(content) > MOST_BYTES:
        raise Refused("Ce fichier dépasse 5 Mo : réduisez les images, ou donnez l’adresse où le lire.", "file")
    ending = PurePath(name.replace("\\", "/")).suffix.lower().removeprefix(".")
    kind = _kind(content)
    if not any(ending in endings for endings in _ENDINGS.values()):
        raise Refused("Choisissez une image (png, jpg), un PDF, un document ou un texte.", "file")
    if kind is None or ending not in _ENDINGS[kind]:
        raise Refused(f"Ce fichier se dit « {ending} », mais son contenu est autre chose.", "file")
    return Attached(PurePath(name.replace("\\", "/")).name[-120:], kind, content)


def _kind(content: bytes) -> FileKind | None:
    for start, kind in _FIRST_BYTES:
        if content.startswith(start):
            return kind
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if b"\x00" in content else FileKind.TEXT


def check_return(commitment: Commitment, told: Return, today: date) -> None:
    """A return is not of tomorrow, and says why when the commitment is dropped."""
    if told.returned_on > today:
        raise Refused("Ce jour est à venir : écrivez le jour du retour.", "returned_on")
    if told.state in (CommitmentState.PARTLY, CommitmentState.DROPPED) and not told.outcome:
        raise Refused("Dites en une phrase ce qui s’est passé.", "outcome")


def late(commitments: Sequence[Commitment], today: date) -> list[Commitment]:
    """Those whose day has passed without a return."""
    return [known for known in commitments if known.is_open and known.due_on is not None and known.due_on < today]
