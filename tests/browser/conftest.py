"""Debian's Chromium on the demonstration, served from a thread."""

import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

import app as assembly
from impact.accounts.access import Role
from impact.accounts.storage import add_membership, find_account
from impact.audit import SYSTEM
from impact.communities.records import Community
from impact.communities.storage import add_community, add_member, add_organisation
from impact.demo import PASSWORD, PERSONAS
from impact.identities import Identity
from impact.instance import Instance
from impact.vocabulary import CommunityKind, OrganisationKind

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
SINCE = date(2025, 9, 1)
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def served(demo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, str]]:
    """The demonstration's application and its address."""
    root = tmp_path_factory.mktemp("served") / "instance"
    shutil.copytree(demo_root, root)
    app = assembly.create_app(root, SHOW_FAULTS=True)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, answered_whole(app), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield app, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def answered_whole(app: Flask) -> Callable[..., list[bytes]]:
    """The application, its answers read before they leave: a browser that hangs up leaves no file open."""

    def answer(environ: Any, start_response: Any) -> list[bytes]:
        with closing(app(environ, start_response)) as parts:  # type: ignore[type-var]
            return [b"".join(parts)]

    return answer


@pytest.fixture(scope="module")
def young(served: tuple[Flask, str]) -> str:
    """A community where nothing is written yet: Élodie runs it, Chloé, Denis and Amina are members of a structure each."""
    place: Instance = served[0].extensions["instance"]
    slug, directory = "jeune-collectif", place.directory()
    db = place.create_community(slug)
    add_community(db, SYSTEM, Community("Collectif tout neuf", CommunityKind.COLLECTIVE, "Valfleuri", SINCE, None))
    structures = {
        "amina": (Role.MEMBER, "Collège du Noisetier", OrganisationKind.NATIONAL_EDUCATION),
        "chloe": (Role.MEMBER, "Maison des Brumes", OrganisationKind.ASSOCIATION),
        "denis": (Role.MEMBER, "Ville de Valfleuri", OrganisationKind.LOCAL_AUTHORITY),
        "elodie": (Role.FACILITATOR, "Centre des Deux-Rives", OrganisationKind.ASSOCIATION),
    }
    for persona in PERSONAS:
        if persona.key in structures:
            role, name, kind = structures[persona.key]
            account = find_account(directory, persona.email)
            assert account is not None
            identity = Identity(persona.family_name, persona.given_name, email=persona.email)
            organisation = add_organisation(db, SYSTEM, name, kind)
            member = add_member(db, SYSTEM, identity, organisation, SINCE, account.ref)
            add_membership(directory, SYSTEM, account.id, slug, role, member)
    db.close()
    directory.close()
    return slug


@pytest.fixture
def on_day(served: tuple[Flask, str]) -> Iterator[Callable[[date], None]]:
    """`on_day(date(...))` makes the application live on that day, until the test ends."""
    before = served[0].config["TODAY"]

    def live(day: date) -> None:
        served[0].config["TODAY"] = lambda: day

    yield live
    served[0].config["TODAY"] = before


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, served: tuple[Flask, str]) -> Iterator[Callable[..., Page]]:
    """`open_page("amina", 390)` gives a page, signed in, in a window of that width; no persona, a stranger."""
    contexts = []

    def opened(persona: str | None = None, width: int = 1280, **options: Any) -> Page:
        context = chromium.new_context(
            locale="fr-FR", base_url=served[1], viewport={"width": width, "height": 844}, **options
        )
        contexts.append(context)
        page = context.new_page()
        if persona:
            page.goto("/connexion")
            page.get_by_label("Adresse électronique").fill(f"{persona}@demonstration.example")
            page.get_by_label("Mot de passe").fill(PASSWORD)
            page.get_by_role("button", name="Se connecter").click()
            page.wait_for_url("**/")
        return page

    yield opened
    for context in contexts:
        context.close()


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", AXE_RULES)["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """`axe(page)` lists the violations."""
    return violations
