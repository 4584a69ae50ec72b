"""French agreement of a reading rule: what follows a number below 2 is singular, one and a half included."""

import re
from collections.abc import Mapping

_CHOICE = re.compile(r"\[(\w+): ([^|\]]*)\|([^\]]*)\]")


def agree(reading: str, values: Mapping[str, float | None]) -> str:
    """`[value: jour|jours]` becomes the singular or the plural that this value asks for; the plural when unknown."""
    return _CHOICE.sub(lambda found: found[2] if _is_singular(values[found[1]]) else found[3], reading)


def in_the_plural(reading: str) -> str:
    """The rule as a definition shows it, before any number."""
    return _CHOICE.sub(r"\3", reading)


def _is_singular(value: float | None) -> bool:
    return value is not None and abs(value) < 2
