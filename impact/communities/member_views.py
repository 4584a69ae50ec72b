"""People of a community: list, additions, changes, access."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action, Role, may
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, directory, today
from impact.accounts.records import Membership
from impact.accounts.storage import list_invitations, list_memberships
from impact.communities import joining_storage
from impact.communities.forms import InvitationForm, PersonForm, RoleForm, member_choices, organisation_choices
from impact.communities.records import Member
from impact.communities.rules import roles_given_by
from impact.communities.storage import (
    add_member,
    change_member,
    get_community,
    get_member,
    list_members,
    list_organisations,
)
from impact.exceptions import NotFound, Refused
from impact.identities import get_identity
from impact.wording import fold

pages = Blueprint("members", __name__, url_prefix="/communautes/<slug>/membres")
Answer = str | Response


@pages.get("/")
@allowed(Action.VIEW_DIRECTORY)
def index(slug: str) -> str:
    """Everybody, by name, with structure and role; filtered by words or structure."""
    words, organisation = fold(request.args.get("nom", "")).split(), request.args.get("structure", "")
    people = list_members(community_db())
    found = [
        person
        for person in people
        if all(word in fold(person.listed_name) for word in words)
        and organisation in ("", str(person.organisation_id or "aucune"))
    ]
    return render_template(
        "communities/members.html",
        people=found,
        total=len(people),
        organisations=list_organisations(community_db()),
        roles={known.member_id: known.role for known in list_memberships(directory(), slug=slug)},
        waiting=list_invitations(directory(), slug) if may(actor(), Action.MANAGE_MEMBERS) else [],
        withdrawing=ConfirmForm(formdata=None),
    )


@pages.route("/nouveau", methods=["GET", "POST"])
@allowed(Action.EDIT_DIRECTORY)
def add(slug: str) -> Answer:
    """A participant, without account."""
    form = _person_form()
    if form.submitted():
        try:
            add_member(
                community_db(),
                actor(),
                form.as_identity(),
                form.organisation,
                today(),
                once=form.once_key,
                homonym=form.homonym.data,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La personne est dans l’annuaire.")
            return redirect(url_for("members.index", slug=slug), 303)
    return render_template("communities/member_new.html", form=form)


@pages.route("/<int:member_id>", methods=["GET", "POST"])
@allowed(Action.EDIT_DIRECTORY)
def edit(slug: str, member_id: int) -> Answer:
    """Name, structure, contacts; beside them the access, for those who manage it."""
    member = _present(member_id)
    form = _person_form(member)
    if form.submitted():
        changed = replace(member, organisation_id=form.organisation, version=form.version_read)
        change_member(community_db(), actor(), changed, form.as_identity(member.identity_id), form.once_key)
        flash("La fiche est enregistrée.")
        return redirect(url_for("members.index", slug=slug), 303)
    access = joining_storage.find_member_access(directory(), slug, member_id)
    return _page(member, form, _role_form(access) if access else None, access)


@pages.post("/<int:member_id>/role")
@allowed(Action.MANAGE_MEMBERS)
def change_role(slug: str, member_id: int) -> Answer:
    """Another role."""
    member, access = _present(member_id), joining_storage.find_member_access(directory(), slug, member_id)
    if access is None:
        raise NotFound
    form = _role_form(access, typed=True)
    if form.submitted():
        role = Role(form.role.data)
        try:
            joining_storage.change_member_role(community_db(), directory(), actor(), access, role, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le rôle est changé.")
            return redirect(url_for("members.edit", slug=slug, member_id=member_id), 303)
    return _page(member, _person_form(member, typed=False), form, access)


@pages.post("/<int:member_id>/depart")
@allowed(Action.MANAGE_MEMBERS)
def end(slug: str, member_id: int) -> Answer:
    """The person leaves: her access closes, what she did stays."""
    access = joining_storage.find_member_access(directory(), slug, member_id)
    form = ConfirmForm()
    if form.submitted():
        joining_storage.end_access(community_db(), directory(), actor(), member_id, access, today(), form.once_key)
        flash("La personne ne fait plus partie de la communauté.")
    return redirect(url_for("members.index", slug=slug), 303)


@pages.route("/invitation", methods=["GET", "POST"])
@allowed(Action.MANAGE_MEMBERS)
def invite(slug: str) -> Answer:
    """Make a link for one person; it is shown once, on the page that answers."""
    form = InvitationForm(data={"member_id": request.args.get("personne", "")})
    form.role.choices = [
        (role.value, role.label) for role in roles_given_by(actor(), get_community(community_db()).kind)
    ]
    form.member_id.choices = member_choices([known for known in list_members(community_db()) if not known.account_ref])
    if form.submitted():
        try:
            token = joining_storage.invite(
                community_db(),
                directory(),
                actor(),
                slug,
                Role(form.role.data),
                form.label.data or "",
                int(form.member_id.data) if form.member_id.data else None,
                form.once_key,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            link = url_for("joining.join", token=token, _external=True)
            return render_template(
                "communities/invitation_link.html", link=link, back=url_for("members.index", slug=slug)
            )
    return render_template("communities/invitation.html", form=form)


@pages.post("/invitation/<int:invitation_id>/retirer")
@allowed(Action.MANAGE_MEMBERS)
def withdraw(slug: str, invitation_id: int) -> Answer:
    """Close a link that nobody has used yet."""
    form = ConfirmForm()
    if form.submitted():
        joining_storage.withdraw_invitation(community_db(), directory(), actor(), slug, invitation_id, form.once_key)
        flash("Le lien est retiré : il n’ouvre plus rien.")
    return redirect(url_for("members.index", slug=slug), 303)


def _present(member_id: int) -> Member:
    member = get_member(community_db(), member_id)
    if member.left_on is not None:
        raise NotFound
    return member


def _person_form(member: Member | None = None, typed: bool = True) -> PersonForm:
    data: dict[str, object] = {}
    if member is not None:
        person = get_identity(community_db(), member.identity_id)
        data = {
            "family_name": person.family_name,
            "given_name": person.given_name,
            "organisation_id": str(member.organisation_id or ""),
            "email": person.email,
            "phone": person.phone,
            "version": str(member.version),
        }
    form = PersonForm(data=data) if typed else PersonForm(formdata=None, data=data)
    form.organisation_id.choices = organisation_choices(list_organisations(community_db()))
    return form


def _role_form(access: Membership, typed: bool = False) -> RoleForm:
    data = {"role": access.role.value}
    form = RoleForm(data=data) if typed else RoleForm(formdata=None, data=data)
    form.role.choices = [
        (role.value, role.label) for role in roles_given_by(actor(), get_community(community_db()).kind)
    ]
    return form


def _page(member: Member, form: PersonForm, role_form: RoleForm | None, access: Membership | None) -> str:
    within = access is None or access.role in roles_given_by(actor(), get_community(community_db()).kind)
    return render_template(
        "communities/member.html",
        member=member,
        form=form,
        role_form=role_form,
        role=access.role if access else None,
        within=within,
        leaving=ConfirmForm(formdata=None),
    )
