"""The sheet that goes back to those who answered: proposed, written, printed on one page, read at the same address."""

import io
from datetime import date
from typing import Any

import pikepdf
import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.demo import PRE
from surveys import storage
from surveys.coding.storage import coded_questions, release
from surveys.definitions import get_standard
from surveys.feedback.storage import list_sheets
from surveys.records import Answer, NewWave

pytestmark = pytest.mark.whole

TODAY = date(2026, 11, 20)
ROOT = f"/communautes/{PRE}/questionnaires/vagues"
WILL = "Dès janvier, un rendez-vous possible le samedi matin.\nLe lieu ne changera pas cette année."


@pytest.fixture
def wave_id(db: EncryptedDatabase, amina: Actor) -> int:
    """Open, answered by twenty people: ten of each opinion on one question, all content with the others."""
    asked = get_standard("satisfaction-parents")
    added = storage.open_wave(db, amina, asked, NewWave("Juin", date(2026, 11, 1), TODAY, 40), TODAY)
    for number in range(20):
        answers = [Answer(code, level=5) for code in asked.codes[1:]]
        first = Answer(asked.codes[0], level=5 if number < 10 else 1)
        storage.add_response(db, added, TODAY, f"{number:024}", [first, *answers])
    return added


@pytest.fixture
def closed(db: EncryptedDatabase, amina: Actor, wave_id: int) -> int:
    storage.close_wave(db, amina, storage.get_wave(db, wave_id), TODAY)
    return wave_id


def test_the_sheet_waits_for_the_closing(browse: Any, wave_id: int) -> None:
    assert "une fois la vague fermée" in browse("amina").get(f"{ROOT}/{wave_id}/restitution/")


def test_what_people_told_is_proposed_and_what_will_be_done_is_written(
    browse: Any, db: EncryptedDatabase, closed: int
) -> None:
    url, public = f"{ROOT}/{closed}/restitution/", storage.current_token(db, storage.get_wave(db, closed))
    browse(None).get(f"/repondre/{PRE}/{public}", 404)
    page = browse("amina").get(url)
    assert "10 réponses favorables sur 20" in page.replace("\u00a0", " ")
    refused = browse("amina").send(url, {"told": "Vous êtes bien reçus.", "will": ""}).text
    assert "Dites au moins une chose" in refused
    assert "Vous êtes bien reçus." in refused
    assert "La fiche est prête" in browse("amina").follow(url, {"told": "Vous êtes bien reçus.", "will": WILL})
    told = browse(None).get(f"/repondre/{PRE}/{public}")
    assert "Ce que vous nous avez dit" in told
    assert "le samedi matin" in told
    printed = browse("basile").client.get(f"{ROOT}/{closed}/restitution/fiche.pdf").data
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        assert len(pdf.pages) == 1


def test_words_that_may_be_quoted_are_proposed_where_they_are_read(
    browse: Any, db: EncryptedDatabase, amina: Actor
) -> None:
    asked = get_standard("satisfaction-parents")
    added = storage.open_wave(db, amina, asked, NewWave("Mots", TODAY, TODAY, 20), TODAY)
    for number in range(11):
        storage.add_response(
            db, added, TODAY, f"{number:024}", [Answer("suggestion", words=f"un mot de plus {number}")]
        )
    storage.close_wave(db, amina, storage.get_wave(db, added), TODAY)
    (coded,) = coded_questions(db, storage.get_wave(db, added))
    release(db, amina, coded, coded.answers[0], coded.answers[0].words, False, TODAY)
    url = f"{ROOT}/{added}/restitution/"
    assert "un mot de plus" in browse("amina").get(url)
    assert "un mot de plus" not in browse("amina").get(f"{url}?langue=ar")


def test_each_language_has_its_sheet(browse: Any, db: EncryptedDatabase, closed: int) -> None:
    url = f"{ROOT}/{closed}/restitution/?langue=ar"
    assert "إجابات إيجابية" in browse("amina").get(url)
    browse("amina").send(url, {"told": "استقبال جيد", "will": "صباح السبت"})
    assert [sheet.language for sheet in list_sheets(db, closed)] == ["ar"]
    public = storage.current_token(db, storage.get_wave(db, closed))
    page = browse(None).get(f"/repondre/{PRE}/{public}?langue=ar")
    assert 'dir="rtl"' in page
    assert "صباح السبت" in page


def test_a_sheet_holds_on_one_page(browse: Any, db: EncryptedDatabase, closed: int) -> None:
    long = "\n".join(["Une phrase."] * 80)
    page = browse("amina").send(f"{ROOT}/{closed}/restitution/", {"told": long, "will": "Rien."}).text
    assert "dépasse une page" in page
    assert not list_sheets(db, closed)


def test_two_people_do_not_write_over_each_other(browse: Any, closed: int) -> None:
    url = f"{ROOT}/{closed}/restitution/"
    browse("amina").send(url, {"told": "Un", "will": "Deux"})
    browse("elodie").send(url, {"told": "Trois", "will": "Deux", "version": "1"})
    late = browse("amina").send(url, {"told": "Quatre", "will": "Deux", "version": "1"})
    assert late.status_code == 409
    assert "Quatre" in late.text


@pytest.mark.parametrize(("persona", "status"), [("basile", 403), ("denis", 403), ("chloe", 404)])
def test_roles(browse: Any, closed: int, persona: str, status: int) -> None:
    browse(persona).get(f"{ROOT}/{closed}/restitution/", status)
