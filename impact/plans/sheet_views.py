"""Sub-tab « Fiches expérience »: census, sheets, printed sheets."""

from datetime import UTC, datetime

from flask import Response as Sent
from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db
from impact.communities.storage import get_community
from impact.plans import sheet_storage as storage
from impact.plans import views
from impact.plans.forms import SheetForm
from impact.plans.records import ExperienceSheet
from impact.plans.rules import census
from impact.plans.vocabulary import Heading
from impact.printing import print_pdf

pages = views.pages
Answer = str | Response


@pages.get("/fiches")
@allowed(Action.VIEW_PLANS)
def sheets(slug: str) -> str:
    """The census: one line for each kind × actors × scale × centre."""
    found = storage.list_sheets(community_db())
    return render_template("plans/sheets.html", lines=census(found), count=len(found))


@pages.route("/fiches/nouvelle", methods=["GET", "POST"])
@allowed(Action.EDIT_PLANS)
def add_sheet(slug: str) -> Answer:
    """One more sheet."""
    form = SheetForm()
    if form.submitted():
        added = storage.add_sheet(community_db(), actor(), form.as_record(), form.once_key)
        flash("La fiche est enregistrée.")
        return redirect(url_for("plans.sheet", slug=slug, sheet_id=added), 303)
    return render_template("plans/sheet_form.html", form=form, title="Écrire une fiche", headings=list(Heading))


@pages.get("/fiches/<int:sheet_id>")
@allowed(Action.VIEW_PLANS)
def sheet(slug: str, sheet_id: int) -> str:
    """A sheet, heading by heading."""
    known = storage.get_sheet(community_db(), sheet_id)
    return render_template("plans/sheet.html", sheet=known, headings=list(Heading))


@pages.route("/fiches/<int:sheet_id>/modifier", methods=["GET", "POST"])
@allowed(Action.EDIT_PLANS)
def edit_sheet(slug: str, sheet_id: int) -> Answer:
    """Other words for a sheet."""
    known = storage.get_sheet(community_db(), sheet_id)
    form = SheetForm(data=SheetForm.values(known))
    if form.submitted():
        storage.change_sheet(community_db(), actor(), form.as_record(sheet_id), form.once_key)
        flash("La fiche est enregistrée.")
        return redirect(url_for("plans.sheet", slug=slug, sheet_id=sheet_id), 303)
    return render_template("plans/sheet_form.html", form=form, title="Modifier la fiche", headings=list(Heading))


@pages.get("/fiches/vierge/pdf")
@allowed(Action.VIEW_PLANS)
def blank_sheet_pdf(slug: str) -> Response:
    """A sheet to fill by hand."""
    return _printed(None, "fiche-experience-vierge.pdf")


@pages.get("/fiches/<int:sheet_id>/pdf")
@allowed(Action.VIEW_PLANS)
def sheet_pdf(slug: str, sheet_id: int) -> Response:
    """A sheet as it is filled."""
    return _printed(storage.get_sheet(community_db(), sheet_id), f"fiche-experience-{sheet_id}.pdf")


def _printed(known: ExperienceSheet | None, name: str) -> Response:
    html = render_template(
        "plans/sheet_print.html", sheet=known, headings=list(Heading), place=get_community(community_db()).name
    )
    content = print_pdf(html, moment=datetime.now(UTC))
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Sent(content, mimetype="application/pdf", headers=headers)
