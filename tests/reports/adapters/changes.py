"""Adapters: paired answers, groups, waves, scales, coders, multiplicity, power, bootstrap."""

from typing import Any

import numpy as np

from reports.statistics.agreement import cohen_kappa, fleiss_kappa, krippendorff_alpha
from reports.statistics.arrays import known, pairs
from reports.statistics.effect_sizes import (
    cohens_d,
    hedges_factor,
    mean_change,
    noncentral_t_interval,
    paired_effect,
    welch,
)
from reports.statistics.independent import cliffs_delta, fisher, hodges_lehmann_shift, kruskal_wallis, mann_whitney
from reports.statistics.multiplicity import benjamini_hochberg, bonferroni, holm, rejected
from reports.statistics.paired_binary import bonett_price, mcnemar, newcombe_paired, paired_table
from reports.statistics.paired_categories import bhapkar, bowker, stuart_maxwell
from reports.statistics.power import detectable_change, pairs_needed
from reports.statistics.related import cochran_q, friedman, page
from reports.statistics.reliability import alpha_of_covariance, cronbach_alpha, intraclass, mcdonald_omega, one_factor
from reports.statistics.reliable_change import reliable_change
from reports.statistics.resampling import bootstrap
from reports.statistics.signed_ranks import (
    common_language,
    hodges_lehmann,
    likert_change,
    rank_biserial,
    sign_flip,
    sign_test_p,
)
from tests.reports.adapters.registry import NUMBER, Case, Yields, adapter


@adapter("paired_binary", table=list)
def two_by_two(given: Case, _: Any) -> Yields:
    table, conf = given["table"], given.get("conf", 0.95)
    if np.shape(table) != (2, 2):
        return {}
    (a, b), (c, d) = table
    n = a + b + c + d
    test, score, adjusted = mcnemar(table), newcombe_paired(table, conf), bonett_price(b, c, n, conf)
    chi = {"chi2": test.chi2, "p_chi2": test.p_chi2, "chi2_cc": test.chi2_corrected, "p_chi2_cc": test.p_chi2_corrected}
    shares = {"p_pre": (a + b) / n, "p_post": (a + c) / n, "diff_post_minus_pre": adjusted.value}
    bounds = {"newcombe10": [score.low, score.high], "bonett_price": [adjusted.low, adjusted.high]}
    return {"b": test.lost, "c": test.gained, "p_exact": test.p_exact, "p_midp": test.p_midp} | chi | shares | bounds


@adapter("paired_binary", pre=list, post=list)
def binary_answers(given: Case, expected: Any) -> Yields:
    return two_by_two({"table": paired_table(given["pre"], given["post"])}, expected)


@adapter("paired_categorical", table=list)
def square_table(given: Case, _: Any) -> Yields:
    margins, adjusted, symmetry = (test(given["table"]) for test in (stuart_maxwell, bhapkar, bowker))
    names: Yields = {"stuart_maxwell": margins.chi2, "df": margins.df, "p_sm": margins.p}
    names |= {"bhapkar": adjusted.chi2, "p_bhapkar": adjusted.p}
    return names | {"bowker": symmetry.chi2, "df_bowker": symmetry.df, "p_bowker": symmetry.p}


def _of_differences(differences: Any) -> Yields:
    tests = {zeros: sign_flip(differences, zeros) for zeros in ("wilcox", "pratt", "zsplit")}
    details = {
        zeros: {"statistic": t.statistic, "w_plus": t.w_plus, "w_minus": t.w_minus, "p": t.p_normal}
        for zeros, t in tests.items()
    }
    exact = {zeros: tests[zeros].p_exact for zeros in ("wilcox", "pratt")}
    midp = {zeros: tests[zeros].p_midp for zeros in ("wilcox", "pratt")}
    effects = {zeros: rank_biserial(differences, zeros).value for zeros in ("wilcox", "pratt")}
    shift = hodges_lehmann(differences)
    changes = np.sign(known(differences))
    return {
        **details,
        "exact_signflip": exact,
        "midp_signflip": midp,
        "p_pratt": exact["pratt"],
        "p_wilcox": exact["wilcox"],
        "p_signflip_pratt": exact["pratt"],
        "p_signflip_wilcox": exact["wilcox"],
        "p_signflip_pratt_midp": midp["pratt"],
        "p_midp": midp["pratt"],
        "statistic": tests["wilcox"].statistic,
        "p_asymptotic": tests["wilcox"].p_normal,
        "p_asymptotic_continuity": tests["wilcox"].p_normal_corrected,
        "rank_biserial": effects["wilcox"],
        "rank_biserial_wilcox": effects["wilcox"],
        "rank_biserial_pratt": effects["pratt"],
        "p_sign_test": sign_test_p(differences),
        "hl": shift.value,
        "hl_ci": [shift.low, shift.high],
        "hl_achieved_conf": shift.achieved,
        "improved": int((changes > 0).sum()),
        "unchanged": int((changes == 0).sum()),
        "worsened": int((changes < 0).sum()),
    }


