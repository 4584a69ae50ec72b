"""A table of follow-up notes: what is read, refused, passed over, written; what went out comes back the same."""

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import app as assembly
from impact.accounts.access import FieldClass
from impact.audit import SYSTEM, Actor
from impact.db import EncryptedDatabase
from impact.demo import PRE
from impact.instance import Instance
from impact.pathways.pathway_storage import add_note, end_pathway
from impact.pathways.records import Exit, Note
from impact.pathways.vocabulary import ContactKind, ObjectiveResult, Sex
from impact.safeguards import switch_fields
from impact.sheets import importing, staging_storage
from impact.sheets.export_storage import every_table, follow_up_table
from impact.sheets.matching_rules import LEXICONS
from impact.sheets.note_words import NOTE_WORDS, NoteColumn
from impact.sheets.reading import read_sheets
from impact.sheets.records import Import, Plan
from impact.sheets.vocabulary import Fault, Subject
from impact.sheets.workbook import to_csv, to_xlsx
from tests.impact.sheets.test_faults import OF_NOTES
from tests.impact.sheets.test_views import filled, received

TODAY = date(2026, 11, 20)
BASE = f"/communautes/{PRE}/tableaux/importer"
HEADINGS = [column.label for column in NoteColumn]
RIGHT = {
    NoteColumn.FAMILY_NAME: "POMMEROLE",
    NoteColumn.GIVEN_NAME: "Zelie",
    NoteColumn.CONTACT_ON: "05/10/2026",
    NoteColumn.CONTACT_KIND: "Tél.",
    NoteColumn.WITH_WHOM: "La mère",
    NoteColumn.MINUTES: "20",
    NoteColumn.OBSERVED: "Elle a lu une page.\nElle sourit.",
}
WRONG: list[tuple[dict[NoteColumn, Any], NoteColumn, Fault]] = [
    ({NoteColumn.GIVEN_NAME: "Malo"}, NoteColumn.FAMILY_NAME, Fault.UNKNOWN_CHILD),
    ({NoteColumn.BIRTH_DATE: "15/03/2017"}, NoteColumn.FAMILY_NAME, Fault.UNKNOWN_CHILD),
    ({NoteColumn.FAMILY_NAME: "Noisetier", NoteColumn.GIVEN_NAME: ""}, NoteColumn.FAMILY_NAME, Fault.SEVERAL_CHILDREN),
    ({NoteColumn.FAMILY_NAME: "", NoteColumn.GIVEN_NAME: ""}, NoteColumn.FAMILY_NAME, Fault.MISSING),
    ({NoteColumn.NUMBER: "12"}, NoteColumn.NUMBER, Fault.OTHER_CHILD),
    ({NoteColumn.CONTACT_ON: ""}, NoteColumn.CONTACT_ON, Fault.MISSING),
    ({NoteColumn.CONTACT_ON: "31/06/2026"}, NoteColumn.CONTACT_ON, Fault.NO_DAY),
    ({NoteColumn.CONTACT_ON: "21/11/2026"}, NoteColumn.CONTACT_ON, Fault.RULE),
    ({NoteColumn.CONTACT_ON: "27/09/2026"}, NoteColumn.CONTACT_ON, Fault.RULE),
    ({NoteColumn.FIELD_CLASS: "Santé"}, NoteColumn.FIELD_CLASS, Fault.RULE),
    ({NoteColumn.NEXT_STEP: "Rappeler"}, NoteColumn.NEXT_STEP, Fault.RULE),
    ({NoteColumn.NEXT_ON: "06/10/2026"}, NoteColumn.NEXT_ON, Fault.RULE),
    ({NoteColumn.NEXT_DONE_ON: "06/10/2026"}, NoteColumn.NEXT_ON, Fault.MISSING),
    ({NoteColumn.CONTACT_KIND: "Pigeon"}, NoteColumn.CONTACT_KIND, Fault.UNKNOWN_VALUE),
    ({NoteColumn.MINUTES: "12,5"}, NoteColumn.MINUTES, Fault.NOT_WHOLE),
    ({NoteColumn.MINUTES: "1441"}, NoteColumn.MINUTES, Fault.OUT_OF_BOUNDS),
    ({NoteColumn.NOTE_HOURS: "1h30"}, NoteColumn.NOTE_HOURS, Fault.NOT_A_NUMBER),
    ({NoteColumn.OBSERVED: " "}, NoteColumn.OBSERVED, Fault.MISSING),
    ({NoteColumn.WITH_WHOM: "N" * 121}, NoteColumn.WITH_WHOM, Fault.TOO_LONG),
    ({NoteColumn.FAMILY_NAME: "Merisier", NoteColumn.GIVEN_NAME: "Ode"}, NoteColumn.FAMILY_NAME, Fault.RULE),
    ({NoteColumn.CONTACT_KIND: ""}, NoteColumn.CONTACT_KIND, Fault.NO_KIND),
    ({NoteColumn.AUTHOR: "Personne Inconnue"}, NoteColumn.AUTHOR, Fault.UNKNOWN_AUTHOR),
]
# Said of two rows, or of a command that nobody signs.
_ELSEWHERE = {Fault.REPEATED_NOTE, Fault.REFERENT_AUTHOR, Fault.NO_AUTHOR}
Child = Callable[..., int]
Browse = Callable[[str | None], Any]
Row = dict[NoteColumn, Any]


