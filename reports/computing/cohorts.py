"""The same people asked several times: who stayed, what changed for them, what the losses do to it.

Categories are cohort/public/moment or cohort/public/measure; a measure is a score or an item.
"""

from collections.abc import Sequence

import pandas as pd

from impact.periods import Period
from reports.computing.estimating import estimate, nothing, share
from reports.computing.panels import Measured, Panel, panels
from reports.data import Data
from reports.records import Estimate
from reports.statistics.attrition import selective_loss as standardised_loss
from reports.statistics.attrition import worst_best_bounds
from reports.statistics.choice import Choice, Design, Measure, Method, choose
from reports.statistics.effect_sizes import MeanDifference, mean_change, paired_effect
from reports.statistics.multiplicity import benjamini_hochberg, holm
from reports.statistics.power import detectable_change, verdict
from reports.statistics.proportions import wilson
from reports.statistics.reasons import Reason
from reports.statistics.related import friedman
from reports.statistics.signed_ranks import likert_change, pairwise_sign_flips, sign_flip

DIRECTIONS, G_AV = "directions", "g_av"
LOWEST, HIGHEST = 1.0, 5.0
ALPHA = 0.05
Facts = dict[str, float | str]


def retention(data: Data, period: Period) -> list[Estimate]:
    """People who answered at each moment, of those of the entry."""
    code = "cohort.retention"
    found = [
        _share(code, panel, f"/{moment}", f"moment {moment}", len(table))
        for panel in panels(data, period)
        for moment, table in panel.answers.items()
    ]
    return found or [nothing(code, Reason.EMPTY)]


def complete_pairs(data: Data, period: Period) -> list[Estimate]:
    """People who answered the first and the last time; `effect` holds the other denominators."""
    code = "cohort.complete_pairs"
    found = []
    for panel in _compared(data, period):
        row = share(
            code, len(panel.complete), panel.entered, category=panel.category, label=panel.title,
            missing=panel.entered - len(panel.complete), effect=_denominators(panel),
        )  # fmt: skip
        found.append(row)
    return found or [nothing(code, Reason.EMPTY)]


def net_change(data: Data, period: Period) -> list[Estimate]:
    """Net improvement of each item, with how many went down, stayed, went up."""
    code = "cohort.net_change"
    found = [
        _net(code, panel, each, adjusted)
        for panel in _compared(data, period)
        for each, adjusted in _with_adjusted(data, period, panel)
        if not each.is_score
    ]
    return found or [nothing(code, Reason.EMPTY)]


def score_change(data: Data, period: Period) -> list[Estimate]:
    """Mean change of each score, its effect size, and a verdict for the outcome announced beforehand."""
    code = "cohort.score_change"
    found = [
        _score(code, panel, each, adjusted)
        for panel in _compared(data, period)
        for each, adjusted in _with_adjusted(data, period, panel)
        if each.is_score
    ]
    return found or [nothing(code, Reason.EMPTY)]


def moments(data: Data, period: Period) -> list[Estimate]:
    """Kendall's W of each score over three moments or more, with the pairs of moments that differ (Holm)."""
    code = "cohort.moments"
    found = [
        _moments(code, panel, scale.code, scale.label, [panel.score(scale, moment) for moment in panel.moments])
        for panel in panels(data, period)
        if len(panel.moments) > 2
        for scale in panel.scales
    ]
    return found or [nothing(code, Reason.TOO_FEW)]


def selective_loss(data: Data, period: Period) -> list[Estimate]:
    """Score at entry of those who stayed less that of those who were lost, in standard deviations."""
    code = "cohort.selective_loss"
    found = []
    for panel in _compared(data, period):
        for each in panel.measured:
            if each.is_score:
                stayed = each.before.index.isin(panel.complete)
                loss = standardised_loss(each.before[stayed], each.before[~stayed])
                keys = {**_keys(panel, each), "n": loss.n_followed, "missing": loss.n_lost}
                effect: Facts = {"name": "smd", "level": loss.level}
                found.append(
                    nothing(code, loss.reason, **keys)
                    if loss.smd is None
                    else estimate(code, loss.smd, effect=effect, **keys)
                )
    return found or [nothing(code, Reason.EMPTY)]


