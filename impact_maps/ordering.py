"""In which order the boxes of each column stand, so that few links cross (Sugiyama's method).

Sweeps by mean then by median of the neighbours' ranks, from the given order and from its reverse; then exchanges of
neighbours, for which only the links of the two boxes are counted again.
"""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Callable, Sequence
from statistics import fmean, median_low

SWEEPS, ROUNDS = 24, 8
Segment = tuple[str, str]
_Ranks = dict[str, int]
_Beside = dict[str, list[str]]


def order(layers: Sequence[Sequence[str]], segments: Sequence[Segment]) -> list[list[str]]:
    """The keys of each layer from top to bottom; every segment goes from a layer to the next one."""
    before, after = neighbours(segments)
    best: list[list[str]] = []
    fewest = -1
    for start in (layers, [layer[::-1] for layer in layers]):
        for middle in (fmean, median_low):
            found = [list(layer) for layer in start]
            crossings = _sweep(found, before, after, middle)
            crossings -= _exchange(found, before, after)
            if fewest < 0 or crossings < fewest:
                best, fewest = found, crossings
            if not fewest:
                return best
    return best


def neighbours(segments: Sequence[Segment]) -> tuple[_Beside, _Beside]:
    """What each key is linked to in the layer before, and in the layer after."""
    before: _Beside = defaultdict(list)
    after: _Beside = defaultdict(list)
    for source, target in segments:
        before[target].append(source)
        after[source].append(target)
    return before, after


def crossings(layers: Sequence[Sequence[str]], segments: Sequence[Segment]) -> int:
    """How many pairs of segments cross."""
    return _count(layers, neighbours(segments)[1])


def _count(layers: Sequence[Sequence[str]], after: _Beside) -> int:
    rank = _ranks(layers)
    total = 0
    for layer in layers:
        above: list[int] = []
        for key in layer:
            ends = [rank[each] for each in after.get(key, ())]
            total += sum(len(above) - bisect_right(above, end) for end in ends)
            for end in ends:
                insort(above, end)
    return total


def _ranks(layers: Sequence[Sequence[str]]) -> _Ranks:
    return {key: number for layer in layers for number, key in enumerate(layer)}


def _sweep(layers: list[list[str]], before: _Beside, after: _Beside, middle: Callable[[list[int]], float]) -> int:
    """Leave in `layers` the best order met, and give its crossings."""
    best, fewest = [layer[:] for layer in layers], _count(layers, after)
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        beside, rank = before if forward else after, _ranks(layers)
        for layer in layers if forward else layers[::-1]:
            wanted = {
                key: middle([rank[each] for each in beside[key]]) if key in beside else rank[key] for key in layer
            }
            layer.sort(key=wanted.__getitem__)
            rank.update({key: number for number, key in enumerate(layer)})
        found = _count(layers, after)
        if found < fewest:
            best, fewest = [layer[:] for layer in layers], found
        if not fewest:
            break
    layers[:] = best
    return fewest


def _exchange(layers: list[list[str]], before: _Beside, after: _Beside) -> int:
    """Exchange neighbours as long as it helps, and give how many crossings were won."""
    rank, won = _ranks(layers), 0
    for _ in range(ROUNDS):
        round_won = 0
        for layer in layers:
            ends = {
                key: [sorted(rank[each] for each in beside.get(key, ())) for beside in (before, after)] for key in layer
            }
            for place in range(len(layer) - 1):
                upper, lower = layer[place], layer[place + 1]
                gain = sum(_between(a, b) - _between(b, a) for a, b in zip(ends[upper], ends[lower], strict=True))
                if gain > 0:
                    layer[place], layer[place + 1] = lower, upper
                    rank[upper], rank[lower] = place + 1, place
                    round_won += gain
        won += round_won
        if not round_won:
            break
    return won


def _between(upper: list[int], lower: list[int]) -> int:
    """How many links of the upper box cross links of the lower one, by the sorted ranks of their other ends."""
    return sum(bisect_left(lower, end) for end in upper)
