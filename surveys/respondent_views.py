"""The public page: whoever holds the link of an open wave answers, without an account, a cookie or a script."""

from contextlib import closing

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge, TooManyRequests
from werkzeug.wrappers import Response

from impact.accounts.guards import instance, public, today
from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.exceptions import NotFound, Refused
from surveys import storage
from surveys.answering import kept_answers
from surveys.pieces import throttle
from surveys.records import Wave
from surveys.respondent_forms import RespondentForm, respondent_form
from surveys.rules import check_key, fingerprint, takes_answers

respondents = Blueprint("respondents", __name__, template_folder="templates", url_prefix="/repondre")
Answer = str | Response | tuple[str, int]
MOST_BYTES = 64_000


@respondents.route("/<slug>/<token>", methods=["GET", "POST"])
@public
def respond(slug: str, token: str) -> Answer:
    """The questionnaire, or the one page that says that this address leads to none, whatever the reason."""
    db = _file_of(slug)
    if db is None:
        return _not_open()
    with closing(db):
        wave = storage.find_wave_by_link(db, token)
        if wave is None or not takes_answers(wave, today()):
            return _not_open()
        form = respondent_form(wave.questionnaire)
        if request.method == "POST" and _received(db, wave, form):
            return redirect(url_for("respondents.thanks"), 303)
        return render_template("surveys/respond.html", wave=wave, form=form, asker=get_community(db))


@respondents.get("/merci")
@public
def thanks() -> str:
    """Shows nothing of what was answered, nor to what."""
    return render_template("surveys/thanks.html")


def _received(db: EncryptedDatabase, wave: Wave, form: RespondentForm) -> bool:
    if (request.content_length or 0) > MOST_BYTES:
        raise RequestEntityTooLarge
    if not throttle().admits(fingerprint(wave.id, request.path)):
        raise TooManyRequests
    if not form.validate():
        return False
    try:
        key = check_key(str(form.key.data))
        answers = kept_answers(wave.questionnaire, form.typed())
    except Refused as refusal:
        form.refuse(refusal)
        return False
    storage.add_response(db, wave.id, today(), key, answers)
    return True


def _file_of(slug: str) -> EncryptedDatabase | None:
    try:
        return instance().community(slug)
    except NotFound:
        # As long as opening a community's file, so that the time of the answer does not tell which exist.
        instance().shared().close()
        return None


def _not_open() -> Answer:
    return render_template("surveys/not_open.html"), 404
