"""Real encrypted files in a temporary folder, real sign-in, every fetched page checked."""

import fcntl
import os
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from werkzeug.test import TestResponse

import app as assembly
from impact.accounts.sessions import cookie_name
from impact.accounts.storage import find_account, open_session
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.demo import PERSONAS, PRE, create_communities
from impact.instance import Instance
from impact.jobs import Jobs
from reports import remembering
from surveys.throttle import Throttle

TODAY = date(2026, 11, 20)
# A slow hour must not put « se préparent » in the place of a page.
remembering.PATIENCE = None
# No test is timed; the same examples on every run of the controls, others at a desk.
settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that reads the demonstration is not a short one."""
    for item in items:
        if isinstance(item, pytest.Function) and "demo_root" in item.fixturenames:
            item.add_marker(pytest.mark.whole)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """`made_once(name, make)` gives a folder that the first of the processes that run the tests makes for all."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base

    def give(name: str, make: Callable[[Path], None]) -> Path:
        root = shared / name
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not root.exists():
                make(root)
        return root

    return give


@pytest.fixture(scope="session")
def blank_root(made_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """An installation with two empty communities (`essonne`, `pre-demonstration`) and the personas."""
    return made_once("blank", lambda root: create_communities(Instance(root, assembly.schema()), TODAY))


@pytest.fixture(scope="session")
def demo_root(made_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """The demonstration as `impact demo` builds it; copy it before writing."""

    def make(root: Path) -> None:
        assert assembly.main(["demo", "--instance", str(root)]) == 0

    return made_once("demonstration", make)


@pytest.fixture
def place(blank_root: Path, tmp_path: Path) -> Iterator[Instance]:
    """A private copy of the blank installation, its files kept open as a server does."""
    root = tmp_path / "instance"
    shutil.copytree(blank_root, root)
    copied = Instance(root, assembly.schema())
    copied._ready.update(root.rglob("*.db"))  # Their tables are those of the original.
    with copied.kept_open():
        yield copied


@pytest.fixture
def db(place: Instance) -> Iterator[EncryptedDatabase]:
    """The file of the community `pre-demonstration`."""
    opened = place.community(PRE)
    yield opened
    opened.close()


@pytest.fixture
def amina(db: EncryptedDatabase) -> Actor:
    """The coordinator of `pre-demonstration`."""
    row = db.row("SELECT id, account_ref FROM member ORDER BY id LIMIT 1")
    assert row is not None
    return Actor(row["account_ref"], "coordinator", row["id"])


@pytest.fixture(scope="session")
def assembled(blank_root: Path) -> Flask:
    """The application, assembled once: what changes from a test to the next is only the installation behind it."""
    return assembly.create_app(blank_root, TODAY=lambda: TODAY, TESTING=True, SHOW_FAULTS=True)


@pytest.fixture
def app(assembled: Flask, place: Instance) -> Flask:
    """The application on the private copy, on a fixed day."""
    queue = Jobs(place)
    queue._known = assembled.extensions["jobs"]._known
    assembled.extensions |= {"instance": place, "jobs": queue, "surveys.throttle": Throttle()}
    assembled.config["TODAY"] = lambda: TODAY
    return assembled


class Browser:
    """A signed-in person (or a stranger) who reads pages and fills forms as a browser would."""

    def __init__(self, app: Flask, persona: str | None) -> None:
        self.client: FlaskClient = app.test_client()
        if persona:
            self.client.set_cookie(cookie_name(app, "session"), self._session(app.extensions["instance"], persona))

    @staticmethod
    def _session(place: Instance, persona: str) -> str:
        """Signed in without the form (tests/impact/accounts fills it): a password is slow to verify, on purpose."""
        directory = place.directory()
        account = find_account(directory, next(known.email for known in PERSONAS if known.key == persona))
        assert account is not None
        token = open_session(directory, account)
        directory.close()
        return token

    def get(self, url: str, status: int = 200) -> str:
        """The page's HTML, checked."""
        answer = self.client.get(url)
        assert answer.status_code == status, (url, answer.status_code, answer.text[:2000])
        if answer.mimetype == "text/html":
            check_page(answer.text, url)
        return answer.text

    def send(self, url: str, data: dict[str, Any], page: str | None = None) -> TestResponse:
        """Post a form after fetching the page that holds it, with its hidden fields; the answer is checked."""
        source = self.client.get(page or url).text
        answer = self.client.post(url, data={**hidden_fields(source, url), **data})
        answer.request.environ["wsgi.input"].close()  # Heavy forms wait in a file, which the client leaves open.
        if answer.mimetype == "text/html" and answer.status_code not in (302, 303):
            check_page(answer.text, url)
        return answer

    def follow(self, url: str, data: dict[str, Any], page: str | None = None) -> str:
        """Post a form that succeeds and give the page that it leads to."""
        answer = self.send(url, data, page)
        assert answer.status_code == 303, (url, answer.status_code, answer.text)
        return self.get(answer.headers["Location"])


@pytest.fixture
def browse(app: Flask) -> Any:
    """`browse("amina")` gives her Browser; `browse(None)` a stranger's."""
    return lambda persona: Browser(app, persona)


def hidden_fields(page: str, url: str) -> dict[str, str]:
    """Hidden fields of the form that posts to `url` (or of the only form)."""
    forms = re.findall(r"<form[^>]*method=\"post\"[^>]*>.*?</form>", page, re.S)
    wanted = [form for form in forms if f'action="{url}"' in form] or forms[:1]
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", wanted[0] if wanted else ""):
        name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name:
            fields[name[1]] = value[1] if value else ""
    return fields


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self.skipping += tag in ("textarea", "script", "code")

    def handle_endtag(self, tag: str) -> None:
        self.skipping -= tag in ("textarea", "script", "code")

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.words.append(data)


_POST_FORM = re.compile(r"<form[^>]*method=\"post\".*?</form>", re.S)
_BAD_SPACING = re.compile(r"\w [;!?»]|[«] \w|\w :(?!\w)|\d %|\w'\w")

# A date as a machine writes it (what a person typed comes back between quotes), a sentence that ends twice, no value.
_RAW = re.compile(r"(?<![«\w/-])(?<!«\u00a0)\d{4}-[01]\d-[0-3]\d\b|\w\.\.(?!\.)|\bNone\b")


def check_page(page: str, url: str) -> None:
    """One h1, a title, lang, unique ids, a label per field, French spacing, no raw value, nothing inline."""
    reader = _Reader()
    reader.feed(page)
    tags = reader.tags
    assert [tag for tag, _ in tags].count("h1") == 1, f"{url}: one h1"
    language = next(a.get("lang", "") for tag, a in tags if tag == "html")
    # Respondents choose their language by this name in the address.
    assert language == "fr" or f"langue={language}" in url, f"{url}: lang"
    assert re.search(r"<title>\s*[^<\s]", page), f"{url}: title"
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids)), f"{url}: ids {sorted(i for i in set(ids) if ids.count(i) > 1)}"
    labelled = {attributes.get("for") for tag, attributes in tags if tag == "label"}
    for tag, attributes in tags:
        assert not {"style", "onclick", "onload"} & set(attributes), f"{url}: inline {attributes}"
        if tag in ("input", "select", "textarea") and attributes.get("type") not in ("hidden", "submit"):
            assert attributes.get("id") in labelled or "aria-label" in attributes, f"{url}: no label {attributes}"
    for form in _POST_FORM.findall(page):
        assert "csrf_token" in form or 'name="key"' in form, f"{url}: a form without anti-forgery token"
        assert 'name="once"' in form or 'name="key"' in form or 'name="resumed"' in form, f"{url}: no one-use key"
    found = _BAD_SPACING.search(" ".join(" ".join(words.split(" ")) for words in reader.words))
    assert not found, f"{url}: French spacing near {found[0]!r}" if found else ""
    found = _RAW.search(" ".join(reader.words))
    assert not found, f"{url}: not for a reader: {found[0]!r}" if found else ""
