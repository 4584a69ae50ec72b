"""What a reader of a published page could work out: never a small number."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.disclosure import (
    JOINT,
    Explanation,
    Settings,
    explain,
    protect,
    release,
    release_breakdown,
    rung,
)
from reports.records import Estimate
from reports.statistics.proportions import wilson

OUTSIDE = st.sampled_from(["partner", "funder", "public"])
SENSITIVITY = st.sampled_from(["person", "sensitive"])
K = {"person": 5, "sensitive": 11}
quick = settings(max_examples=120, deadline=None, derandomize=True)


def share(x: int, n: int, category: str = "", code: str = "helped") -> Estimate:
    low, high = wilson(x, n) or (None, None)
    return Estimate(code, x / n if n else None, "share", x, n, low, high, "wilson", n, category=category)


def count(x: int, category: str = "", code: str = "children") -> Estimate:
    return Estimate(code, x, "count", x, n=x, category=category)


def mean(value: float, n: int, category: str = "", code: str = "score") -> Estimate:
    return Estimate(code, value, "mean", value * n, n, value - 1, value + 1, "student", n, category=category)


def by_category(rows: list[Estimate]) -> dict[str, Estimate]:
    return {row.category: row for row in rows}


def assert_empty(row: Estimate) -> None:
    assert row.masked
    numbers = (row.value, row.numerator, row.low, row.high, row.test, row.effect)
    assert numbers == (None,) * 6
    assert (row.n, row.missing, row.reason) == (0, 0, "small_number")


def test_rights_on_the_records_and_open_figures_stay_exact() -> None:
    rows = [share(2, 40), count(1), mean(3.14159, 4)]
    assert protect(rows, "sensitive", "internal") == rows
    assert protect(rows, "open", "public") == rows


def test_unknown_words_are_refused() -> None:
    for words in (("secret", "public"), ("person", "press")):
        with pytest.raises(ValueError, match="unknown"):
            protect([], *words)


@pytest.mark.parametrize(
    ("x", "masked"), [(0, True), (1, True), (4, True), (5, False), (35, False), (36, True), (40, True)]
)
def test_a_share_is_hidden_with_its_complement(x: int, masked: bool) -> None:
    (row,) = protect([share(x, 40)], "person", "funder")
    assert row.masked is masked
    if masked:
        assert_empty(row)
        assert row.denominator == 40
    else:
        assert row == share(x, 40)


def test_the_base_of_a_tiny_group_is_hidden_too() -> None:
    (row,) = protect([share(2, 4)], "person", "funder")
    assert_empty(row)
    assert row.denominator is None


def test_none_and_all_read_alike_outside_and_are_told_apart_to_the_author() -> None:
    rows = [share(0, 40, code="none"), share(40, 40, code="all"), share(3, 40, code="few")]
    assert {row.reason for row in protect(rows, "sensitive", "public")} == {"small_number"}
    assert [row.reason for row in protect(rows, "sensitive", "public", detail=True)] == [
        "all_or_none",
        "all_or_none",
        "small_number",
    ]


def test_one_hidden_category_takes_another_with_it() -> None:
    rows = [share(x, 60, name) for name, x in (("a", 30), ("b", 18), ("c", 9), ("d", 3))]
    published = protect(rows, "person", "public", detail=True)
    assert [row.reason for row in published] == ["", "", "secondary", "small_number"]
    assert [row.denominator for row in published] == [60] * 4


def test_two_hidden_categories_that_add_to_too_little_take_a_third() -> None:
    rows = [share(x, 50, name) for name, x in (("a", 38), ("b", 9), ("c", 2), ("d", 1))]
    assert [row.masked for row in protect(rows, "person", "public")] == [False, True, True, True]


def test_everyone_in_one_category_hides_the_whole_breakdown() -> None:
    rows = [share(x, 30, name) for name, x in (("a", 30), ("b", 0))]
    for row in protect(rows, "person", "public"):
        assert_empty(row)


def test_several_answers_per_person_are_each_on_their_own() -> None:
    rows = [share(x, 40, name) for name, x in (("a", 30), ("b", 25), ("c", 2))]
    assert [row.masked for row in protect(rows, "person", "public")] == [False, False, True]


def test_subgroups_with_their_own_base_hide_their_size_when_hidden() -> None:
    rows = [share(60, 100), share(30, 50, "north"), share(28, 46, "south"), share(2, 4, "east")]
    published = by_category(protect(rows, "person", "public"))
    assert not published[""].masked
    assert not published["south"].masked or not published["north"].masked
    hidden = [row for row in published.values() if row.masked]
    assert len(hidden) == 2
    assert all(row.denominator is None for row in hidden)


def test_counts_by_school_do_not_give_the_hidden_one_back() -> None:
    rows = [count(50), count(30, "a"), count(17, "b"), count(3, "c")]
    published = by_category(protect(rows, "person", "public"))
    assert published[""].value == 50
    assert [published[name].masked for name in "abc"] == [False, True, True]


def test_means_need_eleven_people_and_lose_their_sum() -> None:
    few, enough = protect([mean(3.14159, 10, code="few"), mean(3.14159, 11, code="enough")], "person", "public")
    assert_empty(few)
    assert (enough.value, enough.numerator, enough.low) == (3.1, None, 2.1)


def test_the_means_that_an_effect_carries_are_rounded_as_means() -> None:
    ends = {"before": 3.14159, "after": 3.38222, "g": 0.33333}
    (change,) = protect([replace(mean(0.24063, 18), effect=dict(ends))], "person", "funder")
    assert change.effect == {"before": 3.1, "after": 3.4, "g": 0.33}
    moments = Estimate("w", 0.12345, "index", n=18, effect={"mean_1": 3.14159, "p_1_2": 0.04321})
    (changes,) = protect([moments], "person", "funder")
    assert changes.effect == {"mean_1": 3.1, "p_1_2": 0.043}


def test_a_mean_hidden_alone_hides_another_beside_the_total() -> None:
    rows = [mean(3, 60), mean(3, 30, "a"), mean(2, 22, "b"), mean(4, 8, "c")]
    assert [row.masked for row in protect(rows, "person", "public")] == [False, False, True, True]


def test_what_was_not_computed_keeps_its_reason_unless_its_base_is_small() -> None:
    empty = Estimate("rate", None, "share", reason="empty")
    tiny = Estimate("rate2", None, "share", denominator=3, n=3, reason="too_few")
    first, second = protect([empty, tiny], "person", "public")
    assert first == empty
    assert_empty(second)


def test_neighbours_are_merged_before_anything_is_hidden() -> None:
    rows = [share(x, 60, name) for name, x in (("cp", 20), ("ce1", 3), ("ce2", 7), ("cm1", 30))]
    published = protect(rows, "person", "public", orders={"helped": ["cp", "ce1", "ce2", "cm1"]})
    assert [row.category for row in published] == ["cp", "ce1|ce2", "cm1"]
    assert not any(row.masked for row in published)
    merged = published[1]
    assert (merged.numerator, merged.value, merged.denominator, merged.reason) == (10, 10 / 60, 60, "merged")
    assert (merged.low, merged.high) == wilson(10, 60)
    assert explain(rows, published) == [Explanation("merged", "helped", ("ce1", "ce2"))]


def test_siblings_are_merged_under_their_parent() -> None:
    rows = [share(x, 60, name) for name, x in (("speech", 3), ("hearing", 12), ("housing", 25), ("rights", 20))]
    published = protect(
        rows, "person", "public", parents={"speech": "health", "hearing": "health", "housing": "social"}
    )
    assert [row.category for row in published] == ["speech|hearing", "housing", "rights"]


@pytest.mark.parametrize(
    ("n", "name", "percentages", "tests"),
    [
        (0, "none", False, "none"),
        (4, "masked", False, "none"),
        (5, "counts", False, "none"),
        (10, "counts", False, "none"),
        (11, "interval", True, "exact"),
        (29, "interval", True, "exact"),
        (30, "full", True, "all"),
        (100, "weighted", True, "all"),
    ],
)
def test_the_ladder_of_small_numbers(n: int, name: str, percentages: bool, tests: str) -> None:
    step = rung(n)
    assert (step.name, step.percentages, step.tests) == (name, percentages, tests)


def test_nobody_less_than_nobody() -> None:
    with pytest.raises(ValueError, match="negative"):
        rung(-1)


def test_thresholds_are_settings() -> None:
    (row,) = protect([share(6, 40)], "person", "public", settings=Settings(person=7))
    assert row.masked


def test_explanations_name_what_was_hidden_and_why() -> None:
    rows = [share(x, 60, name) for name, x in (("a", 30), ("b", 18), ("c", 9), ("d", 3))]
    assert explain(rows, protect(rows, "person", "public", detail=True)) == [
        Explanation("hidden", "helped", ("c",), "secondary"),
        Explanation("hidden", "helped", ("d",), "small_number"),
    ]


def test_a_figure_stays_until_five_people_changed() -> None:
    old, new = share(12, 40), share(13, 41)
    assert release(None, new, 1) == new
    assert release(old, new, 1) == replace(old, reason="held")
    assert release(old, new, 5) == new
    assert release(old, old, 2) == old
    assert [e.kind for e in explain([new], [release(old, new, 1)])] == ["held"]


def test_a_breakdown_moves_as_a_whole() -> None:
    old = [share(20, 40, "a"), share(20, 40, "b")]
    new = [share(26, 47, "a"), share(21, 47, "b")]
    held = release_breakdown(old, new, {"a": 6, "b": 1})
    assert held == [replace(row, reason="held") for row in old]
    alone = release_breakdown(old, [old[0], new[1]], {"b": 1})
    assert [row.reason for row in alone] == ["held", "held"]
    assert release_breakdown(old, new, {"a": 6, "b": 5}) == new


def test_a_row_that_becomes_hidden_tells_nobody_by_what_is_left_of_the_base() -> None:
    hidden = replace(share(0, 89, "d"), value=None, numerator=None, masked=True)
    old = [share(43, 83, "a"), share(32, 83, "b"), share(0, 83, "c"), replace(hidden, denominator=83.0)]
    new = [share(43, 89, "a"), share(37, 89, "b"), replace(hidden, category="c"), hidden]
    kept = release_breakdown(old, new, {"a": 6, "b": 5})
    assert [row.numerator for row in kept] == [43, 32, 0, None]
    more = [share(43, 94, "a"), share(37, 94, "b"), *(replace(row, denominator=94.0) for row in new[2:])]
    assert release_breakdown(old, more, {"a": 11, "b": 5}) == more


def test_a_new_category_cannot_point_at_a_child() -> None:
    old = protect([share(20, 40, "a"), share(20, 40, "b")], "person", "public")
    new = protect([share(20, 46, "a"), share(20, 46, "b"), share(6, 46, "c")], "person", "public")
    assert release_breakdown(old, new, {"c": 4})[0].denominator == 40
    assert release_breakdown(old, new, {"c": 6}) == new


def changed_people(before: dict[str, str], after: dict[str, str]) -> int:
    """People who came, left or count differently."""
    return sum(1 for person in before.keys() | after.keys() if before.get(person) != after.get(person))


@quick
@given(st.lists(st.integers(0, 40), min_size=2, max_size=8), st.integers(0, 6), SENSITIVITY, OUTSIDE)
def test_no_reader_of_a_breakdown_works_out_a_small_number(
    counts: list[int], unknown: int, sensitivity: str, audience: str
) -> None:
    base, k = sum(counts) + unknown, K[sensitivity]
    rows = [share(x, base, f"c{i}") for i, x in enumerate(counts)]
    published = protect(rows, sensitivity, audience)
    for row in published:
        if row.masked:
            assert_empty(row)
        else:
            assert row.numerator == 0 or (row.numerator is not None and row.numerator >= k)
            assert row.numerator != 0 or (sensitivity == "person" and not unknown) or base == 0
            assert row.numerator != base or base == 0
    hidden = [x for x, row in zip(counts, published, strict=True) if row.masked]
    if hidden and any(row.denominator is not None for row in published if row.masked):
        assert len(hidden) >= 2
        assert sum(hidden) >= k


@quick
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2, max_size=6), SENSITIVITY, st.booleans())
def test_subgroup_shares_cannot_be_subtracted_from_the_total(
    groups: list[tuple[int, int]], sensitivity: str, with_total: bool
) -> None:
    k = K[sensitivity]
    rows = [share(x, x + y, f"g{i}") for i, (x, y) in enumerate(groups)]
    x_all, n_all = sum(x for x, _ in groups), sum(x + y for x, y in groups)
    total = [share(x_all, n_all)] if with_total else []
    published = protect(total + rows, sensitivity, "public")
    hidden = [group for group, row in zip(groups, published[len(total) :], strict=True) if row.masked]
    for row in published:
        if not row.masked and row.denominator and row.numerator is not None:
            assert min(row.numerator, row.denominator - row.numerator) >= k
    if hidden and with_total and not published[0].masked:
        assert len(hidden) >= 2
        assert sum(x for x, _ in hidden) >= k
        assert sum(y for _, y in hidden) >= k


@quick
@given(st.lists(st.integers(0, 40), min_size=2, max_size=7), SENSITIVITY, st.randoms())
def test_the_order_of_rows_does_not_change_what_is_published(
    counts: list[int], sensitivity: str, random: object
) -> None:
    rows = [share(x, sum(counts), f"c{i}") for i, x in enumerate(counts)]
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    straight, mixed = (by_category(protect(each, sensitivity, "public")) for each in (rows, shuffled))
    ties = len(set(counts)) < len(counts)
    assert sum(r.masked for r in straight.values()) == sum(r.masked for r in mixed.values())
    assert ties or straight == mixed


@quick
@given(st.lists(st.integers(0, 30), min_size=2, max_size=8), SENSITIVITY)
def test_merging_an_order_keeps_everyone_once(counts: list[int], sensitivity: str) -> None:
    names = [f"c{i}" for i in range(len(counts))]
    rows = [share(x, sum(counts), name) for name, x in zip(names, counts, strict=True)]
    published = protect(rows, sensitivity, "public", orders={"helped": names})
    assert JOINT.join(row.category for row in published).split(JOINT) == names
    assert all(row.masked or row.numerator == 0 or (row.numerator or 0) >= K[sensitivity] for row in published)


@quick
@given(
    st.lists(st.sampled_from("abc"), min_size=10, max_size=60),
    st.dictionaries(st.integers(0, 59), st.sampled_from(["a", "b", "c", None]), max_size=8),
)
def test_two_reports_never_show_a_change_of_fewer_than_five(start: list[str], moves: dict[int, str | None]) -> None:
    before = {str(i): kind for i, kind in enumerate(start)}
    after = {key: kind for key, kind in ({**before, **{str(i): kind for i, kind in moves.items()}}).items() if kind}

    def report(people: dict[str, str]) -> list[Estimate]:
        rows = [share(sum(kind == name for kind in people.values()), len(people), name) for name in "abc"]
        return protect(rows, "person", "public")

    changed = {
        name: changed_people(*({p: k for p, k in people.items() if k == name} for people in (before, after)))
        for name in "abc"
    }
    first, exact = report(before), report(after)
    second = release_breakdown(first, exact, changed)
    for old, new in zip(first, second, strict=True):
        if (old.numerator, old.denominator) != (new.numerator, new.denominator) and new.reason != "held":
            visible_move = changed[new.category] == 0 or changed[new.category] >= 5
            assert visible_move or (old.masked and new.masked)
