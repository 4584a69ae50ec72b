"""Every page that a person reaches by clicking: axe finds nothing, nothing overflows, nothing is blocked."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import ConsoleMessage, Error, Page
from werkzeug.routing import MapAdapter

VISITS = (
    ("amina", 390),
    ("amina", 1280),
    ("elodie", 390),
    ("elodie", 1280),
    ("basile", 390),
    ("denis", 1280),
    ("administration", 390),
    (None, 390),
)


def _kind(address: str, routes: MapAdapter) -> tuple[str, str]:
    """One page of each view and each community is enough."""
    endpoint, values = routes.match(urlsplit(address).path)
    return endpoint, values.get("slug", "")


def _links(page: Page) -> list[str]:
    anchors: list[str] = page.eval_on_selector_all(
        "a[href]", "all => all.map(a => new URL(a.getAttribute('href'), location.href).href)"
    )
    return [a.split("#")[0] for a in anchors if urlsplit(a).netloc == urlsplit(page.url).netloc]


@pytest.mark.browser
@pytest.mark.parametrize(("persona", "width"), VISITS)
def test_every_page_is_clean(
    open_page: Callable[..., Page],
    served: tuple[Flask, str],
    axe: Callable[[Page], list[str]],
    persona: str | None,
    width: int,
) -> None:
    routes = served[0].url_map.bind("")
    page = open_page(persona, width)
    if persona is None:
        page.goto("/connexion")
    told: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            told.append(f"{page.url}: {message.text}")

    page.on("console", hear)
    waiting, seen, faults = [page.url], {_kind(page.url, routes)}, []
    while waiting:
        address = waiting.pop(0)
        try:
            answer = page.goto(address)
        except Error as error:
            assert "Download is starting" in error.message  # noqa: PT017 -- a file to keep: another test reads it
            continue
        assert answer is not None
        if "html" not in answer.headers["content-type"]:
            continue
        assert answer.status == 200, address
        faults += [f"{address} {fault}" for fault in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            faults.append(f"{address} scrolls sideways at {width} px")
        for link in _links(page):
            if _kind(link, routes) not in seen:
                seen.add(_kind(link, routes))
                waiting.append(link)
    assert not faults, "\n".join(faults)
    assert not told, "\n".join(told)
    assert len(seen) > 3
