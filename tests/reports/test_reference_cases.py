"""Published and doubly computed values, found in the folder that REFERENCE_CASES names."""

import json
import os
from collections.abc import Iterable
from math import isclose
from pathlib import Path
from typing import Any

import pytest

from tests.reports.adapters import changes, mixing, samples
from tests.reports.adapters.registry import ADAPTERS, yielded

FAMILIES = (changes, mixing, samples)
FOLDER = Path(os.environ.get("REFERENCE_CASES", Path(__file__).parents[3] / "shared" / "cases"))
CASES = [json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))]
pytestmark = pytest.mark.skipif(not CASES, reason="the folder of reference cases is absent")


def differences(expected: Any, found: Any, tolerance: float, place: str) -> list[str]:
    """Where two values part, by place; numbers within the absolute tolerance, lists and texts exactly."""
    if isinstance(expected, dict):
        if not isinstance(found, dict):
            return [f"{place}: {found!r} instead of keys"]
        shared = [key for key in expected if key in found]
        return [line for key in shared for line in differences(expected[key], found[key], tolerance, f"{place}.{key}")]
    if isinstance(expected, list):
        if not isinstance(found, list | tuple) or len(found) != len(expected):
            return [f"{place}: {found!r} instead of {len(expected)} values"]
        both = enumerate(zip(expected, found, strict=True))
        return [line for i, (one, other) in both for line in differences(one, other, tolerance, f"{place}[{i}]")]
    if expected is None or isinstance(expected, bool | str):
        return [] if found == expected else [f"{place}: {found!r} instead of {expected!r}"]
    if isinstance(found, bool) or not isinstance(found, int | float):
        return [f"{place}: {found!r} instead of {expected!r}"]
    close = isclose(found, expected, rel_tol=0, abs_tol=tolerance)
    return [] if close else [f"{place}: {found!r} instead of {expected!r}"]


def absent(expected: Any, found: Any, place: str) -> list[str]:
    """Keys that the adapters do not yield, at any depth."""
    if not isinstance(expected, dict) or not isinstance(found, dict):
        return []
    missing = [f"{place}{key}" for key in expected if key not in found]
    return missing + [line for k in expected if k in found for line in absent(expected[k], found[k], f"{place}{k}.")]


def expectations(case: dict[str, Any]) -> dict[str, Any]:
    return {"rows": case["expected"]} if isinstance(case["expected"], list) else case["expected"]


def compared_keys(case: dict[str, Any]) -> tuple[list[str], list[str], list[str]]:
    """(compared, not compared, differences) of one case."""
    results, tolerance = yielded(case, FOLDER), case["tolerance"]
    missing = absent(expectations(case), results, "")
    compared, wrong = [key for key in expectations(case) if key in results], []
    for key in compared:
        expected = expectations(case)[key]
        allowed = tolerance.get("by_key", {}).get(key, tolerance["abs"])
        wrong += differences(expected, results[key], allowed, key)
    return compared, missing, wrong


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']}-{case['domain']}")
def test_case(case: dict[str, Any]) -> None:
    compared, _, wrong = compared_keys(case)
    assert not wrong
    if case["domain"] in ADAPTERS and not compared:
        pytest.skip("no adapter for this shape of input yet")


def listed(lines: Iterable[str]) -> str:
    return ", ".join(lines) or "none"


def test_every_domain_is_covered(capsys: pytest.CaptureFixture[str]) -> None:
    results = [(case, *compared_keys(case)) for case in CASES]
    keys = sum(len(compared) for _, compared, _, _ in results)
    left = [f"{case['id']}.{key}" for case, _, missing, _ in results for key in missing]
    uncovered = sorted(
        {case["domain"] for case in CASES} - {case["domain"] for case, compared, _, _ in results if compared}
    )
    with capsys.disabled():
        done = sum(1 for _, compared, _, _ in results if compared)
        print(f"\n{done} of {len(CASES)} reference cases and {keys} keys compared; keys left: {listed(left)}")
        print(f"domains not covered: {listed(uncovered)}")
    assert not uncovered
