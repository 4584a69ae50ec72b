"""A respondent's page: a cut network, a lost answer, a doubled click, an expired link lose and double nothing."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from impact.audit import SYSTEM
from impact.db import EncryptedDatabase
from impact.periods import local_today
from surveys import storage
from surveys.definitions import get_standard
from surveys.records import NewWave, Wave

pytestmark = pytest.mark.browser
SLUG = "pre-demonstration"


class Collection:
    """An open wave, its address, what was stored of it."""

    def __init__(self, db: EncryptedDatabase, asked: str = "satisfaction-parents") -> None:
        self.db, self.today = db, local_today()
        new = NewWave("Essai", self.today, self.today + timedelta(days=3), 12)
        self.id = storage.open_wave(db, SYSTEM, get_standard(asked), new, self.today)
        self.url = f"/repondre/{SLUG}/{storage.current_token(db, self.wave)}"

    @property
    def wave(self) -> Wave:
        return storage.get_wave(self.db, self.id)

    def close(self, day: date) -> None:
        storage.close_wave(self.db, SYSTEM, self.wave, day)


@pytest.fixture
def collection(served: tuple[Flask, str]) -> Collection:
    return Collection(served[0].extensions["instance"].community(SLUG))


def begin(page: Page, collection: Collection) -> None:
    page.goto(collection.url)
    page.locator("input[type=radio][value='4']").first.check()
    page.locator("textarea").first.fill("Le mercredi")


def send(page: Page) -> None:
    page.get_by_role("button", name="Envoyer mes réponses").click()


def test_a_draft_comes_back_and_leaves_the_device_once_sent(
    open_page: Callable[..., Page], collection: Collection
) -> None:
    page = open_page(None, 390)
    begin(page, collection)
    expect(page.get_by_role("status")).to_contain_text("Brouillon gardé sur cet appareil seulement")
    page.reload()
    expect(page.get_by_role("status")).to_contain_text("ce que vous aviez commencé")
    expect(page.locator("textarea").first).to_have_value("Le mercredi")
    send(page)
    page.wait_for_url("**/repondre/merci**")
    assert page.evaluate("localStorage.length") == 0
    assert collection.wave.responses == 1


def test_a_draft_is_erased_when_asked(open_page: Callable[..., Page], collection: Collection) -> None:
    page = open_page(None, 390)
    begin(page, collection)
    page.get_by_role("button", name="Effacer de cet appareil").click()
    expect(page.locator("textarea").first).to_have_value("")
    assert page.evaluate("localStorage.length") == 0


def test_a_cut_network_keeps_the_answers_and_sends_them_when_it_comes_back(
    open_page: Callable[..., Page], collection: Collection
) -> None:
    page = open_page(None, 390)
    begin(page, collection)
    page.context.set_offline(True)
    send(page)
    expect(page.get_by_role("status")).to_contain_text("Pas de réseau")
    assert collection.wave.responses == 0
    page.context.set_offline(False)
    page.wait_for_url("**/repondre/merci**")
    assert collection.wave.responses == 1


def test_a_server_that_dies_after_storing_does_not_store_twice(
    open_page: Callable[..., Page], collection: Collection
) -> None:
    page = open_page(None, 390)
    begin(page, collection)

    sent: list[int] = []

    def stored_then_dead(route: Route) -> None:
        if route.request.method == "POST" and not sent:
            sent.append(route.fetch(max_redirects=0).status)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/repondre/**", stored_then_dead)
    send(page)
    expect(page.get_by_role("status")).to_contain_text("pas encore envoyées")
    assert sent == [303]
    assert collection.wave.responses == 1
    send(page)
    page.wait_for_url("**/repondre/merci**")
    assert collection.wave.responses == 1


@pytest.mark.parametrize("scripted", [True, False])
def test_a_doubled_click_counts_once(open_page: Callable[..., Page], collection: Collection, *, scripted: bool) -> None:
    page = open_page(None, 390, java_script_enabled=scripted)
    begin(page, collection)
    page.get_by_role("button", name="Envoyer mes réponses").dblclick()
    page.wait_for_url("**/repondre/merci**")
    assert collection.wave.responses == 1


def test_a_link_that_expired_meanwhile_says_so_and_keeps_the_answers(
    open_page: Callable[..., Page], collection: Collection
) -> None:
    page = open_page(None, 390)
    begin(page, collection)
    collection.close(collection.today)
    send(page)
    expect(page.get_by_role("status")).to_contain_text("ne prend plus de réponses")
    assert page.evaluate("localStorage.length") == 1
    assert collection.wave.responses == 0


def test_what_must_be_corrected_is_said_by_the_server(open_page: Callable[..., Page], collection: Collection) -> None:
    page = open_page(None, 390)
    page.goto(collection.url)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("pas encore envoyées")
    page.locator("input[type=radio][value='4']").first.check()
    send(page)
    page.wait_for_url("**/repondre/merci**")
    assert collection.wave.responses == 1


@pytest.mark.parametrize("scripted", [True, False])
def test_a_question_shows_to_those_whom_it_is_for_and_to_all_without_a_script(
    open_page: Callable[..., Page], served: tuple[Flask, str], *, scripted: bool
) -> None:
    page = open_page(None, 390, java_script_enabled=scripted)
    page.goto(Collection(served[0].extensions["instance"].community(SLUG), "fin-de-cycle").url)
    what, why = (
        page.get_by_role("group", name=words) for words in ("Qu’avez-vous utilisé", "Qu’est-ce qui en empêche")
    )
    for known in (what, why):
        expect(known).to_be_hidden() if scripted else expect(known).to_be_visible()
    page.locator("input[name='q-used'][value='often']").check()
    expect(what).to_be_visible()
    if scripted:
        expect(why).to_be_hidden()
        page.reload()
        expect(what).to_be_visible()
