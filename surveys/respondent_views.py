"""The public page: whoever holds the link of an open wave answers, without an account, a cookie or a script."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge, TooManyRequests
from werkzeug.wrappers import Response

from impact.accounts.guards import instance, public, today
from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.exceptions import Refused
from impact.instance import SLUG
from surveys.answering import kept_answers
from surveys.feedback.storage import list_sheets
from surveys.languages.choosing import chosen, offered
from surveys.languages.known import complete_interfaces, french_interface
from surveys.languages.records import Interface, Language
from surveys.languages.rules import translate
from surveys.languages.storage import interfaces
from surveys.media.storage import get_file
from surveys.pieces import answer_listeners, held_files, send_choice_file, throttle, together
from surveys.respondent_forms import RespondentForm, respondent_form
from surveys.rosters.invitation_storage import find_door, receive, was_received
from surveys.rosters.records import Door
from surveys.rosters.rules import check_code, opens
from surveys.rules import check_key, fingerprint, state_on
from surveys.straight import MOST_BYTES
from surveys.vocabulary import WaveState

respondents = Blueprint("respondents", __name__, template_folder="templates", url_prefix="/repondre")
Answer = str | Response | tuple[str, int]


@respondents.route("/<slug>/<token>", methods=["GET", "POST"])
@public
def respond(slug: str, token: str) -> Answer:
    """The questionnaire, or the one page that says that this address leads to none, whatever the reason."""
    with _file_of(slug) as db:
        if db is None:
            return _not_open()
        door = find_door(db, token)
        if door is None:
            return _not_open()
        known = interfaces(db)
        offers = offered(door.wave.questionnaire, known)
        form = respondent_form(door.wave.questionnaire, known[_language(offers).code], door.asks_code)
        if not opens(door, today()):
            # A link that served once is dead, but for the very form that it served for: its sender did not hear so.
            again = request.method == "POST" and was_received(db, door, str(form.key.data))
            return _thanked(form) if again else _told(db, door, known)
        form.file_url = partial(url_for, "respondents.file", slug=slug, token=token)
        if request.method == "POST" and _received(db, door, form):
            for tell in answer_listeners():
                tell(slug)
            return _thanked(form)
        return render_template(
            "surveys/respond.html",
            door=door,
            form=form,
            interface=form.interface,
            languages=offers,
            asker=get_community(db),
        )


@respondents.get("/<slug>/<token>/<code>")
@public
def file(slug: str, token: str, code: str) -> Answer:
    """A picture or a sound of an answer, for whoever may answer."""
    with _file_of(slug) as db:
        if db is None:
            return _not_open()
        door = find_door(db, token)
        if door is None or not opens(door, today()) or code not in door.wave.questionnaire.files:
            return _not_open()
        return send_choice_file(code, get_file(db, code))


@respondents.get("/merci")
@public
def thanks() -> str:
    """Shows nothing of what was answered, nor to what."""
    return render_template("surveys/thanks.html", interface=_said())


def _received(db: EncryptedDatabase, door: Door, form: RespondentForm) -> bool:
    if (request.content_length or 0) > MOST_BYTES:
        raise RequestEntityTooLarge
    if not throttle().admits(fingerprint(door.wave.id, request.path)):
        raise TooManyRequests
    if not form.validate():
        return False
    try:
        key = check_key(str(form.key.data))
    except Refused:
        form.refuse(Refused(form.say("unread")))
        return False
    try:
        code = check_code(*(str(part.data or "") for part in form.code_parts())) if door.asks_code else ""
    except Refused as refusal:
        message = form.say("code_number" if refusal.field == "code_day" else "code_letters")
        form.refuse(Refused(message, refusal.field))
        return False
    try:
        answers = kept_answers(door.wave.questionnaire, form.typed())
    except Refused:
        form.refuse(Refused(form.say("empty")))
        return False
    day = today()
    if not together().store(db, lambda held: receive(held, door, day, key, answers, code)):
        form.refuse(Refused(form.say("served")))
        return False
    return True


def _thanked(form: RespondentForm) -> Response:
    return redirect(url_for("respondents.thanks", langue=form.interface.language.code), 303)


@contextmanager
def _file_of(slug: str) -> Iterator[EncryptedDatabase | None]:
    place = instance()
    if SLUG.fullmatch(slug) and (path := place.community_path(slug)).exists():
        with held_files().borrow(path, partial(place.community, slug)) as db:
            yield db
        return
    # As many questions as to a community's file, so that the time of the answer does not tell which exist.
    with held_files().borrow(place.root / "shared.db", place.shared) as shared:
        for _ in range(2):
            shared.table_names()
    yield None


def _told(db: EncryptedDatabase, door: Door, known: dict[str, Interface]) -> Answer:
    """Once the wave is closed, what goes back to those who answered; else nothing."""
    sheets = {each.language: each for each in list_sheets(db, door.wave.id) if each.language in known}
    if request.method == "POST" or not sheets or state_on(door.wave, today()) is not WaveState.CLOSED:
        return _not_open()
    offers = [known[code].language for code in sheets]
    code = _language(offers).code
    interface = known[code if code in sheets else offers[0].code]
    return render_template(
        "surveys/feedback.html",
        title=translate(door.wave.questionnaire, interface.language.code).title,
        asker=get_community(db).name,
        sheet=sheets[interface.language.code],
        sheets=offers,
        interface=interface,
    )


def _not_open() -> Answer:
    return render_template("surveys/not_open.html", interface=french_interface()), 404


def _language(offers: list[Language]) -> Language:
    return chosen(request.args.get("langue", ""), offers, request.accept_languages.best_match)


def _said() -> Interface:
    """The words of the page of thanks, which knows no community: those of a community's own language are French."""
    return complete_interfaces().get(request.args.get("langue", ""), french_interface())
