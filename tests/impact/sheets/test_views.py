"""A spreadsheet is received, matched, checked and confirmed; who may not is refused."""

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.pathways.storage import seed_lists
from impact.sheets.workbook import to_xlsx
from tests.impact.sheets.table import SAMPLES

BASE = "/communautes/pre-demonstration/tableaux/importer"
HEADINGS = ["Date d’orientation", "Nom", "Prénom", "Né(e) le", "Orienté par", "Motifs", "Décision", "Référent"]
GOOD = ["14/09/2026", "Pommerole", "Zélie", "14/03/2017", "Famille", "Résultats scolaires", "", ""]
WRONG = ["31/06/2026", "Noisetier", "Malo", "14/03/2017", "Famille", "Langage", "", ""]
Browse = Callable[[str | None], Any]


@pytest.fixture(autouse=True)
def lists(db: EncryptedDatabase, amina: Actor) -> None:
    """The lists of a PRE."""
    seed_lists(db, amina, date(2020, 9, 1))


def sent(browser: Any, content: bytes, name: str = "suivi.xlsx", subject: str = "situations") -> Any:
    """The answer to an upload."""
    return browser.send(BASE, {"subject": subject, "file": (io.BytesIO(content), name)})


def small(*rows: list[str]) -> bytes:
    """A spreadsheet of these rows."""
    return to_xlsx([("Suivi", HEADINGS, rows)])


def received(browser: Any, content: bytes, subject: str = "situations") -> str:
    """The address of the import, its columns and values taken as proposed."""
    answer = sent(browser, content, subject=subject)
    assert answer.status_code == 303, answer.text
    base = str(answer.headers["Location"]).removesuffix("/feuille")
    for step, following in (("feuille", "colonnes"), ("colonnes", "valeurs"), ("valeurs", "verifier")):
        page = browser.get(f"{base}/{step}")
        answer = browser.send(f"{base}/{step}", filled(page))
        assert answer.status_code == 303, answer.text
        assert answer.headers["Location"].endswith(following)
    return base


def filled(page: str) -> dict[str, str]:
    """What the fields of the page hold."""
    data = {}
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options) or re.search(
            r'<option value="([^"]*)"', options
        )
        data[name] = chosen[1] if chosen else ""
    data |= dict(re.findall(r'<input type="text" id="[^"]+" name="([^"]+)"[^>]* value="([^"]*)"', page))
    return {name: value.replace("&#39;", "'").replace("&amp;", "&") for name, value in data.items()}


def test_a_table_goes_from_the_file_to_the_children(browse: Browse, db: EncryptedDatabase) -> None:
    amina = browse("amina")
    base = received(amina, small(GOOD, WRONG))
    page = amina.get(f"{base}/verifier")
    assert "Ligne 3, colonne «\xa0Date d’orientation\xa0»\xa0: «\xa031/06/2026\xa0» n’est pas une date" in page
    assert db.value("SELECT count(*) FROM situation") == 0
    done = amina.follow(f"{base}/confirmer", {}, page=f"{base}/verifier")
    assert "1\xa0situation importée" in done
    assert db.value("SELECT family_name FROM identity JOIN child ON identity_id = identity.id") == "Pommerole"
    assert amina.client.post(f"{base}/confirmer", data={}).status_code in (303, 400)
    book = load_workbook(io.BytesIO(amina.client.get(f"{base}/lignes-refusees.xlsx").data))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert rows[0] == [*HEADINGS, "Erreur"]
    assert rows[1][1:3] == ["Noisetier", "Malo"]
    assert "n’est pas une date" in str(rows[1][-1])


def test_a_table_sent_again_changes_nothing_and_shows_what_differs(browse: Browse, db: EncryptedDatabase) -> None:
    amina = browse("amina")
    base = received(amina, small(GOOD))
    amina.follow(f"{base}/confirmer", {}, page=f"{base}/verifier")
    other = [*GOOD[:4], "Collège", *GOOD[5:]]
    page = amina.get(f"{received(amina, small(other))}/verifier")
    assert "1\xa0ligne déjà suivie" in page
    assert "Collège" in page
    assert "il n’y a rien à importer" in page
    assert db.value("SELECT count(*) FROM situation") == 1


