"""Do the items of a scale measure the same thing? Alpha, omega, intraclass correlation."""

from dataclasses import dataclass
from math import log
from typing import Literal

import numpy as np
import pandas as pd
from scipy import optimize, stats

from reports.statistics.arrays import Floats, Table, matrix
from reports.statistics.proportions import Interval
from reports.statistics.reasons import Reason

Missing = Literal["listwise", "pairwise"]


@dataclass(frozen=True)
class Reliability:
    """A coefficient with its interval and the complete people behind it."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    items: int
    reason: str = ""


def alpha_of_covariance(covariance: Table) -> float | None:
    """Cronbach's alpha of a covariance or correlation matrix: k/(k-1)(1 - trace/sum); None when the total is constant."""
    c = matrix(covariance)
    k = len(c)
    if k < 2 or c.shape != (k, k):
        raise ValueError("a square matrix of two items or more is expected")
    total = float(c.sum())
    return k / (k - 1) * (1 - float(np.trace(c)) / total) if total > 1e-12 else None


def feldt_interval(alpha: float, n: int, items: int, conf: float = 0.95) -> Interval:
    """Feldt's F interval of alpha for n people and k items (Feldt 1965)."""
    df1, df2 = n - 1, (n - 1) * (items - 1)
    low = 1 - (1 - alpha) * float(stats.f.ppf(0.5 + conf / 2, df1, df2))
    high = 1 - (1 - alpha) * float(stats.f.ppf(0.5 - conf / 2, df1, df2))
    return low, high


def cronbach_alpha(items: Table, conf: float = 0.95, missing: Missing = "listwise") -> Reliability:
    """Alpha of a table of answers (rows = people, columns = items, None or NaN missing) with its Feldt interval.

    "pairwise" uses every pair of answers, hence everyone for the interval: it differs from "listwise", the default.
    """
    values = matrix(items)
    k = values.shape[1]
    if k < 2:
        return Reliability(None, None, None, len(values), k, Reason.TOO_FEW if values.size else Reason.EMPTY)
    complete = values[~np.isnan(values).any(axis=1)]
    kept = complete if missing == "listwise" else values[~np.isnan(values).all(axis=1)]
    if len(kept) < 2:
        return Reliability(None, None, None, len(kept), k, Reason.TOO_FEW if len(kept) else Reason.EMPTY)
    covariance = pd.DataFrame(kept).cov().to_numpy()
    alpha = None if np.isnan(covariance).any() else alpha_of_covariance(covariance)
    if alpha is None:
        return Reliability(None, None, None, len(kept), k, Reason.CONSTANT)
    low, high = feldt_interval(alpha, len(kept), k, conf)
    return Reliability(alpha, low, high, len(kept), k)


@dataclass(frozen=True)
class OneFactor:
    """Maximum-likelihood one-factor solution of a correlation matrix: loadings, uniquenesses, omega total."""

    omega: float | None
    loadings: tuple[float, ...]
    uniquenesses: tuple[float, ...]
    reason: str = ""


def _eigen(log_psi: Floats, correlation: Floats) -> tuple[Floats, Floats]:
    scale = np.exp(-log_psi / 2)
    values, vectors = np.linalg.eigh(correlation * np.outer(scale, scale))
    return values[::-1], vectors[:, ::-1]


def _discrepancy(log_psi: Floats, correlation: Floats) -> float:
    rest = np.maximum(_eigen(log_psi, correlation)[0][1:], 1e-12)
    return float((rest - np.log(rest) - 1).sum())


def one_factor(correlation: Table) -> OneFactor:
    """One-factor ML on a correlation matrix of three items or more (Jöreskog 1967), omega = (Σλ)²/((Σλ)² + Σψ) (McDonald 1999)."""
    r = matrix(correlation)
    k = len(r)
    if k < 3 or r.shape != (k, k):
        return OneFactor(None, (), (), Reason.TOO_FEW)
    if np.isnan(r).any() or float(np.linalg.eigvalsh(r)[0]) < 1e-10:
        return OneFactor(None, (), (), Reason.SINGULAR)
    start = np.log(np.clip(0.5 / np.diag(np.linalg.inv(r)) + 0.25, 0.05, 0.95))
    bounds = [(log(0.005), log(1.0))] * k
    found = optimize.minimize(
        _discrepancy, start, args=(r,), method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-14, "gtol": 1e-9}
    )
    values, vectors = _eigen(found.x, r)
    psi = np.exp(found.x)
    loadings = np.sqrt(psi) * vectors[:, 0] * np.sqrt(max(float(values[0]) - 1, 0.0))
    loadings = loadings if loadings.sum() >= 0 else -loadings
    common = float(loadings.sum()) ** 2
    return OneFactor(common / (common + float(psi.sum())), tuple(map(float, loadings)), tuple(map(float, psi)))


def mcdonald_omega(items: Table, conf: float = 0.95, resamples: int = 0, seed: int = 7) -> Reliability:
    """Omega total of complete answers (rows = people), standardised items; percentile bootstrap on people when asked.

    An item that everyone answers alike has no correlation: reason "constant".
    """
    values = matrix(items)
    complete = values[~np.isnan(values).any(axis=1)] if values.size else values
    n, k = complete.shape
    if n < 3 or k < 3:
        return Reliability(None, None, None, n, k, Reason.TOO_FEW if n else Reason.EMPTY)
    omega = _omega_of(complete)
    if omega is None:
        constant = (complete.std(axis=0) < 1e-12).any()
        return Reliability(None, None, None, n, k, Reason.CONSTANT if constant else Reason.SINGULAR)
    if not resamples:
        return Reliability(omega, None, None, n, k)
    rng = np.random.default_rng(seed)
    drawn = [_omega_of(complete[rng.integers(0, n, n)]) for _ in range(resamples)]
    kept = [value for value in drawn if value is not None]
    if len(kept) < resamples / 2:
        return Reliability(omega, None, None, n, k, Reason.TOO_FEW)
    low, high = np.quantile(kept, [0.5 - conf / 2, 0.5 + conf / 2])
    return Reliability(omega, float(low), float(high), n, k)


