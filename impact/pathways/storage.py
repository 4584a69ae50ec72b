"""Situations, agreements and decisions: every writing before the pathway."""

import json
from dataclasses import replace
from datetime import date

from impact.audit import Actor, Deed, Log, write
from impact.db import EncryptedDatabase
from impact.exceptions import Conflict, Refused
from impact.identities import add_identity, change_identity
from impact.pathways.file_storage import get_file
from impact.pathways.line_storage import list_lookalikes
from impact.pathways.reception_rules import (
    check_consent,
    check_decision,
    check_orientation,
    check_presentation,
    check_situation,
    check_situation_change,
    check_withdrawal,
)
from impact.pathways.records import Consent, Decision, Orientation, Situation
from impact.pathways.rules import agreement
from impact.pathways.seeds import SEEDS
from impact.pathways.vocabulary import Outcome, State
from impact.reference_lists import add_items
from impact.vocabulary import CommunityKind
from impact.wording import short_date

OTHER_CHILD = "other"
_BUSY = frozenset({State.AGREEMENT, State.DECISION, State.START, State.FOLLOWED})


def seed_lists(db: EncryptedDatabase, actor: Actor, day: date) -> int:
    """Fill the lists of motives, origins and exit reasons of a new PRE; gives how many entries were missing."""
    return sum(add_items(db, actor, name.value, items, day) for name, items in SEEDS.items())


def seed_new_community(db: EncryptedDatabase, actor: Actor, kind: CommunityKind, day: date) -> None:
    """The lists of a community that is a PRE; nothing for the others."""
    if kind is CommunityKind.PRE:
        seed_lists(db, actor, day)


def add_situation(
    db: EncryptedDatabase,
    actor: Actor,
    situation: Situation,
    today: date,
    once: str = "",
    *,
    known: str = "",
    confirmed_age: bool = False,
) -> int:
    """A situation received, with its child; `known` answers what to do with a child of the same name.

    `known` is empty, OTHER_CHILD, or the id of the child that it is. Raises Refused at the field to look at.
    """
    with write(db, actor, once) as log:
        check_situation(situation, confirmed_age, today)
        child_id = _known_child(db, actor, situation, known, today) or _add_child(db, situation)
        added = db.insert_row(
            "INSERT INTO situation (child_id, received_on, received_by, origin, context) VALUES (?, ?, ?, ?, ?)",
            (
                child_id,
                situation.received_on.isoformat(),
                situation.received_by or actor.member_id,
                situation.origin,
                situation.context,
            ),
        )
        _set_motives(db, added, situation.motives)
        log.note(Deed.CREATE, "situation", added)
    return added


def change_situation(
    db: EncryptedDatabase,
    actor: Actor,
    situation: Situation,
    today: date,
    once: str = "",
    *,
    confirmed_age: bool = False,
) -> None:
    """Correct a situation and its child; raises Conflict when somebody saved either meanwhile."""
    with write(db, actor, once) as log:
        file = get_file(db, situation.id)
        stored = file.situation
        if stored.version != situation.version:
            raise Conflict(_as_read(stored), stored.version)
        check_situation(situation, confirmed_age, today)
        check_situation_change(file, situation)
        change_identity(db, situation.child)
        db.execute(
            "UPDATE child SET sex = ?, version = version + 1 WHERE id = ?", (situation.sex.value, stored.child_id)
        )
        db.execute(
            "UPDATE situation SET received_on = ?, origin = ?, context = ?, version = version + 1 WHERE id = ?",
            (situation.received_on.isoformat(), situation.origin, situation.context, situation.id),
        )
        _set_motives(db, situation.id, situation.motives)
        log.note(Deed.CHANGE, "situation", situation.id, list(_as_read(stored)))


def save_orientation(
    db: EncryptedDatabase, actor: Actor, situation_id: int, orientation: Orientation, today: date, once: str = ""
) -> None:
    """What the orientation sheet says; raises Conflict when somebody saved it meanwhile."""
    with write(db, actor, once) as log:
        file = get_file(db, situation_id)
        stored = file.orientation
        if orientation.version != (stored.version if stored else 0):
            raise Conflict(_orientation_as_read(stored), stored.version if stored else 0)
        check_orientation(file, orientation, today)
        values = (
            orientation.sender_role,
            orientation.institution,
            orientation.tried,
            orientation.informed_by,
            orientation.informed_on.isoformat() if orientation.informed_on else None,
            orientation.child_wish,
            orientation.parents_wish,
        )
        if stored is None:
            db.execute(
                "INSERT INTO orientation (sender_role, institution, tried, informed_by, informed_on, child_wish,"
                " parents_wish, situation_id, sender_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*values, situation_id, add_identity(db, orientation.sender)),
            )
        else:
            change_identity(db, replace(orientation.sender, id=stored.sender.id))
            db.execute(
                "UPDATE orientation SET sender_role = ?, institution = ?, tried = ?, informed_by = ?, informed_on = ?,"
                " child_wish = ?, parents_wish = ?, version = version + 1 WHERE situation_id = ?",
                (*values, situation_id),
            )
        log.note(Deed.CHANGE, "situation", situation_id, ["orientation"])


