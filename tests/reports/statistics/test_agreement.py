"""Agreement of two readers."""

import pytest

from reports.statistics.agreement import cohen_kappa


def test_cohen_kappa_comes_with_its_large_sample_interval() -> None:
    # 20 and 15 of 50 answers alike, 5 and 10 apart: kappa 0.400, standard error 0.127, from 0.151 to 0.649.
    first, second = [0] * 25 + [1] * 25, [0] * 20 + [1] * 5 + [0] * 10 + [1] * 15
    found = cohen_kappa(first, second)
    assert (found.value, found.low, found.high) == pytest.approx((0.4, 0.151, 0.649), abs=5e-4)
    assert (cohen_kappa([0, 1, 1], [0, 1, 1]).low, cohen_kappa([0, 1, 1], [0, 1, 1]).high) == (None, None)
