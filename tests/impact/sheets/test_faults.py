"""Each fault of a cell is named at its line and column: rows that are right but for that cell."""

from dataclasses import replace
from datetime import date
from typing import Any

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.sheets.importing import place_in, prepare, propose
from impact.sheets.matching_rules import propose_sheet
from impact.sheets.staging_storage import get_import, stage
from impact.sheets.table_rules import HEADINGS
from impact.sheets.vocabulary import REFUSING, Column, Fault

TODAY = date(2026, 11, 20)
STOPPED = date(2026, 8, 31)
RIGHT: dict[Column, str] = {
    Column.NUMBER: "0042",
    Column.RECEIVED_ON: "14/09/2025",
    Column.FAMILY_NAME: "Pommerole",
    Column.GIVEN_NAME: "Zélie",
    Column.SEX: "Fille",
    Column.BIRTH_DATE: "14/03/2017",
    Column.ORIGIN: "Famille",
    Column.MOTIVES: "Résultats scolaires",
    Column.AGREEMENT: "Oui",
    Column.MEETING_ON: "25/09/2025",
    Column.DECISION: "Parcours",
    Column.REFERENT: "Basile Tournelac",
    Column.STARTED_ON: "02/10/2025",
    Column.ENDED_ON: "30/06/2026",
    Column.EXIT_REASON: "Objectifs atteints",
    Column.HOURS: "12,5",
}
_NOT_BEGUN: dict[Column, Any] = dict.fromkeys(
    (Column.STARTED_ON, Column.ENDED_ON, Column.EXIT_REASON, Column.REFERENT, Column.HOURS), ""
)
WRONG: list[tuple[dict[Column, Any], Column, Fault]] = [
    ({Column.BIRTH_DATE: "29/02/2023"}, Column.BIRTH_DATE, Fault.NO_DAY),
    ({Column.BIRTH_DATE: "vers 2016"}, Column.BIRTH_DATE, Fault.NOT_A_DATE),
    ({Column.HOURS: "une dizaine"}, Column.HOURS, Fault.NOT_A_NUMBER),
    ({Column.HOURS: "NaN"}, Column.HOURS, Fault.NOT_A_NUMBER),
    ({Column.HOURS: "-4"}, Column.HOURS, Fault.OUT_OF_BOUNDS),
    ({Column.HOURS: "1e400"}, Column.HOURS, Fault.NOT_A_NUMBER),
    ({Column.DECISION: "À voir"}, Column.DECISION, Fault.UNKNOWN_VALUE),
    ({Column.RECEIVED_ON: ""}, Column.RECEIVED_ON, Fault.MISSING),
    ({Column.FAMILY_NAME: "N" * 201}, Column.FAMILY_NAME, Fault.TOO_LONG),
    ({Column.BIRTH_DATE: "21/11/2026"}, Column.BIRTH_DATE, Fault.FUTURE_BIRTH),
    ({Column.BIRTH_DATE: "31/12/9999"}, Column.BIRTH_DATE, Fault.FUTURE_BIRTH),
    ({Column.BIRTH_DATE: "01/01/1950"}, Column.BIRTH_DATE, Fault.IMPOSSIBLE_BIRTH),
    ({Column.BIRTH_DATE: "01/01/0001"}, Column.BIRTH_DATE, Fault.IMPOSSIBLE_BIRTH),
    ({Column.RECEIVED_ON: "01/01/2016", Column.BIRTH_DATE: "01/03/2016"}, Column.RECEIVED_ON, Fault.BEFORE_BIRTH),
    ({Column.RECEIVED_ON: "01/09/2026"}, Column.RECEIVED_ON, Fault.FUTURE_RECEPTION),
    ({Column.RECEIVED_ON: "31/12/2004"}, Column.RECEIVED_ON, Fault.TOO_OLD),
    ({Column.MEETING_ON: "01/09/2025"}, Column.MEETING_ON, Fault.MEETING_BEFORE_RECEPTION),
    ({Column.STARTED_ON: "01/09/2025", Column.MEETING_ON: ""}, Column.STARTED_ON, Fault.START_BEFORE_RECEPTION),
    ({Column.DECISION: "Refus de l’équipe"}, Column.STARTED_ON, Fault.START_WITHOUT_DECISION),
    ({Column.ENDED_ON: "01/10/2025"}, Column.ENDED_ON, Fault.END_BEFORE_START),
    ({Column.STARTED_ON: ""}, Column.ENDED_ON, Fault.END_WITHOUT_START),
    ({Column.ENDED_ON: ""}, Column.ENDED_ON, Fault.REASON_WITHOUT_END),
    ({Column.BIRTH_DATE: "14/03/17"}, Column.BIRTH_DATE, Fault.SHORT_YEAR),
    ({Column.BIRTH_DATE: "42808"}, Column.BIRTH_DATE, Fault.SERIAL),
    ({Column.AGREEMENT: "Non"}, Column.AGREEMENT, Fault.NO_AGREEMENT),
    ({Column.MEETING_ON: ""}, Column.MEETING_ON, Fault.NO_MEETING),
    ({Column.REFERENT: ""}, Column.REFERENT, Fault.NO_REFERENT),
    ({Column.ENDED_ON: "30/09/2026"}, Column.ENDED_ON, Fault.LATER),
    ({Column.FAMILY_NAME: ""}, Column.FAMILY_NAME, Fault.NO_NAME),
    ({Column.BIRTH_DATE: ""}, Column.BIRTH_DATE, Fault.NO_BIRTH),
    ({Column.BIRTH_DATE: "14/03/2008"}, Column.BIRTH_DATE, Fault.UNUSUAL_AGE),
    ({Column.FAMILY_NAME: "Pomme\u200brole"}, Column.FAMILY_NAME, Fault.INVISIBLE),
    ({Column.GIVEN_NAME: "Ã‰lodie"}, Column.GIVEN_NAME, Fault.MOJIBAKE),
    ({Column.STARTED_ON: "20/09/2025"}, Column.STARTED_ON, Fault.START_BEFORE_MEETING),
    ({Column.MOTIVES: "Sommeil"}, Column.MOTIVES, Fault.NEW_VALUE),
    ({Column.EXIT_REASON: ""}, Column.EXIT_REASON, Fault.NO_REASON),
    (_NOT_BEGUN | {Column.PROFILE: "Profil 2"}, Column.PROFILE, Fault.NO_PATHWAY),
    (_NOT_BEGUN | {Column.HOURS: "12,5"}, Column.HOURS, Fault.NO_PATHWAY),
    (_NOT_BEGUN | {Column.REFERENT: "Basile Tournelac"}, Column.REFERENT, Fault.NO_PATHWAY),
    (
        {Column.REFERENT: "Basile Tournelac puis Amina Vertefeuille le 05/01/2026"},
        Column.REFERENT,
        Fault.CHANGED_REFERENT,
    ),
]
# Said of a column or of several rows, below and in the reference table.
OF_SEVERAL_ROWS = {Fault.AMBIGUOUS, Fault.REPEATED_NUMBER}
# Said of a table of notes alone.
OF_NOTES = {
    Fault.UNKNOWN_CHILD,
    Fault.SEVERAL_CHILDREN,
    Fault.OTHER_CHILD,
    Fault.NOT_WHOLE,
    Fault.RULE,
    Fault.NO_AUTHOR,
    Fault.UNKNOWN_AUTHOR,
    Fault.REFERENT_AUTHOR,
    Fault.NO_KIND,
    Fault.REPEATED_NOTE,
}


