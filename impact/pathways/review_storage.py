"""Periodic reviews by domain: scores, and the reason of each."""

from collections.abc import Collection
from datetime import date

from impact.accounts.access import FieldClass, readable_fields
from impact.audit import Actor, Deed, write
from impact.communities.storage import member_names
from impact.db import EncryptedDatabase, Row
from impact.pathways.file_storage import get_file
from impact.pathways.pathway_storage import SEALED
from impact.pathways.records import ChildFile, DomainReview, DomainScore
from impact.pathways.rules import check_domain_review, domain_class, open_pathway
from impact.sealing import seal, unseal


def list_reviews(db: EncryptedDatabase, file: ChildFile, readable: Collection[FieldClass]) -> list[DomainReview]:
    """The reviews of a file, oldest first, with the domains that the role reads; empty ones are left out."""
    if file.pathway is None:
        return []
    names = member_names(db)
    rows = db.rows("SELECT * FROM domain_review WHERE pathway_id = ? ORDER BY reviewed_on", (file.pathway.id,))
    found = [_review(db, row, names, readable) for row in rows]
    return [review for review in found if review.scores]


def add_review(
    db: EncryptedDatabase,
    actor: Actor,
    situation_id: int,
    review: DomainReview,
    next_on: date | None,
    today: date,
    once: str = "",
    *,
    readable: Collection[FieldClass] | None = None,
    member_id: int | None = None,
) -> int:
    """A review, with the day of the next one; `readable` and `member_id` stand for the actor's own."""
    with write(db, actor, once) as log:
        file = get_file(db, situation_id)
        pathway_id = open_pathway(file).id
        last = db.value("SELECT max(reviewed_on) FROM domain_review WHERE pathway_id = ?", (pathway_id,))
        last_on = date.fromisoformat(last) if last else None
        classes = readable_fields(actor) if readable is None else readable
        check_domain_review(file, review, last_on, classes, next_on, today)
        added = db.insert_row(
            "INSERT INTO domain_review (pathway_id, member_id, reviewed_on) VALUES (?, ?, ?)",
            (pathway_id, member_id or actor.member_id, review.reviewed_on.isoformat()),
        )
        for score in review.scores:
            _add_score(db, added, score)
        db.execute(
            "UPDATE pathway SET review_on = ?, version = version + 1 WHERE id = ?",
            (next_on.isoformat() if next_on else None, pathway_id),
        )
        log.note(Deed.CREATE, "domain_review", added)
        log.note(Deed.CHANGE, "situation", situation_id, ["domain_review"])
    return added


def _add_score(db: EncryptedDatabase, review_id: int, score: DomainScore) -> None:
    reason, sealed = score.reason, None
    if domain_class(score.domain) in SEALED:
        reason, sealed = "", seal(db, score.reason, seal_label(review_id, score.domain))
    db.execute(
        "INSERT INTO domain_score (review_id, domain, score, reason, sealed) VALUES (?, ?, ?, ?, ?)",
        (review_id, score.domain, score.score, reason, sealed),
    )


def _review(db: EncryptedDatabase, row: Row, names: dict[int, str], readable: Collection[FieldClass]) -> DomainReview:
    scores = db.rows("SELECT * FROM domain_score WHERE review_id = ? ORDER BY rowid", (row["id"],))
    return DomainReview(
        date.fromisoformat(row["reviewed_on"]),
        tuple(_score(db, score) for score in scores if domain_class(score["domain"]) in readable),
        names.get(row["member_id"], ""),
        row["id"],
    )


def _score(db: EncryptedDatabase, row: Row) -> DomainScore:
    reason = row["reason"]
    if row["sealed"] is not None:
        reason = unseal(db, row["sealed"], seal_label(row["review_id"], row["domain"]))
    return DomainScore(row["domain"], row["score"], reason)


def seal_label(review_id: int, domain: str) -> str:
    """What ties a sealed reason to its score."""
    return f"domain_score.reason:{review_id}:{domain}"
