"""Questionnaires survive the bad inputs that every release survives: answers, links, definitions, files, paper."""

import io
from contextlib import closing
from typing import Any

import pikepdf
import pytest
from flask import Flask

from impact.audit import Actor
from impact.db import DriverError, EncryptedDatabase, IntegrityError
from impact.instance import Instance
from impact.sheets.reading import _read
from surveys import own_storage, storage
from surveys.exchange.answers_in import Reading, read_answers
from surveys.exchange.storage import store_answers
from surveys.records import Questionnaire
from surveys.storage import get_wave

BASE = "/communautes/pre-demonstration/questionnaires"
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script>",
    "javascript:alert(1)",
    "{{7*7}} {% include '/etc/passwd' %}",
    "mot %s {0.__class__}",
    "'; DROP TABLE response--",
)
ODD = ("NA", "NULL", "None", "NaN", "True", "01000", "2A004", "=cmd|'/C calc'!A0", "+33612345678", "-2+3", "@SUM(1)")


def read(whole: Questionnaire, text: str) -> Reading:
    return read_answers(whole, 1, _read(text.encode())[0][1])


@pytest.mark.parametrize("typed", ODD)
def test_an_odd_word_is_kept_as_it_is_typed_and_as_it_is_imported(
    browse: Any, db: EncryptedDatabase, whole: Questionnaire, whole_wave: int, whole_url: str, typed: str
) -> None:
    assert browse(None).send(whole_url, {"q-came": "no", "q-more": typed}).status_code == 303
    assert storage.list_words(db, whole_wave, "more") == [typed]
    assert read(whole, f"came;more\nno;{typed}\n").entries[0].typed["more"] == typed


def test_dates_of_a_column_are_read_and_the_doubtful_ones_are_listed(whole: Questionnaire) -> None:
    reading = read(
        whole, "first_day\n03/04/2024\n2024-04-03\n45385\n04/25/2024\n2024-04-03T10:00:00.000+02:00\n29/02/2023\n"
    )
    assert [entry.typed["first_day"] for entry in reading.entries] == ["2024-04-03"] * 4
    assert [each.line for each in reading.refused] == [5, 7]
    assert [each.line for each in reading.doubtful] == [2, 4]
    assert "lu jour puis mois" in reading.doubtful[0].message
    assert "numéro de jour du tableur" in reading.doubtful[1].message


def test_letters_gone_wrong_are_told(whole: Questionnaire) -> None:
    (doubt,) = read(whole, "more\nÃ‰lodie\n").doubtful
    assert doubt.line == 2


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e400", str(2**63), str(-(2**63) - 1), "2,5", "٣"])
def test_a_number_that_is_none_is_never_stored(
    browse: Any, db: EncryptedDatabase, whole: Questionnaire, whole_url: str, number: str
) -> None:
    answer = browse(None).send(whole_url, {"q-came": "no", "q-children": number})
    assert answer.status_code == 200
    assert db.value("SELECT count(*) FROM response") == 0
    reading = read(whole, f"came;children\nno;{number}\n")
    assert (reading.entries, reading.refused[0].line) == ((), 2)


@pytest.mark.parametrize("number", ["99999999999999999999", "-1", "NaN", "1.5", "%00", "0"])
def test_a_wrong_number_in_an_address_is_a_page_that_does_not_exist(browse: Any, number: str) -> None:
    amina = browse("amina")
    for path in (
        "vagues/{}", "vagues/{}/comparaison", "vagues/{}/importer", "vagues/{}/papier", "les-notres/{}",
        "les-notres/{}/versions", "les-notres/{}/question/x/images-et-sons", "les-notres/{}/traductions",
    ):  # fmt: skip
        assert amina.client.get(f"{BASE}/{path.format(number)}").status_code == 404, path


@pytest.mark.pdf
@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_in_a_questionnaire_are_shown_as_text_on_screen_and_on_paper(
    browse: Any, db: EncryptedDatabase, words: str
) -> None:
    amina = browse("amina")
    url = amina.send(f"{BASE}/les-notres/nouveau", {"title": words, "purpose": words, "public": words}).headers[
        "Location"
    ]
    amina.follow(f"{url}/ajouter/one", {"text": words, "choices": f"{words}\nautre", "help": words, "use": words})
    asked = own_storage.list_own(db)[0].questionnaire
    assert (asked.title, asked.questions[0].text, asked.questions[0].choices[0].text) == (words, words, words)
    for page in (url, f"{BASE}/{asked.code}/apercu", f"{BASE}/{asked.code}/echanger", f"{BASE}/", f"{url}/versions"):
        shown = amina.get(page)
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "{{7*7}}" in shown or "7*7" not in words
    assert amina.client.get(f"{BASE}/{asked.code}/papier").data.startswith(b"%PDF")


@pytest.mark.pdf
def test_a_title_that_calls_out_fetches_nothing_in_print(browse: Any, db: EncryptedDatabase) -> None:
    amina = browse("amina")
    called = '<img src="http://127.0.0.1:9/x"> <link rel=attachment href="file:///etc/passwd"> @import url(file:///x)'
    amina.follow(f"{BASE}/les-notres/nouveau", {"title": called[:110], "purpose": called, "public": "Tous"})
    code = own_storage.list_own(db)[0].questionnaire.code
    answer = amina.client.get(f"{BASE}/{code}/papier")
    assert answer.status_code == 200
    with pikepdf.open(io.BytesIO(answer.data)) as printed:
        assert not printed.attachments
        assert all(not page.get_images() for page in printed.pages)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("../../etc/passwd", b"root:x:0:0", "n’est ni un XLSForm"),
        ("a.xlsx", b"MZ\x90\x00" + bytes(200), "pas un tableau lisible"),
        (".htaccess", b"<svg onload=alert(1)>", "n’est ni un XLSForm"),
        ("\u202efdp.exe", b"PK\x03\x04" + bytes(50), "pas un tableau lisible"),
        ("x" * 300 + ".csv", b"", "vide"),
    ],
)
def test_a_file_that_is_something_else_is_refused_whatever_its_name(
    browse: Any, db: EncryptedDatabase, whole_wave: int, name: str, content: bytes, said: str
) -> None:
    amina = browse("amina")
    answer = amina.send(f"{BASE}/importer", {"file": (io.BytesIO(content), name)})
    assert (answer.status_code, said in answer.text) == (200, True)
    answers = amina.send(f"{BASE}/vagues/{whole_wave}/importer", {"file": (io.BytesIO(content), name)})
    assert answers.status_code == 200
    assert "Rien n’est importé" in answers.text
    assert db.value("SELECT count(*) FROM answer_import") == 0


