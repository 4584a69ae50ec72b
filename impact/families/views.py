"""Under the tab « Ateliers » of a PRE: the families of a workshop, and all those reached."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.audit import Deed, note_access
from impact.exceptions import Refused
from impact.families import storage
from impact.families.forms import FamilySheetForm, sheet_form
from impact.families.records import Family
from impact.families.rules import summary
from impact.workshops.records import Workshop
from impact.workshops.storage import get_cycle, get_workshop, list_cycles, list_workshops

pages = Blueprint("families", __name__, url_prefix="/communautes/<slug>/ateliers")
Answer = str | Response


@pages.get("/familles")
@allowed(Action.RUN_WORKSHOPS)
def index(slug: str) -> str:
    """Every family reached, and each workshop in numbers."""
    g.tab = "workshops"
    db = community_db()
    found = storage.list_families(db)
    if found:
        note_access(db, actor(), Deed.READ, "family")
    held = [known for known in list_workshops(db) if known.is_held]
    told = [(known, summary(storage.list_presences(db, known.id))) for known in held]
    return render_template(
        "families/index.html",
        families=[family for family in found if family.times],
        sessions=[(known, numbers) for known, numbers in told if numbers.families],
        cycles={cycle.id: cycle for cycle in list_cycles(db)},
    )


@pages.route("/<int:workshop_id>/familles", methods=["GET", "POST"])
@allowed(Action.RUN_WORKSHOPS)
def sheet(slug: str, workshop_id: int) -> Answer:
    """The families of one workshop."""
    g.tab = "workshops"
    workshop = get_workshop(community_db(), workshop_id)
    form = _form(workshop)
    if form.submitted():
        try:
            storage.record_families(community_db(), actor(), form.as_record(workshop_id), today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Les familles présentes sont enregistrées.")
            return redirect(url_for("families.sheet", slug=slug, workshop_id=workshop_id), 303)
    note_access(community_db(), actor(), Deed.READ, "family")
    presences = storage.list_presences(community_db(), workshop_id)
    return render_template(
        "families/sheet.html",
        form=form,
        workshop=workshop,
        cycle=get_cycle(community_db(), workshop.cycle_id),
        told=summary(presences),
        open_to_names=not workshop.is_cancelled and workshop.held_on <= today(),
    )


def _form(workshop: Workshop) -> FamilySheetForm:
    db = community_db()
    present = {known.family_id: (known.adults, known.children) for known in storage.list_presences(db, workshop.id)}
    families = [(known.id, known.name) for known in _nearest_first(workshop)]
    return sheet_form(families, workshop.version, present, typed=request.method == "POST")


def _nearest_first(workshop: Workshop) -> list[Family]:
    """Those of this cycle, then the others."""
    near = storage.families_of_cycle(community_db(), workshop.id)
    return sorted(storage.list_families(community_db()), key=lambda known: known.id not in near)
