"""The pages of « Médiation », as each persona meets them."""

import re
from datetime import date
from typing import Any

import pytest

from impact.accounts.access import Role
from impact.audit import SYSTEM, Actor
from impact.communities.storage import add_organisation, list_members
from impact.cooperation import meeting_storage
from impact.cooperation.records import Meeting
from impact.cooperation.vocabulary import MeetingKind
from impact.db import EncryptedDatabase
from impact.mediation import activity_storage, storage
from impact.mediation.records import Posting, Site
from impact.mediation.todos import mediation_todos
from impact.mediation.vocabulary import SiteKind
from impact.vocabulary import OrganisationKind
from tests.conftest import TODAY

ROOT = "/communautes/pre-demonstration/mediation"
NOTED = {
    "category": "presence",
    "axis": "violence",
    "minutes": "30",
    "done_on": "20/11/2026",
    "people": "12",
    "girls": "5",
    "boys": "7",
    "told": "Cour de récréation",
}


def member_named(db: EncryptedDatabase, name: str) -> int:
    return next(member.id for member in list_members(db) if member.name.startswith(name))


@pytest.fixture
def school(db: EncryptedDatabase, amina: Actor) -> int:
    """A college where Basile is posted since Monday the 2nd of November."""
    site = Site(0, "Collège du Ruisseau", SiteKind.COLLEGE, date(2025, 9, 1))
    site_id = storage.add_sites(db, amina, [site])[0]
    storage.add_posting(db, amina, Posting(0, site_id, member_named(db, "Basile"), 50, date(2026, 11, 2)))
    return site_id


def test_the_empty_page_says_what_to_do_and_refuses_who_may_not_read(browse: Any) -> None:
    page = browse("elodie").get(f"{ROOT}/")
    assert "Aucun site pour l’instant" in page
    assert "Inscrire les sites" in page
    assert "Inscrire les sites" not in browse("basile").get(f"{ROOT}/")
    for address in ("sites/nouveau", "activites/", "activites.csv", "fermetures", "listes"):
        browse("basile").get(f"{ROOT}/{address}", 403)
    for address in ("", "sites/", "ma-journee", "activites/nouvelle"):
        browse("denis").get(f"{ROOT}/{address}", 403)
        browse("chloe").get(f"{ROOT}/{address}", 404)
        assert browse(None).client.get(f"{ROOT}/{address}").status_code == 302
    assert "affecté à aucun site" in browse("basile").get(f"{ROOT}/activites/nouvelle")
    assert "affecté à aucun site" in browse("basile").get(f"{ROOT}/ma-journee")


def test_sites_are_listed_at_once_and_a_name_is_taken_once(browse: Any, db: EncryptedDatabase) -> None:
    elodie = browse("elodie")
    typed = {"kind": "college", "name": "Collège A\n\nCollège B \nCollège A", "opened_on": "01/09/2026"}
    assert "Sites enregistrés" in elodie.follow(f"{ROOT}/sites/plusieurs", typed)
    assert [site.name for site in storage.list_sites(db)] == ["Collège A", "Collège B"]
    refused = elodie.send(f"{ROOT}/sites/plusieurs", {**typed, "name": "Collège C\nCollège B"}).text
    assert "Collège B est déjà dans la liste" in refused
    assert "Collège C" in refused
    refused = elodie.send(
        f"{ROOT}/sites/1/modifier", {"name": "Collège B", "kind": "college", "opened_on": "01/09/2026"}
    )
    assert "porte déjà ce nom" in refused.text
    closing = {"name": "Collège A", "kind": "college", "opened_on": "01/09/2026", "closed_on": "01/08/2026"}
    assert "avant l’ouverture" in elodie.send(f"{ROOT}/sites/1/modifier", closing).text


