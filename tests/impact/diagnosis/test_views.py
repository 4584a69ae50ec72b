"""The pages of « Diagnostic », as each persona meets them."""

import re
from pathlib import Path
from typing import Any

import pytest

import app as assembly
from impact.audit import SYSTEM, Actor
from impact.communities.storage import add_organisation, end_member, member_names
from impact.cooperation import meeting_storage
from impact.cooperation.records import Meeting
from impact.cooperation.vocabulary import MeetingKind
from impact.db import EncryptedDatabase
from impact.demo import CITE
from impact.diagnosis import orientation_storage, prospect_storage, storage
from impact.diagnosis.records import Finding
from impact.diagnosis.vocabulary import FindingKind, GroupStep, Use
from impact.instance import Instance
from impact.vocabulary import OrganisationKind
from tests.conftest import TODAY

ROOT = "/communautes/pre-demonstration/diagnostic"
PAGES = ("", "orientations/", "tableau-de-bord", "prospective", "deux-tours/")


@pytest.fixture
def axis(db: EncryptedDatabase, amina: Actor) -> int:
    axis_id = storage.add_axis(db, amina, "L’école")
    for kind, words in ((FindingKind.STRENGTH, "Des équipes stables"), (FindingKind.THREAT, "Peu de transports")):
        storage.add_finding(db, amina, Finding(0, axis_id, kind, words, Use.STEERING))
    return axis_id


@pytest.mark.parametrize("page", PAGES)
def test_pages_open_to_members_only(browse: Any, page: str) -> None:
    browse("elodie").get(f"{ROOT}/{page}")
    browse("basile").get(f"{ROOT}/{page}")
    browse("denis").get(f"{ROOT}/{page}", 403)
    browse("chloe").get(f"{ROOT}/{page}", 404)
    assert browse(None).client.get(f"{ROOT}/{page}").status_code == 302


def test_a_reader_without_the_right_writes_nothing(browse: Any, axis: int) -> None:
    for page in ("axes/nouveau", f"axes/{axis}/constats/nouveau", "orientations/nouvelle", "prospective/avenir"):
        browse("basile").get(f"{ROOT}/{page}", 403)
    assert "Écrire" not in browse("basile").get(f"{ROOT}/axes/{axis}")


def test_an_axis_is_filled_by_a_group_and_crossed(browse: Any, db: EncryptedDatabase) -> None:
    elodie = browse("elodie")
    page = f"{ROOT}/axes/1"
    elodie.follow(f"{ROOT}/axes/nouveau", {"title": "Continuité"})
    assert "déjà ce titre" in elodie.send(f"{ROOT}/axes/nouveau", {"title": "Continuité"}).text
    group = {"step": "findings", "held_on": "04/06/2021", "people": "1", "member_ids": ["1", "2"]}
    refused = elodie.send(f"{page}/groupes/nouveau", group).text
    assert "2\u00a0noms pour 1\u00a0présent" in refused
    assert 'value="04/06/2021"' in refused
    elodie.follow(f"{page}/groupes/nouveau", {**group, "people": "40"})
    for kind, words in (("weakness", "Chacun son calendrier"), ("opportunity", "Des cofinancements")):
        elodie.follow(f"{page}/constats/nouveau", {"kind": kind, "words": words, "use": "steering", "group_id": "1"})
    crossing = {"internal_id": "1", "external_id": "2", "words": "Demander ensemble"}
    assert "Demander ensemble" in elodie.follow(f"{page}/croisements/nouveau", crossing)
    assert "déjà croisés" in elodie.send(f"{page}/croisements/nouveau", crossing).text
    assert (
        "reste du même côté"
        in elodie.send(f"{ROOT}/constats/1", {"kind": "threat", "words": "Autre", "use": "steering"}).text
    )
    assert [(known.people, known.member_ids) for known in storage.list_groups(db)] == [(40, (1, 2))]
    end_member(db, SYSTEM, 1, TODAY)
    shown = elodie.get(page)
    assert all(name in shown for name in member_names(db, [1, 2]).values())
    assert storage.get_finding(db, 1).kind is FindingKind.WEAKNESS


def test_a_finding_carries_an_indicator_and_becomes_a_line_of_the_dashboard(
    browse: Any, db: EncryptedDatabase, axis: int
) -> None:
    elodie = browse("elodie")
    assert "Aucun constat n’est suivi" in elodie.get(f"{ROOT}/tableau-de-bord")
    typed = {"kind": "strength", "words": "Des équipes stables", "use": "accounting"}
    assert "réponse de la liste" in elodie.send(f"{ROOT}/constats/1", {**typed, "indicator": "rien"}).text
    elodie.follow(f"{ROOT}/constats/1", {**typed, "indicator": "cooperation.meetings_held"})
    assert "Réunions tenues" in elodie.get(f"{ROOT}/tableau-de-bord?usage=accounting")
    assert "Des équipes stables" not in elodie.get(f"{ROOT}/tableau-de-bord?usage=steering")
    stale = elodie.send(f"{ROOT}/constats/1", {**typed, "version": "1"})
    assert stale.status_code == 409
    assert storage.get_finding(db, 1).indicator == "cooperation.meetings_held"


