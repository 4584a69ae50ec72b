"""Exact figures are computed once, then again at the first change of what they read."""

from datetime import date

from impact.audit import SYSTEM, Actor, Deed, note_access
from impact.communities.storage import add_organisation
from impact.db import EncryptedDatabase
from impact.periods import school_year
from impact.vocabulary import Audience, CommunityKind, OrganisationKind
from reports.drafts.storage import add_draft
from reports.remembering import computed
from reports.vocabulary import ReportKind
from surveys import storage
from surveys.definitions import get_standard
from surveys.records import Answer, NewWave

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


def test_an_answer_that_leaves_no_entry_makes_the_figures_again(db: EncryptedDatabase, amina: Actor) -> None:
    new, day = NewWave("Enfants", date(2026, 1, 5), date(2026, 1, 9), 20), date(2026, 1, 6)
    wave = storage.open_wave(db, amina, get_standard("bien-etre-enfant"), new, date(2026, 1, 5))
    first = computed(db, YEAR, CommunityKind.PRE, ["satisfaction.top_two"])
    for number in range(12):
        storage.add_response(db, wave, day, f"{number:024}", [Answer("happy", level=5)])
    assert computed(db, YEAR, CommunityKind.PRE, ["satisfaction.top_two"]) != first
