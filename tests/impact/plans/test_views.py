"""The pages of the roadmap, as each persona meets them."""

from datetime import date
from typing import Any

import pytest

from impact.agreements.decision_storage import add_decision
from impact.agreements.records import Decision
from impact.audit import SYSTEM, Actor
from impact.communities.storage import add_member, add_organisation, end_member, list_members
from impact.db import EncryptedDatabase
from impact.exceptions import Conflict, NotFound, Refused
from impact.identities import Identity
from impact.instance import Instance
from impact.plans import demo
from impact.plans.records import StepPlan
from impact.plans.rules import all_steps, is_late
from impact.plans.storage import add_action, add_objective, add_step, change_step, get_roadmap, get_step
from impact.plans.vocabulary import StepState
from impact.vocabulary import OrganisationKind

ROOT = "/communautes/pre-demonstration/feuille-de-route"
TODAY = date(2026, 11, 20)


@pytest.fixture
def basile_id(db: EncryptedDatabase) -> int:
    return next(member.id for member in list_members(db) if member.name.startswith("Basile"))


@pytest.fixture
def action_id(db: EncryptedDatabase, amina: Actor) -> int:
    return add_action(db, amina, add_objective(db, amina, "Repérer plus tôt"), "Une grille commune")


@pytest.fixture
def late_id(db: EncryptedDatabase, amina: Actor, action_id: int, basile_id: int) -> int:
    plan = StepPlan("Écrire la grille", basile_id, (), date(2026, 9, 1), date(2026, 11, 19))
    return add_step(db, amina, action_id, plan)


def typed(owner: int, **changes: Any) -> dict[str, Any]:
    return {
        "title": "Réunir les collèges",
        "owner_id": str(owner),
        "starts_on": "01/12/2026",
        "due_on": "15/12/2026",
        **changes,
    }


def test_objective_action_and_step_are_made_by_forms(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    club = add_organisation(db, amina, "Club des Étangs", OrganisationKind.ASSOCIATION)
    elodie, owner = browse("elodie"), amina.member_id
    assert owner is not None
    assert "Pas encore de feuille de route" in elodie.get(f"{ROOT}/")
    elodie.follow(f"{ROOT}/objectifs/nouveau", {"title": "Repérer plus tôt"})
    (objective,) = get_roadmap(db)
    elodie.follow(f"{ROOT}/objectifs/{objective.id}/nouvelle-action", {"title": "Une grille"})
    (action,) = get_roadmap(db)[0].actions
    page = elodie.follow(f"{ROOT}/actions/{action.id}/nouvelle-etape", typed(owner, partner_ids=[str(club)]))
    assert "Réunir les collèges" in page
    assert "<svg" in page
    (step,) = all_steps(get_roadmap(db))
    assert (step.owner_id, step.due_on, step.state) == (owner, date(2026, 12, 15), StepState.TO_DO)
    assert [partner.name for partner in step.partners] == ["Club des Étangs"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "Écrivez ce qui sera fait"),
        ({"title": "x" * 300}, "200 caractères"),
        ({"owner_id": ""}, "Choisissez la personne"),
        ({"owner_id": "999"}, "Choisissez une réponse de la liste"),
        ({"partner_ids": ["999"]}, "Choisissez une réponse de la liste"),
        ({"due_on": "30/11/2026"}, "vient avant le début"),
        ({"due_on": "31/11/2026"}, "Ce mois a 30"),
    ],
)
def test_a_wrong_step_is_explained_and_kept_as_typed(
    browse: Any, db: EncryptedDatabase, amina: Actor, action_id: int, changes: dict[str, Any], message: str
) -> None:
    url = f"{ROOT}/actions/{action_id}/nouvelle-etape"
    answer = browse("elodie").send(url, typed(amina.member_id or 0, starts_on="02/12/2026", **changes))
    assert answer.status_code == 200
    assert answer.text.count(message) >= (1 if "partner_ids" in changes else 2)
    assert 'value="02/12/2026"' in answer.text
    assert all_steps(get_roadmap(db)) == []


