"""The complete copy of one child's file: asked by one person, released by another, built from the registry."""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from impact.accounts.access import FieldClass
from impact.audit import Actor, Deed, write
from impact.communities.storage import member_names
from impact.db import EncryptedDatabase, Row
from impact.exceptions import NotFound
from impact.identities import identities
from impact.pathways.file_storage import sealed_texts
from impact.pathways.notice_texts import languages
from impact.pathways.vocabulary import (
    Authority,
    ContactKind,
    InQpv,
    Level,
    Means,
    ObjectiveResult,
    Outcome,
    PriorityNetwork,
    ReferenceList,
    Relation,
    Sex,
    Tie,
)
from impact.protection.child_rows import identity_columns, rows_of
from impact.protection.columns_of_children import CHILDREN
from impact.protection.records import Column, FileCopy, Table
from impact.protection.rules import check_copy, check_release, masked_text
from impact.protection.vocabulary import Requester, Treatment
from impact.reference_lists import labels
from impact.sealing import unseal
from impact.vocabulary import Term
from impact.wording import short_date

MASKED = "Masqué : une autre personne"
PROTECTED = "Masqué : coordonnées protégées"
_TERMS: dict[str, type[Term]] = {
    "sex": Sex,
    "relation": Relation,
    "adult": Tie,
    "authority": Authority,
    "means": Means,
    "outcome": Outcome,
    "contact_kind": ContactKind,
    "result": ObjectiveResult,
    "field_class": FieldClass,
    "scope": FieldClass,
    "requester": Requester,
    "level": Level,
    "qpv": InQpv,
    "priority": PriorityNetwork,
}


@dataclass(frozen=True)
class Section:
    """One table of the copy: its name in French and in the database, then rows of label, column and value."""

    title: str
    table: str
    rows: list[list[tuple[str, str, str]]]


def ask_copy(db: EncryptedDatabase, actor: Actor, copy: FileCopy, today: date, once: str = "") -> int:
    """Prepare the copy that a family asked for; somebody else releases it."""
    with write(db, actor, once) as log:
        check_copy(copy.received_on, today)
        added = db.insert_row(
            "INSERT INTO file_copy (child_id, situation_id, requester, identity_checked, received_on, asked_by)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                copy.child_id,
                copy.situation_id,
                copy.requester.value,
                copy.identity_checked,
                copy.received_on.isoformat(),
                copy.asked_by,
            ),
        )
        log.note(Deed.CREATE, "file_copy", added)
        log.note(Deed.CHANGE, "situation", copy.situation_id, ["file_copy"])
    return added


def release_copy(db: EncryptedDatabase, actor: Actor, copy: FileCopy, today: date, once: str = "") -> None:
    """Let the copy be printed and handed over; refused to the person who prepared it."""
    with write(db, actor, once) as log:
        stored = get_copy(db, copy.situation_id, copy.id)
        check_release(stored.released_on, stored.asked_by, actor.member_id)
        db.execute(
            "UPDATE file_copy SET released_by = ?, released_on = ?, version = version + 1 WHERE id = ?",
            (actor.member_id, today.isoformat(), copy.id),
        )
        log.note(Deed.SHARE, "file_copy", copy.id)
        log.note(Deed.SHARE, "situation", copy.situation_id, ["file_copy"])


def list_copies(db: EncryptedDatabase, situation_id: int | None = None) -> list[FileCopy]:
    """The copies asked of one situation's file, or of all, latest first."""
    rows = db.rows(
        "SELECT * FROM file_copy WHERE :situation IS NULL OR situation_id = :situation ORDER BY id DESC",
        {"situation": situation_id},
    )
    names = member_names(db)
    return [_copy(row, names) for row in rows]


def get_copy(db: EncryptedDatabase, situation_id: int, copy_id: int) -> FileCopy:
    """Raises NotFound when it is not of this file."""
    found = next((known for known in list_copies(db, situation_id) if known.id == copy_id), None)
    if found is None:
        raise NotFound
    return found


def copy_of(db: EncryptedDatabase, child_id: int, protected: bool) -> list[Section]:
    """Everything that the registry puts in the copy; `protected` masks whatever says where the child is."""
    writer = _Writer(db, child_id, protected)
    return [section for table in CHILDREN if (section := writer.section(table)).rows]


