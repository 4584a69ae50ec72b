"""Acts per unit of exposure, and response rates."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from reports.statistics.arrays import Answers, known, measured
from reports.statistics.proportions import Interval, clopper_pearson, normal_quantile
from reports.statistics.reasons import Reason

# Variance over mean between sites above which a Poisson interval is too narrow.
OVERDISPERSED = 1.5


@dataclass(frozen=True)
class Rate:
    """`value` in acts per unit of exposure, exact interval; `reason` when there is no exposure."""

    value: float | None
    low: float | None
    high: float | None
    reason: str = ""


def garwood(count: int, exposure: float, conf: float = 0.95) -> Rate:
    """Poisson rate with the exact interval of Garwood (1936). ValueError for a negative count or exposure."""
    measured([count, exposure])
    normal_quantile(conf)
    if exposure == 0:
        return Rate(None, None, None, Reason.NO_EXPOSURE)
    tail = (1 - conf) / 2
    low = 0.0 if count == 0 else float(stats.chi2.ppf(tail, 2 * count)) / 2
    high = float(stats.chi2.ppf(1 - tail, 2 * (count + 1))) / 2
    return Rate(count / exposure, low / exposure, high / exposure)


def site_rate(counts: Sequence[int], exposures: Sequence[float], conf: float = 0.95) -> tuple[Rate, float | None]:
    """Acts of several sites over their exposure, and the dispersion between sites (variance over mean, exposure allowed for).

    Garwood's interval as long as the dispersion is at most 1.5; beyond, Student's on the sites as clusters, its variance
    being that of the ratio: k/(k−1) Σ(c − r·x)² / X² (Cochran 1977, §2.11 without finite correction). With equal
    exposures that is Student's interval of the sites' mean. ValueError for a negative number.
    """
    total, exposure = int(measured(counts).sum()), float(measured(exposures).sum())
    rate = garwood(total, exposure, conf)
    dispersion = _dispersion(counts, exposures)
    if rate.value is None or dispersion is None or dispersion <= OVERDISPERSED:
        return rate, dispersion
    residuals = np.asarray(counts, dtype=float) - rate.value * np.asarray(exposures, dtype=float)
    sites = len(residuals)
    error = float(np.sqrt(sites / (sites - 1) * np.square(residuals).sum())) / exposure
    half = float(stats.t.ppf(0.5 + conf / 2, sites - 1)) * error
    return Rate(rate.value, max(0.0, rate.value - half), rate.value + half), dispersion


def _dispersion(counts: Sequence[int], exposures: Sequence[float]) -> float | None:
    """Pearson's: Σ(c − e)²/e / (k−1), e being what each site's exposure would give at the common rate."""
    seen = [(count, exposed) for count, exposed in zip(counts, exposures, strict=True) if exposed > 0]
    total = sum(count for count, _ in seen)
    if len(seen) < 2 or not total:
        return None
    rate = total / sum(exposed for _, exposed in seen)
    return sum((count - rate * exposed) ** 2 / (rate * exposed) for count, exposed in seen) / (len(seen) - 1)


@dataclass(frozen=True)
class RateRatio:
    """Rate 1 over rate 2, its exact conditional interval (`high` None when unbounded) and two-sided p values."""

    ratio: float | None
    low: float | None
    high: float | None
    p_exact: float | None
    p_midp: float | None
    reason: str = ""


def rate_ratio(count1: int, exposure1: float, count2: int, exposure2: float, conf: float = 0.95) -> RateRatio:
    """Two Poisson rates compared given their total: count1 is binomial with share exposure1/(exposure1 + exposure2).

    Source: Przyborowski & Wilenski 1940; interval from Clopper-Pearson limits, as R's poisson.test.
    """
    measured([count1, count2, exposure1, exposure2])
    if exposure1 == 0 or exposure2 == 0:
        return RateRatio(None, None, None, None, None, Reason.NO_EXPOSURE)
    total = count1 + count2
    limits = clopper_pearson(count1, total, conf)
    if limits is None:
        return RateRatio(None, None, None, None, None, Reason.NO_EVENT)
    share = exposure1 / (exposure1 + exposure2)
    scale = exposure2 / exposure1
    exact = float(stats.binomtest(count1, total, share).pvalue)
    return RateRatio(
        ratio=count1 / count2 * scale if count2 else None,
        low=limits[0] / (1 - limits[0]) * scale if limits[0] < 1 else None,
        high=limits[1] / (1 - limits[1]) * scale if limits[1] < 1 else None,
        p_exact=exact,
        p_midp=min(1.0, exact - float(stats.binom.pmf(count1, total, share)) / 2),
    )


def dispersion_ratio(counts: Sequence[int]) -> float | None:
    """Variance over mean of the counts of several sites; above 1.5 a Poisson interval is too narrow. None if undefined."""
    values = measured(counts)
    if len(values) < 2 or values.mean() == 0:
        return None
    return float(values.var(ddof=1) / values.mean())


def mean_interval(values: Answers, conf: float = 0.95) -> Interval | None:
    """Student interval of the mean of the known values; None with fewer than two, or without any variation."""
    array = known(values)
    if len(array) < 2 or array.std(ddof=1) < 1e-12:
        return None
    half = float(stats.t.ppf(0.5 + conf / 2, len(array) - 1)) * float(array.std(ddof=1)) / float(np.sqrt(len(array)))
    return float(array.mean()) - half, float(array.mean()) + half


@dataclass(frozen=True)
class ResponseRates:
    """AAPOR rates in 0..1; None when the denominator is 0."""

    rr1: float | None
    rr2: float | None
    rr3: float | None
    rr4: float | None
    rr5: float | None
    rr6: float | None
    coop1: float | None
    coop2: float | None
    ref1: float | None
    ref2: float | None
    con1: float | None
    con2: float | None


def _over(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def aapor(
    complete: int,
    partial: int,
    refused: int,
    not_contacted: int,
    other: int,
    unknown_household: int = 0,
    unknown_other: int = 0,
    eligible_share: float = 1.0,
) -> ResponseRates:
    """Outcome rates of a closed list (AAPOR Standard Definitions 2023); `eligible_share` is e, in 0..1.

    An open link has no list, hence no response rate: do not call this for one.
    """
    measured([complete, partial, refused, not_contacted, other, unknown_household, unknown_other])
    if not 0 <= eligible_share <= 1:
        raise ValueError("the eligible share lies in 0..1")
    answered = complete + partial
    eligible = answered + refused + not_contacted + other
    unknown = unknown_household + unknown_other
    everyone, weighted = eligible + unknown, eligible + eligible_share * unknown
    contacted = answered + refused + other
    return ResponseRates(
        rr1=_over(complete, everyone),
        rr2=_over(answered, everyone),
        rr3=_over(complete, weighted),
        rr4=_over(answered, weighted),
        rr5=_over(complete, eligible),
        rr6=_over(answered, eligible),
        coop1=_over(complete, contacted),
        coop2=_over(answered, contacted),
        ref1=_over(refused, everyone),
        ref2=_over(refused, weighted),
        con1=_over(contacted, everyone),
        con2=_over(contacted, weighted),
    )
