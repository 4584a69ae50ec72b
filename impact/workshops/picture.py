"""Who came, workshop after workshop: the core group, people seen before, people who come for the first time."""

from collections.abc import Sequence

from impact.drawing import BLUE, GREY, INK, LIGHT_BLUE, MIDDLE_BLUE, SOFT, Drawing, Size, text_width, wrap
from impact.workshops.records import Coming

PARTS = (
    ("Noyau dur", BLUE),
    ("Déjà venues", MIDDLE_BLUE),
    ("Première fois", LIGHT_BLUE),
    ("Sans liste de noms", GREY),
)
_NARROW = 300
_LABELS, _FIGURES, _BAR, _LINE, _ROW = 150.0, 26.0, 13.0, 10.0, 21.0


def draw_coming(rows: Sequence[Coming], size: Size) -> str:
    """The SVG, one bar a held workshop in the order of their days; the numbers are in the table that follows."""
    narrow = size.width < _NARROW
    left = 0.0 if narrow else _LABELS
    most = max((row.total for row in rows), default=0) or 1
    labels = [wrap(f"{row.rank}. {row.title}", 8, (size.width if narrow else _LABELS) - 8, most=2) for row in rows]
    heights = [_height(len(lines), narrow) for lines in labels]
    keys = _keys(rows, size.width)
    top = 14.0 * len(keys) + 6
    drawing = Drawing("Présences à chaque atelier tenu. Le tableau suit.", top + sum(heights), size)
    for rank, line in enumerate(keys):
        for x, name, colour in line:
            drawing.rect(x, 14.0 * rank + 2, 8, 8, colour)
            drawing.text(x + 12, 14.0 * rank + 9, name, 7.5, SOFT)
    for row, lines, height in zip(rows, labels, heights, strict=True):
        bar = top + height - _ROW / 2 - _BAR / 2
        drawing.block(0, top + len(lines) * _LINE / 2 if narrow else bar + _BAR / 2, lines, 8, _LINE)
        _draw_bar(drawing, row, left, bar, (size.width - left - _FIGURES) / most)
        top += height
    return drawing.svg()


def _height(lines: int, narrow: bool) -> float:
    return lines * _LINE + _ROW if narrow else max(_ROW, lines * _LINE + 3)


def _keys(rows: Sequence[Coming], width: float) -> list[list[tuple[float, str, str]]]:
    """The legend of the parts that are drawn, on as many lines as it needs."""
    found: list[list[tuple[float, str, str]]] = [[]]
    x = 0.0
    for rank, (name, colour) in enumerate(PARTS):
        if not any(row.parts[rank] for row in rows):
            continue
        wide = 12 + text_width(name, 7.5) + 14
        if found[-1] and x + wide > width:
            found.append([])
            x = 0.0
        found[-1].append((x, name, colour))
        x += wide
    return found


def _draw_bar(drawing: Drawing, row: Coming, left: float, top: float, unit: float) -> None:
    x = left
    for count, (_, colour) in zip(row.parts, PARTS, strict=True):
        drawing.rect(x, top, count * unit, _BAR, colour)
        x += count * unit
    drawing.text(x + 5, top + _BAR - 3.6, str(row.total), 8, INK, bold=True)
