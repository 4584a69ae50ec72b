"""Handing a child over: every writing about it, and the proposals that wait for somebody."""

from datetime import date

from impact.accounts.access import Action, may
from impact.audit import Actor, Deed, write
from impact.communities.storage import member_names
from impact.db import EncryptedDatabase
from impact.exceptions import NotFound
from impact.pathways.file_storage import get_file
from impact.pathways.handover_rules import check_answer, check_hand_over, first_day, may_answer
from impact.pathways.pathway_storage import check_member, insert_referent
from impact.pathways.records import ChildFile
from impact.pathways.rules import open_pathway
from impact.pathways.vocabulary import Answer


def propose_hand_over(
    db: EncryptedDatabase,
    actor: Actor,
    situation_id: int,
    member_id: int,
    since: date,
    today: date,
    once: str = "",
    *,
    agreed: bool = False,
) -> int:
    """Ask a member to follow the child; at once when she agreed already, or has no account to answer with."""
    with write(db, actor, once) as log:
        file = get_file(db, situation_id)
        check_member(db, member_id)
        check_hand_over(file, member_id, since, today)
        added = db.insert_row(
            "INSERT INTO hand_over (pathway_id, member_id, proposed_by, proposed_on, since) VALUES (?, ?, ?, ?, ?)",
            (open_pathway(file).id, member_id, actor.member_id, today.isoformat(), since.isoformat()),
        )
        log.note(Deed.CREATE, "hand_over", added)
        log.note(Deed.CHANGE, "situation", situation_id, ["hand_over"])
        reachable = db.value("SELECT account_ref FROM member WHERE id = ?", (member_id,))
        if agreed or reachable is None:
            _answer(db, get_file(db, situation_id), added, Answer.ACCEPTED, "", today)
            _take_over(db, get_file(db, situation_id), member_id, since)
    return added


def answer_hand_over(
    db: EncryptedDatabase,
    actor: Actor,
    situation_id: int,
    accepted: bool,
    reason: str,
    today: date,
    once: str = "",
) -> None:
    """The answer of the member who was asked; once accepted, she follows the child and the former one only reads."""
    with write(db, actor, once) as log:
        file = get_file(db, situation_id)
        proposed = check_answer(actor, file, accepted, reason)
        _answer(db, file, proposed.id, Answer.ACCEPTED if accepted else Answer.REFUSED, reason, today)
        if accepted:
            _take_over(db, file, proposed.member_id, first_day(proposed, today))
        log.note(Deed.CHANGE, "hand_over", proposed.id, ["answer"])
        log.note(Deed.CHANGE, "situation", situation_id, ["hand_over"])


def withdraw_hand_over(db: EncryptedDatabase, actor: Actor, situation_id: int, today: date, once: str = "") -> None:
    """The proposal is taken back before its answer."""
    with write(db, actor, once) as log:
        file = get_file(db, situation_id)
        proposed = open_pathway(file).hand_over
        if proposed is None:
            raise NotFound
        _answer(db, file, proposed.id, Answer.WITHDRAWN, "", today)
        log.note(Deed.CHANGE, "hand_over", proposed.id, ["answer"])
        log.note(Deed.CHANGE, "situation", situation_id, ["hand_over"])


def open_proposal(db: EncryptedDatabase, actor: Actor, situation_id: int) -> ChildFile:
    """The file of a child one is asked to follow; raises NotFound to whom nothing was asked."""
    with write(db, actor) as log:
        row = db.row(
            "SELECT hand_over.id FROM hand_over JOIN pathway ON pathway.id = pathway_id"
            " WHERE situation_id = ? AND answer = 'waiting'",
            (situation_id,),
        )
        file = get_file(db, situation_id) if row else None
        proposed = file.pathway.hand_over if file and file.pathway else None
        admitted = may(actor, Action.FOLLOW_CHILD) and proposed is not None and may_answer(actor, proposed)
        log.note(Deed.READ if admitted else Deed.REFUSE, "situation", situation_id)
    if file is None or not admitted:
        raise NotFound
    return file


def list_proposals(db: EncryptedDatabase) -> list[tuple[int, int, str, date]]:
    """Situation, member asked, name of who proposed it, day: those that wait, oldest first."""
    rows = db.rows(
        "SELECT situation_id, member_id, proposed_by, proposed_on FROM hand_over JOIN pathway ON pathway.id ="
        " pathway_id WHERE answer = 'waiting' ORDER BY proposed_on, hand_over.id"
    )
    names = member_names(db) if rows else {}
    return [
        (
            row["situation_id"],
            row["member_id"],
            names.get(row["proposed_by"], ""),
            date.fromisoformat(row["proposed_on"]),
        )
        for row in rows
    ]


def _answer(
    db: EncryptedDatabase, file: ChildFile, hand_over_id: int, answer: Answer, reason: str, today: date
) -> None:
    db.execute(
        "UPDATE hand_over SET answer = ?, answered_on = ?, reason = ? WHERE id = ? AND answer = 'waiting'",
        (answer.value, today.isoformat(), reason, hand_over_id),
    )
    db.execute("UPDATE pathway SET version = version + 1 WHERE id = ?", (open_pathway(file).id,))


def _take_over(db: EncryptedDatabase, file: ChildFile, member_id: int, since: date) -> None:
    pathway_id = open_pathway(file).id
    db.execute("UPDATE referent SET until = ? WHERE pathway_id = ? AND until IS NULL", (since.isoformat(), pathway_id))
    insert_referent(db, pathway_id, member_id, since)
