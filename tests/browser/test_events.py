"""A day of the network: planned, registered for by a stranger, counted, and its balance of institutions."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from impact.periods import local_today
from tests.browser.keyboard import Keyboard


@pytest.mark.browser
def test_a_day_goes_from_its_registrations_to_its_balance(
    open_page: Callable[..., Page], axe: Callable[[Page], list[str]], young: str, on_day: Callable[..., None]
) -> None:
    keys, coming = Keyboard(open_page("elodie")), local_today() + timedelta(days=5)
    page, root = keys.page, f"/communautes/{young}/evenements/"
    page.goto(root)
    keys.follow("Créer la première série")
    keys.choose("Journée")
    keys.write("Titre", "Journée du réseau")
    page.locator("[name=cible_association]").fill("50")
    page.locator("[name=cible_national_education]").fill("20")
    keys.follow("Enregistrer")
    expect(page.get_by_role("alert")).to_contain_text("100")
    page.locator("[name=cible_national_education]").fill("50")
    keys.follow("Enregistrer")
    keys.follow("Ajouter une date")
    keys.write("Titre", "Se retrouver")
    keys.write("Date", f"{coming:%d/%m/%Y}")
    keys.follow("Enregistrer")
    event = page.url
    _register(keys, open_page, root)
    on_day(coming)
    page.goto(event)
    expect(page.get_by_role("row", name="Association")).to_contain_text("6")
    keys.follow("Corriger les nombres")
    page.locator("[name=association_on_site]").fill("6")
    page.locator("[name=national_education_remote]").fill("2")
    keys.follow("Enregistrer")
    keys.follow("Journée du réseau")
    balance = page.get_by_role("region", name="Équilibre entre institutions")
    # Six of eight come from associations: a quarter of the presences would have to come from elsewhere.
    expect(balance).to_contain_text("25\u202f%")
    expect(balance.get_by_role("row", name="Association")).to_contain_text("75\u202f%")
    assert axe(page) == []


def _register(keys: Keyboard, open_page: Callable[..., Page], root: str) -> None:
    keys.page.goto(f"{root}agenda")
    keys.follow("Ouvrir l’agenda public")
    phone = open_page(None, 390, java_script_enabled=False)
    phone.goto(keys.page.locator("p.brut a").inner_text())
    phone.get_by_role("link", name="Se retrouver").click()
    phone.get_by_label("Combien").fill("50")
    phone.locator("select").select_option("association")
    phone.get_by_role("button", name="M’inscrire").click()
    expect(phone.get_by_role("alert")).to_contain_text("entre 1 et 20")
    phone.get_by_label("Combien").fill("6")
    phone.get_by_role("button", name="M’inscrire").click()
    expect(phone.get_by_role("heading", name="Votre inscription est notée")).to_be_visible()
