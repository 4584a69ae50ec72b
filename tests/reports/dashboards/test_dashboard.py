"""The dashboard and the page of an indicator: the same figures as everywhere else, and nothing for the wrong eyes."""

import csv
import io
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

import app as assembly
from impact.demo import ESSONNE, PRE
from impact.periods import Period, civil_year, school_year
from impact.vocabulary import CommunityKind
from impact_maps.indicator import DefinitionChange
from impact_maps.indicators import CATALOGUE
from reports.computing.estimating import count, estimate, share
from reports.dashboards.pages import definition_log
from reports.dashboards.tiles import base_words, change_words
from reports.evaluation.records import MeasurePlan
from reports.rules import before, periods_until
from reports.sparklines import spark
from reports.vocabulary import Rhythm

pytestmark = pytest.mark.whole

ROOT = f"/communautes/{PRE}/indicateurs"


@pytest.fixture
def app(demo_root: Path, tmp_path: Path) -> Flask:
    """The application on a private copy of the demonstration."""
    root = tmp_path / "instance"
    shutil.copytree(demo_root, root)
    return assembly.create_app(root, TESTING=True, SHOW_FAULTS=True)


def _table(browser: Any, slug: str) -> dict[tuple[str, str], dict[str, str]]:
    text = browser.client.get(f"/communautes/{slug}/indicateurs/indicateurs.csv").data.decode("utf-8-sig")
    return {(row["code"], row["category"]): row for row in csv.DictReader(io.StringIO(text), delimiter=";")}


def test_the_dashboard_shows_pictures_targets_and_the_same_values_as_the_table(browse: Any) -> None:
    amina = browse("amina")
    page, rows = amina.get(f"{ROOT}/tableau-de-bord"), _table(amina, PRE)
    followed = rows["pre.children_followed", ""]["value"]
    shown = re.search(r"pre\.children_followed.*?class=\"valeur[^>]*>([\d\s]+)", page, re.S)
    assert shown
    assert float(shown[1]) == float(followed)
    assert page.count("<svg") > 3
    assert "Cible" in page
    assert "France" in page
    assert "cette fois" in page


@pytest.mark.parametrize("persona", ["amina", "denis", "basile", "elodie"])
def test_every_reader_has_a_dashboard(browse: Any, persona: str) -> None:
    page = browse(persona).get(f"{ROOT}/tableau-de-bord")
    assert ("Chiffres exacts" in page) is (persona == "amina")


def test_a_network_without_pathways_has_one_too(browse: Any) -> None:
    page = browse("chloe").get(f"/communautes/{ESSONNE}/indicateurs/tableau-de-bord")
    assert "D’un atelier à l’autre" in page
    assert "Enfants suivis" not in page
    # Nobody mediates there: zeros would say that somebody could.
    assert "Médiateurs" not in page


def test_two_dates_make_a_period_and_wrong_ones_are_explained(browse: Any) -> None:
    amina, url = browse("amina"), f"{ROOT}/tableau-de-bord"
    assert "1er septembre 2025 au 31 décembre 2025" in amina.get(f"{url}?du=01/09/2025&au=31/12/2025").replace(
        "\xa0", " "
    )
    page = amina.get(f"{url}?du=01/09/2025&au=31/11/2025")
    assert "Ce mois a 30" in page
    assert 'value="31/11/2025"' in page
    assert "La fin vient avant" in amina.get(f"{url}?du=01/09/2025&au=31/08/2025")
    assert "n’a pas commencé" in amina.get(f"{url}?du=01/09/2050&au=31/08/2051")


def test_each_indicator_has_its_page(browse: Any) -> None:
    amina = browse("amina")
    known = [code for code, indicator in CATALOGUE.items() if CommunityKind.PRE in indicator.kinds]
    for code in known[::6]:
        page = amina.get(f"{ROOT}/fiches/{code}")
        assert "Comment c’est compté" in page
        assert "Toutes les périodes" in page
    amina.get(f"{ROOT}/fiches/inconnu", 404)


def test_the_categories_over_time_begin_with_the_newest_year(browse: Any) -> None:
    page = browse("amina").get(f"{ROOT}/fiches/pre.origins")
    heads = re.findall(r'<th scope="col" class="nb">(\d{4}-\d{4})</th>', page)
    assert heads == sorted(heads, reverse=True)
    assert len(heads) > 1


def test_the_records_behind_are_for_those_who_may_open_them(browse: Any) -> None:
    page = browse("amina").get(f"{ROOT}/fiches/pre.children_followed")
    assert "Ce qui a été compté" in page
    assert "Situation n° " in page.replace("\xa0", " ")
    for persona in ("denis", "elodie", "basile"):
        assert "Ce qui a été compté" not in browse(persona).get(f"{ROOT}/fiches/pre.children_followed")