def test_the_owner_says_where_her_step_stands(browse: Any, db: EncryptedDatabase, late_id: int) -> None:
    basile, url = browse("basile"), f"{ROOT}/etapes/{late_id}/avancement"
    assert "Écrire la grille" in basile.get("/")
    refused = basile.send(url, {"state": "dropped", "drop_reason": "", "evidence": "Gardé"})
    assert refused.text.count("pourquoi l’étape est abandonnée") == 2
    assert "Gardé" in refused.text
    tomorrow = basile.send(url, {"state": "done", "closed_on": "21/11/2026"})
    assert "pas encore passé" in tomorrow.text
    page = basile.follow(url, {"state": "done", "closed_on": "18/11/2026", "evidence": "Compte rendu du 18"})
    assert "Compte rendu du 18" in page
    step = get_step(db, late_id)
    assert (step.state, step.closed_on) == (StepState.DONE, date(2026, 11, 18))
    assert "Écrire la grille" not in basile.get("/")


def test_a_late_step_waits_for_its_owner_and_for_who_runs_the_roadmap(
    browse: Any, db: EncryptedDatabase, amina: Actor, action_id: int, late_id: int, basile_id: int
) -> None:
    assert "Écrire la grille" in browse("elodie").get("/")
    assert "feuille de route" not in browse("denis").get("/")
    for rank in range(4):
        add_step(db, amina, action_id, StepPlan(f"Autre {rank}", basile_id, (), TODAY, date(2026, 11, 20)))
    assert "étapes de la feuille de route" not in browse("elodie").get("/")
    db.execute("UPDATE roadmap_step SET starts_on = '2026-09-01', due_on = '2026-10-01'")
    page = browse("elodie").get("/")
    assert "5\u00a0étapes de la feuille de route en retard" in page
    assert "Autre 2" in browse("basile").get("/")


def test_nobody_else_advances_a_step(browse: Any, db: EncryptedDatabase, amina: Actor, action_id: int) -> None:
    mine = add_step(db, amina, action_id, StepPlan("À elle", amina.member_id or 0, (), TODAY, TODAY))
    browse("basile").get(f"{ROOT}/etapes/{mine}/avancement", 403)
    browse("basile").get(f"{ROOT}/etapes/{mine}/modifier", 403)
    browse("basile").get(f"{ROOT}/objectifs/nouveau", 403)
    assert "Avancement" not in browse("basile").get(f"{ROOT}/")
    browse("denis").get(f"{ROOT}/", 403)
    browse("chloe").get(f"{ROOT}/", 404)
    browse("elodie").get(f"{ROOT}/etapes/999/avancement", 404)


def test_the_list_and_the_picture_are_filtered_together(
    browse: Any, db: EncryptedDatabase, amina: Actor, action_id: int, late_id: int
) -> None:
    add_step(db, amina, action_id, StepPlan("Plus tard", amina.member_id or 0, (), TODAY, date(2027, 1, 1)))
    elodie = browse("elodie")
    assert elodie.get(f"{ROOT}/").count("Plus tard") > 2
    late = elodie.get(f"{ROOT}/?etat=late")
    assert "Plus tard" not in late
    assert "Écrire la grille" in late
    assert "Écrire la grille" not in elodie.get(f"{ROOT}/?responsable={amina.member_id}")
    assert "Aucune étape ne répond à ce choix" in elodie.get(f"{ROOT}/?etat=done")
    for strange in ("?etat=perdue", "?responsable=9999999999999999999999", "?responsable=²"):
        assert "Plus tard" in elodie.get(f"{ROOT}/{strange}")


def test_two_people_at_one_step_get_both_versions(browse: Any, db: EncryptedDatabase, late_id: int) -> None:
    elodie, step = browse("elodie"), get_step(db, late_id)
    url = f"{ROOT}/etapes/{late_id}/modifier"
    elodie.follow(url, typed(step.owner_id, title="Mots d’Élodie"))
    answer = elodie.send(url, typed(step.owner_id, title="Mots d’Amina", version="1"))
    assert answer.status_code == 409
    assert "Mots d’Élodie" in answer.text
    assert "Mots d’Amina" in answer.text
    progress = f"{ROOT}/etapes/{late_id}/avancement"
    assert elodie.send(progress, {"state": "done", "version": "1"}).status_code == 409
    assert get_step(db, late_id).state is StepState.TO_DO


def test_titles_change_with_their_versions(browse: Any, db: EncryptedDatabase, action_id: int) -> None:
    elodie = browse("elodie")
    for url in (f"{ROOT}/objectifs/1/modifier", f"{ROOT}/actions/{action_id}/modifier"):
        elodie.follow(url, {"title": "Premier mot"})
        answer = elodie.send(url, {"title": "Second mot", "version": "1"})
        assert answer.status_code == 409
        assert "Premier mot" in answer.text
        assert elodie.send(url, {"title": ""}).text.count("Écrivez l’") == 2
    assert get_roadmap(db)[0].title == get_roadmap(db)[0].actions[0].title == "Premier mot"


