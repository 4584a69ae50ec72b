"""The impact tree: publics, objectives, impacts observed or observable; the table says what the picture says."""

import re
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.exceptions import Conflict, NotFound, Refused
from impact_maps import demo, tree_storage
from impact_maps.contents import tree_from_text, tree_to_text
from impact_maps.records import TreeLine
from impact_maps.rules import MOST_BOXES, MOST_REVISIONS, right_line
from impact_maps.tree_picture import branches, by_public, printed
from impact_maps.tree_revision_storage import bring_back_tree, list_tree_revisions, undo_tree
from impact_maps.vocabulary import ImpactState, Public

TREE = "/communautes/pre-demonstration/chaine-de-valeur/arbre"
TODAY = date(2026, 11, 20)
LINE = TreeLine(Public.FAMILIES, "Être reconnu", "Vient sans être convoqué", ImpactState.OBSERVABLE)
SEEN = replace(LINE, words="Prend la parole", state=ImpactState.OBSERVED, observed_on=TODAY, evidence="En réunion.")
TYPED = {
    "public": "families",
    "objective": "Être reconnu",
    "words": "Vient sans être convoqué",
    "state": "observable",
    "observed_on": "",
    "evidence": "",
    "indicator": "",
}


@pytest.fixture
def line(db: EncryptedDatabase, amina: Actor) -> int:
    return tree_storage.add_line(db, amina, LINE, TODAY)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"observed_on": None}, "observed_on"),
        ({"observed_on": date(2026, 11, 21)}, "observed_on"),
        ({"evidence": ""}, "evidence"),
    ],
)
def test_what_was_seen_has_a_day_and_evidence(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        right_line(replace(SEEN, **wrong), TODAY)
    assert refusal.value.field == field
    forgotten = right_line(replace(SEEN, state=ImpactState.OBSERVABLE), TODAY)
    assert (forgotten.observed_on, forgotten.evidence) == (None, "")


def test_lines_of_one_public_and_objective_stand_together() -> None:
    lines = [LINE, replace(LINE, public=Public.YOUNG), SEEN]
    assert [(branch.public, len(branch.lines)) for branch in branches(lines)] == [
        (Public.FAMILIES, 2),
        (Public.YOUNG, 1),
    ]
    assert [public for public, _ in by_public(lines)] == [Public.FAMILIES, Public.YOUNG]


def test_a_tree_comes_back_from_its_text() -> None:
    assert tree_from_text(tree_to_text([LINE, SEEN])) == [LINE, SEEN]


def test_two_editors_meet_and_an_impact_is_not_written_twice(db: EncryptedDatabase, amina: Actor, line: int) -> None:
    tree_storage.change_line(db, amina, line, replace(LINE, words="Autrement"), 1, False, TODAY)
    with pytest.raises(Conflict):
        tree_storage.change_line(db, amina, line, LINE, 1, False, TODAY)
    other = tree_storage.add_line(db, amina, LINE, TODAY)
    with pytest.raises(Refused, match="déjà dans l’arbre"):
        tree_storage.change_line(db, amina, other, replace(LINE, words="Autrement"), 1, False, TODAY)
    tree_storage.remove_line(db, amina, other)
    with pytest.raises(NotFound):
        tree_storage.get_line(db, other)


def test_an_objective_is_renamed_for_all_its_impacts_or_one(db: EncryptedDatabase, amina: Actor, line: int) -> None:
    tree_storage.add_line(db, amina, SEEN, TODAY)
    tree_storage.change_line(db, amina, line, replace(LINE, objective="Être écouté"), 1, True, TODAY)
    assert {each.objective for each in tree_storage.list_lines(db)} == {"Être écouté"}
    tree_storage.change_line(db, amina, line, replace(LINE, objective="À part"), 2, False, TODAY)
    assert {each.objective for each in tree_storage.list_lines(db)} == {"Être écouté", "À part"}


def test_a_tree_has_an_end(db: EncryptedDatabase, amina: Actor) -> None:
    with pytest.raises(Refused, match=str(MOST_BOXES)):
        for number in range(300):
            tree_storage.add_line(db, amina, replace(LINE, words=f"Impact {number}"), TODAY)
    assert len(tree_storage.list_lines(db)) < MOST_BOXES


def test_the_table_says_what_the_picture_says(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    demo.fill(db, amina, TODAY)
    page = browse("amina").get(TREE)
    leads = set(re.findall(r'href="#(fiche-[\w-]+)"', page))
    assert leads
    assert leads == set(re.findall(r'id="(fiche-[\w-]+)"', page))
    lines = tree_storage.list_lines(db)
    for each in lines:
        assert f'id="fiche-i-{each.id}"' in page
    drawn = "".join(ElementTree.fromstring(printed(lines, {})).itertext())
    for word in {word for each in lines for word in each.words.split()}:
        assert word in drawn


def test_an_impact_is_added_seen_and_removed_by_forms(browse: Any, db: EncryptedDatabase) -> None:
    amina = browse("amina")
    assert "Pas encore d’arbre" in amina.get(TREE)
    page = amina.follow(f"{TREE}/ajouter", TYPED)
    assert "1\u00a0impact, dont 0\u00a0observé" in page
    (line,) = tree_storage.list_lines(db)
    seen = {**TYPED, "state": "observed", "observed_on": "05/11/2026", "evidence": "En réunion."}
    page = amina.follow(f"{TREE}/{line.id}", seen)
    assert "observé le 05/11/2026" in page
    late = browse("elodie").send(f"{TREE}/{line.id}", {**TYPED, "words": "Autre", "version": "1"})
    assert late.status_code == 409
    page = amina.follow(f"{TREE}/{line.id}/retirer", {}, page=f"{TREE}/{line.id}")
    assert "retiré de l’arbre" in page
    assert tree_storage.list_lines(db) == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"public": ""}, "Choisissez pour qui"),
        ({"objective": ""}, "Écrivez l’objectif"),
        ({"words": "x" * 300}, "120 caractères au plus"),
        ({"state": "observed"}, "de quand date"),
        ({"state": "observed", "observed_on": "05/11/2026"}, "ce que vous avez observé"),
        ({"state": "observed", "observed_on": "31/02/2026"}, "31/02/2026"),
        ({"indicator": "invented"}, "réponse de la liste"),
    ],
)
def test_a_wrong_impact_is_explained_and_kept(
    browse: Any, db: EncryptedDatabase, wrong: dict[str, str], words: str
) -> None:
    page = browse("amina").send(f"{TREE}/ajouter", {**TYPED, **wrong}).text
    assert words in page
    assert "Ce n’est pas encore enregistré" in page
    assert "Vient sans être convoqué" in page or "words" in wrong
    assert tree_storage.list_lines(db) == []


