"""Personal links: given, used once, revoked, reminded; who answered is known, never what."""

import csv
import io
import re
import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.instance import Instance
from surveys import storage as waves
from surveys.definitions import get_standard
from surveys.records import Answer, NewWave
from surveys.rosters import invitation_storage as storage
from surveys.rosters.rules import read_list
from surveys.rosters.vocabulary import Public

TODAY = date(2026, 11, 20)
ROOT = "/communautes/pre-demonstration/questionnaires/vagues"
LIST = "Prune Dupré ; prune@exemple.fr ; 06 00 00 00 01\nOlive Martin ; +33 6 00 00 00 02\n=cmd Noyer"


@pytest.fixture
def wave_id(db: EncryptedDatabase, amina: Actor) -> int:
    new = NewWave("Juin", date(2026, 11, 16), TODAY, None)
    return waves.open_wave(db, amina, get_standard("satisfaction-parents"), new, TODAY)


@pytest.fixture
def listed(db: EncryptedDatabase, amina: Actor, wave_id: int) -> list[str]:
    """The three public addresses of `LIST`, in alphabetical order of names."""
    storage.add_invitations(db, amina, wave_id, Public.PARENT, read_list(LIST))
    people = storage.list_invitations(db, wave_id)
    tokens = storage.tokens(db, people)
    return [f"/repondre/pre-demonstration/{tokens[each.id]}" for each in people]


def test_a_pasted_list_gives_links_and_counts_the_invited(browse: Any, db: EncryptedDatabase, wave_id: int) -> None:
    amina = browse("amina")
    assert "Personne n’a de lien personnel" in amina.get(f"{ROOT}/{wave_id}/invitations/")
    page = amina.follow(f"{ROOT}/{wave_id}/invitations/ajouter", {"public": "parent", "lines": LIST})
    assert "3 personnes ont désormais un lien personnel" in page.replace("\u00a0", " ")
    assert "Prune Dupré" in page
    assert waves.get_wave(db, wave_id).invited == 3
    hashes = db.rows("SELECT token_hash FROM wave_invitation")
    assert all(re.fullmatch(r"[0-9a-f]{64}", row["token_hash"]) for row in hashes)
    assert db.value("SELECT count(*) FROM audit_entry WHERE object_kind = 'invitation' AND deed = 'read'") == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"public": "", "lines": "Prune"}, "Choisissez un public"),
        ({"public": "parent", "lines": ""}, "Collez la liste"),
        ({"public": "parent", "lines": "Prune ; ici"}, "Ligne 1"),
    ],
)
def test_a_wrong_list_is_explained_and_kept(
    browse: Any, db: EncryptedDatabase, wave_id: int, typed: dict[str, str], words: str
) -> None:
    answer = browse("amina").send(f"{ROOT}/{wave_id}/invitations/ajouter", typed)
    assert words in answer.text
    assert typed["lines"] in answer.text
    assert db.value("SELECT count(*) FROM wave_invitation") == 0


def test_a_list_after_open_answers_is_refused(browse: Any, db: EncryptedDatabase, wave_id: int) -> None:
    waves.add_response(db, wave_id, TODAY, "k" * 20, [Answer("welcome", level=3)])
    answer = browse("amina").send(f"{ROOT}/{wave_id}/invitations/ajouter", {"public": "parent", "lines": "Prune"})
    assert "compteraient deux fois" in answer.text


def test_a_personal_link_serves_once_and_keeps_no_trace_between_person_and_answer(
    browse: Any, db: EncryptedDatabase, wave_id: int, listed: list[str]
) -> None:
    stranger = browse(None)
    assert "pas ce que vous avez répondu" in stranger.get(listed[0])
    assert stranger.send(listed[0], {"q-welcome": "5", "key": "a-browser-key-of-mine"}).status_code == 303
    stranger.get(listed[0], status=404)
    again = stranger.client.post(listed[0], data={"q-welcome": "5", "key": "a-browser-key-of-mine"})
    assert again.status_code == 303
    other = stranger.client.post(listed[0], data={"q-welcome": "1", "key": "another-browser-key"})
    assert other.status_code == 404
    assert [row["level"] for row in db.rows("SELECT level FROM answer")] == [5]
    assert db.value("SELECT count(*) FROM followed_response") == 0
    assert db.value("SELECT sum(answered) FROM wave_invitation") == 1


def test_the_open_link_stops_when_people_have_theirs(
    browse: Any, db: EncryptedDatabase, wave_id: int, listed: list[str]
) -> None:
    token = waves.current_token(db, waves.get_wave(db, wave_id))
    browse(None).get(f"/repondre/pre-demonstration/{token}", status=404)
    amina = browse("amina")
    assert "Un lien par personne" in amina.get(f"{ROOT}/{wave_id}")
    amina.get(f"{ROOT}/{wave_id}/affiche", status=404)


