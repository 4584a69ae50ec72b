"""Languages: what is translated, what is offered, what a respondent reads."""

import re
from datetime import date
from typing import Any

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from surveys import own_storage, storage
from surveys.definitions import as_text, from_text, get_standard
from surveys.editing import taken_up
from surveys.languages.known import COMPLETE, HERE, complete_interfaces
from surveys.languages.rules import (
    check_words,
    keep_translations,
    left_in_french,
    places,
    translate,
    with_words,
    words_of,
)
from surveys.records import NewWave, Questionnaire
from surveys.words import FRENCH

TODAY = date(2026, 11, 20)
ASKED = get_standard("satisfaction-parents")
BASE = "/communautes/pre-demonstration/questionnaires"
SLOT = re.compile(r"\{\w+\}")


@pytest.fixture
def url(db: EncryptedDatabase, amina: Actor) -> str:
    wave = storage.open_wave(db, amina, ASKED, NewWave("N", date(2026, 11, 16), TODAY, 40), TODAY)
    return f"/repondre/pre-demonstration/{storage.current_token(db, storage.get_wave(db, wave))}"


@pytest.fixture
def own_id(db: EncryptedDatabase, amina: Actor) -> int:
    return own_storage.add_own(db, amina, taken_up(ASKED, "Notre avis", "Savoir", "Parents"))


@pytest.mark.parametrize("language", COMPLETE[1:], ids=lambda each: each.code)
def test_each_language_says_every_word_with_its_figures(language: Any) -> None:
    words = complete_interfaces()[language.code].words
    assert set(words) == set(FRENCH)
    written = (HERE / "words" / f"{language.code}.toml").read_text("utf-8")
    for name, text in FRENCH.items():
        assert f"{name} = " in written
        assert sorted(SLOT.findall(words[name])) == sorted(SLOT.findall(text)), name


@pytest.mark.parametrize("language", COMPLETE[1:], ids=lambda each: each.code)
def test_the_parents_questionnaire_is_whole_in_each_language(language: Any) -> None:
    assert set(words_of(ASKED, language.code)) == set(places(ASKED))
    assert left_in_french(ASKED, language.code) == frozenset()


def test_what_is_not_translated_stays_french(whole: Questionnaire) -> None:
    texts = {"question/came": "Did you come?", "choice/came/yes": "Yes", "end/advise/1": "no"}
    made = with_words(whole, "en", texts)
    assert from_text(as_text(made)) == made
    english = translate(made, "en")
    came, advise = english.question("came"), english.question("advise")
    assert came is not None
    assert advise is not None
    assert (came.text, [each.text for each in came.choices], advise.ends) == (
        "Did you come?",
        ["Yes", "Non"],
        ("no", "oui"),
    )
    assert "Non" in left_in_french(made, "en")
    assert "Oui" not in left_in_french(made, "en")
    assert translate(made, "tr") == made
    assert with_words(made, "en", {}) == whole


def test_a_text_reworded_loses_its_translation() -> None:
    own = taken_up(ASKED, "Notre avis", ASKED.purpose, "Parents")
    kept = words_of(own, "en")
    assert "title" not in kept
    assert kept["purpose"].startswith("To know")
    assert keep_translations(own, own) == own


def test_words_keep_what_the_page_fills_in() -> None:
    assert check_words({"question": "Kestyon {n}", "send": "Voyé"}) == {
        "question": "Gardez {count} : la page le remplace."
    }


def test_a_parent_reads_and_answers_in_arabic(browse: Any, db: EncryptedDatabase, url: str) -> None:
    stranger = browse(None)
    assert 'lang="tr" dir="ltr" hreflang="tr"' in stranger.get(url)
    page = stranger.get(f"{url}?langue=ar")
    assert '<html lang="ar" dir="rtl">' in page
    assert "أفهم ما يُقترح على طفلي" in page
    assert "On m’accueille bien" not in page
    answer = stranger.send(f"{url}?langue=ar", {"q-welcome": "9"})
    assert "اختاروا إجابة من القائمة" in answer.text
    assert "Choisissez" not in answer.text
    thanks = stranger.follow(f"{url}?langue=ar", {"q-welcome": "5"})
    assert "شكرًا" in thanks
    assert db.value("SELECT level FROM answer") == 5