def test_who_reads_and_who_draws(browse: Any, line: int) -> None:
    for persona in ("denis", "basile"):
        page = browse(persona).get(TREE)
        assert "Ajouter un impact" not in page
        browse(persona).get(f"{TREE}/{line}", 403)
    browse("chloe").get(TREE, 404)
    browse("amina").get(f"{TREE}/999999", 404)


def _words(db: EncryptedDatabase) -> list[str]:
    return [each.words for each in tree_storage.list_lines(db)]


def test_undo_goes_back_to_the_empty_tree_and_stops(db: EncryptedDatabase, amina: Actor, line: int) -> None:
    tree_storage.add_line(db, amina, SEEN, TODAY)
    tree_storage.change_line(db, amina, line, replace(LINE, words="Autrement"), 1, False, TODAY)
    tree_storage.remove_line(db, amina, line)
    for left in ({"Autrement", SEEN.words}, {LINE.words, SEEN.words}, {LINE.words}, set()):
        undo_tree(db, amina, list_tree_revisions(db)[0].number)
        assert set(_words(db)) == left
    with pytest.raises(Refused, match="plus rien à annuler"):
        undo_tree(db, amina, list_tree_revisions(db)[0].number)
    bring_back_tree(db, amina, 3, list_tree_revisions(db)[0].number)
    assert set(_words(db)) == {LINE.words, SEEN.words}
    assert {each for each in tree_storage.list_lines(db) if each.observed_on} != set()


def test_nobody_undoes_what_she_has_not_read_and_old_versions_go(
    db: EncryptedDatabase, amina: Actor, line: int
) -> None:
    read = list_tree_revisions(db)[0].number
    tree_storage.add_line(db, amina, SEEN, TODAY)
    with pytest.raises(Refused, match="pendant que vous lisiez"):
        undo_tree(db, amina, read)
    with pytest.raises(NotFound):
        bring_back_tree(db, amina, 99, read + 1)
    assert len(_words(db)) == 2
    for number in range(MOST_REVISIONS + 3):
        tree_storage.change_line(db, amina, line, replace(LINE, words=f"Mots {number}"), number + 1, False, TODAY)
    assert len(list_tree_revisions(db)) == MOST_REVISIONS


def test_what_changes_nothing_leaves_no_version(db: EncryptedDatabase, amina: Actor, line: int) -> None:
    before = list_tree_revisions(db)
    tree_storage.change_line(db, amina, line, LINE, 1, False, TODAY)
    assert list_tree_revisions(db) == before
    assert [each.summary[:6] for each in before] == ["Ajouté", "Avant "]


def test_versions_of_the_tree_are_read_undone_and_brought_back_by_pages(
    browse: Any, db: EncryptedDatabase, line: int
) -> None:
    amina = browse("amina")
    amina.follow(f"{TREE}/{line}/retirer", {}, page=f"{TREE}/{line}")
    page = amina.follow(f"{TREE}/annuler", {}, page=TREE)
    assert "l’arbre est de nouveau celui de la version 2" in page
    assert _words(db) == [LINE.words]
    page = amina.get(f"{TREE}/versions")
    assert "Retour à la version 2" in page
    assert LINE.words in page
    amina.follow(f"{TREE}/versions/3/reprendre", {}, page=f"{TREE}/versions")
    assert _words(db) == []
    denis = browse("denis")
    assert "Reprendre" not in denis.get(f"{TREE}/versions")
    for deed in ("annuler", "versions/2/reprendre"):
        assert denis.client.post(f"{TREE}/{deed}").status_code in (400, 403)


@pytest.mark.pdf
def test_chain_and_tree_are_printed_on_landscape_pages(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    demo.fill(db, amina, TODAY)
    for name in ("chaine-de-valeur", "arbre-a-impacts"):
        for size in ("", "?format=a3"):
            answer = browse("denis").client.get(f"{TREE.removesuffix('/arbre')}/{name}.pdf{size}")
            assert answer.data.startswith(b"%PDF")
            assert answer.mimetype == "application/pdf"
