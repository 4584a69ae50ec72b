"""Files old enough, people of the team, and the words that must never come back."""

from datetime import date

import pytest

from impact.accounts.access import FieldClass
from impact.audit import Actor
from impact.communities.storage import list_members
from impact.db import EncryptedDatabase
from impact.identities import Identity
from impact.pathways.pathway_storage import add_note, start_pathway
from impact.pathways.records import Consent, Decision, Note, Objective, Orientation, Situation
from impact.pathways.storage import add_consent, add_decision, add_situation, save_orientation, seed_lists
from impact.pathways.vocabulary import ContactKind, Means, Outcome, Relation, Sex

TODAY = date(2026, 11, 20)
OLD = date(2023, 10, 2)
# One word in each class of field, and in each place where something is written.
CANARIES = {
    "identity": "Zibelinquart",
    "parent": "Ombelindre",
    "sender": "Vertuchoise",
    "school": "grammairoise",
    "social": "escalopinet",
    "health": "ophtalmique",
    "justice": "prétorienne",
    "context": "contextuelle",
    "tried": "esquissade",
}


@pytest.fixture
def basile(db: EncryptedDatabase) -> Actor:
    """A referent of `pre-demonstration`."""
    return actor_of(db, "Basile Tournelac", "referent")


@pytest.fixture
def lists(db: EncryptedDatabase, amina: Actor) -> None:
    """The reference lists, filled."""
    seed_lists(db, amina, date(2020, 9, 1))


@pytest.fixture
def child(db: EncryptedDatabase, amina: Actor, lists: None) -> int:
    """The situation of a child last met on 2 October 2023, followed by Amina, with a canary in every class."""
    return followed(db, amina, OLD)


def actor_of(db: EncryptedDatabase, name: str, role: str) -> Actor:
    """The member of that name, in that role."""
    member = next(known for known in list_members(db) if known.name == name)
    return Actor(member.account_ref or "", role, member.id)


def followed(
    db: EncryptedDatabase, actor: Actor, day: date, given: str = "Aldegonde", family: str = CANARIES["identity"]
) -> int:
    """A child whose whole story happened on one day, and whose pathway is open."""
    child = Identity(family, given, date(2015, 3, 14))
    situation = Situation(child, Sex.GIRL, day, "school", ("family",), CANARIES["context"])
    added = add_situation(db, actor, situation, TODAY, known="other")
    sender = Identity(CANARIES["sender"], "Ysoline")
    orientation = Orientation(sender, "Directrice", "École des Tilleuls", CANARIES["tried"])
    save_orientation(db, actor, added, orientation, TODAY)
    parent = Identity(CANARIES["parent"], "Dalva")
    scope = frozenset(FieldClass) - {FieldClass.IDENTITY}
    add_consent(db, actor, added, Consent(parent, Relation.MOTHER, day, Means.WRITTEN, scope, "Version 2"), TODAY)
    add_decision(db, actor, added, Decision(day, Outcome.PATHWAY), TODAY)
    start_pathway(db, actor, added, day, None, actor.member_id or 0, [Objective("Lire", "Peu")], TODAY)
    for field in scope:
        note = Note(day, ContactKind.CALL, 20, None, field, f"Parle de {CANARIES[field.value]}.")
        add_note(db, actor, added, note, TODAY, readable=frozenset(FieldClass))
    return added