def table(rows: Sequence[Row]) -> bytes:
    """A spreadsheet of notes, with every column."""
    return to_xlsx([("Notes", HEADINGS, [[row.get(column) for column in NoteColumn] for row in rows])])


def planned(db: EncryptedDatabase, actor: Actor, content: bytes) -> tuple[Import, Plan]:
    """The table received, everything taken as proposed."""
    added = staging_storage.stage(db, actor, "notes.xlsx", read_sheets(content), subject=Subject.NOTES)
    staged = staging_storage.get_import(db, added)
    return staged, importing.propose(db, staged, importing.propose_place(staged.sheets, TODAY, Subject.NOTES), TODAY)


def checked(db: EncryptedDatabase, actor: Actor, *rows: Row) -> Any:
    """What the import of these rows would do."""
    return importing.prepare(db, *planned(db, actor, table(rows)), {}, TODAY)


def imported(db: EncryptedDatabase, actor: Actor, content: bytes) -> dict[str, int]:
    """The counts of the import, done."""
    staged, plan = planned(db, actor, content)
    staging_storage.save_plan(db, actor, staged.id, plan, staged.version)
    return importing.carry_out(db, actor, staged.id, TODAY)


def faults(batch: Any) -> set[tuple[int, Any, Fault]]:
    """Line, column and fault of every remark."""
    return {(each.line, each.column, each.fault) for row in batch.rows for each in row.remarks}


def told(db: EncryptedDatabase) -> list[tuple[Any, ...]]:
    """Every note with its child and its author, as a person reads it."""
    headings, rows = next((table[1], table[2]) for table in every_table(db, SYSTEM, codes=True) if table[0] == "Notes")
    left_out = {"Parcours", "N° dossier", "Objectif"}
    return sorted(
        tuple(str(cell) for name, cell in zip(headings, row, strict=True) if name not in left_out) for row in rows
    )


@pytest.fixture
def children(db: EncryptedDatabase, amina: Actor, followed: Child, received: Child) -> int:
    """Zélie is followed; two Noisetier are; Ode was received, and nothing more. Gives the situation of Zélie."""
    followed("Malo", "Noisetier", sex=Sex.BOY)
    followed("Maé", "Noisetier")
    received("Ode", "Merisier")
    situation = followed()
    for number, family in (("007", "Pommerole"), ("012", "Merisier")):
        db.execute(
            "INSERT INTO situation_import SELECT situation.id, ?, 2, ?, '', 'unknown', 'unknown' FROM situation"
            " JOIN child ON child.id = child_id JOIN identity ON identity.id = identity_id WHERE family_name = ?",
            (staging_storage.stage(db, amina, "suivi", []), number, family),
        )
    return situation