def present_situation(db: EncryptedDatabase, actor: Actor, situation_id: int, today: date, once: str = "") -> None:
    """Let the partners of the support team read this situation."""
    with write(db, actor, once) as log:
        check_presentation(get_file(db, situation_id))
        db.execute(
            "UPDATE situation SET presented_on = ?, version = version + 1 WHERE id = ?",
            (today.isoformat(), situation_id),
        )
        log.note(Deed.SHARE, "situation", situation_id, ["presented_on"])


def add_consent(
    db: EncryptedDatabase, actor: Actor, situation_id: int, consent: Consent, today: date, once: str = ""
) -> int:
    """The agreement of a legal representative; it replaces the scope of the previous one."""
    with write(db, actor, once) as log:
        check_consent(get_file(db, situation_id), consent, today)
        added = db.insert_row(
            "INSERT INTO consent (situation_id, identity_id, relation, given_on, means, scope, text_version)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                situation_id,
                add_identity(db, consent.given_by),
                consent.relation.value,
                consent.given_on.isoformat(),
                consent.means.value,
                json.dumps(sorted(field.value for field in consent.scope)),
                consent.text_version,
            ),
        )
        _note_both(log, Deed.CREATE, "consent", added, situation_id)
    return added


def last_text_version(db: EncryptedDatabase) -> str:
    """The text shown for the latest agreement of this PRE, to spare retyping it."""
    return str(db.value("SELECT text_version FROM consent ORDER BY id DESC LIMIT 1") or "")


def withdraw_consent(
    db: EncryptedDatabase, actor: Actor, situation_id: int, day: date, today: date, once: str = ""
) -> None:
    """End every agreement of the situation: nothing is written from now on."""
    with write(db, actor, once) as log:
        file = get_file(db, situation_id)
        check_withdrawal(file, day, today)
        in_force = agreement(file.consents)
        db.execute(
            "UPDATE consent SET withdrawn_on = ? WHERE situation_id = ? AND withdrawn_on IS NULL",
            (day.isoformat(), situation_id),
        )
        _note_both(log, Deed.CHANGE, "consent", in_force.id if in_force else 0, situation_id, ["withdrawn_on"])


def add_decision(
    db: EncryptedDatabase, actor: Actor, situation_id: int, decision: Decision, today: date, once: str = ""
) -> int:
    """What the support team decided."""
    with write(db, actor, once) as log:
        check_decision(get_file(db, situation_id), decision, today)
        added = db.insert_row(
            "INSERT INTO decision (situation_id, decided_on, outcome, reason) VALUES (?, ?, ?, ?)",
            (situation_id, decision.decided_on.isoformat(), Outcome(decision.outcome).value, decision.reason),
        )
        _note_both(log, Deed.CREATE, "decision", added, situation_id)
    return added


def _known_child(db: EncryptedDatabase, actor: Actor, situation: Situation, known: str, today: date) -> int | None:
    if known == OTHER_CHILD:
        return None
    alike = list_lookalikes(db, situation.child, today)
    if not alike:
        return None
    if known not in {str(line.child_id) for line in alike}:
        raise Refused("Un enfant de ce nom est déjà connu du PRE : dites si c’est le même.", "known")
    if any(line.state in _BUSY for line in alike if str(line.child_id) == known):
        raise Refused("Une situation de cet enfant est déjà en cours : complétez-la.", "known")
    return int(known)


def _add_child(db: EncryptedDatabase, situation: Situation) -> int:
    return db.insert_row(
        "INSERT INTO child (identity_id, sex) VALUES (?, ?)",
        (add_identity(db, situation.child), situation.sex.value),
    )


def _set_motives(db: EncryptedDatabase, situation_id: int, motives: tuple[str, ...]) -> None:
    db.execute("DELETE FROM situation_motive WHERE situation_id = ?", (situation_id,))
    for position, code in enumerate(dict.fromkeys(motives)):
        db.execute(
            "INSERT INTO situation_motive (situation_id, code, position) VALUES (?, ?, ?)",
            (situation_id, code, position),
        )


def _note_both(
    log: Log, deed: Deed, kind: str, object_id: int, situation_id: int, fields: tuple[str, ...] | list[str] = ()
) -> None:
    log.note(deed, kind, object_id, fields)
    log.note(Deed.CHANGE, "situation", situation_id, [kind])


def _orientation_as_read(stored: Orientation | None) -> dict[str, object]:
    if stored is None:
        return {}
    return {
        "given_name": stored.sender.given_name or "–",
        "family_name": stored.sender.family_name,
        "sender_role": stored.sender_role or "–",
        "institution": stored.institution,
        "tried": stored.tried or "–",
        "informed_by": stored.informed_by or "–",
        "informed_on": short_date(stored.informed_on) if stored.informed_on else "–",
        "child_wish": stored.child_wish or "–",
        "parents_wish": stored.parents_wish or "–",
    }


def _as_read(situation: Situation) -> dict[str, object]:
    child = situation.child
    return {
        "family_name": child.family_name,
        "given_name": child.given_name,
        "birth_day": short_date(child.birth_date),
        "sex": situation.sex.label,
        "received_on": short_date(situation.received_on),
        "context": situation.context,
    }
