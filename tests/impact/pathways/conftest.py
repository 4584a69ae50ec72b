"""People of the support team and a child on the way."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from impact.accounts.access import FieldClass, Role
from impact.accounts.storage import change_role, list_memberships
from impact.audit import SYSTEM, Actor
from impact.communities.storage import list_members
from impact.db import EncryptedDatabase
from impact.demo import PRE
from impact.identities import Identity
from impact.instance import Instance
from impact.pathways.pathway_storage import start_pathway
from impact.pathways.records import Consent, Decision, Objective, Situation
from impact.pathways.storage import add_consent, add_decision, add_situation, seed_lists
from impact.pathways.vocabulary import Means, Outcome, Relation, Sex

TODAY = date(2026, 11, 20)
RECEIVED = date(2026, 9, 7)
Child = Callable[..., int]


def actor_of(db: EncryptedDatabase, name: str, role: str) -> Actor:
    """The member of that name, in that role."""
    member = next(known for known in list_members(db) if known.name == name)
    return Actor(member.account_ref or "", role, member.id)


@pytest.fixture
def basile(db: EncryptedDatabase) -> Actor:
    """A referent of `pre-demonstration`."""
    return actor_of(db, "Basile Tournelac", "referent")


@pytest.fixture
def partner(place: Instance, db: EncryptedDatabase) -> Actor:
    """Denis, made a partner of the support team for the test."""
    directory = place.directory()
    denis = actor_of(db, "Denis Hautmont", Role.TEAM_PARTNER.value)
    membership = next(m for m in list_memberships(directory, slug=PRE) if m.member_id == denis.member_id)
    change_role(directory, SYSTEM, membership.id, Role.TEAM_PARTNER)
    directory.close()
    return denis


@pytest.fixture
def lists(db: EncryptedDatabase, amina: Actor) -> None:
    """The reference lists, filled."""
    seed_lists(db, amina, date(2020, 9, 1))


@pytest.fixture
def received(db: EncryptedDatabase, amina: Actor, lists: None) -> Child:
    """`received(given, family)` gives the id of a situation received on 7 September 2026 by Amina."""

    def add(given: str = "Zélie", family: str = "Pommerole", actor: Actor = amina, **changes: object) -> int:
        values: dict[str, object] = {
            "child": Identity(family, given, date(2017, 3, 14)),
            "sex": Sex.GIRL,
            "received_on": RECEIVED,
            "origin": "school",
            "motives": ("school_results", "isolation"),
            "context": "L’école demande un appui.",
        }
        return add_situation(db, actor, Situation(**(values | changes)), TODAY)  # type: ignore[arg-type]

    return add


def agreed(
    db: EncryptedDatabase,
    actor: Actor,
    situation_id: int,
    day: date = RECEIVED + timedelta(5),
    scope: tuple[FieldClass, ...] = (FieldClass.SCHOOL, FieldClass.SOCIAL),
) -> None:
    """The mother agrees."""
    given_by = Identity("Pommerole", "Dalva")
    consent = Consent(given_by, Relation.MOTHER, day, Means.WRITTEN, frozenset(scope), "Formulaire, version 2")
    add_consent(db, actor, situation_id, consent, TODAY)


@pytest.fixture
def followed(db: EncryptedDatabase, amina: Actor, basile: Actor, received: Child) -> Child:
    """`followed(given, family)` gives the situation of a child whom Basile follows since 28 September 2026."""

    def open_one(given: str = "Zélie", family: str = "Pommerole", referent: Actor = basile, **changes: object) -> int:
        scope = changes.pop("scope", (FieldClass.SCHOOL, FieldClass.SOCIAL))
        added = received(given, family, **changes)
        agreed(db, amina, added, scope=scope)  # type: ignore[arg-type]
        add_decision(db, amina, added, Decision(date(2026, 9, 21), Outcome.PATHWAY), TODAY)
        objectives = [Objective("Lire un texte court", "Lit dix mots"), Objective("Venir chaque mercredi", "Jamais")]
        start_pathway(
            db, amina, added, date(2026, 9, 28), date(2026, 12, 8), referent.member_id or 0, objectives, TODAY
        )
        return added

    return open_one
