"""Names and texts that break other programs are kept as they are and shown as text (PROMISES §10)."""

import html
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from impact.db import EncryptedDatabase
from impact.demo import PRE
from impact.pathways.file_storage import get_file
from impact.pathways.line_storage import list_lines

TODAY = date(2026, 11, 20)
BASE = f"/communautes/{PRE}/enfants"
Child = Callable[..., int]
SITUATION = {
    "given_name": "Zélie",
    "family_name": "Pommerole",
    "sex": "girl",
    "received_on": "07/09/2026",
    "origin": "school",
    "motive_1": "family",
}
NOTE = {"contact_kind": "call", "contact_on": "20/11/2026", "field_class": "school", "observed": "A lu."}
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea></script>",
    "javascript:alert(1)",
    "{{7*7}}",
    "{% include '/etc/passwd' %}",
    "%s {0.__class__}",
    "'; DROP TABLE child--",
)


@pytest.mark.parametrize(
    ("given", "family"),
    [
        ("None", "NA"),
        ("True", "NULL"),
        ("nan", "NaN"),
        ("Y", "O"),
        ("Aïcha", "D'Aït-N’Golo"),
        ("Kim", "O'Neill"),
        ("Zoë", "Müller-Ōno"),
        ("Soraya", ""),
        ("", "Zhu"),
    ],
)
def test_odd_names_are_kept(browse: Any, db: EncryptedDatabase, lists: None, given: str, family: str) -> None:
    amina = browse("amina")
    amina.send(f"{BASE}/nouvelle-situation", SITUATION | {"given_name": given, "family_name": family})
    # Not through the page checker: it would take the family's apostrophe for ours.
    page = amina.client.get(f"{BASE}/{list_lines(db, TODAY)[0].situation_id}").text
    child = get_file(db, list_lines(db, TODAY)[0].situation_id).situation.child
    assert (child.given_name, child.family_name) == (given, family)
    assert f"<h1>{html.escape(child.full_name).replace('&#x27;', '’')}</h1>" in page.replace("&#39;", "’")


def test_twins_and_bare_years_are_accepted(browse: Any, db: EncryptedDatabase, lists: None) -> None:
    birth = {"birth_day": "14", "birth_month": "03", "birth_year": "2017"}
    for given in ("Malo", "Lou"):
        browse("amina").follow(f"{BASE}/nouvelle-situation", SITUATION | birth | {"given_name": given})
    assert [line.age for line in list_lines(db, TODAY)] == [9, 9]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text(browse: Any, db: EncryptedDatabase, followed: Child, text: str) -> None:
    child = followed()
    basile, url = browse("basile"), f"{BASE}/{child}"
    basile.send(f"{url}/notes/nouvelle", NOTE | {"observed": text, "appreciation": text})
    page = basile.client.get(url).text
    assert text in html.unescape(page)
    assert "<script>" not in page
    assert "onerror=alert(1)>" not in page.replace("&gt;", "")
    basile.send(f"{url}/objectifs", {"label": text, "starting_point": text})
    page = basile.client.get(url).text
    assert text in html.unescape(page)
    answer = basile.send(f"{url}/objectifs", {"label": text, "starting_point": ""})
    assert html.escape(text, quote=False) in answer.text.replace("&#34;", '"').replace("&#39;", "'")
    assert "<script>" not in answer.text
    assert db.value("SELECT count(*) FROM child") == 1


@pytest.mark.parametrize(
    ("given", "alike"),
    [("Élodie", "Elodie"), ("Élodie", "E\u0301lodie"), ("Ahmed", "Ah\u200bmed"), ("Amina", "\u0410mina")],
)
def test_a_name_written_otherwise_is_warned_about(
    browse: Any, db: EncryptedDatabase, lists: None, given: str, alike: str
) -> None:
    amina = browse("amina")
    amina.follow(f"{BASE}/nouvelle-situation", SITUATION | {"given_name": given})
    answer = amina.send(f"{BASE}/nouvelle-situation", SITUATION | {"given_name": alike})
    assert "déjà connu du PRE" in answer.text
    assert len(list_lines(db, TODAY)) == 1


def test_a_form_sent_twice_is_stored_once_and_leads_to_the_same_page(
    browse: Any, db: EncryptedDatabase, followed: Child
) -> None:
    child = followed()
    basile, url = browse("basile"), f"{BASE}/{child}/notes/nouvelle"
    sent = NOTE | {"once": "cle-du-formulaire"}
    first, second = basile.send(url, sent), basile.send(url, sent)
    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    assert db.value("SELECT count(*) FROM follow_up_note") == 1


@pytest.mark.parametrize("version", ["", "NaN", "-1", "9223372036854775808", "1e400"])
def test_a_forged_version_is_a_conflict(browse: Any, followed: Child, version: str) -> None:
    child = followed()
    answer = browse("basile").send(f"{BASE}/{child}/bilan", {"review_on": "15/12/2026", "version": version})
    assert answer.status_code == 409


@pytest.mark.parametrize("day", ["29/02/2023", "31/04/2024", "01/01/0001", "31/12/9999", "hier", "45385"])
def test_impossible_days_are_refused_at_their_field(
    browse: Any, db: EncryptedDatabase, followed: Child, day: str
) -> None:
    child = followed()
    answer = browse("basile").send(f"{BASE}/{child}/notes/nouvelle", NOTE | {"contact_on": day})
    assert answer.status_code == 200
    assert 'id="contact_on-e"' in answer.text
    assert f'value="{day}"' in answer.text
    assert db.value("SELECT count(*) FROM follow_up_note") == 0
