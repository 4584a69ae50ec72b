"""The list of children: ready views, search, filters, order, pages."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from impact.accounts.access import FieldClass
from impact.audit import SYSTEM, Actor, Deed, write
from impact.db import EncryptedDatabase
from impact.demo import PRE
from impact.identities import Identity, add_identity, identities, search_identities
from impact.pathways.demo import fill
from impact.pathways.line_storage import close_line, find_page
from impact.pathways.list_rules import Asked
from impact.pathways.pathway_storage import add_note
from impact.pathways.records import Note
from impact.pathways.vocabulary import ContactKind

TODAY = date(2026, 11, 20)
BASE = f"/communautes/{PRE}/enfants/"
Child = Callable[..., int]


def names(page: str) -> list[str]:
    return re.findall(r'<a class="nom" href="[^"]*">([^<]*)<', page)


@pytest.fixture
def three(db: EncryptedDatabase, basile: Actor, amina: Actor, received: Child, followed: Child) -> list[int]:
    """Two children followed (one by Amina, with a fresh note), one who waits for an agreement."""
    first, second = followed("Élise", "Zéphirin"), followed("Côme", "Érablière", amina)
    add_note(db, amina, second, Note(TODAY, ContactKind.CALL, 5, None, FieldClass.SCHOOL, "A lu."), TODAY)
    third = received("Nour", "Lilas", child=Identity("Lilas", "Nour", date(2012, 5, 1)))
    return [first, second, third]


def test_ready_views(browse: Any, three: list[int]) -> None:
    amina = browse("amina")
    assert names(amina.get(BASE)) == ["Érablière Côme", "Lilas Nour", "Zéphirin Élise"]
    assert names(amina.get(BASE + "?vue=suivis-par-moi")) == ["Érablière Côme"]
    assert names(amina.get(BASE + "?vue=en-attente")) == ["Lilas Nour"]
    assert names(amina.get(BASE + "?vue=sans-note")) == ["Zéphirin Élise"]


def test_a_referent_lists_only_her_children(browse: Any, three: list[int]) -> None:
    basile = browse("basile")
    assert names(basile.get(BASE)) == ["Zéphirin Élise"]
    assert names(basile.get(BASE + "?q=lilas")) == []
    assert "Lilas" not in basile.get(BASE + "?q=lila")


@pytest.mark.parametrize("words", ["erabliere", "côme érab", "ÉRABLIÈRE", "Come"])
def test_search_forgives_accents_case_and_order(browse: Any, three: list[int], words: str) -> None:
    assert names(browse("amina").get(f"{BASE}?q={words}")) == ["Érablière Côme"]


@pytest.mark.parametrize("words", ["'; DROP TABLE child--", '" OR 1=1', "%25", "_", "\\", "{{7*7}}", "<script>"])
def test_search_is_literal(browse: Any, db: EncryptedDatabase, three: list[int], words: str) -> None:
    page = browse("amina").get(f"{BASE}?q={words}")
    assert names(page) == []
    assert "49" not in re.sub(r"<[^>]*>", "", page)
    assert "<script>" not in page
    assert db.value("SELECT count(*) FROM child") == 3


def test_a_near_name_is_proposed(browse: Any, three: list[int]) -> None:
    assert names(browse("amina").get(BASE + "?q=Lylas")) == ["Lilas Nour"]
    assert "Nour Lilas" in browse("amina").get(BASE + "?q=Lilsa")


def test_filters_and_order(browse: Any, three: list[int], basile: Actor) -> None:
    amina = browse("amina")
    assert names(amina.get(f"{BASE}?etat=followed&referent={basile.member_id}")) == ["Zéphirin Élise"]
    assert names(amina.get(BASE + "?tri=-nom")) == ["Zéphirin Élise", "Lilas Nour", "Érablière Côme"]
    assert names(amina.get(BASE + "?tri=-age"))[0] == "Lilas Nour"
    assert names(amina.get(BASE + "?tri=note"))[0] == "Érablière Côme"
    assert names(amina.get(BASE + "?tri=rien&etat=rien&referent=x")) == [
        "Érablière Côme",
        "Lilas Nour",
        "Zéphirin Élise",
    ]
    assert 'aria-sort="descending"' in amina.get(BASE + "?tri=-bilan")


@pytest.mark.whole
def test_pages_of_fifty(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    fill(db, amina, TODAY)
    browser = browse("amina")
    assert len(names(browser.get(BASE))) == 50
    assert len(names(browser.get(BASE + "?page=4"))) == 34
    for wrong in ("5", "0", "-1", "NaN", "1e400", "9223372036854775808", "²"):
        browser.get(f"{BASE}?page={wrong}", 404)


def test_reading_and_searching_the_list_leave_their_entries(
    browse: Any, db: EncryptedDatabase, three: list[int]
) -> None:
    amina = browse("amina")
    before = db.value("SELECT count(*) FROM audit_entry")
    amina.get(BASE)
    amina.get(BASE + "?q=lilas")
    rows = db.rows("SELECT deed, object_kind, fields FROM audit_entry ORDER BY id LIMIT -1 OFFSET ?", (before,))
    assert [(row["deed"], row["object_kind"]) for row in rows] == [
        ("read", "situation_list"),
        ("search", "situation_list"),
    ]
    assert "lilas" not in str(rows)


@pytest.mark.whole
def test_what_triggers_keep_is_what_the_tables_say(db: EncryptedDatabase, amina: Actor) -> None:
    fill(db, amina, TODAY)
    add_identity(db, Identity("Lilas", "Newcomer"))
    kept = "SELECT * FROM situation_line ORDER BY situation_id"
    said = "SELECT * FROM situation_now ORDER BY situation_id"
    assert len({row["state"] for row in db.rows(kept)}) >= 5
    for statement in (
        "SELECT 1",
        "UPDATE pathway_exit SET reopened_on = ended_on WHERE id % 2",
        "UPDATE referent SET until = '2026-11-19' WHERE id % 3 = 0",
        "UPDATE consent SET withdrawn_on = '2026-11-19' WHERE id % 4 = 0",
        "UPDATE decision SET outcome = 'waiting' WHERE id % 5 = 0",
        "UPDATE child SET identity_id = (SELECT id FROM identity WHERE given_name = 'Newcomer') WHERE id = 6",
        "DELETE FROM consent WHERE id % 7 = 0",
        "UPDATE follow_up_note SET next_on = '2026-12-01' WHERE id % 8 = 0",
    ):
        db.execute(statement)
        assert db.rows(kept) == db.rows(said), statement


@pytest.mark.parametrize("words", ["Zefirin", "elize zephyrin", "ZÉPHIRAIN"])
def test_search_hears(browse: Any, three: list[int], words: str) -> None:
    assert names(browse("amina").get(f"{BASE}?q={words}")) == ["Zéphirin Élise"]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=40))
def test_search_never_fails_on_odd_input(db: EncryptedDatabase, amina: Actor, words: str) -> None:
    if not db.value("SELECT count(*) FROM identity WHERE folded LIKE '%cœur%'"):
        with write(db, SYSTEM) as log:
            add_identity(db, Identity("Cœur-Prévert", "Zoé \u0301 NULL 100%"))
            log.note(Deed.CREATE, "identity")
    assert set(search_identities(db, words)) <= set(identities(db))
    assert find_page(db, amina, Asked(text=words), TODAY).found == 0
    assert close_line(db, amina, words, TODAY) is None
