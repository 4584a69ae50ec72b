"""What ties an account of the directory to a person of a community: invitations, roles, departures.

The directory's transaction encloses the community's: an invitation is never spent for a person who was not added.
"""

from collections.abc import Sequence
from datetime import date

from impact.accounts import storage as accounts
from impact.accounts.access import Role
from impact.accounts.records import Account, Invitation, Membership
from impact.accounts.rules import check_password
from impact.audit import SYSTEM, Actor, Deed, write
from impact.communities.records import Community
from impact.communities.rules import (
    check_dates,
    check_first_invitation,
    check_role_change,
    own_words,
    roles_given_by,
    slug_for,
)
from impact.communities.storage import (
    add_community,
    add_member,
    end_member,
    find_member,
    get_community,
    get_member,
    give_account,
)
from impact.db import EncryptedDatabase, gate
from impact.exceptions import Refused
from impact.identities import Identity
from impact.instance import RESERVED, Instance
from impact.navigation import Founding


def found_community(
    place: Instance,
    directory: EncryptedDatabase,
    actor: Actor,
    community: Community,
    callbacks: Sequence[Founding],
    today: date,
    once: str = "",
) -> str:
    """Make the file of a new community, let each feature fill it, and give its slug."""
    check_dates(community.starts_on, community.ends_on)
    with write(directory, actor, once) as log:
        slug = slug_for(community.name, (*place.slugs(), *RESERVED))
        db = place.create_community(slug)
        try:
            with gate(db):
                add_community(db, actor, community)
                for callback in callbacks:
                    callback(db, actor, community.kind, today)
        finally:
            db.close()
        log.note(Deed.CREATE, "community", None, [slug])
    return slug


def invite(
    db: EncryptedDatabase,
    directory: EncryptedDatabase,
    actor: Actor,
    slug: str,
    role: Role,
    label: str = "",
    member_id: int | None = None,
    once: str = "",
) -> str:
    """The token of a link for one person; raises Refused on a role out of reach or a person who has access."""
    if role not in roles_given_by(actor, get_community(db).kind):
        raise Refused("Ce rôle ouvre plus de droits que le vôtre : demandez à une personne qui l’a.", "role")
    if member_id is not None:
        member = get_member(db, member_id)
        if member.account_ref is not None or member.left_on is not None:
            raise Refused("Cette personne a déjà un compte, ou elle est partie.", "member_id")
        label = member.name
    if not label:
        raise Refused("Choisissez une personne de l’annuaire, ou écrivez son nom.", "label")
    return _invite(db, directory, actor, slug, role, label, member_id, once)


def invite_first(
    db: EncryptedDatabase,
    directory: EncryptedDatabase,
    actor: Actor,
    slug: str,
    role: Role,
    label: str,
    once: str = "",
) -> str:
    """The administrator's link for the first person who manages a community."""
    check_first_invitation(accounts.list_memberships(directory, slug=slug))
    return _invite(db, directory, actor, slug, role, label, None, once)


def withdraw_invitation(
    db: EncryptedDatabase, directory: EncryptedDatabase, actor: Actor, slug: str, invitation_id: int, once: str = ""
) -> None:
    """A link made by mistake opens nothing any more."""
    with gate(directory), write(db, actor, once) as log:
        accounts.withdraw_invitation(directory, actor, slug, invitation_id)
        log.note(Deed.DELETE, "invitation", None)


def join_with_new_account(
    db: EncryptedDatabase,
    directory: EncryptedDatabase,
    invitation: Invitation,
    identity: Identity,
    password: str,
    day: date,
) -> Account:
    """Create the account and enter; raises Refused on a weak password, a known address or a spent invitation."""
    community = get_community(db)
    words = own_words(community.name, community.territory, identity.full_name, identity.email.partition("@")[0])
    check_password(password, words)
    with gate(directory):
        account = accounts.add_account(directory, SYSTEM, identity.email, identity.full_name, password)
        _enter(db, directory, invitation, account, identity, day)
    return account


def join_with_account(
    db: EncryptedDatabase, directory: EncryptedDatabase, invitation: Invitation, account: Account, day: date
) -> None:
    """Enter with the account that is signed in; raises Refused for an administrator or a present member."""
    if account.is_administrator:
        raise Refused("Un compte d’administration n’entre dans aucune communauté : utilisez un autre compte.")
    if accounts.find_membership(directory, account.id, invitation.community_slug) is not None:
        raise Refused("Vous êtes déjà membre de cette communauté : l’invitation reste à une autre personne.")
    given, _, family = account.display_name.rpartition(" ")
    with gate(directory):
        _enter(db, directory, invitation, account, Identity(family, given, email=account.email), day)


def change_member_role(
    db: EncryptedDatabase,
    directory: EncryptedDatabase,
    actor: Actor,
    membership: Membership,
    role: Role,
    once: str = "",
) -> None:
    """Another role from the next request on, noted in the community's own log too."""
    with gate(directory), write(db, actor, once) as log:
        present = accounts.list_memberships(directory, slug=membership.community_slug)
        check_role_change(actor, get_community(db).kind, membership, role, present)
        accounts.change_role(directory, actor, membership.id, role)
        log.note(Deed.CHANGE, "membership", membership.member_id, ["role"])


def end_access(
    db: EncryptedDatabase,
    directory: EncryptedDatabase,
    actor: Actor,
    member_id: int,
    membership: Membership | None,
    day: date,
    once: str = "",
) -> None:
    """The person leaves the community; her account, if she has one, opens it no more from the next request on."""
    with gate(directory), gate(db):
        end_member(db, actor, member_id, day, once)
        if membership is not None:
            present = accounts.list_memberships(directory, slug=membership.community_slug)
            check_role_change(actor, get_community(db).kind, membership, None, present)
            accounts.end_membership(directory, actor, membership.id, day)


def find_member_access(directory: EncryptedDatabase, slug: str, member_id: int) -> Membership | None:
    """The present access of a person of the directory."""
    present = accounts.list_memberships(directory, slug=slug)
    return next((known for known in present if known.member_id == member_id), None)


def _invite(
    db: EncryptedDatabase,
    directory: EncryptedDatabase,
    actor: Actor,
    slug: str,
    role: Role,
    label: str,
    member_id: int | None,
    once: str,
) -> str:
    with gate(directory), write(db, actor, once) as log:
        token = accounts.add_invitation(directory, actor, slug, role, label, member_id)
        log.note(Deed.CREATE, "invitation", member_id)
    return token


def _enter(
    db: EncryptedDatabase,
    directory: EncryptedDatabase,
    invitation: Invitation,
    account: Account,
    identity: Identity,
    day: date,
) -> None:
    actor = Actor(account.ref, invitation.role.value)
    accounts.use_invitation(directory, actor, invitation.id)
    with gate(db):
        member_id = _person(db, actor, invitation, account, identity, day)
        accounts.add_membership(directory, actor, account.id, invitation.community_slug, invitation.role, member_id)


def _person(
    db: EncryptedDatabase, actor: Actor, invitation: Invitation, account: Account, identity: Identity, day: date
) -> int:
    former = find_member(db, account.ref)
    member_id = former.id if former else invitation.member_id
    if member_id is None:
        return add_member(db, actor, identity, None, day, account.ref, homonym=True)
    give_account(db, actor, member_id, account.ref)
    return member_id
