"""Measured text and marks → SVG, the same on screen and in print.

One unit is one printed point. Presentation attributes only: under the content security policy, a style attribute turns
a drawing black. The texts are measured on the vendored fonts, so that a label cannot leave the drawing or cross another.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from fontTools.ttLib import TTFont

from impact.wording import french

FONTS = Path(__file__).resolve().parent / "static" / "fonts"
FAMILY = "Impact"
INK, SOFT, RULE, WASH, WHITE = "#1b2430", "#4a5665", "#c9d1d9", "#e1e6eb", "#ffffff"
BLUE, MIDDLE_BLUE, LIGHT_BLUE, PALE_BLUE = "#0b5cad", "#74a9d8", "#a9cbe9", "#d3e3f3"
OCHRE, OCHRE_BAR, OCHRE_LIGHT, GREY = "#b45309", "#cc7a1e", "#eacfa6", "#8793a0"
UNKNOWN_SIGN = "□"

_ATTRIBUTES = frozenset(
    {
        "stroke",
        "stroke_width",
        "stroke_dasharray",
        "stroke_linejoin",
        "stroke_linecap",
        "fill_opacity",
        "stroke_opacity",
        "rx",
    }
)
_TOLERANCE = 0.5


@dataclass(frozen=True)
class Size:
    """How wide a drawing is, in its own units, and how large a unit is where it is read.

    `css_class` is « bur » or « tel » when the page carries two drawings, one for each width of screen.
    """

    width: float
    unit: str = "pt"
    scale: float = 1.0
    css_class: str = ""


PRINT, HALF, WIDE = Size(482), Size(230), Size(728)
SCREEN, PHONE = Size(482, "px", 1.6, "bur"), Size(208, "px", 1.6, "tel")


@cache
def _advances(bold: bool) -> dict[int, float]:
    with TTFont(FONTS / f"NotoSans-{'Bold' if bold else 'Regular'}.ttf", lazy=True) as font:
        metrics, units = font["hmtx"].metrics, font["head"].unitsPerEm
        return {code: metrics[name][0] / units for code, name in font.getBestCmap().items()}


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width in drawing units, without kerning; ValueError when the fonts lack a sign."""
    advances = _advances(bold)
    try:
        return sum([advances[ord(char)] for char in text]) * size
    except KeyError:
        missing = sorted({char for char in text if ord(char) not in advances})
        raise ValueError(f"Signes absents des polices : {missing} dans {text!r}") from None


def printable(text: str) -> str:
    """French spacing, one line, and a square for each sign that the fonts lack: what a person typed never stops a drawing."""
    known = _advances(False)
    kept = "".join(" " if char in "\n\r\t" else char for char in french(text))
    kept = "".join(
        char if ord(char) in known else UNKNOWN_SIGN for char in kept if char.isprintable() or char in "\u202f\u00a0"
    )
    return " ".join(word for word in kept.split(" ") if word)


def wrap(text: str, size: float, width: float, bold: bool = False, most: int = 0) -> list[str]:
    """Lines no wider than `width`; a word too long is cut; beyond `most` lines (0: no limit) the last ends with « … »."""
    lines: list[str] = []
    current = ""
    for word in printable(text).split(" "):
        attempt = f"{current} {word}".strip(" ")
        if text_width(attempt, size, bold) <= width:
            current = attempt
            continue
        if current:
            lines.append(current)
        *full, current = _cut(word, size, width, bold)
        lines.extend(full)
    lines.append(current)
    if not most or len(lines) <= most:
        return lines
    return [*lines[: most - 1], _shorten(lines[most - 1], size, width, bold)]


def _cut(word: str, size: float, width: float, bold: bool) -> list[str]:
    pieces, piece = [], ""
    for char in word:
        if piece and text_width(piece + char, size, bold) > width:
            pieces.append(piece)
            piece = ""
        piece += char
    return [*pieces, piece]


def _shorten(line: str, size: float, width: float, bold: bool) -> str:
    while line and text_width(line + "…", size, bold) > width:
        line = line[:-1]
    return line.rstrip(" \u00a0\u202f") + "…"


