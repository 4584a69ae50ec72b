"""Versions of the chain: each change leaves one, undo goes back, nothing is lost between two people."""

from datetime import date
from typing import Any

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.exceptions import NotFound, Refused
from impact_maps import revision_storage, storage
from impact_maps.contents import differences, from_text, to_text
from impact_maps.patterns import find, library
from impact_maps.records import Assumption, BoxContent, Link
from impact_maps.rules import MOST_REVISIONS, get_box
from impact_maps.vocabulary import LinkState, Stage

BASE = "/communautes/pre-demonstration/chaine-de-valeur"
TODAY = date(2026, 11, 20)
START = find(library(), "depart")


@pytest.fixture(autouse=True)
def chain(db: EncryptedDatabase, amina: Actor) -> None:
    storage.start_chain(db, amina, START.title, START.boxes, START.links)


def _content(db: EncryptedDatabase) -> str:
    return to_text(storage.get_chain(db))


def _last(db: EncryptedDatabase) -> int:
    return revision_storage.last_number(db)


def _add(db: EncryptedDatabase, actor: Actor, label: str) -> int:
    return storage.add_box(db, actor, BoxContent(Stage.ACTIVITIES, label))


def test_a_content_comes_back_from_its_text_with_what_is_known(db: EncryptedDatabase, amina: Actor) -> None:
    link = storage.get_chain(db).links[0]
    said = Assumption("Parce que.", LinkState.CONTRADICTED, TODAY, "Un fait.", "On change.", amina.member_id)
    storage.change_assumption(db, amina, link, said, 1, TODAY)
    known = storage.get_chain(db)
    read = from_text(to_text(known))
    assert to_text(read) == to_text(known)
    assert not differences(known, read)
    assert read.assumption(link.source, link.target).assessed_by == amina.member_id


def test_each_change_leaves_a_version_that_says_it(db: EncryptedDatabase, amina: Actor) -> None:
    box = _add(db, amina, "Visites")
    source = storage.get_chain(db).column(Stage.RESOURCES)[0].id
    storage.add_link(db, amina, Link(source, box))
    storage.change_box(db, amina, box, BoxContent(Stage.ACTIVITIES, "Rencontres"), 1)
    storage.move_box(db, amina, box, -1)
    storage.rename_chain(db, amina, "Autre titre", 1)
    said = [revision.summary for revision in revision_storage.list_revisions(db)]
    for summary, words in zip(
        said, ("titre", "ordre de la colonne", "libellé de", "lien de", "Visites", "Première version"), strict=True
    ):
        assert words in summary
    assert {revision.author for revision in revision_storage.list_revisions(db)} == {amina.member_id}


def test_what_changes_nothing_leaves_no_version(db: EncryptedDatabase, amina: Actor) -> None:
    first = storage.get_chain(db).column(Stage.ACTIVITIES)[0].id
    storage.move_box(db, amina, first, -1)
    assert _last(db) == 1


def test_undo_goes_back_step_by_step_to_the_beginning(db: EncryptedDatabase, amina: Actor) -> None:
    contents = [_content(db)]
    for label in ("Un", "Deux", "Trois"):
        _add(db, amina, label)
        contents.append(_content(db))
    for before in reversed(contents[:-1]):
        revision_storage.undo(db, amina, _last(db), TODAY)
        assert _content(db) == before
    with pytest.raises(Refused, match="plus rien à annuler"):
        revision_storage.undo(db, amina, _last(db), TODAY)


def test_after_an_undo_another_change_is_undone_alone(db: EncryptedDatabase, amina: Actor) -> None:
    first = _content(db)
    _add(db, amina, "Un")
    revision_storage.undo(db, amina, _last(db), TODAY)
    _add(db, amina, "Deux")
    revision_storage.undo(db, amina, _last(db), TODAY)
    assert _content(db) == first


def test_undoing_a_removal_brings_links_and_what_they_suppose(db: EncryptedDatabase, amina: Actor) -> None:
    link = storage.get_chain(db).links[0]
    storage.change_assumption(
        db, amina, link, Assumption("Parce que.", LinkState.SUPPORTED, TODAY, "Un fait."), 1, TODAY
    )
    before = _content(db)
    storage.remove_link(db, amina, link)
    revision_storage.undo(db, amina, _last(db), TODAY)
    assert _content(db) == before
    storage.remove_box(db, amina, link.target, TODAY)
    revision_storage.undo(db, amina, _last(db), TODAY)
    assert _content(db) == before


