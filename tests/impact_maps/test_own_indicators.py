"""What a community measures in its own words: definition, goal, entered values, log; small numbers stay inside."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.exceptions import Conflict, NotFound, Refused
from impact.figures import Figure, FigureState, replace_figures
from impact.vocabulary import Audience
from impact_maps import demo, own_storage, storage
from impact_maps.indicator import Direction, Unit
from impact_maps.own_rules import MOST_INDICATORS, changes, goal_words, is_due, right_indicator, right_value, state_for
from impact_maps.pattern_storage import take_up
from impact_maps.patterns import find, library
from impact_maps.records import BoxContent, OwnIndicator, OwnValue
from impact_maps.todos import indicator_todos
from impact_maps.vocabulary import OwnSource, Rhythm, Stage

BASE = "/communautes/pre-demonstration/chaine-de-valeur"
OWN = f"{BASE}/nos-indicateurs"
TODAY = date(2026, 11, 20)
SHARE = OwnIndicator(
    code="parents-reunion",
    title="Parents présents aux réunions",
    definition="Un parent au moins était là.",
    unit=Unit.SHARE,
    base="les familles suivies",
    source=OwnSource.ENTERED,
    figure="",
    origin="feuille de présence",
    about_people=True,
    rhythm=Rhythm.YEARLY,
    direction=Direction.UP,
    goal=0.8,
    goal_on=date(2027, 8, 31),
    goal_reason="Décidée en comité.",
    responsible=None,
)
COUNT = replace(SHARE, code="cafes", title="Cafés des parents", unit=Unit.COUNT, about_people=False, goal=12.0)
TYPED = {
    "title": "Parents présents",
    "code": "parents-presents",
    "definition": "Un parent au moins était là.",
    "unit": "share",
    "base": "les familles suivies",
    "source": "entered",
    "figure": "",
    "origin": "feuille de présence",
    "about_people": "y",
    "rhythm": "yearly",
    "direction": "up",
    "goal": "80",
    "goal_on": "31/08/2027",
    "goal_reason": "Décidée en comité.",
    "responsible": "",
}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "Mon Code"}, "code"),
        ({"code": "a--b"}, "code"),
        ({"origin": ""}, "origin"),
        ({"source": OwnSource.FOLLOW_UP}, "figure"),
        ({"source": OwnSource.FOLLOW_UP, "figure": "participation.people"}, "figure"),
        ({"goal_reason": ""}, "goal_reason"),
        ({"goal": None}, "goal"),
        ({"goal": 1.2}, "goal"),
        ({"goal": -0.1}, "goal"),
    ],
)
def test_a_definition_that_lacks_something_is_refused_at_its_field(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        right_indicator(replace(SHARE, **wrong))
    assert refusal.value.field == field


def test_a_figure_gives_its_own_unit() -> None:
    read = replace(
        SHARE, source=OwnSource.FOLLOW_UP, figure="pre.children_followed", origin="", goal=None, goal_on=None
    )
    assert right_indicator(replace(read, goal_reason="")).unit is Unit.COUNT


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (OwnValue(date(2026, 11, 21), 0.5, 40, ""), "day"),
        (OwnValue(date(2026, 9, 1), 0.5, 40, ""), "day"),
        (OwnValue(TODAY, 1.5, 40, ""), "value"),
        (OwnValue(TODAY, 0.5, None, ""), "people"),
    ],
)
def test_a_value_that_cannot_be_is_refused_at_its_field(value: OwnValue, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        right_value(SHARE, value, [OwnValue(date(2026, 9, 1), 0.4, 30, "")], TODAY)
    assert refusal.value.field == field


def test_a_count_has_no_decimal_and_a_read_figure_is_not_typed() -> None:
    with pytest.raises(Refused, match="sans décimale"):
        right_value(COUNT, OwnValue(TODAY, 2.5, None, ""), [], TODAY)
    with pytest.raises(Refused, match="lit un chiffre"):
        right_value(replace(COUNT, source=OwnSource.FOLLOW_UP), OwnValue(TODAY, 2.0, None, ""), [], TODAY)


@pytest.mark.parametrize(
    ("own", "value", "people", "masked"),
    [
        (SHARE, 0.5, 40, False),
        (SHARE, 0.5, 10, True),  # fewer than eleven behind a percentage
        (SHARE, 0.95, 40, True),  # two people are not among the 95 %
        (replace(SHARE, about_people=False), 0.5, 3, False),
        (replace(COUNT, about_people=True), 4.0, None, True),
        (replace(COUNT, about_people=True), 5.0, None, False),
        (replace(COUNT, about_people=True), 0.0, None, False),
        (replace(COUNT, about_people=True), 9.0, 12, True),  # three are not counted
        (replace(SHARE, unit=Unit.MEAN), 3.2, None, True),
    ],
)
def test_small_numbers_stay_inside(own: OwnIndicator, value: float, people: int | None, masked: bool) -> None:
    said = OwnValue(TODAY, value, people, "")
    assert state_for(own, said, Audience.INTERNAL) is FigureState.MEASURED
    for audience in (Audience.FUNDER, Audience.PUBLIC):
        assert (state_for(own, said, audience) is FigureState.MASKED) is masked


def test_goals_and_changes_are_said_in_words() -> None:
    assert goal_words(SHARE) == "80\u202f% au 31/08/2027"
    assert goal_words(replace(SHARE, goal=None)) == ""
    after = replace(SHARE, goal=0.85, direction=Direction.NEUTRAL, responsible=7, about_people=False)
    found = {field: (was, now) for field, was, now in changes(SHARE, after, {7: "Amina"})}
    assert found == {
        "Cible": ("80 %", "85 %"),
        "Sens": (Direction.UP.label, Direction.NEUTRAL.label),
        "Responsable": ("–", "Amina"),
        "Compte des personnes": ("oui", "non"),
    }
    assert changes(SHARE, SHARE, {}) == []


def test_values_give_a_trend_and_each_reader_hers(db: EncryptedDatabase, amina: Actor) -> None:
    number = own_storage.add_own(db, amina, SHARE)
    key = own_storage.get_own(db, number).key
    assert own_storage.own_measures(db, Audience.INTERNAL)[key].base == "pas encore de valeur"
    own_storage.add_value(db, amina, number, OwnValue(date(2025, 9, 1), 0.5, 40, ""), TODAY)
    own_storage.add_value(db, amina, number, OwnValue(date(2026, 9, 1), 0.9, 30, ""), TODAY)
    inside = own_storage.own_measures(db, Audience.INTERNAL)[key]
    assert (inside.value, inside.when, inside.goal) == ("90\u202f%", "au 01/09/2026", "80\u202f% au 31/08/2027")
    assert "en hausse (50" in inside.trend
    outside = own_storage.own_measures(db, Audience.FUNDER)[key]
    assert (outside.value, outside.measured, outside.trend) == (FigureState.MASKED.label, False, "")


def test_a_figure_of_the_follow_up_is_read_as_it_was_computed(db: EncryptedDatabase, amina: Actor) -> None:
    read = replace(COUNT, source=OwnSource.FOLLOW_UP, figure="pre.children_followed", origin="", goal=150.0)
    own = own_storage.get_own(db, own_storage.add_own(db, amina, read))
    rows = [
        Figure(
            "pre.children_followed", "", period, Audience.INTERNAL, "count", value, value, None,
            FigureState.MEASURED, "", period[-4:] + "-09-30",
        )
        for period, value in (("2024-2025", 120.0), ("2025-2026", 127.0))
    ]  # fmt: skip
    for row in rows:
        replace_figures(db, amina, row.period, [row])
    said = own_storage.own_measures(db, Audience.INTERNAL)[own.key]
    assert (said.value, said.title) == ("127", "Cafés des parents")
    assert "en hausse (120" in said.trend
    assert "masqué" not in said.value


def test_definitions_change_with_their_log_and_two_editors_meet(db: EncryptedDatabase, amina: Actor) -> None:
    number = own_storage.add_own(db, amina, SHARE)
    own_storage.change_own(db, amina, number, replace(SHARE, base="les familles reçues"), 1, {})
    (change,) = own_storage.list_changes(db, number)
    assert (change.field, change.before, change.after) == ("Base", "les familles suivies", "les familles reçues")
    assert change.author == amina.member_id
    with pytest.raises(Conflict):
        own_storage.change_own(db, amina, number, replace(SHARE, base="autre"), 1, {})
    assert len(own_storage.list_changes(db, number)) == 1
    own_storage.add_value(db, amina, number, OwnValue(TODAY, 0.5, 40, ""), TODAY)
    with pytest.raises(Refused, match="changer d’unité"):
        own_storage.change_own(db, amina, number, replace(SHARE, unit=Unit.MEAN), 2, {})


def test_codes_are_unique_even_after_a_removal_and_there_is_an_end(db: EncryptedDatabase, amina: Actor) -> None:
    number = own_storage.add_own(db, amina, SHARE)
    own_storage.remove_own(db, amina, number, TODAY)
    assert own_storage.list_own(db) == []
    with pytest.raises(NotFound):
        own_storage.remove_own(db, amina, number, TODAY)
    with pytest.raises(Refused, match="déjà pris"):
        own_storage.add_own(db, amina, SHARE)
    for rank in range(MOST_INDICATORS):
        own_storage.add_own(db, amina, replace(COUNT, code=f"cafes-{rank}"))
    with pytest.raises(Refused, match="retirez-en un"):
        own_storage.add_own(db, amina, replace(COUNT, code="un-de-trop"))


def test_an_indicator_is_defined_hung_fed_and_read(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    take_up(db, amina, find(library(), "depart"))
    browser = browse("amina")
    page = browser.follow(f"{OWN}/ajouter", TYPED)
    assert "80\u202f% au 31/08/2027" in page
    (own,) = own_storage.list_own(db)
    url = f"{OWN}/{own.id}"
    value = {"day": "15/11/2026", "value": "62", "people": "40", "note": "Réunion de rentrée"}
    page = browser.follow(f"{url}/valeurs", value, page=url)
    assert "62\u202f%" in page
    effect = storage.get_chain(db).column(Stage.RESULTS)[0]
    browser.follow(
        f"{BASE}/elements/{effect.id}",
        {"label": effect.content.label, "stage": "results", "target": "families", "indicator": own.key},
    )
    assert "62\u202f%" in browser.get(f"{BASE}/")
    assert effect.content.label in browser.get(OWN)
    ((kept,),) = own_storage.own_values(db).values()
    browser.follow(f"{url}/valeurs/{kept.id}/retirer", {}, page=url)
    assert own_storage.own_values(db) == {}
    page = browser.follow(f"{url}/definition", {**TYPED, "goal": "85"}, page=f"{url}/definition")
    assert "Ce qui a changé dans la définition" in page
    browser.follow(f"{url}/retirer", {}, page=url)
    browser.get(url, 404)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": ""}, "Donnez un nom"),
        ({"title": "x" * 300}, "120 caractères au plus"),
        ({"code": "Deux Mots"}, "minuscules, chiffres et tirets"),
        ({"unit": ""}, "Choisissez une unité"),
        ({"goal": "beaucoup"}, "nombre"),
        ({"goal": "180"}, "Une part va de 0 à 100"),
        ({"goal_on": "31/02/2027"}, "31/02/2027"),
        ({"goal_reason": ""}, "pourquoi cette cible"),
        ({"source": "follow_up"}, "Choisissez le chiffre"),
        ({"figure": "invented.code", "source": "follow_up"}, "réponse de la liste"),
    ],
)
def test_a_wrong_definition_is_explained_and_kept(
    browse: Any, db: EncryptedDatabase, wrong: dict[str, str], words: str
) -> None:
    answer = browse("amina").send(f"{OWN}/ajouter", {**TYPED, **wrong})
    assert answer.status_code == 200
    assert words in answer.text
    assert "Décidée en comité." in answer.text or "goal_reason" in wrong
    assert own_storage.list_own(db) == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"day": ""}, "quel jour"), ({"day": "21/11/2026"}, "pas encore venu"), ({"value": ""}, "Écrivez la valeur"),
     ({"value": "140"}, "Une part va de 0 à 100"), ({"people": ""}, "combien de personnes")],
)  # fmt: skip
def test_a_wrong_value_is_explained(
    browse: Any, db: EncryptedDatabase, amina: Actor, wrong: dict[str, str], words: str
) -> None:
    url = f"{OWN}/{own_storage.add_own(db, amina, SHARE)}"
    typed = {"day": "15/11/2026", "value": "60", "people": "40", "note": "", **wrong}
    answer = browse("amina").send(f"{url}/valeurs", typed, page=url)
    assert words in answer.text
    assert own_storage.own_values(db) == {}


def test_a_form_sent_twice_is_stored_once(browse: Any, db: EncryptedDatabase) -> None:
    browser = browse("amina")
    page = browser.client.get(f"{OWN}/ajouter").text
    hidden = {
        name: page.partition(f'name="{name}"')[2].partition('value="')[2].partition('"')[0]
        for name in ("csrf_token", "once", "version")
    }
    for _ in range(2):
        assert browser.client.post(f"{OWN}/ajouter", data={**TYPED, **hidden}).status_code == 303
    assert len(own_storage.list_own(db)) == 1


@pytest.mark.parametrize(
    ("rhythm", "days", "due"),
    [
        (Rhythm.MONTHLY, 31, False),
        (Rhythm.MONTHLY, 32, True),
        (Rhythm.QUARTERLY, 92, False),
        (Rhythm.QUARTERLY, 93, True),
        (Rhythm.YEARLY, 366, False),
        (Rhythm.YEARLY, 367, True),
        (Rhythm.ONCE, 4000, False),
    ],
)
def test_a_value_is_awaited_when_its_rhythm_says_so(rhythm: Rhythm, days: int, due: bool) -> None:
    own = replace(SHARE, rhythm=rhythm)
    assert is_due(own, TODAY - timedelta(days=days), TODAY) is due
    assert is_due(own, None, TODAY)
    assert not is_due(replace(own, source=OwnSource.FOLLOW_UP), None, TODAY)


def test_who_answers_for_it_is_told(db: EncryptedDatabase, amina: Actor) -> None:
    number = own_storage.add_own(db, amina, replace(SHARE, responsible=amina.member_id))
    own_storage.add_own(db, amina, COUNT)
    told = indicator_todos(db, amina, TODAY)
    assert [each.title for each in told] == ["Cafés des parents", "Parents présents aux réunions"]
    assert [each.title for each in indicator_todos(db, replace(amina, member_id=None), TODAY)] == ["Cafés des parents"]
    own_storage.add_value(db, amina, number, OwnValue(TODAY, 0.5, 40, ""), TODAY)
    assert [each.title for each in indicator_todos(db, amina, TODAY)] == ["Cafés des parents"]
    assert indicator_todos(db, replace(amina, role="funder"), TODAY) == []


def test_who_reads_and_who_writes(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    number = own_storage.add_own(db, amina, replace(SHARE, responsible=amina.member_id))
    own_storage.add_value(db, amina, number, OwnValue(TODAY, 0.9, 30, "Une remarque"), TODAY)
    page = browse("denis").get(f"{OWN}/{number}")
    assert "masqué" in page
    assert "90\u202f%" not in page
    assert "Vertefeuille" not in page
    for persona in ("denis", "basile"):
        browse(persona).get(f"{OWN}/ajouter", 403)
    browse("chloe").get(OWN, 404)
    assert browse(None).client.get(OWN).status_code == 302


def test_a_box_may_carry_an_indicator_that_was_removed(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    demo.fill(db, amina, TODAY)
    own = own_storage.list_own(db)[0]
    storage.add_box(db, amina, BoxContent(Stage.RESULTS, "Effet", None, own.key))
    own_storage.remove_own(db, amina, own.id, TODAY)
    page = browse("amina").get(f"{BASE}/")
    assert "indicateur qui n’est plus suivi" in page
    assert own.key not in page