def test_fifty_parallel_sendings_store_one(
    place: Instance, db: EncryptedDatabase, wave_id: int, listed: list[str]
) -> None:
    token = listed[0].rpartition("/")[2]
    done: list[bool] = []

    def send(number: int) -> None:
        own = place.community("pre-demonstration")
        door = storage.find_door(own, token)
        assert door
        done.append(storage.receive(own, door, TODAY, f"key-number-{number:08d}", [Answer("welcome", level=3)]))
        own.close()

    threads = [threading.Thread(target=send, args=(number,)) for number in range(50)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sum(done) <= 50
    assert waves.get_wave(db, wave_id).responses == 1


@pytest.mark.parametrize(
    "spoil", [lambda url: url[:-1] + ("a" if url[-1] != "a" else "b"), lambda url: url[:26] + url[26:].upper()]
)
def test_a_changed_link_leads_to_the_same_page_as_a_revoked_one(
    browse: Any, db: EncryptedDatabase, wave_id: int, listed: list[str], spoil: Callable[[str], str]
) -> None:
    person = storage.list_invitations(db, wave_id)[1]
    amina = browse("amina")
    page = f"{ROOT}/{wave_id}/invitations/{person.id}"
    assert listed[1] in amina.get(page)
    assert "ne mène plus" in amina.follow(f"{page}/revoquer", {}, page)
    stranger = browse(None)
    assert stranger.get(listed[1], status=404) == stranger.get(spoil(listed[0]), status=404)
    assert waves.get_wave(db, wave_id).invited == 2
    assert "nouveau lien" in amina.follow(f"{page}/renouveler", {}, page)
    stranger.get(listed[1], status=404)
    (fresh,) = storage.tokens(db, [storage.get_invitation(db, wave_id, person.id)]).values()
    stranger.get(f"/repondre/pre-demonstration/{fresh}")


def test_the_day_after_closing_the_link_is_dead(app: Flask, browse: Any, listed: list[str]) -> None:
    browse(None).get(listed[0])
    app.config["TODAY"] = lambda: date(2026, 11, 21)
    browse(None).get(listed[0], status=404)


def _table(answer: Any) -> list[list[str]]:
    assert answer.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def test_mail_merge_and_sms_leave_out_whoever_answered(
    browse: Any, db: EncryptedDatabase, wave_id: int, listed: list[str]
) -> None:
    amina, page = browse("amina"), f"{ROOT}/{wave_id}/invitations/"
    rows = _table(amina.send(f"{page}exporter/courrier/invitation", {}, page))
    assert len(rows) == 4
    assert rows[0][:3] == ["Prénom", "Nom complet", "Public"]
    assert "'=cmd" in [row[0] for row in rows]
    assert {row[5] for row in rows[1:]} == {f"http://localhost{url}" for url in listed}
    prune = next(url for url, row in zip(listed, rows[1:], strict=True) if row[0] == "Prune")
    browse(None).send(prune, {"q-welcome": "4"})
    messages = _table(amina.send(f"{page}exporter/sms/relance", {}, page))
    assert [row[0] for row in messages[1:]] == ["06 00 00 00 02"]
    assert db.rows("SELECT reminders FROM wave_invitation WHERE reminded_on IS NOT NULL") == [{"reminders": 1}]
    assert db.value("SELECT count(*) FROM audit_entry WHERE deed = 'export' AND object_kind = 'invitation'") == 2


def test_under_five_answers_the_list_does_not_say_who(browse: Any, wave_id: int, listed: list[str]) -> None:
    browse(None).send(listed[0], {"q-welcome": "4"})
    page = browse("amina").get(f"{ROOT}/{wave_id}/invitations/")
    assert "Reçue" not in page
    assert "on pourrait deviner" in page
    assert "1 sur 3" in page.replace("\u00a0", " ")


def test_a_letter_is_written_kept_and_defended(browse: Any, db: EncryptedDatabase, wave_id: int) -> None:
    amina, url = browse("amina"), f"{ROOT}/{wave_id}/invitations/textes/relance"
    first = {"subject": "Encore un mot", "words": "Bonjour {prénom} : {lien}", "short": "{lien}"}
    assert "Le lien manque" in amina.send(url, {**first, "words": "Bonjour"}).text
    amina.follow(url, {**first, "version": "0"})
    assert "Encore un mot" in amina.get(url)
    late = amina.send(url, {**first, "subject": "Trop tard", "version": "0"})
    assert late.status_code == 409
    assert "Encore un mot" in late.text


def test_letters_leave_by_the_mail_server_of_the_installation_or_not_at_all(
    app: Flask, browse: Any, place: Instance, wave_id: int, listed: list[str]
) -> None:
    amina, page = browse("amina"), f"{ROOT}/{wave_id}/invitations/"
    assert "n’envoie pas de courriels" in amina.get(page)
    assert amina.send(f"{page}envoyer/invitation", {}, page).status_code == 404


def test_results_wait_for_the_closing(
    app: Flask, browse: Any, db: EncryptedDatabase, wave_id: int, listed: list[str]
) -> None:
    browse(None).send(listed[0], {"q-welcome": "5"})
    assert "paraîtront à la fermeture" in browse("amina").get(f"{ROOT}/{wave_id}/resultats")
    app.config["TODAY"] = lambda: date(2026, 11, 21)
    page = browse("amina").get(f"{ROOT}/{wave_id}/resultats")
    assert "masqué" in page
    assert "paraîtront à la fermeture" not in page


def test_roles(browse: Any, wave_id: int, listed: list[str]) -> None:
    for persona, status in (("basile", 403), ("denis", 403), ("chloe", 404)):
        page = browse(persona).get(f"{ROOT}/{wave_id}/invitations/", status=status)
        assert "Prune" not in page
