"""« Réponses à l'enquête annuelle » as a coordinator reads, questions, completes and exports it."""

import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook

import app as assembly
from impact.demo import ESSONNE, PRE
from impact.instance import Instance
from impact.periods import school_year
from reports.annual import storage

HOME = f"/communautes/{PRE}/enquete-annuelle"
SHEET = f"{HOME}/annees/2025-2026/fiche"
KEEP = f"{HOME}/annees/2025-2026/definitions"


@pytest.fixture
def app(demo_root: Path, tmp_path: Path) -> Flask:
    """The application on a private copy of the demonstration."""
    root = tmp_path / "instance"
    shutil.copytree(demo_root, root)
    return assembly.create_app(root, TESTING=True, SHOW_FAULTS=True)


def plain(page: str) -> str:
    """A page with ordinary spaces."""
    return page.replace("\u202f", " ").replace("\u00a0", " ")


def test_every_part_of_the_survey_is_on_the_page(browse: Any) -> None:
    page = plain(browse("amina").get(HOME + "/"))
    for words in (
        "Situations reçues et décisions", "Enfants suivis pendant l’année", "Motifs d’orientation", "Référents",
        "Durée des accompagnements", "Moyens et financement", "Sans définition publique", "Après 12 mois (365 jours)",
        "Âge : au 31 décembre de l’année.", "Aucune définition n’a été retenue",
    ):  # fmt: skip
        assert words in page, words
    # On a phone, the base stands under the value.
    assert page.count('<span class="tel petit doux">sur ') > 100


def test_neither_a_referent_nor_a_funder_nor_a_stranger_reads_it(browse: Any) -> None:
    for address in ("/", "/situations?chiffre=received", "/reponses.csv", "/reponses.xlsx", "/annees/2025-2026/fiche"):
        for persona in ("basile", "denis", "elodie"):
            assert browse(persona).client.get(HOME + address).status_code == 403
        assert browse("chloe").client.get(HOME + address).status_code == 404
        assert browse(None).client.get(HOME + address).status_code == 302


def test_a_community_without_children_has_no_survey(browse: Any) -> None:
    assert browse("chloe").client.get(f"/communautes/{ESSONNE}/enquete-annuelle/").status_code == 404


def test_the_situations_behind_a_count_have_no_name(app: Flask, browse: Any) -> None:
    amina = browse("amina")
    page = amina.get(f"{HOME}/situations?annee=2025-2026&chiffre=status&categorie=pathway")
    assert "Prises en charge" in page
    assert "N° " in page
    db = Instance(app.extensions["instance"].root, assembly.schema()).community(PRE)
    names = [
        row["family_name"]
        for row in db.rows("SELECT family_name FROM identity JOIN child ON identity_id = identity.id")
    ]
    assert not [name for name in names if f">{name}" in page]
    assert db.value("SELECT count(*) FROM audit_entry WHERE deed = 'read' AND object_kind = 'situation_list'")
    db.close()
    assert amina.client.get(f"{HOME}/situations?chiffre=nothing").status_code == 404


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("annee=2025-2027", "écrivez 2025-2026"),
        ("annee=2025-01-01:2025-03-31", "année scolaire ou une année civile"),
        ("annee=2040", "n’a pas commencé"),
        ("arret=31/06/2026", "30 jours"),
        ("arret=01/01/2050", "après aujourd’hui"),
    ],
)
def test_a_wrong_year_or_day_is_explained(browse: Any, asked: str, message: str) -> None:
    answer = browse("amina").client.get(f"{HOME}/?{asked}")
    assert answer.status_code == 422
    assert message in answer.text


def test_definitions_are_kept_and_their_difference_said(app: Flask, browse: Any) -> None:
    amina = browse("amina")
    page = amina.follow(KEEP, {"options": "age_day=first,taken_up=decided,"}, HOME + "/")
    assert "Les définitions de l’année sont retenues." in page
    assert "Âge : au premier jour de la période." in plain(page)
    following = plain(amina.get(f"{HOME}/?annee=2026-2027"))
    assert "Âge : cette année, au 31 décembre de l’année ; l’année d’avant, au premier jour de la période." in following
    same = amina.get(f"{HOME}/?annee=2026-2027&age_day=first")
    assert "Mêmes définitions" in same