def test_a_site_entered_by_mistake_goes_and_one_with_a_mediator_stays(
    browse: Any, db: EncryptedDatabase, school: int
) -> None:
    elodie = browse("elodie")
    elodie.follow(f"{ROOT}/sites/nouveau", {"name": "Collège B", "kind": "college", "opened_on": "01/09/2026"})
    assert "retiré" in elodie.follow(f"{ROOT}/sites/2/retirer", {}, page=f"{ROOT}/sites/2/modifier")
    refused = elodie.send(f"{ROOT}/sites/{school}/retirer", {}, page=f"{ROOT}/sites/{school}/modifier")
    assert refused.status_code in (400, 422)
    assert "une date de fin" in refused.text
    answer = browse("basile").send(f"{ROOT}/sites/{school}/retirer", {}, page=f"{ROOT}/ma-journee")
    assert answer.status_code in (400, 403)
    assert [site.id for site in storage.list_sites(db)] == [school]


def test_a_mediator_is_posted_within_a_full_time_post(browse: Any, db: EncryptedDatabase, school: int) -> None:
    elodie, member_id = browse("elodie"), member_named(db, "Amina")
    post = f"{ROOT}/sites/{school}/affecter"
    assert "Choisissez une personne" in elodie.send(post, {"share": "50", "started_on": "01/09/2026"}).text
    typed = {"member_id": str(member_id), "share": "120", "started_on": "01/09/2026"}
    assert "entre 1 et 100" in elodie.send(post, typed).text
    assert "à partir du 1er" in elodie.send(post, {**typed, "share": "60", "started_on": "01/09/2024"}).text
    assert "Amina Vertefeuille" in elodie.follow(post, {**typed, "share": "60"})
    change = f"{ROOT}/affectations/2"
    elodie.follow(change, {"share": "80", "started_on": "01/09/2026", "ended_on": "01/10/2026"})
    assert elodie.send(change, {"share": "70", "started_on": "01/09/2026", "version": "1"}).status_code == 409
    assert storage.get_posting(db, 2).share == 80
    elodie.follow(f"{change}/retirer", {}, page=change)
    assert [each.id for each in storage.list_postings(db)] == [1]


def test_an_activity_takes_one_page_and_the_next_one_starts_from_it(
    browse: Any, db: EncryptedDatabase, school: int
) -> None:
    basile, add = browse("basile"), f"{ROOT}/activites/nouvelle"
    page = basile.get(add)
    assert 'value="20/11/2026"' in page
    assert "Reprendre" not in page
    assert "1 activité, 30 minutes, 12 contacts" in basile.follow(add, {"posting_id": "1", **NOTED}).replace(
        "\xa0", " "
    )
    kept = basile.get(f"{add}?reprendre=1")
    assert 'value="12"' in kept
    assert 'value="30"' in kept
    assert "Cour de récréation" not in kept
    basile.follow(add, {"posting_id": "1", **NOTED, "again": "1"})
    first = activity_storage.list_activities(db)[-1]
    assert (first.category, first.minutes, first.people, first.girls, first.boys) == ("presence", 30, 12, 5, 7)
    assert activity_storage.said_weeks(db) == {(1, date(2026, 11, 16)): True}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"minutes": ""}, "durée en minutes"),
        ({"minutes": "900"}, "entre 1 et 720"),
        ({"category": "danse"}, "Choisissez une réponse de la liste"),
        ({"axis": ""}, "Choisissez l’axe"),
        ({"done_on": "21/11/2026"}, "à venir"),
        ({"done_on": "01/10/2026"}, "pas affectée à ce site"),
        ({"people": "3"}, "parmi les personnes"),
        ({"told": "Dispute avec Alizé"}, "un élève"),
        ({"told": "Un menteur"}, "menteur"),
        ({"posting_id": "99"}, "Choisissez une réponse de la liste"),
    ],
)
def test_a_refused_activity_says_why_and_keeps_what_was_typed(
    browse: Any, db: EncryptedDatabase, school: int, typed: dict[str, str], said: str
) -> None:
    answer = browse("basile").send(f"{ROOT}/activites/nouvelle", {"posting_id": "1", **NOTED, **typed})
    assert answer.status_code == 200
    assert said in answer.text.replace("\u202f", " ")
    assert (typed.get("told") or "Cour de récréation") in answer.text
    assert activity_storage.list_activities(db) == []


def test_a_word_that_is_no_name_is_kept_when_it_is_confirmed(browse: Any, db: EncryptedDatabase, school: int) -> None:
    typed = {"posting_id": "1", **NOTED, "told": "Le projet Boussole", "keep_words": "y"}
    browse("basile").follow(f"{ROOT}/activites/nouvelle", typed)
    assert activity_storage.list_activities(db)[0].told == "Le projet Boussole"


