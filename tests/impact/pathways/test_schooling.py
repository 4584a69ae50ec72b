"""Schooling dated by year, and the passage of September."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.demo import PRE
from impact.exceptions import Conflict, Refused
from impact.pathways.file_storage import get_file
from impact.pathways.records import Schooling
from impact.pathways.schooling_rules import following, years_offered
from impact.pathways.schooling_storage import list_schooling, save_schooling, save_year
from impact.pathways.storage import withdraw_consent
from impact.pathways.vocabulary import InQpv, Level, PriorityNetwork

TODAY = date(2026, 11, 20)
BASE = f"/communautes/{PRE}/enfants"
Child = Callable[..., int]
CM2 = Schooling(2025, "École des Tilleuls", Level.CM2, "CM2 A", "0910001A", InQpv.YES, PriorityNetwork.REP)
TYPED = {
    "school_year": "2026",
    "school": "École des Tilleuls",
    "uai": "0910001a",
    "level": "ce2",
    "class_name": "CE2 B",
    "qpv": "yes",
    "priority": "rep",
    "version": "0",
}


@pytest.mark.parametrize(
    ("level", "year", "after", "school"),
    [
        (Level.CE1, 2026, Level.CE2, "École des Tilleuls"),
        (Level.CE1, 2027, Level.CM1, "École des Tilleuls"),
        (Level.CM2, 2026, Level.SIXIEME, ""),
        (Level.TERMINALE, 2026, Level.UNKNOWN, "École des Tilleuls"),
        (Level.OTHER, 2026, Level.OTHER, "École des Tilleuls"),
    ],
)
def test_one_level_up_and_another_school_after_the_last(level: Level, year: int, after: Level, school: str) -> None:
    found = following(replace(CM2, level=level), year)
    assert (found.level, found.school, found.qpv) == (after, school, InQpv.YES)
    assert found.priority is (PriorityNetwork.REP if school else PriorityNetwork.UNKNOWN)


def test_the_next_year_is_offered_from_april() -> None:
    assert years_offered(date(2017, 3, 14), date(2027, 3, 31))[0] == 2026
    assert years_offered(date(2017, 3, 14), date(2027, 4, 1))[0] == 2027
    assert years_offered(date(2017, 3, 14), TODAY)[-1] == 2019


def test_what_was_true_one_year_stays(db: EncryptedDatabase, amina: Actor, followed: Child) -> None:
    file = get_file(db, followed())
    child = file.situation.child_id
    save_schooling(db, amina, child, CM2, TODAY)
    save_schooling(db, amina, child, Schooling(2026, "Collège du Moulin", Level.SIXIEME), TODAY)
    assert [each.school for each in list_schooling(db, child)] == ["École des Tilleuls", "Collège du Moulin"]
    with pytest.raises(Conflict):
        save_schooling(db, amina, child, replace(CM2, qpv=InQpv.NO), TODAY)
    save_schooling(db, amina, child, replace(CM2, qpv=InQpv.NO, version=1), TODAY)
    assert list_schooling(db, child)[0].qpv is InQpv.NO
    withdraw_consent(db, amina, file.situation.id, TODAY, TODAY)
    with pytest.raises(Refused, match="retiré"):
        save_year(db, amina, get_file(db, file.situation.id), replace(CM2, version=2), TODAY)


def test_the_form_of_one_year(browse: Any, db: EncryptedDatabase, followed: Child) -> None:
    child = followed()
    page, basile = f"{BASE}/{child}/scolarite", browse("basile")
    wrong = basile.send(page, TYPED | {"uai": "12"}).get_data(as_text=True)
    assert "sept chiffres et une lettre" in wrong
    assert "CE2 B" in wrong
    assert "Dites" not in wrong
    assert "2026-2027" in basile.follow(page, TYPED)
    stored = list_schooling(db, get_file(db, child).situation.child_id)[0]
    assert (stored.uai, stored.level, stored.qpv) == ("0910001A", Level.CE2, InQpv.YES)
    conflict = basile.send(page, TYPED | {"school": "École du Vallon"})
    assert conflict.status_code == 409
    assert "École du Vallon" in conflict.get_data(as_text=True)


def test_september_moves_every_child_in_one_go(
    browse: Any, db: EncryptedDatabase, amina: Actor, followed: Child
) -> None:
    first, second = (followed(given, "Lilas") for given in ("Aya", "Nour"))
    ids = [get_file(db, each).situation.child_id for each in (first, second)]
    save_schooling(db, amina, ids[0], replace(CM2, level=Level.CE1), TODAY)
    page = browse("basile").get(f"{BASE}/rentree")
    assert "2 enfants" in page.replace("\u00a0", " ")
    typed = {f"take_{ids[0]}": "y", f"level_{ids[0]}": "ce2", f"school_{ids[0]}": "École des Tilleuls"}
    typed |= {f"take_{ids[1]}": "y", f"level_{ids[1]}": "nothing", f"school_{ids[1]}": "École du Vallon"}
    wrong = browse("basile").send(f"{BASE}/rentree", typed).get_data(as_text=True)
    assert "Choisissez une réponse de la liste" in wrong
    assert "École du Vallon" in wrong
    assert len(list_schooling(db, ids[0])) == 1
    answer = browse("basile").follow(f"{BASE}/rentree", typed | {f"level_{ids[1]}": "unknown", f"school_{ids[1]}": ""})
    assert "1 enfant" in answer.replace("\u00a0", " ")
    moved = list_schooling(db, ids[0])[-1]
    assert (moved.school_year, moved.level, moved.uai, moved.priority) == (2026, Level.CE2, "0910001A", CM2.priority)
    assert list_schooling(db, ids[1]) == ()


def test_the_passage_is_for_those_who_follow(browse: Any, followed: Child, amina: Actor) -> None:
    followed(referent=amina)
    assert "Pommerole" not in browse("basile").get(f"{BASE}/rentree")
    assert "Pommerole" in browse("amina").get(f"{BASE}/rentree")
    for persona, status in (("denis", 403), ("elodie", 403), ("chloe", 404)):
        browse(persona).get(f"{BASE}/rentree", status)
