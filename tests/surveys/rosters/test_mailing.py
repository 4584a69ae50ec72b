"""Letters by e-mail, against a small mail server: who gets one, what is noted, how a failure is told."""

import socket
from datetime import timedelta
from email.utils import parseaddr
from typing import Any

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.exceptions import Refused
from impact.instance import Instance
from impact.periods import local_today
from surveys import storage as waves
from surveys.definitions import get_standard
from surveys.records import NewWave
from surveys.rosters import invitation_storage as storage
from surveys.rosters.mail_settings import SETTINGS_FILE
from surveys.rosters.mailing import send_letters
from surveys.rosters.rules import read_list
from surveys.rosters.vocabulary import Letter, MailProblem, Public

SLUG, BASE = "pre-demonstration", "https://exemple.fr/repondre/pre-demonstration/"
LIST = "Prune Dupré ; prune@exemple.fr\nOlive Martin ; olive@exemple.fr\nCerise Noyer ; 06 00 00 00 01\nNoisette ; refus@exemple.fr"


@pytest.fixture
def wave_id(db: EncryptedDatabase, amina: Actor) -> int:
    today = local_today()
    new = NewWave("Juin", today, today + timedelta(days=9), None)
    added = waves.open_wave(db, amina, get_standard("satisfaction-parents"), new, today)
    storage.add_invitations(db, amina, added, Public.PARENT, read_list(LIST))
    return added


def set_up(place: Instance, port: int, more: str = "") -> None:
    text = f'host = "127.0.0.1"\nport = {port}\nsender = "pre@exemple.fr"\nsecurity = "none"\n{more}'
    (place.root / SETTINGS_FILE).write_text(text, encoding="utf-8")


def test_each_person_with_an_address_gets_her_own_link_once(
    place: Instance, db: EncryptedDatabase, wave_id: int, sink: Any
) -> None:
    set_up(place, sink.port)
    for _ in range(2):
        send_letters(place, SLUG, wave_id, Letter.INVITATION.value, BASE)
    assert sorted(str(letter["To"]) for letter in sink.letters) == ["olive@exemple.fr", "prune@exemple.fr"]
    words = [letter.get_payload(decode=True).decode(letter.get_content_charset() or "utf-8") for letter in sink.letters]  # type: ignore[union-attr]
    tokens = storage.tokens(db, storage.list_invitations(db, wave_id))
    assert all(sum(token in text for token in tokens.values()) == 1 for text in words)
    assert storage.list_outcomes(db, wave_id)[Letter.INVITATION].refused == 1


def test_each_letter_says_who_writes_and_when_and_names_no_machine(place: Instance, wave_id: int, sink: Any) -> None:
    set_up(place, sink.port)
    send_letters(place, SLUG, wave_id, Letter.INVITATION.value, BASE)
    assert all(parseaddr(letter["From"])[0] for letter in sink.letters)
    assert all(letter["Date"] and letter["Message-ID"].endswith("@exemple.fr>") for letter in sink.letters)
    assert len({letter["Message-ID"] for letter in sink.letters}) == len(sink.letters) == 2


def test_a_sending_ordered_twice_hides_nothing_of_the_first(
    place: Instance, db: EncryptedDatabase, browse: Any, wave_id: int, sink: Any
) -> None:
    db.execute("UPDATE wave_invitation SET answered = 1 WHERE id = (SELECT max(id) FROM wave_invitation)")
    set_up(place, sink.port)
    for _ in range(2):
        send_letters(place, SLUG, wave_id, Letter.INVITATION.value, BASE)
    assert storage.list_outcomes(db, wave_id)[Letter.INVITATION].sent == 2
    index = f"/communautes/{SLUG}/questionnaires/vagues/{wave_id}/invitations/"
    page = browse("amina").follow(f"{index}envoyer/invitation", {}, index)
    assert "Rien à envoyer" in page
    assert "2\u00a0courriels partis" in page