def test_each_fault_is_named_at_its_line_and_column(db: EncryptedDatabase, amina: Actor, children: int) -> None:
    found = faults(checked(db, amina, *(RIGHT | changes for changes, _, _ in WRONG)))
    assert {(line, column, fault) for line, (_, column, fault) in enumerate(WRONG, start=2)} - found == set()
    assert {fault for _, _, fault in WRONG} | _ELSEWHERE >= OF_NOTES


def test_a_rule_of_the_follow_up_says_its_reason(db: EncryptedDatabase, amina: Actor, children: int) -> None:
    early, alone = checked(
        db, amina, RIGHT | {NoteColumn.CONTACT_ON: "27/09/2026"}, RIGHT | {NoteColumn.NEXT_STEP: "Rappeler"}
    ).refused
    assert early.remarks[0].said == (
        "Ligne 2, colonne « Contact le » : « 27/09/2026 » : cette note ne peut pas être écrite."
        " Le parcours a commencé le 28/09/2026 : choisissez un jour depuis."
    )
    assert "pour quel jour" in alone.remarks[0].said


@pytest.mark.parametrize(
    "who",
    [
        {NoteColumn.FAMILY_NAME: "zélie pommerole", NoteColumn.GIVEN_NAME: ""},
        {NoteColumn.FAMILY_NAME: "Pommerole", NoteColumn.GIVEN_NAME: ""},
        {NoteColumn.BIRTH_DATE: "14/03/2017"},
        {NoteColumn.NUMBER: "007"},
        {NoteColumn.NUMBER: 7},
        {NoteColumn.NUMBER: "7", NoteColumn.FAMILY_NAME: "", NoteColumn.GIVEN_NAME: ""},
        {NoteColumn.NUMBER: "inconnu"},
    ],
)
def test_a_child_is_known_by_number_or_by_name(db: EncryptedDatabase, amina: Actor, children: int, who: Row) -> None:
    batch = checked(db, amina, RIGHT | who)
    assert [entry.situation_id for entry in batch.entries] == [children]
    assert faults(batch) == set()


def test_what_looks_like_nothing_survives(db: EncryptedDatabase, amina: Actor, children: int) -> None:
    row = RIGHT | {
        NoteColumn.OBSERVED: "NA", NoteColumn.APPRECIATION: "NULL", NoteColumn.WITH_WHOM: "007",
        NoteColumn.NEXT_STEP: "oui ", NoteColumn.NEXT_ON: "06/10/2026", NoteColumn.MINUTES: None,
        NoteColumn.NOTE_HOURS: "12,5", NoteColumn.AUTHOR: "TOURNELAC Basile", NoteColumn.FIELD_CLASS: "scolarité",
    }  # fmt: skip
    assert imported(db, amina, table([row]))["notes"] == 1
    (note,) = db.rows("SELECT * FROM follow_up_note")
    assert [note[name] for name in ("observed", "appreciation", "with_whom", "next_step", "minutes", "field_class")] == [
        "NA", "NULL", "007", "oui", 750, "school"
    ]  # fmt: skip
    assert told(db)[0][3] == "Basile Tournelac"


def test_a_table_of_ones_own_words_is_read(db: EncryptedDatabase, amina: Actor, children: int) -> None:
    content = to_csv(
        (
            "Suivi",
            ["Date", "Enfant", "Type", "Durée (h)", "Référent", "Commentaires", "Signature"],
            [["lundi 5 octobre 2026", "Pommerole Zélie", "VAD", "0,75", "tournelac", "Vue chez elle.", "x"]],
        )
    )
    staged, plan = planned(db, amina, content)
    assert NOTE_WORDS.missing([*plan.columns.values()]) == []
    (entry,) = importing.prepare(db, staged, plan, {}, TODAY).entries
    assert (entry.note.contact_kind, entry.note.minutes, entry.note.contact_on) == (
        ContactKind.HOME_VISIT,
        45,
        date(2026, 10, 5),
    )


