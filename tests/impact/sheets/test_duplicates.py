"""Children there twice are proposed, compared, made one and made two again."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.exceptions import Refused
from impact.identities import Identity
from impact.pathways.file_storage import get_file
from impact.pathways.records import Situation
from impact.pathways.storage import OTHER_CHILD, add_situation
from impact.pathways.vocabulary import Sex
from impact.sheets.likeness_rules import lookalikes
from impact.sheets.merge_storage import forget_old_merges, list_couples, list_merges, merge_children, undo_merge
from impact.sheets.records import Known

TODAY = date(2026, 11, 20)
URL = "/communautes/pre-demonstration/tableaux/doublons"
BIRTH = date(2017, 3, 14)
Browse = Callable[[str | None], Any]
Child = Callable[..., int]


@pytest.fixture
def twice(db: EncryptedDatabase, amina: Actor, followed: Child) -> tuple[int, int]:
    """Zélie Pommerole, followed, and the same child received again as « Zelie Pomerolle »."""
    first = followed()
    again = Situation(Identity("Pomerolle", "Zelie", BIRTH), Sex.UNKNOWN, date(2026, 11, 2), "school", ("language",))
    second = add_situation(db, amina, again, TODAY, known=OTHER_CHILD)
    return get_file(db, first).situation.child_id, get_file(db, second).situation.child_id


def child(number: int, family: str, given: str, birth: date | None = BIRTH) -> Known:
    """A child known by name."""
    return Known(number, family, given, birth)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (("Cœurval", "Lætitia", BIRTH), ("COEURVAL", "Laetitia", BIRTH), True),
        (("Éclatbrume", "Zoé", BIRTH), ("Eclatbrumme", "ZOE", BIRTH), True),
        (("Keurval", "Hafsa", BIRTH), ("Coeurvalle", "Afsa", BIRTH), True),
        (("Roselampe", "Lina", BIRTH), ("Roselampe", "Lila", BIRTH), False),
        (("Grandvasque", "Sami", BIRTH), ("Grandvasque", "Samy-Lou", BIRTH), False),
        (("Valplume", "Noé", date(2013, 4, 11)), ("Valplume", "Noé", date(2019, 12, 2)), False),
        (("Valplume", "Noé", date(2013, 4, 11)), ("Valplume", "Noé", date(2013, 11, 4)), True),
        (("Valplume", "Noé", None), ("Valplume", "Noé", BIRTH), True),
        (("Noisetier", "Noé", BIRTH), ("Valplume", "Noé", BIRTH), False),
    ],
)
def test_sound_alike_names_with_one_birth_are_proposed_and_twins_are_not(
    one: tuple[str, str, date | None], other: tuple[str, str, date | None], alike: bool
) -> None:
    assert bool(lookalikes([child(1, *one), child(2, *other)], ())) is alike


def test_what_was_said_distinct_is_not_proposed_again() -> None:
    assert lookalikes([child(1, "Valplume", "Noé"), child(2, "Valplume", "Noé")], {(1, 2)}) == []


def everything(db: EncryptedDatabase) -> dict[str, list[dict[str, Any]]]:
    """What is stored of children, versions aside."""
    return {
        "situations": db.rows("SELECT id, child_id, received_on FROM situation ORDER BY id"),
        "schooling": db.rows("SELECT child_id, school_year, school, qpv FROM schooling ORDER BY child_id, school_year"),
        "children": db.rows(
            "SELECT child.id, sex, household_id, family_name, given_name, birth_date FROM child"
            " JOIN identity ON identity.id = identity_id ORDER BY child.id"
        ),
    }


def test_merging_keeps_everything_and_undoing_gives_it_back(
    db: EncryptedDatabase, amina: Actor, twice: tuple[int, int]
) -> None:
    first, second = twice
    for child_id, school in ((first, "Jules-Pomme"), (second, "")):
        db.execute(
            "INSERT INTO schooling (child_id, school_year, school, level, qpv, priority)"
            " VALUES (?, 2026, ?, 'cp', 'yes', 'unknown')",
            (child_id, school),
        )
    before = everything(db)
    assert [(one.child_id, other.child_id) for one, other in list_couples(db)] == [twice]
    merge_id = merge_children(db, amina, first, second)
    assert [row["child_id"] for row in everything(db)["situations"]] == [first, first]
    assert len(everything(db)["children"]) == 1
    assert db.value("SELECT count(*) FROM identity WHERE family_name = 'Pomerolle'") == 0
    assert [(merge.kept, merge.merged) for merge in list_merges(db)] == [("Zélie Pommerole", "Zelie Pomerolle")]
    assert undo_merge(db, amina, merge_id) == second
    assert everything(db) == before
    assert list_couples(db) == []
    assert list_merges(db) == []


def test_after_thirty_days_nothing_is_left_to_undo(db: EncryptedDatabase, amina: Actor, twice: tuple[int, int]) -> None:
    merge_id = merge_children(db, amina, *twice)
    past = datetime.now(UTC) - timedelta(days=31)
    db.execute("UPDATE child_merge SET merged_at = ?", (past.isoformat(timespec="seconds"),))
    forget_old_merges(db, amina)
    assert db.value("SELECT memory FROM child_merge") is None
    with pytest.raises(Refused, match="trente jours"):
        undo_merge(db, amina, merge_id)


def test_the_pages_compare_merge_and_separate(browse: Browse, db: EncryptedDatabase, twice: tuple[int, int]) -> None:
    amina = browse("amina")
    assert "Pomerolle" in amina.get(URL)
    address = f"{URL}/{twice[0]}/{twice[1]}"
    page = amina.get(address)
    assert "Premier dossier" in page
    assert "Choisissez le dossier dont le nom est le bon." in amina.send(address, {}).text
    done = amina.follow(address, {"kept": str(twice[1])})
    assert "n’en font plus qu’un" in done
    assert db.value("SELECT count(*) FROM child") == 1
    merge_id = db.value("SELECT id FROM child_merge")
    again = amina.follow(f"{URL}/{merge_id}/separer", {}, page=URL)
    assert "sont séparés" in again
    assert db.value("SELECT count(*) FROM child") == 2


def test_two_children_are_said_two(browse: Browse, twice: tuple[int, int]) -> None:
    amina = browse("amina")
    address = f"{URL}/{twice[0]}/{twice[1]}"
    assert "Aucun doublon" in amina.follow(f"{address}/distincts", {}, page=address)


def test_a_form_sent_twice_merges_once(browse: Browse, db: EncryptedDatabase, twice: tuple[int, int]) -> None:
    amina = browse("amina")
    address = f"{URL}/{twice[0]}/{twice[1]}"
    data = {"kept": str(twice[0]), "once": "only-once-only-once"}
    assert amina.send(address, data).status_code == 303
    assert amina.client.get(address).status_code == 404
    assert db.value("SELECT count(*) FROM child_merge") == 1


@pytest.mark.parametrize(("persona", "status"), [("basile", 403), ("denis", 403), ("elodie", 403), ("chloe", 404)])
def test_only_the_coordination_merges(browse: Browse, twice: tuple[int, int], persona: str, status: int) -> None:
    for address in (URL, f"{URL}/{twice[0]}/{twice[1]}"):
        browse(persona).get(address, status)
        assert browse(None).client.get(address).status_code == 302


def test_an_unknown_child_is_not_found(browse: Browse, twice: tuple[int, int]) -> None:
    browse("amina").get(f"{URL}/{twice[0]}/999", 404)


def test_every_table_of_a_child_is_merged(db: EncryptedDatabase) -> None:
    links = db.rows(
        "SELECT master.name AS name FROM sqlite_master AS master, pragma_foreign_key_list(master.name) AS link"
        " WHERE master.type = 'table' AND link.'table' = 'child'"
    )
    moved = {"situation", "schooling", "contact_restriction", "file_copy", "retention_extension", "child_merge"}
    left = {"child_archive", "child_distinct"}
    assert {row["name"] for row in links} == moved | left
