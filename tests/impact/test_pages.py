"""The pages that everybody finds."""

from typing import Any

import pytest

from impact.pages import GUIDES


@pytest.mark.parametrize(
    "url",
    [
        "/connexion",
        "/accessibilite",
        "/mentions-legales",
        "/donnees-personnelles",
        "/aide",
        "/aide/composants",
        *(f"/aide/{name}" for name in GUIDES),
    ],
)
def test_a_stranger_reads_public_pages(browse: Any, url: str) -> None:
    browse(None).get(url)


def test_the_help_leads_to_each_guide(browse: Any) -> None:
    page = browse(None).get("/aide")
    assert all(f'href="/aide/{name}"' in page for name in GUIDES)
    browse(None).get("/aide/cuisine", 404)


def test_the_components_show_an_error_at_its_field(browse: Any) -> None:
    page = browse(None).get("/aide/composants")
    assert 'href="#line"' in page
    assert 'aria-invalid="true"' in page


def test_a_signed_in_person_lands_on_her_to_do_list(browse: Any) -> None:
    page = browse("amina").get("/")
    assert "À faire" in page
    assert "PRE de Clairvigne" in page


def test_an_unknown_address_is_a_french_page(browse: Any) -> None:
    assert "Cette page n’existe pas" in browse(None).get("/nulle-part", 404)


@pytest.mark.parametrize(
    ("form", "back"),
    [
        ("acteurs/reunions/nouvelle", "acteurs/reunions/"),
        ("ateliers/cycles/nouveau", "ateliers/"),
        ("evenements/nouvelle", "evenements/"),
        ("diagnostic/axes/nouveau", "diagnostic/"),
        ("textes/nouveau", "textes/"),
        ("feuille-de-route/objectifs/nouveau", "feuille-de-route/"),
        ("annuaire/nouvelle", "annuaire/"),
    ],
)
def test_a_form_leads_back_to_the_page_above_it(browse: Any, form: str, back: str) -> None:
    place = "/communautes/essonne/"
    assert f'<a class="btn lien" href="{place}{back}">Revenir sans enregistrer</a>' in browse("chloe").get(place + form)
