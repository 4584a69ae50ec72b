"""What « À faire » asks of each person."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from impact.accounts.access import FieldClass
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.identities import Identity
from impact.navigation import Urgency
from impact.pathways.pathway_storage import change_review
from impact.pathways.records import Consent, Decision
from impact.pathways.storage import add_consent, add_decision, withdraw_consent
from impact.pathways.todos import list_todos
from impact.pathways.vocabulary import Means, Outcome, Relation

TODAY = date(2026, 11, 20)
Child = Callable[..., int]


def agree(db: EncryptedDatabase, actor: Actor, child: int, day: date) -> None:
    mother = Identity("Lilas", "Odile")
    add_consent(
        db,
        actor,
        child,
        Consent(mother, Relation.MOTHER, day, Means.ORAL, frozenset({FieldClass.SCHOOL}), "Texte"),
        TODAY,
    )


def titles(db: EncryptedDatabase, actor: Actor) -> list[tuple[Urgency, str]]:
    return [(todo.urgency, todo.title) for todo in list_todos(db, actor, TODAY)]


def test_each_missing_thing_is_asked_of_who_can_do_it(
    db: EncryptedDatabase, amina: Actor, basile: Actor, received: Child
) -> None:
    received()
    assert titles(db, amina) == [(Urgency.MISSING, "Accord des parents de Zélie Pommerole")]
    assert titles(db, basile) == []
    waiting = received("Rose", "Lilas", received_on=TODAY - timedelta(15))
    agree(db, amina, waiting, TODAY - timedelta(10))
    assert (Urgency.WAITING, "1\u00a0situation attend une réunion") in titles(db, amina)
    assert titles(db, basile) == []
    late = received("Nour", "Sureau", received_on=TODAY - timedelta(16))
    agree(db, amina, late, TODAY - timedelta(10))
    assert (Urgency.LATE, "Décision de l’équipe pour Nour Sureau") in titles(db, amina)
    add_decision(db, amina, late, Decision(TODAY, Outcome.PATHWAY), TODAY)
    assert (Urgency.WAITING, "Parcours de Nour Sureau à ouvrir") in titles(db, amina)


def test_a_referent_is_asked_about_her_children(
    db: EncryptedDatabase, amina: Actor, basile: Actor, followed: Child
) -> None:
    child = followed()
    assert titles(db, basile) == [(Urgency.MISSING, "1\u00a0enfant sans contact depuis 42 jours")]
    change_review(db, basile, child, date(2026, 11, 6), 1, TODAY)
    withdraw_consent(db, basile, child, TODAY, TODAY)
    found = titles(db, basile)
    assert (Urgency.LATE, "Bilan de Zélie Pommerole") in found
    assert (Urgency.WAITING, "Accord retiré pour Zélie Pommerole") in found


def test_many_of_a_kind_make_one_line(browse: Any, db: EncryptedDatabase, amina: Actor, received: Child) -> None:
    for given in ("Rose", "Nour", "Lou"):
        received(given, "Lilas")
    assert titles(db, amina) == [(Urgency.MISSING, "3\u00a0situations sans accord d’un représentant légal")]
    page = browse("amina").get("/")
    assert "etat=agreement" in page
    assert "Lilas" not in page


def test_naming_a_child_leaves_an_entry_and_others_have_nothing_to_do(
    db: EncryptedDatabase, amina: Actor, received: Child
) -> None:
    received()
    before = db.value("SELECT count(*) FROM audit_entry")
    list_todos(db, amina, TODAY)
    assert db.value("SELECT count(*) FROM audit_entry") == before + 1
    for role in ("funder", "board", "facilitator", "team_partner", "member", "evaluator"):
        assert list_todos(db, Actor("x", role, 4), TODAY) == []
