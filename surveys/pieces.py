"""What the pages of a wave show besides its record: its address, its code, the links of other packages."""

import io
from collections.abc import Callable
from typing import cast

import segno
from flask import Response, current_app, send_file, url_for
from markupsafe import Markup

from impact.accounts.access import Action, may
from impact.accounts.guards import actor
from surveys.held import HeldFiles
from surveys.media.files import KINDS
from surveys.records import WaveLink, WaveLinks
from surveys.throttle import Throttle
from surveys.together import Together


def wave_url(slug: str, token: str) -> str:
    """The public address of a wave, as it is given to the families."""
    return url_for("respondents.respond", slug=slug, token=token, _external=True)


def poster_code(url: str) -> Markup:
    """The QR code as SVG, whose only content is squares, with the quiet zone that readers need; the page gives its width."""
    code = segno.make(url, error="m", micro=False)
    return Markup(code.svg_inline(border=4, omitsize=True, light="#fff", svgclass=None, lineclass=None))


def send_choice_file(name: str, content: bytes) -> Response:
    """A picture or a sound, by parts when the browser asks: some play nothing otherwise."""
    return send_file(io.BytesIO(content), KINDS[name.rpartition(".")[2]], conditional=True)


def shown_links() -> list[WaveLink]:
    """Pages that other packages offer about a wave, for this person's role."""
    registered = cast(WaveLinks, current_app.extensions["surveys"])
    return [link for link in registered.links if may(actor(), Action(link.action))]


def shown_cohort_links() -> list[WaveLink]:
    """Pages that other packages offer about a cohort."""
    registered = cast(WaveLinks, current_app.extensions["surveys"])
    return [link for link in registered.cohort_links if may(actor(), Action(link.action))]


def answer_listeners() -> list[Callable[[str], None]]:
    """What other packages do when an answer was stored in a community."""
    return cast(WaveLinks, current_app.extensions["surveys"]).listeners


def throttle() -> Throttle:
    """The counts of this process."""
    return cast(Throttle, current_app.extensions["surveys.throttle"])


def held_files() -> HeldFiles:
    """The files that this process keeps open for respondents."""
    return cast(HeldFiles, current_app.extensions["surveys.held"])


def together() -> Together:
    """The answers that this process is storing."""
    return cast(Together, current_app.extensions["surveys.together"])
