"""Charts over time: who came to each workshop, how long the pathways last.

The same rules as in `reports.charts`: worded numbers in, SVG text out, no data refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from impact.drawing import (
    BLUE,
    GREY,
    INK,
    PALE_BLUE,
    PRINT,
    RULE,
    SOFT,
    WHITE,
    Drawing,
    Size,
    printable,
    shortest,
    text_width,
    wrap,
)
from reports.charts import LABEL, NOTE, draw_key, key_height, nothing

_PAD = 8.0
# Room at the right of the columns for the names of their parts.
_NAMES = 84.0


@dataclass(frozen=True)
class Column:
    """One workshop: `total` people (None when masked), of whom `core` regulars when they are known."""

    label: str
    detail: str
    total: int | None
    text: str
    core: int | None = None


def attendance(
    title: str, columns: Sequence[Column], *, core_name: str = "", others_name: str = "", size: Size = PRINT
) -> str:
    """People at each workshop, regulars at the bottom when they are known, hollow where they are not; plain columns without any."""
    if not columns:
        return nothing(title, size)
    with_core = any(column.core is not None for column in columns)
    key = [(fill, name) for fill, name in ((BLUE, core_name), (PALE_BLUE, others_name)) if name] if with_core else []
    room = _NAMES if key and columns[-1].core and size.width - _NAMES > 38 * len(columns) else 0
    slot = (size.width - room) / len(columns)
    if slot < 38:
        return _attendance_rows(title, columns, key, size)
    key = [] if room else key
    width = min(47.0, slot * 0.68)
    labels = [wrap(column.label, 7.5, slot - 3, True, most=3) for column in columns]
    details = [wrap(column.detail, NOTE, slot - 3, most=3) if column.detail else [] for column in columns]
    foot = max(len(a) * 10 + len(b) * 9 for a, b in zip(labels, details, strict=True)) + 8
    head = key_height(key, size) + 18
    base = head + 128
    drawing = Drawing(title, base + foot, size)
    draw_key(drawing, key)
    unit = 128 / (max(column.total or 0 for column in columns) or 1)
    for rank, (column, label, detail) in enumerate(zip(columns, labels, details, strict=True)):
        middle = (rank + 0.5) * slot
        _draw_column(drawing, column, middle, width, base, unit, with_core)
        for row, line in enumerate(label):
            drawing.text(middle, base + 12 + row * 10, line, 7.5, bold=True, anchor="middle")
        for row, line in enumerate(detail):
            drawing.text(middle, base + 12 + len(label) * 10 + row * 9, line, NOTE, SOFT, anchor="middle")
    if room:
        _lead(drawing, columns[-1], (core_name, others_name), size.width - room - (slot - width) / 2, base, unit)
    drawing.line(0, base, size.width - room, base, INK, 0.75)
    return drawing.svg()


def _lead(drawing: Drawing, column: Column, names: tuple[str, str], edge: float, base: float, unit: float) -> None:
    """The names of both parts, each led to its part of the last column."""
    core, left = _core(column) * unit, drawing.width - _NAMES + 12
    places = [core / 2, (core + (column.total or 0) * unit) / 2]
    lines = [wrap(name, 8, _NAMES - 12, most=2) if name else [] for name in names]
    feet = len(lines[0]) * 9.5 + 6
    heights = [max(places[0], len(lines[0]) * 5), max(places[1], len(lines[0]) * 5 + places[0] + feet * 0.7)]
    for words, place, height in zip(lines, places, heights, strict=True):
        if words:
            drawing.line(edge + 2, base - place, left - 3, base - height, GREY, 0.75)
            drawing.block(left, base - height, words, 8, 9.5, SOFT)


def _draw_column(
    drawing: Drawing, column: Column, middle: float, width: float, base: float, unit: float, with_core: bool
) -> None:
    if column.total is None:
        drawing.block(middle, base - 8, wrap(column.text, 8, width + 8, most=3), 8, 9.5, SOFT, anchor="middle")
        return
    left, core, height = middle - width / 2, _core(column), column.total * unit
    if with_core and column.core is None:
        drawing.rect(left, base - height, width, height, WHITE, stroke=GREY, stroke_width=1)
    else:
        drawing.rect(left, base - height, width, height, PALE_BLUE if with_core else BLUE)
    if with_core and core:
        drawing.rect(left, base - core * unit, width, core * unit, BLUE, stroke=WHITE, stroke_width=0.8)
        if core * unit >= 12:
            drawing.text(middle, base - core * unit / 2 + 3, str(core), LABEL, WHITE, True, "middle")
        if height - core * unit >= 12:
            drawing.text(middle, base - (height + core * unit) / 2 + 2.5, str(column.total - core), 8, anchor="middle")
    drawing.text(middle, base - height - 5, wrap(column.text, 11, width + 10, True, most=1)[0], 11, INK, True, "middle")


def _core(column: Column) -> int:
    return min(max(column.core or 0, 0), column.total or 0)


def _attendance_rows(title: str, columns: Sequence[Column], key: list[tuple[str, str]], size: Size) -> str:
    names = [wrap(f"{each.label} {each.detail}".strip(), 8, size.width * 0.42) for each in columns]
    left = max(text_width(line, 8) for lines in names for line in lines) + _PAD
    head = key_height(key, size) + 2
    heights = [max(15.0, len(lines) * 10 + 5) for lines in names]
    drawing = Drawing(title, head + sum(heights) + 2, size)
    draw_key(drawing, key)
    widest = max(
        (text_width(printable(each.text), LABEL, True) for each in columns if each.total is not None), default=0
    )
    unit = (size.width - left - min(widest, 60) - 8) / (max(each.total or 0 for each in columns) or 1)
    y = head
    for column, lines, height in zip(columns, names, heights, strict=True):
        middle = y + height / 2
        drawing.block(left - _PAD, middle, lines, 8, 10, anchor="end")
        length = (column.total or 0) * unit
        if key and column.core is None:
            drawing.rect(left, middle - 5, length, 10, WHITE, stroke=GREY, stroke_width=1)
        else:
            drawing.rect(left, middle - 5, length, 10, BLUE if column.core is None else PALE_BLUE)
        drawing.rect(left, middle - 5, _core(column) * unit, 10, BLUE)
        room = size.width - left - length - 5
        text = wrap(column.text, 7.5 if column.total is None else LABEL, room, column.total is not None, most=1)[0]
        if column.total is None:
            drawing.text(left + 5, middle + 2.7, text, 7.5, SOFT)
        else:
            drawing.text(left + length + 5, middle + 2.9, text, LABEL, bold=True)
        y += height
    drawing.line(left, head, left, drawing.height, INK, 0.75)
    return drawing.svg()


@dataclass(frozen=True)
class Step:
    """The share still followed from `time` on, with the bounds of its band when they are known."""

    time: float
    share: float
    low: float | None = None
    high: float | None = None


def survival(
    title: str,
    steps: Sequence[Step],
    at_risk: Sequence[tuple[float, str]],
    *,
    end: float,
    median: float | None = None,
    median_text: str = "",
    unit: str = "mois",
    axis: str = "durée depuis la première décision de l’équipe",
    risk_heading: str = "Personnes encore suivies, donc observables :",
    size: Size = PRINT,
) -> str:
    """Kaplan-Meier steps with their band, numbers at risk under the axis, median dropped to it when it is reached.

    Shares between 0 and 1; `at_risk` gives the ticks of the axis: (time, number as written). Nothing is drawn past `end`.
    """
    steps = sorted((step for step in steps if 0 <= step.time <= end), key=lambda step: step.time)
    if not steps or end <= 0:
        return nothing(title, size)
    if steps[0].time > 0:
        steps = [Step(0, 1, 1, 1), *steps]
    notes = [wrap(text, 7.5, size.width) if text else [] for text in (risk_heading, axis)]
    frame = _Frame(30, size.width - 14, 12, 12 + min(166, size.width * 0.6), end)
    drawing = Drawing(title, frame.bottom + 36 + sum(len(lines) for lines in notes) * 10, size)
    for share in (0, 0.25, 0.5, 0.75, 1):
        height = frame.y(share)
        drawing.line(frame.left, height, frame.right, height, RULE if share else INK, 0.5 if share else 0.75)
        words = f"{share * 100:.0f}" + (" %" if share == 1 else "")
        drawing.text(frame.left - 5, height + 2.6, words, 7.5, SOFT, anchor="end")
    _draw_band(drawing, steps, frame)
    drawing.path(frame.stairs([(step.time, step.share) for step in steps]), stroke=BLUE, stroke_width=1.8)
    if median is not None and 0 <= median <= end:
        _draw_median(drawing, median, median_text, frame)
    _draw_axis(drawing, at_risk, frame, unit, notes)
    return drawing.svg()


@dataclass(frozen=True)
class _Frame:
    left: float
    right: float
    top: float
    bottom: float
    end: float

    def x(self, time: float) -> float:
        return self.left + (self.right - self.left) * time / self.end

    def y(self, share: float) -> float:
        return self.bottom - (self.bottom - self.top) * min(max(share, 0), 1)

    def stairs(self, points: Sequence[tuple[float, float]]) -> str:
        """From the first point to the end of the axis, each level kept until the next time."""
        (time, share), *others = points
        turns = "".join(f"H{shortest(self.x(t))}V{shortest(self.y(s))}" for t, s in others)
        return f"M{shortest(self.x(time))} {shortest(self.y(share))}{turns}H{shortest(self.x(self.end))}"


def _draw_band(drawing: Drawing, steps: Sequence[Step], frame: _Frame) -> None:
    bounds = [(step.time, step.low, step.high) for step in steps if step.low is not None and step.high is not None]
    if not bounds:
        return
    upper = frame.stairs([(time, high) for time, _, high in bounds])
    lower = f"V{shortest(frame.y(bounds[-1][1]))}"
    for (_, before, _), (time, _, _) in zip(bounds[-2::-1], bounds[:0:-1], strict=True):
        lower += f"H{shortest(frame.x(time))}V{shortest(frame.y(before))}"
    start = f"H{shortest(frame.x(bounds[0][0]))}"
    drawing.path(f"{upper}{lower}{start}z", PALE_BLUE, fill_opacity=0.75)


def _draw_median(drawing: Drawing, median: float, text: str, frame: _Frame) -> None:
    x, y = frame.x(median), frame.y(0.5)
    drop = f"M{shortest(frame.left)} {shortest(y)}H{shortest(x)}V{shortest(frame.bottom)}"
    drawing.path(drop, stroke=INK, stroke_width=0.9, stroke_dasharray="2.5 2")
    drawing.circle(x, y, 2.6, INK)
    after = frame.right - x >= x - frame.left
    room = (frame.right - x if after else x - frame.left) - 8
    lines = wrap(text, 9, min(room, 130), True, most=4) if text else []
    # The curve goes down: above it on the right, under it on the left.
    first = y - 6 - (len(lines) - 1) * 10.5 if after else y + 13
    for rank, line in enumerate(lines):
        drawing.text(
            x + 7 if after else x - 7, first + rank * 10.5, line, 9, bold=True, anchor="start" if after else "end"
        )


def _draw_axis(
    drawing: Drawing, at_risk: Sequence[tuple[float, str]], frame: _Frame, unit: str, notes: list[list[str]]
) -> None:
    risk, axis = notes
    numbers = frame.bottom + 26 + len(risk) * 10
    taken = -1.0
    for time, number in sorted(each for each in at_risk if 0 <= each[0] <= frame.end):
        x = frame.x(time)
        label = f"{time:g}".replace(".", ",") + (f" {unit}" if taken < 0 else "")
        half = max(text_width(printable(label), 7.5), text_width(printable(number), LABEL, True)) / 2
        x_text = min(max(x, half), drawing.width - half)
        drawing.line(x, frame.bottom, x, frame.bottom + 3, INK, 0.75)
        if x_text - half < taken + 3:
            continue
        drawing.text(x_text, frame.bottom + 12.5, label, 7.5, SOFT, anchor="middle")
        drawing.text(x_text, numbers, number, LABEL, bold=True, anchor="middle")
        taken = x_text + half
    for rank, line in enumerate(risk):
        drawing.text(0, frame.bottom + 24 + rank * 10, line, 7.5, SOFT)
    for rank, line in enumerate(axis):
        drawing.text(drawing.width, numbers + 12 + rank * 10, line, 7.5, SOFT, anchor="end")