def test_a_mediator_corrects_her_own_and_the_lead_any(browse: Any, db: EncryptedDatabase, school: int) -> None:
    basile, one = browse("basile"), f"{ROOT}/activites/1"
    basile.follow(f"{ROOT}/activites/nouvelle", {"posting_id": "1", **NOTED})
    basile.follow(one, {"posting_id": "1", **NOTED, "minutes": "45"})
    assert basile.send(one, {"posting_id": "1", **NOTED, "minutes": "50", "version": "1"}).status_code == 409
    member = browse("amina")
    member.follow(one, {"posting_id": "1", **NOTED, "minutes": "60"})
    assert activity_storage.list_activities(db)[0].minutes == 60
    stranger = Actor("other", Role.MEMBER.value, member_named(db, "Élodie"))
    with pytest.raises(Exception, match="n’existe pas"):
        activity_storage.get_activity(db, stranger, 1)
    basile.follow(f"{one}/retirer", {}, page=one)
    assert activity_storage.list_activities(db) == []


def test_a_form_sent_twice_is_stored_once(browse: Any, db: EncryptedDatabase, school: int) -> None:
    basile = browse("basile")
    for _ in range(2):
        basile.send(f"{ROOT}/activites/nouvelle", {"posting_id": "1", **NOTED, "once": "la même"})
    assert len(activity_storage.list_activities(db)) == 1


def test_weeks_without_an_activity_are_asked_for(browse: Any, db: EncryptedDatabase, amina: Actor, school: int) -> None:
    basile = browse("basile")
    mediator = Actor("basile", Role.REFERENT.value, member_named(db, "Basile"))
    assert [todo.endpoint for todo in mediation_todos(db, mediator, TODAY)] == ["mediation.weeks"]
    assert "2\xa0semaines" in mediation_todos(db, mediator, TODAY)[0].title
    page = basile.get(f"{ROOT}/mes-semaines")
    assert "02/11/2026" in page
    assert "16/11/2026" not in page
    said = {"semaine_1_2026-11-02": "yes", "semaine_1_2026-11-09": "no"}
    assert "Toutes vos semaines sont remplies" in basile.follow(f"{ROOT}/mes-semaines", said)
    assert activity_storage.said_weeks(db) == {(1, date(2026, 11, 2)): True, (1, date(2026, 11, 9)): False}
    assert mediation_todos(db, mediator, TODAY) == []
    assert [todo.endpoint for todo in mediation_todos(db, amina, TODAY)] == ["cooperation.add_meeting"]


def test_a_closure_takes_its_weeks_out(browse: Any, db: EncryptedDatabase, school: int) -> None:
    elodie = browse("elodie")
    typed = {"label": "Vacances", "starts_on": "31/10/2026", "ends_on": "30/10/2026"}
    assert "avant le début" in elodie.send(f"{ROOT}/fermetures", typed).text
    elodie.follow(f"{ROOT}/fermetures", {**typed, "ends_on": "16/11/2026"})
    assert "Toutes vos semaines" in browse("basile").get(f"{ROOT}/mes-semaines")
    url = f"{ROOT}/fermetures/1/retirer"
    elodie.follow(url, {}, page=f"{ROOT}/fermetures")
    assert storage.list_closures(db) == []


def test_a_monitoring_committee_where_the_organisation_came_answers_the_reminder(
    browse: Any, db: EncryptedDatabase, amina: Actor, school: int
) -> None:
    organisation_id = add_organisation(db, amina, "Collège du Ruisseau", OrganisationKind.NATIONAL_EDUCATION)
    known = storage.get_site(db, school)
    storage.change_site(
        db, amina, Site(school, known.name, known.kind, known.opened_on, None, organisation_id, known.version)
    )
    assert "sans comité de suivi" in mediation_todos(db, amina, TODAY)[-1].title
    meeting = Meeting(0, MeetingKind.MONITORING, date(2026, 10, 5))
    meeting_id = meeting_storage.add_meeting(db, SYSTEM, meeting)
    held = Meeting(meeting_id, MeetingKind.MONITORING, date(2026, 10, 5), presences=((organisation_id, 2),))
    meeting_storage.record_meeting(db, SYSTEM, held, TODAY)
    assert "comité" not in " ".join(todo.title for todo in mediation_todos(db, amina, TODAY))
    assert "5\xa0octobre\xa02026" in browse("basile").get(f"{ROOT}/sites/{school}")
    assert storage.committees(db, date(2026, 9, 1), TODAY) == 1


