"""How far members agree: one line a condition, one disc a level, as large as the number of answers."""

from collections.abc import Sequence

from impact.drawing import BLUE, INK, LIGHT_BLUE, RULE, SOFT, Drawing, Size, wrap
from impact.plans.condition_rules import median_level
from impact.plans.records import Reading
from impact.plans.vocabulary import Level

_NARROW = 300
_LABELS, _EDGE, _LINE = 170.0, 3.0, 10.0
_LARGEST, _SMALLEST = 15.0, 7.0
_ROW = 2 * _LARGEST + 8


def draw_dispersion(readings: Sequence[Reading], size: Size) -> str:
    """The SVG. The disc of the median level is full; a line joins the lowest answer to the highest."""
    narrow = size.width < _NARROW
    left = 0.0 if narrow else _LABELS
    width = (size.width - left - _EDGE) / len(Level)
    heads = [wrap(level.label, 7, width - 6, most=2) for level in Level]
    top = max(map(len, heads)) * _LINE + 4
    labels = [wrap(reading.condition.label, 8, (size.width if narrow else _LABELS) - 8) for reading in readings]
    heights = [_ROW + (len(lines) * _LINE + 2 if narrow else 0) for lines in labels]
    most = max((count for reading in readings for count in reading.counts), default=0)
    people = max((reading.respondents for reading in readings), default=0)
    drawing = Drawing(f"Réponses par niveau, {people} au plus. Le tableau suit.", top + sum(heights), size)
    for rank, lines in enumerate(heads):
        drawing.block(left + (rank + 0.5) * width, (top - 4) / 2, lines, 7, _LINE, SOFT, anchor="middle")
    for reading, lines, height in zip(readings, labels, heights, strict=True):
        drawing.line(0, top, size.width, top, RULE)
        middle = top + height - _ROW / 2
        if narrow:
            drawing.block(_EDGE, top + 1 + len(lines) * _LINE / 2, lines, 8, _LINE)
        else:
            drawing.block(_EDGE, middle, lines, 8, _LINE)
        _draw_row(drawing, reading, left, width, middle, most)
        top += height
    return drawing.svg()


def _draw_row(drawing: Drawing, reading: Reading, left: float, width: float, middle: float, most: int) -> None:
    places = [left + (rank + 0.5) * width for rank in range(len(Level))]
    answered = [place for place, count in zip(places, reading.counts, strict=True) if count]
    if answered:
        drawing.line(answered[0], middle, answered[-1], middle, BLUE, 1.5)
    median = median_level(reading)
    for level, place, count in zip(Level, places, reading.counts, strict=True):
        if not count:
            continue
        radius = max(_SMALLEST, _LARGEST * (count / most) ** 0.5)
        full = level is median
        drawing.circle(place, middle, radius, BLUE if full else LIGHT_BLUE)
        drawing.text(place, middle + 2.9, str(count), 8, "#ffffff" if full else INK, bold=full, anchor="middle")
