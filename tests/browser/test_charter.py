"""A charter from its first words to the sealed PDF: draft, amendment, a vote without quorum, a vote with one."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from impact.periods import local_today
from tests.browser.keyboard import Keyboard

DAY = timedelta(days=1)


@pytest.mark.browser
@pytest.mark.pdf
def test_a_charter_goes_from_its_draft_to_the_sealed_pdf(
    open_page: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    served: tuple[Flask, str],
    young: str,
    on_day: Callable[..., None],
    tmp_path: Path,
) -> None:
    elodie, chloe = Keyboard(open_page("elodie")), Keyboard(open_page("chloe", 390))
    texts = f"/communautes/{young}/textes/"
    charter = _write(elodie, texts)
    _amend(chloe, charter)
    _accept(elodie, charter)
    today = local_today()
    on_day(today)
    _put_to_the_vote(elodie, charter, quorum=3)
    _vote(chloe, charter, "Pour")
    on_day(today + 40 * DAY)
    elodie.page.goto(charter)
    elodie.follow("Voir le résultat")
    elodie.follow("Constater le résultat")
    expect(elodie.page.get_by_text("Quorum non atteint : 1 pour 3 demandés.")).to_be_visible()
    _put_to_the_vote(elodie, charter, quorum=2)
    _vote(chloe, charter, "Pour")
    chloe.follow("Changer mon vote")
    _vote(elodie, charter, "Pour")
    on_day(today + 80 * DAY)
    _refuse_a_late_vote(chloe)
    elodie.page.goto(charter)
    elodie.follow("Voir le résultat")
    elodie.follow("Constater le résultat")
    expect(elodie.page.get_by_text("Texte adopté").first).to_be_visible()
    assert axe(elodie.page) == []
    _sign(chloe, charter)
    _seal(elodie, charter, served[0], tmp_path / "charte.pdf")


def _write(keys: Keyboard, texts: str) -> str:
    keys.page.goto(texts)
    keys.follow("Écrire un texte")
    keys.choose("Charte")
    keys.write("Titre", "Charte du collectif")
    keys.follow("Créer le texte")
    charter = keys.page.url
    for heading, body in (
        ("Se réunir", "Nous nous réunissons chaque mois."),
        ("Décider", "Le silence vaut accord."),
    ):
        keys.page.goto(charter)
        keys.follow("Ajouter un article")
        keys.write("Titre de l’article", heading)
        keys.write("Texte", body)
        keys.follow("Enregistrer")
    keys.page.goto(charter)
    keys.follow("Numéroter et continuer")
    return charter


def _amend(keys: Keyboard, charter: str) -> None:
    keys.page.goto(charter)
    keys.follow("Commenter ou amender : Décider")
    keys.write("Votre commentaire", "Et celles qui étaient absentes ?")
    keys.follow("Commenter")
    keys.follow("Proposer un amendement")
    keys.write("Texte que vous proposez", "Le silence de quinze jours vaut accord.")
    keys.write("Pourquoi", "Laisser le temps de lire.")
    keys.follow("Proposer")
    expect(keys.page.get_by_text("Amendement en discussion")).to_be_visible()


def _accept(keys: Keyboard, charter: str) -> None:
    keys.page.goto(charter)
    keys.follow("Répondre à l’amendement")
    keys.choose("Accepter")
    keys.write("Raison", "C’est ce que nous faisons déjà.")
    keys.follow("Enregistrer la réponse")
    expect(keys.page.locator("ins", has_text="de quinze jours").first).to_be_visible()


def _put_to_the_vote(keys: Keyboard, charter: str, quorum: int) -> None:
    keys.page.goto(charter)
    keys.follow("Mettre au vote")
    keys.write("Quorum", "0")
    keys.follow("Annoncer le vote")
    expect(keys.page.get_by_role("alert")).to_contain_text("Un quorum de zéro")
    keys.write("Quorum", str(quorum))
    keys.follow("Annoncer le vote")
    expect(keys.page.get_by_text("Le vote est ouvert").first).to_be_visible()


def _vote(keys: Keyboard, charter: str, choice: str) -> None:
    keys.page.goto(charter)
    keys.follow("Ouvrir le vote")
    keys.follow("Voter")
    keys.choose("Pour", choice)
    keys.follow("Voter")
    expect(keys.page.get_by_text("Votre vote a été reçu")).to_be_visible()


def _refuse_a_late_vote(keys: Keyboard) -> None:
    """The page was open before the closing: what it sends afterwards changes nothing, and it does not open again."""
    opened = keys.page.url
    keys.choose("Pour", "Contre")
    keys.follow("Changer le vote")
    expect(keys.page.get_by_role("alert")).to_contain_text("Le vote est clos")
    keys.page.goto(opened)
    assert keys.page.url == opened.partition("/voix/")[0]
    assert keys.page.get_by_role("link", name="Changer mon vote").count() == 0


def _sign(keys: Keyboard, charter: str) -> None:
    keys.page.goto(charter)
    keys.follow("Signatures et PDF scellé")
    keys.follow("Signer")
    keys.follow("Signer")
    expect(keys.page.get_by_text("Maison des Brumes")).to_be_visible()


def _seal(keys: Keyboard, charter: str, app: Flask, saved: Path) -> None:
    keys.page.goto(charter)
    keys.follow("Signatures et PDF scellé")
    keys.follow("Sceller le PDF")
    app.extensions["jobs"].do_waiting()
    expect(keys.page.get_by_role("link", name="Télécharger le PDF scellé")).to_be_visible(timeout=10_000)
    told = keys.page.locator("code.empreinte").first.inner_text()
    keys.reach("Télécharger le PDF scellé")
    with keys.page.expect_download() as download:
        keys.page.keyboard.press("Enter")
    download.value.save_as(saved)
    assert hashlib.sha256(saved.read_bytes()).hexdigest() == told