def test_the_list_is_changed_and_what_used_an_entry_keeps_it(browse: Any, db: EncryptedDatabase, school: int) -> None:
    elodie, basile = browse("elodie"), browse("basile")
    basile.follow(f"{ROOT}/activites/nouvelle", {"posting_id": "1", **NOTED})
    elodie.follow(f"{ROOT}/listes/activites/ajouter", {"label": "Marche exploratoire", "source": "Réunion d’équipe"})
    assert "Marche exploratoire" in basile.get(f"{ROOT}/activites/nouvelle")
    refused = elodie.send(f"{ROOT}/listes/activites/ajouter", {"label": "Marche exploratoire", "source": "Réunion"})
    assert "déjà dans la liste" in refused.text
    db.execute(
        "UPDATE reference_item SET valid_to = '2026-11-19' WHERE list = 'mediation_category' AND code = 'presence'"
    )
    db.conn.commit()
    assert "Présence active" not in basile.get(f"{ROOT}/activites/nouvelle")
    assert "Présence active" in basile.get(f"{ROOT}/activites/1")
    assert "Présence active" in basile.get(f"{ROOT}/ma-journee")


def test_the_year_shows_each_site_and_the_export_each_activity(
    browse: Any, db: EncryptedDatabase, amina: Actor, school: int
) -> None:
    basile, elodie = browse("basile"), browse("elodie")
    basile.follow(f"{ROOT}/activites/nouvelle", {"posting_id": "1", **NOTED, "told": "=1+1"})
    storage.add_sites(db, amina, [Site(0, "Collège des Saules", SiteKind.COLLEGE, date(2026, 9, 1))])
    page = elodie.get(f"{ROOT}/")
    assert "1<small>" in page
    assert "Collèges\xa0: 1 sur 2" in page.replace("sur\xa02", "sur 2")
    assert "Semaine après semaine" in page
    assert "Aucune semaine de présence" in elodie.get(f"{ROOT}/?annee=2025")
    lines = elodie.get(f"{ROOT}/activites.csv").splitlines()
    assert lines[0].startswith("\ufeffjour;site")
    assert lines[1].startswith("2026-11-20;Collège du Ruisseau;Collège;Basile Tournelac;Présence active;Violences")
    assert lines[1].endswith("'=1+1")
    assert (
        db.value("SELECT count(*) FROM audit_entry WHERE deed = 'export' AND object_kind = 'mediation_activity'") == 1
    )
    assert "Basile Tournelac" in elodie.get(f"{ROOT}/activites/?site={school}")
    assert "Aucune activité ici" in elodie.get(f"{ROOT}/activites/?site=99")
    elodie.get(f"{ROOT}/activites/?page=0", 404)


def test_the_years_of_a_site_stand_side_by_side_once_there_are_two(
    browse: Any, db: EncryptedDatabase, amina: Actor, school: int
) -> None:
    elodie = browse("elodie")
    assert "Année après année" not in elodie.get(f"{ROOT}/sites/{school}")
    before = date(2025, 9, 1)
    post = Posting(0, school, member_named(db, "Amina"), 50, before, date(2026, 6, 30))
    posting_id = storage.add_posting(db, amina, post)
    activity_storage.say_weeks(db, amina, {(posting_id, before): True, (posting_id, date(2025, 9, 8)): True})
    page = elodie.get(f"{ROOT}/sites/{school}")
    years = page[page.index("Année après année") :]
    assert re.findall(r'scope="row">(20..-20..)</th><td class="nb">(\d+)</td><td class="nb">(\d+)<', years) == [
        ("2025-2026", "0", "2"),
        ("2026-2027", "0", "0"),
    ]
