"""Families: who is new, what a workshop holds, the link that a family agrees to."""

from datetime import date
from typing import Any

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.exceptions import Conflict, NotFound, Refused
from impact.families.records import Arrival, FamilySheet
from impact.families.rules import summary
from impact.families.storage import (
    get_family,
    link_family,
    list_families,
    list_presences,
    record_families,
    unlink_family,
)
from impact.workshops.records import Workshop
from impact.workshops.storage import add_workshop, get_workshop, list_cycles

TODAY = date(2026, 11, 20)
JUNE, JULY = date(2026, 6, 20), date(2026, 7, 1)


@pytest.fixture
def sessions(db: EncryptedDatabase, amina: Actor, cafes: None) -> tuple[int, int]:
    cycle_id = list_cycles(db)[0].id
    first, second = (add_workshop(db, amina, Workshop(0, cycle_id, "Séance", day, "École")) for day in (JUNE, JULY))
    return first, second


def sheet(db: EncryptedDatabase, workshop_id: int, counts: dict[int, tuple[int, int]], **more: Any) -> FamilySheet:
    return FamilySheet(workshop_id, get_workshop(db, workshop_id).version, counts, **more)


def test_a_family_is_new_once_whatever_the_order_of_entry(
    db: EncryptedDatabase, amina: Actor, sessions: tuple[int, int]
) -> None:
    first, second = sessions
    record_families(db, amina, sheet(db, second, {}, arrival=Arrival("Zéphyr", "Lou", 1, 2)), TODAY)
    assert [known.is_new for known in list_presences(db, second)] == [True]
    family_id = list_presences(db, second)[0].family_id
    record_families(db, amina, sheet(db, first, {family_id: (2, 0)}), TODAY)
    assert [known.is_new for known in list_presences(db, first)] == [True]
    assert [known.is_new for known in list_presences(db, second)] == [False]
    told = summary(list_presences(db, second))
    assert (told.families, told.new, told.adults, told.children, told.people) == (1, 0, 1, 2, 3)
    family = get_family(db, family_id)
    assert (family.times, family.first_on, family.last_on) == (2, JUNE, JULY)


def test_the_head_count_is_never_below_the_families(
    db: EncryptedDatabase, amina: Actor, sessions: tuple[int, int]
) -> None:
    first, _ = sessions
    record_families(db, amina, sheet(db, first, {}, arrival=Arrival("Zéphyr", "", 3, 2)), TODAY)
    assert get_workshop(db, first).head_count == 5
    family_id = list_presences(db, first)[0].family_id
    record_families(db, amina, sheet(db, first, {family_id: (1, 0)}), TODAY)
    assert get_workshop(db, first).head_count == 5
    record_families(db, amina, sheet(db, first, {family_id: (0, 0)}), TODAY)
    assert list_presences(db, first) == []


def test_what_contradicts_itself_is_refused_and_nothing_is_written(
    db: EncryptedDatabase, amina: Actor, sessions: tuple[int, int]
) -> None:
    first, _ = sessions
    before = len(list_families(db))
    with pytest.raises(Refused, match="combien d’adultes"):
        record_families(db, amina, sheet(db, first, {}, arrival=Arrival("Zéphyr", "", 0, 0)), TODAY)
    with pytest.raises(NotFound):
        record_families(db, amina, sheet(db, first, {999_999: (1, 0)}, arrival=Arrival("Zéphyr", "", 1, 0)), TODAY)
    with pytest.raises(Refused, match="ensuite"):
        record_families(db, amina, sheet(db, first, {}), date(2026, 6, 1))
    old = sheet(db, first, {})
    record_families(db, amina, old, TODAY)
    with pytest.raises(Conflict):
        record_families(db, amina, old, TODAY)
    assert len(list_families(db)) == before


def test_a_family_is_linked_when_it_agrees_and_no_longer_when_it_does_not(
    db: EncryptedDatabase, amina: Actor, sessions: tuple[int, int], child: int
) -> None:
    record_families(db, amina, sheet(db, sessions[0], {}, arrival=Arrival("Zéphyr", "", 1, 0)), TODAY)
    family_id = list_presences(db, sessions[0])[0].family_id
    with pytest.raises(Refused, match="à venir"):
        link_family(db, amina, family_id, child, date(2026, 12, 1), TODAY)
    link_family(db, amina, family_id, child, JULY, TODAY)
    assert [known.id for known in list_families(db, child)] == [family_id]
    with pytest.raises(Refused, match="déjà reliée"):
        link_family(db, amina, family_id, child, JULY, TODAY)
    with pytest.raises(NotFound):
        unlink_family(db, amina, family_id, child + 1)
    unlink_family(db, amina, family_id, child)
    assert list_families(db, child) == []
    assert get_family(db, family_id).times == 1
