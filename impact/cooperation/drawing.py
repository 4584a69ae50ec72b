"""Organisations on an oval, their links across it: one layout for the screen and for print.

The two sides have evenly spaced rows as high as their labels, and labels lie outside the oval: no two can meet, and no
link crosses one, since a chord of an oval stays inside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from impact.drawing import BLUE, GREY, INK, OCHRE, SOFT, WHITE, Drawing, Size, shortest, wrap

WIDTH = 728.0
LABEL, LINE, MOST_LINES = 8.5, 10.5, 2
NOBODY = "Aucune structure à montrer."
_ROW, _PAD, _RADIUS, _DOT, _AWAY = 26.0, 14.0, 190.0, 4.5, 9.0
# How far a link bends towards the middle, across the oval and along one side of it.
_ACROSS, _ALONG = 0.35, 0.15


@dataclass(frozen=True)
class Node:
    """An organisation."""

    key: str
    label: str


@dataclass(frozen=True)
class Edge:
    """A link between two nodes: it exists, confirmed or not, or it is to create."""

    first: str
    second: str
    exists: bool
    confirmed: bool = False


@dataclass(frozen=True)
class Place:
    """Where a node is; `side` is 1 on the right, −1 on the left."""

    x: float
    y: float
    side: int


def lay_out(nodes: Sequence[Node], width: float = WIDTH) -> tuple[dict[str, Place], float]:
    """The place of each node, clockwise from the top in the order given, and the height of the whole."""
    on_right = (len(nodes) + 1) // 2
    height = 2 * _PAD + _ROW * max(on_right, 1)
    places = {}
    for rank, node in enumerate(nodes):
        side = 1 if rank < on_right else -1
        row = rank if side == 1 else len(nodes) - 1 - rank
        y = _PAD + _ROW * (row + 0.5)
        reach = (y - height / 2) / (height / 2)
        places[node.key] = Place(width / 2 + side * _RADIUS * sqrt(max(1 - reach * reach, 0.0)), y, side)
    return places, height


def draw(title: str, nodes: Sequence[Node], edges: Sequence[Edge], *, target: str = "") -> str:
    """The picture as SVG; with `target`, on screen, each organisation leads to that anchor + its key.

    ValueError for two nodes of one key or an edge with an unknown end.
    """
    places, height = lay_out(nodes)
    known = set(places)
    if len(known) < len(nodes) or any(not {edge.first, edge.second} <= known for edge in edges):
        raise ValueError("Chaque structure a une clé unique, et chaque lien unit deux structures connues.")
    size = Size(WIDTH, "px", 1.4) if target else Size(WIDTH)
    drawing = Drawing(title, height, size, "group" if target else "img")
    if not nodes:
        drawing.text(WIDTH / 2, height / 2, NOBODY, LABEL, SOFT, anchor="middle")
    # What is to create first, so that what exists is drawn over it.
    for edge in sorted(edges, key=lambda each: (each.exists, each.confirmed)):
        _draw_edge(drawing, edge, places, height)
    linked = {end for edge in edges if edge.exists for end in (edge.first, edge.second)}
    for node in nodes:
        if target:
            with drawing.link(f"{target}{node.key}", node.label):
                _draw_node(drawing, node, places[node.key], node.key in linked)
        else:
            _draw_node(drawing, node, places[node.key], node.key in linked)
    return drawing.svg()


def _draw_edge(drawing: Drawing, edge: Edge, places: dict[str, Place], height: float) -> None:
    start, end = places[edge.first], places[edge.second]
    bend = _ALONG if start.side == end.side else _ACROSS
    x = (start.x + end.x) / 2 * (1 - bend) + WIDTH / 2 * bend
    y = (start.y + end.y) / 2 * (1 - bend) + height / 2 * bend
    numbers = [shortest(each) for each in (start.x, start.y, x, y, end.x, end.y)]
    data = "M{} {}Q{} {} {} {}".format(*numbers)
    if edge.exists:
        drawing.path(data, stroke=BLUE, stroke_width=2.6 if edge.confirmed else 1.1)
    else:
        drawing.path(data, stroke=OCHRE, stroke_width=1.1, stroke_dasharray="4 3")


def _draw_node(drawing: Drawing, node: Node, place: Place, linked: bool) -> None:
    drawing.circle(place.x, place.y, _DOT, BLUE if linked else WHITE, stroke=BLUE if linked else GREY, stroke_width=1.4)
    x = place.x + place.side * _AWAY
    room = WIDTH - x - 2 if place.side == 1 else x - 2
    lines = wrap(node.label, LABEL, min(room, 220.0), most=MOST_LINES)
    drawing.block(x, place.y, lines, LABEL, LINE, INK, anchor="start" if place.side == 1 else "end")
