"""Merging small categories before hiding them: with their neighbour when there is an order, with their siblings else."""

from collections.abc import Mapping, Sequence

Group = tuple[str, ...]


def merge_ordered(counts: Sequence[tuple[str, float]], threshold: int, zeros: bool = False) -> list[Group]:
    """Groups of neighbouring categories, in order, none from 1 to threshold - 1 unless everything together is.

    The smallest such group joins its smaller neighbour until none is left; a category at 0 joins only when `zeros`.
    """
    groups: list[tuple[Group, float]] = [((name,), count) for name, count in counts]
    while len(groups) > 1:
        small = [
            (count, place) for place, (_, count) in enumerate(groups) if (zeros or count > 0) and count < threshold
        ]
        if not small:
            break
        place = min(small)[1]
        sides = [side for side in (place - 1, place + 1) if 0 <= side < len(groups)]
        other = min(sides, key=lambda side: (groups[side][1] == 0 and not zeros, groups[side][1], side))
        first, last = min(place, other), max(place, other)
        joined = (groups[first][0] + groups[last][0], groups[first][1] + groups[last][1])
        groups[first : last + 1] = [joined]
    return [names for names, _ in groups]


def merge_siblings(
    counts: Sequence[tuple[str, float]], parents: Mapping[str, str], threshold: int, zeros: bool = False
) -> list[Group]:
    """Groups where a category from 1 to threshold - 1 takes all the categories of its parent with it.

    Categories without a parent, or alone under theirs, stay as they are.
    """
    small = [name for name, count in counts if (zeros or count > 0) and count < threshold]
    tight = {parents[name] for name in small if name in parents}
    groups: dict[str, list[str]] = {}
    for name, _ in counts:
        parent = parents.get(name)
        key = f"parent {parent}" if parent in tight else f"category {name}"
        groups.setdefault(key, []).append(name)
    return [tuple(names) for names in groups.values()]
