"""A map from a template to a contradicted assumption, by keyboard alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from impact.periods import local_today
from tests.browser.keyboard import Keyboard


@pytest.mark.browser
def test_a_map_is_built_from_a_template_measured_and_contradicted(
    open_page: Callable[..., Page], axe: Callable[[Page], list[str]], young: str
) -> None:
    page, home = open_page("elodie"), f"/communautes/{young}/chaine-de-valeur/"
    keys = Keyboard(page)
    page.goto(home)
    keys.follow("Partir de ce modèle")
    expect(page.get_by_role("heading", name="Schéma")).to_be_visible()
    _define_an_indicator(keys, home)
    effect = page.locator(".etapes section").nth(3).get_by_role("link").first.inner_text()
    _hang_it(keys, " ".join(effect.split()))
    _contradict_a_link(keys)
    assert axe(page) == []
    page.goto(home)
    keys.follow("Annuler la dernière modification")
    expect(page.get_by_text("aucune hypothèse contredite sans réponse")).to_be_visible()


def _define_an_indicator(keys: Keyboard, home: str) -> None:
    keys.page.goto(f"{home}nos-indicateurs")
    keys.follow("Définir un indicateur")
    keys.write("Nom", "Outils essayés entre deux ateliers")
    keys.write("Code", "outils-essayes")
    keys.write("Définition", "Un outil essayé au moins une fois dans une structure.")
    keys.pick("Unité", "nombre")
    keys.write("Base", "les outils présentés dans le cycle")
    keys.choose("Une question", "Une valeur saisie")
    keys.write("D’où vient la valeur saisie", "tour de table en début d’atelier")
    keys.write("Cible", "12")
    keys.write("Raison de la cible", "Un outil par structure.")
    keys.follow("Enregistrer la définition")
    keys.write("Valeur du", f"{local_today():%d/%m/%Y}")
    keys.write("Valeur", "8")
    keys.follow("Enregistrer la valeur")
    expect(keys.page.get_by_text("8", exact=True).first).to_be_visible()
    keys.page.goto(home)


def _hang_it(keys: Keyboard, effect: str) -> None:
    # The picture comes first: its box leads to the line of the list, and the line to the box's page.
    keys.reach("Effets à court terme")
    keys.page.keyboard.press("Enter")
    keys.follow(effect)
    keys.pick("Indicateur", "Notre indicateur")
    keys.follow("Enregistrer et redessiner")
    expect(keys.page.locator("svg.reseau").get_by_text("8", exact=True)).to_be_visible()


def _contradict_a_link(keys: Keyboard) -> None:
    page = keys.page
    page.get_by_role("region", name="Les hypothèses des liens").get_by_role("link").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/liens/**")
    keys.choose("À vérifier", "Contredite")
    keys.write("Observé le", f"{local_today() - timedelta(days=3):%d/%m/%Y}")
    keys.follow("Enregistrer l’hypothèse")
    expect(page.get_by_role("alert")).to_contain_text("ce que vous avez observé")
    keys.write("Ce qui a été observé", "Trois structures sur quatre n’ont pas eu le temps.")
    keys.follow("Enregistrer l’hypothèse")
    page.goto(page.url.partition("elements")[0])
    expect(page.get_by_text("1 hypothèse contredite sans réponse")).to_be_visible()
    expect(page.get_by_text("Trois structures sur quatre")).to_be_visible()


@pytest.mark.browser
def test_a_box_in_focus_dims_what_it_does_not_touch(open_page: Callable[..., Page]) -> None:
    page = open_page("amina")
    page.goto("/communautes/pre-demonstration/chaine-de-valeur/")
    shown = "all => all.map(one => Math.round(parseFloat(getComputedStyle(one).opacity) * 100))"
    boxes = page.locator("svg.reseau a")
    assert set(page.eval_on_selector_all("svg.reseau .el", shown)) == {100}
    boxes.first.focus()
    page.keyboard.press("Tab")  # the focus of a keyboard, not of a script
    page.wait_for_timeout(300)
    opacities = page.eval_on_selector_all("svg.reseau a.el", shown)
    assert (opacities[1], 15 in opacities) == (100, True)
