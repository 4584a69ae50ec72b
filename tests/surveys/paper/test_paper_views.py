"""The pages of paper: print, send scans, type sheets once or twice; who may."""

import io
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pytest
from flask import Flask, render_template
from PIL import Image

from impact.db import EncryptedDatabase
from impact.printing import print_document
from surveys import storage as surveys_storage
from surveys.definitions import get_standard
from surveys.paper import storage
from surveys.paper.codes import code_text, read_code
from surveys.paper.records import PageCode
from surveys.paper.rules import layout_of
from surveys.paper.views import STYLE
from surveys.paper.vocabulary import SheetState
from surveys.respondent_forms import respondent_form

BASE = "/communautes/pre-demonstration/questionnaires"
TYPED = {"k-came": "1", "k-how": "1 2", "k-mood": "4", "k-advise": "10", "k-children": "3", "k-first_day": "01/09/2026"}


def small_scan() -> bytes:
    output = io.BytesIO()
    Image.new("L", (600, 800), 255).save(output, "PNG")
    return output.getvalue()


def test_a_code_says_what_it_names() -> None:
    code = PageCode(12, 3, 4, 117, 1, "AB2CD7")
    assert code_text(code, 2) == "IC1/12/3/4/117/1/2/AB2CD7"
    assert read_code(code_text(code, 2)) == (code, 2)
    for foreign in ("https://example.org", "IC1/1/2/3/4/5/9/AB2CD7", "IC1/1/2/3/4/5/1/AB2CD7/", ""):
        assert read_code(foreign) is None


@pytest.mark.pdf
def test_sheets_are_printed_with_their_numbers(
    browse: Any, db: EncryptedDatabase, paper_url: str, whole_wave: int
) -> None:
    amina = browse("amina")
    answer = amina.send(f"{paper_url}/imprimer", {"copies": "3", "language": "fr"}, paper_url)
    assert answer.mimetype == "application/pdf"
    printing = storage.list_printings(db, whole_wave)[0]
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) == 3 * printing.layout.pages
        assert b"(1-2 / 1)" in pdf.pages[printing.layout.pages].Contents[-1].read_bytes()
    assert {"came", "how", "mood", "views.room", "advise", "order.eat", "aside-children"} <= set(printing.layout.boxes)
    assert set(printing.layout.frames) == {"children", "first_day", "town", "more"}
    assert "Déjà imprimées" in amina.get(paper_url)
    for wrong in ("0", "301", ""):
        assert "Rien n’est imprimé" in amina.send(f"{paper_url}/imprimer", {"copies": wrong}, paper_url).text
    assert storage.list_printings(db, whole_wave)[0].copies == 3


@pytest.mark.pdf
def test_a_specimen_is_in_the_language_of_the_preview(browse: Any) -> None:
    amina = browse("amina")
    page = amina.get(f"{BASE}/satisfaction-parents/apercu?langue=ar")
    assert "/papier?langue=ar" in page
    with pikepdf.open(io.BytesIO(amina.client.get(f"{BASE}/satisfaction-parents/papier?langue=ar").data)) as printed:
        assert str(printed.Root.Lang) == "ar"


@pytest.mark.pdf
def test_a_specimen_shows_any_questionnaire_on_paper(browse: Any) -> None:
    answer = browse("amina").client.get(f"{BASE}/satisfaction-parents/papier")
    assert answer.data.startswith(b"%PDF-")


def test_scans_are_sent_and_read_by_the_worker(browse: Any, app: Any, db: EncryptedDatabase, paper_url: str) -> None:
    amina = browse("amina")
    files = {"files": [(io.BytesIO(small_scan()), "../../feuille.png")]}
    page = amina.get(amina.send(f"{paper_url}/numerisations", files, paper_url).headers["Location"])
    assert "Lecture en cours" in page
    app.extensions["jobs"].do_waiting()
    page = amina.get(f"{paper_url}/numerisations/1")
    assert "Lecture en cours" not in page
    assert "les codes des coins ne se lisent pas" in page
    assert "feuille" in storage.list_pages(db, 1)[0].source
    for wrong, name in ((b"MZ\x90\x00", "a.pdf"), (b"", "vide.png")):
        again = amina.send(f"{paper_url}/numerisations", {"files": [(io.BytesIO(wrong), name)]}, paper_url)
        assert "n’est ni un PDF" in again.text
    assert "au moins un fichier" in amina.send(f"{paper_url}/numerisations", {}, paper_url).text


