"""On a phone, every page that a person reaches by clicking."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browser.walking import walk

WIDTH = 390


@pytest.mark.browser
@pytest.mark.parametrize(
    "persona", ["amina", "elodie", "fanny", "gaspard", "heloise", "basile", "administration", None]
)
def test_every_page_is_clean(
    open_page: Callable[..., Page],
    served: tuple[Flask, str],
    axe: Callable[[Page], list[str]],
    persona: str | None,
) -> None:
    page = open_page(persona, WIDTH)
    if persona is None:
        page.goto("/connexion")
    walk(served[0], page, axe)
