"""Open answers on the pages: read by two people apart, compared, quoted one by one, told from five people on."""

from datetime import date
from typing import Any

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from surveys import storage as waves
from surveys.coding import storage
from surveys.definitions import get_standard
from surveys.records import Answer, NewWave, Wave
from surveys.vocabulary import OPEN

TODAY = date(2026, 11, 20)
ROOT = "/communautes/pre-demonstration/questionnaires/vagues"
SAID = [f"La salle est loin, numéro {'abcdefghijkl'[place]}." for place in range(7)] + [
    f"Plus tard le soir, {word}." for word in ("merci", "vraiment", "si possible", "ce serait bien")
] + ["Merci à Prune Dupré pour tout."]  # fmt: skip


@pytest.fixture
def wave(db: EncryptedDatabase, amina: Actor) -> Wave:
    """Closed, with twelve people who wrote."""
    asked = get_standard("satisfaction-parents")
    new = NewWave("Juin", date(2026, 11, 1), TODAY, 30)
    wave_id = waves.open_wave(db, amina, asked, new, TODAY)
    code = next(each.code for each in asked.questions if each.kind in OPEN)
    for place, words in enumerate(SAID):
        answers = [Answer(asked.codes[0], level=4), Answer(code, words=words)]
        waves.add_response(db, wave_id, TODAY, f"{place:024}", answers)
    waves.close_wave(db, amina, waves.get_wave(db, wave_id), TODAY)
    return waves.get_wave(db, wave_id)


@pytest.fixture
def url(wave: Wave) -> str:
    code = next(each.code for each in wave.questionnaire.questions if each.kind in OPEN)
    return f"{ROOT}/{wave.id}/mots/{code}"


def coded(db: EncryptedDatabase, wave: Wave, url: str) -> Any:
    return storage.coded_question(db, wave, url.rpartition("/")[2])


def read_all(browse: Any, db: EncryptedDatabase, wave: Wave, url: str, persona: str, besides: str = "") -> None:
    """One reader puts « Lieu » where the room is spoken of, and in `besides`."""
    browser = browse(persona)
    theme = coded(db, wave, url).themes[0].id
    for answer in coded(db, wave, url).answers:
        put = [str(theme)] if "salle" in answer.words or (besides and besides in answer.words) else []
        browser.send(f"{url}/reponses/{answer.ref}", {"themes": put})


def test_two_people_read_apart_and_their_agreement_is_told(
    browse: Any, db: EncryptedDatabase, wave: Wave, url: str
) -> None:
    page = browse("amina").follow(url, {"label": "Lieu", "meaning": "La salle, le trajet"})
    assert "Le thème est dans le livre des codes" in page
    read_all(browse, db, wave, url, "amina")
    answer = coded(db, wave, url).answers[0]
    alone = browse("elodie").get(f"{url}/reponses/{answer.ref}")
    assert "L’autre personne a mis" not in alone
    assert "checked" not in alone
    read_all(browse, db, wave, url, "elodie", besides="vraiment")
    assert url in browse("amina").get(f"{ROOT}/{wave.id}/mots/")
    page = browse("amina").get(url)
    assert "Deux lectures différentes" in page
    assert "12\u00a0réponses sont lues" in page
    (differing,) = [each for each in coded(db, wave, url).answers if each.differs]
    page = browse("amina").get(f"{url}/reponses/{differing.ref}")
    assert "Se mettre d’accord" in page
    assert "L’autre personne a mis" in page
    browse("amina").send(f"{url}/reponses/{differing.ref}", {"themes": []})
    (settled,) = [each for each in coded(db, wave, url).answers if each.ref == differing.ref]
    assert settled.themes == frozenset()
    results = browse("amina").get(f"{ROOT}/{wave.id}/resultats")
    # 7 of 12 both, 4 neither, 1 apart: po = 11/12, pe = (7·8 + 5·4)/144, kappa = 0.824.
    assert "κ = 0,82" in results
    assert "7 (58\u00a0%)" in results.replace("\u202f", "\u00a0")


