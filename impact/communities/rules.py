"""Who may give which role, what a community's dates and address may be: decisions without a database."""

import re
from collections.abc import Collection, Sequence
from datetime import date

from impact.accounts.access import RIGHTS, Action, Role, rights_of
from impact.accounts.records import Membership
from impact.audit import Actor
from impact.communities.records import Member, Organisation
from impact.exceptions import Refused
from impact.vocabulary import CommunityKind
from impact.wording import fold

LONGEST_SLUG = 60
# Only a PRE follows children one by one.
_PRE_ROLES = frozenset({Role.REFERENT, Role.TEAM_PARTNER})
FIRST_ROLES = (Role.COORDINATOR, Role.FACILITATOR)


def slug_for(name: str, taken: Collection[str]) -> str:
    """The part of the addresses that names a community: its own name, with a number when it is taken."""
    words = re.findall(r"[a-z0-9]+", fold(name))
    base = "-".join(words)[:LONGEST_SLUG].strip("-") or "communaute"
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def check_dates(starts_on: date, ends_on: date | None) -> None:
    """Raises Refused when the end comes before the start."""
    if ends_on is not None and ends_on < starts_on:
        raise Refused("La fin vient avant le début : corrigez l’une des deux dates.", "ends_on")


def roles_of(kind: CommunityKind) -> list[Role]:
    """The roles that exist in a community of this kind."""
    return [role for role in Role if kind is CommunityKind.PRE or role not in _PRE_ROLES]


def roles_given_by(actor: Actor, kind: CommunityKind) -> list[Role]:
    """Nobody gives a right that she does not have: a facilitator cannot make herself read children's files."""
    rights = rights_of(actor)
    if Action.MANAGE_MEMBERS not in rights:
        return []
    return [role for role in roles_of(kind) if RIGHTS[role] <= rights]


def manages_members(role: Role) -> bool:
    """Whether this role can invite others."""
    return Action.MANAGE_MEMBERS in RIGHTS[role]


def check_role_change(
    actor: Actor, kind: CommunityKind, membership: Membership, wanted: Role | None, present: Sequence[Membership]
) -> None:
    """`wanted` is None when the access ends. Raises Refused on a right out of reach, or when nobody could invite."""
    given = roles_given_by(actor, kind)
    if membership.role not in given or (wanted is not None and wanted not in given):
        raise Refused("Ce rôle ouvre plus de droits que le vôtre : demandez à une personne qui l’a.", "role")
    others = [known for known in present if known.id != membership.id and manages_members(known.role)]
    if not others and (wanted is None or not manages_members(wanted)):
        raise Refused("C’est la dernière personne qui peut inviter : donnez d’abord ce rôle à une autre.", "role")


def check_first_invitation(present: Sequence[Membership]) -> None:
    """The administrator opens a community to its first manager, then has no say in who reads it."""
    if any(manages_members(known.role) for known in present):
        raise Refused("Cette communauté a déjà une personne qui invite : c’est à elle de le faire.", "role")


def same_name(members: Sequence[Member], family_name: str, given_name: str) -> Member | None:
    """Somebody already known by this name, whatever the accents and the case."""
    wanted = fold(f"{family_name} {given_name}")
    return next((member for member in members if fold(member.listed_name) == wanted), None)


def check_organisation_name(name: str, others: Sequence[Organisation]) -> None:
    """One line per organisation, whatever the accents and the case; raises Refused with the name that is known."""
    for known in others:
        if fold(known.name) == fold(name):
            raise Refused(f"« {known.name} » est déjà dans l’annuaire : ouvrez-la, ou précisez le nom.", "name")


def own_words(*texts: str) -> tuple[str, ...]:
    """The words that anybody who knows the place or the person would try first as a password."""
    return tuple(dict.fromkeys(word for text in texts for word in fold(text).split() if len(word) > 3))
