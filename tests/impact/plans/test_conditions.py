"""The pages of the five conditions, as each persona meets them."""

import html
import re
from datetime import date
from typing import Any

import pytest

from impact.audit import SYSTEM, Actor
from impact.communities.storage import add_member, list_members
from impact.db import EncryptedDatabase
from impact.exceptions import NotAllowed, Refused
from impact.identities import Identity
from impact.plans.condition_storage import (
    close_round,
    get_round,
    kept_measurements,
    list_answers,
    list_rounds,
    measure,
    open_round,
    record_answers,
)
from impact.plans.records import Answer, Measurement, StepPlan
from impact.plans.storage import add_action, add_objective, add_step
from impact.plans.vocabulary import Condition, Level, Measure

ROOT = "/communautes/pre-demonstration/feuille-de-route/cinq-conditions"
TODAY = date(2026, 11, 20)


@pytest.fixture
def round_id(db: EncryptedDatabase, amina: Actor) -> int:
    return open_round(db, amina, date(2026, 11, 1))


def respondents(db: EncryptedDatabase, round_id: int, count: int, words: str = "Preuve") -> None:
    for rank in range(count):
        member_id = add_member(db, SYSTEM, Identity(f"Nuage{rank}", "Ode"), None, TODAY)
        answers = [Answer(Condition.BACKBONE, list(Level)[rank % 4], f"{words} {rank}")]
        record_answers(db, Actor("ref", "member", member_id), round_id, answers)


def test_a_round_is_opened_answered_changed_and_closed(browse: Any, db: EncryptedDatabase) -> None:
    elodie, basile = browse("elodie"), browse("basile")
    assert "Aucun tour pour l’instant" in elodie.get(ROOT)
    elodie.follow(f"{ROOT}/ouvrir", {}, ROOT)
    (opened,) = list_rounds(db)
    assert "cinq conditions" in basile.get("/")
    basile.follow(f"{ROOT}/repondre", {"level_backbone": "begun"})
    basile.follow(
        f"{ROOT}/repondre", {"level_backbone": "working", "evidence_backbone": "Un mi-temps", "level_common_agenda": ""}
    )
    assert list_answers(db, opened.id) == [Answer(Condition.BACKBONE, Level.WORKING, "Un mi-temps")]
    assert "cinq conditions" not in basile.get("/")
    assert "Un mi-temps" in basile.get(f"{ROOT}/repondre")
    respondents(db, opened.id, 3)
    page = elodie.follow(f"{ROOT}/{opened.id}/fermer", {}, ROOT)
    assert "Ce que disent les membres" in page
    assert "Preuve 2" in page
    assert "Nuage" not in page
    assert get_round(db, opened.id).closed_on == TODAY
    assert set(kept_measurements(db, opened.id)) == set(Measure)
    proposed = re.search(r'<a href="([^"]*)">En faire une réunion</a>', page)
    assert proposed
    assert "Une structure qui soutient : " in elodie.get(html.unescape(proposed[1])).replace("\u00a0", " ")
    assert "En faire une réunion" not in basile.get(ROOT)


def test_what_is_wrong_is_explained_and_kept(browse: Any, db: EncryptedDatabase, round_id: int) -> None:
    basile, url = browse("basile"), f"{ROOT}/repondre"
    empty = basile.send(url, {"evidence_backbone": "Gardé"})
    assert "Choisissez un niveau pour une condition" in empty.text
    assert "Gardé" in empty.text
    bare = basile.send(url, {"level_backbone": "rooted"})
    assert bare.text.count("Écrivez ce qui le montre") == 2
    assert "Choisissez une réponse de la liste" in basile.send(url, {"level_backbone": "five"}).text
    assert "caractères au plus" in basile.send(url, {"level_backbone": "begun", "evidence_backbone": "x" * 1001}).text
    assert list_answers(db, round_id) == []


def test_results_wait_for_closing_and_for_three_answers(browse: Any, db: EncryptedDatabase, round_id: int) -> None:
    respondents(db, round_id, 2)
    elodie = browse("elodie")
    assert "Preuve" not in elodie.get(ROOT)
    elodie.get(f"{ROOT}/{round_id}", 404)
    close_round(db, SYSTEM, round_id, TODAY)
    page = elodie.get(f"{ROOT}/{round_id}")
    assert "Preuve" not in page
    assert "on devinerait qui a dit quoi" in page


def test_a_second_round_shows_the_one_before(browse: Any, db: EncryptedDatabase, round_id: int) -> None:
    respondents(db, round_id, 4, "Avant")
    close_round(db, SYSTEM, round_id, date(2026, 11, 2))
    second = open_round(db, SYSTEM, date(2026, 11, 3))
    members = [member.id for member in list_members(db)][-3:]
    for member_id in members:
        answers = [Answer(Condition.COMMON_AGENDA, Level.WORKING, "Maintenant")]
        record_answers(db, Actor("ref", "member", member_id), second, answers)
    close_round(db, SYSTEM, second, TODAY)
    page = browse("elodie").get(ROOT)
    assert "Tour d’avant" in page
    assert "Maintenant" in page
    assert "Avant 1" not in page
    assert "Avant 1" in browse("elodie").get(f"{ROOT}/{round_id}")


def test_who_may_do_what(browse: Any, db: EncryptedDatabase, round_id: int) -> None:
    basile, denis = browse("basile"), browse("denis")
    assert basile.send(f"{ROOT}/ouvrir", {}, f"{ROOT}/repondre").status_code == 403
    assert basile.send(f"{ROOT}/{round_id}/fermer", {}, f"{ROOT}/repondre").status_code == 403
    denis.get(ROOT, 403)
    denis.get(f"{ROOT}/repondre", 403)
    browse("chloe").get(ROOT, 404)
    assert get_round(db, round_id).closed_on is None


def test_refusals_of_rounds(browse: Any, db: EncryptedDatabase, amina: Actor, round_id: int) -> None:
    elodie = browse("elodie")
    again = elodie.send(f"{ROOT}/ouvrir", {}, f"{ROOT}/repondre")
    assert again.status_code == 422
    assert "déjà ouvert" in again.text
    assert "Personne n’a encore répondu" in elodie.send(f"{ROOT}/{round_id}/fermer", {}, f"{ROOT}/repondre").text
    respondents(db, round_id, 1)
    close_round(db, SYSTEM, round_id, TODAY)
    elodie.get(f"{ROOT}/repondre", 404)
    with pytest.raises(Refused, match="est fermé"):
        record_answers(db, amina, round_id, [Answer(Condition.BACKBONE, Level.BEGUN, "")])
    with pytest.raises(NotAllowed):
        record_answers(db, SYSTEM, round_id, [Answer(Condition.BACKBONE, Level.BEGUN, "")])


def test_the_data_beside_come_from_the_roadmap_and_the_figures(db: EncryptedDatabase, amina: Actor) -> None:
    owner = amina.member_id or 0
    action = add_action(db, amina, add_objective(db, amina, "But"), "Action")
    add_step(db, amina, action, StepPlan("Passée", owner, (), date(2026, 1, 1), date(2026, 2, 1)))
    found = measure(db, TODAY)
    assert found[Measure.OBJECTIVES] == Measurement(Measure.OBJECTIVES, 1)
    assert found[Measure.SHARED_STEPS] == Measurement(Measure.SHARED_STEPS, 0, 1)
    assert found[Measure.KEPT_STEPS] == Measurement(Measure.KEPT_STEPS, 0, 1)
    assert found[Measure.WORKSHOPS] == Measurement(Measure.WORKSHOPS, None)
    assert found[Measure.INDICATORS] == Measurement(Measure.INDICATORS, None)
