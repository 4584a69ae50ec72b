"""Every route × role × foreign id: who is served, who is refused, and that a refusal tells nothing."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from impact.accounts.access import RIGHTS, Action, Role
from impact.accounts.guards import PUBLIC, SIGNED_IN, access_of
from impact.demo import PERSONAS, PRE

pytestmark = pytest.mark.whole

METHODS = ("GET", "HEAD", "POST")
SERVED = {200, 302, 303, 400, 404, 405, 422}
ABSENT = 999_999
# Those who have the same role are served alike.
ONE_OF_EACH = list({persona.roles.get(PRE): persona.key for persona in reversed(PERSONAS)}.values())


def _fill(rule: Rule, slug: str, number: int = 1) -> str:
    values: dict[str, Any] = {}
    for name, converter in rule._converters.items():
        if isinstance(converter, IntegerConverter):
            values[name] = number
        elif isinstance(converter, AnyConverter):
            values[name] = min(converter.items)
        else:
            values[name] = {"slug": slug, "filename": "impact.css"}.get(name, "jeton")
    return rule.build(values)[1]  # type: ignore[index]


def _rules(app: Flask, kind: str) -> list[tuple[Rule, str | Action]]:
    found = []
    for rule in app.url_map.iter_rules():
        access = access_of(app.view_functions[rule.endpoint])
        inside = access not in (PUBLIC, SIGNED_IN, Action.MANAGE_INSTANCE)
        if access is not None and kind == ("inside" if inside else str(access)):
            found.append((rule, access))
    assert found
    return found


def _status(browser: Any, method: str, url: str) -> int:
    answer = browser.client.open(url, method=method)
    answer.close()
    return int(answer.status_code)


def test_a_stranger_is_sent_to_sign_in(app: Flask, browse: Any) -> None:
    stranger = browse(None)
    for rule, _ in _rules(app, "inside") + _rules(app, SIGNED_IN):
        url = _fill(rule, PRE)
        for method in rule.methods or ():
            if method in METHODS:
                assert _status(stranger, method, url) == (401 if method == "POST" else 302), (method, url)


@pytest.mark.parametrize("persona", ONE_OF_EACH)
def test_each_role_is_served_what_its_rights_say(app: Flask, browse: Any, persona: str) -> None:
    role = next(known for known in PERSONAS if known.key == persona).roles.get(PRE)
    browser = browse(persona)
    for rule, access in _rules(app, "inside"):
        for number in (1, ABSENT):
            url = _fill(rule, PRE, number)
            for method in rule.methods or ():
                # Those who may read are served HEAD by the view that serves GET: the pages are made once.
                asked = method in METHODS and not (method == "HEAD" and role and Action(access) in RIGHTS[role])
                if asked:
                    _check(role, Action(access), _status(browser, method, url), (persona, method, url))


def _check(role: Role | None, action: Action, status: int, told: tuple[str, ...]) -> None:
    refused = 404 if role is None else 403
    if role is not None and action in RIGHTS[role]:
        assert status in SERVED, (*told, status)
    elif told[1] == "POST":
        # The anti-forgery check may answer first; either way nothing is done.
        assert status in (refused, 400), (*told, status)
    else:
        assert status == refused, (*told, status)


def test_a_foreign_community_and_an_absent_one_answer_alike(app: Flask, browse: Any) -> None:
    chloe = browse("chloe")
    for rule, _ in _rules(app, "inside"):
        if "GET" in (rule.methods or ()):
            foreign, absent = (chloe.client.get(_fill(rule, slug)) for slug in (PRE, "absente"))
            assert (foreign.status_code, foreign.data) == (404, absent.data), rule.rule


def test_only_the_administrator_manages_the_installation(app: Flask, browse: Any) -> None:
    for persona in PERSONAS:
        browser = browse(persona.key)
        for rule, _ in _rules(app, str(Action.MANAGE_INSTANCE)):
            if "GET" in (rule.methods or ()):
                assert _status(browser, "GET", _fill(rule, PRE)) == 403, (persona.key, rule.rule)


def test_addresses_are_french_kebab_case_and_typed(app: Flask) -> None:
    english = {"edit", "delete", "new", "create", "login", "logout", "settings", "users", "report", "survey", "child"}
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or rule.endpoint.endswith(".static"):
            continue
        for piece in rule.rule.strip("/").split("/"):
            if piece.startswith("<"):
                assert piece in ("<slug>", "<token>", "<code>") or piece.startswith(("<int:", "<any(")), rule.rule
            else:
                assert piece == piece.lower(), rule.rule
                assert "_" not in piece, rule.rule
                assert piece not in english, rule.rule