def test_the_name_of_a_file_is_shown_as_text_and_shortened(browse: Any, whole_wave: int) -> None:
    sent = {"file": (io.BytesIO(b"came;more\nno;rien\n"), "<b>" + "x" * 300 + ".csv")}
    page = browse("amina").follow(f"{BASE}/vagues/{whole_wave}/importer", sent)
    assert "&lt;b&gt;xxx" in page
    assert "x" * 100 not in page


def test_what_belongs_to_another_community_is_not_found(browse: Any, whole_wave: int, db: EncryptedDatabase) -> None:
    other = "/communautes/essonne/questionnaires"
    amina = browse("amina")
    staged = amina.send(f"{BASE}/vagues/{whole_wave}/importer", {"file": (io.BytesIO(b"came\nno\n"), "a.csv")}).headers[
        "Location"
    ]
    for path in (f"/vagues/{whole_wave}", f"/vagues/{whole_wave}/importer", staged.removeprefix(BASE)):
        browse("chloe").get(f"{other}{path}", 404)
        browse("chloe").get(f"{BASE}{path}", 404)
    assert db.value("SELECT count(*) FROM answer_import") == 1


def test_an_import_that_stops_half_way_leaves_nothing(
    db: EncryptedDatabase, amina: Actor, whole: Questionnaire, whole_wave: int
) -> None:
    good = read(whole, "came;more;_uuid\nno;un;1\nno;deux;2\n")
    broken = Reading((*good.entries, type(good.entries[0])(4, "k" * 30, {"mood": "9"})), (), ())
    with pytest.raises(IntegrityError):
        store_answers(db, amina, get_wave(db, whole_wave), broken, get_wave(db, whole_wave).opens_on)
    assert get_wave(db, whole_wave).responses == 0
    assert store_answers(db, amina, get_wave(db, whole_wave), good, get_wave(db, whole_wave).opens_on) == 2


def test_a_second_file_of_the_community_knows_nothing_of_the_answers(
    place: Instance, whole_url: str, browse: Any
) -> None:
    with closing(place.community("essonne")) as other:
        assert other.value("SELECT count(*) FROM wave") == 0
    assert browse(None).client.get(whole_url.replace("pre-demonstration", "essonne")).status_code == 404


def test_answers_of_a_stranger_need_no_token_and_those_of_the_team_do(browse: Any, whole_url: str) -> None:
    wrong = browse("amina").client.post(f"{BASE}/les-notres/nouveau", data="{}", content_type="text/plain")
    assert wrong.status_code == 400
    plain = browse(None).client.post(whole_url, data="q-came=no", content_type="text/plain")
    assert plain.status_code == 200
    assert "Vos réponses ne sont pas encore envoyées" in plain.text


@pytest.mark.parametrize("day", ["29/02/2023", "31/04/2024", "01/01/0001", "31/12/9999", "demain", "45385"])
def test_a_day_that_is_none_is_refused_at_its_question_and_stored_nowhere(
    browse: Any, db: EncryptedDatabase, whole_url: str, day: str
) -> None:
    answer = browse(None).send(whole_url, {"q-came": "no", "q-first_day": day})
    assert answer.status_code == 200
    assert f'value="{day}"' in answer.text
    assert 'href="#q-first_day"' in answer.text
    assert db.value("SELECT count(*) FROM response") == 0


def test_a_full_disk_leaves_no_half_import(
    db: EncryptedDatabase, amina: Actor, whole: Questionnaire, whole_wave: int
) -> None:
    lines = "".join(f"no;{'x' * 900};{number}\n" for number in range(200))
    reading, wave = read(whole, f"came;more;_uuid\n{lines}"), get_wave(db, whole_wave)
    pages = db.value("PRAGMA page_count")
    db.execute(f"PRAGMA max_page_count = {pages + 10}")
    with pytest.raises(DriverError, match="full"):
        store_answers(db, amina, wave, reading, wave.opens_on)
    assert get_wave(db, whole_wave).responses == 0
    db.execute("PRAGMA max_page_count = 1000000")
    assert store_answers(db, amina, wave, reading, wave.opens_on) == 200


def test_an_answer_that_the_file_refused_once_is_stored_once_by_the_page(
    app: Flask, place: Instance, db: EncryptedDatabase, whole_wave: int, whole_url: str
) -> None:
    path = place.community_path("pre-demonstration")
    with app.extensions["surveys.held"].borrow(path, lambda: place.community("pre-demonstration")) as held:
        held.execute("PRAGMA query_only = ON")
    sent = {"q-came": "no", "key": "une-cle-de-fichier-refuse"}
    assert app.test_client().post(whole_url, data=sent).status_code == 303
    assert app.test_client().post(whole_url, data=sent).status_code == 303
    assert get_wave(db, whole_wave).responses == 1
