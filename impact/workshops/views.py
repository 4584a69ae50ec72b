"""Tab « Ateliers »: cycles, workshops, attendance."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.communities.forms import organisation_choices
from impact.communities.storage import list_organisations
from impact.drawing import PHONE, SCREEN
from impact.exceptions import Refused
from impact.workshops import rules, session_storage, storage
from impact.workshops.asking import Asked, Asking
from impact.workshops.forms import AttendanceForm, CancelForm, CycleForm, WorkshopForm
from impact.workshops.picture import PARTS, draw_coming
from impact.workshops.records import Workshop

pages = Blueprint("workshops", __name__, url_prefix="/communautes/<slug>/ateliers")
Answer = str | Response


@pages.get("/")
@allowed(Action.VIEW_WORKSHOPS)
def index(slug: str) -> str:
    """Every cycle, with what was held and what comes next."""
    workshops = storage.list_workshops(community_db())
    cycles = [
        (cycle, [known for known in workshops if known.cycle_id == cycle.id])
        for cycle in storage.list_cycles(community_db())
    ]
    rows = [(cycle, known, rules.next_workshop(known, today())) for cycle, known in cycles]
    return render_template("workshops/index.html", rows=rows)


@pages.route("/cycles/nouveau", methods=["GET", "POST"])
@allowed(Action.RUN_WORKSHOPS)
def add_cycle(slug: str) -> Answer:
    """A new cycle."""
    form = CycleForm()
    if form.submitted():
        added = storage.add_cycle(community_db(), actor(), form.as_record(), form.once_key)
        flash("Le cycle est créé. Ajoutez maintenant ses ateliers.")
        return redirect(url_for("workshops.cycle", slug=slug, cycle_id=added), 303)
    return render_template("workshops/cycle_form.html", form=form, cycle=None)


@pages.get("/cycles/<int:cycle_id>")
@allowed(Action.VIEW_WORKSHOPS)
def cycle(slug: str, cycle_id: int) -> str:
    """Who came to what."""
    known = storage.get_cycle(community_db(), cycle_id)
    workshops = storage.list_workshops(community_db(), cycle_id)
    listed = [workshop for workshop in workshops if workshop.is_held and workshop.named]
    threshold = rules.core_threshold(known, len(listed))
    attendees = storage.list_attendees(community_db(), [workshop.id for workshop in listed])
    came = rules.coming(workshops, attendees, threshold)
    return render_template(
        "workshops/cycle.html",
        cycle=known,
        workshops=workshops,
        listed=listed,
        threshold=threshold,
        groups=rules.group_attendees(attendees, threshold),
        people=len(attendees),
        coming=rules.next_workshop(workshops, today()),
        late=[workshop for workshop in workshops if rules.is_late(workshop, today())],
        coming_rows=came,
        parts=PARTS,
        # Every label was escaped by the drawing.
        pictures=[Markup(draw_coming(came, size)) for size in (SCREEN, PHONE)] if came else [],
    )


@pages.route("/cycles/<int:cycle_id>/modifier", methods=["GET", "POST"])
@allowed(Action.RUN_WORKSHOPS)
def edit_cycle(slug: str, cycle_id: int) -> Answer:
    """Name, objective, core group."""
    known = storage.get_cycle(community_db(), cycle_id)
    form = CycleForm(obj=known)
    if form.submitted():
        storage.change_cycle(community_db(), actor(), form.as_record(cycle_id), form.once_key)
        flash("Le cycle est enregistré.")
        return redirect(url_for("workshops.cycle", slug=slug, cycle_id=cycle_id), 303)
    return render_template("workshops/cycle_form.html", form=form, cycle=known)


@pages.route("/cycles/<int:cycle_id>/nouvel-atelier", methods=["GET", "POST"])
@allowed(Action.RUN_WORKSHOPS)
def add(slug: str, cycle_id: int) -> Answer:
    """One more workshop of a cycle."""
    known = storage.get_cycle(community_db(), cycle_id)
    form = _workshop_form(WorkshopForm())
    if form.submitted():
        storage.add_workshop(community_db(), actor(), form.as_record(cycle_id), form.once_key)
        flash("L’atelier est ajouté au cycle.")
        return redirect(url_for("workshops.cycle", slug=slug, cycle_id=cycle_id), 303)
    return render_template("workshops/workshop_form.html", form=form, cycle=known, workshop=None)


@pages.get("/<int:workshop_id>")
@allowed(Action.VIEW_WORKSHOPS)
def show(slug: str, workshop_id: int) -> str:
    """A workshop, and its attendance sheet for those who run it."""
    return _page(storage.get_workshop(community_db(), workshop_id), _sheet_form(workshop_id, typed=False))


@pages.post("/<int:workshop_id>")
@allowed(Action.RUN_WORKSHOPS)
def record(slug: str, workshop_id: int) -> Answer:
    """Store the sheet; the button says whether the workshop is also closed."""
    workshop, form = storage.get_workshop(community_db(), workshop_id), _sheet_form(workshop_id)
    if form.submitted():
        close = "close" in request.form
        try:
            sheet = form.as_record(workshop_id)
            storage.record_attendance(community_db(), actor(), sheet, today(), close, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’atelier est clos." if close else "Les présences sont enregistrées.")
            if close:
                return redirect(url_for("workshops.cycle", slug=slug, cycle_id=workshop.cycle_id), 303)
            return redirect(url_for("workshops.show", slug=slug, workshop_id=workshop_id), 303)
    return _page(workshop, form)


@pages.route("/<int:workshop_id>/modifier", methods=["GET", "POST"])
@allowed(Action.RUN_WORKSHOPS)
def edit(slug: str, workshop_id: int) -> Answer:
    """Title, date, place, objective, questionnaire."""
    known = storage.get_workshop(community_db(), workshop_id)
    form = _workshop_form(WorkshopForm(obj=known))
    if form.submitted():
        changed = form.as_record(known.cycle_id, workshop_id)
        try:
            storage.change_workshop(community_db(), actor(), changed, today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’atelier est enregistré.")
            return redirect(url_for("workshops.show", slug=slug, workshop_id=workshop_id), 303)
    owner = storage.get_cycle(community_db(), known.cycle_id)
    return render_template("workshops/workshop_form.html", form=form, cycle=owner, workshop=known)


@pages.route("/<int:workshop_id>/annuler", methods=["GET", "POST"])
@allowed(Action.RUN_WORKSHOPS)
def cancel(slug: str, workshop_id: int) -> Answer:
    """It will not take place."""
    known = storage.get_workshop(community_db(), workshop_id)
    form = CancelForm()
    if form.submitted():
        try:
            reason = form.cancel_reason.data or ""
            storage.cancel_workshop(community_db(), actor(), workshop_id, reason, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’atelier est annulé. Il reste dans la liste du cycle.")
            return redirect(url_for("workshops.cycle", slug=slug, cycle_id=known.cycle_id), 303)
    return render_template("workshops/cancel.html", form=form, workshop=known)


@pages.post("/<int:workshop_id>/retablir")
@allowed(Action.RUN_WORKSHOPS)
def reopen(slug: str, workshop_id: int) -> Answer:
    """Back to planned, after a mistake."""
    form = ConfirmForm()
    if form.submitted():
        storage.reopen_workshop(community_db(), actor(), workshop_id, form.once_key)
        flash("L’atelier est de nouveau ouvert.")
    return redirect(url_for("workshops.show", slug=slug, workshop_id=workshop_id), 303)


def _waves() -> list[Asked]:
    asking: Asking = current_app.extensions["asking"]
    return asking.waves(community_db())


def _workshop_form(form: WorkshopForm) -> WorkshopForm:
    form.wave_id.choices = [(str(wave.wave_id), wave.title) for wave in _waves()]
    return form


def _sheet_form(workshop_id: int, typed: bool = True) -> AttendanceForm:
    known = storage.get_workshop(community_db(), workshop_id)
    present = [str(member_id) for member_id in storage.present_ids(community_db(), workshop_id)]
    data = {"present": present, "head_count": known.head_count, "version": str(known.version)}
    form = AttendanceForm(data=data) if typed else AttendanceForm(formdata=None, data=data)
    form.present.choices = storage.people_to_tick(community_db(), workshop_id)
    form.organisation_id.choices = organisation_choices(list_organisations(community_db()))
    return form


def _page(workshop: Workshop, form: AttendanceForm) -> str:
    cycle_of = storage.get_cycle(community_db(), workshop.cycle_id)
    before = session_storage.previous_workshop(community_db(), workshop)
    return render_template(
        "workshops/workshop.html",
        workshop=workshop,
        cycle=cycle_of,
        form=form,
        again=ConfirmForm(formdata=None),
        papers=session_storage.get_papers(community_db(), workshop.id),
        productions=session_storage.list_productions(community_db(), workshop.id),
        before=before,
        inherited=session_storage.list_productions(community_db(), before.id) if before else [],
        commitments=session_storage.list_commitments(community_db(), workshop.id),
        owed=session_storage.list_commitments(community_db(), before.id) if before else [],
        me=actor().member_id,
        day=today(),
        is_late=rules.is_late(workshop, today()),
        wave=next((wave for wave in _waves() if wave.wave_id == workshop.wave_id), None),
        open_to_names=not workshop.is_cancelled and workshop.held_on <= today(),
    )
