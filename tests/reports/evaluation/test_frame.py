"""The evaluation frame, from a template to a target, as each persona meets it."""

from typing import Any

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.exceptions import Conflict, Refused
from impact.vocabulary import CommunityKind
from impact_maps.indicators import CATALOGUE
from reports.evaluation import storage
from reports.evaluation.library import fitting, templates
from reports.evaluation.records import MeasurePlan, QuestionPlan
from reports.evaluation.rules import forgotten_criteria, forgotten_themes, is_met, matters, without_indicator
from reports.vocabulary import Criterion, Rhythm, Theme
from tests.conftest import TODAY

ROOT = "/communautes/pre-demonstration/cadre"
MEASURE = {
    "code": "pre.situations_taken_up",
    "judgement": "Sept sur dix",
    "source": "Fiches",
    "rhythm": "year",
    "target": "70",
    "smallest": "5",
    "why": "Projet",
}


def _plan(**changes: Any) -> MeasurePlan:
    given = {"code": "pre.situations_taken_up", "judgement": "j", "source": "s", "rhythm": Rhythm.YEAR, **changes}
    return MeasurePlan(**given)


def test_every_template_reads_and_covers_several_criteria() -> None:
    assert len(templates()) == 7
    for template in templates():
        criteria = {question.criterion for question, _ in template.questions}
        assert len(criteria) >= 4 or template.key in ("ateliers-parents", "cycle-ateliers")
        assert all(plan.code in CATALOGUE and plan.judgement for _, plans in template.questions for plan in plans)
        # A target belongs to a community: no template brings one.
        assert all(plan.target is None for _, plans in template.questions for plan in plans)


def test_a_template_leaves_out_what_a_community_cannot_measure() -> None:
    pre = next(template for template in templates() if template.key == "pre")
    kept = fitting(pre, CommunityKind.COLLECTIVE)
    assert not any(plan.code.startswith("pre.") for _, plans in kept.questions for plan in plans)


def test_what_nobody_looks_at_is_shown(db: EncryptedDatabase, amina: Actor) -> None:
    assert forgotten_themes([]) == list(Theme)
    storage.add_question(db, amina, QuestionPlan("Et la santé ?", Criterion.IMPACT, (Theme.HEALTH,)))
    questions = storage.list_questions(db)
    assert Theme.HEALTH not in forgotten_themes(questions)
    assert forgotten_criteria(questions) == [each for each in Criterion if each is not Criterion.IMPACT]
    assert without_indicator(questions) == questions


def test_a_frame_is_made_by_forms(browse: Any, db: EncryptedDatabase) -> None:
    elodie = browse("elodie")
    page = elodie.get(f"{ROOT}/")
    assert "Pas encore de question" in page
    page = elodie.follow(f"{ROOT}/modeles/pre", {}, f"{ROOT}/")
    assert "Culture" in page
    assert "Mobilité" in page
    asked = len(storage.list_questions(db))
    assert "déjà dans le cadre" in elodie.follow(f"{ROOT}/modeles/pre", {}, f"{ROOT}/")
    assert len(storage.list_questions(db)) == asked
    elodie.follow(
        f"{ROOT}/questions/nouvelle",
        {"words": "Les familles sont-elles bien accueillies ?", "criterion": "relevance", "themes": ["culture"]},
    )
    added = next(each for each in storage.list_questions(db) if "accueillies" in each.plan.words)
    page = elodie.follow(f"{ROOT}/questions/{added.id}/nouvel-indicateur", MEASURE)
    assert "70\u202f%" in page
    plan = storage.targets(db)["pre.situations_taken_up"]
    assert (plan.target, plan.smallest) == (0.7, 0.05)
    measure = storage.get_question(db, added.id).measures[0]
    elodie.follow(f"{ROOT}/indicateurs/{measure.id}/modifier", {**MEASURE, "target": "75"})
    history = storage.target_history(db, "pre.situations_taken_up")
    assert [change.target for change in history] == [0.7, 0.75]
    assert history[0].author_role == "facilitator"
    elodie.follow(f"{ROOT}/indicateurs/{measure.id}/retirer", {}, f"{ROOT}/")
    elodie.follow(f"{ROOT}/questions/{added.id}/retirer", {}, f"{ROOT}/")
    history = storage.target_history(db, "pre.situations_taken_up")
    assert [change.target for change in history] == [0.7, 0.75, None]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"code": ""}, "Choisissez un indicateur"),
        ({"code": "inconnu"}, "Choisissez une réponse de la liste"),
        ({"target": "170"}, "de 0 à 100"),
        ({"target": "-5"}, "ne descend pas sous zéro"),
        ({"code": "pre.children_followed", "target": "-5"}, "ne descend pas sous zéro"),
        ({"why": ""}, "Dites d’où vient cette cible"),
        ({"smallest": "0"}, "plus grand que zéro"),
        ({"target": "beaucoup"}, "Écrivez un nombre"),
        ({"judgement": ""}, "Dites ce qui ferait répondre oui"),
    ],
)
def test_a_wrong_measure_is_explained_and_kept(
    browse: Any, db: EncryptedDatabase, amina: Actor, typed: dict[str, str], message: str
) -> None:
    added = storage.add_question(db, amina, QuestionPlan("Quoi ?", Criterion.IMPACT))
    answer = browse("amina").send(f"{ROOT}/questions/{added}/nouvel-indicateur", {**MEASURE, **typed})
    assert answer.status_code == 200
    assert message in answer.text
    assert 'value="Fiches"' in answer.text
    assert storage.get_question(db, added).measures == ()


