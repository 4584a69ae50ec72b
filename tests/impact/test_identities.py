"""Names apart from the rest: kept as typed, found whatever the spelling of accents."""

from datetime import date

import pytest

from impact.audit import SYSTEM, Deed, write
from impact.db import EncryptedDatabase
from impact.exceptions import NotFound, Unusable
from impact.identities import Identity, add_identity, get_identity, identities, search_identities
from impact.sealing import seal, unseal

AWKWARD = ["NA", "NULL", "None", "NaN", "True", "O'Neill", "D'Aït-N’Golo", "Müller-Ōno", "X"]


def _add(db: EncryptedDatabase, *people: Identity) -> list[int]:
    with write(db, SYSTEM) as log:
        log.note(Deed.CREATE, "identity")
        return [add_identity(db, person) for person in people]


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_names_are_kept_as_text(db: EncryptedDatabase, name: str) -> None:
    [added] = _add(db, Identity(name, name, date(2017, 3, 14)))
    assert get_identity(db, added) == Identity(name, name, date(2017, 3, 14), id=added)


def test_search_forgives_accents_order_and_wildcards(db: EncryptedDatabase) -> None:
    first, second = _add(db, Identity("Cœur-Prévert", "Zoé"), Identity("Under_score", "Percent%"))
    assert search_identities(db, "zoe coeur") == [first]
    assert search_identities(db, "PREVERT") == [first]
    assert search_identities(db, "percent") == [second]
    [third] = _add(db, Identity("O’Neill", "D'Aït-N’Golo"))
    assert search_identities(db, "oneill daitngolo") == [third]
    assert search_identities(db, "prevertzoe") == [first]
    assert search_identities(db, "oneillx") == []
    assert search_identities(db, "%") == []
    assert search_identities(db, "'; DROP TABLE identity--") == []


def test_an_unknown_person_is_not_found(db: EncryptedDatabase) -> None:
    with pytest.raises(NotFound):
        get_identity(db, 10**6)
    assert identities(db, []) == {}


def test_a_sealed_field_opens_in_its_place_only(db: EncryptedDatabase) -> None:
    sealed = seal(db, "Lunettes à prévoir", "follow_up_note:1")
    assert b"Lunettes" not in sealed
    assert unseal(db, sealed, "follow_up_note:1") == "Lunettes à prévoir"
    with pytest.raises(Unusable, match="altéré"):
        unseal(db, sealed, "follow_up_note:2")
