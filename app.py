"""Assembles the packages; owns nothing. Nobody imports it but the server, the console command and the tests.

Here alone imports come late: `impact --help` and a wrong argument are answered without loading the product.
"""

import sys
from argparse import Namespace
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from impact import cli
from impact.periods import local_today

if TYPE_CHECKING:
    from flask import Flask

    from impact.instance import Schema

MOST_BYTES, MOST_FIELDS = 2_000_000, 5_000


def packages() -> tuple[Any, ...]:
    """The wiring of each package, in the order of the arrows."""
    import impact.wiring
    import impact_maps.wiring
    import reports.wiring
    import surveys.wiring

    return impact.wiring, surveys.wiring, impact_maps.wiring, reports.wiring


@cache
def schema() -> "Schema":
    """The migration sets of every package, by sort of file."""
    from impact.instance import Schema

    ground = packages()[0]
    community = tuple(group for package in packages() for group in package.COMMUNITY)
    shared = tuple(group for package in packages() for group in getattr(package, "SHARED", ()))
    return Schema(directory=ground.DIRECTORY, shared=shared, community=community)


def create_app(root: Path, **settings: Any) -> "Flask":
    """The web application of one instance; `settings` go to Flask's configuration (TODAY, HTTPS, TRUSTED_HOSTS…)."""
    from flask import Flask
    from flask_wtf.csrf import CSRFProtect
    from jinja2 import StrictUndefined

    from impact import error_pages
    from impact.accounts import guards
    from impact.accounts.sessions import ServerSessions
    from impact.instance import Instance
    from impact.jobs import Jobs
    from impact.navigation import Navigation
    from impact.typography import FrenchSpacing, french_filter

    app = Flask("impact", root_path=str(Path(cli.__file__).parent))
    place = Instance(root, schema())
    app.config.update(
        SECRET_KEY=place.keyring.get("web"),
        HTTPS=False,
        TODAY=local_today,
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_BYTES,
        MAX_FORM_PARTS=MOST_FIELDS,
        TRUSTED_HOSTS=["localhost", "127.0.0.1"],
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.config.update(settings)
    app.extensions["instance"] = place
    app.extensions["jobs"] = Jobs(place)
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
    for package in packages():
        package.plug(app, navigation)
    guards.check_every_view(app)
    place.directory().close()
    return app


def main(argv: Sequence[str] | None = None) -> int:
    """The `impact` command; gives its exit status."""
    return cli.run(argv, _work)


def _work(arguments: Namespace) -> int:
    from impact import commands
    from impact.instance import Instance
    from impact.sheets.console import import_table
    from reports import console
    from surveys.exchange.console import import_answers, import_questionnaire

    imports = {
        "situations": import_table,
        "notes": import_table,
        "questionnaire": import_questionnaire,
        "answers": import_answers,
    }
    place = Instance(arguments.instance, schema())
    if arguments.command == "run":
        return commands.run(place, arguments, create_app)
    if arguments.command == "demo":
        return commands.demo(place, arguments, [package.demonstrate for package in packages()])
    known = {
        **commands.COMMANDS,
        "import": lambda place, arguments: imports[arguments.what](place, arguments),
        "indicators": console.indicators,
        "report": console.report,
    }
    return known[arguments.command](place, arguments)


if __name__ == "__main__":
    sys.exit(main())