def remarks(db: EncryptedDatabase, actor: Actor, *rows: dict[Column, Any]) -> set[tuple[int, Column, Fault]]:
    """What the check says of these rows, the first being line 2; whether it refuses is checked on the way."""
    sheets = [("Suivi", [list(HEADINGS), *([row.get(column, "") for column in Column] for row in rows)])]
    received = get_import(db, stage(db, actor, "suivi.xlsx", sheets))
    placed = replace(place_in(sheets, propose_sheet(sheets), None, TODAY), stopped_on=STOPPED)
    plan = propose(db, received, placed, TODAY)
    batch = prepare(db, received, plan, {}, TODAY)
    said = {(each.line, each.column, each.fault) for row in batch.refused for each in row.remarks}
    assert {line for line, _, fault in said if fault in REFUSING} == {row.line for row in batch.refused}
    return said | {(each.line, each.column, each.fault) for each in batch.warnings}


def test_the_right_row_has_no_fault(db: EncryptedDatabase, amina: Actor, lists: None) -> None:
    assert remarks(db, amina, RIGHT) == set()


def test_each_fault_is_named_at_its_line_and_column(db: EncryptedDatabase, amina: Actor, lists: None) -> None:
    rows = [
        RIGHT | {Column.GIVEN_NAME: f"Zélie {'B' * line}", Column.NUMBER: f"{line:04}"} | changes
        for line, (changes, _, _) in enumerate(WRONG, start=2)
    ]
    found = remarks(db, amina, *rows)
    wanted = {(line, column, fault) for line, (_, column, fault) in enumerate(WRONG, start=2)}
    assert wanted - found == set()


def test_days_that_may_be_months_are_listed_when_their_column_is_mixed(
    db: EncryptedDatabase, amina: Actor, lists: None
) -> None:
    child = {Column.GIVEN_NAME: "Malo", Column.NUMBER: "0043"}
    american = RIGHT | child | {Column.BIRTH_DATE: "03/25/2017"}
    found = remarks(db, amina, RIGHT | {Column.BIRTH_DATE: "03/04/2017"}, american)
    assert (2, Column.BIRTH_DATE, Fault.AMBIGUOUS) in found


def test_every_fault_has_its_row() -> None:
    assert {fault for _, _, fault in WRONG} | OF_SEVERAL_ROWS | OF_NOTES == set(Fault)
