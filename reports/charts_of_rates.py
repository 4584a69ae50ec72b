"""Rates on one scale: a dot each, with the line of its margin.

The same rules as in `reports.charts`: worded numbers in, SVG text out, no data refused. Rows keep the order given.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from impact.drawing import BLUE, INK, MIDDLE_BLUE, PRINT, RULE, SOFT, Drawing, Size, printable, text_width, wrap
from impact.wording import number
from reports.charts import LABEL, LINE, NOTE, nothing

_ROW, _PAD = 12.5, 8.0


@dataclass(frozen=True)
class RateDot:
    """`value` and its bounds in one unit, said by `text`."""

    label: str
    value: float
    low: float
    high: float
    text: str


def rate_dots(title: str, rows: Sequence[RateDot], size: Size = PRINT) -> str:
    """One line a rate, from zero; the scale stops at the highest dot and half as much again, a margin beyond being cut."""
    if not rows:
        return nothing(title, size)
    narrow = size.width < 300
    widest = max(text_width(printable(row.label), LABEL) for row in rows)
    left = 0.0 if narrow else min(widest, 0.4 * size.width) + _PAD
    right = size.width - max(text_width(printable(row.text), LABEL, True) for row in rows) - 10
    most = min(max(row.high for row in rows), 1.5 * max(row.value for row in rows)) or 1
    unit = (right - left - 10) / most
    labels = [wrap(row.label, LABEL, (right if narrow else left - _PAD), most=2) for row in rows]
    heights = [_ROW + (len(lines) * LINE if narrow else (len(lines) - 1) * LINE) for lines in labels]
    drawing = Drawing(title, sum(heights) + 14, size)
    y = 0.0
    for row, lines, height in zip(rows, labels, heights, strict=True):
        centre = y + height - _ROW / 2 if narrow else y + height / 2
        drawing.line(left, centre, right, centre, RULE, 0.4)
        if narrow:
            drawing.block(0, y + (height - _ROW) / 2, lines, LABEL)
        else:
            drawing.block(left - _PAD, centre, lines, LABEL, anchor="end")
        low, high = (left + 5 + min(bound, most) * unit for bound in (row.low, row.high))
        drawing.line(low, centre, high, centre, MIDDLE_BLUE, 2.4)
        drawing.circle(left + 5 + row.value * unit, centre, 3.4, BLUE)
        drawing.text(size.width, centre + 2.9, row.text, LABEL, INK, True, "end")
        y += height
    for value, anchor in ((0.0, "start"), (most, "end")):
        drawing.text(left + 5 + value * unit, drawing.height - 3, number(value), NOTE, SOFT, anchor=anchor)
    return drawing.svg()
