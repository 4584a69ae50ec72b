"""Adapters: shares, rates, satisfaction, participation, survival, weights."""

import re
from typing import Any

import pandas as pd

from reports.statistics.attrition import rubin, selective_loss, weighted_follow_up
from reports.statistics.independent import cliffs_delta
from reports.statistics.participation import head_count_bounds, mann_kendall, presence_summary
from reports.statistics.proportions import (
    binomial_p,
    clopper_pearson,
    newcombe_difference,
    nonresponse_bounds,
    wilson,
    wilson_finite,
)
from reports.statistics.raking import kish_deff, kish_effective, rake
from reports.statistics.rates import aapor, garwood, rate_ratio
from reports.statistics.satisfaction import net_promoter
from reports.statistics.survival import cumulative_incidence, kaplan_meier, log_rank
from tests.reports.adapters.registry import NUMBER, Case, Yields, adapter


@adapter("proportion", cases=list)
def shares(given: Case, expected: Any) -> Yields:
    conf = given.get("conf", 0.95)
    return {f"{c['x']}/{c['n']}": wilson(c["x"], c["n"], conf) for c in given["cases"] if {"x", "n"} <= set(c)} | {
        key: value
        for c in given["cases"]
        if "x1" in c
        for key, value in difference(c | {"conf": conf}, expected).items()
    }


@adapter("proportion", x=int, n=int)
def one_share(given: Case, _: Any) -> Yields:
    x, n, conf = given["x"], given["n"], given.get("conf", 0.95)
    result: Yields = {"wilson": wilson(x, n, conf), "no_fpc": wilson(x, n, conf), f"{x}/{n}": wilson(x, n, conf)}
    result |= {"clopper_pearson": clopper_pearson(x, n, conf), "p_hat": x / n if n else None}
    if "p0" in given:
        result["p_exact"] = binomial_p(x, n, given["p0"])
    if "N" in given:
        population = given["N"]
        result["fpc"] = wilson_finite(x, n, population, conf)
        result["census"] = wilson_finite(x, population, population, conf)
        result["bounds_nonresponse"] = nonresponse_bounds(x, n, population)
    return result


@adapter("proportion", x1=int, n1=int, x2=int, n2=int)
def difference(given: Case, _: Any) -> Yields:
    x1, n1, x2, n2 = (given[key] for key in ("x1", "n1", "x2", "n2"))
    found = newcombe_difference(x1, n1, x2, n2, given.get("conf", 0.95))
    triple = [found.value, found.low, found.high]
    names = {"diff": found.value, "difference": found.value, "ci": triple[1:], "newcombe": triple[1:]}
    return names | {f"{x1}/{n1} - {x2}/{n2}": triple, "lo": found.low, "hi": found.high}


@adapter("rate", count=int, exposure=NUMBER)
def rate(given: Case, _: Any) -> Yields:
    found = garwood(given["count"], given["exposure"], given.get("conf", 0.95))
    return {"rate": found.value, "lo": found.low, "hi": found.high, "ci": [found.low, found.high]}


def _ratio(c1: int, e1: float, c2: int, e2: float, conf: float) -> Yields:
    found = rate_ratio(c1, e1, c2, e2, conf)
    names = {"ratio": found.ratio, "rate_ratio": found.ratio, "lo": found.low, "hi": found.high}
    names |= {"p": found.p_exact, "p_exact": found.p_exact, "p_midp": found.p_midp, "ci": [found.low, found.high]}
    return names | {"rate1": c1 / e1, "rate2": c2 / e2}


@adapter("rate", count1=int, count2=int, exposure1=NUMBER, exposure2=NUMBER)
def two_rates(given: Case, _: Any) -> Yields:
    values = (given[key] for key in ("count1", "exposure1", "count2", "exposure2"))
    return _ratio(*values, conf=given.get("conf", 0.95))


@adapter("rate", counts=list)
def listed_rates(given: Case, _: Any) -> Yields:
    exposures = given.get("exposures") or given.get("exposure")
    if not isinstance(exposures, list) or len(exposures) != 2 or len(given["counts"]) != 2:
        return {}
    (c1, c2), (e1, e2) = given["counts"], exposures
    return _ratio(c1, e1, c2, e2, given.get("conf", 0.95))


