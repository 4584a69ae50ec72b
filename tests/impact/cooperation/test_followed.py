"""Links round after round: the figures that stand beside the picture."""

from datetime import date

from impact.communities.records import Organisation
from impact.cooperation.followed import absent_kinds, follow
from impact.cooperation.records import Declaration, Link, Round
from impact.cooperation.rules import on_its_day
from impact.cooperation.vocabulary import LinkKind
from impact.vocabulary import OrganisationKind

FIRST, SECOND = date(2025, 11, 15), date(2026, 11, 20)
SCHOOL, TOWN, CLUB, HALL = (
    Organisation(rank, f"Structure {rank}", kind, 1, 0)
    for rank, kind in enumerate(
        (
            OrganisationKind.NATIONAL_EDUCATION,
            OrganisationKind.LOCAL_AUTHORITY,
            OrganisationKind.ASSOCIATION,
            OrganisationKind.ASSOCIATION,
        ),
        start=1,
    )
)
EVERYBODY = [SCHOOL, TOWN, CLUB, HALL]


def link(first: int, second: int, *said: Declaration) -> Link:
    return Link(0, 1, first, second, None, said)


def exists(who: int) -> Declaration:
    return Declaration(who, LinkKind.EXISTING, FIRST)


def wished(who: int, made_on: date | None = None) -> Declaration:
    return Declaration(who, LinkKind.TO_CREATE, FIRST, made_on)


def test_each_round_has_its_own_figures_and_what_was_made_since_the_one_before() -> None:
    """By hand: 6 possible pairs. First 1 link (confirmed) of 6, 3 to create; then 3 links of 6, 2 of 3 made."""
    before = [
        link(1, 2, exists(1), exists(2)),
        link(1, 3, wished(1)),
        link(2, 3, wished(3)),
        link(3, 4, wished(4)),
    ]
    after = [
        link(1, 2, exists(1), exists(2)),
        link(1, 3, exists(1)),
        link(2, 3, wished(3)),
        link(3, 4, wished(4, made_on=SECOND)),
    ]
    rounds = [Round(1, FIRST), Round(2, SECOND)]
    first, second = follow(rounds, {1: before, 2: after}, EVERYBODY)
    assert (first.network.links, first.network.possible, first.network.confirmed, first.network.to_create) == (
        1,
        6,
        1,
        3,
    )
    assert first.made is None
    assert (second.network.links, second.network.to_create, second.network.isolates) == (3, 1, 0)
    assert second.network.ei == (2 - 1) / 3
    assert second.made is not None
    assert (second.made.made, second.made.planned) == (2, 3)


def test_a_link_made_after_its_round_was_to_create_on_that_day() -> None:
    made = on_its_day([link(1, 2, wished(1, made_on=SECOND))])
    first, second = follow([Round(1, FIRST), Round(2, SECOND)], {1: made, 2: [link(1, 2, exists(1))]}, EVERYBODY)
    assert (first.network.links, first.network.to_create) == (0, 1)
    assert second.made is not None
    assert (second.made.made, second.made.planned) == (1, 1)


def test_the_kinds_that_nobody_has_are_named() -> None:
    absent = absent_kinds(EVERYBODY)
    assert OrganisationKind.HEALTH in absent
    assert OrganisationKind.ASSOCIATION not in absent
    assert OrganisationKind.OTHER not in absent
