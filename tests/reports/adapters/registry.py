"""Which adapters fit a case: those of its domain whose input keys are present with the right types."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

Case = dict[str, Any]
Yields = dict[str, Any]
Adapter = Callable[[Case, Any], Yields]
NUMBER = (int, float)


class Registered(NamedTuple):
    shape: dict[str, Any]
    run: Adapter


ADAPTERS: dict[str, list[Registered]] = {}


def adapter(domain: str, **shape: Any) -> Callable[[Adapter], Adapter]:
    """Register a function (input, expected) -> yielded keys for inputs holding these keys with these types."""

    def register(run: Adapter) -> Adapter:
        ADAPTERS.setdefault(domain, []).append(Registered(shape, run))
        return run

    return register


def yielded(case: Case, folder: Path) -> Yields:
    """Everything that our functions yield for a case; a list of expected rows is named "rows"."""
    inputs = {**case["input"], "folder": folder}
    result: Yields = {}
    for known in ADAPTERS.get(case["domain"], []):
        if all(key in inputs and isinstance(inputs[key], kind) for key, kind in known.shape.items()):
            result |= known.run(inputs, case["expected"])
    return result
