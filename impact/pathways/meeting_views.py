"""Meetings of the support team: agenda, attendance by institution, decisions, minutes."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.audit import Deed, note_access
from impact.communities.storage import list_organisations
from impact.exceptions import Refused
from impact.pathways import meeting_storage, views
from impact.pathways.file_storage import open_file
from impact.pathways.line_storage import list_lines
from impact.pathways.meeting_forms import AgendaForm, MeetingDecisionForm, MeetingForm, presence_form
from impact.pathways.meeting_rules import kept_back, told, usual_review, waiting_lines
from impact.pathways.records import Line
from impact.pathways.rules import agreement
from impact.pathways.sheets import note_print, sheet
from impact.pathways.views import Answer
from impact.safeguards import fields_off, warned_words
from impact.wording import short_date

pages = views.pages


@pages.get("/equipe")
@allowed(Action.VIEW_SITUATIONS)
def meetings(slug: str) -> str:
    """The meetings of the support team, latest first."""
    found = [(meeting, told(meeting)) for meeting in meeting_storage.list_meetings(community_db())]
    waiting = waiting_lines(views.visible_lines())
    return render_template("pathways/meetings.html", meetings=found, waiting=len(waiting), day=today())


@pages.route("/equipe/nouvelle", methods=["GET", "POST"])
@allowed(Action.DECIDE_SITUATION)
def add_meeting(slug: str) -> Answer:
    """A meeting, whose agenda is made of what waits."""
    db = community_db()
    form = MeetingForm(data={"invited": [str(known) for known in meeting_storage.usual_institutions(db)]})
    _offer_institutions(form)
    if form.submitted():
        try:
            added = meeting_storage.add_meeting(
                db, actor(), form.as_record(), form.invited_ids(), today(), form.once_key
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La réunion est enregistrée, avec son ordre du jour.")
            return _to(slug, added)
    lines = list_lines(db, today())
    return render_template(
        "pathways/meeting_edit.html", form=form, meeting=None, waiting=waiting_lines(lines), held_back=kept_back(lines)
    )


@pages.get("/equipe/<int:meeting_id>")
@allowed(Action.VIEW_SITUATIONS)
def meeting(slug: str, meeting_id: int) -> str:
    """Agenda, attendance and decisions; each person reads the situations that she may open."""
    found = meeting_storage.get_meeting(community_db(), meeting_id)
    lines = _lines()
    note_access(community_db(), actor(), Deed.READ, "support_meeting", meeting_id)
    agenda = [(item, lines[item.situation_id]) for item in found.agenda if item.situation_id in lines]
    return render_template(
        "pathways/meeting.html",
        meeting=found,
        agenda=agenda,
        unseen=len(found.agenda) - len(agenda),
        day=today(),
    )


@pages.route("/equipe/<int:meeting_id>/modifier", methods=["GET", "POST"])
@allowed(Action.DECIDE_SITUATION)
def change_meeting(slug: str, meeting_id: int) -> Answer:
    """Correct the day, the place, the institutions invited."""
    found = meeting_storage.get_meeting(community_db(), meeting_id)
    invited = [str(known.organisation_id) for known in found.attendance]
    data = {"held_on": found.held_on, "place": found.place, "next_on": found.next_on, "version": str(found.version)}
    form = MeetingForm(data=data | {"invited": invited})
    _offer_institutions(form)
    if form.submitted():
        try:
            changed = form.as_record(meeting_id)
            meeting_storage.change_meeting(community_db(), actor(), changed, form.invited_ids(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La réunion est corrigée.")
            return _to(slug, meeting_id)
    return render_template("pathways/meeting_edit.html", form=form, meeting=found, waiting=[], held_back=[])


@pages.route("/equipe/<int:meeting_id>/ordre-du-jour", methods=["GET", "POST"])
@allowed(Action.DECIDE_SITUATION)
def agenda(slug: str, meeting_id: int) -> Answer:
    """The situations that the team will look at."""
    found, lines = meeting_storage.get_meeting(community_db(), meeting_id), list_lines(community_db(), today())
    on_agenda = {item.situation_id for item in found.agenda}
    offered = {line.situation_id for line in waiting_lines(lines)} | on_agenda
    form = AgendaForm(data={"situations": [str(known) for known in on_agenda]})
    form.situations.choices = [
        (str(line.situation_id), f"{line.name}, reçue le {short_date(line.received_on)}")
        for line in sorted(lines, key=lambda line: line.received_on)
        if line.situation_id in offered
    ]
    note_access(community_db(), actor(), Deed.READ, "support_meeting", meeting_id)
    if form.submitted():
        try:
            chosen = form.chosen_ids()
            meeting_storage.set_agenda(community_db(), actor(), meeting_id, chosen, today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’ordre du jour est enregistré.")
            return _to(slug, meeting_id)
    return render_template("pathways/meeting_agenda.html", form=form, meeting=found, held_back=kept_back(lines))


@pages.route("/equipe/<int:meeting_id>/presences", methods=["GET", "POST"])
@allowed(Action.DECIDE_SITUATION)
def meeting_presences(slug: str, meeting_id: int) -> Answer:
    """Which institutions came."""
    found = meeting_storage.get_meeting(community_db(), meeting_id)
    form = presence_form(found.attendance)
    if form.submitted():
        meeting_storage.set_attendance(community_db(), actor(), meeting_id, form.as_record(), form.once_key)
        flash("Les présences sont enregistrées.")
        return _to(slug, meeting_id)
    return render_template("pathways/meeting_presences.html", form=form, meeting=found)


@pages.route("/equipe/<int:meeting_id>/situations/<int:situation_id>/decision", methods=["GET", "POST"])
@allowed(Action.DECIDE_SITUATION)
def decide_item(slug: str, meeting_id: int, situation_id: int) -> Answer:
    """What the team decided of one situation."""
    found = meeting_storage.get_meeting(community_db(), meeting_id)
    item = meeting_storage.agenda_item(found, situation_id)
    file = open_file(community_db(), actor(), Action.DECIDE_SITUATION, situation_id)
    form = MeetingDecisionForm(data={"review_on": usual_review(found)})
    form.watch(warned_words(community_db(), today()), fields_off(community_db()))
    if form.submitted():
        try:
            meeting_storage.decide_item(
                community_db(),
                actor(),
                meeting_id,
                situation_id,
                form.as_record(found.held_on),
                form.review_on.data,
                today(),
                form.once_key,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La décision est enregistrée.")
            return _to(slug, meeting_id)
    return render_template(
        "pathways/meeting_decision.html",
        form=form,
        meeting=found,
        item=item,
        file=file,
        consent=agreement(file.consents),
        day=today(),
    )


@pages.get("/equipe/<int:meeting_id>/compte-rendu")
@allowed(Action.VIEW_SITUATIONS)
def minutes(slug: str, meeting_id: int) -> Response:
    """The minutes, where situations have a number and no name."""
    found = meeting_storage.get_meeting(community_db(), meeting_id)
    note_print("support_meeting", meeting_id)
    return sheet("pathways/print_minutes.html", f"reunion-{found.held_on}", meeting=found)


def _lines() -> dict[int, Line]:
    """Those that this person may open, by situation."""
    return {line.situation_id: line for line in views.visible_lines()}


def _offer_institutions(form: MeetingForm) -> None:
    form.invited.choices = [(str(known.id), known.name) for known in list_organisations(community_db())]


def _to(slug: str, meeting_id: int) -> Answer:
    return redirect(url_for("pathways.meeting", slug=slug, meeting_id=meeting_id), 303)
