"""Drafts, what is signed on them, the mission of the evaluator."""

import json
from collections.abc import Sequence
from datetime import date

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotAllowed, NotFound, Refused
from impact.periods import Period, parse_period
from impact.vocabulary import Audience
from reports.drafts.records import Draft, Word
from reports.drafts.rules import kinds_for, signature_role
from reports.vocabulary import Mission, ReportKind, WordKind


def add_draft(
    db: EncryptedDatabase,
    actor: Actor,
    kind: ReportKind,
    audience: Audience,
    period: Period,
    sections: Sequence[str],
    today: date,
    once: str = "",
) -> int:
    """Give the id."""
    with write(db, actor, once) as log:
        added = db.insert_row(
            "INSERT INTO report_draft (kind, audience, period, sections, made_on) VALUES (?, ?, ?, ?, ?)",
            (kind.value, audience.value, period.code, json.dumps(list(sections)), today.isoformat()),
        )
        log.note(Deed.CREATE, "report_draft", added)
    return added


def list_drafts(db: EncryptedDatabase) -> list[Draft]:
    """The newest first."""
    return [_draft(row) for row in db.rows("SELECT * FROM report_draft ORDER BY id DESC")]


def get_draft(db: EncryptedDatabase, draft_id: int) -> Draft:
    """Raises NotFound."""
    row = db.row("SELECT * FROM report_draft WHERE id = ?", (draft_id,))
    if row is None:
        raise NotFound
    return _draft(row)


def change_sections(
    db: EncryptedDatabase, actor: Actor, draft_id: int, sections: Sequence[str], version: int, once: str = ""
) -> None:
    """Another choice or order, to be reviewed again; raises Conflict when somebody changed it meanwhile."""
    if not sections:
        raise Refused("Un rapport garde au moins une partie.")
    with write(db, actor, once) as log:
        changed = db.changed(
            "UPDATE report_draft SET sections = ?, version = version + 1, reviewed_on = NULL, reviewer = '',"
            " reviewer_role = '' WHERE id = ? AND version = ?",
            (json.dumps(list(sections)), draft_id, version),
        )
        if not changed:
            raise Conflict({}, get_draft(db, draft_id).version)
        log.note(Deed.CHANGE, "report_draft", draft_id, ["sections"])


def review(
    db: EncryptedDatabase, actor: Actor, draft_id: int, name: str, version: int, today: date, once: str = ""
) -> None:
    """Signed by who read it through, of the very version that she read."""
    with write(db, actor, once) as log:
        changed = db.changed(
            "UPDATE report_draft SET reviewed_on = ?, reviewer = ?, reviewer_role = ?, version = version + 1"
            " WHERE id = ? AND version = ?",
            (today.isoformat(), name, signature_role(actor, None), draft_id, version),
        )
        if not changed:
            raise Conflict({}, get_draft(db, draft_id).version)
        log.note(Deed.CHANGE, "report_draft", draft_id, ["reviewed_on"])


def list_words(db: EncryptedDatabase, draft_id: int) -> list[Word]:
    """As they were written."""
    return [
        Word(
            row["id"],
            WordKind(row["kind"]),
            row["words"],
            row["author"],
            row["author_role"],
            date.fromisoformat(row["written_on"]),
            row["member_id"],
        )
        for row in db.rows("SELECT * FROM draft_word WHERE draft_id = ? ORDER BY id", (draft_id,))
    ]


def sign_words(
    db: EncryptedDatabase, actor: Actor, draft_id: int, kind: WordKind, words: str, name: str, today: date,
    once: str = "",
) -> int:  # fmt: skip
    """Raises NotAllowed for what this person's role or mission does not let her write.

    A judgement or a recommendation is printed, so that the draft is to be reviewed again; a remark is not.
    """
    mission = get_mission(db)
    if kind not in kinds_for(actor, mission):
        raise NotAllowed("Votre mission ne comprend pas ce que vous voulez signer.")
    with write(db, actor, once) as log:
        get_draft(db, draft_id)
        added = db.insert_row(
            "INSERT INTO draft_word (draft_id, kind, words, author, author_role, written_on, member_id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (draft_id, kind.value, words, name, signature_role(actor, mission), today.isoformat(), actor.member_id),
        )
        if kind is not WordKind.REMARK:
            _open_again(db, draft_id)
        log.note(Deed.CREATE, "draft_word", added)
    return added


def take_back(db: EncryptedDatabase, actor: Actor, draft_id: int, word_id: int, once: str = "") -> None:
    """One's own words alone; raises NotFound otherwise."""
    with write(db, actor, once) as log:
        changed = db.changed(
            "DELETE FROM draft_word WHERE id = ? AND draft_id = ? AND member_id = ?",
            (word_id, draft_id, actor.member_id),
        )
        if not changed:
            raise NotFound
        _open_again(db, draft_id)
        log.note(Deed.DELETE, "draft_word", word_id)


def get_mission(db: EncryptedDatabase) -> Mission | None:
    """What the outside evaluator is there for, when it was decided."""
    value = db.value("SELECT mission FROM evaluator_mission")
    return Mission(value) if value else None


def set_mission(db: EncryptedDatabase, actor: Actor, mission: Mission, today: date, once: str = "") -> None:
    """One mission for the community's outside evaluation."""
    with write(db, actor, once) as log:
        db.execute(
            "INSERT INTO evaluator_mission (id, mission, decided_on) VALUES (1, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET mission = excluded.mission, decided_on = excluded.decided_on",
            (mission.value, today.isoformat()),
        )
        log.note(Deed.CHANGE, "evaluator_mission", 1, ["mission"])


def _open_again(db: EncryptedDatabase, draft_id: int) -> None:
    db.execute(
        "UPDATE report_draft SET reviewed_on = NULL, reviewer = '', reviewer_role = '', version = version + 1"
        " WHERE id = ?",
        (draft_id,),
    )


def _draft(row: Row) -> Draft:
    reviewed = row["reviewed_on"]
    return Draft(
        row["id"],
        ReportKind(row["kind"]),
        Audience(row["audience"]),
        parse_period(row["period"]),
        tuple(json.loads(row["sections"])),
        date.fromisoformat(row["made_on"]),
        date.fromisoformat(reviewed) if reviewed else None,
        row["reviewer"],
        row["reviewer_role"],
        row["version"],
    )
