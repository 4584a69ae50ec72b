"""« Annuaire »: the structures that take part."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db
from impact.communities.forms import OrganisationForm
from impact.communities.records import Organisation
from impact.communities.storage import (
    add_organisation,
    change_organisation,
    get_organisation,
    list_members,
    list_organisations,
)
from impact.exceptions import Refused
from impact.vocabulary import OrganisationKind

pages = Blueprint("organisations", __name__, url_prefix="/communautes/<slug>/annuaire")
Answer = str | Response


@pages.get("/")
@allowed(Action.VIEW_DIRECTORY)
def index(slug: str) -> str:
    """Every structure, with its kind and the number of its people."""
    found = list_organisations(community_db())
    kinds = [(kind, [known for known in found if known.kind is kind]) for kind in OrganisationKind]
    return render_template("communities/organisations.html", organisations=found, kinds=kinds)


@pages.route("/nouvelle", methods=["GET", "POST"])
@allowed(Action.EDIT_DIRECTORY)
def add(slug: str) -> Answer:
    """One more structure."""
    form = OrganisationForm()
    if form.submitted():
        kind = OrganisationKind(form.kind.data)
        try:
            added = add_organisation(community_db(), actor(), str(form.name.data), kind, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La structure est dans l’annuaire.")
            return redirect(url_for("organisations.show", slug=slug, organisation_id=added), 303)
    return render_template("communities/organisation.html", form=form, organisation=None)


@pages.get("/<int:organisation_id>")
@allowed(Action.VIEW_DIRECTORY)
def show(slug: str, organisation_id: int) -> str:
    """A structure and its people."""
    known = get_organisation(community_db(), organisation_id)
    people = [member for member in list_members(community_db()) if member.organisation_id == known.id]
    return render_template("communities/organisation_page.html", organisation=known, people=people)


@pages.route("/<int:organisation_id>/modifier", methods=["GET", "POST"])
@allowed(Action.EDIT_DIRECTORY)
def edit(slug: str, organisation_id: int) -> Answer:
    """Another name or kind."""
    known = get_organisation(community_db(), organisation_id)
    form = OrganisationForm(data={"name": known.name, "kind": known.kind.value, "version": str(known.version)})
    if form.submitted():
        kind = OrganisationKind(form.kind.data)
        changed = Organisation(organisation_id, str(form.name.data), kind, form.version_read)
        try:
            change_organisation(community_db(), actor(), changed, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La structure est enregistrée.")
            return redirect(url_for("organisations.show", slug=slug, organisation_id=organisation_id), 303)
    return render_template("communities/organisation.html", form=form, organisation=known)
