"""A diagnosis: a working group gathers, findings cross, an orientation follows, a committee validates, a figure follows."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from impact.periods import local_today
from tests.browser.keyboard import Keyboard

AXIS = "Assurer la continuité"


@pytest.mark.browser
def test_a_diagnosis_goes_from_the_group_to_the_figure(
    open_page: Callable[..., Page], axe: Callable[[Page], list[str]], young: str
) -> None:
    keys = Keyboard(open_page("elodie"))
    page, root = keys.page, f"/communautes/{young}/"
    page.goto(f"{root}diagnostic/axes/nouveau")
    keys.write("Titre de l’axe", AXIS)
    keys.follow("Enregistrer")
    _gather(keys)
    keys.follow("Croiser")
    keys.write("Ce qui en découle", "Un seul calendrier, demandé à plusieurs")
    keys.follow("Enregistrer")
    expect(page.get_by_text("Un seul calendrier, demandé à plusieurs", exact=True)).to_be_visible()
    page.goto(f"{root}diagnostic/orientations/")
    keys.follow("Écrire la première orientation")
    keys.write("Orientation", "Accorder les temps de l’enfant")
    keys.tick(AXIS)
    keys.follow("Enregistrer")
    _validate(keys, root)
    expect(page.get_by_text("2 constats, 1 croisement, 1 orientation")).to_be_visible()
    keys.follow("Tableau de bord")
    followed = page.get_by_role("region", name="Constats suivis")
    expect(followed.get_by_role("row", name="Chacun a son calendrier")).to_contain_text("Densité des liens existants")
    assert axe(page) == []


def _gather(keys: Keyboard) -> None:
    today = local_today()
    keys.follow("Inscrire un groupe")
    keys.choose("Forces, faiblesses")
    keys.write("Date", f"{today + timedelta(days=2):%d/%m/%Y}")
    keys.write("Personnes présentes", "40")
    keys.follow("Enregistrer")
    expect(keys.page.get_by_role("alert")).to_be_visible()
    keys.write("Date", f"{today:%d/%m/%Y}")
    keys.follow("Enregistrer")
    expect(keys.page.get_by_text("40 personnes")).to_be_visible()
    for kind, words in (("Faiblesse", "Chacun a son calendrier"), ("Opportunité", "Un cofinancement existe")):
        keys.follow("Écrire un constat")
        keys.choose("Force", kind)
        keys.write("Constat", words)
        if kind == "Faiblesse":
            keys.pick("Indicateur qui le suit", "Densité des liens existants")
        keys.follow("Enregistrer")
        expect(keys.page.get_by_text(words, exact=True)).to_be_visible()


def _validate(keys: Keyboard, root: str) -> None:
    orientations = keys.page.url
    keys.page.goto(f"{root}acteurs/reunions/nouvelle")
    keys.choose("Comité de pilotage")
    keys.write("Date", f"{local_today():%d/%m/%Y}")
    keys.follow("Enregistrer")
    keys.follow("Saisir le compte rendu")
    keys.write("Parents", "3")
    keys.write("Décisions", "Le diagnostic est validé.")
    keys.follow("Enregistrer")
    keys.page.goto(orientations)
    keys.pick("Réunion qui a validé", "Comité de pilotage")
    keys.follow("Inscrire la validation")
