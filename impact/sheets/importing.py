"""An import from one end to the other: what is proposed, what it would do, doing it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from typing import Any

from impact.accounts.access import FieldClass, readable_fields
from impact.audit import SYSTEM, Actor, Log
from impact.communities.storage import list_members, member_names
from impact.db import EncryptedDatabase
from impact.instance import Instance
from impact.pathways.file_storage import get_file
from impact.pathways.vocabulary import ReferenceList
from impact.periods import local_today
from impact.reference_lists import choices as offered_items
from impact.sheets.checking_rules import check_rows
from impact.sheets.double_rules import gather
from impact.sheets.known_storage import asked_columns, list_known
from impact.sheets.matching_rules import (
    LEXICONS,
    propose_columns,
    propose_day,
    propose_heading_row,
    propose_meanings,
    propose_sheet,
    said_values,
)
from impact.sheets.note_checking_rules import Around, check_notes
from impact.sheets.note_words import NoteColumn
from impact.sheets.note_writing_storage import list_note_keys, write_notes
from impact.sheets.reading import Sheets
from impact.sheets.records import Batch, Import, Plan
from impact.sheets.staging_storage import get_actor, get_import, ordered_imports, read_memory, write_import
from impact.sheets.vocabulary import Column, Subject
from impact.sheets.writing_storage import write_situations
from impact.vocabulary import Term

IMPORT_SHEET = "import_sheet"
_LISTS = {
    Column.ORIGIN: ReferenceList.ORIGINS,
    Column.MOTIVES: ReferenceList.MOTIVES,
    Column.EXIT_REASON: ReferenceList.EXIT_REASONS,
    Column.PROFILE: ReferenceList.PROFILES,
}


def list_words(db: EncryptedDatabase, subject: Subject, today: date) -> dict[Term, Sequence[str]]:
    """The words that exist for each open column: those of the lists, and the names of the directory."""
    if subject is Subject.NOTES:
        return {NoteColumn.AUTHOR: list(_authors(db))}
    words: dict[Term, Sequence[str]] = {
        column: [label for _, label in offered_items(db, name.value, today)] for column, name in _LISTS.items()
    }
    return words | {Column.REFERENT: [member.name for member in list_members(db)]}


def propose_place(sheets: Sheets, today: date, subject: Subject = Subject.SITUATIONS) -> Plan:
    """Which sheet, which row of headings, which day."""
    return place_in(sheets, propose_sheet(sheets, LEXICONS[subject]), None, today, subject)


def place_in(
    sheets: Sheets, sheet: int, heading_row: int | None, today: date, subject: Subject = Subject.SITUATIONS
) -> Plan:
    """A plan without columns, on the sheet and the row chosen."""
    rows = sheets[sheet][1]
    row = heading_row or propose_heading_row(rows, LEXICONS[subject])
    return Plan(sheet, row, propose_day(rows, row, today))


def propose(db: EncryptedDatabase, staged: Import, plan: Plan, today: date) -> Plan:
    """The same plan with its columns, and what their values mean, unless they are chosen already."""
    rows = staged.sheets[plan.sheet][1]
    if not plan.columns:
        headings = rows[plan.heading_row - 1]
        plan = replace(plan, columns=propose_columns(headings, LEXICONS[staged.subject], read_memory(db)))
    return with_meanings(db, staged, _asked(db, staged, plan), today)


def with_meanings(db: EncryptedDatabase, staged: Import, plan: Plan, today: date) -> Plan:
    """What the values of the columns mean: as chosen, else as proposed."""
    lexicon, memory, rows = LEXICONS[staged.subject], read_memory(db), staged.sheets[plan.sheet][1]
    words = list_words(db, staged.subject, today)
    meanings: dict[Term, Mapping[str, str]] = {}
    for column in lexicon.matched:
        if column in plan.columns.values():
            labels = words.get(column, ())
            proposed = propose_meanings(said_values(rows, plan, column, labels), lexicon, column, labels, memory)
            meanings[column] = {**proposed, **plan.meanings.get(column, {})}
    return replace(plan, meanings=meanings)


def prepare(
    db: EncryptedDatabase, staged: Import, plan: Plan, choices: Mapping[str, str], today: date
) -> Batch[Any, Any]:
    """All that the import would do."""
    rows, words, plan = staged.sheets[plan.sheet][1], list_words(db, staged.subject, today), _asked(db, staged, plan)
    if staged.subject is Subject.NOTES:
        return check_notes(rows, plan, words, _around(db, staged, today))
    checked, ignored = check_rows(rows, plan, words)
    return gather(checked, ignored, list_known(db), choices)


def carry_out(db: EncryptedDatabase, actor: Actor, import_id: int, today: date, once: str = "") -> dict[str, int]:
    """Write a confirmed import; gives its numbers."""
    staged = get_import(db, import_id)
    assert staged.plan is not None
    plan = staged.plan
    batch = prepare(db, staged, plan, staged.choices, today)

    def write_entries(log: Log) -> dict[str, int]:
        if staged.subject is Subject.NOTES:
            return write_notes(db, log, batch)
        return write_situations(db, actor, log, staged, plan, batch, today)

    return write_import(db, actor, staged, plan, batch, write_entries, once)


def _asked(db: EncryptedDatabase, staged: Import, plan: Plan) -> Plan:
    asked = asked_columns(db, LEXICONS[staged.subject])
    return replace(plan, columns={at: column for at, column in plan.columns.items() if column in asked})


def _around(db: EncryptedDatabase, staged: Import, today: date) -> Around:
    # Who sent the table is the author of what names nobody, whoever confirms it.
    sender = get_actor(db, staged.id)
    return Around(
        children=list_known(db),
        file_of=cache(partial(get_file, db)),
        people=_authors(db),
        present=list_note_keys(db),
        author_id=sender.member_id,
        readable=frozenset(FieldClass) if sender.role == SYSTEM.role else readable_fields(sender),
        today=today,
    )


def _authors(db: EncryptedDatabase) -> dict[str, int]:
    # Those who left wrote notes too; a name that two people bear tells nobody.
    names = member_names(db)
    said = list(names.values())
    return {name: member_id for member_id, name in names.items() if said.count(name) == 1}


def do_import(place: Instance, slug: str, import_id: int) -> None:
    """The worker's part."""
    db = place.community(slug)
    try:
        carry_out(db, get_actor(db, import_id), import_id, local_today())
    finally:
        db.close()


def unfinished_imports(place: Instance) -> list[tuple[str, int]]:
    """Confirmed and not yet written, in every community."""
    found = []
    for slug in place.slugs():
        db = place.community(slug)
        found += [(slug, import_id) for import_id in ordered_imports(db)]
        db.close()
    return found
