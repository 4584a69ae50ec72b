"""Rights: what no role may ever hold, and what belonging to a team opens."""

import pytest

from impact.accounts.access import NOMINATIVE, RIGHTS, Action, Role, Team, may, readable_fields, rights_of
from impact.audit import SYSTEM, Actor


@pytest.mark.parametrize("role", [Role.BOARD, Role.FUNDER, Role.EVALUATOR, Role.FACILITATOR, Role.MEMBER])
def test_these_roles_hold_no_nominative_right(role: Role) -> None:
    assert not RIGHTS[role] & NOMINATIVE
    assert not readable_fields(Actor("ref", role.value))


@pytest.mark.parametrize("role", [Role.BOARD, Role.FUNDER])
def test_board_and_funder_read_aggregates_only(role: Role) -> None:
    assert RIGHTS[role] == {Action.VIEW_COMMUNITY, Action.VIEW_FIGURES, Action.VIEW_REPORTS, Action.VIEW_MAP}


def test_every_role_has_rights_and_the_administrator_none_in_a_community() -> None:
    assert set(RIGHTS) == set(Role)
    assert not rights_of(Actor("ref", "administrator"))
    assert not rights_of(SYSTEM)
    assert not any(Action.MANAGE_INSTANCE in rights for rights in RIGHTS.values())


def test_a_referent_reads_the_children_that_she_follows() -> None:
    basile = Actor("ref", Role.REFERENT.value, 2)
    assert may(basile, Action.VIEW_SITUATIONS, Team({2, 3}))
    assert not may(basile, Action.VIEW_SITUATIONS, Team({3}))
    assert may(Actor("ref", Role.COORDINATOR.value, 1), Action.VIEW_SITUATIONS, Team({3}))
