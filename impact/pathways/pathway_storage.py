"""Pathways, referents, objectives, notes and exits: every writing after the decision."""

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from impact.accounts.access import FieldClass, readable_fields
from impact.audit import Actor, Deed, Log, write
from impact.communities.storage import member_names
from impact.db import EncryptedDatabase
from impact.exceptions import Conflict, NotAllowed, Refused
from impact.pathways.file_storage import NOTE_TEXTS, get_file, get_note, seal_label
from impact.pathways.records import Exit, Note, Objective, Pathway
from impact.pathways.rules import (
    check_exit,
    check_note,
    check_objective,
    check_profile,
    check_reopening,
    check_review,
    check_start,
    may_rewrite,
    open_pathway,
)
from impact.pathways.vocabulary import ReferenceList
from impact.reference_lists import labels
from impact.sealing import seal
from impact.wording import short_date

SEALED = frozenset({FieldClass.HEALTH, FieldClass.JUSTICE})


def start_pathway(
    db: EncryptedDatabase,
    actor: Actor,
    situation_id: int,
    started_on: date,
    review_on: date | None,
    referent_id: int,
    objectives: Sequence[Objective],
    today: date,
    once: str = "",
    *,
    profile: str = "",
) -> int:
    """Open the pathway that the team decided, with its referent and at least one objective."""
    with write(db, actor, once) as log:
        check_start(get_file(db, situation_id), started_on, review_on, today)
        check_member(db, referent_id)
        if not objectives:
            raise Refused("Écrivez au moins un objectif, convenu avec la famille.", "objective_1")
        added = db.insert_row(
            "INSERT INTO pathway (situation_id, started_on, review_on) VALUES (?, ?, ?)",
            (situation_id, started_on.isoformat(), _iso(review_on)),
        )
        if profile:
            _insert_profile(db, added, profile, started_on)
        insert_referent(db, added, referent_id, started_on)
        for objective in objectives:
            _insert_objective(db, added, objective)
        log.note(Deed.CREATE, "pathway", added)
        log.note(Deed.CHANGE, "situation", situation_id, ["pathway"])
    return added


def add_objective(db: EncryptedDatabase, actor: Actor, situation_id: int, objective: Objective, once: str = "") -> int:
    """One more objective, with its starting point."""
    with write(db, actor, once) as log:
        file = get_file(db, situation_id)
        check_objective(file, objective)
        added = _insert_objective(db, open_pathway(file).id, objective)
        log.note(Deed.CREATE, "objective", added)
        log.note(Deed.CHANGE, "situation", situation_id, ["objective"])
    return added


def change_review(
    db: EncryptedDatabase,
    actor: Actor,
    situation_id: int,
    review_on: date | None,
    version: int,
    today: date,
    once: str = "",
    *,
    expected_end_on: date | None = None,
    profile: str = "",
    profile_since: date | None = None,
) -> None:
    """Set the next review, the end that is expected, the profile; raises Conflict when somebody changed the pathway meanwhile.

    A profile is in force from a day on, today unless told: it replaces what was said from that day on.
    """
    with write(db, actor, once) as log:
        file = get_file(db, situation_id)
        check_review(file, review_on, expected_end_on)
        pathway = open_pathway(file)
        if pathway.version != version:
            stored = {
                "review_on": short_date(pathway.review_on),
                "expected_end_on": short_date(pathway.expected_end_on),
                "profile": labels(db, ReferenceList.PROFILES).get(pathway.profile, pathway.profile or "–"),
            }
            raise Conflict({**stored}, pathway.version)
        db.execute(
            "UPDATE pathway SET review_on = ?, expected_end_on = ?, version = version + 1 WHERE id = ?",
            (_iso(review_on), _iso(expected_end_on), pathway.id),
        )
        if profile_since or profile != pathway.profile:
            since = profile_since or today
            check_profile(file, since, today)
            _date_profile(db, pathway, profile, since)
        log.note(Deed.CHANGE, "situation", situation_id, ["review_on", "expected_end_on", "profile"])