def test_a_sheet_is_typed_by_numbers(browse: Any, db: EncryptedDatabase, paper_url: str, whole_wave: int) -> None:
    amina = browse("amina")
    url = f"{paper_url}/saisie"
    page = amina.follow(url, {**TYPED, "k-order.talk": "1", "k-order.eat": "2", "k-town": "Clairvigne"})
    assert "La feuille est enregistrée" in page
    frame = surveys_storage.choice_frame(db, whole_wave)
    assert frame[frame["question"] == "order"]["choice"].tolist() == ["talk", "eat"]
    assert surveys_storage.amount_frame(db, whole_wave)["amount"].tolist() == [10.0, 3.0]
    assert db.value("SELECT typed FROM paper_sheet") == "{}"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"k-came": "3"}, "Tapez un nombre de 1 à 2"),
        ({"k-how": "1 9"}, "séparés par un espace"),
        ({"k-children": "21"}, "un nombre entier entre 0 et 20"),
        ({"k-first_day": "31/02/2026"}, "Février a 28"),
        ({"k-order.talk": "1", "k-order.eat": "1"}, "se contredisent"),
        ({"k-children": "2", "k-aside-children": "1"}, "se contredisent"),
        (dict.fromkeys(TYPED, ""), "Choisissez au moins une réponse"),
    ],
)
def test_wrong_typing_is_explained_and_kept(
    browse: Any, db: EncryptedDatabase, paper_url: str, wrong: dict[str, str], words: str
) -> None:
    answer = browse("amina").send(
        f"{paper_url}/saisie",
        {**TYPED, "k-town": "Clairvigne", **wrong, **({"k-town": ""} if "Choisissez" in words else {})},
    )
    assert answer.status_code == 200
    assert words in answer.text
    assert db.value("SELECT count(*) FROM response") == 0
    assert db.value("SELECT count(*) FROM paper_sheet") == 0


def test_two_typings_are_compared(browse: Any, db: EncryptedDatabase, paper_url: str, whole_wave: int) -> None:
    amina = browse("amina")
    for _ in range(2):
        page = amina.follow(f"{paper_url}/saisie", {**TYPED, "twice": "y"})
        assert "écrivez ce numéro sur le papier" in page
        assert 'name="twice" value="y" checked' in page
    assert surveys_storage.get_wave(db, whole_wave).responses == 0
    first, second = storage.list_sheets(db, whole_wave)
    again = f"{paper_url}/feuilles/{first.id}/seconde-saisie"
    assert 'value="4"' not in amina.get(again)
    assert "Les deux saisies sont les mêmes" in amina.follow(again, TYPED)
    page = amina.follow(f"{paper_url}/feuilles/{second.id}/seconde-saisie", {**TYPED, "k-mood": "5"})
    assert "Première saisie" in page
    assert surveys_storage.get_wave(db, whole_wave).responses == 1
    amina.follow(f"{paper_url}/feuilles/{second.id}", {**TYPED, "k-mood": "5"})
    levels = surveys_storage.answer_frame(db, whole_wave)["level"].tolist()
    assert sorted(levels) == [4, 5]


def test_a_sheet_is_dropped_by_a_person(browse: Any, db: EncryptedDatabase, paper_url: str, whole_wave: int) -> None:
    amina = browse("amina")
    amina.follow(f"{paper_url}/saisie", {**TYPED, "twice": "y"})
    sheet = storage.list_sheets(db, whole_wave)[0]
    url = f"{paper_url}/feuilles/{sheet.id}"
    amina.follow(f"{url}/ecarter", {}, url)
    assert storage.get_sheet(db, sheet.id).state is SheetState.DROPPED
    assert surveys_storage.get_wave(db, whole_wave).responses == 0


def test_a_sheet_that_somebody_saved_is_a_conflict(
    browse: Any, db: EncryptedDatabase, paper_url: str, whole_wave: int
) -> None:
    amina = browse("amina")
    amina.follow(f"{paper_url}/saisie", {**TYPED, "twice": "y"})
    sheet = storage.list_sheets(db, whole_wave)[0]
    stale = amina.send(f"{paper_url}/feuilles/{sheet.id}", {**TYPED, "version": "1"})
    assert stale.status_code == 409
    assert storage.get_sheet(db, sheet.id).state is SheetState.CHECKING


def test_paper_is_for_those_who_run_surveys(browse: Any, paper_url: str) -> None:
    for persona, status in (("denis", 403), ("chloe", 404)):
        for url in (paper_url, f"{paper_url}/saisie", f"{paper_url}/feuilles/1"):
            browse(persona).get(url, status)
    assert browse(None).client.get(paper_url).status_code == 302


@pytest.mark.pdf
def test_questions_begin_on_the_first_page_with_the_faces_of_the_screen(assembled: Flask) -> None:
    """Seven questions of one row each: they follow the title, and none waits for the next page with all the others."""
    with assembled.test_request_context():
        html = render_template(
            "paper/sheet.html",
            form=respondent_form(get_standard("satisfaction-parents"), formdata=None),
            left_out=set(),
            asker="PRE",
        )
    assert html.count('src="impact:faces/') == 30
    printed = print_document(html, base=STYLE, moment=datetime(2026, 11, 20, tzinfo=UTC))
    layout = layout_of(printed.pages, printed.anchors)
    assert layout.boxes["welcome"]["1"].page == layout.boxes["usefulness"]["1"].page == 0