@adapter("paired_ordinal", differences=list)
def differences(given: Case, _: Any) -> Yields:
    return _of_differences(given["differences"])


@adapter("paired_ordinal", x=list, y=list)
def two_columns(given: Case, _: Any) -> Yields:
    first, second = pairs(given["x"], given["y"])
    return {"cles": common_language(first, second)} | _of_differences(first - second)


@adapter("paired_ordinal", pre=list, post=list)
def likert(given: Case, _: Any) -> Yields:
    found = likert_change(given["pre"], given["post"])
    first, second = pairs(given["pre"], given["post"])
    student = mean_change(first, second)
    table = paired_table((first >= 4).astype(float), (second >= 4).astype(float))
    top = mcnemar(table)
    counts = {
        "n_pre": found.n_before,
        "n_post": found.n_after,
        "n_pairs": found.pairs,
        "net_improvement": found.net.value,
    }
    boxes = {"top2_pre": sum(table[0]), "top2_post": table[0][0] + table[1][0], "top2_gain": top.gained}
    boxes |= {"top2_loss": top.lost, "mcnemar_exact": top.p_exact, "mcnemar_midp": top.p_midp}
    mean = {"mean_change": student.value, "t_ci": [student.low, student.high], "p_t": student.p}
    interval = {"net_ci_bonett_price": [found.net.low, found.net.high]}
    return _of_differences(second - first) | counts | boxes | mean | interval


@adapter("independent", x=list, y=list)
def two_groups(given: Case, _: Any) -> Yields:
    x, y, conf = given["x"], given["y"], given.get("conf", 0.95)
    test, shift, delta = mann_whitney(x, y), hodges_lehmann_shift(x, y, conf), cliffs_delta(x, y, conf)
    normal, mean = cliffs_delta(x, y, conf, student=False), welch(x, y, conf)
    deltas = {"cliffs_delta": delta.value, "delta": delta.value, "cliff_delta": delta.value, "var": delta.variance}
    deltas |= {
        "ci_student": [delta.low, delta.high],
        "ci_normal": [normal.low, normal.high],
        "variance": delta.variance,
    }
    shifts = {"hl_shift": shift.value, "hl_ci": [shift.low, shift.high], "hl_achieved_conf": shift.achieved}
    names = {"U": test.u, "p_two_sided": test.p, "p_exact": test.p, "p_greater": test.p_greater, "p_less": test.p_less}
    names |= {"t_welch": mean.t, "df_welch": mean.df, "p_welch": mean.p, "cles": common_language(x, y)}
    return deltas | shifts | names


@adapter("independent", groups=(list, dict))
def several_groups(given: Case, _: Any) -> Yields:
    groups = list(given["groups"].values()) if isinstance(given["groups"], dict) else given["groups"]
    found = kruskal_wallis(groups)
    return {"H": found.h, "df": found.df, "p": found.p, "epsilon_squared": found.epsilon_squared}


@adapter("independent", table=list)
def exact_table(given: Case, _: Any) -> Yields:
    if np.shape(given["table"]) != (2, 2):
        return {}
    found = fisher(given["table"], given.get("conf", 0.95))
    tails = {"p_greater": found.p_greater, "p_less": found.p_less}
    names = {"p": found.p, "p_two_sided": found.p, "p_exact": found.p, "p_fisher": found.p, "p_midp": found.p_midp}
    ratio = {"odds_ratio": found.odds_ratio, "odds_ratio_conditional": found.odds_ratio}
    return tails | names | ratio | {"ci": [found.low, found.high], "or_ci": [found.low, found.high]}


def _rows(given: Case) -> list[list[float]]:
    columns = given.get("columns")
    return given["rows"] if columns is None else [list(row) for row in zip(*columns.values(), strict=True)]


def _waves(given: Case, expected: Any) -> Yields:
    rows, found = _rows(given), friedman(_rows(given))
    trend = page(rows)
    result: Yields = {"Q": found.statistic, "df": found.df, "p": found.p, "W": found.effect}
    result |= {"L": trend.statistic, "p_exact": trend.p}
    if np.isin(rows, (0, 1)).all():
        cochran = cochran_q(rows)
        result |= {"Q": cochran.statistic, "df": cochran.df, "p": cochran.p}
    return result


adapter("related", columns=dict)(_waves)
adapter("related", rows=list)(_waves)


@adapter("effect_size", x=list, y=list)
def group_effect(given: Case, _: Any) -> Yields:
    found = cohens_d(given["x"], given["y"], given.get("conf", 0.95))
    names = {"d": found.d, "g": found.g, "g_exact": found.g, "g_approx": found.g_approx, "glass_delta": found.glass}
    return names | {"ci_noncentral_t": [found.low, found.high], "t": found.t, "p": found.p}


@adapter("effect_size", d=NUMBER, n1=int, n2=int)
def published_effect(given: Case, _: Any) -> Yields:
    scale, df = (given["n1"] * given["n2"] / (given["n1"] + given["n2"])) ** 0.5, given["n1"] + given["n2"] - 2
    low, high = noncentral_t_interval(given["d"] * scale, df, given.get("conf", 0.95))
    return {"ci_noncentral_t": [low / scale, high / scale], "g_exact": given["d"] * hedges_factor(df)}