def score_bounds(data: Data, period: Period) -> list[Estimate]:
    """Last score of those who answered, with its bounds if everyone lost were lowest, then highest."""
    code = "cohort.score_bounds"
    found = []
    for panel in _compared(data, period):
        for each in panel.measured:
            answered = each.after.dropna()
            if each.is_score and 0 < len(answered) <= panel.entered:
                total = float(answered.sum())
                low, high = worst_best_bounds(total, len(answered), panel.entered, LOWEST, HIGHEST) or (None, None)
                keys = {**_keys(panel, each), "n": len(answered), "missing": panel.entered - len(answered)}
                found.append(
                    estimate(code, total / len(answered), low=low, high=high, method="nonresponse_bounds", **keys)
                )
    return found or [nothing(code, Reason.EMPTY)]


def method_of(panel: Panel, each: Measured) -> Choice:
    """The method for one measure of one public, and why."""
    lost = 1 - len(panel.complete) / panel.entered if panel.entered else 0.0
    measure = Measure.SCORE if each.is_score else Measure.LEVEL
    return choose(Design(measure, len(each.pairs), lost=lost))


def _compared(data: Data, period: Period) -> list[Panel]:
    return [panel for panel in panels(data, period) if len(panel.moments) > 1]


def _with_adjusted(data: Data, period: Period, panel: Panel) -> list[tuple[Measured, float | None]]:
    """Each measure with its p value, corrected with the others unless it is the outcome; None without a test.

    Items and scores are one family, read by two indicators: it is made once.
    """
    return data.once(("adjusted", period, panel.category), lambda: _adjusted(panel))


def _adjusted(panel: Panel) -> list[tuple[Measured, float | None]]:
    p_values = {each.code: _p(panel, each) for each in panel.measured}
    family = [code for code, p in p_values.items() if p is not None and not panel.is_outcome(code)]
    corrected = dict(zip(family, benjamini_hochberg([p_values[code] or 0.0 for code in family]), strict=True))
    return [(each, corrected.get(each.code, p_values[each.code])) for each in panel.measured]


def _p(panel: Panel, each: Measured) -> float | None:
    if method_of(panel, each).method is Method.COUNTS:
        return None
    pairs = each.pairs
    return mean_change(pairs["before"], pairs["after"]).p if each.is_score else sign_flip(_steps(pairs)).p


def _net(code: str, panel: Panel, each: Measured, adjusted: float | None) -> Estimate:
    pairs = each.pairs
    change = likert_change(pairs["before"], pairs["after"])
    keys = {**_keys(panel, each), "n": change.pairs, "missing": panel.entered - change.pairs}
    effect: Facts = {"name": DIRECTIONS, "down": change.down, "same": change.unchanged, "up": change.up}
    if method_of(panel, each).method is Method.COUNTS:
        return nothing(code, Reason.TOO_FEW, effect=effect if change.pairs else None, **keys)
    if change.effect.value is not None:
        effect["rank_biserial"] = change.effect.value
    if panel.is_outcome(each.code):
        effect |= _verdict(panel, mean_change(pairs["before"], pairs["after"]))
    value, low, high = (
        None if bound is None else 100 * bound for bound in (change.net.value, change.net.low, change.net.high)
    )
    test = _test("sign_flip", change.test.p, adjusted)
    denominator = float(change.pairs)
    return estimate(
        code,
        value,
        low=low,
        high=high,
        method="bonett_price",
        denominator=denominator,
        effect=effect,
        test=test,
        **keys,
    )


