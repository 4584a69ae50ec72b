"""Mandates, the grid of counterparts, the grid of funders, the directory on paper."""

import io
import re
from datetime import date
from typing import Any

import pikepdf
import pytest

from impact.audit import Actor
from impact.communities.storage import add_member, add_organisation
from impact.cooperation import action_storage, grid_storage, sheet_storage
from impact.cooperation.records import Funding, JointAction, Mandate, Sheet
from impact.cooperation.rules import fill_grid
from impact.cooperation.vocabulary import ActionState, CounterpartForm, CriterionAnswer, FundingCriterion, Level
from impact.db import EncryptedDatabase
from impact.identities import Identity
from impact.vocabulary import OrganisationKind
from tests.conftest import TODAY

ROOT = "/communautes/pre-demonstration/acteurs"


@pytest.fixture
def city(db: EncryptedDatabase, amina: Actor) -> int:
    return add_organisation(db, amina, "Ville de Brumeval", OrganisationKind.LOCAL_AUTHORITY)


@pytest.fixture
def person(db: EncryptedDatabase, amina: Actor, city: int) -> int:
    return add_member(db, amina, Identity("Saulaie", "Driss", email="driss@demonstration.example"), city, TODAY)


@pytest.mark.parametrize("page", ["grille", "actions/criteres"])
def test_grids_open_to_members_only(browse: Any, page: str) -> None:
    assert "pour l’instant" in browse("elodie").get(f"{ROOT}/{page}")
    browse("denis").get(f"{ROOT}/{page}", 403)
    browse("chloe").get(f"{ROOT}/{page}", 404)
    assert browse(None).client.get(f"{ROOT}/{page}").status_code == 302


def test_a_mandate_is_dated_and_shown(browse: Any, db: EncryptedDatabase, city: int, person: int) -> None:
    elodie, url = browse("elodie"), f"{ROOT}/personnes/{person}/mandat"
    assert "Sans mandat connu" in elodie.get(f"{ROOT}/structures/{city}")
    typed = {"given_by": "Le conseil", "given_on": "12/01/2026", "until_on": "11/01/2026"}
    refused = elodie.send(url, typed).text
    assert "il finit ensuite" in refused
    assert 'value="Le conseil"' in refused
    shown = elodie.follow(url, {**typed, "until_on": "30/06/2026"})
    assert "Mandat du 12/01/2026 au 30/06/2026" in shown
    assert "n’est plus en cours" in shown
    assert elodie.send(url, {**typed, "until_on": "", "version": "0"}).status_code == 409
    browse("basile").get(url, 403)
    mandate = grid_storage.list_mandates(db)[person]
    assert mandate == Mandate(person, "Le conseil", date(2026, 1, 12), date(2026, 6, 30), 1)
    assert [mandate.holds(day) for day in (date(2026, 1, 11), date(2026, 6, 30), date(2026, 7, 1))] == [
        False,
        True,
        False,
    ]


def test_each_level_has_a_counterpart_or_not(browse: Any, db: EncryptedDatabase, amina: Actor, city: int) -> None:
    sheet_storage.save_sheet(db, amina, Sheet(city, (Level.FIELD, Level.DECISION)))
    elodie = browse("elodie")
    assert "0 des 2" in elodie.get(f"{ROOT}/grille")
    typed = {"field_form": "network", "field_whom": "Les éducateurs", "decision_form": "none"}
    page = elodie.follow(f"{ROOT}/grille/{city}", typed)
    assert "1 des 2" in page
    assert "Les éducateurs" in page
    assert "réponse de la liste" in elodie.send(f"{ROOT}/grille/{city}", {"field_form": "autre"}).text
    browse("basile").get(f"{ROOT}/grille/{city}", 403)
    known = grid_storage.list_counterparts(db)[city]
    assert {level: each.form for level, each in known.items()} == {
        Level.FIELD: CounterpartForm.NETWORK,
        Level.DECISION: CounterpartForm.NONE,
    }