@adapter("response_rate", I=NUMBER, P=NUMBER, R=NUMBER, NC=NUMBER)
def response_rates(given: Case, _: Any) -> Yields:
    unknown = (given.get("UH", 0), given.get("UO", 0), given.get("e", 1.0))
    found = aapor(given["I"], given["P"], given["R"], given["NC"], given.get("O", 0), *unknown)
    return {name.upper(): value for name, value in vars(found).items()}


@adapter("nps", counts_0_to_10=list)
def promoters(given: Case, _: Any) -> Yields:
    found = net_promoter(given["counts_0_to_10"], given.get("conf", 0.95))
    wald = {"wald_lo": found.wald_low, "wald_hi": found.wald_high}
    adjusted = {"adj_lo": found.adjusted_low, "adj_hi": found.adjusted_high}
    return {"nps": found.value, "se": found.se, "n": found.n} | wald | adjusted


@adapter("participation", attendance=list)
def head_counts(given: Case, _: Any) -> Yields:
    counts = given["attendance"]
    k = int(re.findall(r"\d+", given.get("core_rule", "at least 1"))[0])
    found, trend = head_count_bounds(counts, k), mann_kendall(counts)
    return {
        "total_presences": found.presences,
        "mean_per_workshop": found.mean,
        "median": found.median,
        "last_over_first": found.last_over_first,
        "distinct_min": found.distinct_min,
        "distinct_max": found.distinct_max,
        f"present_at_all_{len(counts)}_max": found.all_sessions_max,
        f"present_at_all_{len(counts)}_min": found.all_sessions_min,
        f"core_at_least_{k}_max": found.core_max,
        f"core_at_least_{k}_min": found.core_min,
        f"core_at_least_{k}_min_if_{found.distinct_min}_distinct": found.core_min_if_fewest,
        "kendall_S": trend.s,
        "kendall_tau_b": trend.tau_b,
        "p_exact_permutation": trend.p,
    }


def _presences(given: Case) -> list[list[int]] | None:
    table = given.get("matrix", given.get("presence", given.get("presences")))
    rows = list(table.values()) if isinstance(table, dict) else table
    return rows if isinstance(rows, list) and rows and isinstance(rows[0], list) else None


@adapter("participation")
def presence_matrix(given: Case, _: Any) -> Yields:
    rows = _presences(given)
    if rows is None:
        return {}
    rule = re.findall(r"\d+", str(given.get("core_k", given.get("k", given.get("core_rule", "")))))
    found = presence_summary(pd.DataFrame(rows), int(rule[0]) if rule else None)
    trend = mann_kendall(found.attendance)
    counts = {"distinct": found.people, "distinct_people": found.people, "people": found.people, "core": found.core}
    counts |= {"presences": found.presences, "total_presences": found.presences, "one_time": found.one_time}
    lists = {"attendance": list(found.attendance), "newcomers": list(found.newcomers), "retention": found.retention}
    shares = {"mean_per_person": found.mean_per_person, "core_share_people": found.core_share_people}
    shares |= {"core_share_presences": found.core_share_presences, "one_time_share": found.one_time_share}
    tail = {"first_to_last": found.first_to_last, "kendall_S": trend.s, "p_exact_permutation": trend.p}
    return counts | lists | shares | tail | {"kendall_tau_b": trend.tau_b, "attendance_per_session": found.attendance}


@adapter("survival", time=list, event=list)
def curve(given: Case, expected: Any) -> Yields:
    found = kaplan_meier(given["time"], given["event"], given.get("entry"), given.get("conf", 0.95))
    result: Yields = {"median": found.median, "S": {str(t): found.at(t).survival for t in given.get("at", [])}}
    for key in expected:
        wanted = re.fullmatch(r"(se|ci_loglog|at_risk|S)_at_(\d+)", key)
        if wanted:
            point = found.at(float(wanted[2]))
            parts = {
                "se": point.se,
                "ci_loglog": [point.low, point.high],
                "at_risk": point.at_risk,
                "S": point.survival,
            }
            result[key] = parts[wanted[1]]
    return result