def _score(code: str, panel: Panel, each: Measured, adjusted: float | None) -> Estimate:
    pairs = each.pairs
    keys = {**_keys(panel, each), "n": len(pairs), "missing": panel.entered - len(pairs)}
    if method_of(panel, each).method is Method.COUNTS:
        return nothing(code, Reason.TOO_FEW, **keys)
    change, size = mean_change(pairs["before"], pairs["after"]), paired_effect(pairs["before"], pairs["after"])
    effect: Facts = {"name": G_AV, "before": float(pairs["before"].mean()), "after": float(pairs["after"].mean())}
    if size.g_av is not None and size.low is not None and size.high is not None:
        effect |= {"g": size.g_av, "g_low": size.low, "g_high": size.high}
    seen = detectable_change(len(pairs))
    spread = float((pairs["after"] - pairs["before"]).std(ddof=1))
    if seen is not None:
        effect["detectable"] = seen * spread
    if panel.is_outcome(each.code):
        effect |= _verdict(panel, change)
    test = _test("paired_student", change.p, adjusted)
    checked = sign_flip(_steps(pairs)).p
    if test is not None and change.p is not None and checked is not None:
        test |= {"p_sign_flip": checked, "fragile": str((change.p < ALPHA) != (checked < ALPHA)).lower()}
    return estimate(
        code, change.value, low=change.low, high=change.high, method="student", denominator=float(len(pairs)),
        reason=change.reason, effect=effect, test=test, **keys,
    )  # fmt: skip


def _verdict(panel: Panel, change: MeanDifference) -> Facts:
    facts: Facts = {"primary": "true"}
    if panel.smallest is not None:
        facts["smallest"] = panel.smallest
        if change.low is not None and change.high is not None:
            facts["verdict"] = verdict(change.low, change.high, panel.smallest)
    return facts


def _moments(code: str, panel: Panel, scale: str, label: str, scores: Sequence[pd.Series]) -> Estimate:
    whole = pd.concat(scores, axis=1).dropna()
    keys = {"category": f"{panel.category}/{scale}", "label": f"{panel.title} : {label}", "n": len(whole)}
    keys["missing"] = panel.entered - len(whole)
    chosen = choose(Design(Measure.SCORE, len(whole), waves=len(scores)))
    result = friedman(whole.to_numpy(dtype=float)) if chosen.method is Method.FRIEDMAN else None
    if result is None or result.effect is None:
        return nothing(code, result.reason if result else Reason.TOO_FEW, **keys)
    effect: Facts = {"name": "kendall_w"}
    tests = pairwise_sign_flips([whole.iloc[:, place].to_numpy(dtype=float) for place in range(len(scores))])
    steps = {pair: test.p for pair, test in tests.items() if test.p is not None}
    for (earlier, later), p in zip(steps, holm([p for p in steps.values() if p is not None]), strict=True):
        effect[f"p_{panel.moments[earlier]}_{panel.moments[later]}"] = p
    for moment, mean in zip(panel.moments, whole.mean(), strict=True):
        effect[f"mean_{moment}"] = float(mean)
    test: Facts = {"name": "friedman", "p": result.p if result.p is not None else 1.0}
    return estimate(code, result.effect, effect=effect, test=test, **keys)


def _denominators(panel: Panel) -> Facts:
    """Concerned, asked, answered the last time, complete pairs: always told apart."""
    asked = panel.invited[panel.moments[-1]]
    facts: Facts = {"name": "denominators", "concerned": panel.people or panel.entered}
    if asked is not None:
        facts["asked"] = asked
    return facts | {
        "answered_first": len(panel.first),
        "answered_last": len(panel.last),
        "pairs": len(panel.complete),
        "ambiguous": panel.ambiguous,
    }


def _share(code: str, panel: Panel, end: str, words: str, answered: int) -> Estimate:
    low, high = wilson(answered, panel.entered) or (None, None)
    return share(
        code, answered, panel.entered, low=low, high=high, method="wilson", category=panel.category + end,
        label=f"{panel.title}, {words}", missing=panel.entered - answered,
    )  # fmt: skip


def _keys(panel: Panel, each: Measured) -> dict[str, str]:
    return {"category": f"{panel.category}/{each.code}", "label": f"{panel.title} : {each.label}"}


def _test(name: str, p: float | None, adjusted: float | None) -> Facts | None:
    if p is None:
        return None
    return {"name": name, "p": p} if adjusted is None else {"name": name, "p": p, "p_adjusted": adjusted}


def _steps(pairs: pd.DataFrame) -> pd.Series:
    steps: pd.Series = (pairs["after"] - pairs["before"]).astype("float64")
    return steps
