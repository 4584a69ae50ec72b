"""What publications over several periods tell together: what is left of one once those that it contains are taken away.

A published number of a period is a step between two days: its beginning and the day after its end. Days that steps join
are known from each other, which gives the number of every stretch between them; and a stretch less those inside it is
known too.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from impact.periods import Period

Signs = NDArray[np.int8]
# Days that are known from each other, in order, each as the steps that lead to it from the first one.
Joined = Mapping[int, Signs]


@lru_cache(maxsize=1024)
def differences(period: Period, others: tuple[Period, ...]) -> Signs:
    """The ways to obtain some days by subtraction, one a line: the sign of `period`, then of each of the others.

    Those alone in which `period` takes part.
    """
    steps = [(each.start.toordinal(), each.end.toordinal() + 1) for each in (period, *others)]
    groups = list(_groups(steps))
    found = set()
    for group in groups:
        apart = [each for each in groups if each is not group]
        for first, last in combinations(group, 2):
            whole = group[last] - group[first]
            found |= {tuple(map(int, signs)) for signs in (whole, *_cut(whole, first, last, apart))}
    # A count of people who may come in two periods is not the sum of theirs: one less a part of it is a count still.
    found |= {_less(rank, other, len(steps)) for rank, step in enumerate(steps) for other in _within(step, steps)}
    told = sorted(signs for signs in found if signs[0] and min(signs) < 0)
    return np.array(told, dtype=np.int8).reshape(len(told), len(steps))


def _within(step: tuple[int, int], steps: Sequence[tuple[int, int]]) -> list[int]:
    return [rank for rank, each in enumerate(steps) if each != step and step[0] <= each[0] and each[1] <= step[1]]


def _less(whole: int, part: int, length: int) -> tuple[int, ...]:
    return tuple(int(rank == whole) - int(rank == part) for rank in range(length))


def _groups(steps: Sequence[tuple[int, int]]) -> Iterator[Joined]:
    left = {day for step in steps for day in step}
    while left:
        start = min(left)
        reached, waiting = {start: np.zeros(len(steps), dtype=np.int8)}, deque([start])
        while waiting:
            day = waiting.popleft()
            for rank, step in enumerate(steps):
                for near, far, sign in ((*step, 1), (*step[::-1], -1)):
                    if near == day and far not in reached:
                        reached[far] = reached[day].copy()
                        reached[far][rank] += sign
                        waiting.append(far)
        left -= set(reached)
        yield dict(sorted(reached.items()))


def _cut(whole: Signs, first: int, last: int, groups: Sequence[Joined]) -> Iterator[Signs]:
    """What is left of some days once as many known stretches as they hold, side by side, are taken away.

    Fewer would leave more people, or people already known.
    """
    inside = [(days, group) for group in groups if len(days := [day for day in group if first <= day <= last]) > 1]
    if not inside:
        yield whole
    nearest = min((days[1] for days, _ in inside), default=last)
    for days, group in inside:
        apart = [each for each in groups if each is not group]
        for end in days[1:] if days[0] < nearest else ():
            yield from _cut(whole - group[end] + group[days[0]], end, last, apart)
