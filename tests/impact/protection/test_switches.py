"""A field switched off is asked nowhere: forms, printed sheets, tables that come in and go out, figures."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.demo import PRE
from impact.forms import WatchedForm
from impact.pathways.action_forms import ActionForm
from impact.pathways.adult_forms import AdultForm
from impact.pathways.file_storage import get_file
from impact.pathways.forms import OrientationForm, SituationForm
from impact.pathways.outcome_frames import exit_frame
from impact.pathways.pathway_forms import ExitForm, NoteForm, ObjectiveForm, ReviewForm
from impact.pathways.pathway_storage import end_pathway
from impact.pathways.records import Exit
from impact.pathways.schooling_forms import SchoolingForm
from impact.pathways.vocabulary import ObjectiveResult
from impact.protection.registry import switchable
from impact.safeguards import switch_fields
from impact.sheets import importing
from impact.sheets.export_storage import every_table, follow_up_table
from impact.sheets.reading import read_sheets
from impact.sheets.staging_storage import get_import, save_plan, stage
from impact.sheets.table_rules import HEADINGS
from impact.sheets.vocabulary import FIELDS
from impact.sheets.workbook import to_xlsx
from tests.impact.pathways.pdf import pdf_text
from tests.impact.protection.conftest import followed

TODAY = date(2026, 11, 20)
FORMS: tuple[type[WatchedForm], ...] = (
    SituationForm, OrientationForm, AdultForm, SchoolingForm, ObjectiveForm, ActionForm, NoteForm, ReviewForm, ExitForm,
)  # fmt: skip
FILES = f"/communautes/{PRE}/enfants"


def off(db: EncryptedDatabase, amina: Actor, *fields: str) -> None:
    switch_fields(db, amina, fields, True, TODAY)


def asked_by_forms() -> Iterator[str]:
    """« table.column » of every field of the forms of the follow-up."""
    for form in FORMS:
        yield from form.elsewhere.values()
        yield from (f"{form.subject}.{name}" for name in vars(form))


def test_each_optional_field_is_one_that_a_form_or_a_table_leaves_out() -> None:
    known = {*asked_by_forms(), *FIELDS.values()}
    optional = {f"{table.name}.{column.name}" for table, column in switchable()}
    assert optional - known == set()
    assert set(FIELDS.values()) - optional == {"schooling.uai"}


@pytest.mark.parametrize(
    ("field", "page", "label"),
    [
        ("child.sex", "modifier", "Sexe"),
        ("orientation.sender_role", "orientation", "Fonction"),
        ("schooling.school", "scolarite", "École, collège ou lycée"),
        ("schooling.level", "scolarite", "Niveau"),
        ("schooling.qpv", "scolarite", "Habite un quartier prioritaire"),
        ("identity.phone", "adultes", "Téléphone"),
        ("household_adult.authority", "adultes", "Titulaire de l’autorité parentale"),
        ("objective.starting_level", "objectifs", "Où en est l’enfant aujourd’hui"),
        ("pathway_action.hours", "actions/nouvelle", "Heures en tout"),
        ("follow_up_note.with_whom", "notes/nouvelle", "Avec qui"),
        ("pathway.expected_end_on", "bilan", "Fin prévue du parcours"),
    ],
)
def test_no_form_asks_for_it(
    browse: Any, db: EncryptedDatabase, amina: Actor, lists: None, field: str, page: str, label: str
) -> None:
    child, browser = followed(db, amina, date(2026, 9, 1)), browse("amina")
    assert f">{label}" in browser.get(f"{FILES}/{child}/{page}")
    off(db, amina, field)
    assert f">{label}" not in browser.get(f"{FILES}/{child}/{page}")


def test_a_form_without_it_still_saves(browse: Any, db: EncryptedDatabase, amina: Actor, lists: None) -> None:
    child, browser = followed(db, amina, date(2026, 9, 1)), browse("amina")
    off(db, amina, "schooling.level", "schooling.qpv", "schooling.priority")
    year = {"school_year": "2026", "school": "École des Tilleuls", "uai": "", "class_name": "", "qpv": "yes"}
    browser.follow(f"{FILES}/{child}/scolarite", year | {"version": "0"})
    (schooling,) = get_file(db, child).schooling
    assert (schooling.school, schooling.level.value, schooling.qpv.value) == (
        "École des Tilleuls",
        "unknown",
        "unknown",
    )


def test_no_table_brings_it_in_nor_takes_it_out(db: EncryptedDatabase, amina: Actor, lists: None) -> None:
    told = dict.fromkeys(HEADINGS, "") | {
        "Date d’orientation": "01/09/2026", "Nom de l’enfant": "Passerinette", "Prénom": "Ferréol", "Sexe": "M",
        "Orienté par": "École", "Motif(s)": "Langage", "QPV (O/N)": "O", "Observations": "À ne pas reprendre",
    }  # fmt: skip
    off(db, amina, "situation.context", "schooling.qpv", "child.sex")
    sheets = read_sheets(to_xlsx([("Suivi", HEADINGS, [list(told.values())])]))
    received = get_import(db, stage(db, amina, "suivi.xlsx", sheets))
    plan = importing.propose(db, received, importing.propose_place(received.sheets, TODAY), TODAY)
    save_plan(db, amina, received.id, plan, received.version)
    importing.carry_out(db, amina, received.id, TODAY)
    (row,) = db.rows("SELECT context, sex FROM situation JOIN child ON child.id = child_id")
    assert row == {"context": "", "sex": "unknown"}
    assert db.rows("SELECT * FROM schooling WHERE qpv <> 'unknown'") == []
    db.execute("UPDATE situation SET context = 'Écrit avant'")
    headings = follow_up_table(db, amina)[1]
    assert set(HEADINGS) - set(headings) == {"Observations", "QPV (O/N)", "Sexe"}
    tables = {title: (headings, rows) for title, headings, rows in every_table(db, amina, codes=False)}
    assert "Écrit avant" not in str(tables)
    assert "Contexte" not in str(tables["Dictionnaire"])
    assert "Sexe" not in tables["Enfants"][0]


@pytest.mark.pdf
def test_no_printed_sheet_asks_for_it(browse: Any, db: EncryptedDatabase, amina: Actor, lists: None) -> None:
    browser = browse("amina")
    assert "Ce qui a déjà été essayé" in pdf_text(browser.client.get(f"{FILES}/fiches/orientation").data)
    off(db, amina, "orientation.tried", "identity.phone")
    printed = pdf_text(browser.client.get(f"{FILES}/fiches/orientation").data)
    assert "Ce qui est demandé" in printed
    assert "déjà été essayé" not in printed
    assert "téléphone" not in printed


def test_an_opinion_that_is_not_asked_is_not_counted_as_unsaid(
    db: EncryptedDatabase, amina: Actor, lists: None
) -> None:
    child = followed(db, amina, date(2026, 9, 1))
    off(db, amina, "pathway_exit.child_opinion")
    pathway = get_file(db, child).pathway
    assert pathway is not None
    results = {each.id: ObjectiveResult.PARTLY for each in pathway.objectives}
    end_pathway(db, amina, child, Exit(TODAY, "reached", "", results, "", "", "Une année régulière."), TODAY)
    (row,) = exit_frame(db)[["relayed", "child_said", "parents_said", "referent_said"]].to_dict("records")
    assert pd.isna(row["child_said"])
    assert (row["relayed"], row["parents_said"], row["referent_said"]) == (0, 0, 1)