def test_orientations_are_validated_by_a_committee_that_met(
    browse: Any, db: EncryptedDatabase, amina: Actor, axis: int
) -> None:
    elodie = browse("elodie")
    written = {"title": "Accueillir ensemble", "axis_ids": [str(axis)], "examples": "Un\nDeux"}
    for _ in range(2):
        elodie.send(f"{ROOT}/orientations/nouvelle", {**written, "once": "la même"})
    (known,) = orientation_storage.list_orientations(db)
    assert (known.axis_ids, known.example_list) == ((axis,), ["Un", "Deux"])
    city = add_organisation(db, amina, "Ville de Brumeval", OrganisationKind.LOCAL_AUTHORITY)
    meeting_id = meeting_storage.add_meeting(db, amina, Meeting(0, MeetingKind.STEERING, TODAY))
    assert "Inscrire la validation" not in elodie.get(f"{ROOT}/orientations/")
    held = Meeting(meeting_id, MeetingKind.STEERING, TODAY, presences=((city, 3),))
    meeting_storage.record_meeting(db, amina, held, TODAY)
    valid = f"{ROOT}/orientations/valider"
    assert "Choisissez la réunion" in elodie.send(valid, {}, page=f"{ROOT}/orientations/").text
    page = elodie.follow(valid, {"meeting_id": str(meeting_id)}, page=f"{ROOT}/orientations/")
    assert "2\u00a0constats, 0\u00a0croisement, 1\u00a0orientation" in page
    assert orientation_storage.list_validations(db)[0].findings == 2


def test_what_comes_and_what_is_wished(browse: Any, db: EncryptedDatabase) -> None:
    elodie = browse("elodie")
    trend = {"words": "Moins de classes", "sense": "hinders", "gathered_on": "demain"}
    refused = elodie.send(f"{ROOT}/prospective/tendances/nouvelle", trend).text
    assert "Écrivez la date ainsi" in refused
    assert "Moins de classes" in refused
    elodie.follow(f"{ROOT}/prospective/tendances/nouvelle", {**trend, "gathered_on": "08/10/2020"})
    future = f"{ROOT}/prospective/avenir"
    assert "Écrivez une année" in elodie.send(future, {"horizon": "", "words": "Mieux"}).text
    assert "Écrivez une année entre 2000 et 2100." in elodie.send(future, {"horizon": "douze", "words": "Mieux"}).text
    assert "en 2030" in elodie.follow(future, {"horizon": "2030", "words": "Mieux"})
    assert elodie.send(future, {"horizon": "2031", "words": "Pire", "version": "0"}).status_code == 409
    assert 'value="2030"' in elodie.get(future)
    assert prospect_storage.get_future(db, TODAY).words == "Mieux"


def test_a_text_in_two_rounds_keeps_both(browse: Any, db: EncryptedDatabase) -> None:
    elodie = browse("elodie")
    first = {
        "title": "Nos 16 à 18 ans",
        "written_by": "Collège",
        "written_on": "10/06/2021",
        "words": "Un bilan par an",
    }
    elodie.follow(f"{ROOT}/deux-tours/nouveau", first)
    page = f"{ROOT}/deux-tours/1/amender"
    assert "Un bilan par an" in elodie.get(page)
    second = {"written_by": "collège", "written_on": "22/06/2021", "words": "Deux bilans par an"}
    assert "un autre groupe" in elodie.send(page, second).text
    shown = elodie.follow(page, {**second, "written_by": "Parents"})
    assert "<del>Un" in shown
    assert "<ins>Deux" in shown
    again = elodie.send(page, {**second, "written_by": "Élus"})
    assert "les deux sont gardées" in again.text
    assert [version.written_by for version in prospect_storage.get_text(db, 1).versions] == ["Collège", "Parents"]


def test_an_action_says_which_orientations_it_serves(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    elodie = browse("elodie")
    lead = add_organisation(db, amina, "Crèche des Brumes", OrganisationKind.ASSOCIATION)
    for title in ("Préparer les passages", "Accorder les temps"):
        elodie.follow(f"{ROOT}/orientations/nouvelle", {"title": title})
    page = "/communautes/pre-demonstration/acteurs/actions"
    typed = {"title": "Visites", "state": "under_way", "lead_id": lead}
    assert "Orientations" not in elodie.follow(f"{page}/nouvelle", typed)
    shown = elodie.follow(f"{page}/1/modifier", {**typed, "aim_ids": ["1"]})
    assert f'<a href="{ROOT}/orientations/#orientation-1">Préparer les passages</a>' in shown
    assert "Accorder les temps" not in shown
    kept = elodie.get(f"{page}/1/modifier")
    assert re.findall(r'name="aim_ids" value="(\d)"( checked)?', kept) == [("1", " checked"), ("2", "")]
    elodie.follow(f"{page}/1/modifier", {**typed, "aim_ids": ["2"]})
    first, second = orientation_storage.list_orientations(db)
    assert (first.action_ids, second.action_ids, first.version) == ((), (1,), 3)
    assert "choix" in elodie.send(f"{page}/1/modifier", {**typed, "aim_ids": ["9"]}).text


def test_the_demonstration_tells_the_process_of_the_field(demo_root: Path) -> None:
    cite = Instance(demo_root, assembly.schema()).community(CITE)
    groups = storage.list_groups(cite)
    found = sorted(known.people for known in groups if known.step is GroupStep.FINDINGS)
    crossed = sorted(known.people for known in groups if known.step is GroupStep.CROSSING)
    assert (found, crossed) == ([29, 40, 42], [13, 14, 17])
    assert (len(storage.list_axes(cite)), len(orientation_storage.list_orientations(cite))) == (3, 6)
    (validation,) = orientation_storage.list_validations(cite)
    assert meeting_storage.get_meeting(cite, validation.meeting_id).held_on.isoformat() == "2021-06-25"
    assert prospect_storage.list_texts(cite)[0].is_amended
    cite.close()
