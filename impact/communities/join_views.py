"""The page behind an invitation's link: make an account, or enter with the present one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from impact.accounts import sessions
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import account, directory, instance, public, today
from impact.accounts.records import Account, Invitation
from impact.accounts.rules import invitation_usable
from impact.accounts.storage import find_invitation
from impact.communities import joining_storage
from impact.communities.forms import NewAccountForm
from impact.communities.storage import get_community, get_member
from impact.db import EncryptedDatabase
from impact.exceptions import Refused
from impact.forms import Form
from impact.identities import Identity, get_identity

pages = Blueprint("joining", __name__)
Answer = str | Response | tuple[str, int]


@pages.route("/invitation/<token>", methods=["GET", "POST"])
@public
def join(token: str) -> Answer:
    """Unknown, used and expired links answer alike."""
    invitation = find_invitation(directory(), token)
    if invitation is None or not invitation_usable(invitation, datetime.now(UTC)):
        return render_template("communities/join_over.html"), 404
    known = account()
    with _community(invitation) as db:
        return _accept(db, invitation, known) if known else _create(db, invitation)


def _create(db: EncryptedDatabase, invitation: Invitation) -> Answer:
    form = NewAccountForm(data=_expected(db, invitation))
    if form.submitted():
        person = Identity(str(form.family_name.data), form.given_name.data or "", email=str(form.email.data))
        try:
            made = joining_storage.join_with_new_account(
                db, directory(), invitation, person, str(form.password.data), today()
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            sessions.start(made)
            return _welcome(invitation)
    return _page("communities/join.html", db, invitation, form)


def _accept(db: EncryptedDatabase, invitation: Invitation, known: Account) -> Answer:
    form = ConfirmForm()
    if form.submitted():
        try:
            joining_storage.join_with_account(db, directory(), invitation, known, today())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return _welcome(invitation)
    return _page("communities/join_present.html", db, invitation, form)


def _page(template: str, db: EncryptedDatabase, invitation: Invitation, form: Form) -> str:
    return render_template(template, form=form, invitation=invitation, joined=get_community(db))


def _welcome(invitation: Invitation) -> Response:
    flash("Bienvenue. Vous faites maintenant partie de la communauté.")
    return redirect(url_for("communities.home", slug=invitation.community_slug), 303)


def _expected(db: EncryptedDatabase, invitation: Invitation) -> dict[str, str]:
    if invitation.member_id is None:
        return {}
    person = get_identity(db, get_member(db, invitation.member_id).identity_id)
    return {"given_name": person.given_name, "family_name": person.family_name, "email": person.email}


@contextmanager
def _community(invitation: Invitation) -> Iterator[EncryptedDatabase]:
    db = instance().community(invitation.community_slug)
    try:
        yield db
    finally:
        db.close()
