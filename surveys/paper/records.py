"""What is printed, what is scanned, what is read."""

from dataclasses import dataclass, field

from surveys.paper.vocabulary import BatchState, PageState, SheetState


@dataclass(frozen=True)
class Place:
    """A box, a writing frame or a row on a printed page: CSS pixels from the top left corner, pages from 0."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Layout:
    """Where everything is: boxes by field and value, frames and rows by field."""

    pages: int
    boxes: dict[str, dict[str, Place]]
    frames: dict[str, Place]
    rows: dict[str, Place]


@dataclass(frozen=True)
class PageCode:
    """What the corners of a page say; `check` is drawn from the community's key and the layout."""

    wave: int
    version: int
    printing: int
    copy: int
    page: int
    check: str


@dataclass(frozen=True)
class PageReading:
    """How dark each box is (0 to 1), how much ink each frame holds (0 to 1), and the page made straight, as JPEG.

    Without `code`, nothing was read and the picture is the page as it came.
    """

    code: PageCode | None
    marks: dict[str, dict[str, float]] = field(default_factory=dict)
    inks: dict[str, float] = field(default_factory=dict)
    crops: dict[str, bytes] = field(default_factory=dict)
    picture: bytes = b""


@dataclass(frozen=True)
class Printing:
    """Sheets printed for a wave in one language, alike but for their number: 1 to `copies`."""

    id: int
    wave_id: int
    language: str
    layout: Layout
    digest: str
    copies: int


@dataclass(frozen=True)
class Batch:
    """Scans received together; `done` pages are read of the `total` counted so far."""

    id: int
    wave_id: int
    received_on: str
    state: BatchState
    done: int
    total: int


@dataclass(frozen=True)
class ScannedPage:
    """One page of a batch; `has_picture` until the answers of its sheet are stored."""

    id: int
    batch_id: int
    place: int
    source: str
    state: PageState
    reason: str
    sheet_id: int | None
    page: int | None
    has_picture: bool


@dataclass(frozen=True)
class Sheet:
    """The answers of one paper sheet: what was read or typed by field, and why a person must look.

    `again` is the second typing, when there is one; `print_id` is None for a sheet typed on the keyboard.
    """

    id: int
    wave_id: int
    print_id: int | None
    copy: int | None
    serial: int
    state: SheetState
    typed: dict[str, str]
    again: dict[str, str] | None
    doubts: dict[str, str]
    version: int