def test_the_count_of_records_is_the_figure(browse: Any) -> None:
    amina = browse("amina")
    received = _table(amina, PRE)["pre.situations_received", ""]["value"]
    page = amina.get(f"{ROOT}/fiches/pre.situations_received")
    assert page.count("/enfants/") - page.count('/enfants/"') >= float(received)
    assert len(re.findall(r"reçue le", page)) == float(received)
    base = _table(amina, PRE)["pre.support_length", ""]["denominator"]
    assert len(re.findall(r"reçue le", amina.get(f"{ROOT}/fiches/pre.support_length"))) == float(base)


def test_a_period_is_followed_back_by_its_like() -> None:
    assert before(school_year(2025)) == school_year(2024)
    assert before(civil_year(2025)) == civil_year(2024)
    assert before(Period(date(2026, 1, 11), date(2026, 1, 20))) == Period(date(2026, 1, 1), date(2026, 1, 10))
    found = periods_until(school_year(2025), 4, date(2024, 1, 1))
    assert [period.start.year for period in found] == [2023, 2024, 2025]


def test_a_change_is_said_without_a_cause() -> None:
    plan = MeasurePlan("pre.children_followed", "j", "s", Rhythm.YEAR, None, 10.0)
    code, year = "pre.children_followed", school_year(2024)
    said = change_words(count(code, 132), count(code, 120), year, plan)
    assert "12 de plus cette fois, un changement qui compte" in said
    assert "moins que ce qui compte" in change_words(count(code, 121), count(code, 120), year, plan)
    assert change_words(count(code, 120), count(code, 120), year, plan).endswith("autant cette fois.")
    part = "pre.situations_taken_up"
    assert "10\xa0points de moins" in change_words(share(part, 40, 100), share(part, 50, 100), year, None)
    assert change_words(share(part, 3, 9), share(part, 50, 100), year, None).endswith("50\u202f%.")
    assert change_words(count(code, 3), None, None, None) == ""
    delay = "pre.decision_delay"
    said = change_words(estimate(delay, 14.0), estimate(delay, 15.0), year, None).replace("\u00a0", " ")
    assert "15 jours, soit 1 jour de moins" in said


def test_a_base_is_named_where_it_does_not_divide() -> None:
    length = estimate("pre.support_length", 15.5, numerator=73.0, denominator=163.0, n=163)
    assert base_words(length).replace("\u00a0", " ").startswith("73 parcours terminés sur 163 parcours décidés")
    assert base_words(share("pre.situations_taken_up", 62, 77)).replace("\u00a0", " ") == "62 sur 77."


def test_a_spark_draws_anything() -> None:
    assert spark("rien", [None, None]) == ""
    for values in ([0.0], [1.0, None, 3.0], [-2.0, 2.0], [5.0] * 30):
        drawn = spark("titre", values, target=4.0)
        assert drawn.startswith("<svg")
        assert drawn.count("<rect") == len([value for value in values if value is not None])


def test_what_a_definition_counts_otherwise_is_told_version_by_version() -> None:
    first = CATALOGUE["pre.children_followed"]
    assert definition_log(first) == ()
    changes = (
        DefinitionChange(2, date(2025, 9, 1), "les enfants revenus comptent une fois"),
        DefinitionChange(3, date(2026, 9, 1), "les parcours suspendus ne comptent plus"),
    )
    third = replace(first, version=3, changes=changes)
    assert [said.replace("\xa0", " ") for said in definition_log(third)] == [
        "Version 3, le 01/09/2026 : les parcours suspendus ne comptent plus",
        "Version 2, le 01/09/2025 : les enfants revenus comptent une fois",
    ]
    with pytest.raises(ValueError, match="has its change"):
        replace(first, version=2)
    with pytest.raises(ValueError, match="has its change"):
        replace(first, changes=changes)


def test_an_indicator_is_read_between_two_dates_and_wrong_ones_are_explained(browse: Any) -> None:
    amina, url = browse("amina"), f"{ROOT}/fiches/pre.situations_received"
    page = amina.get(f"{url}?du=01/09/2025&au=31/12/2025").replace("\xa0", " ")
    assert "1er septembre 2025 au 31 décembre 2025" in page
    assert "elle n’a jamais changé" in page
    wrong = amina.get(f"{ROOT}/?du=01/09/2025&au=31/08/2025")
    assert "La fin vient avant" in wrong
    assert 'value="31/08/2025"' in wrong
