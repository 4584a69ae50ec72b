"""What the chain says of itself, and what leaves as a file."""

import json
import xml.etree.ElementTree as ElementTree
from datetime import date
from typing import Any

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact_maps import demo, storage
from impact_maps.kumu import kumu_json
from impact_maps.records import BoxContent
from impact_maps.rules import orphans, unmeasured
from impact_maps.vocabulary import Stage

BASE = "/communautes/pre-demonstration/chaine-de-valeur"
FILES = ("chaine-de-valeur.svg", "chaine-de-valeur-kumu.json")


@pytest.fixture
def chain(db: EncryptedDatabase, amina: Actor) -> None:
    demo.fill(db, amina, date(2026, 11, 20))


@pytest.mark.usefixtures("chain")
def test_orphans_and_effects_without_measure_are_said_not_forced(
    browse: Any, db: EncryptedDatabase, amina: Actor
) -> None:
    assert orphans(storage.get_chain(db)) == []
    storage.add_box(db, amina, BoxContent(Stage.RESULTS, "Un résultat venu seul"))
    known = storage.get_chain(db)
    assert [box.content.label for box in orphans(known)] == ["Un résultat venu seul"]
    assert {box.content.stage for box in unmeasured(known)} == {Stage.RESULTS, Stage.LASTING, Stage.VALUE}
    page = browse("amina").get(f"{BASE}/")
    assert "Rien ne mène à" in page
    assert "Rien n’est obligatoire" in page


@pytest.mark.usefixtures("chain")
def test_files_hold_every_box_and_link(browse: Any, db: EncryptedDatabase) -> None:
    known = storage.get_chain(db)
    assert ElementTree.fromstring(browse("denis").get(f"{BASE}/{FILES[0]}")).tag.endswith("svg")
    kumu = json.loads(browse("denis").get(f"{BASE}/{FILES[1]}"))
    assert len(kumu["elements"]) == len(known.boxes)
    assert len(kumu["connections"]) == len(known.links)
    labels = {each["label"] for each in kumu["elements"]}
    assert {each["from"] for each in kumu["connections"]} <= labels


@pytest.mark.usefixtures("chain")
def test_boxes_of_one_label_stay_apart(db: EncryptedDatabase, amina: Actor) -> None:
    for _ in range(3):
        storage.add_box(db, amina, BoxContent(Stage.RESULTS, "Pareil"))
    elements = json.loads(kumu_json(storage.get_chain(db)))["elements"]
    assert len({each["label"] for each in elements}) == len(elements)


@pytest.mark.parametrize("name", FILES)
def test_files_stay_inside_the_community(browse: Any, name: str) -> None:
    assert browse(None).client.get(f"{BASE}/{name}").status_code == 302
    browse("chloe").get(f"{BASE}/{name}", 404)
    browse("amina").get(f"{BASE}/{name}", 404)
