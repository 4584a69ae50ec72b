"""Registration: its public page, the list, the sheet to sign, the door."""

from contextlib import closing
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, instance, public, today
from impact.audit import Deed, note_access
from impact.communities.storage import get_community
from impact.exceptions import Refused
from impact.printing import print_pdf
from impact.workshops import registration_storage as storage
from impact.workshops import views
from impact.workshops.calendar import as_calendar
from impact.workshops.registration_forms import DoorForm, OpeningForm, RegistrationForm
from impact.workshops.storage import get_cycle, get_workshop
from impact.workshops.views import Answer

pages = views.pages
public_pages = Blueprint("registration", __name__, url_prefix="/inscription")
BLANK_LINES = 12


@public_pages.route("/<slug>/<token>", methods=["GET", "POST"])
@public
def register(slug: str, token: str) -> Answer:
    """What the workshop is, and a form of four lines."""
    with closing(instance().community(slug)) as db:
        workshop, _ = storage.find_opening(db, token)
        form, code = RegistrationForm(), ""
        if form.submitted():
            try:
                organisation = form.organisation.data or ""
                code = storage.register(db, workshop, form.as_identity(), organisation, today(), form.once_key)
            except Refused as refusal:
                form.refuse(refusal)
        return render_template(
            "workshops/register.html",
            form=form,
            workshop=workshop,
            host=get_community(db),
            code=code,
            file=url_for("registration.calendar", slug=slug, token=token),
        )


@public_pages.get("/<slug>/<token>/agenda.ics")
@public
def calendar(slug: str, token: str) -> Response:
    """The workshop, to open in a calendar."""
    with closing(instance().community(slug)) as db:
        workshop, _ = storage.find_opening(db, token)
        address = url_for("registration.register", slug=slug, token=token, _external=True)
        text = as_calendar([(workshop, address)], get_community(db).name, datetime.now(UTC))
    answer = Response(text, mimetype="text/calendar")
    answer.headers.set("Content-Disposition", "attachment", filename="atelier.ics")
    return answer


@pages.route("/<int:workshop_id>/inscriptions", methods=["GET", "POST"])
@allowed(Action.RUN_WORKSHOPS)
def registrations(slug: str, workshop_id: int) -> Answer:
    """The address to give, and who has registered."""
    workshop, opening = get_workshop(community_db(), workshop_id), storage.get_opening(community_db(), workshop_id)
    form = OpeningForm(data={"seats": opening.seats})
    if form.submitted():
        storage.open_registration(community_db(), actor(), workshop_id, form.seats.data, form.once_key)
        flash("Les inscriptions sont ouvertes.")
        return redirect(url_for("workshops.registrations", slug=slug, workshop_id=workshop_id), 303)
    address = url_for("registration.register", slug=slug, token=opening.token, _external=True) if opening.token else ""
    return render_template(
        "workshops/registrations.html",
        form=form,
        workshop=workshop,
        address=address,
        registered=storage.list_registrations(community_db(), workshop_id),
        confirm=ConfirmForm(formdata=None),
        day=today(),
    )


@pages.post("/<int:workshop_id>/inscriptions/fermer")
@allowed(Action.RUN_WORKSHOPS)
def close_registration(slug: str, workshop_id: int) -> Answer:
    """No more public page."""
    form = ConfirmForm()
    if form.submitted():
        storage.close_registration(community_db(), actor(), workshop_id, form.once_key)
        flash("Les inscriptions sont fermées. L’adresse ne mène plus nulle part.")
    return redirect(url_for("workshops.registrations", slug=slug, workshop_id=workshop_id), 303)


@pages.post("/<int:workshop_id>/inscriptions/<int:registration_id>/excuser")
@allowed(Action.RUN_WORKSHOPS)
def excuse(slug: str, workshop_id: int, registration_id: int) -> Answer:
    """She said that she will not come."""
    form = ConfirmForm()
    if form.submitted():
        storage.excuse(community_db(), actor(), workshop_id, registration_id, form.once_key)
        flash("L’absence est excusée.")
    return redirect(url_for("workshops.registrations", slug=slug, workshop_id=workshop_id), 303)


@pages.route("/<int:workshop_id>/accueil", methods=["GET", "POST"])
@allowed(Action.RUN_WORKSHOPS)
def door(slug: str, workshop_id: int) -> Answer:
    """Check people in, one code after the other."""
    form = DoorForm()
    if form.submitted():
        try:
            found = storage.check_in(community_db(), actor(), workshop_id, str(form.who.data), today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(f"{found.listed_name} est là.")
            return redirect(url_for("workshops.door", slug=slug, workshop_id=workshop_id), 303)
    workshop = get_workshop(community_db(), workshop_id)
    return render_template(
        "workshops/door.html",
        form=form,
        workshop=workshop,
        expected=storage.list_expected(community_db(), workshop),
        again=DoorForm(formdata=None),
    )


@pages.get("/<int:workshop_id>/emargement")
@allowed(Action.RUN_WORKSHOPS)
def sign_sheet(slug: str, workshop_id: int) -> Response:
    """The sheet to sign, in PDF, with the code of each."""
    workshop = get_workshop(community_db(), workshop_id)
    note_access(community_db(), actor(), Deed.PRINT, "workshop", workshop_id)
    html = render_template(
        "workshops/sign_sheet.html",
        workshop=workshop,
        cycle=get_cycle(community_db(), workshop.cycle_id),
        place=get_community(community_db()).name,
        expected=storage.list_expected(community_db(), workshop),
        blank=range(BLANK_LINES),
    )
    answer = Response(print_pdf(html, moment=datetime.now(UTC)), mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename=f"emargement-{workshop_id}.pdf")
    return answer
