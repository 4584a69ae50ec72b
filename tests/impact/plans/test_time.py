"""Time of the coordination: noted by who runs the community, summed for all, beside the condition it is about."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from impact.audit import SYSTEM, Actor
from impact.db import EncryptedDatabase
from impact.exceptions import NotAllowed, NotFound, Refused
from impact.plans.condition_rules import MEASURES_OF
from impact.plans.condition_storage import measure
from impact.plans.records import Measurement, TimeSpent, TimeSum
from impact.plans.time_rules import by_month, check_time, year_before
from impact.plans.time_storage import add_time, list_time, remove_time
from impact.plans.vocabulary import Condition, Measure, TimeKind

URL = "/communautes/pre-demonstration/feuille-de-route/temps"
TODAY = date(2026, 11, 20)
SPENT = TimeSpent(0, 1, date(2026, 11, 3), TimeKind.PEOPLE, 90)
TYPED = {"day": "03/11/2026", "hours": "1,5", "kind": "people", "note": "Visite"}


def test_months_are_summed_by_kind_and_a_year_is_365_days() -> None:
    spent = [
        SPENT,
        replace(SPENT, kind=TimeKind.REPORTING, minutes=30),
        replace(SPENT, day=date(2026, 10, 31), minutes=60),
        replace(SPENT, day=TODAY - timedelta(days=365), minutes=1000),
    ]
    months = by_month(spent)
    assert months[:2] == [TimeSum(date(2026, 11, 1), 30, 90), TimeSum(date(2026, 10, 1), 0, 60)]
    assert (year_before(spent, TODAY).reporting, year_before(spent, TODAY).people) == (30, 150)
    assert by_month([]) == []


@pytest.mark.parametrize(
    ("wrong", "field"), [({"day": date(2026, 11, 21)}, "day"), ({"minutes": 0}, "hours"), ({"minutes": 1400}, "hours")]
)
def test_a_day_has_twenty_four_hours_and_has_come(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_time(replace(SPENT, **wrong), [SPENT], TODAY)
    assert refusal.value.field == field
    check_time(replace(SPENT, member_id=2, minutes=1400), [SPENT], TODAY)


def test_time_is_of_who_notes_it_and_only_hers_to_remove(db: EncryptedDatabase, amina: Actor) -> None:
    added = add_time(db, amina, replace(SPENT, member_id=99), TODAY)
    assert [each.member_id for each in list_time(db)] == [amina.member_id]
    with pytest.raises(NotFound):
        remove_time(db, replace(amina, member_id=99), added)
    remove_time(db, amina, added)
    assert list_time(db) == []
    with pytest.raises(NotAllowed):
        add_time(db, SYSTEM, SPENT, TODAY)


def test_it_stands_beside_the_condition_of_the_backbone(db: EncryptedDatabase, amina: Actor) -> None:
    assert measure(db, TODAY)[Measure.TIME] == Measurement(Measure.TIME, None)
    add_time(db, amina, SPENT, TODAY)
    add_time(db, amina, replace(SPENT, kind=TimeKind.REPORTING, minutes=270), TODAY)
    assert measure(db, TODAY)[Measure.TIME] == Measurement(Measure.TIME, 1, 6)
    assert Measure.TIME in MEASURES_OF[Condition.BACKBONE]
    assert {each for shown in MEASURES_OF.values() for each in shown} == set(Measure)


def test_it_is_noted_read_and_removed_by_forms(browse: Any, db: EncryptedDatabase) -> None:
    amina = browse("amina")
    assert "Aucun temps noté" in amina.get(URL)
    page = amina.follow(URL, TYPED)
    assert "1,5\u00a0h" in page or "1,5 h" in page
    assert "100\u202f% avec les personnes" in page
    (spent,) = list_time(db)
    assert (spent.minutes, spent.note) == (90, "Visite")
    member = browse("basile").get(URL)
    assert "novembre 2026" in member
    assert "Visite" not in member
    assert "Noter du temps" not in member
    amina.follow(f"{URL}/{spent.id}/retirer", {}, page=URL)
    assert list_time(db) == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"day": ""}, "Écrivez le jour"),
        ({"day": "21/11/2026"}, "pas encore venu"),
        ({"hours": ""}, "combien d’heures"),
        ({"hours": "25"}, "plus grand que zéro, 24 au plus"),
        ({"hours": "0"}, "une minute"),
        ({"kind": ""}, "à quoi ce temps"),
        ({"note": "x" * 300}, "200 caractères au plus"),
    ],
)
def test_wrong_time_is_explained(browse: Any, db: EncryptedDatabase, wrong: dict[str, str], words: str) -> None:
    page = browse("amina").send(URL, {**TYPED, **wrong}).text
    assert words in page
    assert "Le temps n’est pas encore noté" in page
    assert list_time(db) == []


def test_who_may_note(browse: Any, db: EncryptedDatabase) -> None:
    assert browse("basile").client.post(URL, data=TYPED).status_code in (400, 403)
    browse("denis").get(URL, 403)
    browse("chloe").get(URL, 404)
    assert browse(None).client.get(URL).status_code == 302
    assert list_time(db) == []
