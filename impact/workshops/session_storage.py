"""Agenda, minutes, productions and commitments."""

from datetime import date

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound
from impact.identities import identities
from impact.workshops.records import Workshop
from impact.workshops.session_records import Attached, Commitment, Papers, Production, Return
from impact.workshops.session_rules import check_return
from impact.workshops.storage import get_workshop, list_workshops
from impact.workshops.vocabulary import CommitmentState, FileKind

_PRODUCTIONS = (
    "SELECT id, workshop_id, title, words, added_on, file_name, file_kind, coalesce(length(content), 0) AS size"
    " FROM production WHERE workshop_id = ? ORDER BY id"
)
_COMMITMENTS = (
    "SELECT commitment.*, identity_id FROM commitment JOIN member ON member.id = member_id"
    " WHERE (:workshop IS NULL OR workshop_id = :workshop) AND (:member IS NULL OR member_id = :member)"
    " AND (:id IS NULL OR commitment.id = :id) ORDER BY due_on IS NULL, due_on, commitment.id"
)


def get_papers(db: EncryptedDatabase, workshop_id: int) -> Papers:
    """Raises NotFound."""
    row = db.row("SELECT agenda, minutes, version FROM workshop WHERE id = ?", (workshop_id,))
    if row is None:
        raise NotFound
    return Papers(workshop_id, row["agenda"], row["minutes"], row["version"])


def save_papers(db: EncryptedDatabase, actor: Actor, papers: Papers, once: str = "") -> None:
    """Raises Conflict when the workshop was saved meanwhile."""
    with write(db, actor, once) as log:
        changed = db.changed(
            "UPDATE workshop SET agenda = ?, minutes = ?, version = version + 1 WHERE id = ? AND version = ?",
            (papers.agenda, papers.minutes, papers.workshop_id, papers.version),
        )
        if not changed:
            now = get_papers(db, papers.workshop_id)
            raise Conflict({"agenda": now.agenda, "minutes": now.minutes}, now.version)
        log.note(Deed.CHANGE, "workshop", papers.workshop_id, ["agenda", "minutes"])


def add_production(
    db: EncryptedDatabase,
    actor: Actor,
    production: Production,
    file: Attached | None = None,
    once: str = "",
) -> int:
    """Give the id; raises NotFound when its workshop is not there."""
    with write(db, actor, once) as log:
        get_workshop(db, production.workshop_id)
        added = db.insert_row(
            "INSERT INTO production (workshop_id, title, words, added_on, file_name, file_kind, content)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                production.workshop_id,
                production.title,
                production.words,
                production.added_on.isoformat(),
                file.name if file else None,
                file.kind.value if file else None,
                file.content if file else None,
            ),
        )
        log.note(Deed.CREATE, "production", added)
    return added


def remove_production(
    db: EncryptedDatabase, actor: Actor, workshop_id: int, production_id: int, once: str = ""
) -> None:
    """Raises NotFound."""
    with write(db, actor, once) as log:
        if not db.changed("DELETE FROM production WHERE id = ? AND workshop_id = ?", (production_id, workshop_id)):
            raise NotFound
        log.note(Deed.DELETE, "production", production_id)


def list_productions(db: EncryptedDatabase, workshop_id: int) -> list[Production]:
    """In the order in which they were added."""
    return [_production(row) for row in db.rows(_PRODUCTIONS, (workshop_id,))]


def get_file(db: EncryptedDatabase, workshop_id: int, production_id: int) -> Attached:
    """The file of a production; raises NotFound when there is none."""
    row = db.row(
        "SELECT file_name, file_kind, content FROM production WHERE id = ? AND workshop_id = ? AND content IS NOT NULL",
        (production_id, workshop_id),
    )
    if row is None:
        raise NotFound
    return Attached(row["file_name"], FileKind(row["file_kind"]), row["content"])


def previous_workshop(db: EncryptedDatabase, workshop: Workshop) -> Workshop | None:
    """The last one held before it in its cycle: what it made is offered again."""
    earlier = [
        known
        for known in list_workshops(db, workshop.cycle_id)
        if known.is_held and (known.held_on, known.id) < (workshop.held_on, workshop.id)
    ]
    return earlier[-1] if earlier else None


def add_commitment(db: EncryptedDatabase, actor: Actor, commitment: Commitment, once: str = "") -> int:
    """Give the id; raises NotFound when its workshop or its member is not there."""
    with write(db, actor, once) as log:
        get_workshop(db, commitment.workshop_id)
        if db.value("SELECT 1 FROM member WHERE id = ?", (commitment.member_id,)) is None:
            raise NotFound
        added = db.insert_row(
            "INSERT INTO commitment (workshop_id, member_id, words, due_on, state) VALUES (?, ?, ?, ?, ?)",
            (
                commitment.workshop_id,
                commitment.member_id,
                commitment.words,
                commitment.due_on.isoformat() if commitment.due_on else None,
                CommitmentState.OPEN,
            ),
        )
        log.note(Deed.CREATE, "commitment", added)
    return added


def save_return(db: EncryptedDatabase, actor: Actor, told: Return, today: date, once: str = "") -> None:
    """What came back from the field; raises Conflict when it was saved meanwhile, Refused (rules)."""
    with write(db, actor, once) as log:
        now = get_commitment(db, told.commitment_id)
        check_return(now, told, today)
        if now.version != told.version:
            raise Conflict({"state": now.state.label, "outcome": now.outcome}, now.version)
        db.execute(
            "UPDATE commitment SET state = ?, outcome = ?, returned_on = ?, version = version + 1 WHERE id = ?",
            (
                told.state,
                told.outcome,
                None if told.state is CommitmentState.OPEN else told.returned_on.isoformat(),
                now.id,
            ),
        )
        log.note(Deed.CHANGE, "commitment", now.id, ["state", "outcome", "returned_on"])


def get_commitment(db: EncryptedDatabase, commitment_id: int) -> Commitment:
    """Raises NotFound."""
    found = _commitments(db, commitment=commitment_id)
    if not found:
        raise NotFound
    return found[0]


def list_commitments(
    db: EncryptedDatabase, workshop_id: int | None = None, member_id: int | None = None
) -> list[Commitment]:
    """By the day they are due."""
    return _commitments(db, workshop_id, member_id)


def _commitments(
    db: EncryptedDatabase, workshop_id: int | None = None, member_id: int | None = None, commitment: int | None = None
) -> list[Commitment]:
    rows = db.rows(_COMMITMENTS, {"workshop": workshop_id, "member": member_id, "id": commitment})
    names = identities(db, {row["identity_id"] for row in rows})
    return [
        Commitment(
            row["id"],
            row["workshop_id"],
            row["member_id"],
            names[row["identity_id"]].full_name,
            row["words"],
            _day(row["due_on"]),
            CommitmentState(row["state"]),
            row["outcome"],
            _day(row["returned_on"]),
            row["version"],
        )
        for row in rows
    ]


def _production(row: Row) -> Production:
    return Production(
        row["id"],
        row["workshop_id"],
        row["title"],
        row["words"],
        date.fromisoformat(row["added_on"]),
        row["file_name"] or "",
        FileKind(row["file_kind"]) if row["file_kind"] else None,
        row["size"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
