"""The main job from end to end, as Amina does it, by keyboard alone; parents answer on a phone without JavaScript."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from impact.demo import PRE
from impact.periods import local_today
from tests.browser.keyboard import Keyboard

HOME = f"/communautes/{PRE}/"


def _receive_and_open(keys: Keyboard) -> None:
    keys.page.goto(f"{HOME}enfants/")
    keys.follow("Recevoir une situation")
    keys.write("Prénom", "Canari")
    keys.write("Nom", "Tabulation")
    keys.write("Jour", "14")
    keys.write("Mois", "3")
    keys.write("Année", "2017")
    keys.choose("Fille")
    keys.pick("Adressée par", "École")
    keys.pick("Premier motif", "Isolement")
    keys.follow("Enregistrer")
    expect(keys.page.get_by_role("heading", level=1)).to_contain_text("Canari Tabulation")


def _agree(keys: Keyboard) -> None:
    keys.follow("Inscrire l’accord")
    keys.write("Nom", "Tabulation")
    keys.choose("Mère")
    keys.choose("Par écrit")
    keys.tick("École")
    keys.follow("Enregistrer")


def _decide(keys: Keyboard) -> None:
    keys.follow("Inscrire la décision")
    keys.choose("Parcours")
    keys.follow("Enregistrer")


def _start(keys: Keyboard) -> None:
    keys.follow("Ouvrir le parcours")
    keys.pick("Référente ou référent", "Amina")
    keys.write("Premier objectif", "Oser parler en classe")
    keys.write("Point de départ", "Ne lève jamais la main")
    keys.follow("Ouvrir le parcours")


@pytest.mark.browser
def test_a_coordinator_goes_from_a_situation_to_its_exit_by_keyboard(open_page: Callable[..., Page]) -> None:
    page = open_page("amina")
    keys = Keyboard(page)
    _receive_and_open(keys)
    _agree(keys)
    _decide(keys)
    _start(keys)
    keys.follow("Écrire une note")
    keys.choose("Visite à domicile")
    keys.write("Faits", "A lu une page à voix haute.")
    keys.follow("Enregistrer la note")
    expect(page.get_by_text("A lu une page à voix haute.")).to_be_visible()
    keys.follow("Terminer le parcours")
    keys.pick("Motif de la sortie", "Objectifs atteints")
    keys.choose("Atteint")
    keys.write("Relais vers les services de droit commun", "Bibliothèque du quartier")
    for missing in ("L’avis de l’enfant", "L’avis des parents", "L’avis de la référente ou du référent"):
        keys.tick(missing)
    keys.follow("Terminer")
    expect(page.get_by_text("Parcours terminé").first).to_be_visible()


@pytest.mark.browser
def test_a_wave_is_opened_answered_on_a_phone_and_read(open_page: Callable[..., Page]) -> None:
    page = open_page("amina")
    keys = Keyboard(page)
    page.goto(f"{HOME}questionnaires/satisfaction-parents/ouvrir")
    keys.write("Nom de la vague", "Essai au clavier")
    keys.write("Premier jour", f"{local_today():%d/%m/%Y}")
    keys.write("Dernier jour", f"{local_today() + timedelta(days=20):%d/%m/%Y}")
    keys.write("Nombre de personnes invitées", "12")
    keys.follow("Ouvrir la vague")
    link = re.search(r"/repondre/[\w-]+/[\w-]+", page.content())
    assert link is not None
    phone = open_page(None, 390, java_script_enabled=False)
    phone.goto(link[0])
    for question in range(phone.locator("fieldset").count()):
        phone.locator("fieldset").nth(question).locator("label").nth(3).click()
    phone.get_by_role("button", name="Envoyer").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Merci")
    assert phone.context.cookies() == []
    keys.follow("Lire les résultats")
    expect(page.get_by_text("1 réponse").first).to_be_visible()


@pytest.mark.browser
@pytest.mark.pdf
def test_a_report_is_ordered_watched_and_downloaded_by_keyboard(
    open_page: Callable[..., Page], served: tuple[Flask, str], tmp_path: Path
) -> None:
    page = open_page("amina")
    keys = Keyboard(page)
    page.goto(f"{HOME}rapports/")
    keys.follow("Composer un rapport")
    keys.follow("Commencer le brouillon")
    keys.follow("J’ai relu ce brouillon")
    keys.follow("Remettre le rapport")
    expect(page.get_by_role("progressbar")).to_be_visible()
    served[0].extensions["jobs"].do_waiting()
    # The page comes back by itself.
    expect(page.get_by_role("link", name="Télécharger le PDF")).to_be_visible(timeout=10_000)
    keys.reach("Télécharger le PDF")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    saved = tmp_path / "rapport.pdf"
    download.value.save_as(saved)
    assert saved.read_bytes().startswith(b"%PDF")