def test_readers_read_and_write_nothing(browse: Any) -> None:
    denis = browse("denis")
    assert "Pas encore de question" in denis.get(f"{ROOT}/")
    assert denis.client.get(f"{ROOT}/questions/nouvelle").status_code == 403
    assert browse("chloe").client.get(f"{ROOT}/").status_code == 404


def test_two_people_at_once_are_told(db: EncryptedDatabase, amina: Actor) -> None:
    added = storage.add_question(db, amina, QuestionPlan("Quoi ?", Criterion.IMPACT))
    storage.change_question(db, amina, added, QuestionPlan("Combien ?", Criterion.IMPACT), 1)
    with pytest.raises(Conflict):
        storage.change_question(db, amina, added, QuestionPlan("Où ?", Criterion.IMPACT), 1)
    measure = storage.add_measure(db, amina, added, _plan(), TODAY)
    storage.change_measure(db, amina, measure, _plan(judgement="k"), 1, TODAY)
    with pytest.raises(Conflict):
        storage.change_measure(db, amina, measure, _plan(judgement="l"), 1, TODAY)
    with pytest.raises(Refused):
        storage.add_measure(db, amina, added, _plan(code="rien"), TODAY)


def test_the_target_of_someone_else_is_shown_beside_ones_own(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    added = storage.add_question(db, amina, QuestionPlan("Quoi ?", Criterion.IMPACT))
    measure = storage.add_measure(db, amina, added, _plan(target=0.7, smallest=0.05, why="w"), TODAY)
    storage.change_measure(db, amina, measure, _plan(target=0.8, smallest=0.1, why="w"), 1, TODAY)
    page = browse("amina").send(f"{ROOT}/indicateurs/{measure}/modifier", {**MEASURE, "target": "75", "version": "1"})
    assert page.status_code == 409
    assert "80,00" in page.text
    assert "10,00" in page.text


def test_a_withdrawn_target_leaves_its_line(db: EncryptedDatabase, amina: Actor) -> None:
    added = storage.add_question(db, amina, QuestionPlan("Quoi ?", Criterion.IMPACT))
    measure = storage.add_measure(db, amina, added, _plan(target=0.7, why="w"), TODAY)
    storage.change_measure(db, amina, measure, _plan(code="pre.decision_delay", target=30.0, why="w"), 1, TODAY)
    storage.remove_question(db, amina, added, TODAY)
    for code, aimed in ((_plan().code, 0.7), ("pre.decision_delay", 30.0)):
        assert [change.target for change in storage.target_history(db, code)] == [aimed, None]


def test_a_target_is_said_with_its_unit(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    added = storage.add_question(db, amina, QuestionPlan("Quoi ?", Criterion.IMPACT))
    for plan in (
        _plan(code="pre.decision_delay", target=30.0, smallest=5.0, why="w"),
        _plan(code="pre.situations_taken_up", smallest=0.05),
    ):
        storage.add_measure(db, amina, added, plan, TODAY)
    page = browse("amina").get(f"{ROOT}/").replace("\u00a0", " ")
    assert "<strong>30 jours</strong>" in page
    assert "Plus petit changement qui compte : 5 jours." in page
    assert "Plus petit changement qui compte : 5 points." in page
    root = "/communautes/pre-demonstration/indicateurs/fiches"
    page = browse("amina").get(f"{root}/pre.situations_taken_up").replace("\u00a0", " ")
    assert "sans cible, plus petit changement qui compte : 5 points" in page
    assert "cible retirée" not in page


def test_a_form_sent_twice_asks_once(browse: Any, db: EncryptedDatabase) -> None:
    amina = browse("amina")
    url = f"{ROOT}/questions/nouvelle"
    page = amina.client.get(url).text
    hidden = {
        name: page.split(f'name="{name}" type="hidden" value="')[1].split('"')[0] for name in ("csrf_token", "once")
    }
    for _ in range(2):
        amina.client.post(url, data={**hidden, "words": "Quoi ?", "criterion": "impact", "version": "1"})
    assert len(storage.list_questions(db)) == 1


def test_a_target_follows_the_favourable_direction() -> None:
    delay, density = _plan(code="pre.decision_delay", target=30.0), _plan(code="cooperation.density", target=0.3)
    assert (is_met(delay, 29), is_met(delay, 31)) == (True, False)
    assert (is_met(density, 0.29), is_met(density, 0.3)) == (False, True)
    assert is_met(_plan(), 1) is None
    assert (matters(_plan(smallest=0.05), 0.04), matters(_plan(smallest=0.05), -0.05)) == (False, True)
    assert matters(None, 3) is None
