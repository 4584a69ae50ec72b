"""What each member follows: children, late ones, hours."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from impact.accounts.access import FieldClass
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.demo import ESSONNE, PRE
from impact.pathways.line_storage import list_loads
from impact.pathways.pathway_storage import add_note
from impact.pathways.records import Load, Note
from impact.pathways.vocabulary import ContactKind

TODAY = date(2026, 11, 20)
PAGE = f"/communautes/{PRE}/enfants/charges"
Child = Callable[..., int]


def write_note(db: EncryptedDatabase, actor: Actor, child: int, day: date, minutes: int | None) -> None:
    add_note(db, actor, child, Note(day, ContactKind.CALL, minutes, None, FieldClass.SCHOOL, "A lu."), TODAY)


@pytest.fixture
def three(db: EncryptedDatabase, amina: Actor, basile: Actor, followed: Child) -> None:
    """Basile follows two children, one without any contact; Amina follows one."""
    first, _, third = followed("Élise", "Zéphirin"), followed("Nour", "Lilas"), followed("Côme", "Érablière", amina)
    write_note(db, basile, first, date(2026, 11, 19), 45)
    write_note(db, basile, first, date(2026, 11, 18), None)
    write_note(db, basile, first, date(2026, 10, 1), 600)
    write_note(db, amina, third, TODAY, 90)


def test_children_late_ones_and_hours(db: EncryptedDatabase, three: None, amina: Actor, basile: Actor) -> None:
    assert list_loads(db, date(2026, 10, 22), TODAY) == [
        Load(amina.member_id, "Amina Vertefeuille", 1, 0, 0, 1.5),
        Load(basile.member_id, "Basile Tournelac", 2, 1, 0, 0.75),
    ]


def test_time_shared_between_siblings_counts_once(db: EncryptedDatabase, three: None) -> None:
    db.execute(
        "UPDATE follow_up_note SET shared_key = 'one', minutes = 30, member_id = 1 WHERE contact_on > '2026-11-01'"
    )
    assert sum(load.hours for load in list_loads(db, date(2026, 10, 22), TODAY)) == 0.5


def test_the_coordinator_reads_numbers_and_no_child(browse: Any, three: None, basile: Actor) -> None:
    page = browse("amina").get(PAGE)
    assert "Basile Tournelac" in page
    assert "0,8" in page
    assert "Zéphirin" not in page
    assert f"referent={basile.member_id}" in page
    assert PAGE in browse("amina").get(f"/communautes/{PRE}/enfants/")


def test_without_any_pathway_the_page_says_so(browse: Any) -> None:
    assert "Aucun enfant suivi" in browse("amina").get(PAGE)


def test_others_do_not_read_it(browse: Any) -> None:
    assert browse(None).client.get(PAGE).status_code == 302
    for persona in ("basile", "denis", "elodie"):
        browse(persona).get(PAGE, 403)
    assert PAGE not in browse("basile").get(f"/communautes/{PRE}/enfants/")
    browse("chloe").get(PAGE, 404)
    assert "Aucun enfant suivi" in browse("chloe").get(PAGE.replace(PRE, ESSONNE))
