"""Is one person's change larger than the measure's own noise? An individual flag, never summed into a result."""

from dataclasses import dataclass
from math import sqrt

from scipy import stats

from reports.statistics.reasons import Reason


@dataclass(frozen=True)
class ReliableChange:
    """Standard error of measurement, of a difference, reliable change index and minimal detectable change (unit of the scale)."""

    sem: float | None
    se_difference: float | None
    index: float | None
    detectable: float | None
    reliable: bool | None
    reason: str = ""


def reliable_change(
    before: float, after: float, sd_before: float, reliability: float | None, conf: float = 0.95
) -> ReliableChange:
    """RCI = (after - before) / (sqrt(2) SEM), SEM = sd sqrt(1 - r) (Jacobson & Truax 1991).

    `reliability` is the published test-retest r of that instrument: None refuses with a reason, as do r = 1 and sd = 0.
    """
    if reliability is None:
        return ReliableChange(None, None, None, None, None, Reason.NO_RELIABILITY)
    if sd_before < 0 or not 0 <= reliability <= 1:
        raise ValueError("sd >= 0 and reliability in 0..1 are expected")
    sem = sd_before * sqrt(1 - reliability)
    if sem == 0:
        return ReliableChange(0.0, 0.0, None, 0.0, None, Reason.CONSTANT)
    z = float(stats.norm.ppf(0.5 + conf / 2))
    difference = sqrt(2) * sem
    index = (after - before) / difference
    return ReliableChange(sem, difference, index, z * difference, abs(index) > z)
