"""The value chain as a layered drawing: one layout, two outputs, for the screen and for print.

Order inside a column: barycentre sweeps then swaps of neighbours, keeping what crosses least; heights: relaxation
towards the linked boxes without overlap (Sugiyama's method). A link over several columns passes by invisible points.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from itertools import combinations, pairwise

from impact.drawing import BLUE, GREY, INK, SOFT, WHITE, Drawing, Size, shortest, wrap

MEASURED, UNCERTAIN, UNMEASURED = "measured", "uncertain", "unmeasured"
SUPPORTED, ASSUMED, DOUBTED = "supported", "assumed", "doubted"
WIDTH = 728.0
EMPTY = "La chaîne de valeur n’a pas encore d’élément."

_DASHES = {SUPPORTED: "", ASSUMED: "4 3", DOUBTED: "1.5 2.5"}
_DOUBT = "#9e3220"
_GAP, _SWEEPS, _SWAPS, _RELAXATIONS = 12.0, 24, 8, 60


@dataclass(frozen=True)
class Box:
    """An element of the chain: `column` counted from 0, `value` and `base` worded, `state` one of the three above."""

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
    _order(layers, segments)
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


def _neighbours(segments: list[tuple[str, str]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    before: dict[str, list[str]] = defaultdict(list)
    after: dict[str, list[str]] = defaultdict(list)
    for source, target in segments:
        before[target].append(source)
        after[source].append(target)
    return before, after


def _crossings(layers: list[list[str]], segments: list[tuple[str, str]]) -> int:
    place = {key: (column, rank) for column, layer in enumerate(layers) for rank, key in enumerate(layer)}
    by_column: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for source, target in segments:
        by_column[place[source][0]].append((place[source][1], place[target][1]))
    return sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for pairs in by_column.values() for a, b in combinations(pairs, 2))


def _order(layers: list[list[str]], segments: list[tuple[str, str]]) -> None:
    before, after = _neighbours(segments)
    best, fewest = [layer[:] for layer in layers], _crossings(layers, segments)
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        beside = before if forward else after
        rank = {key: number for layer in layers for number, key in enumerate(layer)}
        for layer in layers if forward else layers[::-1]:
            layer.sort(key=lambda key: _mean([rank[each] for each in beside.get(key, [])], rank[key]))
            rank.update({key: number for number, key in enumerate(layer)})
        if (crossings := _crossings(layers, segments)) < fewest:
            best, fewest = [layer[:] for layer in layers], crossings
    layers[:] = best
    for _ in range(_SWAPS):
        changed = [_swap_neighbours(layer, layers, segments) for layer in layers]
        if not any(changed):
            return


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _swap_neighbours(layer: list[str], layers: list[list[str]], segments: list[tuple[str, str]]) -> bool:
    fewest, changed = _crossings(layers, segments), False
    for rank in range(len(layer) - 1):
        layer[rank], layer[rank + 1] = layer[rank + 1], layer[rank]
        if (crossings := _crossings(layers, segments)) < fewest:
            fewest, changed = crossings, True
        else:
            layer[rank], layer[rank + 1] = layer[rank + 1], layer[rank]
    return changed


def _settle(plan: Layout, layers: list[list[str]], segments: list[tuple[str, str]]) -> None:
    before, after = _neighbours(segments)
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
    label, value, base = _texts(box, width)
    return 10 + len(label) * 10 + (17 if value else 0) + len(base) * 8.5


def _texts(box: Box, width: float) -> tuple[list[str], str, list[str]]:
    size = 13 if box.state == MEASURED else 9
    value = wrap(box.value, size, width - 16, True, most=1)[0] if box.value else ""
    base = wrap(box.base, 6.75, width - 18, most=3) if box.base else []
    return wrap(box.label, 8, width - 18, most=5), value, base


def draw_screen(
    title: str, columns: Sequence[str], boxes: Sequence[Box], links: Sequence[Link], *, target: str = "#fiche-"
) -> str:
    """The chain as a group of links: each box leads to `target` + its key and says its column, label and value."""
    return _draw(title, columns, boxes, links, Size(WIDTH, "px", 1.5), target)


def draw_print(
    title: str, columns: Sequence[str], boxes: Sequence[Box], links: Sequence[Link], *, highest: float = 310.0
) -> str:
    """The chain as one picture for a landscape page; a long one is laid out wider, then reduced to `highest` points."""
    width = WIDTH
    for _ in range(4):
        height = _height(columns, lay_out(columns, boxes, links, width)) if boxes else 0.0
        if height * WIDTH / width <= highest:
            break
        width *= min(height * WIDTH / width / highest, 1.5)
    scale = min(WIDTH / width, highest / height if height else 1)
    return _draw(title, columns, boxes, links, Size(width, "pt", scale), None)


def _heads(columns: Sequence[str], plan: Layout) -> list[list[str]]:
    return [wrap(name, 9, plan.box_width, True, most=3) for name in columns]


def _height(columns: Sequence[str], plan: Layout) -> float:
    return max(len(lines) for lines in _heads(columns, plan)) * 11 + 14 + plan.height + 4


def _draw(
    title: str, columns: Sequence[str], boxes: Sequence[Box], links: Sequence[Link], size: Size, target: str | None
) -> str:
    if not boxes:
        drawing = Drawing(title, 24, size)
        drawing.text(0, 15, EMPTY, 9, SOFT)
        return drawing.svg()
    plan = lay_out(columns, boxes, links, size.width)
    height = _height(columns, plan)
    drawing = Drawing(title, height, size, "img" if target is None else "group")
    head = height - plan.height - 4
    plan.tops = {key: top + head for key, top in plan.tops.items()}
    for column, lines in enumerate(_heads(columns, plan)):
        left = min(column * plan.step + 0.5, size.width - plan.box_width)
        drawing.line(left, head - 9, left + plan.box_width, head - 9, INK, 0.75)
        for rank, line in enumerate(lines):
            drawing.text(left, head - 15 - (len(lines) - 1 - rank) * 11, line, 9, bold=True)
    _draw_links(drawing, plan, boxes, links)
    for box in boxes:
        if target is None:
            _draw_box(drawing, plan, box)
            continue
        words = " ".join(part for part in (box.label, box.value, box.base) if part)  # as they are read inside
        with drawing.link(f"{target}{box.key}", f"{columns[box.column]} : {words}"):
            _draw_box(drawing, plan, box)
    return drawing.svg()


def _draw_box(drawing: Drawing, plan: Layout, box: Box) -> None:
    left, top, width = plan.left(box.key) + 0.5, plan.tops[box.key], plan.box_width - 1
    measured = box.state == MEASURED
    label, value, base = _texts(box, plan.box_width)
    if measured:
        drawing.rect(left, top, width, plan.heights[box.key], WHITE, stroke=INK, stroke_width=0.8)
        drawing.rect(left, top, 3, plan.heights[box.key], BLUE)
    else:
        drawing.rect(
            left, top, width, plan.heights[box.key], WHITE, stroke=GREY, stroke_width=0.8, stroke_dasharray="3 2"
        )
    line = top + (30.5 if value else 13)
    for words in label:
        drawing.text(left + 10, line, words, 8)
        line += 10
    if value:  # read after the label, written above it
        drawing.text(left + 10, top + 19, value, 13 if measured else 9, BLUE if measured else SOFT, True)
    for words in base:
        drawing.text(left + 10, line - 0.5, words, 6.75, SOFT)
        line += 8.5


def _draw_links(drawing: Drawing, plan: Layout, boxes: Sequence[Box], links: Sequence[Link]) -> None:
    states = {box.key: box.state for box in boxes}
    leaving, arriving = defaultdict(list), defaultdict(list)
    for number, route in enumerate(plan.routes):
        leaving[route[0]].append((plan.middle(route[1]), number))
        arriving[route[-1]].append((plan.middle(route[-2]), number))
    for number, (link, route) in enumerate(zip(links, plan.routes, strict=True)):
        start = _port(plan, link.source, sorted(leaving[link.source]), number)
        end = _port(plan, link.target, sorted(arriving[link.target]), number)
        state = link.state or (SUPPORTED if states[link.target] == MEASURED else ASSUMED)
        colour = _DOUBT if state == DOUBTED else GREY
        dashes = {"stroke_dasharray": _DASHES[state]} if _DASHES[state] else {}
        drawing.path(_curve(plan, route, start, end), stroke=colour, stroke_width=1, **dashes)
        x, y = plan.left(link.target), end
        if plan.columns[link.source] < plan.columns[link.target]:
            drawing.path(
                f"M{shortest(x - 5)} {shortest(y - 2.6)}L{shortest(x)} {shortest(y)}"
                f"L{shortest(x - 5)} {shortest(y + 2.6)}z",
                colour,
            )


def _port(plan: Layout, key: str, ends: list[tuple[float, int]], number: int) -> float:
    """Ends are spread over the middle half of a side, in the order of the boxes at the other end."""
    rank = [each for _, each in ends].index(number)
    return plan.tops[key] + plan.heights[key] * (0.25 + 0.5 * (rank + 1) / (len(ends) + 1))


def _curve(plan: Layout, route: list[str], start: float, end: float) -> str:
    forward = plan.columns[route[0]] < plan.columns[route[-1]]
    x, y = plan.left(route[0]) + (plan.box_width if forward else 0), start
    data = f"M{shortest(x)} {shortest(y)}"
    if not forward:  # inside a column, or backwards: a bow on the left
        bow = max(min(x, plan.left(route[-1])) - 14, 1)
        last = plan.left(route[-1])
        return f"{data}C{shortest(bow)} {shortest(y)} {shortest(bow)} {shortest(end)} {shortest(last)} {shortest(end)}"
    for key in route[1:]:
        arrival = end if key == route[-1] else plan.middle(key)
        left = plan.left(key) - (4 if key == route[-1] else 0)
        if abs(arrival - y) < 1:  # a flat curve disappears in some readers
            data += f"L{shortest(left)} {shortest(arrival)}"
        else:
            half = shortest((x + left) / 2)
            data += f"C{half} {shortest(y)} {half} {shortest(arrival)} {shortest(left)} {shortest(arrival)}"
        x, y = plan.left(key) + plan.box_width, arrival
        if key != route[-1]:
            data += f"H{shortest(x)}"
    return data
