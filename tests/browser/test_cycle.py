"""A workshop of a cycle: registration on a phone, check-in at the door, production, commitment, return."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from impact.periods import local_today
from tests.browser.keyboard import Keyboard


@pytest.mark.browser
def test_a_workshop_from_registration_to_the_return_from_the_field(
    open_page: Callable[..., Page], axe: Callable[[Page], list[str]], young: str
) -> None:
    keys, today = Keyboard(open_page("elodie")), local_today()
    page = keys.page
    page.goto(f"/communautes/{young}/ateliers/cycles/nouveau")
    keys.write("Nom du cycle", "Accueillir autrement")
    keys.follow("Enregistrer")
    keys.follow("Ajouter le premier atelier")
    keys.write("Titre de l’atelier", "Se mettre d’accord")
    keys.write("Date", f"{today:%d/%m/%Y}")
    keys.follow("Enregistrer")
    keys.follow("Se mettre d’accord")
    workshop = page.url
    code = _register(keys, open_page)
    _check_in(keys, code)
    page.goto(workshop)
    keys.follow("Enregistrer et clore l’atelier")
    _produce(keys, workshop)
    _promise(keys, workshop, f"{today + timedelta(days=20):%d/%m/%Y}")
    assert axe(page) == []


def _register(keys: Keyboard, open_page: Callable[..., Page]) -> str:
    keys.follow("Inscriptions et feuille à signer")
    keys.follow("Ouvrir")
    address = keys.page.locator("p.long a").inner_text()
    phone = open_page(None, 390, java_script_enabled=False)
    phone.goto(address)
    phone.get_by_label("Nom", exact=True).fill("Desbrumes")
    phone.get_by_label("Prénom").fill("Iris")
    phone.get_by_label("Structure").fill("Maison des Brumes")
    phone.get_by_role("button", name="M’inscrire").click()
    expect(phone.get_by_role("heading", name="Votre inscription est notée")).to_be_visible()
    return phone.locator("section strong").inner_text()


def _check_in(keys: Keyboard, code: str) -> None:
    keys.page.reload()
    expect(keys.page.get_by_text("Desbrumes").first).to_be_visible()
    keys.follow("Accueillir")
    keys.write("Code, ou début du nom", "ZZZZZ")
    keys.follow("Cocher")
    expect(keys.page.get_by_role("alert")).to_be_visible()
    keys.write("Code, ou début du nom", code)
    keys.follow("Cocher")
    expect(keys.page.get_by_text("1 personne est là").first).to_be_visible()


def _produce(keys: Keyboard, workshop: str) -> None:
    keys.page.goto(workshop)
    expect(keys.page.get_by_text("Tenu").first).to_be_visible()
    keys.follow("Ajouter")
    keys.write("Ce que c’est", "Nos trois questions")
    keys.write("Texte", "Qui repère ? Qui appelle ? Qui accueille ?")
    keys.follow("Garder la production")
    expect(keys.page.get_by_text("Nos trois questions")).to_be_visible()


def _promise(keys: Keyboard, workshop: str, due: str) -> None:
    keys.page.goto(workshop)
    keys.follow("Noter")
    keys.pick("Qui s’engage", "Desbrumes")
    keys.write("À faire quoi", "Essayer la lettre avec deux familles")
    keys.write("Pour le", due)
    keys.follow("Noter l’engagement")
    keys.follow("Retour")
    keys.choose("En cours", "Tenu")
    keys.write("Ce qui s’est passé", "Deux familles ont répondu.")
    keys.follow("Enregistrer le retour")
    expect(keys.page.get_by_text("Deux familles ont répondu.")).to_be_visible()
