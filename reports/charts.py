"""Charts of the reports: plain data in, SVG text out, for print, for the screen and for the phone.

Numbers arrive worded: what a mark says is written by the caller, so that a masked row shows its words and no length.
No chart refuses data: empty, null, masked, long or many.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from impact.drawing import (
    BLUE,
    GREY,
    INK,
    LIGHT_BLUE,
    OCHRE_BAR,
    PRINT,
    RULE,
    SOFT,
    WASH,
    WHITE,
    Drawing,
    Size,
    printable,
    shortest,
    text_width,
    wrap,
)

LABEL, NOTE, LINE = 8.5, 7.0, 10.5
NOTHING = "Aucune donnée à représenter."
_PAD, _BAR, _ROW = 8.0, 10.4, 17.5
_LEAST_AREA = 90.0
_DOTS_HEIGHT = 210.0


@dataclass(frozen=True)
class Bar:
    """One row: `length` in the unit of the scale, None when masked or unknown; `text` is written at its end.

    `count` goes to the right column; `mark` is the comparison, in the same unit, with its words in `mark_text`.
    """

    label: str
    length: float | None
    text: str
    count: str = ""
    mark: float | None = None
    mark_text: str = ""
    light: bool = False


@dataclass(frozen=True)
class Cover:
    """What a source covers: `known` of `concerned` units, said by `text` and `share`."""

    label: str
    detail: str
    known: float
    concerned: float
    text: str
    share: str = ""


@dataclass(frozen=True)
class Dots:
    """A group of the cover: `look` is "full", "light" or "ring"."""

    count: int
    look: str


def nothing(title: str, size: Size = PRINT) -> str:
    """What stands in the place of a chart that has no row."""
    lines = wrap(NOTHING, 8, size.width)
    drawing = Drawing(title, len(lines) * LINE + 4, size)
    drawing.block(0, drawing.height / 2, lines, fill=SOFT)
    return drawing.svg()


def bars(
    title: str,
    rows: Sequence[Bar],
    *,
    heading: str = "",
    mark_heading: str = "",
    ordinal: bool = False,
    longest: float | None = None,
    names: tuple[str, str] = ("", ""),
    size: Size = PRINT,
) -> str:
    """Bars from zero, sorted by length unless `ordinal`, masked rows last; a comparison is a black tick.

    `longest` is the value that fills the width, to compare several charts; the longest bar or mark otherwise.
    `names` are the words for dark and light bars, when both are drawn; they are written at the end of one bar each.
    """
    if not rows:
        return nothing(title, size)
    if not ordinal:
        rows = sorted(rows, key=lambda row: (row.length is None, -(row.length or 0)))
    return _BarChart(title, rows, (heading, mark_heading), longest, names, size).svg()


class _BarChart:
    def __init__(
        self,
        title: str,
        rows: Sequence[Bar],
        headings: tuple[str, str],
        longest: float | None,
        names: tuple[str, str],
        size: Size,
    ) -> None:
        heading, mark_heading = headings
        self.key = [(fill, name) for fill, name in zip((BLUE, LIGHT_BLUE), names, strict=True) if name]
        self.rows, self.size = rows, size
        widths = [_side_width(words, size) for words in (self._counts(heading), self._marks(mark_heading))]
        self.count_right = size.width - widths[1]
        self.right = size.width - sum(widths)
        label_width = max(text_width(printable(row.label), LABEL) for row in rows)
        self.left = min(label_width, 0.34 * size.width) + _PAD
        self.stacked = self.right - self.left < _LEAST_AREA
        if self.stacked:
            self.left = 0.5
        room = self.right if self.stacked else self.left - _PAD
        self.labels = [wrap(row.label, LABEL, room) for row in rows]
        ends = max((text_width(printable(row.text), LABEL, True) for row in rows if row.length is not None), default=0)
        area = self.right - self.left
        self.end_width = min(ends, 0.5 * area)
        lengths = [value for row in rows for value in (row.length, row.mark) if value is not None]
        top = longest or max(lengths, default=0)
        self.unit = (area - self.end_width - 7) / max([top, *lengths, 1e-9])
        self.texts = [self._end(row) for row in rows]
        self.heads = [
            wrap(text, NOTE, width - 6, most=3) if text else []
            for text, width in zip((heading, mark_heading), widths, strict=True)
        ]
        self.named = self._led()
        if len(self.named) == len(self.key):
            self.key = []
        else:
            self.named = {}
        self.top = max(len(lines) for lines in self.heads) * 8.5 + 5 + key_height(self.key, size)
        self.heights = [self._height(*pair) for pair in zip(self.labels, self.texts, strict=True)]
        self.drawing = Drawing(title, self.top + sum(self.heights) + 2, size)

    def _counts(self, heading: str) -> tuple[str, list[str]]:
        return heading, [row.count for row in self.rows]

    def _marks(self, heading: str) -> tuple[str, list[str]]:
        return heading, [row.mark_text for row in self.rows]

    def _led(self) -> dict[int, str]:
        """The place of the bar at the end of which each name fits: the shortest of its colour."""
        found = {}
        for fill, name in self.key:
            rows = [
                (row.length, place)
                for place, row in enumerate(self.rows)
                if row.length and row.mark is None and (LIGHT_BLUE if row.light else BLUE) == fill
            ]
            if rows:
                length, place = min(rows)
                words = max(text_width(line, LABEL, True) for line in self.texts[place])
                if self.left + length * self.unit + words + text_width(printable(name), 8) + 16 < self.right:
                    found[place] = name
        return found

    def _end(self, row: Bar) -> list[str]:
        if row.length is None:
            return wrap(row.text, 7.5, self.right - self.left - 8)
        return wrap(row.text, LABEL, self.end_width + 1, True)

    def _height(self, label: list[str], text: list[str]) -> float:
        if self.stacked:
            return len(label) * LINE + max(_ROW - 3, len(text) * LINE + 4) + 4
        return max(_ROW, max(len(label), len(text)) * LINE + 5)

    def svg(self) -> str:
        drawing, top = self.drawing, self.top
        draw_key(drawing, self.key)
        for lines, x in zip(self.heads, (self.count_right, self.size.width), strict=True):
            for rank, line in enumerate(lines):
                drawing.text(x, self.top - 5 - (len(lines) - 1 - rank) * 8.5, line, NOTE, SOFT, anchor="end")
        drawn = zip(self.rows, self.labels, self.texts, self.heights, strict=True)
        for place, (row, label, text, height) in enumerate(drawn):
            head = len(label) * LINE + 2 if self.stacked else 0
            middle = top + head + (height - head) / 2 - 1
            if self.stacked:
                drawing.block(0, top + head / 2, label, LABEL)
            else:
                drawing.block(self.left - _PAD, middle, label, LABEL, anchor="end")
            self._draw(row, text, middle)
            if name := self.named.get(place):
                words = max(text_width(line, LABEL, True) for line in text)
                drawing.text(self.left + (row.length or 0) * self.unit + words + 11, middle + 2.9, name, 8, SOFT)
            top += height
        if not self.stacked:
            drawing.line(self.left, self.top - 3, self.left, drawing.height, INK, 0.75)
        return drawing.svg()

    def _draw(self, row: Bar, text: list[str], middle: float) -> None:
        drawing = self.drawing
        if self.stacked:
            drawing.line(self.left, middle - 7, self.left, middle + 7, INK, 0.75)
        if row.length is None:
            drawing.block(self.left + 6, middle, text, 7.5, fill=SOFT)
        else:
            length = max(row.length, 0) * self.unit
            drawing.rect(self.left, middle - _BAR / 2, length, _BAR, LIGHT_BLUE if row.light else BLUE)
            if row.mark is not None:
                mark = max(row.mark, 0) * self.unit
                _tick(drawing, self.left + mark, middle - 7.4, middle + 7.4)
                words = max((text_width(printable(line), LABEL, True) for line in text), default=0)
                if length - 2 < mark < length + words + 10:  # The words would touch the mark.
                    length = mark
            drawing.block(self.left + length + 5, middle, text, LABEL, bold=True)
        ink = SOFT if row.length is None else INK
        if row.count:
            drawing.text(self.count_right, middle + 2.9, row.count, LABEL, ink, anchor="end")
        if row.mark_text:
            drawing.text(self.size.width, middle + 2.9, row.mark_text, LABEL, SOFT, anchor="end")


def _side_width(column: tuple[str, list[str]], size: Size) -> float:
    """Width of a right column: its numbers, or its heading within a fifth of the drawing; 0 when it is empty."""
    heading, texts = column
    if not heading and not any(texts):
        return 0
    numbers = max((text_width(printable(text), LABEL) for text in texts), default=0)
    return max(numbers, min(text_width(printable(heading), NOTE), size.width / 6)) + 10


def _tick(drawing: Drawing, x: float, top: float, bottom: float) -> None:
    drawing.line(x, top, x, bottom, WHITE, 3.4)
    drawing.line(x, top, x, bottom, INK, 1.4)


def key_height(items: Sequence[tuple[str, str]], size: Size) -> float:
    """Height of the line or lines that `draw_key` writes."""
    return len(_key_lines(items, size)) * 12.0 + 4 if items else 0


def draw_key(drawing: Drawing, items: Sequence[tuple[str, str]]) -> None:
    """Names of the colours, on top of the drawing: pairs (fill, name)."""
    for rank, line in enumerate(_key_lines(items, drawing.size)):
        x, y = 0.0, rank * 12.0 + 9
        for fill, name in line:
            drawing.rect(x, y - 6.5, 7, 7, fill)
            x += 11 + drawing.text(x + 11, y, name, 8, SOFT) + 14


def _key_lines(items: Sequence[tuple[str, str]], size: Size) -> list[list[tuple[str, str]]]:
    lines: list[list[tuple[str, str]]] = [[]]
    x = 0.0
    for fill, name in items:
        shown = wrap(name, 8, size.width - 12, most=1)[0]
        width = 11 + text_width(shown, 8)
        if lines[-1] and x + width > size.width:
            lines.append([])
            x = 0
        lines[-1].append((fill, shown))
        x += width + 14
    return lines


def coverage(title: str, rows: Sequence[Cover], *, low: float = 0.6, size: Size = PRINT) -> str:
    """What each source covers: known over concerned units; ochre under the share `low`."""
    if not rows:
        return nothing(title, size)
    narrow = size.width < 300
    room = size.width if narrow else 0.38 * size.width
    names = [wrap(row.label, LABEL, room, True) for row in rows]
    details = [wrap(row.detail, 7.25, room) if row.detail else [] for row in rows]
    words = [len(a) * LINE + len(b) * 9 for a, b in zip(names, details, strict=True)]
    heights = [height + (30 if narrow else 8) for height in words]
    drawing = Drawing(title, sum(heights) + 4, size)
    texts = max(text_width(printable(row.text), LABEL, True) for row in rows)
    shares = max(text_width(printable(row.share), LABEL) for row in rows)
    left = 0 if narrow else room + 8
    width = max(size.width - left - (0 if narrow else texts + shares + 24), 20)
    y = 0.0
    for rank, (row, name, detail, height, high) in enumerate(zip(rows, names, details, heights, words, strict=True)):
        if rank:
            drawing.line(0, y, size.width, y, RULE, 0.4)
        for number, line in enumerate(name):
            drawing.text(0, y + 12 + number * LINE, line, LABEL, bold=True)
        for number, line in enumerate(detail):
            drawing.text(0, y + 11.5 + len(name) * LINE + number * 9, line, 7.25, SOFT)
        middle = y + high + 10 if narrow else y + height / 2
        share = min(max(row.known / row.concerned, 0), 1) if row.concerned > 0 else 0
        drawing.rect(left, middle - 4, width, 8, WASH)
        drawing.rect(left, middle - 4, width * share, 8, BLUE if share >= low else OCHRE_BAR)
        below = middle + 14 if narrow else middle + 3
        drawing.text(0 if narrow else left + width + 10, below, row.text, LABEL, bold=True)
        if row.share:
            drawing.text(size.width, below, row.share, LABEL, SOFT, anchor="end")
        y += height
    return drawing.svg()


def rule_with_comparison(title: str, here: float, elsewhere: float | None, width: float = 98) -> str:
    """A rule from 0 to 100: a blue disc for here, a black tick for the comparison; shares between 0 and 1."""
    drawing = Drawing(title, 19, Size(width))
    inside = [min(max(value, 0), 1) * (width - 8) + 4 for value in (here, elsewhere or 0)]
    drawing.line(4, 6, width - 4, 6, RULE, 2)
    if elsewhere is not None:
        drawing.line(inside[1], 0, inside[1], 12, INK, 1.2)
    drawing.circle(inside[0], 6, 3.1, BLUE, stroke=WHITE, stroke_width=0.8)
    drawing.text(0, 18, "0", 6.75, SOFT)
    drawing.text(width, 18, "100", 6.75, SOFT, anchor="end")
    return drawing.svg()


def trend(title: str, values: Sequence[float | None], first: tuple[str, str], last: tuple[str, str]) -> str:
    """A small line over the years; `first` and `last` are (number, year) as they are written; None breaks the line."""
    left, right = (max(text_width(printable(text), 8, True), 8) + 6 for text in (first[0], last[0]))
    drawing = Drawing(title, 40, Size(max(98.0, left + right + 30)))
    known = [value for value in values if value is not None]
    low, high = min(known, default=0), max(known, default=0)
    spread, middle = max(high - low, abs(high) * 0.12, 1e-9), (low + high) / 2
    step = (drawing.width - left - right) / max(len(values) - 1, 1)
    points = [
        (left + rank * step, 15 - (each - middle) / spread * 14) for rank, each in enumerate(values) if each is not None
    ]
    if points:
        drawing.path("M" + "L".join(f"{shortest(x)} {shortest(y)}" for x, y in points), stroke=GREY, stroke_width=1.2)
        for x, y in points[:-1]:
            drawing.circle(x, y, 1.3, GREY)
        drawing.circle(*points[-1], 2.6, BLUE)
        drawing.text(points[-1][0] + 5, min(max(points[-1][1] + 2.8, 7), 26), last[0], 8, BLUE, True)
    if len(points) > 1:
        drawing.text(points[0][0] - 4, min(max(points[0][1] + 2.7, 7), 26), first[0], 7.5, SOFT, anchor="end")
        drawing.text(0, 37, wrap(first[1], 6.75, drawing.width / 2 - 3, most=1)[0], 6.75, SOFT)
    drawing.text(drawing.width, 37, wrap(last[1], 6.75, drawing.width / 2 - 3, most=1)[0], 6.75, SOFT, anchor="end")
    return drawing.svg()


def dot_worth(total: int) -> int:
    """How many people one dot stands for on the cover, so that there are at most a thousand dots."""
    worth = 1
    while total > 1000 * worth:
        worth *= 2 if str(worth).startswith("5") else 5
    return worth


def dots(title: str, groups: Sequence[Dots], size: Size = PRINT) -> str:
    """The field of the cover: a dot per person, or per `dot_worth` people, group after group, column by column."""
    worth = dot_worth(sum(max(group.count, 0) for group in groups))
    looks = [group.look for group in groups for _ in range(ceil(max(group.count, 0) / worth))]
    if not looks:
        return nothing(title, size)
    across = max(20, ceil(sqrt(len(looks) * size.width / _DOTS_HEIGHT)))
    step, down = size.width / across, ceil(len(looks) / across)
    drawing = Drawing(title, down * step + 2, size)
    for rank, look in enumerate(looks):
        x, y = (rank // down + 0.5) * step, (rank % down + 0.5) * step
        if look == "ring":
            drawing.circle(x, y, step * 0.34, WHITE, stroke=GREY, stroke_width=1)
        else:
            drawing.circle(x, y, step * 0.36, BLUE if look == "full" else LIGHT_BLUE)
    return drawing.svg()
