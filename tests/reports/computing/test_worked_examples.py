"""Which indicator has no worked example: each code of the catalogue is asserted by name in a test with made data."""

import ast
from collections.abc import Iterator
from pathlib import Path

from impact_maps.indicators import CATALOGUE
from reports.computing.registry import COMPUTATIONS

FOLDER = Path(__file__).parent
LEAST = 90


def _named(module: Path) -> Iterator[str]:
    """Every word, name and attribute of the tests of a module that assert something."""
    for test in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if not isinstance(test, ast.FunctionDef) or not test.name.startswith("test_"):
            continue
        parts = list(ast.walk(test))
        if any(isinstance(part, ast.Assert) for part in parts):
            for part in parts:
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value
                elif isinstance(part, ast.Attribute):
                    yield part.attr
                elif isinstance(part, ast.Name):
                    yield part.id


def test_each_indicator_has_a_worked_example() -> None:
    known = {name for module in FOLDER.glob("test_*.py") if module != Path(__file__) for name in _named(module)}
    without = [code for code in CATALOGUE if not {code, code.partition(".")[2], COMPUTATIONS[code].__name__} & known]
    assert without == [], "write the example of these indicators in tests/reports/computing"


def test_there_are_ninety_indicators_or_more() -> None:
    assert len(CATALOGUE) >= LEAST
