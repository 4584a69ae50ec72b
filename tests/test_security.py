"""Headers on every response, forgery refused, https, forms kept out of one another's way."""

from typing import Any

import pytest
from flask import Flask

import app as assembly
from impact.accounts import guards
from impact.demo import PASSWORD
from impact.instance import Instance
from impact.printing import NOT_PRINTED, PrintingFailed

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@pytest.mark.parametrize("url", ["/connexion", "/nulle-part", "/", "/static/impact.css", "/communautes/x/", "/aide"])
def test_headers_on_every_response(app: Flask, url: str) -> None:
    answer = app.test_client().get(url)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    answer.close()
    assert url.startswith("/static") or answer.headers["Cache-Control"] == "no-store"


def test_a_fault_is_a_plain_page_with_headers_and_no_detail(place: Instance) -> None:
    faulty = assembly.create_app(place.root)

    @guards.public
    def fail() -> str:
        raise ZeroDivisionError("canary")

    faulty.add_url_rule("/panne", view_func=fail)
    answer = faulty.test_client().get("/panne")
    assert answer.status_code == 500
    assert "Une panne est survenue" in answer.text
    assert "canary" not in answer.text
    assert "Content-Security-Policy" in answer.headers


def test_a_page_that_could_not_be_printed_says_why(place: Instance) -> None:
    printing = assembly.create_app(place.root)

    @guards.public
    def fail() -> str:
        raise PrintingFailed(NOT_PRINTED)

    printing.add_url_rule("/impression", view_func=fail)
    answer = printing.test_client().get("/impression")
    assert answer.status_code == 503
    assert "L’impression n’a pas abouti" in answer.text


def test_a_view_that_declares_no_access_stops_the_start(app: Flask) -> None:
    app.view_functions["bare"] = lambda: "bare"
    with pytest.raises(RuntimeError, match="bare"):
        guards.check_every_view(app)


def test_a_foreign_host_is_refused(app: Flask) -> None:
    assert app.test_client().get("/connexion", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "application/json"])
def test_a_post_without_token_is_refused(browse: Any, kind: str) -> None:
    amina = browse("amina")
    answer = amina.client.post("/deconnexion", data="a=b", content_type=kind)
    assert answer.status_code == 400
    assert "La demande n’a pas pu être lue" in answer.text


def test_anothers_token_is_refused(browse: Any) -> None:
    amina, basile = browse("amina"), browse("basile")
    page = basile.get("/mon-compte")
    token = page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    assert amina.client.post("/deconnexion", data={"csrf_token": token}).status_code == 400


def test_forms_work_over_https_with_a_host_cookie(place: Instance) -> None:
    secure = assembly.create_app(place.root, HTTPS=True)
    client = secure.test_client()
    base = "https://localhost"
    page = client.get("/connexion", base_url=base)
    assert "max-age=31536000" in page.headers["Strict-Transport-Security"]
    token = page.text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    data = {"email": "amina@demonstration.example", "password": PASSWORD, "csrf_token": token}
    answer = client.post("/connexion", base_url=base, data=data, headers={"Referer": f"{base}/connexion"})
    assert answer.status_code == 303
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("__Host-session="))
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    elsewhere = client.post("/connexion", base_url=base, data=data, headers={"Referer": "https://evil.example/"})
    assert elsewhere.status_code == 400


@pytest.mark.parametrize("suffix", ["html", "txt", "j2", "css", "md"])
def test_every_template_name_is_escaped(app: Flask, suffix: str) -> None:
    with app.app_context():
        template = app.jinja_env.from_string("{{ text }}")
        template.name = f"x.{suffix}"
        assert template.render(text="<script>") == "&lt;script&gt;"


def test_reading_changes_nothing(place: Instance, browse: Any) -> None:
    amina = browse("amina")
    directory = place.directory()
    before = directory.rows("SELECT * FROM audit_entry")
    for url in ("/", "/mon-compte", "/communautes/pre-demonstration/"):
        amina.get(url)
    assert directory.rows("SELECT * FROM audit_entry") == before
    directory.close()
