"""The demonstration's parents' cafés, and a child received."""

from datetime import date

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.families import demo
from impact.identities import Identity
from impact.pathways.records import Situation
from impact.pathways.storage import add_situation, seed_lists
from impact.pathways.vocabulary import Sex
from impact.workshops import demo as workshops_demo

TODAY = date(2026, 11, 20)


@pytest.fixture
def cafes(db: EncryptedDatabase, amina: Actor) -> None:
    """A cycle of parents' cafés, the last two with their families."""
    workshops_demo.fill(db, amina, TODAY)
    demo.fill(db, amina, TODAY)


@pytest.fixture
def child(db: EncryptedDatabase, amina: Actor) -> int:
    """A situation received in September."""
    seed_lists(db, amina, date(2020, 9, 1))
    pomme = Identity("Pommerole", "Zélie", date(2017, 3, 14))
    situation = Situation(pomme, Sex.GIRL, date(2026, 9, 7), "school", ("isolation",), "L’école demande un appui.")
    return add_situation(db, amina, situation, TODAY)
