"""The profile of support: chosen in the pathway, kept when its list changes, written out and read again."""

from datetime import date
from typing import Any

from sqlite_utils import Database

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.demo import PRE
from impact.pathways.daily_migrations import pathways
from impact.pathways.file_storage import get_file
from impact.pathways.vocabulary import ReferenceList
from impact.reference_lists import end_item, list_items
from impact.sheets import importing
from impact.sheets.export_storage import every_table, follow_up_table
from impact.sheets.reading import read_sheets
from impact.sheets.staging_storage import get_import, save_plan, stage
from impact.sheets.table_rules import HEADINGS
from impact.sheets.workbook import to_xlsx
from tests.impact.pathways.conftest import Child

TODAY = date(2026, 11, 20)
BASE = f"/communautes/{PRE}/enfants"


def profile_of(db: EncryptedDatabase, situation_id: int) -> str:
    pathway = get_file(db, situation_id).pathway
    assert pathway is not None
    return pathway.profile


def profiles_of(db: EncryptedDatabase, situation_id: int) -> list[tuple[date, str]]:
    pathway = get_file(db, situation_id).pathway
    assert pathway is not None
    return [(known.since, known.code) for known in pathway.profiles]


def plain(page: str) -> str:
    return page.replace("\u202f", " ").replace("\xa0", " ")


def test_what_was_chosen_before_profiles_had_days_dates_from_the_first_day() -> None:
    old = Database(memory=True)
    pathways.apply(old, stop_before="0015_dated_profiles")
    old.execute("PRAGMA foreign_keys = OFF")
    for key, profile in ((1, "profil_2"), (2, "")):
        line = {"id": key, "situation_id": key, "started_on": "2025-09-15", "profile": profile}
        old["pathway"].insert(line)
    pathways.apply(old)
    kept = [{"pathway_id": 1, "since": "2025-09-15", "profile": "profil_2"}]
    assert list(old["pathway_profile"].rows) == kept
    assert "profile" not in old["pathway"].columns_dict


def test_the_list_says_that_no_text_defines_them(browse: Any, lists: None) -> None:
    page = browse("amina").get(f"{BASE}/listes")
    assert "Profils d’accompagnement" in page
    assert "dont la définition n’est pas publiée" in page


def test_a_profile_is_chosen_shown_and_kept_when_it_is_no_longer_offered(
    browse: Any, db: EncryptedDatabase, amina: Actor, followed: Child
) -> None:
    child, other, basile = followed(), followed("Malo", "Sablonnière"), browse("basile")
    url = f"{BASE}/{child}/bilan"
    page = basile.follow(url, {"profile": "profil_2", "version": "1"})
    assert "<dt>Profil</dt><dd>Profil 2</dd>" in page
    second = next(item for item in list_items(db, ReferenceList.PROFILES) if item.code == "profil_2")
    end_item(db, amina, second.id, date(2026, 11, 19))
    assert '<option value="profil_2"' not in basile.get(f"{BASE}/{other}/bilan")
    assert '<option value="profil_2" selected' in basile.get(url)
    basile.follow(url, {"review_on": "15/12/2026", "profile": "profil_2", "version": "2"})
    assert profile_of(db, child) == "profil_2"
    refused = basile.send(f"{BASE}/{other}/bilan", {"profile": "profil_2", "version": "1"})
    assert 'id="profile-e"' in refused.text
    assert profile_of(db, other) == ""


def test_each_profile_keeps_its_days(browse: Any, db: EncryptedDatabase, followed: Child) -> None:
    child, basile = followed(), browse("basile")
    url = f"{BASE}/{child}/bilan"
    for told, words in (("27/09/2026", "a commencé le 28/09/2026"), ("21/11/2026", "à venir")):
        refused = basile.send(url, {"profile": "profil_1", "profile_since": told, "version": "1"})
        assert words in plain(refused.text)
        assert 'id="profile_since-e"' in refused.text
    assert profiles_of(db, child) == []
    basile.follow(url, {"profile": "profil_1", "profile_since": "28/09/2026", "version": "1"})
    page = basile.follow(url, {"profile": "profil_2", "version": "2"})
    assert "Depuis le 20/11/2026 ; avant : Profil 1 (depuis le 28/09/2026)" in plain(page)
    assert "Depuis le 28/09/2026 : Profil 1" in plain(basile.get(url))
    assert profiles_of(db, child) == [(date(2026, 9, 28), "profil_1"), (TODAY, "profil_2")]
    basile.follow(url, {"profile": "profil_2", "version": "3"})
    assert profiles_of(db, child) == [(date(2026, 9, 28), "profil_1"), (TODAY, "profil_2")]
    basile.follow(url, {"profile": "profil_2", "profile_since": "15/10/2026", "version": "4"})
    assert profiles_of(db, child) == [(date(2026, 9, 28), "profil_1"), (date(2026, 10, 15), "profil_2")]
    basile.follow(url, {"profile": "profil_1", "profile_since": "15/10/2026", "version": "5"})
    assert profiles_of(db, child) == [(date(2026, 9, 28), "profil_1")]


def test_two_people_who_choose_see_what_was_chosen(browse: Any, db: EncryptedDatabase, followed: Child) -> None:
    child, basile = followed(), browse("basile")
    basile.follow(f"{BASE}/{child}/bilan", {"profile": "profil_3", "version": "1"})
    answer = basile.send(f"{BASE}/{child}/bilan", {"profile": "profil_1", "version": "1"})
    assert answer.status_code == 409
    assert "Profil 3" in answer.text
    assert profile_of(db, child) == "profil_3"


def test_it_goes_out_and_comes_back(db: EncryptedDatabase, amina: Actor, browse: Any, followed: Child) -> None:
    child = followed()
    browse("amina").follow(f"{BASE}/{child}/bilan", {"profile": "profil_4", "version": "1"})
    _, headings, rows = follow_up_table(db, amina)
    assert rows[0][list(headings).index("Profil")] == "Profil 4"
    profiles = next(table for table in every_table(db, amina, codes=True) if table[0] == "Profils")
    assert profiles[2] == [[1, TODAY, "profil_4"]]
    told = dict(zip(HEADINGS, rows[0], strict=True)) | {"Nom de l’enfant": "Autre", "Profil": "Suivi léger"}
    sheets = read_sheets(to_xlsx([("Suivi", HEADINGS, [list(told.values())])]))
    received = get_import(db, stage(db, amina, "suivi.xlsx", sheets))
    plan = importing.propose(db, received, importing.propose_place(received.sheets, TODAY), TODAY)
    save_plan(db, amina, received.id, plan, received.version)
    importing.carry_out(db, amina, received.id, TODAY)
    assert profile_of(db, child + 1) == "suivi_leger"
    assert "Suivi léger" in {item.label for item in list_items(db, ReferenceList.PROFILES)}