def test_twins_stay_two_unless_it_is_said_otherwise(browse: Browse, db: EncryptedDatabase) -> None:
    amina = browse("amina")
    twin = [GOOD[0], GOOD[1], "Zélia", *GOOD[3:]]
    base = received(amina, small(GOOD, twin))
    page = amina.get(f"{base}/verifier")
    assert "2\xa0situations" in page
    assert "Zélia" in page
    amina.follow(f"{base}/verifier", {"pair_2-3": "same"})
    assert "1\xa0situation<" in amina.get(f"{base}/verifier")


@pytest.mark.parametrize(("persona", "status"), [("basile", 403), ("denis", 403), ("elodie", 403), ("chloe", 404)])
def test_only_the_coordination_brings_tables_in(browse: Browse, persona: str, status: int) -> None:
    browse(persona).get(BASE, status)


def test_a_stranger_signs_in_first(browse: Browse) -> None:
    assert browse(None).client.get(BASE).status_code == 302


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b"MZ\x90\x00\x03" + bytes(600), "pas un tableau lisible"),
        (b"PK\x03\x04" + b"z" * 200, "pas un tableau lisible"),
        (b"%PDF-1.7\n\x00\x00\x00\x00\x00\x00", "pas un tableau lisible"),
    ],
)
def test_what_is_not_a_table_is_said_at_the_field(browse: Browse, content: bytes, said: str) -> None:
    answer = sent(browse("amina"), content, "../../etc/passwd")
    assert answer.status_code == 200
    assert said in answer.text


def test_a_file_beyond_the_limit_is_refused(browse: Browse) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    body = io.BytesIO(head + b"a;b\n" * 1_000_000 + b"\r\n--x--")
    kind = "multipart/form-data; boundary=x"
    answer = browse("amina").client.post(
        BASE, input_stream=body, content_type=kind, content_length=len(body.getvalue())
    )
    assert answer.status_code == 413
    assert "trop lourd" in answer.text


def test_columns_without_name_or_twice_are_refused(browse: Browse) -> None:
    amina = browse("amina")
    base = received(amina, small(GOOD))
    page = amina.get(f"{base}/colonnes")
    answer = amina.send(f"{base}/colonnes", filled(page) | {"column_2": "family_name", "column_0": "none"})
    assert "Une autre colonne dit déjà cela" in answer.text
    assert "Date d’orientation" in answer.text
    assert answer.status_code == 200


def test_two_windows_do_not_overwrite_each_other(browse: Browse) -> None:
    amina = browse("amina")
    base = received(amina, small(GOOD))
    page = amina.get(f"{base}/feuille")
    answer = amina.send(f"{base}/feuille", filled(page) | {"version": "1"})
    assert "a changé dans une autre fenêtre" in answer.text


@pytest.mark.whole
def test_the_whole_reference_table_comes_in_by_the_pages(browse: Browse, db: EncryptedDatabase) -> None:
    amina = browse("amina")
    base = received(amina, (SAMPLES / "suivi.ods").read_bytes())
    page = amina.get(f"{base}/verifier")
    assert "281\xa0situations" in page
    assert "265\xa0enfants" in page
    assert "17\xa0lignes refusées" in page
    amina.follow(f"{base}/confirmer", {}, page=f"{base}/verifier")
    assert db.value("SELECT count(*) FROM situation") == 281
    assert "281" in amina.get("/communautes/pre-demonstration/enfants/")


def test_another_community_does_not_see_the_import(browse: Browse) -> None:
    base = received(browse("amina"), small(GOOD))
    browse("chloe").get(base, 404)
    browse("chloe").get(base.replace("pre-demonstration", "essonne"), 404)
