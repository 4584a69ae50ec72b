"""Sessions kept on the server: the cookie of a signed-in person holds a random id and nothing else."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from flask import Flask, Request, Response, g, session
from flask.sessions import SessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeSerializer

from impact.accounts.guards import directory
from impact.accounts.records import Account
from impact.accounts.storage import close_session, find_session, open_session, save_session

_FRESH = timedelta(seconds=60)


class Visit(dict[str, Any], SessionMixin):
    """What Flask calls the session; anonymous until `account_id` is set."""

    def __init__(self, data: dict[str, Any], account_id: int | None = None, token: str = "") -> None:
        super().__init__(data)
        self.account_id = account_id
        self.token = token
        self.loaded = json.dumps(data, sort_keys=True)
        self.stale = False

    @property
    def changed(self) -> bool:
        """Whether something must be kept."""
        return json.dumps(self, sort_keys=True) != self.loaded


class ServerSessions(SessionInterface):
    """Signed-in sessions in the directory; before sign-in, a signed cookie with the anti-forgery token alone."""

    def open_session(self, app: Flask, request: Request) -> Visit:
        token = request.cookies.get(cookie_name(app, "session"))
        found = find_session(directory(), token) if token else None
        if token and found:
            account_id, data, seen = found
            visit = Visit(data, account_id, token)
            visit.stale = datetime.now(UTC) - seen > _FRESH
            return visit
        signed = request.cookies.get(cookie_name(app, "visit"))
        return Visit(_read(app, signed) if signed else {})

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        visit = cast(Visit, session)
        options: dict[str, Any] = {"httponly": True, "secure": app.config["HTTPS"], "samesite": "Lax", "path": "/"}
        if visit.account_id is not None:
            if visit.changed or visit.stale:
                save_session(directory(), visit.token, dict(visit))
            response.set_cookie(cookie_name(app, "session"), visit.token, **options)
        elif visit.changed:
            response.delete_cookie(cookie_name(app, "session"), **options)
            response.set_cookie(cookie_name(app, "visit"), _signer(app).dumps(dict(visit)), **options)


def cookie_name(app: Flask, name: str) -> str:
    """`__Host-` binds the cookie to this host over https; a bare local http server cannot set it."""
    return f"__Host-{name}" if app.config["HTTPS"] else name


def start(account: Account) -> None:
    """Sign in: a new id, so that one planted before is worth nothing."""
    visit = cast(Visit, session)
    visit.clear()
    # Flask-WTF keeps the token of the request: a page rendered now needs one of the new session.
    g.pop("csrf_token", None)
    visit.token = open_session(directory(), account)
    visit.account_id = account.id


def end(account: Account) -> None:
    """Sign out: the row is deleted, so a copied cookie is dead too."""
    visit = cast(Visit, session)
    close_session(directory(), visit.token, account)
    visit.clear()
    visit.account_id, visit.token = None, ""
    visit.loaded = ""


def _read(app: Flask, signed: str) -> dict[str, Any]:
    try:
        return cast(dict[str, Any], _signer(app).loads(signed))
    except BadSignature:
        return {}


def _signer(app: Flask) -> URLSafeSerializer:
    return URLSafeSerializer(str(app.secret_key), salt="visit")
