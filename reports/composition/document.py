"""The parts of a printed report, as the template reads them; every text is French and already spaced."""

from dataclasses import dataclass

from markupsafe import Markup

# Rows of the only drawing of a single sheet.
MOST_ROWS = 6
# The chapter of what changed since the same report was issued before.
REISSUED = "remise"
NO_PICTURE = Markup("")


@dataclass(frozen=True)
class Table:
    """First column is the row's heading; the others hold numbers, or words to be read from the left when `words`."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: bool = False


@dataclass(frozen=True)
class WordTable:
    """A table without a drawing, titled by its finding."""

    title: str
    table: Table
    subtitle: str = ""


@dataclass(frozen=True)
class Figure:
    """A drawing titled by its finding, with the way to read it and its numbers, those drawn unless `table_title` says it."""

    title: str
    subtitle: str
    svg: str
    reading: str
    scope: str
    source: str
    table: Table | None
    table_title: str = ""


@dataclass(frozen=True)
class Callout:
    """A box: `look` is "limit" (what the data cannot say) or "plain"."""

    title: str
    lines: tuple[str, ...]
    look: str = "limit"


@dataclass(frozen=True)
class KeyFigure:
    """One line of the key figures: the number, what is counted, its base, a comparison and earlier values if any.

    `trend_words` say what the line draws; `trend_text` stands in its place.
    """

    number: str
    unit: str
    what: str
    base: str
    comparison: str = ""
    comparison_base: str = ""
    comparison_picture: Markup = NO_PICTURE
    trend: Markup = NO_PICTURE
    trend_text: str = ""
    trend_words: str = ""


@dataclass(frozen=True)
class Chapter:
    """One question: `short` runs at the top of its pages, `summary` is its line in the contents.

    `texts` are what people wrote, under headings: (heading, paragraphs).
    """

    key: str
    short: str
    title: str
    summary: str
    finding: str
    figures: tuple[Figure, ...] = ()
    callouts: tuple[Callout, ...] = ()
    landscape: bool = False
    texts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    tables: tuple[WordTable, ...] = ()


@dataclass(frozen=True)
class Definition:
    """An entry of the annex."""

    term: str
    text: str


@dataclass(frozen=True)
class Opinion:
    """What people judge or recommend, and their signature."""

    title: str
    lines: tuple[str, ...]
    signature: str


@dataclass(frozen=True)
class Entry:
    """A line of the contents."""

    id: str
    order: str
    title: str
    summary: str


@dataclass(frozen=True)
class Document:
    """A whole report; `stopped` says when the data were stopped, `headline` sums up the key figures, `protected` when small numbers are
    hidden, `plain` is for families."""

    issuer: str
    territory: str
    title: str
    subtitle: str
    period: str
    audience: str
    issued_on: str
    stopped: str
    version: str
    cover_svg: str
    cover_legend: str
    headline: str
    key_figures: tuple[KeyFigure, ...]
    key_note: str
    chapters: tuple[Chapter, ...]
    limits: Chapter
    definitions: tuple[Definition, ...]
    opinions: tuple[Opinion, ...] = ()
    protected: bool = True
    one_page: bool = False
    plain: bool = False

    @property
    def page_figure(self) -> Figure | None:
        """The drawing that a single sheet has room for: the first with few rows."""
        every = (figure for chapter in self.chapters if not chapter.landscape for figure in chapter.figures)
        return next((figure for figure in every if figure.table and len(figure.table.rows) <= MOST_ROWS), None)

    @property
    def reissued(self) -> str:
        """What a single sheet says of the one issued before."""
        return next((chapter.finding for chapter in self.chapters if chapter.key == REISSUED), "")

    @property
    def author(self) -> str:
        """Who publishes."""
        return self.issuer

    @property
    def compares(self) -> bool:
        """Whether a key figure has a national one beside it."""
        return any(row.comparison for row in self.key_figures)

    @property
    def evolves(self) -> bool:
        """Whether a key figure is drawn over several periods."""
        return any(row.trend for row in self.key_figures)

    @property
    def running(self) -> str:
        """The top of every page."""
        return f"{self.issuer} · {self.title}"

    @property
    def description(self) -> str:
        """For the PDF's properties."""
        return f"{self.title} de {self.issuer}, {self.period}"

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The contents, in the order of the chapters."""
        return (
            *((Entry("chiffres", "", "Les chiffres clés", self.headline),) if self.key_figures else ()),
            *(Entry(each.key, str(order), each.title, each.summary) for order, each in enumerate(self.chapters, 1)),
            Entry(self.limits.key, "", self.limits.title, self.limits.summary),
            Entry("annexe", "", "Définitions et méthodes", "Comment chaque chiffre est calculé"),
        )