@adapter("effect_size", pre=list, post=list)
def paired_scores(given: Case, _: Any) -> Yields:
    conf = given.get("conf", 0.95)
    mean, found = mean_change(given["pre"], given["post"], conf), paired_effect(given["pre"], given["post"], conf)
    names = {"t": mean.t, "p": mean.p, "mean_change": mean.value, "ci": [mean.low, mean.high], "d_z": found.d_z}
    names |= {"d_av": found.d_av, "g_av": found.g_av, "g_av_ci": [found.low, found.high]}
    return names | {"d_z_ci": [found.d_z_low, found.d_z_high], "df": mean.df}


@adapter("reliability", items=(list, dict))
def item_scores(given: Case, expected: Any) -> Yields:
    items = list(zip(*given["items"].values(), strict=True)) if isinstance(given["items"], dict) else given["items"]
    conf = given.get("conf", 0.95)
    found, everyone = cronbach_alpha(items, conf), cronbach_alpha(items, conf, "pairwise")
    result: Yields = {"alpha": found.value, "ci": [found.low, found.high], "n": found.n}
    result |= {"alpha_listwise": found.value, "alpha_pairwise": everyone.value, "n_listwise": found.n}
    result |= {"ci_listwise": [found.low, found.high], "ci_pairwise": [everyone.low, everyone.high]}
    if any("omega" in key for key in expected):
        result |= {"omega_total": mcdonald_omega(items).value}
    return result


@adapter("reliability", correlation=list)
def known_correlation(given: Case, _: Any) -> Yields:
    found = one_factor(given["correlation"])
    alpha = alpha_of_covariance(given["correlation"])
    return {"omega_total": found.omega, "alpha": alpha, "loadings": list(found.loadings)}


@adapter("reliability", ratings=list)
def raters(given: Case, _: Any) -> Yields:
    result: Yields = {}
    for form in ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"):
        found = intraclass(given["ratings"], form)
        result |= {form: found.value, f"{form}_ci": [found.low, found.high], f"ci_{form}": [found.low, found.high]}
    return result


@adapter("reliable_change", pre=NUMBER, post=NUMBER, sd_pre=NUMBER, reliability=NUMBER)
def individual(given: Case, _: Any) -> Yields:
    found = reliable_change(given["pre"], given["post"], given["sd_pre"], given["reliability"])
    names = {"sem": found.sem, "s_diff": found.se_difference, "rci": found.index, "mdc95": found.detectable}
    return names | {"reliable": found.reliable}


@adapter("agreement", counts=list)
def coders(given: Case, _: Any) -> Yields:
    return {"fleiss_kappa": fleiss_kappa(given["counts"]).value}


def _reliability_data(given: Case, _: Any) -> Yields:
    data = next(given[key] for key in ("data", "ratings", "reliability_data", "coders") if key in given)
    rows = list(data.values()) if isinstance(data, dict) else data
    found = {level: krippendorff_alpha(rows, level).value for level in ("nominal", "ordinal", "interval", "ratio")}
    return {**found, **{f"alpha_{level}": value for level, value in found.items()}}


for name in ("data", "ratings", "reliability_data", "coders"):
    adapter("agreement", **{name: (list, dict)})(_reliability_data)


@adapter("agreement", x=list, y=list)
def two_coders(given: Case, _: Any) -> Yields:
    return {"cohen_kappa": cohen_kappa(given["x"], given["y"]).value}


@adapter("multiplicity", p=list)
def families(given: Case, _: Any) -> Yields:
    adjusted = {"bonferroni": bonferroni(given["p"]), "holm": holm(given["p"]), "bh": benjamini_hochberg(given["p"])}
    counts = {name: rejected(values, given.get("alpha", 0.05)) for name, values in adjusted.items()}
    return {**adjusted, "n_reject": counts}


@adapter("power", n=list)
def detectable(given: Case, _: Any) -> Yields:
    if "pair" not in given.get("design", "paired"):
        return {}
    return {str(n): detectable_change(n, given.get("alpha", 0.05), given.get("power", 0.8)) for n in given["n"]}


@adapter("power", d=NUMBER)
def needed(given: Case, _: Any) -> Yields:
    return {"n": pairs_needed(given["d"], given.get("alpha", 0.05), given.get("power", 0.8))}


@adapter("bootstrap", x=list, statistic=str)
def resampled(given: Case, expected: Any) -> Yields:
    statistic = {"mean": np.mean, "median": np.median}.get(given["statistic"])
    if statistic is None:
        return {}
    found = {
        method: bootstrap(given["x"], lambda v: float(statistic(v)), method, given.get("conf", 0.95), 20_000)
        for method in ("basic", "percentile", "BCa")
        if method in expected
    }
    return {method: [interval.low, interval.high] for method, interval in found.items()}