def test_several_operators_and_funders_weigh_double() -> None:
    alone = JointAction(1, "Seule", ActionState.IDEA, 1)
    joint = JointAction(2, "Ensemble", ActionState.IDEA, 1, partner_ids=(2,))
    two = [Funding(1, 2, "Ville", granted=10), Funding(2, 2, "État", asked=10)]
    said = {FundingCriterion.LASTING: CriterionAnswer.PARTLY, FundingCriterion.PRACTICE: CriterionAnswer.NO}
    filled = fill_grid(joint, two, said)
    assert (filled.points, filled.most) == (4.5, 6)
    assert filled.answers[FundingCriterion.INHABITANTS] is None
    assert (fill_grid(alone, two[:1], {}).points, fill_grid(alone, two[:1], {}).most) == (0, 4)


def test_the_grid_of_an_action_is_filled(browse: Any, db: EncryptedDatabase, amina: Actor, city: int) -> None:
    action_id = action_storage.add_action(db, amina, JointAction(0, "Bus", ActionState.IDEA, city))
    elodie = browse("elodie")
    page = elodie.follow(f"{ROOT}/actions/{action_id}/criteres", {"lasting": "yes", "evaluation": "partly"})
    assert "1,5 / 6" in page
    assert "1,5" in elodie.get(f"{ROOT}/actions/{action_id}")
    browse("basile").get(f"{ROOT}/actions/{action_id}/criteres", 403)
    elodie.get(f"{ROOT}/actions/999/criteres", 404)
    assert grid_storage.list_criteria(db)[action_id][FundingCriterion.LASTING] is CriterionAnswer.YES


@pytest.mark.pdf
def test_the_directory_prints_by_territory_with_agreed_contacts_only(
    browse: Any, db: EncryptedDatabase, amina: Actor, city: int, person: int
) -> None:
    sheet_storage.save_sheet(db, amina, Sheet(city, (), territory="Brumeval", offered="Un <local>"))
    add_member(db, amina, Identity("Givrelin", "Salomé", email="salome@demonstration.example"), city, TODAY)
    sheet_storage.set_consent(db, amina, person, TODAY)
    answer = browse("elodie").client.get(f"{ROOT}/structures/annuaire.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert "Annuaire" in str(pdf.docinfo["/Title"])
    browse("denis").get(f"{ROOT}/structures/annuaire.pdf", 403)
    last = db.row("SELECT deed, object_kind FROM audit_entry ORDER BY id DESC LIMIT 1")
    assert last is not None
    assert (last["deed"], last["object_kind"]) == ("print", "organisation")


def test_two_people_filling_a_line_of_the_grid_see_both(browse: Any, city: int) -> None:
    elodie, url = browse("elodie"), f"{ROOT}/grille/{city}"
    read = re.findall(r'name="version"[^>]*value="(\d+)"', elodie.client.get(url).text)[0]
    elodie.follow(url, {"management_form": "formal", "management_whom": "La directrice"})
    late = elodie.send(url, {"management_form": "network", "management_whom": "Le réseau", "version": read})
    assert late.status_code == 409
    assert "La directrice" in late.text
    assert "Le réseau" in late.text


def test_a_counterpart_that_is_named_has_a_form_and_its_level_counts(browse: Any, city: int) -> None:
    elodie, url = browse("elodie"), f"{ROOT}/grille/{city}"
    unsaid = elodie.send(url, {"management_whom": "La directrice"})
    assert unsaid.text.count("dans quelle forme vous vous rencontrez") == 2
    page = elodie.follow(url, {"management_form": "informal", "management_whom": "La directrice"})
    assert re.search(r"Entente informelle</dt><dd[^>]*>1<", page)
    assert "La directrice" in page


def test_two_people_judging_an_action_see_both(browse: Any, db: EncryptedDatabase, amina: Actor, city: int) -> None:
    action_id = action_storage.add_action(db, amina, JointAction(0, "Relais", ActionState.PLANNED, city))
    elodie, url = browse("elodie"), f"{ROOT}/actions/{action_id}/criteres"
    read = re.findall(r'name="version"[^>]*value="(\d+)"', elodie.client.get(url).text)[0]
    elodie.follow(url, {"lasting": "yes"})
    late = elodie.send(url, {"lasting": "no", "version": read})
    assert late.status_code == 409
    assert grid_storage.list_criteria(db)[action_id] == {FundingCriterion.LASTING: CriterionAnswer.YES}
