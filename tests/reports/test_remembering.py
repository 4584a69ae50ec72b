"""Exact figures are computed once, then again at the first change of what they read."""

from collections.abc import Callable
from datetime import date
from threading import Event

import pytest
from flask import Flask

from impact.audit import SYSTEM, Actor, Deed, note_access
from impact.communities.storage import add_organisation
from impact.db import EncryptedDatabase
from impact.demo import PRE
from impact.periods import Period, school_year
from impact.vocabulary import Audience, CommunityKind, OrganisationKind
from reports import remembering
from reports.computing.registry import COMPUTATIONS
from reports.data import Data
from reports.drafts.storage import add_draft
from reports.records import Estimate
from reports.remembering import computed
from reports.vocabulary import ReportKind
from surveys import storage
from surveys.definitions import get_standard
from surveys.records import Answer, NewWave
from tests.conftest import Browser

YEAR = school_year(2025)
CODES = ["cooperation.organisations_by_kind", "cooperation.missing_kinds"]


def test_a_change_of_the_file_makes_the_figures_again_and_a_reading_does_not(
    db: EncryptedDatabase, amina: Actor
) -> None:
    first = computed(db, YEAR, CommunityKind.PRE, CODES)
    note_access(db, amina, Deed.READ, "child", 1)
    add_draft(db, amina, ReportKind.ANNUAL, Audience.FUNDER, YEAR, ("public",), date(2026, 11, 20))
    assert computed(db, YEAR, CommunityKind.PRE, CODES) is first
    assert computed(db, school_year(2024), CommunityKind.PRE, CODES) is not first
    add_organisation(db, SYSTEM, "Ferme des Trois Puits", OrganisationKind.ASSOCIATION)
    again = computed(db, YEAR, CommunityKind.PRE, CODES)
    assert again != first


def test_a_page_finds_ready_what_another_one_asked_for(
    app: Flask, db: EncryptedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.test_request_context("/"):
        whole = computed(db, YEAR, CommunityKind.PRE)
        monkeypatch.setattr(remembering, "compute_all", None)
        part = computed(db, YEAR, CommunityKind.PRE, CODES)
    assert set(CODES) <= {row.code for row in part} < {row.code for row in whole}
    assert all(row in whole for row in part)


def test_an_answer_that_leaves_no_entry_makes_the_figures_again(db: EncryptedDatabase, amina: Actor) -> None:
    new, day = NewWave("Enfants", date(2026, 1, 5), date(2026, 1, 9), 20), date(2026, 1, 6)
    wave = storage.open_wave(db, amina, get_standard("bien-etre-enfant"), new, date(2026, 1, 5))
    first = computed(db, YEAR, CommunityKind.PRE, ["satisfaction.top_two"])
    for number in range(12):
        storage.add_response(db, wave, day, f"{number:024}", [Answer("happy", level=5)])
    assert computed(db, YEAR, CommunityKind.PRE, ["satisfaction.top_two"]) != first


PAGES = ("indicateurs/", "indicateurs/tableau-de-bord", "indicateurs/fiches/pre.children_followed", "rapports/apercu")


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Figures that wait for this event, asked for by pages that do not."""
    go, quick = Event(), COMPUTATIONS["pre.children_followed"]

    def computation(data: Data, period: Period) -> list[Estimate]:
        assert go.wait(20)
        return quick(data, period)

    monkeypatch.setitem(COMPUTATIONS, "pre.children_followed", computation)
    monkeypatch.setattr(remembering, "PATIENCE", 0.01)
    return go


@pytest.mark.parametrize("page", PAGES)
def test_a_page_whose_figures_take_long_tells_how_far_they_are_then_shows_them(
    page: str, browse: Callable[[str], Browser], slowly: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"/communautes/{PRE}/{page}"
    amina = browse("amina")
    waiting = amina.get(url, 202)
    assert "<progress" in waiting
    assert "Cette page se met à jour toute seule." in waiting
    assert amina.client.get(f"{url}?periode=2025-2026").headers["Refresh"] == f"2; url={url}?periode=2025-2026"
    slowly.set()
    monkeypatch.setattr(remembering, "PATIENCE", None)
    assert "<progress" not in amina.get(url)


def test_a_file_that_takes_long_says_that_it_will_come_by_itself(
    browse: Callable[[str], Browser], slowly: Event
) -> None:
    waiting = browse("amina").get(f"/communautes/{PRE}/indicateurs/indicateurs.csv", 202)
    slowly.set()
    assert "Le fichier se télécharge dès qu’il est prêt." in waiting


def test_a_figure_that_fails_is_computed_again(db: EncryptedDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(data: Data, period: Period) -> list[Estimate]:
        raise ArithmeticError

    with monkeypatch.context() as broken:
        broken.setitem(COMPUTATIONS, "pre.exits", failing)
        with pytest.raises(ArithmeticError):
            computed(db, YEAR, CommunityKind.PRE, ["pre.exits"])
    assert computed(db, YEAR, CommunityKind.PRE, ["pre.exits"])
