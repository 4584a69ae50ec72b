"""Questionnaires and waves, for the team."""

from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.exceptions import NotFound, Refused
from surveys import storage
from surveys.comparing import compare, earlier_waves
from surveys.definitions import library
from surveys.forms import ConfirmForm, WaveEditForm, WaveForm
from surveys.languages.choosing import offered
from surveys.languages.storage import interfaces
from surveys.own_storage import find_questionnaire, list_own
from surveys.pieces import poster_code, shown_links, wave_url
from surveys.respondent_forms import respondent_form
from surveys.rosters.invitation_storage import get_following, has_invitations
from surveys.rules import can_reopen, state_on

pages = Blueprint("surveys", __name__, template_folder="templates", url_prefix="/communautes/<slug>/questionnaires")
Answer = str | Response


@pages.get("/")
@allowed(Action.VIEW_SURVEYS)
def index(slug: str) -> str:
    """The library, and every wave with its state."""
    waves = [(wave, state_on(wave, today())) for wave in storage.list_waves(community_db())]
    return render_template("surveys/index.html", library=library(), own=list_own(community_db()), waves=waves)


@pages.get("/<code>/apercu")
@allowed(Action.VIEW_SURVEYS)
def preview(slug: str, code: str) -> str:
    """What a respondent will see, and where it comes from."""
    questionnaire = find_questionnaire(community_db(), code)
    known = interfaces(community_db())
    offers = offered(questionnaire, known)
    code = request.args.get("langue", "")
    form = respondent_form(
        questionnaire, known.get(code if code in [each.code for each in offers] else ""), formdata=None
    )
    form.file_url = partial(url_for, "media.file", slug=slug)
    return render_template("surveys/preview.html", questionnaire=questionnaire, form=form, languages=offers)


@pages.route("/<code>/ouvrir", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def open_wave(slug: str, code: str) -> Answer:
    """Open a wave of a questionnaire of the library, or of the community."""
    questionnaire, form = find_questionnaire(community_db(), code), WaveForm()
    if form.submitted():
        try:
            added = storage.open_wave(community_db(), actor(), questionnaire, form.as_record(), today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La vague est prête. Donnez son lien ou son code QR.")
            return redirect(url_for("surveys.wave", slug=slug, wave_id=added), 303)
    return render_template("surveys/open.html", questionnaire=questionnaire, form=form)


@pages.get("/vagues/<int:wave_id>")
@allowed(Action.VIEW_SURVEYS)
def wave(slug: str, wave_id: int) -> str:
    """One wave: its link, its code, how many answered."""
    found = storage.get_wave(community_db(), wave_id)
    url = wave_url(slug, storage.current_token(community_db(), found))
    return render_template(
        "surveys/wave.html",
        wave=found,
        state=state_on(found, today()),
        url=url,
        code=poster_code(url),
        links=shown_links(),
        earlier=earlier_waves(found, storage.list_waves(community_db())),
        reopens=can_reopen(found, today()),
        personal=has_invitations(community_db(), wave_id),
        following=get_following(community_db(), wave_id),
        form=ConfirmForm(formdata=None),
    )


@pages.get("/vagues/<int:wave_id>/affiche")
@allowed(Action.VIEW_SURVEYS)
def poster(slug: str, wave_id: int) -> str:
    """A page to print and hang."""
    found = storage.get_wave(community_db(), wave_id)
    if has_invitations(community_db(), wave_id):
        raise NotFound
    url = wave_url(slug, storage.current_token(community_db(), found))
    return render_template("surveys/poster.html", wave=found, url=url, code=poster_code(url))


@pages.route("/vagues/<int:wave_id>/modifier", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def change(slug: str, wave_id: int) -> Answer:
    """Title, last day, number of households."""
    found = storage.get_wave(community_db(), wave_id)
    form = WaveEditForm(obj=found)
    if form.submitted():
        try:
            storage.change_wave(
                community_db(), actor(), found, form.as_record(found), today(), form.version_read, form.once_key
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La vague est modifiée.")
            return redirect(url_for("surveys.wave", slug=slug, wave_id=wave_id), 303)
    return render_template("surveys/change.html", wave=found, form=form)


@pages.get("/vagues/<int:wave_id>/comparaison")
@allowed(Action.VIEW_SURVEYS)
def comparison(slug: str, wave_id: int) -> str:
    """What may be compared with each earlier wave of the same questionnaire, question by question."""
    found = storage.get_wave(community_db(), wave_id)
    earlier = earlier_waves(found, storage.list_waves(community_db()))
    steps = [(each, compare(each.questionnaire, found.questionnaire)) for each in earlier]
    return render_template("surveys/comparison.html", wave=found, steps=steps)


@pages.route("/vagues/<int:wave_id>/fermer", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def close(slug: str, wave_id: int) -> Answer:
    """Take no more answers, before the planned day."""
    found, form = storage.get_wave(community_db(), wave_id), ConfirmForm()
    if form.submitted():
        storage.close_wave(community_db(), actor(), found, today(), form.once_key)
        flash("La vague est fermée : son lien ne prend plus de réponses.")
        return redirect(url_for("surveys.wave", slug=slug, wave_id=wave_id), 303)
    return render_template("surveys/close.html", wave=found, form=form)


@pages.post("/vagues/<int:wave_id>/rouvrir")
@allowed(Action.RUN_SURVEYS)
def reopen(slug: str, wave_id: int) -> Answer:
    """Undo an early closing."""
    found, form = storage.get_wave(community_db(), wave_id), ConfirmForm()
    if form.submitted():
        storage.reopen_wave(community_db(), actor(), found, today(), form.once_key)
        flash("La vague est de nouveau ouverte, avec le même lien.")
    return redirect(url_for("surveys.wave", slug=slug, wave_id=wave_id), 303)


@pages.route("/vagues/<int:wave_id>/changer-le-lien", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def change_link(slug: str, wave_id: int) -> Answer:
    """Revoke the link that is out, and make another."""
    found, form = storage.get_wave(community_db(), wave_id), ConfirmForm()
    if form.submitted():
        storage.change_link(community_db(), actor(), wave_id, form.once_key)
        flash("Le lien a changé : l’ancien ne mène plus au questionnaire.")
        return redirect(url_for("surveys.wave", slug=slug, wave_id=wave_id), 303)
    return render_template("surveys/change_link.html", wave=found, form=form)
