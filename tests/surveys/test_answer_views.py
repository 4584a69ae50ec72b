"""Answers out: separators, codes or words, the book of codes, cells that stay text."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from surveys import storage
from surveys.records import Answer
from surveys.rosters.invitation_storage import add_link
from surveys.rosters.vocabulary import Public
from surveys.tables import as_csv, as_xlsx, safe

TODAY = date(2026, 11, 20)
ROOT = "/communautes/pre-demonstration/questionnaires/vagues"
SAID = [
    Answer("came", choices=("yes",)),
    Answer("how", choices=("foot", "bus")),
    Answer("mood", level=4),
    Answer("views.room", level=2),
    Answer("advise", amount=Decimal(9)),
    Answer("children", aside=True),
    Answer("first_day", day=date(2026, 9, 1)),
    Answer("order", choices=("talk", "meet")),
    Answer("town", words='=HYPERLINK("http://x";"clic")'),
    Answer("more", words="Le samedi ; oui"),
]


@pytest.fixture
def answered(db: EncryptedDatabase, whole_wave: int) -> int:
    storage.add_response(db, whole_wave, TODAY, "k" * 20, SAID)
    return whole_wave


def _rows(answer: Any, separator: str) -> list[dict[str, str]]:
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=separator))


@pytest.mark.parametrize(("kind", "separator"), [("semicolon", ";"), ("comma", ","), ("tab", "\t")])
def test_codes_in_a_csv(browse: Any, db: EncryptedDatabase, answered: int, kind: str, separator: str) -> None:
    url = f"{ROOT}/{answered}/reponses/exporter"
    answer = browse("amina").send(url, {"kind": kind, "values": "codes", "words": "y"})
    (row,) = _rows(answer, separator)
    assert row["personne"] == "1"
    assert (row["came"], row["how.foot"], row["how.bus"], row["how.car"]) == ("yes", "1", "1", "0")
    assert (row["mood"], row["views.room"], row["views.time"], row["children"]) == ("4", "2", "", "nsp")
    assert (row["advise"], row["first_day"], row["order.talk"], row["order.eat"]) == ("9", "2026-09-01", "1", "")
    assert row["town"].startswith("'=HYPERLINK")
    assert row["more"] == "Le samedi ; oui"
    assert db.value("SELECT count(*) FROM audit_entry WHERE deed = 'export' AND object_kind = 'wave'") == 1


def test_words_in_a_workbook_with_its_book_of_codes(browse: Any, answered: int) -> None:
    url = f"{ROOT}/{answered}/reponses/exporter"
    answer = browse("amina").send(url, {"kind": "xlsx", "values": "labels"})
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    header, row = list(book["Réponses"].values)
    cells = dict(zip(header, row, strict=True))
    assert (cells["came"], cells["how.foot"], cells["children"]) == (
        "Oui",
        "Choisi",
        "Je ne sais pas, ou cela ne me concerne pas",
    )
    assert "more" not in header
    codes = list(book["Codes"].values)
    assert codes[0] == ("colonne", "question", "forme", "code", "réponse")
    assert ("came", "Êtes-vous venu ?", "Une seule réponse dans une liste", "yes", "Oui") in codes


def test_the_book_of_codes_alone(browse: Any, answered: int) -> None:
    rows = _rows(browse("amina").client.get(f"{ROOT}/{answered}/reponses/codes"), ";")
    assert {"colonne": "views.room", "code": "5"}.items() <= next(
        row for row in rows if row["colonne"] == "views.room" and row["code"] == "5"
    ).items()


def test_a_wrong_choice_is_explained(browse: Any, answered: int) -> None:
    answer = browse("amina").send(f"{ROOT}/{answered}/reponses/exporter", {"kind": "exe", "values": "codes"})
    assert "Choisissez une réponse de la liste" in answer.text


def test_nothing_leaves_before_the_closing_when_links_are_personal(
    browse: Any, db: EncryptedDatabase, amina: Actor, answered: int
) -> None:
    identity = db.insert_row(
        "INSERT INTO identity (family_name, given_name, email, phone, folded) VALUES ('Dupré', 'Prune', '', '', '')"
    )
    add_link(db, answered, Public.PARENT, identity)
    url = f"{ROOT}/{answered}/reponses/exporter"
    page = browse("amina").get(url)
    assert "sortiront à la fermeture" in page
    assert "Exporter</button>" not in page


def test_only_those_who_read_exact_figures(browse: Any, answered: int) -> None:
    url = f"{ROOT}/{answered}/reponses/exporter"
    for persona, status in (("elodie", 403), ("basile", 403), ("denis", 403), ("chloe", 404)):
        browse(persona).get(url, status=status)
    assert "Aucune réponse" not in browse("amina").get(url)


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+33612345678", "-2+3", "@SUM(1)", "\tx", "\rx", " =1", "＝1"])
def test_what_begins_as_a_formula_stays_text(text: str) -> None:
    assert str(safe(text)).startswith("'")
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx([("A", ["x"], [[text]])])))["A"]
    assert sheet["A2"].data_type == "s"
    assert "'" in as_csv(["x"], [[text]]).decode("utf-8-sig").splitlines()[1]


def test_numbers_and_names_are_left_alone() -> None:
    assert as_csv(["a"], [["NA"], ["01000"], [1.5], [None], ["a\x00b"]]).decode("utf-8-sig").split() == [
        "a",
        "NA",
        "01000",
        "1,5",
        '""',
        "ab",
    ]
