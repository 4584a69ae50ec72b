"""Orders, progress, freezing."""

import hashlib

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.exceptions import NotFound, Repeated
from impact.periods import school_year
from impact.vocabulary import Audience, CommunityKind
from reports import storage
from reports.records import Release
from reports.vocabulary import ReportState

YEAR = school_year(2025)


def _order(db: EncryptedDatabase, actor: Actor, once: str = "") -> int:
    return storage.order_report(db, actor, YEAR, CommunityKind.PRE, Audience.FUNDER, "0.1.0", once)


def test_a_report_goes_from_order_to_frozen_pdf(db: EncryptedDatabase, amina: Actor) -> None:
    ordered = _order(db, amina)
    assert storage.get_report(db, ordered).state is ReportState.QUEUED
    storage.note_progress(db, ordered, 2, 5, "Mise en page")
    running = storage.get_report(db, ordered)
    assert (running.state, running.step, running.steps, running.message) == (ReportState.RUNNING, 2, 5, "Mise en page")
    with pytest.raises(NotFound):
        storage.report_pdf(db, ordered)
    storage.issue_report(db, ordered, b"%PDF-1", [])
    ready = storage.get_report(db, ordered)
    assert ready.sha256 == hashlib.sha256(b"%PDF-1").hexdigest()
    assert storage.report_pdf(db, ordered) == b"%PDF-1"


def test_a_frozen_report_never_changes(db: EncryptedDatabase, amina: Actor) -> None:
    ordered = _order(db, amina)
    storage.issue_report(db, ordered, b"%PDF-1", [])
    frozen = storage.get_report(db, ordered)
    storage.issue_report(db, ordered, b"%PDF-2", [])
    storage.note_progress(db, ordered, 1, 9, "encore")
    storage.fail_report(db, ordered, "panne")
    assert storage.get_report(db, ordered) == frozen
    assert storage.report_pdf(db, ordered) == b"%PDF-1"


def test_a_form_sent_twice_orders_once(db: EncryptedDatabase, amina: Actor) -> None:
    _order(db, amina, "key")
    with pytest.raises(Repeated):
        _order(db, amina, "key")
    assert len(storage.list_reports(db)) == 1


def test_the_last_release_of_each_value_is_found(db: EncryptedDatabase, amina: Actor) -> None:
    for value in (33.0, 40.0):
        release = Release("pre.children_followed", "", YEAR.code, Audience.FUNDER, value, value, None, False)
        storage.issue_report(db, _order(db, amina), b"%PDF", [release])
    latest = storage.latest_releases(db, ["pre.children_followed", "pre.exits"])
    assert [each.value for each in latest[YEAR].values()] == [40.0]
    assert storage.latest_releases(db, ["pre.exits"]) == {}
