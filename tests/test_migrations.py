"""Migrations: unique, rising, harmless when applied twice, and ending in strict tables."""

import re

import pytest
from sqlite_utils import Database, Migrations

import app as assembly
from impact.db import EncryptedDatabase, migrate
from impact.instance import Instance

SCHEMA = assembly.schema()
EVERY_SET = list({group.name: group for group in (*SCHEMA.directory, *SCHEMA.shared, *SCHEMA.community)}.values())


def names(group: Migrations) -> list[str]:
    return [step.name for step in group.pending(Database(memory=True))]


def test_each_feature_has_a_set_of_its_own_name() -> None:
    for sets in (SCHEMA.directory, SCHEMA.shared, SCHEMA.community):
        found = [group.name for group in sets]
        assert len(found) == len(set(found))


@pytest.mark.parametrize("group", EVERY_SET, ids=lambda group: group.name)
def test_names_are_unique_and_rise_by_one(group: Migrations) -> None:
    found = names(group)
    assert found
    assert all(re.fullmatch(r"\d{4}_[a-z_]+", name) for name in found)
    assert [int(name[:4]) for name in found] == list(range(1, len(found) + 1))


def test_applying_again_changes_nothing(db: EncryptedDatabase) -> None:
    before = db.rows("SELECT * FROM sqlite_master ORDER BY name")
    assert migrate(db, SCHEMA.community) == []
    for group in SCHEMA.community:
        group.apply(db)
    assert db.rows("SELECT * FROM sqlite_master ORDER BY name") == before


def test_every_table_is_strict(place: Instance) -> None:
    for opened in (place.directory(), place.shared(), place.community("essonne")):
        loose = opened.rows(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict"
            " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlite_%'"
        )
        opened.close()
        assert loose == []
