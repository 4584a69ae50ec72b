"""Scales, coders, multiplicity, power, attrition, weights and bootstrap."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from reports.statistics.agreement import cohen_kappa, fleiss_kappa, krippendorff_alpha
from reports.statistics.attrition import (
    retention,
    rubin,
    selective_loss,
    stabilised_weights,
    weighted_follow_up,
    worst_best_bounds,
)
from reports.statistics.effect_sizes import expected_regression, hedges_factor
from reports.statistics.multiplicity import benjamini_hochberg, bonferroni, holm, rejected
from reports.statistics.power import detectable_change, detectable_difference, paired_power, pairs_needed, verdict
from reports.statistics.raking import kish_deff, kish_effective, rake, rake_weights
from reports.statistics.reliability import alpha_of_covariance, cronbach_alpha, intraclass, mcdonald_omega, one_factor
from reports.statistics.reliable_change import reliable_change
from reports.statistics.resampling import bootstrap
from reports.statistics.satisfaction import (
    level_counts,
    median_level,
    net_promoter,
    net_promoter_of_classes,
    scale_scores,
    top_levels,
    top_two,
)

quick = settings(max_examples=50, deadline=None, derandomize=True)
# Shrout & Fleiss 1979, table 2: six people seen by four judges.
JUDGES = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def mean_of(values: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
    return float(values.mean())


@quick
@given(st.lists(st.one_of(st.none(), st.integers(1, 5)), max_size=40))
def test_levels_keep_their_order_and_everyone(answers: list[int | None]) -> None:
    counts = level_counts(answers, range(1, 6))
    known = [a for a in answers if a is not None]
    assert list(counts) == [1, 2, 3, 4, 5]
    assert top_two(counts) == (sum(a >= 4 for a in known), len(known))
    assert median_level(counts) == (float(np.median(known)) if known else None)


def test_levels_outside_the_scale_are_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        level_counts([6], range(1, 6))
    with pytest.raises(ValueError, match="fewer"):
        top_levels({1: 2, 2: 3}, 2)


def test_a_score_needs_two_thirds_of_the_items_and_reverses_first() -> None:
    items = pd.DataFrame({"a": [5, 4, None], "b": [1, None, None], "c": [5, 4, 4]}, dtype=float)
    scores = scale_scores(items, reversed_items=["b"])
    assert list(scores[:2]) == [5.0, 4.0]
    assert np.isnan(scores[2])
    with pytest.raises(ValueError, match="reversed"):
        scale_scores(items, reversed_items=["z"])
    with pytest.raises(ValueError, match="outside"):
        scale_scores(items, highest=4)


def test_a_promoter_score_is_in_points_and_chooses_its_interval() -> None:
    few, many = net_promoter_of_classes(6, 3, 1), net_promoter_of_classes(60, 30, 10)
    assert few.value == many.value == 50
    assert (few.low, many.low) == (few.adjusted_low, many.wald_low)
    assert (few.high, many.high) == (few.adjusted_high, many.wald_high)
    assert net_promoter([0] * 11).reason == "empty"
    with pytest.raises(ValueError, match="eleven"):
        net_promoter([1] * 5)
    with pytest.raises(ValueError, match="negative"):
        net_promoter_of_classes(-1, 0, 0)


def test_scales_that_cannot_be_judged_say_why() -> None:
    assert cronbach_alpha([]).reason == "empty"
    assert cronbach_alpha([[1, 2]]).reason == "too_few"
    assert cronbach_alpha([[1], [2]]).reason == "too_few"
    assert cronbach_alpha([[3, 3], [3, 3]]).reason == "constant"
    assert mcdonald_omega([]).reason == "empty"
    assert mcdonald_omega([[1, 2, 3], [1, 3, 2], [1, 4, 4], [1, 1, 5]]).reason == "constant"
    assert one_factor([[1, 0.5], [0.5, 1]]).reason == "too_few"
    assert one_factor([[1, 1, 0.5], [1, 1, 0.5], [0.5, 0.5, 1]]).reason == "singular"
    with pytest.raises(ValueError, match="square"):
        alpha_of_covariance([[1.0]])


def test_missing_answers_are_left_out_by_person_or_by_pair() -> None:
    rows = [[1, 2, 2], [2, 3, None], [3, 3, 4], [4, 5, 4], [5, 4, 5], [None, 1, 1]]
    listwise, pairwise = cronbach_alpha(rows), cronbach_alpha(rows, missing="pairwise")
    assert (listwise.n, pairwise.n) == (4, 6)
    assert listwise.value == cronbach_alpha([row for row in rows if None not in row]).value
    assert listwise.value != pairwise.value


def test_omega_with_its_bootstrap_is_the_same_twice() -> None:
    rng = np.random.default_rng(5)
    trait = rng.normal(size=(60, 1))
    answers = trait + rng.normal(scale=0.8, size=(60, 4))
    first, second = (mcdonald_omega(answers, resamples=12) for _ in range(2))
    assert first == second
    assert first.low is not None
    assert first.low < (first.value or 0) < (first.high or 0)


@pytest.mark.parametrize(
    ("form", "value"),
    [("ICC1", 0.17), ("ICC2", 0.29), ("ICC3", 0.71), ("ICC1k", 0.44), ("ICC2k", 0.62), ("ICC3k", 0.91)],
)
def test_intraclass_forms_of_the_classic_example(form: str, value: float) -> None:
    found = intraclass(JUDGES, form)  # type: ignore[arg-type]
    assert found.value == pytest.approx(value, abs=0.005)
    assert found.low is not None
    assert found.low < found.value < (found.high or 0)


def test_intraclass_without_variation() -> None:
    assert intraclass([[1, 1], [1, 1]]).reason == "constant"
    assert intraclass([[1, 1], [2, 2]]).value == 1
    assert intraclass([]).reason == "empty"


def test_individual_change_needs_a_published_reliability() -> None:
    assert reliable_change(10, 14, 3, None).reason == "no_reliability"
    assert reliable_change(10, 14, 0, 0.8).reason == "constant"
    assert reliable_change(10, 10, 3, 0.8).reliable is False
    with pytest.raises(ValueError, match="reliability"):
        reliable_change(10, 14, 3, 1.2)
    assert expected_regression(0.7, 50, 40) == pytest.approx(3)
    with pytest.raises(ValueError, match="reliability"):
        expected_regression(2, 50, 40)
    with pytest.raises(ValueError, match="degree"):
        hedges_factor(1)


def test_coders_who_cannot_disagree() -> None:
    assert fleiss_kappa([]).reason == "empty"
    assert fleiss_kappa([[3, 0], [3, 0]]).reason == "one_category"
    assert fleiss_kappa([[1, 0], [0, 1]]).reason == "too_few"
    with pytest.raises(ValueError, match="Krippendorff"):
        fleiss_kappa([[3, 0], [2, 0]])
    assert cohen_kappa([1, 1], [1, 1]).reason == "one_category"
    assert cohen_kappa([], []).reason == "empty"
    assert cohen_kappa([1, 1, 2, 2], [1, 2, 2, 2]).value == pytest.approx(0.5)
    assert krippendorff_alpha([[1, None], [None, 2]]).reason == "too_few"
    assert krippendorff_alpha([[1, 1], [1, 1]]).reason == "one_category"
    assert krippendorff_alpha([[None, None]]).reason == "empty"


def test_krippendorff_published_example() -> None:
    """Krippendorff 2011, "Computing Krippendorff's alpha-reliability", data C."""
    coders = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    for level, value in (("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)):
        assert krippendorff_alpha(coders, level).value == pytest.approx(value, abs=5e-4)  # type: ignore[arg-type]


@quick
@given(st.lists(st.floats(0, 1), max_size=20), st.randoms())
def test_adjusted_p_follow_their_test_whatever_the_order(p: list[float], random: object) -> None:
    places = list(range(len(p)))
    random.shuffle(places)  # type: ignore[attr-defined]
    for adjust in (bonferroni, holm, benjamini_hochberg):
        straight, mixed = adjust(p), adjust([p[i] for i in places])
        assert mixed == pytest.approx([straight[i] for i in places])
        assert all(a >= b - 1e-12 for a, b in zip(straight, p, strict=True))
    if p:
        assert benjamini_hochberg(p) == pytest.approx(list(stats.false_discovery_control(p)))
        assert rejected(bonferroni(p)) <= rejected(holm(p)) <= rejected(benjamini_hochberg(p))


def test_an_undone_test_is_not_adjusted() -> None:
    with pytest.raises(ValueError, match="leave"):
        holm([0.2, float("nan")])


def test_detectable_changes_reach_the_power_asked() -> None:
    assert detectable_change(1) is None
    assert paired_power(0.5, 1) is None
    assert detectable_difference(1, 20) is None
    for n in (2, 3, 12, 200):
        assert paired_power(detectable_change(n) or 0, n) == pytest.approx(0.8, abs=1e-6)
    assert pairs_needed(0.5) == 34
    with pytest.raises(ValueError, match="zero"):
        pairs_needed(0)
    with pytest.raises(ValueError, match="alpha"):
        detectable_change(12, alpha=0.9)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.6, 1.0, "marked_rise"),
        (0.1, 1.0, "some_rise"),
        (-0.2, 0.3, "no_notable_change"),
        (-0.2, 0.7, "inconclusive"),
        (-0.9, -0.1, "some_fall"),
        (-0.9, -0.6, "marked_fall"),
    ],
)
def test_verdicts_follow_the_interval(low: float, high: float, said: str) -> None:
    assert verdict(low, high, 0.5) == said


def test_a_verdict_needs_a_change_that_matters() -> None:
    with pytest.raises(ValueError, match="smallest"):
        verdict(0, 1, 0)


def test_retention_is_of_the_entry_cohort() -> None:
    waves = retention([20, 15, 10])
    assert [wave.of_entry for wave in waves] == [1, 0.75, 0.5]
    assert [wave.of_previous for wave in waves] == [1, 0.75, pytest.approx(2 / 3)]
    assert retention([]) == []
    assert retention([0])[0].of_entry is None
    with pytest.raises(ValueError, match="late entries"):
        retention([10, 12])


def test_a_stratum_nobody_answered_in_has_no_corrected_mean() -> None:
    found = weighted_follow_up([10, 5], [8, 0], [3.0, None], 1, 5)
    assert (found.weighted, found.reason) == (None, "empty_group")
    assert found.complete_cases == 3
    assert found.bounds == worst_best_bounds(24, 8, 15, 1, 5)
    nobody = weighted_follow_up([10], [0], [None], 1, 5)
    assert (nobody.reason, nobody.bounds) == ("empty", (1, 5))
    with pytest.raises(ValueError, match="entered"):
        weighted_follow_up([3], [4], [2.0], 1, 5)


def test_equal_loss_changes_nothing() -> None:
    found = weighted_follow_up([10, 20], [5, 10], [2.0, 4.0], 1, 5)
    assert found.weighted == pytest.approx(found.complete_cases)
    assert found.n_effective == pytest.approx(15)
    assert found.p_differs == 1


def test_stabilised_weights_keep_the_size() -> None:
    strata, stayed = ["a"] * 4 + ["b"] * 4, [True, True, True, False, True, False, False, False]
    weights = [w for w in stabilised_weights(strata, stayed, quantile=1.0) if w is not None]
    assert sum(weights) == pytest.approx(4)
    assert stabilised_weights(["a"], [False]) == [None]


def test_selective_loss_is_flagged() -> None:
    assert selective_loss([3, 4, 5], [1, 2, 3]).level == "warn"
    assert selective_loss([1, 2, 3], [1, 2, 3]).level == "none"
    assert selective_loss([1, 2], [3]).reason == "too_few"
    assert selective_loss([2, 2], [2, 2]).reason == "constant"


def test_rubin_pools_what_was_imputed() -> None:
    found = rubin([2.0, 4.0], [1.0, 1.0])
    assert (found.value, found.within, found.between, found.total) == (3.0, 1.0, 2.0, 4.0)
    assert found.df == pytest.approx(1 / 0.75**2)
    assert rubin([2.0, 2.0], [1.0, 1.0]).df is None
    assert rubin([2.0], [1.0]).reason == "too_few"
    assert rubin([2.0, 2.0], [0.0, 0.0]).reason == "constant"


@quick
@given(st.lists(st.lists(st.integers(1, 40), min_size=3, max_size=3), min_size=2, max_size=4), st.integers(1, 9))
def test_raking_meets_its_margins_and_keeps_odds_ratios(table: list[list[int]], scale: int) -> None:
    rows = [scale * (i + 1) * 6.0 for i in range(len(table))]
    columns = [sum(rows) * share for share in (0.5, 0.3, 0.2)]
    found = rake(table, rows, columns).table
    assert found is not None
    assert list(found.sum(axis=1)) == pytest.approx(rows)
    assert list(found.sum(axis=0)) == pytest.approx(columns)
    odds = table[0][0] * table[1][1] / (table[0][1] * table[1][0])
    assert found[0, 0] * found[1, 1] / (found[0, 1] * found[1, 0]) == pytest.approx(odds)


def test_impossible_margins_are_said_or_refused() -> None:
    assert rake([[0, 0], [1, 1]], [1, 1], [1, 1]).reason == "not_converged"
    assert rake([[0.0, 0.0]], [0], [0, 0]).reason == "empty"
    with pytest.raises(ValueError, match="disagree"):
        rake([[1, 1]], [2], [2, 2])
    with pytest.raises(ValueError, match="one total"):
        rake([[1, 1]], [2, 2], [2, 2])


def test_weights_of_people_meet_known_shares() -> None:
    people = pd.DataFrame({"sex": ["f"] * 6 + ["m"] * 4, "age": ["a", "b"] * 5})
    found = rake_weights(people, {"sex": {"f": 50, "m": 50}, "age": {"a": 0.4, "b": 0.6}})
    weights = pd.Series(found.weights)
    assert weights[people["sex"] == "f"].sum() == pytest.approx(5)
    assert weights[people["age"] == "a"].sum() == pytest.approx(4)
    assert found.n_effective == pytest.approx(10 / (found.deff or 0))
    assert rake_weights(people.head(0), {"sex": {"f": 1}}).reason == "empty"
    assert rake_weights(people, {"sex": {"f": 1, "m": 1, "x": 1}}).reason == "not_converged"
    with pytest.raises(ValueError, match="sex"):
        rake_weights(people, {"sex": {"f": 1}})


def test_kish_without_weights() -> None:
    assert kish_effective([]) is None
    assert kish_deff([0, 0]) is None
    assert kish_effective([2, 2, 2]) == pytest.approx(3)
    with pytest.raises(ValueError, match="negative"):
        kish_effective([-1])


@pytest.mark.parametrize("method", ["percentile", "basic", "BCa"])
def test_bootstrap_is_repeatable_and_ignores_order(method: str) -> None:
    values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, None]
    first = bootstrap(values, mean_of, method, resamples=200)  # type: ignore[arg-type]
    assert bootstrap(values[::-1], mean_of, method, resamples=200) == first  # type: ignore[arg-type]
    assert first.n == 10
    assert (first.low or 0) < (first.value or 0) < (first.high or 0)


def test_bootstrap_without_variation() -> None:
    assert bootstrap([], mean_of).reason == "empty"
    assert bootstrap([2], mean_of).reason == "too_few"
    assert bootstrap([2, 2, 2], mean_of).reason == "constant"
