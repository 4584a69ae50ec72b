"""k-anonymity and l-diversity of a file that someone wants to export."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from reports.statistics.reasons import Reason

Class = tuple[str, ...]


@dataclass(frozen=True)
class Anonymity:
    """Classes of people who share all quasi-identifiers.

    `small` classes hold fewer than k people; `uniform` ones have fewer than l sensitive values, which discloses even in a
    large class. `safe` is true when there is neither.
    """

    sizes: dict[Class, int]
    k_min: int | None
    l_min: int | None
    small: tuple[Class, ...]
    people_in_small: int
    uniform: tuple[Class, ...]
    safe: bool
    reason: str = ""


def anonymity(
    people: pd.DataFrame, quasi_identifiers: Sequence[str], sensitive: str | None = None, k: int = 5, values: int = 2
) -> Anonymity:
    """Check one row per person; a missing quasi-identifier is a value of its own (Sweeney 2002; Machanavajjhala 2007)."""
    if k < 1 or values < 1:
        raise ValueError("k and the number of sensitive values start at 1")
    if not len(people):
        return Anonymity({}, None, None, (), 0, (), True, Reason.EMPTY)
    columns = list(quasi_identifiers)
    keys = [tuple(map(str, row)) for row in people[columns].itertuples(index=False)] if columns else [()] * len(people)
    sizes: dict[Class, int] = {}
    seen: dict[Class, set[str]] = {}
    traits = [""] * len(people) if sensitive is None else [str(value) for value in people[sensitive]]
    for key, trait in zip(keys, traits, strict=True):
        sizes[key] = sizes.get(key, 0) + 1
        seen.setdefault(key, set()).add(trait)
    small = tuple(sorted(key for key, size in sizes.items() if size < k))
    uniform = () if sensitive is None else tuple(sorted(key for key, found in seen.items() if len(found) < values))
    return Anonymity(
        sizes=dict(sorted(sizes.items())),
        k_min=min(sizes.values()),
        l_min=None if sensitive is None else min(len(found) for found in seen.values()),
        small=small,
        people_in_small=sum(sizes[key] for key in small),
        uniform=uniform,
        safe=not small and not uniform,
    )