def test_the_browser_says_which_language_it_prefers(browse: Any, url: str) -> None:
    stranger = browse(None)
    answer = stranger.client.get(url, headers={"Accept-Language": "tr-TR,tr;q=0.9"})
    assert '<html lang="tr"' in answer.text
    assert '<html lang="fr"' in stranger.client.get(url, headers={"Accept-Language": "zh"}).text
    assert '<html lang="fr"' in stranger.get(f"{url}?langue=zz")


def test_untranslated_blocks_say_that_they_are_french(
    browse: Any, db: EncryptedDatabase, amina: Actor, whole: Questionnaire
) -> None:
    made = with_words(whole, "ar", {"question/came": "هل أتيت؟"})
    own_storage.add_own(db, amina, made)
    page = browse("amina").get(f"{BASE}/notre-1/apercu?langue=ar")
    assert "هل أتيت؟" in page
    assert '<span lang="fr" dir="ltr">Oui</span>' in page


def test_a_questionnaire_is_translated_side_by_side(browse: Any, db: EncryptedDatabase, own_id: int) -> None:
    amina = browse("amina")
    url = f"{BASE}/les-notres/{own_id}/langues"
    assert "Pas encore traduit" not in amina.get(url).split("Kréyol")[0]
    page = amina.get(f"{url}/en")
    assert "Strongly disagree" in page
    after = amina.follow(f"{url}/en", {"w-title": "Our view", "w-purpose": "To know"})
    assert "Tout est traduit" in after
    made = own_storage.get_own(db, own_id).questionnaire
    assert words_of(made, "en")["title"] == "Our view"
    assert amina.send(f"{url}/en", {"w-title": "x" * 601}).status_code == 200
    stale = amina.send(f"{url}/en", {"w-title": "Autre", "version": "1"})
    assert stale.status_code == 409
    assert words_of(own_storage.get_own(db, own_id).questionnaire, "en")["title"] == "Our view"


def test_french_and_unknown_languages_are_not_translated_into(browse: Any, own_id: int) -> None:
    amina = browse("amina")
    amina.get(f"{BASE}/les-notres/{own_id}/langues/fr", 404)
    amina.get(f"{BASE}/les-notres/{own_id}/langues/zz", 404)
    amina.get(f"{BASE}/les-notres/999/langues", 404)


def test_a_community_writes_its_own_language(browse: Any, db: EncryptedDatabase, own_id: int) -> None:
    amina = browse("amina")
    page = amina.follow(f"{BASE}/langues/ajouter", {"known": "gcf", "direction": "ltr"})
    assert "Kréyol" in page
    words = f"{BASE}/langues/mots/gcf"
    wrong = amina.send(words, {"w-question": "Kestyon", "w-send": "Voyé réponn an mwen"})
    assert "Gardez {n}" in wrong.text
    assert "Voyé réponn an mwen" in wrong.text
    assert "1\u00a0mots" not in amina.follow(words, {"w-send": "Voyé réponn an mwen"})
    amina.follow(f"{BASE}/les-notres/{own_id}/langues/gcf", {"w-title": "Lidé a zòt"})
    assert 'hreflang="gcf"' not in amina.get(f"{BASE}/notre-{own_id}/apercu")
    whole = {f"w-{name}": text.upper() if "{" not in text else text for name, text in FRENCH.items()}
    amina.follow(words, whole)
    page = amina.get(f"{BASE}/notre-{own_id}/apercu?langue=gcf")
    assert 'hreflang="gcf"' in page
    assert "Lidé a zòt" in page
    assert "JE PRÉFÈRE NE PAS RÉPONDRE" in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"known": ""}, "Choisissez une langue de la liste"),
        ({"name": "Malagasy", "code": "m"}, "code international"),
        ({"name": "English", "code": "en"}, "déjà là"),
    ],
)
def test_a_wrong_language_is_explained(browse: Any, db: EncryptedDatabase, typed: dict[str, str], words: str) -> None:
    answer = browse("amina").send(f"{BASE}/langues/ajouter", {"known": "", "direction": "ltr", **typed})
    assert answer.status_code == 200
    assert words in answer.text
    assert db.value("SELECT count(*) FROM language") == 0


def test_languages_are_for_those_who_run_surveys(browse: Any, own_id: int) -> None:
    for persona, status in (("denis", 403), ("chloe", 404)):
        browse(persona).get(f"{BASE}/langues/ajouter", status)
        browse(persona).get(f"{BASE}/les-notres/{own_id}/langues/en", status)
    assert browse(None).client.get(f"{BASE}/langues").status_code == 302