def shortest(value: float) -> str:
    """A coordinate with at most two decimals and no useless zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


class Drawing:
    """An SVG being drawn; `text` raises ValueError when a label leaves the drawing or crosses another."""

    def __init__(self, title: str, height: float, size: Size = PRINT, role: str = "img") -> None:
        self.title = printable(title)
        self.height, self.size, self.role = height, size, role
        self.width = size.width
        self._marks: list[str] = []
        self._labels: list[tuple[str, tuple[float, float, float, float]]] = []

    def rect(self, x: float, y: float, width: float, height: float, fill: str, **attributes: str | float) -> None:
        """A rectangle; nothing when it has no area, since a zero is read on its label."""
        if width > 0 and height > 0:
            box = f'x="{shortest(x)}" y="{shortest(y)}" width="{shortest(width)}" height="{shortest(height)}"'
            self._marks.append(f'<rect {box} fill="{fill}"{_written(attributes)}/>')

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        stroke: str = RULE,
        width: float = 0.5,
        **attributes: str | float,
    ) -> None:
        """A straight rule."""
        ends = f'x1="{shortest(x1)}" y1="{shortest(y1)}" x2="{shortest(x2)}" y2="{shortest(y2)}"'
        self._marks.append(f'<line {ends} stroke="{stroke}" stroke-width="{shortest(width)}"{_written(attributes)}/>')

    def circle(self, x: float, y: float, radius: float, fill: str, **attributes: str | float) -> None:
        """A disc, or a ring when `fill` is white and a stroke is given."""
        place = f'cx="{shortest(x)}" cy="{shortest(y)}" r="{shortest(radius)}"'
        self._marks.append(f'<circle {place} fill="{fill}"{_written(attributes)}/>')

    def path(self, data: str, fill: str = "none", **attributes: str | float) -> None:
        """A path whose numbers the caller wrote with `shortest`."""
        self._marks.append(f'<path d="{escape(data)}" fill="{fill}"{_written(attributes)}/>')

    def text(
        self, x: float, y: float, text: str, size: float = 8, fill: str = INK, bold: bool = False, anchor: str = "start"
    ) -> float:
        """Write on the baseline `y`; returns the width. The anchor is resolved here, so that every reader agrees."""
        text = printable(text)
        if not text:
            return 0.0
        width = text_width(text, size, bold)
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        self._place(text, (left, y - 0.72 * size, left + width, y + 0.12 * size))
        weight = ' font-weight="700"' if bold else ""
        place = f'x="{shortest(left)}" y="{shortest(y)}" font-size="{shortest(size)}"'
        self._marks.append(f'<text {place} fill="{fill}"{weight}>{escape(text)}</text> ')
        return width

    def block(
        self,
        x: float,
        middle: float,
        lines: list[str],
        size: float = 8,
        spacing: float = 10.5,
        fill: str = INK,
        bold: bool = False,
        anchor: str = "start",
    ) -> None:
        """Lines centred on `middle`."""
        first = middle - (len(lines) - 1) * spacing / 2 + size * 0.36
        for rank, line in enumerate(lines):
            self.text(x, first + rank * spacing, line, size, fill, bold, anchor)

    @contextmanager
    def link(self, target: str, label: str, css: str = "") -> Iterator[None]:
        """What is drawn inside leads to `target`, an anchor of the page; `label` must contain the words drawn inside."""
        kind = f' class="{escape(css)}"' if css else ""
        self._marks.append(f'<a{kind} href="{escape(target)}" aria-label="{escape(printable(label))}">')
        yield
        self._marks.append("</a>")

    @contextmanager
    def group(self, css: str) -> Iterator[None]:
        """What is drawn inside is styled together; nothing around it without a class."""
        if css:
            self._marks.append(f'<g class="{escape(css)}">')
        yield
        if css:
            self._marks.append("</g>")

    def svg(self) -> str:
        """The drawing, to be put in a page as it is."""
        wide, high = (shortest(each * self.size.scale) + self.size.unit for each in (self.width, self.height))
        css = f' class="{self.size.css_class}"' if self.size.css_class else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg"{css} viewBox="0 0 {shortest(self.width)} {shortest(self.height)}" '
            f'width="{wide.removesuffix("px")}" height="{high.removesuffix("px")}" role="{self.role}" '
            f'font-family="{FAMILY}"><title>{escape(self.title)}</title>{"".join(self._marks)}</svg>'
        )

    def _place(self, text: str, box: tuple[float, float, float, float]) -> None:
        left, top, right, bottom = box
        inside = left >= -_TOLERANCE and right <= self.width + _TOLERANCE
        if not inside or top < -_TOLERANCE or bottom > self.height + _TOLERANCE:
            raise ValueError(f"Texte hors du dessin : {text!r}")
        for other, (x1, y1, x2, y2) in self._labels:
            if min(right, x2) - max(left, x1) > _TOLERANCE and min(bottom, y2) - max(top, y1) > _TOLERANCE:
                raise ValueError(f"Textes superposés : {text!r} et {other!r}")
        self._labels.append((text, box))


def _written(attributes: dict[str, str | float]) -> str:
    if unknown := attributes.keys() - _ATTRIBUTES:
        raise ValueError(f"Attributs refusés : {sorted(unknown)}")
    return "".join(
        f' {name.replace("_", "-")}="{escape(value if isinstance(value, str) else shortest(value))}"'
        for name, value in attributes.items()
    )