def add_note(
    db: EncryptedDatabase,
    actor: Actor,
    situation_id: int,
    note: Note,
    today: date,
    once: str = "",
    *,
    written_at: datetime | None = None,
    readable: Collection[FieldClass] | None = None,
) -> int:
    """A follow-up note, sealed when it is about health or justice; `note.member_id` 0 means the actor herself."""
    author = note.member_id or actor.member_id
    if author is None:
        raise NotAllowed
    with write(db, actor, once) as log:
        file = get_file(db, situation_id)
        check_note(file, note, readable_fields(actor) if readable is None else readable, today)
        pathway_id = open_pathway(file).id
        return insert_note(db, log, situation_id, pathway_id, replace(note, member_id=author), written_at)


def insert_note(
    db: EncryptedDatabase,
    log: Log,
    situation_id: int,
    pathway_id: int,
    note: Note,
    written_at: datetime | None = None,
) -> int:
    """A note that was checked, by its member; belongs inside a `write`."""
    added = db.insert_row(
        "INSERT INTO follow_up_note (pathway_id, member_id, written_at, contact_on, contact_kind, minutes,"
        " objective_id, field_class, shared_key, next_done_on, observed, appreciation)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '')",
        (
            pathway_id,
            note.member_id,
            (written_at or datetime.now(UTC)).isoformat(timespec="seconds"),
            note.contact_on.isoformat(),
            note.contact_kind.value,
            note.minutes,
            note.objective_id,
            note.field_class.value,
            note.shared_key or None,
            _iso(note.next_done_on),
        ),
    )
    _write_texts(db, replace(note, id=added))
    log.note(Deed.CREATE, "follow_up_note", added)
    log.note(Deed.CHANGE, "situation", situation_id, ["follow_up_note"])
    return added


def change_note(
    db: EncryptedDatabase, actor: Actor, situation_id: int, note: Note, today: date, once: str = ""
) -> None:
    """Correct a note of one's own; raises Conflict when it was saved meanwhile."""
    with write(db, actor, once) as log:
        file, readable = get_file(db, situation_id), readable_fields(actor)
        stored = get_note(db, file, note.id, readable)
        if not may_rewrite(actor, stored):
            raise NotAllowed("Seule la personne qui a écrit la note, ou la coordination, la corrige.")
        check_note(file, note, readable, today)
        if stored.version != note.version:
            raise Conflict(_as_read(stored), stored.version)
        db.execute(
            "UPDATE follow_up_note SET contact_on = ?, contact_kind = ?, minutes = ?, objective_id = ?,"
            " field_class = ?, version = version + 1 WHERE id = ?",
            (
                note.contact_on.isoformat(),
                note.contact_kind.value,
                note.minutes,
                note.objective_id,
                note.field_class.value,
                note.id,
            ),
        )
        _write_texts(db, note)
        log.note(Deed.CHANGE, "follow_up_note", note.id, list(_as_read(stored)))
        log.note(Deed.CHANGE, "situation", situation_id, ["follow_up_note"])


def finish_next_step(
    db: EncryptedDatabase, actor: Actor, situation_id: int, note_id: int, today: date, once: str = ""
) -> None:
    """What a note asked for is done; refused when it asked for nothing, or when it was done already."""
    with write(db, actor, once) as log:
        file = get_file(db, situation_id)
        open_pathway(file)
        note = get_note(db, file, note_id, readable_fields(actor))
        if note.next_on is None or note.next_done_on is not None:
            raise Refused("Cette suite est déjà donnée.")
        db.execute("UPDATE follow_up_note SET next_done_on = ? WHERE id = ?", (today.isoformat(), note_id))
        log.note(Deed.CHANGE, "follow_up_note", note_id, ["next_done_on"])
        log.note(Deed.CHANGE, "situation", situation_id, ["follow_up_note"])


def end_pathway(
    db: EncryptedDatabase, actor: Actor, situation_id: int, leaving: Exit, today: date, once: str = ""
) -> int:
    """The exit, with its reason, its relay and the result of each objective."""
    with write(db, actor, once) as log:
        file = get_file(db, situation_id)
        check_exit(file, leaving, today)
        added = db.insert_row(
            "INSERT INTO pathway_exit (pathway_id, ended_on, reason, relay, child_opinion, parents_opinion,"
            " referent_opinion) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                open_pathway(file).id,
                leaving.ended_on.isoformat(),
                leaving.reason,
                leaving.relay,
                leaving.child_opinion,
                leaving.parents_opinion,
                leaving.referent_opinion,
            ),
        )
        for objective in open_pathway(file).objectives:
            db.execute(
                "INSERT INTO objective_result (exit_id, objective_id, result, level) VALUES (?, ?, ?, ?)",
                (added, objective.id, leaving.results[objective.id].value, leaving.levels.get(objective.id)),
            )
        db.execute(
            "UPDATE hand_over SET answer = 'withdrawn', answered_on = ? WHERE pathway_id = ? AND answer = 'waiting'",
            (today.isoformat(), open_pathway(file).id),
        )
        log.note(Deed.CREATE, "pathway_exit", added)
        log.note(Deed.CHANGE, "situation", situation_id, ["pathway_exit"])
    return added


