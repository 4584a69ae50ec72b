"""Strategic orientations, and the committees that validated the diagnosis."""

from flask import flash, redirect, render_template, url_for

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.cooperation.action_storage import list_actions
from impact.cooperation.meeting_storage import list_meetings
from impact.diagnosis import orientation_storage, views
from impact.diagnosis.forms import OrientationForm, ValidationForm
from impact.diagnosis.records import Orientation
from impact.diagnosis.storage import list_axes
from impact.diagnosis.views import Answer
from impact.exceptions import Refused
from impact.wording import french, long_date

pages = views.pages


@pages.get("/orientations/")
@allowed(Action.VIEW_PLANS)
def orientations(slug: str) -> str:
    """Every orientation with its examples and the actions that serve it; who validated."""
    return _page(_validation_form(ValidationForm(formdata=None)))


@pages.post("/orientations/valider")
@allowed(Action.EDIT_PLANS)
def validate(slug: str) -> Answer:
    """A committee validates what is written now."""
    form = _validation_form(ValidationForm())
    if form.submitted():
        try:
            meeting_id = int(form.meeting_id.data)
            orientation_storage.validate(community_db(), actor(), meeting_id, today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La validation est inscrite.")
            return redirect(url_for("diagnosis.orientations", slug=slug), 303)
    return _page(form)


@pages.route("/orientations/nouvelle", methods=["GET", "POST"])
@allowed(Action.EDIT_PLANS)
def add_orientation(slug: str) -> Answer:
    """One more orientation."""
    form = _form(OrientationForm())
    if form.submitted():
        orientation_storage.add_orientation(community_db(), actor(), form.as_record(), form.once_key)
        flash("L’orientation est enregistrée.")
        return redirect(url_for("diagnosis.orientations", slug=slug), 303)
    return render_template("diagnosis/orientation_form.html", form=form, orientation=None)


@pages.route("/orientations/<int:orientation_id>", methods=["GET", "POST"])
@allowed(Action.EDIT_PLANS)
def edit_orientation(slug: str, orientation_id: int) -> Answer:
    """Other words, axes, examples or actions."""
    known = orientation_storage.get_orientation(community_db(), orientation_id)
    form = _form(OrientationForm(data=_typed(known)))
    if form.submitted():
        changed = form.as_record(orientation_id)
        orientation_storage.change_orientation(community_db(), actor(), changed, form.once_key)
        flash("L’orientation est enregistrée.")
        return redirect(url_for("diagnosis.orientations", slug=slug), 303)
    return render_template("diagnosis/orientation_form.html", form=form, orientation=known)


def _typed(known: Orientation) -> dict[str, object]:
    return {
        "title": known.title,
        "examples": known.examples,
        "axis_ids": [str(each) for each in known.axis_ids],
        "action_ids": [str(each) for each in known.action_ids],
        "version": str(known.version),
    }


def _form(form: OrientationForm) -> OrientationForm:
    form.axis_ids.choices = [(str(axis.id), french(axis.title)) for axis in list_axes(community_db())]
    form.action_ids.choices = [(str(action.id), french(action.title)) for action in list_actions(community_db())]
    return form


def _validation_form(form: ValidationForm) -> ValidationForm:
    held = [meeting for meeting in list_meetings(community_db()) if meeting.people]
    form.meeting_id.choices = [(str(each.id), f"{each.kind.label} du {long_date(each.held_on)}") for each in held]
    return form


def _page(form: ValidationForm) -> str:
    axes = {axis.id: axis.title for axis in list_axes(community_db())}
    meetings = {meeting.id: meeting for meeting in list_meetings(community_db())}
    return render_template(
        "diagnosis/orientations.html",
        orientations=orientation_storage.list_orientations(community_db()),
        titled=lambda ids: [axes[each] for each in ids],
        actions={action.id: action for action in list_actions(community_db())},
        validations=orientation_storage.list_validations(community_db()),
        meetings=meetings,
        form=form,
    )
