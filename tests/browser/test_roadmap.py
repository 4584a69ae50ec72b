"""The roadmap and the five conditions: a step late, then done with its evidence; gaps proposed as the next agenda."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from impact.periods import local_today
from tests.browser.keyboard import Keyboard

DAY = timedelta(days=1)


@pytest.mark.browser
def test_a_step_is_planned_late_then_done(
    open_page: Callable[..., Page], axe: Callable[[Page], list[str]], young: str, on_day: Callable[..., None]
) -> None:
    keys, today = Keyboard(open_page("elodie")), local_today()
    roadmap = f"/communautes/{young}/feuille-de-route/"
    keys.page.goto(roadmap)
    keys.follow("Ajouter un objectif")
    keys.write("Objectif", "Repérer plus tôt")
    keys.follow("Enregistrer")
    keys.follow("Ajouter une action")
    keys.write("Action", "Une grille commune")
    keys.follow("Enregistrer")
    keys.follow("Ajouter une étape")
    keys.write("Étape", "Écrire la grille")
    keys.pick("Responsable", "Rivefort")
    keys.write("Début", f"{today:%d/%m/%Y}")
    keys.write("Échéance", f"{today - DAY:%d/%m/%Y}")
    keys.follow("Enregistrer")
    expect(keys.page.get_by_role("alert")).to_be_visible()
    keys.write("Échéance", f"{today + 10 * DAY:%d/%m/%Y}")
    keys.follow("Enregistrer")
    # The picture leads to the line.
    keys.reach("Écrire la grille, À faire, échéance")
    keys.page.keyboard.press("Enter")
    assert "#etape-" in keys.page.url
    on_day(today + 11 * DAY)
    chloe = Keyboard(open_page("chloe", 390))
    chloe.page.goto("/")
    expect(chloe.page.get_by_text("Écrire la grille").first).to_be_visible()
    chloe.page.goto(roadmap)
    chloe.follow("Avancement : Écrire la grille")
    expect(chloe.page.get_by_text("En retard")).to_be_visible()
    chloe.choose("À faire", "Faite")
    chloe.write("Ce qui le montre", "La grille, au dossier partagé.")
    chloe.follow("Enregistrer")
    expect(chloe.page.get_by_text("La grille, au dossier partagé.")).to_be_visible()
    assert axe(chloe.page) == []


@pytest.mark.browser
def test_five_conditions_are_judged_by_several_beside_the_data(
    open_page: Callable[..., Page], axe: Callable[[Page], list[str]], young: str
) -> None:
    page = f"/communautes/{young}/feuille-de-route/cinq-conditions"
    elodie = Keyboard(open_page("elodie"))
    elodie.page.goto(page)
    elodie.follow("Ouvrir un tour")
    for persona, level in (("amina", "Pas commencé"), ("chloe", "En place"), ("elodie", "En place et revu")):
        keys = Keyboard(open_page(persona, 390))
        keys.page.goto(page)
        keys.follow("Répondre")
        keys.choose("Pas commencé", level)
        if level != "Pas commencé":
            keys.follow("Enregistrer")
            expect(keys.page.get_by_role("alert")).to_contain_text("Écrivez ce qui le montre")
            keys.write("Ce qui le montre", "Le compte rendu du dernier atelier.")
        keys.follow("Enregistrer")
    elodie.page.goto(page)
    expect(elodie.page.get_by_text("3 personnes ont répondu")).to_be_visible()
    elodie.follow("Fermer le tour")
    expect(elodie.page.get_by_text("Avis partagés").first).to_be_visible()
    expect(elodie.page.get_by_role("heading", name="À côté, ce que montrent les données")).to_be_visible()
    agenda = elodie.page.get_by_role("region", name="Proposé à l’ordre du jour")
    expect(agenda.get_by_text("Un cap commun")).to_be_visible()
    assert axe(elodie.page) == []
