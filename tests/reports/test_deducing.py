"""The attacker's interval over a whole publication: linear programme, linked tables, and two reports compared."""

from dataclasses import replace
from pathlib import Path

import pytest

import app as assembly
from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.demo import PRE
from impact.instance import Instance
from impact.periods import last_complete_school_year, local_today
from impact.vocabulary import Audience, CommunityKind, Sensitivity
from impact_maps.indicators import CATALOGUE
from reports.data import load
from reports.deducing import Deduction, deductions
from reports.holding import hold, releases
from reports.publishing import compute_all, protected
from reports.records import Estimate

pytestmark = pytest.mark.whole

ORIGINS, OUTCOMES, TAKEN = "pre.origins", "pre.situations_by_outcome", "pre.situations_taken_up"
MOTIVES, FIRST = "pre.motives", "pre.first_motive"


def shown(code: str, count: float, base: float, category: str = "") -> Estimate:
    return Estimate(code, count / base, "share", count, base, n=int(base), category=category, label=category)


def hidden(code: str, base: float | None, category: str = "") -> Estimate:
    return Estimate(code, None, "share", None, base, masked=True, reason="small_number", category=category)


def told(published: list[Estimate], exact: list[Estimate]) -> dict[str, tuple[int, int | None]]:
    return {each.category: (each.low, each.high) for each in deductions(published, exact)}


def test_one_hidden_category_beside_its_total_is_worked_out_exactly() -> None:
    exact = [shown(ORIGINS, 30, 40, "a"), shown(ORIGINS, 7, 40, "b"), shown(ORIGINS, 3, 40, "c")]
    published = [*exact[:2], hidden(ORIGINS, 40, "c")]
    [found] = deductions(published, exact)
    assert (found.low, found.high, found.values, found.is_narrow) == (3, 3, 1, True)


def test_two_hidden_categories_share_what_is_left() -> None:
    exact = [shown(ORIGINS, 30, 40, "a"), shown(ORIGINS, 7, 40, "b"), shown(ORIGINS, 3, 40, "c")]
    published = [exact[0], hidden(ORIGINS, 40, "b"), hidden(ORIGINS, 40, "c")]
    assert told(published, exact) == {"b": (0, 10), "c": (0, 10)}


def test_another_table_gives_a_hidden_number_back() -> None:
    exact = [shown(TAKEN, 30, 40), shown(OUTCOMES, 30, 40, "pathway"), shown(OUTCOMES, 10, 40, "refused")]
    published = [exact[0], hidden(OUTCOMES, 40, "pathway"), hidden(OUTCOMES, 40, "refused")]
    assert told(published, exact) == {"pathway": (30, 30), "refused": (10, 10)}


def test_a_part_is_not_more_than_its_whole() -> None:
    exact = [
        shown(MOTIVES, 12, 40, "a"), shown(MOTIVES, 14, 40, "b"), shown(MOTIVES, 40, 40, "c"),
        shown(FIRST, 8, 40, "a"), shown(FIRST, 9, 40, "b"), shown(FIRST, 23, 40, "c"),
    ]  # fmt: skip
    published = [*exact[:3], hidden(FIRST, 40, "a"), hidden(FIRST, 40, "b"), exact[5]]
    assert told(published, exact) == {"a": (3, 12), "b": (5, 14)}


def test_nothing_bounds_a_number_whose_base_is_hidden_too() -> None:
    [found] = deductions([hidden(ORIGINS, None, "a")], [shown(ORIGINS, 3, 4, "a")])
    assert (found.low, found.high, found.is_narrow) == (0, None, False)


@pytest.mark.parametrize("published", [[], [Estimate("cooperation.meetings_held", 3, "count", 3)]])
def test_nothing_hidden_is_nothing_to_work_out(published: list[Estimate]) -> None:
    assert deductions(published, published) == []


def test_no_hidden_number_of_the_demonstration_is_narrowed_below_five_values(demo_root: Path) -> None:
    db = Instance(demo_root, assembly.schema()).community(PRE)
    exact = _exact(db)
    db.close()
    found = deductions(protected(exact, Audience.FUNDER), exact)
    assert len(found) > 3
    assert [each for each in found if each.values < 5] == []


def _exact(db: EncryptedDatabase) -> list[Estimate]:
    year = last_complete_school_year(local_today())
    return compute_all(load(db, year), year, get_community(db).kind)


def test_two_reports_a_day_apart_do_not_tell_who_came_between(demo_root: Path) -> None:
    """The differencing attack: every value published twice moves by nobody, or by five people at least."""
    db = Instance(demo_root, assembly.schema()).community(PRE)
    year = last_complete_school_year(local_today())
    data = load(db, year)
    db.close()
    before = protected(compute_all(data, year, CommunityKind.PRE), Audience.FUNDER)
    kept = {(each.code, each.category): each for each in releases(before, year, Audience.FUNDER)}
    situations = data.situations
    for gone in (1, 3, 4):
        fewer = replace(data, situations=situations.iloc[gone:])
        after = hold(protected(compute_all(fewer, year, CommunityKind.PRE), Audience.FUNDER), kept, Audience.FUNDER)
        for row in after:
            was = kept.get((row.code, row.category))
            if was is None or was.masked or row.masked or row.numerator is None or was.numerator is None:
                continue
            if row.unit in ("count", "share") and CATALOGUE[row.code].sensitivity is not Sensitivity.OPEN:
                assert abs(row.numerator - was.numerator) in (0, *range(5, 1000)), (gone, row, was)


def test_a_deduction_says_how_many_values_are_left() -> None:
    assert Deduction(ORIGINS, "a", "", 2, 5).values == 4
    assert Deduction(ORIGINS, "a", "", 2, 5).is_narrow
    assert not Deduction(ORIGINS, "a", "", 2, 6).is_narrow
    assert Deduction("pre.motives", "health", "", 0, 9).is_narrow