@pytest.mark.parametrize(("answer", "told"), [("450 later", MailProblem.DECLINED), ("554 spam", MailProblem.DECLINED)])
def test_a_server_that_takes_no_more_is_told_as_such(
    place: Instance, db: EncryptedDatabase, wave_id: int, sink_of: Any, answer: str, told: MailProblem
) -> None:
    sink = sink_of(after="RCPT" if answer.startswith("4") else "DATA", answer=answer)
    set_up(place, sink.port)
    send_letters(place, SLUG, wave_id, Letter.INVITATION.value, BASE)
    sink.stop()
    outcome = storage.list_outcomes(db, wave_id)[Letter.INVITATION]
    assert (outcome.sent, outcome.refused, outcome.problem) == (0, 0, told)


def test_an_address_with_an_accent_stops_nobody_else(
    place: Instance, db: EncryptedDatabase, wave_id: int, sink: Any
) -> None:
    with pytest.raises(Refused):
        read_list("Cerise ; hélène@exemple.fr")
    people = storage.list_invitations(db, wave_id)
    (prune,) = [each for each in people if each.given_name == "Prune"]
    db.execute("UPDATE identity SET email = 'hélène@exemple.fr' WHERE id = ?", (prune.identity_id,))
    set_up(place, sink.port)
    send_letters(place, SLUG, wave_id, Letter.INVITATION.value, BASE)
    assert [letter["To"] for letter in sink.letters] == ["olive@exemple.fr"]
    assert storage.list_outcomes(db, wave_id)[Letter.INVITATION].problem is None


def test_a_reminder_leaves_out_whoever_answered(
    place: Instance, db: EncryptedDatabase, browse: Any, wave_id: int, sink: Any
) -> None:
    set_up(place, sink.port)
    people = storage.list_invitations(db, wave_id)
    (prune,) = [each for each in people if each.given_name == "Prune"]
    db.execute("UPDATE wave_invitation SET answered = 1 WHERE id = ?", (prune.id,))
    send_letters(place, SLUG, wave_id, Letter.REMINDER.value, BASE)
    assert [letter["To"] for letter in sink.letters] == ["olive@exemple.fr"]


@pytest.mark.parametrize(
    ("more", "stopped", "problem", "words"),
    [
        ("", True, MailProblem.UNREACHABLE, "ne répond pas"),
        ("colour = 1", False, MailProblem.MISREAD, "ne se lit pas"),
        ("= 1", False, MailProblem.MISREAD, "ne se lit pas"),
    ],
)
def test_a_failure_is_told_on_the_page(
    place: Instance,
    db: EncryptedDatabase,
    browse: Any,
    wave_id: int,
    sink: Any,
    more: str,
    problem: MailProblem,
    words: str,
    *,
    stopped: bool,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        closed = unused.getsockname()[1]
    set_up(place, closed if stopped else sink.port, more)
    send_letters(place, SLUG, wave_id, Letter.INVITATION.value, BASE)
    assert storage.list_outcomes(db, wave_id)[Letter.INVITATION].problem is problem
    page = browse("amina").get(f"/communautes/{SLUG}/questionnaires/vagues/{wave_id}/invitations/")
    assert words in page


def test_a_server_that_stops_on_the_way_is_sent_the_rest_only(
    place: Instance, db: EncryptedDatabase, wave_id: int, sink_of: Any
) -> None:
    first = sink_of(1)
    set_up(place, first.port)
    send_letters(place, SLUG, wave_id, Letter.INVITATION.value, BASE)
    first.stop()
    outcome = storage.list_outcomes(db, wave_id)[Letter.INVITATION]
    assert (outcome.sent, outcome.problem) == (1, MailProblem.STOPPED)
    second = sink_of()
    set_up(place, second.port)
    send_letters(place, SLUG, wave_id, Letter.INVITATION.value, BASE)
    second.stop()
    received = [str(letter["To"]) for letter in (*first.letters, *second.letters)]
    assert sorted(received) == ["olive@exemple.fr", "prune@exemple.fr"]
