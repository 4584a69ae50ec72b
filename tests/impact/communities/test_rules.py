"""Who gives which role, and what a community's address and dates may be."""

from datetime import date

import pytest

from impact.accounts.access import Role
from impact.accounts.records import Membership
from impact.audit import Actor
from impact.communities.records import Member
from impact.communities.rules import (
    check_dates,
    check_first_invitation,
    check_role_change,
    own_words,
    roles_given_by,
    roles_of,
    same_name,
    slug_for,
)
from impact.exceptions import Refused
from impact.vocabulary import CommunityKind

DAY = date(2026, 11, 20)
PRE = CommunityKind.PRE


def access(number: int, role: Role) -> Membership:
    return Membership(number, number, "ici", role, number, DAY, None)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("PRE de Clairvigne", "pre-de-clairvigne"),
        ("Cité éducative « Les Œillets »", "cite-educative-les-oeillets"),
        ("NULL", "null"),
        ("../../etc/passwd", "etc-passwd"),
        ("Музей", "communaute"),
        ("x" * 200, "x" * 60),
    ],
)
def test_the_slug_comes_from_the_name(name: str, slug: str) -> None:
    assert slug_for(name, []) == slug


def test_a_taken_slug_gets_a_number() -> None:
    assert slug_for("PRE", ["pre"]) == "pre-2"
    assert slug_for("PRE", ["pre", "pre-2"]) == "pre-3"


def test_the_end_comes_after_the_start() -> None:
    check_dates(DAY, DAY)
    check_dates(DAY, None)
    with pytest.raises(Refused) as refused:
        check_dates(DAY, date(2026, 11, 19))
    assert refused.value.field == "ends_on"


def test_nobody_gives_a_right_that_she_does_not_have() -> None:
    facilitator, coordinator, member = (Actor("ref", role) for role in ("facilitator", "coordinator", "member"))
    assert Role.COORDINATOR not in roles_given_by(facilitator, PRE)
    assert Role.REFERENT not in roles_given_by(facilitator, PRE)
    assert set(roles_given_by(coordinator, PRE)) == set(Role)
    assert roles_given_by(member, PRE) == []
    assert roles_given_by(Actor("ref", "administrator"), PRE) == []


def test_only_a_pre_has_referents() -> None:
    assert Role.REFERENT in roles_of(PRE)
    assert Role.REFERENT not in roles_of(CommunityKind.CITE)


def test_a_facilitator_does_not_touch_a_coordinator() -> None:
    present = [access(1, Role.COORDINATOR), access(2, Role.FACILITATOR)]
    with pytest.raises(Refused, match="plus de droits"):
        check_role_change(Actor("ref", "facilitator"), PRE, present[0], Role.MEMBER, present)
    check_role_change(Actor("ref", "coordinator"), PRE, present[1], Role.MEMBER, present)


def test_somebody_can_always_invite() -> None:
    alone = [access(1, Role.COORDINATOR), access(2, Role.MEMBER)]
    for wanted in (None, Role.MEMBER):
        with pytest.raises(Refused, match="dernière personne"):
            check_role_change(Actor("ref", "coordinator"), PRE, alone[0], wanted, alone)
    check_role_change(Actor("ref", "coordinator"), PRE, alone[1], None, alone)
    check_role_change(Actor("ref", "coordinator"), PRE, alone[0], Role.FACILITATOR, alone)


def test_the_administrator_opens_a_community_once() -> None:
    check_first_invitation([access(1, Role.MEMBER)])
    with pytest.raises(Refused):
        check_first_invitation([access(1, Role.FACILITATOR)])


def test_the_same_name_is_seen_whatever_its_accents() -> None:
    known = Member(1, 1, "Éva Müller", "Müller Éva", None, "", None, None, DAY, None, 1)
    assert same_name([known], "MULLER", "Eva") is known
    assert same_name([known], "Muller", "") is None


def test_the_words_of_a_place_are_not_passwords() -> None:
    assert own_words("PRE de Clairvigne", "Val d’Or") == ("clairvigne",)
