"""Questionnaires and answers that come from other tools, and questionnaires that go to them."""

import json
from dataclasses import replace

from flask import Blueprint, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, takes_files, today
from impact.exceptions import NotFound, Refused
from impact.sheets.reading import read_sheets
from surveys.answering import minutes_asked
from surveys.definitions import as_text, from_text
from surveys.exchange import redcap_out, storage, xlsform_out
from surveys.exchange.answers_in import read_first_sheet
from surveys.exchange.files import read_questionnaire
from surveys.exchange.forms import MOST_BYTES, FileForm, KeepForm
from surveys.exchange.records import Left, Taken
from surveys.forms import ConfirmForm
from surveys.own_storage import add_own, find_questionnaire
from surveys.records import Questionnaire
from surveys.storage import get_wave

pages = Blueprint("exchange", __name__, template_folder="templates", url_prefix="/communautes/<slug>/questionnaires")
Answer = str | Response
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.before_request
def _choose_tab() -> None:
    g.tab = "surveys"


@pages.get("/<code>/echanger")
@allowed(Action.VIEW_SURVEYS)
def formats(slug: str, code: str) -> str:
    """In which formats a questionnaire leaves, and what each cannot say."""
    asked = find_questionnaire(community_db(), code)
    kept = {"xlsform": xlsform_out.left_out(asked), "redcap": redcap_out.left_out(asked)}
    return render_template("exchange/formats.html", questionnaire=asked, left=kept)


@pages.get("/<code>/echanger/xlsform")
@allowed(Action.VIEW_SURVEYS)
def xlsform(slug: str, code: str) -> Response:
    """The questionnaire for Kobo and ODK."""
    return _file(xlsform_out.to_xlsform(find_questionnaire(community_db(), code)), f"{code}.xlsx", XLSX)


@pages.get("/<code>/echanger/redcap")
@allowed(Action.VIEW_SURVEYS)
def redcap(slug: str, code: str) -> Response:
    """The questionnaire for REDCap."""
    return _file(redcap_out.to_redcap(find_questionnaire(community_db(), code)), f"{code}-redcap.csv", "text/csv")


@pages.route("/importer", methods=["GET", "POST"])
@takes_files(MOST_BYTES)
@allowed(Action.RUN_SURVEYS)
def take(slug: str) -> Answer:
    """Read a file of questions, and show what is taken up and what is not; nothing is stored yet."""
    form = FileForm()
    if form.submitted():
        try:
            _, content = form.read()
            taken = read_questionnaire(read_sheets(content))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            asked = taken.questionnaire
            values = {"title": asked.title, "purpose": asked.purpose, "public": asked.public}
            told = json.dumps([(each.line, each.message) for each in taken.left], ensure_ascii=False)
            return _keep_page(taken, KeepForm(formdata=None, definition=as_text(asked), told=told, **values))
    return render_template("exchange/take.html", form=form)


@pages.post("/importer/garder")
@allowed(Action.RUN_SURVEYS)
def keep(slug: str) -> Answer:
    """Store the questionnaire that was shown, as one of the community's own."""
    form = KeepForm()
    try:
        asked = from_text(str(form.definition.data))
        left = tuple(Left(int(line), str(message)) for line, message in json.loads(str(form.told.data or "[]")))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotFound from None
    if not form.submitted():
        return _keep_page(Taken(asked, left), form)
    added = add_own(community_db(), actor(), _own(asked, form), form.once_key)
    flash("Le questionnaire est repris. Relisez-le avant d’ouvrir une vague.")
    return redirect(url_for("editor.edit", slug=slug, own_id=added), 303)


@pages.route("/vagues/<int:wave_id>/importer", methods=["GET", "POST"])
@takes_files(MOST_BYTES)
@allowed(Action.RUN_SURVEYS)
def take_answers(slug: str, wave_id: int) -> Answer:
    """Read answers from another tool's export; they wait until a person has seen what is refused."""
    wave, form = get_wave(community_db(), wave_id), FileForm()
    if form.submitted():
        try:
            name, content = form.read()
            reading = read_first_sheet(wave.questionnaire, wave_id, read_sheets(content))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            added = storage.stage_answers(community_db(), actor(), wave, name, reading, form.once_key)
            return redirect(url_for("exchange.confirm", slug=slug, wave_id=wave_id, import_id=added), 303)
    return render_template("exchange/take_answers.html", wave=wave, form=form)


@pages.route("/vagues/<int:wave_id>/importer/<int:import_id>", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def confirm(slug: str, wave_id: int, import_id: int) -> Answer:
    """What was understood, and every line refused with its reason."""
    wave, form = get_wave(community_db(), wave_id), ConfirmForm()
    name, reading = storage.get_staged(community_db(), import_id, wave_id)
    if form.submitted():
        new = storage.store_answers(community_db(), actor(), wave, reading, today(), import_id, form.once_key)
        known = len(reading.entries) - new
        flash(f"Réponses ajoutées : {new}." + (f" Déjà là : {known}." if known else ""))
        return redirect(url_for("surveys.wave", slug=slug, wave_id=wave_id), 303)
    return render_template("exchange/confirm.html", wave=wave, name=name, reading=reading, form=form)


@pages.post("/vagues/<int:wave_id>/importer/<int:import_id>/abandonner")
@allowed(Action.RUN_SURVEYS)
def give_up(slug: str, wave_id: int, import_id: int) -> Answer:
    """Forget what was read."""
    storage.get_staged(community_db(), import_id, wave_id)
    form = ConfirmForm()
    if form.submitted():
        storage.forget_answers(community_db(), actor(), import_id, form.once_key)
        flash("Rien n’est importé.")
    return redirect(url_for("surveys.wave", slug=slug, wave_id=wave_id), 303)


def _own(asked: Questionnaire, form: KeepForm) -> Questionnaire:
    return replace(
        asked,
        code="",
        version=1,
        title=str(form.title.data),
        purpose=str(form.purpose.data),
        public=str(form.public.data),
        minutes=minutes_asked(asked.questions),
    )


def _keep_page(taken: Taken, form: KeepForm) -> str:
    return render_template("exchange/keep.html", questionnaire=taken.questionnaire, left=taken.left, form=form)


def _file(content: bytes, name: str, mimetype: str) -> Response:
    return Response(content, mimetype=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})
