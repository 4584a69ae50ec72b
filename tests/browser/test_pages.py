"""Every page that a person reaches by clicking: axe finds nothing, nothing overflows, nothing is blocked."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page

# One page of each kind is enough: the numbers of an address are not part of its kind.
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

MOST_PAGES = 500


def _kind(address: str) -> str:
    parts = urlsplit(address)
    return "/".join("0" if piece.isdigit() else piece for piece in parts.path.split("/"))


def _links(page: Page) -> list[str]:
    anchors: list[str] = page.eval_on_selector_all(
        "a[href]", "all => all.map(a => new URL(a.getAttribute('href'), location.href).href)"
    )
    return [a.split("#")[0] for a in anchors if urlsplit(a).netloc == urlsplit(page.url).netloc]


@pytest.mark.browser
@pytest.mark.parametrize(("persona", "width"), VISITS)
def test_every_page_is_clean(
    open_page: Callable[..., Page], axe: Callable[[Page], list[str]], persona: str | None, width: int
) -> None:
    page = open_page(persona, width)
    if persona is None:
        page.goto("/connexion")
    told: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            told.append(f"{page.url}: {message.text}")

    page.on("console", hear)
    waiting, seen, faults = [page.url], {_kind(page.url)}, []
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        if "html" not in page.context.request.head(address).headers["content-type"]:
            continue  # A file to keep: another test reads it.
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        faults += [f"{address} {fault}" for fault in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            faults.append(f"{address} scrolls sideways at {width} px")
        for link in _links(page):
            if _kind(link) not in seen:
                seen.add(_kind(link))
                waiting.append(link)
    assert not faults, "\n".join(faults)
    assert not told, "\n".join(told)
    print(persona, width, len(seen))
    assert len(seen) > 3