@adapter("survival")
def survival_groups(given: Case, _: Any) -> Yields:
    """Every pair of lists named like "time_a" and "event_a", or a list of {"time", "event"} groups."""
    listed = given.get("groups", [])
    groups = list(listed.values()) if isinstance(listed, dict) else listed
    pairs = [(g["time"], g["event"]) for g in groups if isinstance(g, dict) and {"time", "event"} <= set(g)]
    twins = [(key, key.replace("time", "event")) for key in given if "time" in key]
    pairs += [(given[one], given[other]) for one, other in twins if other in given]
    if len(pairs) < 2:
        return {}
    test = log_rank(pairs)
    medians = [kaplan_meier(time, event).median for time, event in pairs]
    names = {"logrank_chi2": test.chi2, "logrank_p": test.p, "chi2": test.chi2, "p": test.p, "df": test.df}
    return names | {"medians": medians}


@adapter("survival", months=list, exit_reason=list)
def exits(given: Case, _: Any) -> Yields:
    months, reasons = given["months"], given["exit_reason"]
    horizon = given.get("horizon", max(months, default=0))
    shares, remaining = cumulative_incidence(months, reasons).at(horizon)
    result: Yields = {"cif": {str(cause): share for cause, share in shares.items()}, "still_in_programme": remaining}
    for cause in shares:
        alone = kaplan_meier(months, [reason == cause for reason in reasons]).at(horizon).survival
        result[f"naive_1_minus_KM_reason{cause}"] = 1 - alone
    return result


@adapter("raking", source=list, target_row_totals=list, target_col_totals=list)
def raking(given: Case, _: Any) -> Yields:
    table = rake(given["source"], given["target_row_totals"], given["target_col_totals"]).table
    if table is None:
        return {"adjusted": None}
    ratios = [
        a / s for row, old in zip(table, given["source"], strict=True) for a, s in zip(row, old, strict=True) if s
    ]
    people = [
        r
        for r, s in zip(ratios, (s for old in given["source"] for s in old if s), strict=True)
        for _ in range(round(s))
    ]
    weights = {"deff": kish_deff(people), "deff_kish": kish_deff(people), "n_eff": kish_effective(people)}
    return weights | {"adjusted": table.tolist(), "n_eff_kish": kish_effective(people)}


@adapter("raking", weights=list)
def kish(given: Case, _: Any) -> Yields:
    effective, deff = kish_effective(given["weights"]), kish_deff(given["weights"])
    return {"n_eff": effective, "n_eff_kish": effective, "deff": deff, "deff_kish": deff}


@adapter("attrition", strata=dict)
def attrition(given: Case, _: Any) -> Yields:
    strata = given["strata"]
    low, high = given.get("scale", (1, 5))
    found = weighted_follow_up(strata["n0"], strata["n1"], strata["mean_post"], low, high)
    return {
        "retention": found.retention,
        "retention_total": found.retention_total,
        "mean_complete_cases": found.complete_cases,
        "mean_ipw": found.weighted,
        "weights": found.weights,
        "n_eff_kish": found.n_effective,
        "p_retention_differs": found.p_differs,
        "worst_best_bounds": found.bounds,
    }


@adapter("attrition", followed=list, lost=list)
def lost(given: Case, _: Any) -> Yields:
    smd, delta = selective_loss(given["followed"], given["lost"]).smd, cliffs_delta(given["followed"], given["lost"])
    return {"smd": smd, "SMD": smd, "cliffs_delta": delta.value, "cliff_delta": delta.value}


@adapter("attrition", estimates=list, variances=list)
def pooled(given: Case, _: Any) -> Yields:
    found = rubin(given["estimates"], given["variances"], given.get("conf", 0.95))
    names = {"estimate": found.value, "pooled": found.value, "within": found.within, "between": found.between}
    return names | {"total": found.total, "se": found.se, "df": found.df, "ci": [found.low, found.high]}
