"""Reading children's files: each opening leaves its entry in the log, in the same transaction."""

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime

from impact.accounts.access import Action, FieldClass, Role
from impact.audit import SYSTEM, Actor, Deed, write
from impact.communities.storage import member_names
from impact.db import EncryptedDatabase, Row
from impact.exceptions import NotFound, Refused
from impact.identities import get_identity, identities
from impact.pathways.handover_rules import former_readers
from impact.pathways.list_rules import gather_readings
from impact.pathways.records import (
    Assignment,
    ChildFile,
    Consent,
    Decision,
    Exit,
    HandOver,
    Note,
    Objective,
    Orientation,
    Pathway,
    Profile,
    Reading,
    Safeguards,
    Situation,
)
from impact.pathways.rules import may_open_file
from impact.pathways.schooling_storage import list_schooling
from impact.pathways.setting_storage import get_setting
from impact.pathways.vocabulary import (
    Answer,
    ContactKind,
    Means,
    ObjectiveResult,
    Outcome,
    ReferenceList,
    Relation,
    Sex,
)
from impact.reference_lists import labels
from impact.sealing import unseal

# What is sealed of a note about health or justice, in this order.
NOTE_TEXTS = ("observed", "appreciation", "next_step", "with_whom")


def open_file(
    db: EncryptedDatabase, actor: Actor, action: Action, situation_id: int, today: date | None = None
) -> ChildFile:
    """The file, for who may; raises NotFound, in the same way, for one that is absent and one that is not hers.

    With `today`, those who handed the child over lately still read.
    """
    with write(db, actor) as log:
        file = find_file(db, situation_id)
        if file and file.pathway and today:
            former = former_readers(file.pathway.referents, today, get_setting(db).reading_days)
            file = replace(file, safeguards=replace(file.safeguards, former=former))
        admitted = file is not None and may_open_file(actor, action, file)
        log.note(Deed.READ if admitted else Deed.REFUSE, "situation", situation_id)
    if file is None or not admitted:
        raise NotFound
    return file


def get_file(db: EncryptedDatabase, situation_id: int) -> ChildFile:
    """For writings, whose own entry tells who came; raises NotFound, Refused once the file is archived."""
    file = find_file(db, situation_id)
    if file is None:
        raise NotFound
    if file.safeguards.archived_on:
        raise Refused("Ce dossier est archivé : il se lit, et ne s’écrit plus.")
    return file


def list_notes(db: EncryptedDatabase, file: ChildFile, readable: Collection[FieldClass]) -> list[Note]:
    """The notes that the role reads, latest contact first; the others are as if they were not there."""
    if file.pathway is None:
        return []
    rows = db.rows(
        "SELECT * FROM follow_up_note WHERE pathway_id = ? ORDER BY contact_on DESC, id DESC", (file.pathway.id,)
    )
    names = member_names(db)
    return [_note(db, row, names) for row in rows if FieldClass(row["field_class"]) in readable]


def get_note(db: EncryptedDatabase, file: ChildFile, note_id: int, readable: Collection[FieldClass]) -> Note:
    """Raises NotFound when it is not of this file or not readable."""
    for note in list_notes(db, file, readable):
        if note.id == note_id:
            return note
    raise NotFound


def list_readings(db: EncryptedDatabase, situation_id: int) -> list[Reading]:
    """Who opened, changed or was refused this file, latest first."""
    names = {row["account_ref"]: row["id"] for row in db.rows("SELECT id, account_ref FROM member")}
    people = member_names(db) | {0: "Personne extérieure"}
    rows = db.rows(
        "SELECT at, actor_ref, actor_role, deed FROM audit_entry"
        " WHERE object_kind = 'situation' AND object_id = ? ORDER BY id DESC LIMIT 500",
        (situation_id,),
    )
    entries = [
        Reading(
            at=datetime.fromisoformat(row["at"]),
            name="L’application" if row["actor_ref"] == SYSTEM.account_ref else people[names.get(row["actor_ref"], 0)],
            role=next((role.label for role in Role if role.value == row["actor_role"]), ""),
            deed=Deed(row["deed"]).label,
        )
        for row in rows
    ]
    return gather_readings(entries)