def reopen_pathway(
    db: EncryptedDatabase, actor: Actor, situation_id: int, reopened_on: date, reason: str, today: date, once: str = ""
) -> None:
    """A new episode from a day on: the exit stays, dated; an agreement that was withdrawn stays withdrawn."""
    with write(db, actor, once) as log:
        file = get_file(db, situation_id)
        check_reopening(file, reopened_on, reason, today)
        exit_id = int(
            db.value(
                "SELECT pathway_exit.id FROM pathway_exit JOIN pathway ON pathway.id = pathway_id"
                " WHERE situation_id = ? AND reopened_on IS NULL",
                (situation_id,),
            )
        )
        db.execute(
            "UPDATE pathway_exit SET reopened_on = ?, reopening_reason = ? WHERE id = ?",
            (reopened_on.isoformat(), reason, exit_id),
        )
        log.note(Deed.CHANGE, "pathway_exit", exit_id, ["reopened_on", "reopening_reason"])
        log.note(Deed.CHANGE, "situation", situation_id, ["pathway_exit"])


def _write_texts(db: EncryptedDatabase, note: Note) -> None:
    texts, sealed = [getattr(note, name) for name in NOTE_TEXTS], None
    if note.field_class in SEALED:
        texts, sealed = [""] * len(NOTE_TEXTS), seal(db, json.dumps(texts), seal_label(note.id))
    db.execute(
        "UPDATE follow_up_note SET observed = ?, appreciation = ?, next_step = ?, with_whom = ?, sealed = ?,"
        " next_on = ? WHERE id = ?",
        (*texts, sealed, _iso(note.next_on), note.id),
    )


def check_member(db: EncryptedDatabase, member_id: int) -> None:
    """Refuses who is not of the community."""
    if member_id not in member_names(db):
        raise Refused("Choisissez une personne de la communauté.", "referent_id")


def insert_referent(db: EncryptedDatabase, pathway_id: int, member_id: int, since: date) -> None:
    """Who follows the child from a day on; belongs inside a `write`."""
    db.execute(
        "INSERT INTO referent (pathway_id, member_id, since) VALUES (?, ?, ?)",
        (pathway_id, member_id, since.isoformat()),
    )


def _date_profile(db: EncryptedDatabase, pathway: Pathway, profile: str, since: date) -> None:
    db.execute("DELETE FROM pathway_profile WHERE pathway_id = ? AND since >= ?", (pathway.id, since.isoformat()))
    before = [known.code for known in pathway.profiles if known.since < since]
    if profile != (before[-1] if before else ""):
        _insert_profile(db, pathway.id, profile, since)


def _insert_profile(db: EncryptedDatabase, pathway_id: int, profile: str, since: date) -> None:
    db.execute(
        "INSERT INTO pathway_profile (pathway_id, since, profile) VALUES (?, ?, ?)",
        (pathway_id, since.isoformat(), profile),
    )


def _insert_objective(db: EncryptedDatabase, pathway_id: int, objective: Objective) -> int:
    return db.insert_row(
        "INSERT INTO objective (pathway_id, label, starting_point, starting_level) VALUES (?, ?, ?, ?)",
        (pathway_id, objective.label, objective.starting_point, objective.starting_level),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _as_read(note: Note) -> dict[str, object]:
    return {
        "contact_on": short_date(note.contact_on),
        "contact_kind": note.contact_kind.label,
        "with_whom": note.with_whom or "–",
        "minutes": note.minutes if note.minutes is not None else "–",
        "field_class": note.field_class.label,
        "observed": note.observed,
        "appreciation": note.appreciation or "–",
        "next_step": note.next_step or "–",
        "next_on": short_date(note.next_on) if note.next_on else "–",
    }