def _omega_of(complete: Floats) -> float | None:
    if (complete.std(axis=0) < 1e-12).any():
        return None
    return one_factor(np.atleast_2d(np.corrcoef(complete, rowvar=False))).omega


@dataclass(frozen=True)
class IntraclassCorrelation:
    """One form of the ICC with its F test and interval."""

    value: float | None
    low: float | None
    high: float | None
    f: float | None
    df1: int
    df2: int
    p: float | None
    reason: str = ""


IccForm = Literal["ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"]


def intraclass(ratings: Table, form: IccForm = "ICC2", conf: float = 0.95) -> IntraclassCorrelation:
    """ICC of complete ratings, rows = people or schools, columns = raters or occasions (Shrout & Fleiss 1979; McGraw & Wong 1996)."""
    values = matrix(ratings)
    values = values[~np.isnan(values).any(axis=1)] if values.size else values
    n, k = values.shape
    if n < 2 or k < 2:
        return IntraclassCorrelation(None, None, None, None, 0, 0, None, Reason.TOO_FEW if n else Reason.EMPTY)
    msb, msw, msj, mse = _mean_squares(values)
    error = msw if form.startswith("ICC1") else mse
    df1, df2 = n - 1, n * (k - 1) if form.startswith("ICC1") else (n - 1) * (k - 1)
    if msb + error < 1e-12:
        return IntraclassCorrelation(None, None, None, None, df1, df2, None, Reason.CONSTANT)
    single = _icc(form[:4], msb, error, msj, n, k)
    if single is None or abs(1 + (k - 1) * single) < 1e-12:
        return IntraclassCorrelation(None, None, None, None, df1, df2, None, Reason.SINGULAR)
    value = single if not form.endswith("k") else _averaged(single, k)
    if error < 1e-12:
        return IntraclassCorrelation(value, None, None, None, df1, df2, None, Reason.CONSTANT)
    f = msb / error
    p = float(stats.f.sf(f, df1, df2))
    bounds = _icc_bounds(form[:4], single, (msb, error, msj), (n, k), conf)
    if bounds is None or (form.endswith("k") and 1 + (k - 1) * bounds[0] < 1e-12):
        return IntraclassCorrelation(value, None, None, f, df1, df2, p, Reason.SINGULAR)
    low, high = bounds
    if form.endswith("k"):
        low, high = _averaged(low, k), _averaged(high, k)
    return IntraclassCorrelation(value, low, high, f, df1, df2, p)


def _mean_squares(values: Floats) -> tuple[float, float, float, float]:
    n, k = values.shape
    between = k * float(((values.mean(axis=1) - values.mean()) ** 2).sum())
    columns = n * float(((values.mean(axis=0) - values.mean()) ** 2).sum())
    within = float(((values - values.mean()) ** 2).sum()) - between
    residual = max(within - columns, 0.0)
    return between / (n - 1), within / (n * (k - 1)), columns / (k - 1), residual / ((n - 1) * (k - 1))


def _icc(form: str, msb: float, error: float, msj: float, n: int, k: int) -> float | None:
    raters = k * (msj - error) / n if form == "ICC2" else 0.0
    spread = msb + (k - 1) * error + raters
    return (msb - error) / spread if abs(spread) > 1e-12 else None


def _averaged(single: float, k: int) -> float:
    """Spearman-Brown: the reliability of the mean of k ratings."""
    return k * single / (1 + (k - 1) * single)


def _icc_bounds(
    form: str, single: float, squares: tuple[float, float, float], size: tuple[int, int], conf: float
) -> Interval | None:
    msb, error, msj = squares
    n, k = size
    top = 0.5 + conf / 2
    if form != "ICC2":
        df2 = n * (k - 1) if form == "ICC1" else (n - 1) * (k - 1)
        f_low = msb / error / float(stats.f.ppf(top, n - 1, df2))
        f_high = msb / error * float(stats.f.ppf(top, df2, n - 1))
        return (f_low - 1) / (f_low + k - 1), (f_high - 1) / (f_high + k - 1)
    fj = msj / error
    shared = k * single * fj + n * (1 + (k - 1) * single) - k * single
    spread = (n - 1) * k**2 * single**2 * fj**2 + (n * (1 + (k - 1) * single) - k * single) ** 2
    v = (k - 1) * (n - 1) * shared**2 / spread if spread > 1e-12 else 0.0
    if v < 1e-12:
        return None
    upper, lower = float(stats.f.ppf(top, n - 1, v)), float(stats.f.ppf(top, v, n - 1))
    rest = k * msj + (k * n - k - n) * error
    if not np.isfinite([upper, lower]).all() or min(upper * rest + n * msb, rest + n * lower * msb) < 1e-12:
        return None
    return n * (msb - upper * error) / (upper * rest + n * msb), n * (lower * msb - error) / (rest + n * lower * msb)
