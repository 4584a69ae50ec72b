"""Where each box of a map goes: columns, heights, the points that long links pass by.

Order inside a column: `ordering.py`; heights: relaxation towards the linked boxes without overlap. A link over several
columns passes by invisible points.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from impact.drawing import printable, text_width, wrap
from impact_maps.ordering import neighbours, order

MEASURED, UNCERTAIN, UNMEASURED = "measured", "uncertain", "unmeasured"
WIDTH = 728.0
_GAP, _RELAXATIONS = 12.0, 60


@dataclass(frozen=True)
class Box:
    """An element of the map: `column` counted from 0, `value` and `base` worded, `state` one of the three above."""

    key: str
    column: int
    label: str
    value: str = ""
    base: str = ""
    state: str = MEASURED


@dataclass(frozen=True)
class Link:
    """An hypothesis from a box to another; when `state` is empty, it is dashed if its target is not measured."""

    source: str
    target: str
    state: str = ""


@dataclass
class Layout:
    """Where everything goes: tops and heights by key, the points that each link passes by, the size of the whole."""

    box_width: float
    step: float
    height: float
    tops: dict[str, float] = field(default_factory=dict)
    heights: dict[str, float] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    routes: list[list[str]] = field(default_factory=list)

    def left(self, key: str) -> float:
        """Left side of a box or of an invisible point."""
        return self.columns[key] * self.step

    def middle(self, key: str) -> float:
        """Height of the middle of a box or of an invisible point."""
        return self.tops[key] + self.heights[key] / 2


def lay_out(columns: Sequence[str], boxes: Sequence[Box], links: Sequence[Link], width: float = WIDTH) -> Layout:
    """Place the boxes; raises ValueError on two boxes of one key, an unknown column, an unknown end or a cycle."""
    _check(columns, boxes, links)
    gap = 28.0 if len(columns) < 6 else 20.0
    box_width = min((width - gap * (len(columns) - 1)) / max(len(columns), 1), 0.26 * width)
    step = (width - box_width) / (len(columns) - 1) if len(columns) > 1 else 0.0
    plan = Layout(box_width, step, 0.0)
    layers: list[list[str]] = [[] for _ in columns]
    for box in boxes:
        layers[box.column].append(box.key)
        plan.columns[box.key] = box.column
        plan.heights[box.key] = _box_height(box, box_width)
    segments = _route(plan, layers, links)
    layers = order(layers, segments)
    _settle(plan, layers, segments)
    return plan


def _check(columns: Sequence[str], boxes: Sequence[Box], links: Sequence[Link]) -> None:
    keys = {box.key for box in boxes}
    if len(keys) < len(boxes) or any(not 0 <= box.column < len(columns) for box in boxes):
        raise ValueError("Chaque élément a une clé unique et une colonne de la chaîne.")
    if any(end not in keys for link in links for end in (link.source, link.target)):
        raise ValueError("Un lien mène à un élément qui n’existe pas.")
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for link in links:
        sorter.add(link.target, link.source)
    try:
        sorter.prepare()
    except CycleError as error:
        raise ValueError("Les liens tournent en rond : retirez-en un.") from error


def _route(plan: Layout, layers: list[list[str]], links: Sequence[Link]) -> list[tuple[str, str]]:
    """Invisible points in the columns that a link jumps over; returns the segments between neighbouring columns."""
    segments: list[tuple[str, str]] = []
    for rank, link in enumerate(links):
        route = [link.source]
        for column in range(plan.columns[link.source] + 1, plan.columns[link.target]):
            point = f"\0{rank}:{column}"
            plan.columns[point], plan.heights[point] = column, 4.0
            layers[column].append(point)
            route.append(point)
        route.append(link.target)
        plan.routes.append(route)
        if plan.columns[link.source] < plan.columns[link.target]:
            segments.extend(pairwise(route))
    return segments


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _settle(plan: Layout, layers: list[list[str]], segments: list[tuple[str, str]]) -> None:
    before, after = neighbours(segments)
    plan.height = max((sum(plan.heights[key] + _GAP for key in layer) - _GAP for layer in layers if layer), default=0)
    for layer in layers:
        free = plan.height - sum(plan.heights[key] for key in layer)
        space = min(free / max(len(layer) - 1, 1), 26.0)
        top = (free - space * (len(layer) - 1)) / 2 if layer else 0
        for key in layer:
            plan.tops[key] = top
            top += plan.heights[key] + space
    for turn in range(_RELAXATIONS):
        for layer in layers if turn % 2 == 0 else layers[::-1]:
            for key in layer:
                wanted = _mean(
                    [plan.middle(each) for each in before.get(key, []) + after.get(key, [])], plan.middle(key)
                )
                plan.tops[key] += (wanted - plan.middle(key)) / 2
            _separate(plan, layer)


def _separate(plan: Layout, layer: list[str]) -> None:
    """Push overlapping boxes down, then up from the bottom: a column always holds within the height."""
    floor = 0.0
    for key in layer:
        plan.tops[key] = max(plan.tops[key], floor)
        floor = plan.tops[key] + plan.heights[key] + _GAP
    ceiling = plan.height
    for key in reversed(layer):
        plan.tops[key] = min(plan.tops[key], ceiling - plan.heights[key])
        ceiling = plan.tops[key] - _GAP


def _box_height(box: Box, width: float) -> float:
    label, value, base = box_texts(box, width)
    return 10 + len(label) * 10 + (17 if value else 0) + len(base) * 8.5


@lru_cache(maxsize=512)  # measured, then drawn: text is half of the work
def box_texts(box: Box, width: float) -> tuple[list[str], str, list[str]]:
    """The lines of the label, the value and the lines of its base, as they fit in a box of this width."""
    value = wrap(box.value, value_size(box, width), width - 16, True, most=1)[0] if box.value else ""
    base = wrap(box.base, 6.75, width - 18, most=5) if box.base else []
    return wrap(box.label, 8, width - 18, most=5), value, base


def value_size(box: Box, width: float) -> float:
    """Large for what is measured, when it fits on one line: bounds are longer than a value."""
    return 13 if box.state == MEASURED and text_width(printable(box.value), 13, True) <= width - 16 else 9
