"""Templates: those that ship, those that communities share, what is local."""

import json
from typing import Any

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.exceptions import NotFound, Refused
from impact.instance import Instance
from impact_maps import pattern_storage, storage, tree_storage
from impact_maps.indicators import CATALOGUE
from impact_maps.patterns import Pattern, find, library, newer, read_pattern, written
from impact_maps.records import Assumption, BoxContent, Chain
from impact_maps.rules import check_content
from impact_maps.vocabulary import ImpactState, LinkState, Stage
from tests.conftest import TODAY

BASE = "/communautes/{}/chaine-de-valeur"
PRE, CYCLE = BASE.format("pre-demonstration"), BASE.format("essonne")


@pytest.mark.parametrize("pattern", library(), ids=lambda pattern: pattern.code)
def test_a_template_that_ships_is_a_right_map(pattern: Pattern, db: EncryptedDatabase, amina: Actor) -> None:
    pattern_storage.take_up(db, amina, pattern)
    chain = storage.get_chain(db)
    check_content(chain)
    assert {Stage.RESOURCES, Stage.ACTIVITIES, Stage.RESULTS, Stage.VALUE} <= {box.content.stage for box in chain.boxes}
    assert {box.content.indicator for box in chain.boxes} - {""} <= set(CATALOGUE)
    assert chain.taken is not None
    assert (chain.taken.code, chain.taken.version) == (pattern.code, pattern.version)


def test_there_is_one_for_a_pre_and_one_for_a_cycle_of_workshops() -> None:
    assert {"pre", "cycle-ateliers"} <= {pattern.code for pattern in library()}
    with pytest.raises(NotFound):
        find(library(), "absent")


def test_what_is_shared_says_nothing_of_what_was_found(db: EncryptedDatabase, amina: Actor) -> None:
    pattern_storage.take_up(db, amina, find(library(), "pre"))
    link = storage.get_chain(db).links[0]
    said = Assumption("Une hypothèse.", LinkState.CONTRADICTED, TODAY, "Un constat local.", "Une réponse locale.")
    storage.change_assumption(db, amina, link, said, 1, TODAY)
    box = storage.add_box(db, amina, BoxContent(Stage.RESULTS, "Mesuré chez nous", None, "own.3"))
    text = written(storage.get_chain(db), [], "Pour qui")
    assert "local" not in text
    assert "own.3" not in text
    read = read_pattern("x", json.loads(text), "PRE")
    assert [content.label for content in read.boxes] == [each.content.label for each in storage.get_chain(db).boxes]
    assert "Une hypothèse." in [words for _, _, words in read.links]
    assert next(each for each in read.boxes if each.label == "Mesuré chez nous").indicator == ""
    assert box


def test_a_map_is_shared_taken_up_elsewhere_changed_there_and_offered_anew(browse: Any, place: Instance) -> None:
    amina, chloe = browse("amina"), browse("chloe")
    amina.follow(f"{PRE}/modeles/pre/reprendre", {}, page=f"{PRE}/")
    page = amina.send(f"{PRE}/modeles/partager", {"about": ""}, page=f"{PRE}/modeles").text
    assert "à qui ce modèle peut servir" in page
    amina.follow(f"{PRE}/modeles/partager", {"about": "Pour un petit PRE"}, page=f"{PRE}/modeles")
    code = "partage-pre-demonstration"
    assert "Pour un petit PRE" in chloe.get(f"{CYCLE}/")
    chloe.follow(f"{CYCLE}/modeles/{code}/reprendre", {}, page=f"{CYCLE}/")
    page = chloe.get(f"{CYCLE}/modeles")
    assert "PRE de Clairvigne" in page
    essonne = place.community("essonne")
    chain = storage.get_chain(essonne)
    first = chain.boxes[0]
    chloe.follow(
        f"{CYCLE}/elements/{first.id}",
        {"label": "Un mot d’ici", "stage": first.content.stage.value, "target": "", "indicator": ""},
    )
    page = chloe.get(f"{CYCLE}/modeles")
    assert first.content.label in page
    assert "Un mot d’ici" in page
    amina.follow(
        f"{PRE}/elements/ajouter", {"label": "Une idée neuve", "stage": "activities", "target": "", "indicator": ""}
    )
    amina.follow(f"{PRE}/modeles/partager", {"about": "Pour un petit PRE"}, page=f"{PRE}/modeles")
    assert "Une idée neuve" in chloe.get(f"{CYCLE}/modeles")
    assert "Une idée neuve" not in chloe.get(f"{CYCLE}/")
    amina.follow(f"{PRE}/modeles/retirer", {}, page=f"{PRE}/modeles")
    assert storage.get_chain(essonne).taken is not None
    assert "Une idée neuve" not in chloe.get(f"{CYCLE}/modeles")
    essonne.close()


def test_a_template_never_covers_a_map_that_exists(browse: Any, db: EncryptedDatabase) -> None:
    amina = browse("amina")
    amina.follow(f"{PRE}/modeles/depart/reprendre", {}, page=f"{PRE}/")
    before = storage.get_chain(db)
    with pytest.raises(Refused, match="existe déjà"):
        pattern_storage.take_up(db, Actor("x", "coordinator", None), find(library(), "pre"))
    assert storage.get_chain(db).boxes == before.boxes
    amina.get(f"{PRE}/modeles/absent/reprendre", 405)


def test_only_new_words_are_said_to_be_newer() -> None:
    pattern = find(library(), "depart")
    chain = Chain(1, "T", (), (), 1)
    assert newer(pattern, chain) == list(pattern.boxes)


def test_a_tree_is_started_from_a_template_as_observable(browse: Any, db: EncryptedDatabase) -> None:
    browse("amina").follow(f"{PRE}/arbre/commencer/pre", {}, page=f"{PRE}/arbre")
    lines = tree_storage.list_lines(db)
    assert len(lines) == len(find(library(), "pre").tree)
    assert {line.state for line in lines} == {ImpactState.OBSERVABLE}


def test_readers_neither_take_nor_share(browse: Any, db: EncryptedDatabase) -> None:
    for persona in ("denis", "basile"):
        for deed in ("modeles/pre/reprendre", "modeles/partager", "modeles/retirer", "arbre/commencer/pre"):
            assert browse(persona).client.post(f"{PRE}/{deed}").status_code in (400, 403)
    assert storage.find_chain(db) is None
