"""Walking through every page that a person reaches by clicking."""

from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import ConsoleMessage, Error, Page
from werkzeug.routing import MapAdapter


def _view(address: str, routes: MapAdapter) -> str:
    """One page of each view is enough: more would be the same template again."""
    endpoint: str = routes.match(urlsplit(address).path)[0]
    return endpoint


# Drawings that take no room, though the page means to show them.
UNSEEN = """[...document.querySelectorAll('main svg, main img')]
    .filter(each => each.checkVisibility() && each.getBoundingClientRect().width < 4).map(each => each.outerHTML.slice(0, 80))"""


def _links(page: Page) -> list[str]:
    anchors: list[str] = page.eval_on_selector_all(
        "a[href]", "all => all.map(a => new URL(a.getAttribute('href'), location.href).href)"
    )
    return [a.split("#")[0] for a in anchors if urlsplit(a).netloc == urlsplit(page.url).netloc]


def walk(app: Flask, page: Page, axe: Callable[[Page], list[str]]) -> None:
    """From the page on, one page of each view: axe finds nothing, all is seen, nothing overflows."""
    routes = app.url_map.bind("")
    told: list[tuple[str, str]] = []
    files: set[str] = set()

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            told.append((page.url, message.text))

    page.on("console", hear)
    waiting, seen, faults = [page.url], {_view(page.url, routes)}, []
    while waiting:
        address = waiting.pop(0)
        try:
            answer = page.goto(address)
        except Error as error:
            assert "Download is starting" in error.message  # noqa: PT017 -- a file to keep: another test reads it
            continue
        assert answer is not None
        if "html" not in answer.headers["content-type"]:
            files.add(page.url)  # A drawing or a PDF shown alone: the browser looks for an icon that no page gives it.
            continue
        assert answer.status == 200, address
        faults += [f"{address} {fault}" for fault in axe(page)]
        faults += [f"{address} shows nothing of {drawing}" for drawing in page.evaluate(UNSEEN)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            faults.append(f"{address} scrolls sideways")
        for link in _links(page):
            if _view(link, routes) not in seen:
                seen.add(_view(link, routes))
                waiting.append(link)
    assert not faults, "\n".join(faults)
    assert not [each for each in told if each[0] not in files]
    assert len(seen) > 3