def test_a_note_that_is_there_is_passed_over_and_one_told_twice_comes_once(
    db: EncryptedDatabase, amina: Actor, children: int
) -> None:
    other = RIGHT | {NoteColumn.CONTACT_KIND: "Visite à domicile"}
    assert imported(db, amina, table([RIGHT, RIGHT, other])) == {
        "notes": 2, "children": 1, "lines": 2, "refused": 0, "present": 0
    }  # fmt: skip
    before = told(db)
    again = checked(db, amina, RIGHT | {NoteColumn.OBSERVED: "Elle a lu une page. Elle sourit."}, other, RIGHT, RIGHT)
    assert (again.entries, [each.line for each in again.present]) == ((), [2, 3, 4, 5])
    assert again.present_lines == "2 à 5"
    assert (3, NoteColumn.OBSERVED, Fault.REPEATED_NOTE) in faults(
        checked(db, amina, *[RIGHT | {NoteColumn.OBSERVED: "Neuf"}] * 2)
    )
    assert told(db) == before


def test_a_note_that_is_there_asks_no_rule(db: EncryptedDatabase, amina: Actor, children: int) -> None:
    imported(db, amina, table([RIGHT]))
    db.execute("UPDATE consent SET withdrawn_on = '2026-11-18' WHERE situation_id = ?", (children,))
    batch = checked(db, amina, RIGHT, RIGHT | {NoteColumn.OBSERVED: "Neuf"})
    assert ([each.line for each in batch.present], [each.line for each in batch.refused]) == ([2], [3])


def test_all_or_nothing(db: EncryptedDatabase, amina: Actor, children: int) -> None:
    staged, plan = planned(db, amina, table([RIGHT, RIGHT | {NoteColumn.CONTACT_ON: "06/10/2026"}]))
    staging_storage.save_plan(db, amina, staged.id, plan, staged.version)
    entries = db.value("SELECT count(*) FROM audit_entry")
    db.execute(
        "CREATE TEMP TRIGGER stop BEFORE INSERT ON follow_up_note WHEN NEW.contact_on = '2026-10-06'"
        " BEGIN SELECT raise(ABORT, 'stop'); END"
    )
    with pytest.raises(Exception, match="stop"):
        importing.carry_out(db, amina, staged.id, TODAY)
    assert db.value("SELECT count(*) FROM follow_up_note") == 0
    assert db.value("SELECT count(*) FROM audit_entry") == entries
    assert staging_storage.get_import(db, staged.id).state.value == "staged"


def test_each_note_leaves_its_entries(db: EncryptedDatabase, amina: Actor, children: int) -> None:
    imported(db, amina, table([RIGHT]))
    last = db.rows("SELECT deed, object_kind, object_id, actor_ref FROM audit_entry ORDER BY id DESC LIMIT 3")
    assert [(each["deed"], each["object_kind"]) for each in last] == [
        ("change", "sheet_import"),
        ("change", "situation"),
        ("create", "follow_up_note"),
    ]
    assert (last[1]["object_id"], last[1]["actor_ref"]) == (children, amina.account_ref)


def test_a_note_of_health_is_sealed_and_recognised(db: EncryptedDatabase, amina: Actor, followed: Child) -> None:
    followed(scope=(FieldClass.SOCIAL, FieldClass.HEALTH))
    row = RIGHT | {NoteColumn.FIELD_CLASS: "Santé"}
    imported(db, amina, table([row]))
    assert db.value("SELECT observed FROM follow_up_note") == ""
    assert len(checked(db, amina, row).present) == 1


