"""A map as a layered drawing: one layout, two outputs, for the screen and for print.

On screen each box is a link, and carries `f` with its rank; whatever it touches carries `t` with the same rank, so that
a style sheet can dim the rest while it has the focus.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from impact.drawing import BLUE, GREY, INK, SOFT, WHITE, Drawing, Size, shortest, wrap
from impact_maps.layout import MEASURED, WIDTH, Box, Layout, Link, box_texts, lay_out, value_size

SUPPORTED, ASSUMED, DOUBTED = "supported", "assumed", "doubted"
EMPTY = "Cette carte n’a pas encore d’élément."

_DASHES = {SUPPORTED: "", ASSUMED: "4 3", DOUBTED: "1.5 2.5"}
_DOUBT = "#9e3220"


def draw_screen(
    title: str, columns: Sequence[str], boxes: Sequence[Box], links: Sequence[Link], *, target: str = "#fiche-"
) -> str:
    """The chain as a group of links: each box leads to `target` + its key and says its column, label and value."""
    return _draw(title, columns, boxes, links, Size(WIDTH, "px", 1.5, "reseau"), target)


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
    near = _near(boxes, links) if target is not None else {}
    _draw_links(drawing, plan, boxes, links, near)
    for box in boxes:
        if target is None:
            _draw_box(drawing, plan, box)
            continue
        words = " ".join(part for part in (box.label, box.value, box.base) if part)  # as they are read inside
        with drawing.link(f"{target}{box.key}", f"{columns[box.column]} : {words}", near[box.key]):
            _draw_box(drawing, plan, box)
    return drawing.svg()


def _near(boxes: Sequence[Box], links: Sequence[Link]) -> dict[str, str]:
    """The classes of each box: its own rank, then the ranks of the boxes that it touches."""
    ranks = {box.key: rank for rank, box in enumerate(boxes)}
    touched: dict[str, set[int]] = {key: {rank} for key, rank in ranks.items()}
    for link in links:
        touched[link.source].add(ranks[link.target])
        touched[link.target].add(ranks[link.source])
    return {
        key: " ".join([f"el f{ranks[key]}", *(f"t{rank}" for rank in sorted(found))]) for key, found in touched.items()
    }


def _draw_box(drawing: Drawing, plan: Layout, box: Box) -> None:
    left, top, width = plan.left(box.key) + 0.5, plan.tops[box.key], plan.box_width - 1
    measured = box.state == MEASURED
    label, value, base = box_texts(box, plan.box_width)
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
        size = value_size(box, plan.box_width)
        drawing.text(left + 10, top + 19, value, size, BLUE if measured else SOFT, True)
    for words in base:
        drawing.text(left + 10, line - 0.5, words, 6.75, SOFT)
        line += 8.5


def _draw_links(
    drawing: Drawing, plan: Layout, boxes: Sequence[Box], links: Sequence[Link], near: Mapping[str, str]
) -> None:
    states = {box.key: box.state for box in boxes}
    ranks = {box.key: rank for rank, box in enumerate(boxes)}
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
        css = f"el t{ranks[link.source]} t{ranks[link.target]}" if near else ""
        with drawing.group(css):
            drawing.path(_curve(plan, route, start, end), stroke=colour, stroke_width=1, **dashes)
            if plan.columns[link.source] < plan.columns[link.target]:
                drawing.path(_arrow(plan.left(link.target), end), colour)


def _arrow(x: float, y: float) -> str:
    left, upper, lower = shortest(x - 5), shortest(y - 2.6), shortest(y + 2.6)
    return f"M{left} {upper}L{shortest(x)} {shortest(y)}L{left} {lower}z"


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
