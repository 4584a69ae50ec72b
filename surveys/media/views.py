"""Pictures and sounds beside the answers that a question offers."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, takes_files
from impact.exceptions import NotFound, Refused
from surveys import editing
from surveys.languages.storage import interfaces
from surveys.media.files import MOST_BYTES
from surveys.media.forms import choice_files_form
from surveys.media.storage import get_file, save_with_files
from surveys.own_storage import get_own
from surveys.pieces import send_choice_file
from surveys.records import Own, Question

pages = Blueprint("media", __name__, template_folder="templates", url_prefix="/communautes/<slug>/questionnaires")
Answer = str | Response


@pages.before_request
def _choose_tab() -> None:
    g.tab = "surveys"


@pages.get("/fichiers/<code>")
@allowed(Action.VIEW_SURVEYS)
def file(slug: str, code: str) -> Response:
    """One picture or sound."""
    return send_choice_file(code, get_file(community_db(), code))


@pages.get("/les-notres/<int:own_id>/question/<code>/images-et-sons")
@allowed(Action.RUN_SURVEYS)
def index(slug: str, own_id: int, code: str) -> str:
    """What each answer of a question shows and says."""
    own, question = _question(own_id, code)
    names = {code: known.language.name for code, known in interfaces(community_db()).items()}
    return render_template("media/index.html", own=own, question=question, names=names)


@pages.route("/les-notres/<int:own_id>/question/<code>/images-et-sons/<int:place>", methods=["GET", "POST"])
@takes_files(MOST_BYTES)
@allowed(Action.RUN_SURVEYS)
def change(slug: str, own_id: int, code: str, place: int) -> Answer:
    """The picture and the sounds of one answer."""
    own, question = _question(own_id, code)
    if not 1 <= place <= len(question.choices):
        raise NotFound
    choice = question.choices[place - 1]
    languages = [known.language for known in interfaces(community_db()).values()]
    form = choice_files_form(choice, languages, own.version)
    if form.submitted():
        try:
            changed, files = form.as_record(choice)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            after = editing.change_choice(own.questionnaire, code, changed)
            save_with_files(community_db(), actor(), own, after, files, form.version_read, form.once_key)
            flash("La réponse est enregistrée, avec son image et ses sons.")
            return redirect(url_for("media.index", slug=slug, own_id=own_id, code=code), 303)
    return render_template("media/change.html", own=own, question=question, choice=choice, place=place, form=form)


def _question(own_id: int, code: str) -> tuple[Own, Question]:
    own = get_own(community_db(), own_id)
    question = editing.get_question(own.questionnaire, code)
    if not question.choices or editing.is_locked(own.questionnaire, question):
        raise NotFound("Cette question ne prend ni image ni son : elle n’a pas de liste, ou vient de la bibliothèque.")
    return own, question
