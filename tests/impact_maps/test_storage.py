"""What the file holds of the value chain."""

from datetime import date, timedelta

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.exceptions import Conflict, NotFound, Refused, Repeated
from impact.instance import Instance
from impact_maps import demo, storage
from impact_maps.patterns import find, library
from impact_maps.records import BoxContent, Link
from impact_maps.vocabulary import Stage, Target

TODAY = date(2026, 11, 20)
START = find(library(), "depart")
TITLE, BOXES, LINKS = START.title, START.boxes, START.links


@pytest.fixture
def chain(db: EncryptedDatabase, amina: Actor) -> None:
    storage.start_chain(db, amina, TITLE, BOXES, LINKS)


def _labels(db: EncryptedDatabase, stage: Stage) -> list[str]:
    return [box.content.label for box in storage.get_chain(db).column(stage)]


def test_there_is_no_chain_before_it_is_started(db: EncryptedDatabase) -> None:
    assert storage.find_chain(db) is None
    with pytest.raises(NotFound):
        storage.get_chain(db)


@pytest.mark.usefixtures("chain")
def test_the_template_is_stored_with_its_links(db: EncryptedDatabase, amina: Actor) -> None:
    found = storage.get_chain(db)
    assert (found.title, len(found.boxes), len(found.links)) == (TITLE, len(BOXES), len(LINKS))
    assert [box.content for box in found.boxes] == list(BOXES)
    assert {box.content.target for box in found.column(Stage.VALUE)} == set(Target)
    with pytest.raises(Refused, match="existe déjà"):
        storage.start_chain(db, amina, TITLE, BOXES)


@pytest.mark.usefixtures("chain")
def test_a_box_is_added_at_the_bottom_once(db: EncryptedDatabase, amina: Actor) -> None:
    content = BoxContent(Stage.RESULTS, "Nouveau", None, "participation.people")
    added = storage.add_box(db, amina, content, "once")
    with pytest.raises(Repeated):
        storage.add_box(db, amina, content, "once")
    last = storage.get_chain(db).column(Stage.RESULTS)[-1]
    assert (last.id, last.content) == (added, content)
    assert db.row("SELECT deed, object_kind, object_id FROM audit_entry ORDER BY id DESC LIMIT 1") == {
        "deed": "create",
        "object_kind": "chain_box",
        "object_id": added,
    }


@pytest.mark.usefixtures("chain")
def test_a_box_changes_unless_a_link_turns_back_or_somebody_was_first(db: EncryptedDatabase, amina: Actor) -> None:
    box = storage.get_chain(db).column(Stage.ACTIVITIES)[0]
    changed = BoxContent(Stage.ACTIVITIES, "Autre", Target.FAMILIES, "participation.people")
    storage.change_box(db, amina, box.id, changed, box.version)
    now = storage.get_chain(db).column(Stage.ACTIVITIES)[0]
    assert (now.content.label, now.content.target, now.version) == ("Autre", None, 2)
    with pytest.raises(Conflict) as conflict:
        storage.change_box(db, amina, box.id, changed, box.version)
    assert conflict.value.stored["label"] == "Autre"
    with pytest.raises(Refused, match="vers la droite"):
        storage.change_box(db, amina, box.id, BoxContent(Stage.RESULTS, "Autre"), now.version)


@pytest.mark.usefixtures("chain")
def test_moving_exchanges_places(db: EncryptedDatabase, amina: Actor) -> None:
    before = _labels(db, Stage.RESOURCES)
    first = storage.get_chain(db).column(Stage.RESOURCES)[0].id
    storage.move_box(db, amina, first, -1)
    assert _labels(db, Stage.RESOURCES) == before
    storage.move_box(db, amina, first, 1)
    assert _labels(db, Stage.RESOURCES) == before[::-1]


@pytest.mark.usefixtures("chain")
def test_a_removed_box_comes_back_with_its_links(db: EncryptedDatabase, amina: Actor) -> None:
    before = storage.get_chain(db)
    box = before.column(Stage.ACTIVITIES)[0]
    storage.remove_box(db, amina, box.id, TODAY)
    without = storage.get_chain(db)
    assert box.id not in [other.id for other in without.boxes]
    assert all(box.id not in (link.source, link.target) for link in without.links)
    assert [removed.id for removed in storage.list_removed(db, TODAY)] == [box.id]
    storage.restore_box(db, amina, box.id, TODAY + timedelta(days=30))
    assert storage.get_chain(db).links == before.links
    assert storage.list_removed(db, TODAY) == []


@pytest.mark.usefixtures("chain")
def test_a_restored_link_that_would_turn_back_is_dropped(db: EncryptedDatabase, amina: Actor) -> None:
    activity = storage.get_chain(db).column(Stage.ACTIVITIES)[0]
    (result,) = storage.get_chain(db).after(activity.id)
    storage.remove_box(db, amina, activity.id, TODAY)
    storage.change_box(db, amina, result.id, BoxContent(Stage.ACTIVITIES, "Déplacé"), result.version)
    storage.restore_box(db, amina, activity.id, TODAY)
    assert storage.get_chain(db).after(activity.id) == ()


@pytest.mark.usefixtures("chain")
def test_what_was_removed_long_ago_is_erased(db: EncryptedDatabase, amina: Actor) -> None:
    first, second = storage.get_chain(db).column(Stage.RESOURCES)
    storage.remove_box(db, amina, first.id, TODAY)
    later = TODAY + timedelta(days=31)
    assert storage.list_removed(db, later) == []
    with pytest.raises(NotFound):
        storage.restore_box(db, amina, first.id, later)
    storage.remove_box(db, amina, second.id, later)
    assert db.value("SELECT count(*) FROM chain_box WHERE id = ?", (first.id,)) == 0
    assert db.value("SELECT count(*) FROM chain_link WHERE from_box = ?", (first.id,)) == 0


@pytest.mark.usefixtures("chain")
def test_links_are_added_once_and_removed(db: EncryptedDatabase, amina: Actor) -> None:
    chain = storage.get_chain(db)
    link = Link(chain.column(Stage.RESOURCES)[0].id, chain.column(Stage.VALUE)[0].id)
    storage.add_link(db, amina, link)
    with pytest.raises(Refused, match="existe déjà"):
        storage.add_link(db, amina, link)
    storage.remove_link(db, amina, link)
    assert link not in storage.get_chain(db).links
    with pytest.raises(NotFound):
        storage.remove_link(db, amina, link)


@pytest.mark.usefixtures("chain")
def test_renaming_tells_the_second_editor(db: EncryptedDatabase, amina: Actor) -> None:
    storage.rename_chain(db, amina, "Autre titre", 1)
    with pytest.raises(Conflict) as conflict:
        storage.rename_chain(db, amina, "Encore", 1)
    assert conflict.value.stored == {"title": "Autre titre"}


def test_the_demonstration_fills_both_communities(place: Instance, db: EncryptedDatabase, amina: Actor) -> None:
    essonne = place.community("essonne")
    for file in (db, essonne):
        demo.fill(file, amina, TODAY)
        chain = storage.get_chain(file)
        assert 15 <= len(chain.boxes) <= 19
        assert sum(bool(box.content.indicator) for box in chain.boxes) >= 4
        linked = {end for link in chain.links for end in (link.source, link.target)}
        assert linked == {box.id for box in chain.boxes}
    essonne.close()