def test_a_field_switched_off_is_not_proposed(db: EncryptedDatabase, amina: Actor, children: int) -> None:
    switch_fields(db, amina, ["follow_up_note.with_whom", "follow_up_note.minutes"], True, TODAY)
    _, plan = planned(db, amina, table([RIGHT]))
    assert not {NoteColumn.WITH_WHOM, NoteColumn.MINUTES, NoteColumn.NOTE_HOURS} & {*plan.columns.values()}


def test_what_headings_meant_is_remembered_for_each_kind_of_table(
    db: EncryptedDatabase, amina: Actor, children: int
) -> None:
    staged, plan = planned(db, amina, table([RIGHT]))
    at = HEADINGS.index("Avec qui")
    plan = replace(plan, columns={key: column for key, column in plan.columns.items() if key != at})
    staging_storage.save_plan(db, amina, staged.id, plan, staged.version)
    importing.carry_out(db, amina, staged.id, TODAY)
    assert at not in planned(db, amina, table([RIGHT]))[1].columns
    memory = staging_storage.read_memory(db)
    assert (LEXICONS[Subject.SITUATIONS].memory, "prenom") not in memory
    assert memory["contact_kind", "tel"] == "call"


def test_the_notes_of_the_export_come_back_the_same_elsewhere(
    db: EncryptedDatabase, place: Instance, amina: Actor, basile: Actor, followed: Child
) -> None:
    first, second = followed(), followed("Malo", "Noisetier", sex=Sex.BOY)
    note = Note(date(2026, 10, 5), ContactKind.SCHOOL, 45, None, FieldClass.SCHOOL, "=1+1\nNA", with_whom="Mme Érable")
    add_note(db, basile, first, note, TODAY)
    step = {"next_step": "Rappeler", "next_on": date(2026, 11, 2), "next_done_on": date(2026, 11, 3)}
    add_note(db, amina, first, replace(note, minutes=None, appreciation="Elle avance.", **step), TODAY)  # type: ignore[arg-type]
    add_note(db, basile, second, replace(note, field_class=FieldClass.SOCIAL, observed="Fin."), TODAY)
    objectives = [
        row["id"]
        for row in db.rows(
            "SELECT objective.id FROM objective JOIN pathway ON pathway.id = pathway_id WHERE situation_id = ?",
            (second,),
        )
    ]
    results = dict.fromkeys(objectives, ObjectiveResult.REACHED)
    end_pathway(db, amina, second, Exit(date(2026, 10, 30), "reached", "", results), TODAY)
    whole = every_table(db, amina, codes=False)
    there = place.community("essonne")
    staged = staging_storage.get_import(
        there, staging_storage.stage(there, SYSTEM, "suivi", read_sheets(to_xlsx([follow_up_table(db, amina)])))
    )
    plan = importing.propose(there, staged, importing.propose_place(staged.sheets, TODAY), TODAY)
    staging_storage.save_plan(there, SYSTEM, staged.id, plan, staged.version)
    importing.carry_out(there, SYSTEM, staged.id, TODAY)
    assert imported(there, SYSTEM, to_xlsx(whole)) == {
        "notes": 3, "children": 2, "lines": 3, "refused": 0, "present": 0
    }  # fmt: skip
    assert told(there) == told(db)
    assert imported(there, SYSTEM, to_xlsx(every_table(db, amina, codes=True)))["present"] == 3
    there.close()


def command(place: Instance, file: Path, *arguments: str) -> int:
    """The exit status of `impact import notes`."""
    return assembly.main(["import", "notes", str(file), "--community", PRE, "--instance", str(place.root), *arguments])


