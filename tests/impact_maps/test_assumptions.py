"""What links suppose: edited on a page, drawn, listed, and told when contradicted."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.exceptions import Conflict, NotFound, Refused
from impact_maps import demo, storage
from impact_maps.picture import picture
from impact_maps.records import Assumption, Link
from impact_maps.rules import right_assumption
from impact_maps.todos import chain_todos
from impact_maps.vocabulary import LinkState

BASE = "/communautes/pre-demonstration/chaine-de-valeur"
TODAY = date(2026, 11, 20)
CONTRADICTED = {
    "words": "On parle mieux chez soi.",
    "state": "contradicted",
    "assessed_on": "05/11/2026",
    "evidence": "Sept familles sur neuf préfèrent venir à l’école.",
    "answer": "",
}


@pytest.fixture
def link(db: EncryptedDatabase, amina: Actor) -> Link:
    demo.fill(db, amina, TODAY)
    return next(iter(storage.get_chain(db).links))


def _url(link: Link) -> str:
    return f"{BASE}/elements/{link.source}/liens/{link.target}"


def _said(db: EncryptedDatabase, link: Link) -> Assumption:
    return storage.get_chain(db).assumption(link.source, link.target)


def test_a_contradicted_assumption_is_drawn_listed_and_asked_about(
    browse: Any, db: EncryptedDatabase, amina: Actor, link: Link
) -> None:
    before = str(picture(storage.get_chain(db), {})).count("#9e3220")
    page = browse("amina").follow(_url(link), CONTRADICTED)
    assert "Contredite" in page
    said = _said(db, link)
    assert (said.state, said.assessed_on) == (LinkState.CONTRADICTED, date(2026, 11, 5))
    assert said.assessed_by == amina.member_id
    assert str(picture(storage.get_chain(db), {})).count("#9e3220") == before + 2
    listed = browse("amina").get(f"{BASE}/")
    assert "Sept familles sur neuf" in listed
    assert "Pas encore de réponse" in listed
    (todo,) = [each for each in chain_todos(db, amina, TODAY) if each.values["target_id"] == link.target]
    assert "5\u00a0novembre\u00a02026" in todo.detail or "5 novembre 2026" in todo.detail
    assert _url(link) in browse("amina").get("/")


def test_an_answer_ends_the_question(browse: Any, db: EncryptedDatabase, amina: Actor, link: Link) -> None:
    browse("amina").follow(_url(link), {**CONTRADICTED, "answer": "Nous proposons les deux."})
    assert all(each.values["target_id"] != link.target for each in chain_todos(db, amina, TODAY))
    assert "Nous proposons les deux." in browse("amina").get(f"{BASE}/")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"state": ""}, "Choisissez un état"),
        ({"assessed_on": ""}, "de quand date"),
        ({"assessed_on": "31/02/2026"}, "Février a 28"),
        ({"assessed_on": "21/11/2026"}, "pas encore venu"),
        ({"evidence": ""}, "ce que vous avez observé"),
        ({"words": "x" * 501}, "500 caractères au plus"),
    ],
)
def test_wrong_input_is_explained_and_kept(
    browse: Any, db: EncryptedDatabase, link: Link, wrong: dict[str, str], words: str
) -> None:
    page = browse("amina").send(_url(link), {**CONTRADICTED, **wrong}).text
    assert page.count(words) == 2
    assert {**CONTRADICTED, **wrong}["words"] in page
    assert _said(db, link).version == 1


def test_two_editors_do_not_lose_each_other(browse: Any, db: EncryptedDatabase, link: Link) -> None:
    browse("amina").follow(_url(link), CONTRADICTED)
    late = browse("elodie").send(_url(link), {**CONTRADICTED, "words": "Autre", "version": "1"})
    assert late.status_code == 409
    assert "On parle mieux chez soi." in late.text
    with pytest.raises(Conflict):
        storage.change_assumption(db, Actor("x", "coordinator"), link, Assumption(), 1, TODAY)


def test_only_those_who_draw_the_chain_say_what_is_known(browse: Any, db: EncryptedDatabase, link: Link) -> None:
    for persona in ("denis", "basile"):
        browse(persona).get(_url(link), 403)
    browse("chloe").get(_url(link), 404)
    browse("amina").get(f"{BASE}/elements/{link.target}/liens/{link.source}", 404)
    browse("amina").follow(_url(link), CONTRADICTED)
    # A funder reads what is known, and not who said it.
    author = re.compile(r"05/11/2026, \w+")
    assert author.search(browse("amina").get(f"{BASE}/"))
    assert not author.search(browse("denis").get(f"{BASE}/"))
    assert "Sept familles sur neuf" in browse("denis").get(f"{BASE}/")


def test_an_untested_assumption_carries_no_evidence() -> None:
    full = Assumption("Pourquoi", LinkState.CONTRADICTED, TODAY, "Vu", "On change", 1)
    assert right_assumption(full, TODAY) == full
    assert right_assumption(replace(full, state=LinkState.SUPPORTED), TODAY).answer == ""
    bare = right_assumption(replace(full, state=LinkState.UNTESTED), TODAY)
    assert (bare.words, bare.evidence, bare.assessed_on, bare.assessed_by) == ("Pourquoi", "", None, None)
    with pytest.raises(Refused):
        right_assumption(replace(full, evidence=""), TODAY)


def test_a_link_that_is_not_there_has_no_assumption(db: EncryptedDatabase, amina: Actor, link: Link) -> None:
    with pytest.raises(NotFound):
        storage.change_assumption(db, amina, Link(link.target, link.source), Assumption(), 1, TODAY)