def test_the_sheet_of_the_year_feeds_the_figures(app: Flask, browse: Any) -> None:
    amina = browse("amina")
    page = amina.follow(
        SHEET,
        {
            "carrier": "caisse",
            "state_credits": "120 000,50",
            "town_credits": "40 000",
            "referents_fte": "2,5",
        },
    )
    assert "La fiche de l’année est enregistrée." in page
    read = plain(page)
    for words in ("Caisse des écoles", "120 000,50 €", "25,0 %", "2,5 ETP"):
        assert words in read, words
    db = app.extensions["instance"].community(PRE)
    kept = storage.get_sheet(db, school_year(2025))
    assert (kept.state_credits, kept.town_credits, kept.other_credits, kept.version) == (12_000_050, 4_000_000, None, 1)
    db.close()


def test_profiles_are_typed_only_where_no_pathway_holds_one(app: Flask, browse: Any) -> None:
    amina, place = browse("amina"), app.extensions["instance"]
    assert "se saisissent donc pas ici" in amina.get(SHEET)
    assert 'href="/communautes/pre-demonstration/enquete-annuelle/situations?chiffre=profiles' in amina.get(HOME + "/")
    db = place.community(PRE)
    db.execute("DELETE FROM pathway_profile")
    db.conn.commit()
    assert "tant qu’aucun parcours de l’année" in amina.get(SHEET)
    page = amina.follow(SHEET, {"carrier": "ccas", "profile_2": "30", "profile_words": "Selon les heures"})
    assert "sur 30" in plain(page)
    db.execute("INSERT INTO pathway_profile SELECT id, started_on, 'profil_1' FROM pathway")
    db.conn.commit()
    assert "sur 30" not in plain(amina.follow(SHEET, {"carrier": "gip", "version": "1"}))
    kept = storage.get_sheet(db, school_year(2025))
    assert (kept.carrier.value, kept.profile_2, kept.profile_words) == ("gip", 30, "Selon les heures")
    db.close()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"carrier": ""}, "Choisissez une structure"),
        ({"carrier": "ccas", "state_credits": "beaucoup"}, "Écrivez un nombre"),
        ({"carrier": "ccas", "individual_rate": "120"}, "entre 0 et 100"),
        ({"carrier": "ccas", "teams": "-1"}, "Écrivez un nombre entier"),
    ],
)
def test_a_wrong_sheet_is_explained_and_kept(browse: Any, typed: dict[str, str], message: str) -> None:
    page = browse("amina").send(SHEET, {**typed, "individual_words": "Selon la charge"}).text
    assert message in plain(page)
    assert "Selon la charge" in page


def test_two_people_on_the_same_sheet(browse: Any) -> None:
    amina = browse("amina")
    first = amina.client.get(SHEET).text
    amina.follow(SHEET, {"carrier": "ccas", "teams": "2"})
    token, once = (
        first.split(f'name="{name}" type="hidden" value="')[1].split('"')[0] for name in ("csrf_token", "once")
    )
    data = {"csrf_token": token, "once": once, "version": "0", "carrier": "gip", "teams": "3"}
    answer = amina.client.post(SHEET, data=data)
    assert answer.status_code == 409
    assert "a changé pendant que vous écriviez" in answer.text


def test_the_file_holds_every_figure(browse: Any) -> None:
    amina = browse("amina").client
    text = amina.get(f"{HOME}/reponses.csv?annee=2025-2026").data.decode("utf-8-sig")
    lines = text.splitlines()
    book = load_workbook(io.BytesIO(amina.get(f"{HOME}/reponses.xlsx?annee=2025-2026").data))
    assert lines[0].startswith("Partie;Chiffre;Catégorie;Date;Valeur")
    sheet = book["Enquête annuelle"]
    assert sheet.max_row == len(lines)
    assert sheet.cell(row=2, column=5).data_type == "n"
    assert "flow_age/6-10" in text
    assert "Sans définition publique" in text
