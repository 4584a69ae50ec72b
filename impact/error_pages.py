"""Refusals and faults as French pages; nothing here says whether a hidden object exists."""

import logging
import traceback

from flask import Flask, Response, g, redirect, render_template, request
from werkzeug.exceptions import HTTPException, SecurityError

from impact.db import DriverError
from impact.exceptions import Conflict, ImpactError, NotAllowed, NotFound, Refused, Repeated, Unusable

_log = logging.getLogger(__name__)
_STATUS: tuple[tuple[type[ImpactError], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (Refused, 422),
    (Unusable, 503),
)
_TITLES = {
    400: ("La demande n’a pas pu être lue", "Revenez en arrière, rechargez la page et envoyez de nouveau."),
    403: ("Cette page n’est pas pour vous", ""),
    404: ("Cette page n’existe pas", "L’adresse a changé, ou la page n’est pas ouverte à votre compte."),
    405: ("Cette page n’existe pas", "L’adresse a changé, ou la page n’est pas ouverte à votre compte."),
    413: ("L’envoi est trop lourd", "Envoyez un fichier plus petit, ou un texte plus court."),
    422: ("Ce n’est pas possible ainsi", ""),
    429: ("Trop d’essais", "Attendez un quart d’heure, puis essayez de nouveau."),
    500: ("Une panne est survenue", "Rien n’a été enregistré à moitié. Essayez de nouveau dans un moment."),
    503: ("Le service ne peut pas répondre", ""),
}


def register(app: Flask) -> None:
    """Attach every handler."""
    app.register_error_handler(ImpactError, _refusal)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DriverError, _fault)
    if not app.config.get("SHOW_FAULTS"):
        app.register_error_handler(Exception, _fault)


def _refusal(error: ImpactError) -> Response | tuple[str, int]:
    if isinstance(error, Repeated):
        return redirect(error.location or request.referrer or "/", 303)  # type: ignore[return-value]
    if isinstance(error, Conflict):
        return _conflict(error)
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 503)
    return page(status, "" if isinstance(error, NotFound) else str(error))


def _conflict(error: Conflict) -> tuple[str, int]:
    form = g.form
    rows = [(field, error.stored[field.name]) for field in form if field.name in error.stored]
    form.version.data = str(error.version)
    return render_template("conflict.html", form=form, rows=rows), 409


def _http(error: HTTPException) -> Response | tuple[str, int]:
    code = error.code or 500
    if isinstance(error, SecurityError):  # A foreign host: no address of ours can be built for it.
        return "Adresse inconnue.", code
    if code < 400:
        return error.get_response()  # type: ignore[return-value]
    return page(code)


def _fault(error: Exception) -> tuple[str, int]:
    # Where it happened, never what was being written: messages of the driver may quote values.
    where = "".join(traceback.format_tb(error.__traceback__))
    _log.error("%s at %s\n%s", type(error).__name__, request.endpoint, where)
    return page(500)


def page(code: int, message: str = "") -> tuple[str, int]:
    """The page of a status, with the reason when there is one to tell."""
    title, advice = _TITLES.get(code, _TITLES[500 if code >= 500 else 400])
    return render_template("error.html", title=title, message=message or advice), code
