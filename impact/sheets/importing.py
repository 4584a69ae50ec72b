"""An import from one end to the other: what is proposed, what it would do, doing it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from impact.audit import Actor
from impact.communities.storage import list_members
from impact.db import EncryptedDatabase
from impact.instance import Instance
from impact.pathways.vocabulary import ReferenceList
from impact.periods import local_today
from impact.reference_lists import choices as offered_items
from impact.sheets.checking_rules import check_rows
from impact.sheets.double_rules import gather
from impact.sheets.known_storage import asked_columns, list_known
from impact.sheets.matching_rules import (
    MATCHED,
    propose_columns,
    propose_day,
    propose_heading_row,
    propose_meanings,
    propose_sheet,
    said_values,
)
from impact.sheets.reading import Sheets
from impact.sheets.records import Batch, Import, Plan
from impact.sheets.staging_storage import get_actor, get_import, ordered_imports, read_memory
from impact.sheets.vocabulary import Column
from impact.sheets.writing_storage import write_batch

IMPORT_SHEET = "import_sheet"
_LISTS = {
    Column.ORIGIN: ReferenceList.ORIGINS,
    Column.MOTIVES: ReferenceList.MOTIVES,
    Column.EXIT_REASON: ReferenceList.EXIT_REASONS,
    Column.PROFILE: ReferenceList.PROFILES,
}


def list_words(db: EncryptedDatabase, today: date) -> dict[Column, Sequence[str]]:
    """The words that exist for each open column: those of the lists, and the names of the directory."""
    words: dict[Column, Sequence[str]] = {
        column: [label for _, label in offered_items(db, name.value, today)] for column, name in _LISTS.items()
    }
    return words | {Column.REFERENT: [member.name for member in list_members(db)]}


def propose_place(sheets: Sheets, today: date) -> Plan:
    """Which sheet, which row of headings, which day."""
    sheet = propose_sheet(sheets)
    return place_in(sheets, sheet, None, today)


def place_in(sheets: Sheets, sheet: int, heading_row: int | None, today: date) -> Plan:
    """A plan without columns, on the sheet and the row chosen."""
    rows = sheets[sheet][1]
    row = heading_row or propose_heading_row(rows)
    return Plan(sheet, row, propose_day(rows, row, today))


def propose(db: EncryptedDatabase, staged: Import, plan: Plan, today: date) -> Plan:
    """The same plan with its columns, and what their values mean, unless they are chosen already."""
    memory = read_memory(db)
    rows = staged.sheets[plan.sheet][1]
    if not plan.columns:
        plan = replace(plan, columns=propose_columns(rows[plan.heading_row - 1], memory))
    return with_meanings(db, staged, _asked(db, plan), today)


def with_meanings(db: EncryptedDatabase, staged: Import, plan: Plan, today: date) -> Plan:
    """What the values of the columns mean: as chosen, else as proposed."""
    memory, words, rows = read_memory(db), list_words(db, today), staged.sheets[plan.sheet][1]
    meanings = {
        column: {
            **propose_meanings(
                said_values(rows, plan, column, words.get(column, ())), column, words.get(column, ()), memory
            ),
            **plan.meanings.get(column, {}),
        }
        for column in MATCHED
        if column in plan.columns.values()
    }
    return replace(plan, meanings=meanings)


def prepare(db: EncryptedDatabase, staged: Import, plan: Plan, choices: Mapping[str, str], today: date) -> Batch:
    """All that the import would do."""
    checked, ignored = check_rows(staged.sheets[plan.sheet][1], _asked(db, plan), list_words(db, today))
    return gather(checked, ignored, list_known(db), choices)


def _asked(db: EncryptedDatabase, plan: Plan) -> Plan:
    asked = asked_columns(db)
    return replace(plan, columns={at: column for at, column in plan.columns.items() if column in asked})


def carry_out(db: EncryptedDatabase, actor: Actor, import_id: int, today: date, once: str = "") -> dict[str, int]:
    """Write a confirmed import; gives its numbers."""
    staged = get_import(db, import_id)
    assert staged.plan is not None
    batch = prepare(db, staged, staged.plan, staged.choices, today)
    return write_batch(db, actor, staged, staged.plan, batch, today, once)


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
