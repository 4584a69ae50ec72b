"""Siblings, and a note written once for several of them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from impact.accounts.access import FieldClass
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.demo import PRE
from impact.exceptions import NotFound, Refused
from impact.pathways.file_storage import get_file, list_notes
from impact.pathways.frame_storage import note_frame
from impact.pathways.sibling_storage import join_siblings, leave_siblings, list_siblings

TODAY = date(2026, 11, 20)
BASE = f"/communautes/{PRE}/enfants"
Child = Callable[..., int]
NOTE = {
    "contact_kind": "home_visit",
    "contact_on": "17/11/2026",
    "minutes": "60",
    "field_class": "school",
    "observed": "Les devoirs se font ensemble.",
}


def child_of(db: EncryptedDatabase, situation_id: int) -> int:
    return get_file(db, situation_id).situation.child_id


def names(db: EncryptedDatabase, actor: Actor, situation_id: int) -> list[str]:
    return [line.name for line in list_siblings(db, actor, child_of(db, situation_id), TODAY)[0]]


def written(db: EncryptedDatabase, situation_id: int) -> list[str]:
    return [note.observed for note in list_notes(db, get_file(db, situation_id), frozenset(FieldClass))]


def test_two_homes_become_one(db: EncryptedDatabase, amina: Actor, followed: Child) -> None:
    zelie, ines, noe, lou = (followed(given) for given in ("Zélie", "Inès", "Noé", "Lou"))
    join_siblings(db, amina, child_of(db, zelie), child_of(db, ines))
    join_siblings(db, amina, child_of(db, noe), child_of(db, lou))
    join_siblings(db, amina, child_of(db, ines), child_of(db, noe))
    assert names(db, amina, zelie) == ["Inès Pommerole", "Lou Pommerole", "Noé Pommerole"]
    assert db.value("SELECT count(*) FROM household") == 1
    leave_siblings(db, amina, child_of(db, zelie))
    assert names(db, amina, zelie) == []
    assert names(db, amina, lou) == ["Inès Pommerole", "Noé Pommerole"]


def test_what_cannot_be_joined(db: EncryptedDatabase, amina: Actor, followed: Child) -> None:
    child = child_of(db, followed())
    with pytest.raises(Refused, match="même enfant"):
        join_siblings(db, amina, child, child)
    with pytest.raises(NotFound):
        join_siblings(db, amina, child, 999_999)
    with pytest.raises(NotFound):
        leave_siblings(db, amina, child)


def test_a_referent_is_told_how_many_others_and_not_who(
    db: EncryptedDatabase, amina: Actor, basile: Actor, followed: Child
) -> None:
    zelie, ines = followed("Zélie"), followed("Inès", referent=amina)
    join_siblings(db, amina, child_of(db, zelie), child_of(db, ines))
    assert list_siblings(db, basile, child_of(db, zelie), TODAY) == ([], 1)
    assert names(db, amina, zelie) == ["Inès Pommerole"]


def test_from_the_search_to_a_shared_note(browse: Any, db: EncryptedDatabase, followed: Child) -> None:
    zelie, ines = followed("Zélie"), followed("Inès")
    basile, page = browse("basile"), f"{BASE}/{zelie}/fratrie"
    assert "Aucun frère, aucune sœur" in basile.get(page)
    assert "Personne à relier de ce nom" in basile.get(f"{page}?q=Zelie")
    assert "Inès Pommerole" in basile.get(f"{page}?q=ines")
    assert "même fratrie" in basile.follow(f"{page}/relier", {"other": str(ines)}, f"{page}?q=ines")
    assert "Cette note sert aussi à" in basile.get(f"{BASE}/{zelie}/notes/nouvelle")
    story = basile.follow(f"{BASE}/{zelie}/notes/nouvelle", NOTE | {"also": str(ines)})
    assert "Sert aussi à la fratrie" in story
    assert written(db, zelie) == written(db, ines) == ["Les devoirs se font ensemble."]
    assert list(note_frame(db)["minutes"]) == [30.0, 30.0]
    assert "n’est plus dans cette fratrie" in basile.follow(f"{page}/retirer", {}, page)


def test_a_sibling_without_agreement_stops_the_whole_note(
    browse: Any, db: EncryptedDatabase, amina: Actor, followed: Child
) -> None:
    zelie, ines = followed("Zélie"), followed("Inès", scope=(FieldClass.SOCIAL,))
    join_siblings(db, amina, child_of(db, zelie), child_of(db, ines))
    answer = browse("basile").send(f"{BASE}/{zelie}/notes/nouvelle", NOTE | {"also": str(ines)})
    assert "Inès Pommerole : L’accord couvre" in answer.text.replace("\u00a0", " ").replace("&nbsp;", " ")
    assert "Les devoirs se font ensemble." in answer.text
    assert written(db, zelie) == written(db, ines) == []


def test_a_child_of_another_team_is_not_found(browse: Any, amina: Actor, followed: Child) -> None:
    zelie, ines, _ = followed("Zélie"), followed("Inès", referent=amina), followed("Noé")
    basile, page = browse("basile"), f"{BASE}/{zelie}/fratrie"
    assert "Inès" not in basile.get(f"{page}?q=ines")
    assert basile.send(f"{page}/relier", {"other": str(ines)}, f"{page}?q=noe").status_code == 404
    browse("denis").get(page, 403)
    assert browse(None).client.get(page).status_code == 302
