"""Siblings: the children of one home, and a note that is written once for several of them."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from impact.accounts.access import Action, sees_whole_file
from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase
from impact.exceptions import NotFound, Refused
from impact.pathways.file_storage import open_file
from impact.pathways.line_storage import named, some_lines
from impact.pathways.pathway_storage import add_note
from impact.pathways.records import Line, Note
from impact.pathways.rules import may_open_line

_SIBLINGS = """
    SELECT id FROM child WHERE household_id = (SELECT household_id FROM child WHERE id = :child) AND id <> :child
"""
_LATEST = """
    SELECT max(id) AS id FROM situation WHERE child_id IN (SELECT value FROM json_each(?)) GROUP BY child_id
"""


def list_siblings(db: EncryptedDatabase, actor: Actor, child_id: int, today: date) -> tuple[list[Line], int]:
    """The last situation of each sibling whose file the actor may open, by name, and how many others there are."""
    children = [row["id"] for row in db.rows(_SIBLINGS, {"child": child_id})]
    latest = [row["id"] for row in db.rows(_LATEST, (json.dumps(children),))]
    seen = [line for line in some_lines(db, latest, today) if sees_whole_file(actor) or may_open_line(actor, line)]
    return sorted(named(db, seen, today), key=lambda line: line.listed_name), len(children) - len(seen)


def join_siblings(db: EncryptedDatabase, actor: Actor, child_id: int, other_id: int, once: str = "") -> None:
    """Two children live in one home, and two homes become one; raises Refused on a child with herself."""
    if child_id == other_id:
        raise Refused("C’est le même enfant : choisissez son frère ou sa sœur.")
    with write(db, actor, once) as log:
        pair = (child_id, other_id)
        homes = {row["id"]: row["household_id"] for row in db.rows("SELECT * FROM child WHERE id IN (?, ?)", pair)}
        if len(homes) < 2:
            raise NotFound
        home = homes[child_id] or homes[other_id] or db.insert_row("INSERT INTO household DEFAULT VALUES")
        left = homes[other_id]
        db.execute("UPDATE child SET household_id = ? WHERE id IN (?, ?)", (home, *pair))
        if left not in (None, home):
            db.execute("UPDATE child SET household_id = ? WHERE household_id = ?", (home, left))
            db.execute("UPDATE household_adult SET household_id = ? WHERE household_id = ?", (home, left))
            db.execute("DELETE FROM household WHERE id = ?", (left,))
        for each in pair:
            log.note(Deed.CHANGE, "child", each, ["household_id"])


def leave_siblings(db: EncryptedDatabase, actor: Actor, child_id: int, once: str = "") -> None:
    """The child was put in this home by mistake, or lives elsewhere now."""
    with write(db, actor, once) as log:
        if not db.changed("UPDATE child SET household_id = NULL WHERE id = ? AND household_id NOT NULL", (child_id,)):
            raise NotFound
        log.note(Deed.CHANGE, "child", child_id, ["household_id"])


def add_shared_note(
    db: EncryptedDatabase,
    actor: Actor,
    situation_id: int,
    others: Sequence[Line],
    note: Note,
    today: date,
    once: str = "",
) -> None:
    """The note in the file of the child and of these siblings, all or none; its minutes count once.

    Raises Refused on `also` when a sibling's file does not take it.
    """
    if not others:
        add_note(db, actor, situation_id, note, today, once)
        return
    shared = replace(note, shared_key=secrets.token_hex(8))
    with write(db, actor, once) as log:
        added = add_note(db, actor, situation_id, shared, today)
        log.note(Deed.CHANGE, "follow_up_note", added, ["shared_key"])
        for line in others:
            open_file(db, actor, Action.FOLLOW_CHILD, line.situation_id)
            try:
                add_note(db, actor, line.situation_id, replace(shared, objective_id=None), today)
            except Refused as refusal:
                raise Refused(f"{line.name} : {refusal}", "also") from None
