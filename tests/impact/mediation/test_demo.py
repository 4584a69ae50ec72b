"""The team of mediators of the demonstration has the figures of the field."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import app as assembly
from impact.db import EncryptedDatabase
from impact.demo import MEDIATION
from impact.instance import Instance
from impact.mediation import activity_storage, storage
from impact.mediation.vocabulary import SiteKind
from impact.periods import last_complete_school_year, local_today


@pytest.fixture
def db(demo_root: Path) -> Iterator[EncryptedDatabase]:
    opened = Instance(demo_root, assembly.schema()).community(MEDIATION)
    yield opened
    opened.close()


def test_24_mediators_on_45_sites_with_20_colleges_of_21(db: EncryptedDatabase) -> None:
    sites, postings = storage.list_sites(db), storage.list_postings(db)
    covered = {posting.site_id for posting in postings}
    assert len({posting.member_id for posting in postings}) == 24
    assert len(covered) == 45
    colleges = [site for site in sites if site.kind is SiteKind.COLLEGE]
    assert (len(colleges), sum(site.id in covered for site in colleges)) == (21, 20)


def test_8_committees_in_a_year_and_nobody_beyond_a_full_time_post(db: EncryptedDatabase) -> None:
    year = last_complete_school_year(local_today())
    assert storage.committees(db, year.start, year.end) == 8
    shares: dict[int, int] = {}
    for posting in storage.list_postings(db):
        shares[posting.member_id] = shares.get(posting.member_id, 0) + posting.share
    assert set(shares.values()) == {100}


def test_some_weeks_are_unknown_and_no_activity_lies_in_an_absence(db: EncryptedDatabase) -> None:
    said, counts = activity_storage.said_weeks(db), activity_storage.week_counts(db)
    assert all(said[key] for key in counts)
    assert 0 < sum(1 for present in said.values() if not present) < len(said) / 5
    assert any(present and key not in counts for key, present in said.items())
