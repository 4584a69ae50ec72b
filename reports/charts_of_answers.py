"""Charts of answers: agreement on a scale, change between two waves.

The same rules as in `reports.charts`: worded numbers in, SVG text out, no data refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from impact.drawing import (
    BLUE,
    GREY,
    INK,
    LIGHT_BLUE,
    MIDDLE_BLUE,
    OCHRE,
    OCHRE_BAR,
    OCHRE_LIGHT,
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
from impact.wording import number, signed
from reports.charts import LABEL, LINE, NOTE, draw_key, key_height, nothing

FIVE_LEVELS = (
    "Pas du tout d’accord",
    "Plutôt pas d’accord",
    "Ni l’un ni l’autre",
    "Plutôt d’accord",
    "Tout à fait d’accord",
)
_AGAINST = {1: [OCHRE_BAR], 2: [OCHRE_BAR, OCHRE_LIGHT], 3: [OCHRE, OCHRE_BAR, OCHRE_LIGHT]}
_FOR = {1: [BLUE], 2: [LIGHT_BLUE, BLUE], 3: [LIGHT_BLUE, MIDDLE_BLUE, BLUE]}
_WHITE_TEXT = frozenset({BLUE, OCHRE})


@dataclass(frozen=True)
class Answers:
    """One statement: a length and its words per level, from disagreement to agreement; `aside` is « sans avis ».

    `lengths` is empty when the row is masked: `masked` is then written in the place of the bars.
    """

    statement: str
    lengths: tuple[float, ...]
    texts: tuple[str, ...]
    aside: str = ""
    masked: str = ""


@dataclass(frozen=True)
class Change:
    """One domain: people who declined, stayed, progressed; `net` and its bounds are between −1 and 1.

    `down`, `same`, `up` are None when masked (`masked` says it); `net_text` is what the mark says; a change that is
    not `certain` is drawn hollow.
    """

    label: str
    base: str
    down: int | None
    same: int | None
    up: int | None
    net: float | None = None
    low: float | None = None
    high: float | None = None
    net_text: str = ""
    certain: bool = True
    masked: str = ""


def likert(
    title: str,
    rows: Sequence[Answers],
    *,
    levels: Sequence[str] = FIVE_LEVELS,
    aside: str = "sans avis",
    size: Size = PRINT,
) -> str:
    """Diverging bars: disagreement left of one axis, agreement right, a middle level across it, « sans avis » apart.

    2 to 7 levels; each row of lengths has as many, else ValueError.
    """
    if not rows:
        return nothing(title, size)
    if not 2 <= len(levels) <= 7 or any(row.lengths and len(row.lengths) != len(levels) for row in rows):
        raise ValueError("De 2 à 7 niveaux, et une longueur par niveau.")
    return _Likert(title, rows, levels, aside, size).svg()


class _Likert:
    def __init__(self, title: str, rows: Sequence[Answers], levels: Sequence[str], aside: str, size: Size) -> None:
        half = len(levels) // 2
        self.half, self.rows = half, rows
        self.fills = [*_AGAINST[half], *([WASH] if len(levels) % 2 else []), *_FOR[half]]
        self.key = list(zip(self.fills, levels, strict=True))
        asides = max((text_width(printable(row.aside), LABEL) for row in rows if row.aside), default=0)
        self.aside = aside if asides else ""
        self.right = size.width - (max(asides, text_width(printable(self.aside), NOTE)) + 8 if asides else 0)
        self.narrow = size.width < 300
        self.left = 0 if self.narrow else size.width * 0.3
        self.statements = [wrap(row.statement, LABEL, self.right if self.narrow else self.left - 10) for row in rows]
        self.heights = [len(lines) * LINE + (26 if self.narrow else 0) for lines in self.statements]
        self.heights = [height if self.narrow else max(height + 8, 27) for height in self.heights]
        self.top = key_height(self.key, size) + (10 if self.aside else 2)
        self.drawing = Drawing(title, self.top + sum(self.heights) + 3, size)
        sides = [self._sides(row) for row in rows if row.lengths]
        against, agree = (max((side[n] for side in sides), default=0) for n in (0, 1))
        self.unit = (self.right - self.left - 2) / max(against + agree, 1e-9)
        self.axis = self.left + 1 + against * self.unit

    def _sides(self, row: Answers) -> tuple[float, float]:
        lengths = [max(length, 0) for length in row.lengths]
        middle = lengths[self.half] / 2 if len(lengths) % 2 else 0
        return sum(lengths[: self.half]) + middle, sum(lengths[-self.half :]) + middle

    def svg(self) -> str:
        drawing, top = self.drawing, self.top
        draw_key(drawing, self.key)
        if self.aside:
            drawing.text(drawing.width, self.top - 2, self.aside, NOTE, SOFT, anchor="end")
        for rank, (row, lines, height) in enumerate(zip(self.rows, self.statements, self.heights, strict=True)):
            if rank:
                drawing.line(0, top, drawing.width, top, RULE, 0.4)
            words = len(lines) * LINE
            drawing.block(0, top + (words / 2 + 3 if self.narrow else height / 2), lines, LABEL)
            middle = top + words + 14 if self.narrow else top + height / 2
            self._draw(row, middle)
            top += height
        return drawing.svg()

    def _draw(self, row: Answers, middle: float) -> None:
        drawing = self.drawing
        if row.aside:
            drawing.text(drawing.width, middle + 3, row.aside, LABEL, SOFT, anchor="end")
        if not row.lengths:
            text = wrap(row.masked, 7.5, self.right - self.left - 8, most=1)[0]
            drawing.text(self.left + 6, middle + 2.7, text, 7.5, SOFT)
            return
        reach = 11 if self.narrow else 13
        drawing.line(self.axis, middle - reach, self.axis, middle + reach, INK, 0.75)
        x = self.axis - self._sides(row)[0] * self.unit
        for fill, length, text in zip(self.fills, row.lengths, row.texts, strict=True):
            width = max(length, 0) * self.unit
            drawing.rect(x, middle - 8, width, 16, fill)
            if text and text_width(printable(text), 8, True) + 4 <= width:
                ink = WHITE if fill in _WHITE_TEXT else INK
                drawing.text(x + width / 2, middle + 3, text, 8, ink, True, "middle")
            x += width


def change(title: str, rows: Sequence[Change], *, size: Size = PRINT) -> str:
    """The same people at two waves: declines left, progress right of one zero, unchanged apart, net with its interval."""
    if not rows:
        return nothing(title, size)
    return _Changes(title, rows, size).svg()


class _Changes:
    def __init__(self, title: str, rows: Sequence[Change], size: Size) -> None:
        self.rows, self.narrow = rows, size.width < 300
        self.left, self.right = (0.0, size.width) if self.narrow else (size.width * 0.3, size.width * 0.72)
        self.names = [wrap(row.label, LABEL, size.width if self.narrow else self.left - 8) for row in rows]
        self.heights = [len(lines) * LINE + (60 if self.narrow else 20) for lines in self.names]
        self.drawing = Drawing(title, 30 + sum(self.heights) + 14, size)
        counts = [count for row in rows for count in _counts(row)]
        widest = max((text_width(number(count), 8, True) for count in counts), default=0) + 6
        self.known = [_counts(row) for row in rows if _counts(row)]
        down, same, up = (max((each[n] for each in self.known), default=0) for n in range(3))
        self.unit = (self.right - self.left - 3 * widest - 16) / ((down + same + up) or 1)
        self.zero = self.left + widest + down * self.unit
        self.same = self.zero + up * self.unit + widest + 10
        self.net_left = 0 if self.narrow else size.width * 0.75
        shares = [abs(share) for row in rows for share in (row.net, row.low, row.high) if share is not None]
        self.net_end = max(ceil(min(max(shares, default=0), 1) * 4) / 4, 0.25)

    def svg(self) -> str:
        drawing, top = self.drawing, 30.0
        self._draw_headings(drawing.height - 12)
        for row, lines, height in zip(self.rows, self.names, self.heights, strict=True):
            words = len(lines) * LINE
            drawing.line(0, top, drawing.width, top, RULE, 0.4)
            drawing.block(0, top + 4 + words / 2, lines, LABEL)
            room = (drawing.width if self.narrow else self.left) - 4
            drawing.text(0, top + words + 12, wrap(row.base, NOTE, room, most=1)[0], NOTE, SOFT)
            middle = top + words + 25 if self.narrow else top + height / 2
            if _counts(row):
                self._draw_counts(_counts(row), middle)
            elif row.masked:
                masked = wrap(row.masked, 7.5, self.right - self.left - 4, most=1)[0]
                drawing.text(self.left, middle + 3, masked, 7.5, SOFT)
            if row.net is not None:
                self._draw_net(row, row.net, middle + 23 if self.narrow else middle)
            top += height
        return drawing.svg()

    def _draw_headings(self, bottom: float) -> None:
        drawing = self.drawing
        if self.known:
            self._draw_directions()
        if not self.narrow:
            drawing.text(drawing.width, 10, "solde et marge", 8, bold=True, anchor="end")
        for share in (-self.net_end, 0, self.net_end):
            x, words = self._net_x(share), signed(share * 100)
            if not self.narrow:
                drawing.line(x, 28, x, bottom, RULE if share else INK, 0.5)
            drawing.text(min(max(x, 10), drawing.width - 10), bottom + 10, words, NOTE, SOFT, anchor="middle")

    def _draw_directions(self) -> None:
        """The words over the bars; none when every row is masked."""
        drawing = self.drawing
        widths = [text_width(word, 8, True) + 4 for word in ("reculent", "progressent")]
        zero = min(max(self.zero, widths[0]), self.right - widths[1])
        drawing.text(zero - 4, 10, "reculent", 8, OCHRE, True, "end")
        after = zero + 4 + drawing.text(zero + 4, 10, "progressent", 8, BLUE, True)
        room = self.same > after + 6 and self.same + text_width("inchangés", 8, True) < self.right
        end = "start" if room else "end"
        drawing.text(self.same if room else self.right, 10 if room else 22, "inchangés", 8, SOFT, True, end)

    def _net_x(self, share: float) -> float:
        half = (self.drawing.width - self.net_left) / 2
        return self.net_left + half + min(max(share / self.net_end, -1), 1) * (half - 6)

    def _draw_counts(self, counts: list[int], middle: float) -> None:
        drawing, zero, unit = self.drawing, self.zero, self.unit
        down, same, up = counts
        drawing.rect(zero - down * unit, middle - 7, down * unit, 14, OCHRE_BAR)
        drawing.rect(zero, middle - 7, up * unit, 14, BLUE)
        drawing.rect(self.same, middle - 7, same * unit, 14, WASH)
        drawing.line(zero, middle - 9, zero, middle + 9, INK, 0.75)
        drawing.text(zero - down * unit - 3, middle + 3, number(down), 8, OCHRE, True, "end")
        drawing.text(zero + up * unit + 3, middle + 3, number(up), 8, BLUE, True)
        drawing.text(self.same + 3, middle + 3, number(same), 8)

    def _draw_net(self, row: Change, net: float, middle: float) -> None:
        drawing, ink, x = self.drawing, INK if row.certain else GREY, self._net_x(net)
        if self.narrow:
            drawing.line(self._net_x(0), middle - 1, self._net_x(0), middle + 9, INK, 0.5)
        if row.low is not None and row.high is not None:
            drawing.line(self._net_x(row.low), middle + 4, self._net_x(row.high), middle + 4, ink, 1.6)
        drawing.circle(x, middle + 4, 3.1, ink if row.certain else WHITE, stroke=ink, stroke_width=1.3)
        text = wrap(row.net_text, 8, drawing.width - self.net_left, row.certain, most=1)[0]
        half = text_width(text, 8, row.certain) / 2
        place = min(max(x, self.net_left + half), drawing.width - half)
        drawing.rect(max(place - half - 2, 0), middle - 11, 2 * half + 2, 10, WHITE)
        drawing.text(place, middle - 3, text, 8, INK if row.certain else SOFT, row.certain, "middle")


def _counts(row: Change) -> list[int]:
    """Declined, unchanged, progressed; empty when one of them is masked."""
    counts = [max(count, 0) for count in (row.down, row.same, row.up) if count is not None]
    return counts if len(counts) == 3 else []
