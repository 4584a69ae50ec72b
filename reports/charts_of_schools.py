"""Schools on one scale: a dot each, the mean, and the gap beyond which a school is far from it.

The same rules as in `reports.charts`: worded numbers in, SVG text out, no data refused. Schools keep the order given:
an index is never a ranking.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from impact.drawing import (
    BLUE,
    GREY,
    INK,
    OCHRE_BAR,
    PRINT,
    RULE,
    SOFT,
    WASH,
    WHITE,
    Drawing,
    Size,
    printable,
    text_width,
    wrap,
)
from impact.wording import number
from reports.charts import LABEL, LINE, NOTE, nothing

_ROW, _HEAD, _PAD = 18.0, 24.0, 8.0


@dataclass(frozen=True)
class SchoolDot:
    """`private` draws a ring; `far` a darker colour; `text` is the value as it is read."""

    label: str
    value: float
    text: str
    private: bool = False
    far: bool = False


def school_dots(
    title: str, rows: Sequence[SchoolDot], mean: float, mean_text: str, gap: float, size: Size = PRINT
) -> str:
    """One line per school; `gap` is in percent of the mean: what lies outside the grey band is far from it."""
    if not rows:
        return nothing(title, size)
    narrow = size.width < 300
    widest = max(text_width(printable(row.label), LABEL) for row in rows)
    left = 0.0 if narrow else min(widest, 0.36 * size.width) + _PAD
    right = size.width - max(text_width(printable(row.text), LABEL, True) for row in rows) - 12
    labels = [wrap(row.label, LABEL, right if narrow else left - _PAD) for row in rows]
    heights = [_ROW + (len(lines) * LINE if narrow else (len(lines) - 1) * LINE) for lines in labels]
    private = any(row.private for row in rows)
    foot = 30.0 if private else 16.0
    drawing = Drawing(title, _HEAD + sum(heights) + foot, size)
    low, high = mean * (1 - gap / 100), mean * (1 + gap / 100)
    values = [row.value for row in rows]
    start, end = min(*values, low, mean), max(*values, high, mean)
    unit = (right - left - 12) / max(end - start, 1e-9)

    def place(value: float) -> float:
        return left + 6 + (value - start) * unit

    bottom = drawing.height - foot
    half = text_width(printable(mean_text), NOTE) / 2
    middle = min(max(place(mean), half), size.width - half)
    drawing.text(middle, _HEAD - 12, mean_text, NOTE, INK, anchor="middle")
    y = _HEAD
    for row, lines, height in zip(rows, labels, heights, strict=True):
        centre = y + height - _ROW / 2 if narrow else y + height / 2
        top, tall = (centre - 7, 14.0) if narrow else (y, height)
        drawing.rect(place(low), top, place(high) - place(low), tall, WASH)
        drawing.line(left, centre, right, centre, RULE, 0.4)
        drawing.line(place(mean), top, place(mean), top + tall, INK, 0.9)
        if narrow:
            drawing.block(0, y + (height - _ROW) / 2, lines, LABEL)
        else:
            drawing.block(left - _PAD, centre, lines, LABEL, anchor="end")
        fill = OCHRE_BAR if row.far else BLUE
        if row.private:
            drawing.circle(place(row.value), centre, 3.8, WHITE, stroke=fill, stroke_width=1.8)
        else:
            drawing.circle(place(row.value), centre, 4.4, fill)
        drawing.text(size.width, centre + 2.9, row.text, LABEL, INK, True, "end")
        y += height
    ends = [number(value) for value in (low, high)]
    # A narrow band has no room for its two ends: the mean and the words around the drawing say them.
    if place(high) - place(low) > sum(text_width(printable(text), NOTE) for text in ends):
        for value, text in zip((low, high), ends, strict=True):
            drawing.text(place(value), bottom + 10, text, NOTE, SOFT, anchor="middle")
    if private:
        drawing.circle(5, drawing.height - 6, 3.0, WHITE, stroke=GREY, stroke_width=1.4)
        drawing.text(13, drawing.height - 3.4, "établissement privé", NOTE, SOFT)
    return drawing.svg()
