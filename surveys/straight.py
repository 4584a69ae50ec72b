"""A shortcut before the pages: an answer to which nothing needs to be said is stored, and its sender thanked.

It spares hundreds of people who answer together what the pages of the house do for those who sign in. Whatever it does
not take goes on to the page, as it came.
"""

import re
from collections.abc import Iterable
from functools import partial
from io import BytesIO
from typing import Any, cast
from urllib.parse import parse_qs

from flask import Flask
from werkzeug.sansio.utils import host_is_trusted
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from impact.accounts.guards import protect
from impact.db import DriverError, EncryptedDatabase
from impact.exceptions import ImpactError
from impact.instance import Instance
from surveys.languages.choosing import chosen, offered
from surveys.languages.storage import interfaces
from surveys.plain_reading import read_plainly
from surveys.records import WaveLinks
from surveys.rosters.invitation_storage import find_door, receive
from surveys.rosters.records import Door
from surveys.rosters.rules import opens
from surveys.rules import check_key, fingerprint

ADDRESS = re.compile(r"/repondre/([a-z0-9-]+)/([a-z2-7]+)")
THANKS = "/repondre/merci"
MOST_BYTES = 64_000
FORM = "application/x-www-form-urlencoded"
Fields = dict[str, list[str]]


class Straight:
    """The application, and the shortcut before it."""

    def __init__(self, app: Flask) -> None:
        self._app, self._pages = app, app.wsgi_app
        self._links: WaveLinks = app.extensions["surveys"]

    @property
    def _place(self) -> Instance:
        return cast(Instance, self._app.extensions["instance"])

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        found = ADDRESS.fullmatch(environ.get("PATH_INFO", ""))
        if environ["REQUEST_METHOD"] != "POST" or not found:
            return self._pages(environ, start_response)
        thanks = self._take(environ, *found.groups())
        return (thanks or self._pages)(environ, start_response)

    def _take(self, environ: dict[str, Any], slug: str, token: str) -> Response | None:
        """The thanks; None, and nothing stored, when the page has to see to it."""
        if not self._is_plain(environ):
            return None
        sent = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        environ["wsgi.input"] = BytesIO(sent)
        request = Request(environ, populate_request=False)
        try:
            # What is not text in UTF-8 raises ValueError: the page refuses it.
            fields = parse_qs(sent.decode("ascii"), keep_blank_values=True, errors="strict")
            path = self._place.community_path(slug)
            with self._app.extensions["surveys.held"].borrow(path, partial(self._place.community, slug)) as db:
                language = self._stored_in(db, token, request, fields)
        except (ImpactError, DriverError, OSError, ValueError):
            return None
        if language is None:
            return None
        for tell in self._links.listeners:
            tell(slug)
        return protect(redirect(f"{request.root_path}{THANKS}?langue={language}", 303), request.is_secure)

    def _stored_in(self, db: EncryptedDatabase, token: str, request: Request, fields: Fields) -> str | None:
        """The language of whoever answered, once her answers are on the disk."""
        door, day = find_door(db, token), self._app.config["TODAY"]()
        if door is None or door.asks_code or not opens(door, day):
            return None
        answers, key = read_plainly(door.wave.questionnaire, fields), check_key(fields.get("key", [""])[0])
        if answers is None or not self._admits(door, request.path):
            return None
        if not self._app.extensions["surveys.together"].store(db, lambda held: receive(held, door, day, key, answers)):
            return None
        offers = offered(door.wave.questionnaire, interfaces(db))
        return chosen(request.args.get("langue", ""), offers, request.accept_languages.best_match).code

    def _is_plain(self, environ: dict[str, Any]) -> bool:
        size = environ.get("CONTENT_LENGTH", "")
        is_form = environ.get("CONTENT_TYPE", "").partition(";")[0].strip() == FORM
        is_here = host_is_trusted(environ.get("HTTP_HOST"), self._app.config["TRUSTED_HOSTS"])
        return is_form and is_here and size.isdecimal() and int(size) <= MOST_BYTES

    def _admits(self, door: Door, path: str) -> bool:
        admitted: bool = self._app.extensions["surveys.throttle"].admits(fingerprint(door.wave.id, path))
        return admitted