def copy_as_json(sections: list[Section]) -> str:
    """The same, for a machine: by table, each row by column."""
    content = {each.table: [{name: value for _, name, value in row} for row in each.rows] for each in sections}
    return json.dumps(content, ensure_ascii=False, indent=2)


class _Writer:
    """Turns stored rows into words, hiding other people."""

    def __init__(self, db: EncryptedDatabase, child_id: int, protected: bool) -> None:
        self.db, self.child_id, self.protected = db, child_id, protected
        self.lists: dict[str, dict[str, str]] = {name.value: labels(db, name) for name in ReferenceList} | {
            "languages": languages(),
            "objectives": {str(row["id"]): row["label"] for row in rows_of(db, "objective", child_id)},
            "reviews": {str(row["id"]): _plain(row["reviewed_on"]) for row in rows_of(db, "domain_review", child_id)},
        }
        self.names, self.given_names = _third_parties(db, child_id)

    def section(self, table: Table) -> Section:
        shown = [column for column in table.columns if column.treatment is not Treatment.OUT]
        rows = [_unsealed(self.db, table.name, row) for row in rows_of(self.db, table.name, self.child_id)]
        lines = [
            [(column.label, column.name, said) for column in shown if (said := self._said(column, row[column.name]))]
            for row in rows
        ]
        return Section(table.about, table.name, [line for line in lines if line])

    def _said(self, column: Column, value: Any) -> str:
        if value is None or value in ("", b"") or isinstance(value, bytes):
            return ""
        if column.treatment is Treatment.MASKED:
            return MASKED
        if column.located and self.protected:
            return PROTECTED
        return masked_text(self._words(column, str(value)), self.names, self.given_names)

    def _words(self, column: Column, text: str) -> str:
        if column.words == "scope":
            return ", ".join(_label(FieldClass, code) for code in json.loads(text))
        if column.words == "yes":
            return "Oui" if text == "1" else "Non"
        if column.words in _TERMS:
            return _label(_TERMS[column.words], text)
        if column.words:
            return self.lists[column.words].get(text, text)
        return _plain(text)


def _plain(text: str) -> str:
    """A day and a number with decimals as a French reader writes them."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return short_date(date.fromisoformat(text))
    return text.removesuffix(".0").replace(".", ",") if re.fullmatch(r"\d+\.\d+", text) else text


def _third_parties(db: EncryptedDatabase, child_id: int) -> tuple[set[str], set[str]]:
    """Names of the members and of the other people of the file, brothers and sisters included; their given names."""
    child = {row["id"] for row in rows_of(db, "identity", child_id)}
    siblings = db.rows(
        "SELECT identity_id FROM child WHERE household_id = (SELECT household_id FROM child WHERE id = ?)", (child_id,)
    )
    linked = {
        row[column]
        for table, column in identity_columns(db)
        if table != "member" and table in {known.name for known in CHILDREN}
        for row in rows_of(db, table, child_id)
    }
    linked |= {row["identity_id"] for row in siblings}
    people = identities(db, [key for key in linked - child if key is not None]).values()
    names = {name for person in people for name in (person.full_name, person.listed_name)}
    own = {person.given_name for person in identities(db, list(child)).values()}
    return names | set(member_names(db).values()), {person.given_name for person in people} - own


def _unsealed(db: EncryptedDatabase, table: str, row: Row) -> Row:
    if row.get("sealed") is None or table == "contact_restriction":
        return row
    if table == "pathway_action":
        return {**row, "label": unseal(db, row["sealed"], f"pathway_action.label:{row['id']}")}
    if table == "follow_up_note":
        return {**row, **sealed_texts(db, row)}
    label = f"domain_score.reason:{row['review_id']}:{row['domain']}"
    return {**row, "reason": unseal(db, row["sealed"], label)}


def _label(terms: type[Term], code: str) -> str:
    return next((term.label for term in terms if term.value == code), code)


def _copy(row: Row, names: dict[int, str]) -> FileCopy:
    return FileCopy(
        row["child_id"],
        row["situation_id"],
        Requester(row["requester"]),
        row["identity_checked"],
        date.fromisoformat(row["received_on"]),
        row["asked_by"],
        names[row["asked_by"]],
        row["released_by"],
        names.get(row["released_by"], ""),
        date.fromisoformat(row["released_on"]) if row["released_on"] else None,
        row["id"],
        row["version"],
    )
