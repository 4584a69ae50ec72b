"""The editor: a list of questions, each with its own page; no drag, no script."""

import secrets
from itertools import pairwise

from flask import Blueprint, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db
from impact.exceptions import NotFound, Refused
from impact.wording import french
from surveys import editing, own_storage
from surveys.answering import burdens, minutes_asked, seconds_asked
from surveys.definitions import get_standard, library
from surveys.editor_forms import NewQuestionnaireForm, PresentationForm, QuestionForm, question_form
from surveys.forms import ConfirmForm
from surveys.records import Own, Question, Questionnaire
from surveys.vocabulary import QuestionKind

pages = Blueprint(
    "editor", __name__, template_folder="templates", url_prefix="/communautes/<slug>/questionnaires/les-notres"
)
Answer = str | Response
BLANK = "blank"


@pages.before_request
def _choose_tab() -> None:
    g.tab = "surveys"


@pages.route("/nouveau", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def add(slug: str) -> Answer:
    """A questionnaire of one's own: blank, or from the library."""
    form = NewQuestionnaireForm()
    form.start.choices = [(BLANK, "Une page blanche"), *((each.code, french(each.title)) for each in library())]
    if form.submitted():
        new = _start(str(form.start.data or BLANK), str(form.title.data), str(form.purpose.data), str(form.public.data))
        added = own_storage.add_own(community_db(), actor(), new, form.once_key)
        flash("Le questionnaire est créé. Ajoutez vos questions.")
        return _back(slug, added)
    return render_template("surveys/editor_new.html", form=form)


@pages.get("/<int:own_id>")
@allowed(Action.RUN_SURVEYS)
def edit(slug: str, own_id: int) -> str:
    """Its questions in their order, what each is for, and what the whole asks of a person."""
    own = own_storage.get_own(community_db(), own_id)
    heavy = burdens(own.questionnaire)
    return render_template(
        "surveys/editor.html",
        own=own,
        questionnaire=own.questionnaire,
        locked={each.code for each in own.questionnaire.questions if editing.is_locked(own.questionnaire, each)},
        burdens=heavy,
        burden_minutes=minutes_asked(heavy) if heavy else 0,
        seconds={each.code: seconds_asked(each) for each in own.questionnaire.questions},
        kinds=QuestionKind,
        asked=own_storage.asked_versions(community_db(), own.questionnaire.code),
        form=ConfirmForm(formdata=None),
    )


@pages.route("/<int:own_id>/presentation", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def describe(slug: str, own_id: int) -> Answer:
    """Title, purpose, public, and the five answers."""
    own = own_storage.get_own(community_db(), own_id)
    asked = own.questionnaire
    values = {"title": asked.title, "purpose": asked.purpose, "public": asked.public, "version": own.version}
    form = PresentationForm(data={**values, "levels": "\n".join(asked.levels)})
    if asked.standard:
        del form.levels
    if form.submitted():
        try:
            levels = [] if asked.standard else form.read_levels()
        except Refused as refusal:
            form.refuse(refusal)
        else:
            title, purpose, public = (str(form[name].data) for name in ("title", "purpose", "public"))
            changed = editing.describe(asked, title, purpose, public, levels)
            own_storage.save_own(community_db(), actor(), own, changed, form.version_read, form.once_key)
            flash("La présentation est enregistrée.")
            return _back(slug, own_id)
    return render_template("surveys/editor_presentation.html", form=form, own=own)


@pages.route("/<int:own_id>/ajouter/<code>", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def add_question(slug: str, own_id: int, code: str) -> Answer:
    """One more question, at the end."""
    own, kind = own_storage.get_own(community_db(), own_id), _kind(code)
    form = question_form(own.questionnaire, kind, None)
    if form.submitted():
        try:
            known, question = _read(form, own.questionnaire, f"q_{secrets.token_hex(4)}", kind)
            changed = editing.add(known, question)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            own_storage.save_own(community_db(), actor(), own, changed, own.version, form.once_key)
            flash("La question est ajoutée, à la fin.")
            return _back(slug, own_id)
    return render_template("surveys/editor_question.html", form=form, own=own, kind=kind, question=None)


@pages.route("/<int:own_id>/question/<code>", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def change_question(slug: str, own_id: int, code: str) -> Answer:
    """One question, as it will be asked."""
    own, question = _open_question(own_id, code)
    form = question_form(own.questionnaire, question.kind, question)
    if not form.is_submitted():
        form.version.data = str(own.version)
    if form.submitted():
        try:
            known, typed = _read(form, own.questionnaire, code, question.kind)
            changed = editing.change(known, typed)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            own_storage.save_own(community_db(), actor(), own, changed, form.version_read, form.once_key)
            flash("La question est modifiée.")
            return _back(slug, own_id)
    return render_template("surveys/editor_question.html", form=form, own=own, kind=question.kind, question=question)


@pages.post("/<int:own_id>/question/<code>/monter")
@allowed(Action.RUN_SURVEYS)
def move_up(slug: str, own_id: int, code: str) -> Answer:
    """One place up."""
    return _move(slug, own_id, code, -1)


@pages.post("/<int:own_id>/question/<code>/descendre")
@allowed(Action.RUN_SURVEYS)
def move_down(slug: str, own_id: int, code: str) -> Answer:
    """One place down."""
    return _move(slug, own_id, code, 1)


@pages.route("/<int:own_id>/question/<code>/retirer", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def remove_question(slug: str, own_id: int, code: str) -> Answer:
    """Take a question out; the waves that asked it keep it."""
    own, question = _open_question(own_id, code)
    form = ConfirmForm()
    if form.submitted():
        changed = editing.remove(own.questionnaire, code)
        own_storage.save_own(community_db(), actor(), own, changed, own.version, form.once_key)
        flash("La question est retirée.")
        return _back(slug, own_id)
    return render_template("surveys/editor_remove.html", form=form, own=own, question=question)


@pages.get("/<int:own_id>/versions")
@allowed(Action.VIEW_SURVEYS)
def versions(slug: str, own_id: int) -> str:
    """What changed from one version to the next, the latest first."""
    own = own_storage.get_own(community_db(), own_id)
    asked = own_storage.asked_versions(community_db(), own.questionnaire.code)
    known = [own.questionnaire, *(each for each in asked if each.version != own.questionnaire.version)]
    steps = [(after, before, editing.differences(before, after)) for after, before in pairwise(known)]
    return render_template("surveys/editor_versions.html", own=own, steps=steps)


def _start(start: str, title: str, purpose: str, public: str) -> Questionnaire:
    if start == BLANK:
        return editing.blank(title, purpose, public, get_standard("satisfaction-parents").levels)
    return editing.taken_up(get_standard(start), title, purpose, public)


def _read(
    form: QuestionForm, questionnaire: Questionnaire, code: str, kind: QuestionKind
) -> tuple[Questionnaire, Question]:
    title = str(form.dimension.data or "") if "dimension" in form else ""
    known, dimension = editing.with_dimension(questionnaire, title)
    return known, form.as_record(questionnaire, code, kind, dimension)


def _move(slug: str, own_id: int, code: str, step: int) -> Answer:
    own, form = own_storage.get_own(community_db(), own_id), ConfirmForm()
    if form.submitted():
        changed = editing.move(own.questionnaire, code, step)
        own_storage.save_own(community_db(), actor(), own, changed, own.version, form.once_key)
    return redirect(url_for("editor.edit", slug=slug, own_id=own_id, _anchor=f"q-{code}"), 303)


def _open_question(own_id: int, code: str) -> tuple[Own, Question]:
    own = own_storage.get_own(community_db(), own_id)
    question = editing.get_question(own.questionnaire, code)
    if editing.is_locked(own.questionnaire, question):
        raise NotFound("Cette question vient de la bibliothèque : elle ne change pas.")
    return own, question


def _kind(code: str) -> QuestionKind:
    if code not in list(QuestionKind):
        raise NotFound
    return QuestionKind(code)


def _back(slug: str, own_id: int) -> Response:
    return redirect(url_for("editor.edit", slug=slug, own_id=own_id), 303)
