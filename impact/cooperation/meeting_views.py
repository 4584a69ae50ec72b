"""Committee meetings: what is planned, who came, what was decided."""

from flask import flash, redirect, render_template, request, url_for

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.communities.storage import list_organisations
from impact.cooperation import meeting_storage, rules, views
from impact.cooperation.meeting_forms import MeetingForm, record_form_for, typed
from impact.cooperation.views import Answer
from impact.exceptions import Refused
from impact.figures import latest_figures
from impact.vocabulary import Audience

pages = views.pages


@pages.get("/reunions/")
@allowed(Action.VIEW_COOPERATION)
def meetings(slug: str) -> str:
    """Every meeting, the latest first."""
    known = meeting_storage.list_meetings(community_db())
    late = [meeting for meeting in known if rules.is_unrecorded(meeting, today())]
    figures = latest_figures(community_db(), Audience.FUNDER)
    return render_template("cooperation/meetings.html", meetings=known, late=late, day=today(), figures=figures)


@pages.route("/reunions/nouvelle", methods=["GET", "POST"])
@allowed(Action.RUN_COOPERATION)
def add_meeting(slug: str) -> Answer:
    """One more meeting; another page may propose its agenda."""
    form = MeetingForm(agenda=request.args.get("ordre", ""))
    if form.submitted():
        added = meeting_storage.add_meeting(community_db(), actor(), form.as_record(), form.once_key)
        flash("La réunion est enregistrée.")
        return redirect(url_for("cooperation.meeting", slug=slug, meeting_id=added), 303)
    return render_template("cooperation/meeting_form.html", form=form, meeting=None, confirm=None)


@pages.get("/reunions/<int:meeting_id>")
@allowed(Action.VIEW_COOPERATION)
def meeting(slug: str, meeting_id: int) -> str:
    """One meeting, whole."""
    known = meeting_storage.get_meeting(community_db(), meeting_id)
    organisations = {each.id: each for each in list_organisations(community_db())}
    return render_template("cooperation/meeting.html", meeting=known, organisations=organisations, day=today())


@pages.route("/reunions/<int:meeting_id>/modifier", methods=["GET", "POST"])
@allowed(Action.RUN_COOPERATION)
def edit_meeting(slug: str, meeting_id: int) -> Answer:
    """Another date, place or agenda."""
    known = meeting_storage.get_meeting(community_db(), meeting_id)
    form = MeetingForm(obj=known)
    if form.submitted():
        try:
            changed = form.as_record(meeting_id)
            meeting_storage.change_meeting(community_db(), actor(), changed, today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La réunion est enregistrée.")
            return redirect(url_for("cooperation.meeting", slug=slug, meeting_id=meeting_id), 303)
    confirm = ConfirmForm(formdata=None)
    return render_template("cooperation/meeting_form.html", form=form, meeting=known, confirm=confirm)


@pages.route("/reunions/<int:meeting_id>/compte-rendu", methods=["GET", "POST"])
@allowed(Action.RUN_COOPERATION)
def record_meeting(slug: str, meeting_id: int) -> Answer:
    """Who came, what was said, what was decided."""
    known = meeting_storage.get_meeting(community_db(), meeting_id)
    form = record_form_for(list_organisations(community_db()))(data=typed(known))
    if form.submitted():
        try:
            recorded = form.as_record(meeting_id, known.held_on)
            meeting_storage.record_meeting(community_db(), actor(), recorded, today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le compte rendu est enregistré.")
            return redirect(url_for("cooperation.meeting", slug=slug, meeting_id=meeting_id), 303)
    return render_template("cooperation/meeting_record.html", form=form, meeting=known)


@pages.post("/reunions/<int:meeting_id>/retirer")
@allowed(Action.RUN_COOPERATION)
def remove_meeting(slug: str, meeting_id: int) -> Answer:
    """Entered by mistake."""
    form = ConfirmForm()
    if form.submitted():
        meeting_storage.remove_meeting(community_db(), actor(), meeting_id, form.once_key)
        flash("La réunion est retirée.")
    return redirect(url_for("cooperation.meetings", slug=slug), 303)