def test_nobody_undoes_what_she_has_not_read(db: EncryptedDatabase, amina: Actor) -> None:
    read = _last(db)
    _add(db, amina, "Ajouté par une autre")
    for deed in (
        lambda: revision_storage.undo(db, amina, read, TODAY),
        lambda: revision_storage.bring_back(db, amina, 1, read, TODAY),
        lambda: revision_storage.put_maps(db, amina, storage.get_chain(db), None, read, TODAY),
    ):
        with pytest.raises(Refused, match="pendant que vous lisiez"):
            deed()
    assert "Ajouté par une autre" in _content(db)


def test_an_edit_of_a_box_that_an_undo_changed_meets_a_conflict(
    browse: Any, db: EncryptedDatabase, amina: Actor
) -> None:
    box = storage.get_chain(db).column(Stage.ACTIVITIES)[0]
    storage.change_box(db, amina, box.id, BoxContent(Stage.ACTIVITIES, "Nouveaux mots"), box.version)
    read = get_box(storage.get_chain(db), box.id).version
    revision_storage.undo(db, amina, _last(db), TODAY)
    typed = {"label": "Mes mots", "stage": "activities", "target": "", "indicator": "", "version": str(read)}
    answer = browse("elodie").send(f"{BASE}/elements/{box.id}", typed)
    assert answer.status_code == 409
    assert "Mes mots" in answer.text
    assert get_box(storage.get_chain(db), box.id).content.label == box.content.label


def test_any_version_is_brought_back_and_can_itself_be_undone(db: EncryptedDatabase, amina: Actor) -> None:
    first = _content(db)
    _add(db, amina, "Un")
    _add(db, amina, "Deux")
    last = _content(db)
    revision_storage.bring_back(db, amina, 1, _last(db), TODAY)
    assert _content(db) == first
    revision_storage.bring_back(db, amina, 3, _last(db), TODAY)
    assert _content(db) == last
    with pytest.raises(NotFound):
        revision_storage.bring_back(db, amina, 99, _last(db), TODAY)


def test_old_versions_go_and_named_ones_stay(db: EncryptedDatabase, amina: Actor) -> None:
    revision_storage.name_revision(db, amina, 1, "Au comité")
    box = storage.get_chain(db).column(Stage.ACTIVITIES)[0].id
    for number in range(MOST_REVISIONS + 5):
        storage.change_box(db, amina, box, BoxContent(Stage.ACTIVITIES, f"Mots {number}"), number + 1)
    numbers = [revision.number for revision in revision_storage.list_revisions(db)]
    assert (len(numbers), numbers[-1]) == (MOST_REVISIONS + 1, 1)
    revision_storage.undo(db, amina, _last(db), TODAY)
    assert get_box(storage.get_chain(db), box).content.label == f"Mots {MOST_REVISIONS + 3}"


def test_the_pages_show_undo_name_and_bring_back(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    first = _content(db)
    _add(db, amina, "Visites")
    browser = browse("amina")
    page = browser.get(f"{BASE}/versions")
    assert "Ajouté\u00a0: élément «\u00a0Visites\u00a0» (Activités)" in page
    page = browser.get(f"{BASE}/versions/1")
    assert "Ce qui a changé depuis" in page
    assert "Visites" in page
    browser.follow(f"{BASE}/versions/1/nom", {"name": "Au départ"}, page=f"{BASE}/versions/1")
    assert "Version 1\u00a0: Au départ" in browser.get(f"{BASE}/versions")
    page = browser.follow(f"{BASE}/annuler", {}, page=f"{BASE}/")
    assert "la carte est de nouveau celle de la version 1" in page
    assert _content(db) == first
    browser.follow(f"{BASE}/versions/2/reprendre", {}, page=f"{BASE}/versions/2")
    assert "Visites" in _content(db)
    long = browser.follow(f"{BASE}/versions/1/nom", {"name": "x" * 300}, page=f"{BASE}/versions/1")
    assert "80 caractères au plus" in long
    browser.get(f"{BASE}/versions/99", 404)


def test_readers_read_versions_and_change_nothing(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    _add(db, amina, "Visites")
    denis = browse("denis")
    page = denis.get(f"{BASE}/versions/1")
    assert "Reprendre cette version" not in page
    assert "Nom de cette version" not in page
    for url in (f"{BASE}/annuler", f"{BASE}/versions/1/reprendre", f"{BASE}/versions/1/nom"):
        assert denis.send(url, {}, page=f"{BASE}/").status_code in (400, 403)
    assert _last(db) == 2
