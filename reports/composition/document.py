"""The parts of a printed report, as the template reads them; every text is French and already spaced."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """The numbers of a figure: first column is the row's heading."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Figure:
    """A drawing titled by its finding, with the way to read it and its numbers."""

    title: str
    subtitle: str
    svg: str
    reading: str
    scope: str
    source: str
    table: Table | None


@dataclass(frozen=True)
class Callout:
    """A box: `look` is "limit" (what the data cannot say) or "plain"."""

    title: str
    lines: tuple[str, ...]
    look: str = "limit"


@dataclass(frozen=True)
class KeyFigure:
    """One line of the key figures: the number, what is counted, its base, and a comparison when there is one."""

    value: str
    unit: str
    what: str
    base: str
    comparison: str = ""
    comparison_svg: str = ""


@dataclass(frozen=True)
class Chapter:
    """One question: `short` runs at the top of its pages, `summary` is its line in the contents."""

    key: str
    short: str
    title: str
    summary: str
    finding: str
    figures: tuple[Figure, ...] = ()
    callouts: tuple[Callout, ...] = ()
    landscape: bool = False


@dataclass(frozen=True)
class Definition:
    """An entry of the annex."""

    term: str
    text: str


@dataclass(frozen=True)
class Document:
    """A whole report."""

    issuer: str
    territory: str
    title: str
    subtitle: str
    period: str
    audience: str
    issued_on: str
    version: str
    cover_svg: str
    cover_legend: str
    key_figures: tuple[KeyFigure, ...]
    chapters: tuple[Chapter, ...]
    limits: Chapter
    definitions: tuple[Definition, ...]