def test_the_command_tries_then_writes(
    place: Instance, db: EncryptedDatabase, amina: Actor, children: int, tmp_path: Path, capsys: Any
) -> None:
    (tmp_path / "notes.xlsx").write_bytes(table([RIGHT, RIGHT | {NoteColumn.GIVEN_NAME: "Malo"}]))
    assert command(place, tmp_path / "notes.xlsx", "--dry-run") == 1
    said = capsys.readouterr().out.replace("\xa0", " ").replace("\u202f", " ")
    assert "Refus : Ligne 3, colonne « Nom de l’enfant » : « POMMEROLE Malo » : aucun enfant suivi" in said
    assert "la note est mise au nom de qui suivait l’enfant ce jour-là" in said
    assert "Rien n’est écrit. L’import ferait : 1 note, 1 enfant, 1 ligne refusée, 0 note déjà là." in said
    assert db.value("SELECT count(*) FROM follow_up_note") == 0
    assert command(place, tmp_path / "notes.xlsx") == 1
    assert told(db)[0][3] == "Basile Tournelac"


def test_wrong_arguments_are_one_clear_line(place: Instance, tmp_path: Path, capsys: Any) -> None:
    assert command(place, tmp_path / "absent.csv") == 2
    (tmp_path / "table.csv").write_text("Date;Commentaire\n05/10/2026;Rien\n", encoding="utf-8")
    assert command(place, tmp_path / "table.csv") == 2
    assert "Nom de l’enfant ou N° dossier" in capsys.readouterr().err


def test_a_command_without_author_nor_referent_is_refused(db: EncryptedDatabase, children: int) -> None:
    db.execute("DELETE FROM referent")
    batch = checked(db, SYSTEM, RIGHT)
    assert (2, NoteColumn.AUTHOR, Fault.NO_AUTHOR) in faults(batch)
    assert batch.entries == ()


def test_the_pages_lead_from_the_file_to_the_notes(browse: Browse, db: EncryptedDatabase, children: int) -> None:
    amina = browse("amina")
    assert "note de suivi" in amina.get(f"/communautes/{PRE}/tableaux/")
    wrong = RIGHT | {NoteColumn.CONTACT_ON: "21/11/2026"}
    base = received(amina, table([RIGHT, wrong]), "notes")
    assert "Tableau arrêté au" not in amina.get(f"{base}/feuille")
    assert "Avec qui" in amina.get(f"{base}/colonnes")
    assert "Tél." in amina.get(f"{base}/valeurs")
    page = amina.get(f"{base}/verifier")
    assert "cette note ne peut pas être écrite. Cette date est à venir" in page
    assert "Importer 1\xa0note sans les 1\xa0ligne refusée" in page
    assert db.value("SELECT count(*) FROM follow_up_note") == 0
    done = amina.follow(f"{base}/confirmer", {}, page=f"{base}/verifier")
    assert "1\xa0note importée" in done
    assert "Elle a lu une page." in amina.get(f"/communautes/{PRE}/enfants/{children}")
    book = load_workbook(io.BytesIO(amina.client.get(f"{base}/lignes-refusees.xlsx").data))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert rows[0] == [*HEADINGS, "Erreur"]
    assert "à venir" in str(rows[1][-1])
    page = amina.get(f"{received(amina, table([RIGHT]), 'notes')}/verifier")
    assert "1\xa0note déjà là" in page
    assert "Aucune note nouvelle" in page


def test_columns_of_the_child_and_of_the_facts_are_asked_for(
    browse: Browse, db: EncryptedDatabase, lists: None
) -> None:
    amina = browse("amina")
    base = received(amina, table([RIGHT]), "notes")
    data = filled(amina.get(f"{base}/colonnes"))
    answer = amina.send(f"{base}/colonnes", dict.fromkeys(data, "none") | {"version": data.get("version", "3")})
    assert "Nom de l’enfant ou N° dossier" in answer.text
    assert "Ce qui est observé" in answer.text
    unchosen = amina.send(BASE, {"subject": "autre", "file": (io.BytesIO(table([RIGHT])), "notes.xlsx")})
    assert "Choisissez" in unchosen.text
