"""Assembles the packages; owns nothing. Nobody imports it but the server, the console command and the tests."""

from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined

import impact.wiring
import impact_maps.wiring
import reports.wiring
import surveys.wiring
from impact import error_pages
from impact.accounts import guards
from impact.accounts.sessions import ServerSessions
from impact.instance import Instance, Schema
from impact.navigation import Navigation
from impact.typography import FrenchSpacing, french_filter

PACKAGES = (impact.wiring, surveys.wiring, impact_maps.wiring, reports.wiring)
SCHEMA = Schema(
    directory=impact.wiring.DIRECTORY,
    shared=impact.wiring.SHARED,
    community=tuple(group for package in PACKAGES for group in package.COMMUNITY),
)
MOST_BYTES, MOST_FIELDS = 2_000_000, 5_000


def create_app(root: Path, **settings: Any) -> Flask:
    """The web application of one instance; `settings` go to Flask's configuration (TODAY, HTTPS, TRUSTED_HOSTS…)."""
    app = Flask("impact", root_path=str(Path(impact.wiring.__file__).parent))
    place = Instance(root, SCHEMA)
    app.config.update(
        SECRET_KEY=place.keyring.get("web"),
        HTTPS=False,
        TODAY=date.today,
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_BYTES,
        MAX_FORM_PARTS=MOST_FIELDS,
        TRUSTED_HOSTS=["localhost", "127.0.0.1"],
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.config.update(settings)
    app.extensions["instance"] = place
    app.extensions["navigation"] = navigation = Navigation()
    app.session_interface = ServerSessions()
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.autoescape = True
    app.jinja_env.add_extension(FrenchSpacing)
    app.jinja_env.filters["french"] = french_filter
    app.before_request(guards.admit)
    CSRFProtect(app)
    app.after_request(guards.secure_headers)
    app.after_request(guards.remember_form)
    app.teardown_appcontext(guards.close_files)
    error_pages.register(app)
    guards.public(app.view_functions["static"])
    for package in PACKAGES:
        package.plug(app, navigation)
    guards.check_every_view(app)
    place.directory().close()
    return app