def count_readers(db: EncryptedDatabase, situation_id: int) -> int:
    """How many people opened this file since the first day of the month."""
    month = datetime.now(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return int(
        db.value(
            "SELECT count(DISTINCT actor_ref) FROM audit_entry WHERE object_kind = 'situation' AND object_id = ?"
            " AND deed IN ('read', 'print', 'export') AND at >= ? AND actor_ref <> ?",
            (situation_id, month.isoformat(), SYSTEM.account_ref),
        )
    )


def months_kept(db: EncryptedDatabase) -> int:
    """How long a file is kept after the last contact, as the notice of the parents says."""
    return int(db.value("SELECT months FROM retention_delay"))


def named_profiles(db: EncryptedDatabase, file: ChildFile) -> list[tuple[str, date]]:
    """What the profiles of the pathway are called, each with its first day, oldest first."""
    names = labels(db, ReferenceList.PROFILES)
    profiles = file.pathway.profiles if file.pathway else ()
    return [(names.get(known.code, known.code) or "Aucun", known.since) for known in profiles]


def find_file(db: EncryptedDatabase, situation_id: int) -> ChildFile | None:
    """The file, archived or not, or None; callers ask the rules before they show anything of it."""
    row = db.row(
        "SELECT situation.*, child.identity_id, child.sex, situation.version + child.version AS versions"
        " FROM situation JOIN child ON child.id = child_id WHERE situation.id = ?",
        (situation_id,),
    )
    if row is None:
        return None
    return ChildFile(
        _situation(db, row),
        _consents(db, situation_id),
        _decisions(db, situation_id),
        _pathway(db, row),
        _orientation(db, situation_id),
        _safeguards(db, row["child_id"], situation_id),
        list_schooling(db, row["child_id"]),
    )


def _safeguards(db: EncryptedDatabase, child_id: int, situation_id: int) -> Safeguards:
    now, day = datetime.now(UTC).isoformat(timespec="seconds"), datetime.now(UTC).date().isoformat()
    urgent = db.rows(
        "SELECT member_id FROM urgent_access WHERE situation_id = ? AND opened_at <= ? AND ends_at > ?",
        (situation_id, now, now),
    )
    restricted = db.value(
        "SELECT 1 FROM contact_restriction WHERE child_id = ? AND since <= ? AND (until IS NULL OR until >= ?)",
        (child_id, day, day),
    )
    return Safeguards(
        archived_on=_day(db.value("SELECT archived_on FROM child_archive WHERE child_id = ?", (child_id,))),
        urgent=frozenset(row["member_id"] for row in urgent),
        restricted=restricted is not None,
    )


def _situation(db: EncryptedDatabase, row: Row) -> Situation:
    motives = db.rows("SELECT code FROM situation_motive WHERE situation_id = ? ORDER BY position", (row["id"],))
    return Situation(
        child=get_identity(db, row["identity_id"]),
        sex=Sex(row["sex"]),
        received_on=date.fromisoformat(row["received_on"]),
        origin=row["origin"],
        motives=tuple(motive["code"] for motive in motives),
        context=row["context"],
        received_by=row["received_by"],
        presented_on=_day(row["presented_on"]),
        child_id=row["child_id"],
        id=row["id"],
        version=row["versions"],
    )


def _orientation(db: EncryptedDatabase, situation_id: int) -> Orientation | None:
    row = db.row("SELECT * FROM orientation WHERE situation_id = ?", (situation_id,))
    if row is None:
        return None
    return Orientation(
        sender=get_identity(db, row["sender_id"]),
        sender_role=row["sender_role"],
        institution=row["institution"],
        tried=row["tried"],
        informed_by=row["informed_by"],
        informed_on=_day(row["informed_on"]),
        child_wish=row["child_wish"],
        parents_wish=row["parents_wish"],
        version=row["version"],
    )


def _consents(db: EncryptedDatabase, situation_id: int) -> tuple[Consent, ...]:
    rows = db.rows("SELECT * FROM consent WHERE situation_id = ? ORDER BY given_on, id", (situation_id,))
    people = identities(db, [row["identity_id"] for row in rows])
    return tuple(
        Consent(
            given_by=people[row["identity_id"]],
            relation=Relation(row["relation"]),
            given_on=date.fromisoformat(row["given_on"]),
            means=Means(row["means"]),
            scope=frozenset(FieldClass(value) for value in json.loads(row["scope"])),
            text_version=row["text_version"],
            withdrawn_on=_day(row["withdrawn_on"]),
            id=row["id"],
        )
        for row in rows
    )


def _decisions(db: EncryptedDatabase, situation_id: int) -> tuple[Decision, ...]:
    rows = db.rows("SELECT * FROM decision WHERE situation_id = ? ORDER BY decided_on, id", (situation_id,))
    return tuple(
        Decision(date.fromisoformat(row["decided_on"]), Outcome(row["outcome"]), row["reason"], row["id"])
        for row in rows
    )


def _pathway(db: EncryptedDatabase, situation: Row) -> Pathway | None:
    row = db.row("SELECT * FROM pathway WHERE situation_id = ?", (situation["id"],))
    if row is None:
        return None
    exits = _exits(db, row["id"])
    leaving = next((each for each in exits if each.reopened_on is None), None)
    return Pathway(
        id=row["id"],
        started_on=date.fromisoformat(row["started_on"]),
        review_on=_day(row["review_on"]),
        version=row["version"],
        referents=_referents(db, row["id"]),
        objectives=_objectives(db, row["id"], leaving),
        exit=leaving,
        last_contact_on=_day(row["last_contact_on"]),
        past_exits=tuple(each for each in exits if each.reopened_on),
        expected_end_on=_day(row["expected_end_on"]),
        hand_overs=_hand_overs(db, row["id"]),
        profiles=_profiles(db, row["id"]),
    )


def _profiles(db: EncryptedDatabase, pathway_id: int) -> tuple[Profile, ...]:
    rows = db.rows("SELECT since, profile FROM pathway_profile WHERE pathway_id = ? ORDER BY since", (pathway_id,))
    return tuple(Profile(date.fromisoformat(row["since"]), row["profile"]) for row in rows)


def _hand_overs(db: EncryptedDatabase, pathway_id: int) -> tuple[HandOver, ...]:
    rows = db.rows("SELECT * FROM hand_over WHERE pathway_id = ? ORDER BY id", (pathway_id,))
    names = member_names(db) if rows else {}
    return tuple(
        HandOver(
            member_id=row["member_id"],
            name=names[row["member_id"]],
            proposed_on=date.fromisoformat(row["proposed_on"]),
            since=date.fromisoformat(row["since"]),
            answer=Answer(row["answer"]),
            answered_on=_day(row["answered_on"]),
            reason=row["reason"],
            proposed_by=names.get(row["proposed_by"], ""),
            id=row["id"],
        )
        for row in rows
    )


def _referents(db: EncryptedDatabase, pathway_id: int) -> tuple[Assignment, ...]:
    rows = db.rows("SELECT * FROM referent WHERE pathway_id = ? ORDER BY since, id", (pathway_id,))
    names = member_names(db, [row["member_id"] for row in rows])
    return tuple(
        Assignment(row["member_id"], names[row["member_id"]], date.fromisoformat(row["since"]), _day(row["until"]))
        for row in rows
    )


def _objectives(db: EncryptedDatabase, pathway_id: int, leaving: Exit | None) -> tuple[Objective, ...]:
    results, levels = (leaving.results, leaving.levels) if leaving else ({}, {})
    rows = db.rows("SELECT * FROM objective WHERE pathway_id = ? ORDER BY id", (pathway_id,))
    return tuple(
        Objective(
            row["label"],
            row["starting_point"],
            results.get(row["id"]),
            row["id"],
            row["starting_level"],
            levels.get(row["id"]),
        )
        for row in rows
    )


def _exits(db: EncryptedDatabase, pathway_id: int) -> list[Exit]:
    rows = db.rows("SELECT * FROM pathway_exit WHERE pathway_id = ? ORDER BY ended_on, id", (pathway_id,))
    return [_exit(db, row) for row in rows]


def _exit(db: EncryptedDatabase, row: Row) -> Exit:
    results = db.rows("SELECT * FROM objective_result WHERE exit_id = ?", (row["id"],))
    return Exit(
        date.fromisoformat(row["ended_on"]),
        row["reason"],
        row["relay"],
        {result["objective_id"]: ObjectiveResult(result["result"]) for result in results},
        row["child_opinion"],
        row["parents_opinion"],
        row["referent_opinion"],
        {result["objective_id"]: result["level"] for result in results if result["level"] is not None},
        _day(row["reopened_on"]),
        row["reopening_reason"],
    )


def sealed_texts(db: EncryptedDatabase, row: Row) -> dict[str, str]:
    """What a sealed note says, by column; the first ones were sealed before they could say what comes next."""
    if row["sealed"] is None:
        return {}
    return dict(zip(NOTE_TEXTS, json.loads(unseal(db, row["sealed"], seal_label(row["id"]))), strict=False))


def _note(db: EncryptedDatabase, row: Row, names: dict[int, str]) -> Note:
    texts = row | sealed_texts(db, row)
    return Note(
        contact_on=date.fromisoformat(row["contact_on"]),
        contact_kind=ContactKind(row["contact_kind"]),
        minutes=row["minutes"],
        objective_id=row["objective_id"],
        field_class=FieldClass(row["field_class"]),
        observed=texts["observed"],
        appreciation=texts["appreciation"],
        next_step=texts["next_step"],
        next_on=_day(row["next_on"]),
        next_done_on=_day(row["next_done_on"]),
        author=names[row["member_id"]],
        member_id=row["member_id"],
        id=row["id"],
        version=row["version"],
        with_whom=texts["with_whom"],
        shared_key=row["shared_key"] or "",
    )


def seal_label(note_id: int) -> str:
    """What ties a sealed note to its row."""
    return f"follow_up_note.texts:{note_id}"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
