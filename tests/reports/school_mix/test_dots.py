"""Schools on one scale: whatever they are, the drawing has room for its words."""

import pytest

from impact.drawing import PHONE, PRINT, SCREEN, Size
from reports.charts_of_schools import SchoolDot, school_dots


@pytest.mark.parametrize("size", [PRINT, SCREEN, PHONE])
@pytest.mark.parametrize("gap", [1.0, 20.0, 100.0])
@pytest.mark.parametrize(
    "values",
    [[103.8], [103.8] * 3, [45.0, 185.0], [100.0 + rank / 10 for rank in range(60)], [60.0, 103.8, 103.9]],
    ids=["one", "equal", "far apart", "many", "near the mean"],
)
def test_any_schools_are_drawn(size: Size, gap: float, values: list[float]) -> None:
    rows = [
        SchoolDot(f"Collège de la Très-Longue-Passerelle-aux-Meuniers n° {rank}", value, f"{value}", rank % 2 == 0)
        for rank, value in enumerate(values)
    ]
    drawn = school_dots("IPS", rows, 103.8, "moyenne 103,8", gap, size)
    assert drawn.count("<circle") == len(rows) + 1


def test_no_school_is_said() -> None:
    assert "Aucune donnée" in school_dots("IPS", [], 100.0, "moyenne 100", 20.0)