def test_a_theme_of_fewer_than_five_people_is_not_told(
    browse: Any, db: EncryptedDatabase, wave: Wave, url: str
) -> None:
    browse("amina").send(url, {"label": "Heure", "meaning": "Le soir"})
    theme = coded(db, wave, url).themes[0].id
    for answer in coded(db, wave, url).answers:
        browse("amina").send(f"{url}/reponses/{answer.ref}", {"themes": [str(theme)] if "soir" in answer.words else []})
    results = browse("amina").get(f"{ROOT}/{wave.id}/resultats")
    assert '<th scope="row">Heure</th><td class="nb">moins de 5</td>' in results


def test_a_quote_with_a_name_waits_until_it_is_cut(browse: Any, db: EncryptedDatabase, wave: Wave, url: str) -> None:
    (answer,) = [each for each in coded(db, wave, url).answers if "Prune" in each.words]
    page = browse("amina").send(f"{url}/reponses/{answer.ref}/citer", {"words": answer.words}).get_data(as_text=True)
    assert "«\u00a0Prune\u00a0»" in page
    assert db.value("SELECT count(*) FROM released_quote") == 0
    again = (
        browse("amina").send(f"{url}/reponses/{answer.ref}/citer", {"words": "Merci beaucoup"}).get_data(as_text=True)
    )
    assert "on ne la récrit pas" in again
    browse("amina").follow(f"{url}/reponses/{answer.ref}/citer", {"words": "Merci à […] pour tout."})
    browse("amina").send(url, {"label": "Lieu", "meaning": "La salle"})
    browse("amina").send(f"{url}/reponses/{answer.ref}", {"themes": []})
    assert "Merci à […] pour tout." in browse("basile").get(f"{ROOT}/{wave.id}/resultats")
    browse("amina").send(f"{url}/reponses/{answer.ref}/ne-plus-citer", {}, f"{url}/reponses/{answer.ref}/citer")
    assert db.value("SELECT count(*) FROM released_quote") == 0


def test_words_are_read_once_the_wave_is_closed_and_eleven_people_wrote(
    browse: Any, db: EncryptedDatabase, amina: Actor, wave: Wave, url: str
) -> None:
    waves.reopen_wave(db, amina, wave, TODAY)
    browse("amina").get(url, 404)
    assert "La collecte n’est pas finie" in browse("amina").get(f"{ROOT}/{wave.id}/mots/")
    waves.close_wave(db, amina, waves.get_wave(db, wave.id), TODAY)
    db.execute("DELETE FROM answer WHERE words LIKE '%soir%'")
    browse("amina").get(url, 404)
    assert "on les reconnaîtrait" in browse("amina").get(f"{ROOT}/{wave.id}/mots/")


def test_the_book_refuses_the_same_code_twice_and_keeps_what_was_typed(
    browse: Any, db: EncryptedDatabase, wave: Wave, url: str
) -> None:
    browse("amina").send(url, {"label": "Lieu", "meaning": "La salle"})
    page = browse("amina").send(url, {"label": "Lieu", "meaning": "Le trajet"}).get_data(as_text=True)
    assert "déjà dans le livre" in page
    assert "Le trajet" in page
    theme = coded(db, wave, url).themes[0]
    browse("amina").send(f"{url}/themes/{theme.id}", {"label": "Endroit", "meaning": "La salle", "version": "1"})
    assert coded(db, wave, url).themes[0].label == "Endroit"
    page = browse("elodie").send(f"{url}/themes/{theme.id}", {"label": "Salle", "meaning": "x", "version": "1"})
    assert page.status_code == 409


@pytest.mark.parametrize(("persona", "status"), [("basile", 403), ("denis", 403), ("chloe", 404)])
def test_others_do_not_read(browse: Any, url: str, persona: str, status: int) -> None:
    browse(persona).get(url, status)


def test_erasing_an_answer_erases_how_it_was_read(browse: Any, db: EncryptedDatabase, wave: Wave, url: str) -> None:
    browse("amina").send(url, {"label": "Lieu", "meaning": "La salle"})
    answer = coded(db, wave, url).answers[0]
    browse("amina").send(f"{url}/reponses/{answer.ref}", {"themes": [str(coded(db, wave, url).themes[0].id)]})
    db.execute("DELETE FROM answer WHERE response_id = ?", (answer.response_id,))
    db.execute("DELETE FROM response WHERE id = ?", (answer.response_id,))
    assert db.value("SELECT count(*) FROM answer_reading") == 0
    assert db.value("SELECT count(*) FROM answer_reading_theme") == 0
