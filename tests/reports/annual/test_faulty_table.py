"""A faulty spreadsheet of three hundred rows, from its file to the page of the survey, beside a script of its own."""

import csv
import io
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.demo import PRE
from impact.periods import civil_year, school_year
from impact.sheets.importing import carry_out, place_in, prepare, propose
from impact.sheets.known_storage import list_follow_ups
from impact.sheets.matching_rules import propose_sheet
from impact.sheets.reading import read_sheets
from impact.sheets.staging_storage import get_import, save_plan, stage
from reports.annual.rules import usual_stocks
from tests.conftest import TODAY
from tests.reports.annual.faulty_table import ODD_NAMES, REFUSED, SIZE, STOPPED, read_again, spreadsheet
from tests.reports.annual.test_against_pandas import script

pytestmark = pytest.mark.whole
HOME = f"/communautes/{PRE}/enquete-annuelle"
REFERENTS = ("Bruno Brindille", "Cécile Aulnaie", "Djamila Corbeval")
MOTIVES = ("Résultats scolaires", "Santé", "Langage")


@pytest.fixture
def content(db: EncryptedDatabase, amina: Actor) -> bytes:
    """The file, imported as its columns are proposed."""
    content = spreadsheet(2026)
    sheets = read_sheets(content)
    received = get_import(db, stage(db, amina, "suivi.csv", sheets))
    plan = propose(db, received, place_in(sheets, propose_sheet(sheets), None, TODAY), TODAY)
    assert plan.stopped_on == STOPPED
    batch = prepare(db, received, plan, {}, TODAY)
    refused = {row.line for row in batch.refused}
    assert len(batch.rows) == SIZE
    assert refused == {2 + 25 * place for place in range(1, len(REFUSED) + 1)}
    assert set(read_again(content)["line"]) == {entry.lines[0] for entry in batch.entries}
    assert SIZE - len(refused) - len(batch.entries) == 1
    save_plan(db, amina, received.id, plan, received.version)
    carry_out(db, amina, received.id, TODAY)
    return content


def test_the_page_says_what_the_script_says(content: bytes, browse: Any) -> None:
    table, amina = read_again(content), browse("amina")
    for period in (school_year(2024), school_year(2025), civil_year(2025)):
        stock = next(day for day in usual_stocks(period) if day <= STOPPED)
        answer = amina.client.get(f"{HOME}/reponses.csv?annee={period.code}&arret={STOPPED:%d/%m/%Y}")
        found = {
            (row["Code"].partition("/")[0], row["Catégorie"].replace("\xa0", " ") or row["Date"]): float(
                row["Valeur"].replace(",", ".")
            )
            for row in csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";")
            if row["Valeur"] and not row["Code"].startswith("carrier")
        }
        wanted = {_on_the_page(*key, stock.isoformat()): value for key, value in _told(table, period, stock).items()}
        shown = {key: found.get(key, 0.0) for key in wanted}
        assert shown == pytest.approx(wanted, nan_ok=True), period.code
        assert sum(shown.values()) > 500


def test_names_and_codes_are_kept_as_they_were_written(content: bytes, db: EncryptedDatabase) -> None:
    names = {row["family_name"] for row in db.rows("SELECT family_name FROM identity")}
    present = set(read_again(content)["family_name"]) & set(ODD_NAMES)
    assert present <= names
    assert len(present) > 2


def test_what_was_written_in_each_cell_is_held(content: bytes, db: EncryptedDatabase) -> None:
    said = dict(enumerate(csv.DictReader(content.decode("cp1252").splitlines()[1:], delimiter=";"), start=3))
    lines = {row["situation_id"]: row["line"] for row in db.rows("SELECT situation_id, line FROM situation_import")}
    table = read_again(content).set_index("line")
    held = {lines[key]: follow_up for key, (_, follow_up) in list_follow_ups(db).items()}
    assert held.keys() == set(table.index)
    for line, row in held.items():
        cells, read = said[line], table.loc[line]
        assert (row.number, row.postcode) == (cells["N° dossier"], cells["CP"])
        assert row.observations == cells["Observations"] or not cells["Observations"]
        assert (row.family_name, row.given_name) == (cells["Nom de l’enfant"].strip(), cells["Prénom"])
        assert row.motives == tuple(read["motives"])
        for day, name in ((row.received_on, "received_on"), (row.birth_date, "birth"), (row.started_on, "started_on")):
            assert (None if day is None else pd.Timestamp(day)) == (None if pd.isna(read[name]) else read[name]), line
        spent = None if pd.isna(read["hours"]) or row.started_on is None else Decimal(str(read["hours"]))
        assert row.hours == spent, line
    assert {"=cmd|'/C calc'!A0", "'; DROP TABLE child--", "%"} <= {row.observations for row in held.values()}


def _told(table: Any, period: Any, stock: Any) -> dict[tuple[str, str], Any]:
    return script(table, period.start, period.end, stock, motives=MOTIVES, referents=REFERENTS)


def _on_the_page(code: str, category: str, stock: str) -> tuple[str, str]:
    """A figure of the script as the file names it."""
    words = {
        ("status", "pathway"): "Prises en charge", ("status", "elsewhere"): "Orientées ailleurs", ("status", "waiting"): "En attente",
        ("status", "refused"): "Refusées", ("status", "refused_by_family"): "dont par la famille",
        ("flow_age", "under_2"): "Moins de 2 ans", ("flow_age", "2-5"): "2 à 5 ans", ("flow_age", "6-10"): "6 à 10 ans",
        ("flow_age", "11-16"): "11 à 16 ans", ("flow_age", "17+"): "17 ans et plus", ("flow_qpv", "yes"): "Oui",
        ("flow_qpv", "unknown"): "Non renseigné", ("exits_by_reason", "not_told"): "Non renseigné", ("stock", ""): stock,
    }  # fmt: skip
    return code, words.get((code, category), category)
