"""Social position index (IPS) of schools: territory mean, spread, share of the gaps that lies between schools."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from reports.statistics.arrays import measured
from reports.statistics.reasons import Reason


@dataclass(frozen=True)
class SchoolMix:
    """IPS in points. Tuples follow the schools; deviations are to the reference (the weighted mean unless given).

    `between_share` in 0..1 is what the school attended explains of social gaps; `beyond` and `neutral` hold the schools'
    places. None where pupils or standard deviations are missing: the open file of 2023 has no pupil counts.
    """

    mean_weighted: float | None
    mean_plain: float | None
    total_sd: float | None
    between_share: float | None
    reference: float | None
    deviation_points: tuple[float, ...]
    deviation_percent: tuple[float | None, ...]
    beyond: tuple[int, ...]
    neutral: tuple[int, ...]
    pupils_beyond_share: float | None
    spread: float | None
    reason: str = ""


def school_mix(
    means: Sequence[float],
    pupils: Sequence[int] | None = None,
    deviations: Sequence[float] | None = None,
    reference: float | None = None,
    threshold_percent: float = 20.0,
    neutral_points: float = 3.0,
    strict: bool = True,
) -> SchoolMix:
    """Describe schools from their mean IPS, pupils and standard deviations (population, divided by n).

    `reference` = the published departmental IPS when there is one. A school is beyond when its relative gap exceeds the
    threshold (`strict`) or reaches it; neutral when within `neutral_points`. No test: it is a census.
    """
    m = np.asarray(means, dtype=float)
    if len(m) == 0:
        return SchoolMix(None, None, None, None, reference, (), (), (), (), None, None, Reason.EMPTY)
    if not np.isfinite(m).all():
        raise ValueError("leave out the schools without a published index")
    n = None if pupils is None else measured(pupils)
    if n is not None and (len(n) != len(m) or n.sum() == 0):
        raise ValueError("one number of pupils per school is expected")
    weighted = None if n is None else float((n * m).sum() / n.sum())
    total_sd, between = (None, None) if n is None or deviations is None else _spread(m, n, deviations)
    centre = reference if reference is not None else weighted if weighted is not None else float(m.mean())
    gaps = m - centre
    percent = tuple(100 * float(gap) / centre if centre else None for gap in gaps)
    beyond = tuple(
        i
        for i, value in enumerate(percent)
        if value is not None and (abs(value) > threshold_percent or (not strict and abs(value) == threshold_percent))
    )
    return SchoolMix(
        mean_weighted=weighted,
        mean_plain=float(m.mean()),
        total_sd=total_sd,
        between_share=between,
        reference=centre,
        deviation_points=tuple(float(gap) for gap in gaps),
        deviation_percent=percent,
        beyond=beyond,
        neutral=tuple(i for i, gap in enumerate(gaps) if abs(gap) <= neutral_points),
        pupils_beyond_share=None if n is None else float(n[list(beyond)].sum() / n.sum()),
        spread=float(m.max() - m.min()),
    )


def _spread(
    m: "np.ndarray[tuple[int], np.dtype[np.float64]]", n: object, sds: Sequence[float]
) -> tuple[float, float | None]:
    s, weights = measured(sds), np.asarray(n, dtype=float)
    if len(s) != len(m):
        raise ValueError("one standard deviation per school is expected")
    share = weights / weights.sum()
    between = float((share * (m - (share * m).sum()) ** 2).sum())
    total = between + float((share * s**2).sum())
    return sqrt(total), between / total if total > 0 else None
