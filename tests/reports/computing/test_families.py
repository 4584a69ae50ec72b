"""Parents' workshops, worked by hand: three sessions, one of them in the year before."""

from dataclasses import replace

from reports.computing import families
from reports.data import Data
from tests.reports.computing.made import YEAR, empty, frame

# Session, day, family, adults, children: families 1 to 3 came in June 2024, 1 and 4 to 6 in the year, 1 and 4 twice.
_CAME = (
    (1, "2024-06-10", 1, 1, 0),
    (1, "2024-06-10", 2, 2, 1),
    (1, "2024-06-10", 3, 1, 0),
    (2, "2024-10-10", 1, 1, 1),
    (2, "2024-10-10", 4, 1, 0),
    (2, "2024-10-10", 5, 0, 2),
    (3, "2025-02-10", 1, 2, 0),
    (3, "2025-02-10", 4, 1, 3),
    (3, "2025-02-10", 6, 1, 0),
)


def made() -> Data:
    rows = [dict(zip(("workshop_id", "held_on", "family_id", "adults", "children"), row, strict=True)) for row in _CAME]
    return replace(empty(), family_presences=frame("family_presences", rows))


def test_families_reached_are_counted_once() -> None:
    (found,) = families.reached(made(), YEAR)
    assert (found.value, found.n) == (4, 4)


def test_a_family_seen_the_year_before_is_not_new() -> None:
    (found,) = families.new(made(), YEAR)
    assert (found.numerator, found.denominator, found.value) == (3, 4, 0.75)


def test_a_family_that_came_twice_in_the_year_came_back() -> None:
    (found,) = families.returning(made(), YEAR)
    assert (found.numerator, found.denominator, found.value) == (2, 4, 0.5)


def test_presences_of_adults_and_children_rest_on_the_families_behind_them() -> None:
    (adults,) = families.adults(made(), YEAR)
    (children,) = families.children(made(), YEAR)
    assert (adults.value, adults.n) == (6, 3)
    assert (children.value, children.n) == (6, 3)
