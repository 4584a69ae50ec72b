"""The administrator's pages: communities of this installation, and the first person of each."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action, Role
from impact.accounts.guards import actor, allowed, directory, instance, today
from impact.accounts.storage import list_memberships
from impact.communities import joining_storage
from impact.communities.forms import FirstInvitationForm, FoundingForm
from impact.communities.records import Community
from impact.communities.rules import FIRST_ROLES, manages_members
from impact.communities.storage import get_community
from impact.exceptions import Refused
from impact.navigation import Navigation
from impact.wording import sort_key

pages = Blueprint("instance", __name__, url_prefix="/installation/communautes")
Answer = str | Response


@pages.get("/")
@allowed(Action.MANAGE_INSTANCE)
def communities() -> str:
    """Name, kind, territory and number of accounts of each: nothing of what is inside."""
    found = [(slug, _community(slug), list_memberships(directory(), slug=slug)) for slug in instance().slugs()]
    found.sort(key=lambda entry: sort_key(entry[1].name))
    rows = [(slug, known, len(access), any(manages_members(m.role) for m in access)) for slug, known, access in found]
    return render_template("communities/instance.html", rows=rows)


@pages.route("/nouvelle", methods=["GET", "POST"])
@allowed(Action.MANAGE_INSTANCE)
def add() -> Answer:
    """A new community, then the invitation of its first person."""
    form = FoundingForm()
    if form.submitted():
        navigation: Navigation = current_app.extensions["navigation"]
        try:
            slug = joining_storage.found_community(
                instance(), directory(), actor(), form.as_record(), navigation.new_community, today(), form.once_key
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La communauté est créée. Invitez maintenant la personne qui la fera vivre.")
            return redirect(url_for("instance.invite", slug=slug), 303)
    return render_template("communities/founding.html", form=form)


@pages.route("/<slug>/invitation", methods=["GET", "POST"])
@allowed(Action.MANAGE_INSTANCE)
def invite(slug: str) -> Answer:
    """A link for the first person who manages the community."""
    founded = _community(slug)
    form = FirstInvitationForm()
    form.role.choices = [(role.value, role.label) for role in FIRST_ROLES]
    if form.submitted():
        try:
            token = _first_token(slug, form)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            link = url_for("joining.join", token=token, _external=True)
            return render_template("communities/invitation_link.html", link=link, back=url_for("instance.communities"))
    return render_template("communities/first_invitation.html", form=form, founded=founded)


def _first_token(slug: str, form: FirstInvitationForm) -> str:
    db = instance().community(slug)
    try:
        return joining_storage.invite_first(
            db, directory(), actor(), slug, Role(form.role.data), str(form.label.data), form.once_key
        )
    finally:
        db.close()


def _community(slug: str) -> Community:
    db = instance().community(slug)
    try:
        return get_community(db)
    finally:
        db.close()
