"""Workshop attendance: bounds when only head counts exist, full description when there are name lists."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import median

import numpy as np
import pandas as pd
from scipy import stats

from reports.statistics.arrays import measured
from reports.statistics.reasons import Reason

EXACT_TREND_LIMIT = 100


@dataclass(frozen=True)
class HeadCountBounds:
    """What head counts alone allow to say: presences are exact, people and core group are only bounded.

    `core_min_if_fewest` is the smallest core if the number of distinct people is `distinct_min`.
    `last_over_first` is a ratio of head counts, not a retention rate.
    """

    sessions: int
    presences: int
    mean: float | None
    median: float | None
    last_over_first: float | None
    distinct_min: int
    distinct_max: int
    core_k: int
    core_min: int
    core_min_if_fewest: int
    core_max: int
    all_sessions_min: int
    all_sessions_max: int
    reason: str = ""


def largest_core(attendance: Sequence[int], core_k: int) -> int:
    """Most people who can each have come `core_k` times: K such that the sum of min(n_j, K) is at least core_k * K.

    One person can hold one seat per session, and the condition is concave in K (Gale-Ryser), so a scan is exact.
    """
    highest = sum(attendance) // core_k
    return max(k for k in range(highest + 1) if sum(min(n, k) for n in attendance) >= core_k * k)


def smallest_core(attendance: Sequence[int], core_k: int, people: int) -> int:
    """Fewest of `people` distinct participants who must have come `core_k` times (Gale-Ryser over the fullest sessions).

    ValueError when `people` cannot be the number of distinct participants.
    """
    if not max(attendance) <= people <= sum(attendance):
        raise ValueError("impossible number of distinct people")
    if core_k <= 1:
        return people
    fullest = sorted(attendance, reverse=True)
    needs = [
        ceil((sum(fullest[:r]) - (core_k - 1) * people) / (r - core_k + 1)) for r in range(core_k, len(fullest) + 1)
    ]
    return max(0, *needs)


def head_count_bounds(attendance: Sequence[int], core_k: int) -> HeadCountBounds:
    """Bounds from the head count of each session, in session order; `core_k` = presences that make the core group.

    ValueError for a negative count or a `core_k` outside 1..number of sessions.
    """
    if not attendance:
        return HeadCountBounds(0, 0, None, None, None, 0, 0, core_k, 0, 0, 0, 0, 0, Reason.EMPTY)
    measured(attendance)
    sessions, presences = len(attendance), sum(attendance)
    if not 1 <= core_k <= sessions:
        raise ValueError("core_k lies between 1 and the number of sessions")
    return HeadCountBounds(
        sessions=sessions,
        presences=presences,
        mean=presences / sessions,
        median=float(median(attendance)),
        last_over_first=attendance[-1] / attendance[0] if sessions > 1 and attendance[0] else None,
        distinct_min=max(attendance),
        distinct_max=presences,
        core_k=core_k,
        core_min=max(attendance) if core_k == 1 else 0,
        core_min_if_fewest=smallest_core(attendance, core_k, max(attendance)),
        core_max=presences if core_k == 1 else largest_core(attendance, core_k),
        all_sessions_min=attendance[0] if sessions == 1 else 0,
        all_sessions_max=min(attendance),
        reason="" if presences else Reason.EMPTY,
    )


@dataclass(frozen=True)
class Trend:
    """Mann-Kendall trend: S, tau-b in -1..1 and the two-sided p of `method` ("exact" or "normal")."""

    s: int
    tau_b: float | None
    p: float | None
    n: int
    method: str = ""
    reason: str = ""


def _inversion_counts(values: Sequence[float]) -> list[int]:
    """Permutations of the tied values by number of inversions: the Gaussian multinomial coefficient."""
    counts = [1]
    size = 0
    for repeated in Counter(values).values():
        for step in range(1, repeated + 1):
            size += 1
            counts = _divide(_multiply(counts, size), step)
    return counts


def _multiply(counts: list[int], length: int) -> list[int]:
    """Times (1 - q^length), the factor of a q-integer; paired with `_divide`, whose result is exact."""
    product = counts + [0] * length
    for index, count in enumerate(counts):
        product[index + length] -= count
    return product


def _divide(counts: list[int], length: int) -> list[int]:
    quotient = list(counts)
    for index in range(length, len(quotient)):
        quotient[index] += quotient[index - length]
    return quotient[: len(quotient) - length]


def _exact_trend_p(values: Sequence[float], s: int) -> float:
    counts = _inversion_counts(values)
    untied = len(counts) - 1
    extreme = sum(count for inversions, count in enumerate(counts) if abs(untied - 2 * inversions) >= abs(s))
    return extreme / sum(counts)


def _normal_trend_p(values: Sequence[float], s: int) -> float:
    n = len(values)
    ties = sum(t * (t - 1) * (2 * t + 5) for t in Counter(values).values())
    deviation = sqrt((n * (n - 1) * (2 * n + 5) - ties) / 18)
    return min(1.0, 2 * float(stats.norm.sf(max(abs(s) - 1, 0) / deviation)))


def mann_kendall(values: Sequence[float]) -> Trend:
    """Monotonic trend over the sessions, exact permutation p (ties included) up to 100 values, normal beyond.

    Source: Mann 1945, Kendall 1975. Fewer than three values or a constant series give a reason and no p.
    """
    array = np.asarray(values, dtype=float)
    if not np.isfinite(array).all():
        raise ValueError("a missing value has no place in a trend")
    n = len(array)
    if n < 3:
        return Trend(0, None, None, n, reason=Reason.EMPTY if n == 0 else Reason.TOO_FEW)
    s = int(np.sign(array[None, :] - array[:, None])[np.triu_indices(n, 1)].sum())
    ties = Counter(float(v) for v in array)
    if len(ties) == 1:
        return Trend(s, None, None, n, reason=Reason.CONSTANT)
    every = n * (n - 1) / 2
    tau_b = s / sqrt(every * (every - sum(t * (t - 1) / 2 for t in ties.values())))
    series = [float(v) for v in array]
    if n <= EXACT_TREND_LIMIT:
        return Trend(s, tau_b, _exact_trend_p(series, s), n, "exact")
    return Trend(s, tau_b, _normal_trend_p(series, s), n, "normal")


@dataclass(frozen=True)
class PresenceSummary:
    """Participation of named people (shares in 0..1; tuples follow the sessions).

    `newcomers[j]` came for the first time at session j; `retention[j]` is the share of session j present at j + 1
    (None after an empty session); `first_to_last` the share of the first session present at the last.
    """

    people: int
    sessions: int
    presences: int
    attendance: tuple[int, ...]
    mean_per_person: float | None
    core_k: int
    core: int
    core_share_people: float | None
    core_share_presences: float | None
    one_time: int
    one_time_share: float | None
    newcomers: tuple[int, ...]
    retention: tuple[float | None, ...]
    first_to_last: float | None
    reason: str = ""


def presence_summary(matrix: pd.DataFrame, core_k: int | None = None) -> PresenceSummary:
    """Describe a presence matrix: one row per person, one column per session in order, true or 1 when present.

    People never present are ignored; `core_k` defaults to half of the sessions, rounded up.
    ValueError for an unknown presence, a value other than 0 or 1, or a `core_k` outside 1..sessions.
    """
    values = np.asarray(matrix.to_numpy(), dtype=float).reshape(matrix.shape)
    if not np.isin(values, (0.0, 1.0)).all():
        raise ValueError("a presence is 0 or 1")
    sessions = values.shape[1]
    k = ceil(sessions / 2) if core_k is None else core_k
    present = values[values.sum(axis=1) > 0].astype(bool)
    if not len(present):
        zeros = (0,) * sessions
        return PresenceSummary(
            0, sessions, 0, zeros, None, k, 0, None, None, 0, None, zeros, (None,) * max(sessions - 1, 0), None,
            Reason.EMPTY,
        )  # fmt: skip
    if not 1 <= k <= sessions:
        raise ValueError("core_k lies between 1 and the number of sessions")
    return _described(present, k)


def _described(present: "np.ndarray[tuple[int, int], np.dtype[np.bool_]]", core_k: int) -> PresenceSummary:
    people, sessions = present.shape
    per_person = present.sum(axis=1)
    presences = int(per_person.sum())
    first_session = present.argmax(axis=1)
    core = per_person >= core_k
    one_time = int((per_person == 1).sum())

    def share(earlier: int, later: int) -> float | None:
        base = int(present[:, earlier].sum())
        return int((present[:, earlier] & present[:, later]).sum()) / base if base else None

    return PresenceSummary(
        people=people,
        sessions=sessions,
        presences=presences,
        attendance=tuple(int(n) for n in present.sum(axis=0)),
        mean_per_person=presences / people,
        core_k=core_k,
        core=int(core.sum()),
        core_share_people=int(core.sum()) / people,
        core_share_presences=int(per_person[core].sum()) / presences,
        one_time=one_time,
        one_time_share=one_time / people,
        newcomers=tuple(int(n) for n in np.bincount(first_session, minlength=sessions)),
        retention=tuple(share(j, j + 1) for j in range(sessions - 1)),
        first_to_last=share(0, sessions - 1) if sessions > 1 else None,
    )
