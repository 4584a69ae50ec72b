"""Who is asking: each view declares its access, and nothing is served before it is checked."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from impact.accounts.access import Action, may
from impact.accounts.forms import SignInForm
from impact.accounts.records import Account
from impact.accounts.storage import find_membership, get_account
from impact.audit import Actor, remember_location
from impact.db import EncryptedDatabase
from impact.exceptions import NotAllowed, NotFound
from impact.instance import Instance

AnyHeaders = TypeVar("AnyHeaders", bound=AnyResponse)
View = TypeVar("View", bound=Callable[..., Any])
PUBLIC, SIGNED_IN = "public", "signed_in"
# The largest number that SQLite can hold: a page of anything beyond does not exist.
LARGEST_ID = 2**63 - 1
NOT_KEPT = frozenset({"csrf_token", "resumed"})


def public(view: View) -> View:
    """Served to anybody."""
    return _declare(view, PUBLIC)


def signed_in(view: View) -> View:
    """Served to anybody with an account."""
    return _declare(view, SIGNED_IN)


def allowed(action: Action) -> Callable[[View], View]:
    """Served to those whose role in the community of the URL allows `action`."""
    return lambda view: _declare(view, action)


def takes_files(most: int) -> Callable[[View], View]:
    """Let those who are signed in send `most` bytes to a view, instead of what a page may send."""

    def declare(view: View) -> View:
        view.most_bytes = most  # type: ignore[attr-defined]
        return view

    return declare


def access_of(view: Callable[..., Any]) -> str | Action | None:
    """What a view declared."""
    return getattr(view, "access", None)


def instance() -> Instance:
    """The installation that this application serves."""
    return cast(Instance, current_app.extensions["instance"])


def today() -> date:
    """The day of this request; tests set it."""
    return cast(date, current_app.config["TODAY"]())


def directory() -> EncryptedDatabase:
    """The directory, opened once a request."""
    if "directory" not in g:
        g.directory = instance().directory()
    return cast(EncryptedDatabase, g.directory)


def account() -> Account | None:
    """Who is signed in."""
    if "account" not in g:
        account_id = getattr(session, "account_id", None)
        g.account = get_account(directory(), account_id) if account_id else None
    return cast(Account | None, g.account)


def community_db() -> EncryptedDatabase:
    """The file of the community of this page."""
    return cast(EncryptedDatabase, g.community_db)


def actor() -> Actor:
    """The person in her role in the community of this page, or her bare account elsewhere."""
    if "actor" in g:
        return cast(Actor, g.actor)
    known = account()
    if known is None:
        raise NotFound
    return Actor(known.ref, "administrator" if known.is_administrator else "account")


def actor_in(slug: str) -> Actor:
    """The signed-in person in her role in a community; raises NotFound when she has none there."""
    known = account()
    membership = find_membership(directory(), known.id, slug) if known else None
    if known is None or membership is None:
        raise NotFound
    return Actor(known.ref, membership.role.value, membership.member_id)


def admit() -> AnyResponse | str | tuple[str, int] | None:
    """Before every request: refuse, send to sign-in, or open the community's file."""
    _accept_files()
    g.resumed = "resumed" in request.form
    if request.endpoint is None:
        return None
    access = access_of(current_app.view_functions[request.endpoint])
    numbers = [value for value in (request.view_args or {}).values() if isinstance(value, int)]
    if access is None or any(number > LARGEST_ID for number in numbers):
        raise NotFound
    if access == PUBLIC:
        return None
    known = account()
    if known is None:
        return _ask_to_sign_in()
    if access == Action.MANAGE_INSTANCE:
        if not known.is_administrator:
            raise NotAllowed
    elif access != SIGNED_IN:
        _enter(str((request.view_args or {}).get("slug", "")), Action(access))
    return None


def close_files(_: BaseException | None = None) -> None:
    """After every request."""
    for name in ("directory", "community_db"):
        db = g.pop(name, None)
        if db is not None:
            db.close()


def remember_form(response: Response) -> Response:
    """Where a form led is kept with its one-use key: sent again, it leads there and stores nothing."""
    if request.method == "POST" and response.status_code in (302, 303):
        once, db = request.form.get("once", ""), g.get("community_db") or g.get("directory")
        if once and db is not None:
            remember_location(db, once, response.headers["Location"])
    return response


def check_every_view(app: Flask) -> None:
    """Denied by default: the application does not start with a view that declares no access."""
    bare = sorted(name for name, view in app.view_functions.items() if access_of(view) is None)
    if bare:
        raise RuntimeError(f"Views without declared access: {', '.join(bare)}")


def _accept_files() -> None:
    """Before the form is read: a stranger's sending stays within the bounds of a page."""
    view = current_app.view_functions.get(request.endpoint or "")
    most = getattr(view, "most_bytes", 0)
    if most and getattr(session, "account_id", None):
        request.max_content_length = most


def _enter(slug: str, action: Action) -> None:
    g.actor = actor_in(slug)
    g.community_db = instance().community(slug)
    if not may(g.actor, action):
        raise NotAllowed


def _ask_to_sign_in() -> AnyResponse | tuple[str, int]:
    if request.method != "POST":
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    kept = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_KEPT]
    page = render_template("accounts/sign_in.html", form=SignInForm(formdata=None), kept=kept, resume=request.path)
    return page, 401


def _declare(view: View, access: str) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view


def secure_headers(response: Response) -> Response:
    """After every request, errors included."""
    return protect(response, request.is_secure, kept=request.endpoint == "static")


def protect(response: AnyHeaders, is_secure: bool, kept: bool = False) -> AnyHeaders:
    """Strict content policy and friends; only what is `kept` may stay in a browser's store."""
    response.headers.update(
        {
            "Content-Security-Policy": CONTENT_POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
            "X-Frame-Options": "DENY",
        }
    )
    if not kept:
        response.headers["Cache-Control"] = "no-store"
    if is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response


CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        *(
            f"{kind}-src 'self'"
            for kind in ("style", "img", "media", "font", "script", "connect", "manifest", "worker")
        ),
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