def test_what_holds_something_is_not_removed(browse: Any, db: EncryptedDatabase, action_id: int, late_id: int) -> None:
    elodie, page = browse("elodie"), f"{ROOT}/objectifs/nouveau"
    for url in (f"{ROOT}/objectifs/1/retirer", f"{ROOT}/actions/{action_id}/retirer"):
        answer = elodie.send(url, {}, page)
        assert answer.status_code == 422
        assert "retirez-les" in answer.text or "abandonnez-les" in answer.text
    db.execute("DELETE FROM roadmap_step")
    elodie.follow(f"{ROOT}/actions/{action_id}/retirer", {}, page)
    assert "Pas encore de feuille de route" in elodie.follow(f"{ROOT}/objectifs/1/retirer", {}, page)
    assert get_roadmap(db) == []


def test_a_form_sent_twice_is_stored_once(browse: Any, db: EncryptedDatabase) -> None:
    elodie, url = browse("elodie"), f"{ROOT}/objectifs/nouveau"
    answers = [elodie.send(url, {"title": "Une fois", "once": "même clé"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(get_roadmap(db)) == 1


def test_an_owner_who_left_keeps_her_step(browse: Any, db: EncryptedDatabase, amina: Actor, action_id: int) -> None:
    gone = add_member(db, amina, Identity("Partie", "Ode"), None, TODAY)
    step_id = add_step(db, amina, action_id, StepPlan("Reste", gone, (), TODAY, TODAY))
    end_member(db, amina, gone, TODAY)
    assert "Ode Partie" in browse("elodie").get(f"{ROOT}/etapes/{step_id}/modifier")


def test_storage_refuses_what_is_not_of_the_community(
    db: EncryptedDatabase, amina: Actor, action_id: int, late_id: int
) -> None:
    owner = amina.member_id or 0
    with pytest.raises(NotFound):
        add_step(db, amina, 999, StepPlan("X", owner, (), TODAY, TODAY))
    with pytest.raises(Refused, match="Cette personne"):
        add_step(db, amina, action_id, StepPlan("X", 999, (), TODAY, TODAY))
    with pytest.raises(Refused, match="Une structure"):
        add_step(db, amina, action_id, StepPlan("X", owner, (999,), TODAY, TODAY))
    with pytest.raises(Conflict):
        change_step(db, amina, late_id, StepPlan("X", owner, (), TODAY, TODAY, 7))
    assert [step.id for step in all_steps(get_roadmap(db))] == [late_id]


def test_the_demonstration_has_steps_of_each_state(place: Instance) -> None:
    db = place.community("essonne")
    for name in ("Club des Étangs", "Maison des Tilleuls"):
        add_organisation(db, SYSTEM, name, OrganisationKind.ASSOCIATION)
    for rank in range(4):
        add_member(db, SYSTEM, Identity(f"Nuage{rank}", "Ode"), None, TODAY)
    demo.fill(db, SYSTEM, TODAY)
    steps = all_steps(get_roadmap(db))
    assert {step.state for step in steps} == set(StepState)
    assert any(is_late(step, TODAY) for step in steps)
    db.close()


def test_a_step_says_the_decision_that_made_it(
    browse: Any, db: EncryptedDatabase, amina: Actor, action_id: int
) -> None:
    decision = Decision(0, date(2026, 10, 5), "Écrire une grille commune.", "Le comité de pilotage")
    decision_id, owner = add_decision(db, amina, decision), amina.member_id or 0
    elodie, url = browse("elodie"), f"{ROOT}/actions/{action_id}/nouvelle-etape"
    assert "05/10/2026" in elodie.get(url)
    page = elodie.follow(url, typed(owner, decision_id=str(decision_id)))
    assert f"/textes/decisions#decision-{decision_id}" in page
    assert "Décidée le 05/10/2026" in page
    assert f'id="decision-{decision_id}"' in elodie.get("/communautes/pre-demonstration/textes/decisions")
    (step,) = all_steps(get_roadmap(db))
    assert step.decision is not None
    elodie.follow(f"{ROOT}/etapes/{step.id}/modifier", typed(owner, decision_id=""))
    assert get_step(db, step.id).decision is None
    refused = elodie.send(url, typed(owner, decision_id="999"))
    assert "réponse de la liste" in refused.text
    with pytest.raises(Refused, match="pas au registre"):
        add_step(db, amina, action_id, StepPlan("Autre", owner, (), TODAY, TODAY, decision_id=999))
