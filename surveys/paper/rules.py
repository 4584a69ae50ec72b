"""Where boxes are, what marks mean, when a person must look: decisions without a database nor a picture."""

import hashlib
import hmac
import json
from base64 import b32encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Protocol

from surveys.answering import ASIDE, fields_of, find_problems, is_shown
from surveys.paper.records import Layout, PageCode, Place
from surveys.paper.vocabulary import Doubt
from surveys.records import Question, Questionnaire
from surveys.vocabulary import OPEN, QuestionKind

MOST_COPIES = 300
# A ranking with more choices leaves no room for its boxes beside their words.
MOST_RANKS = 10
# Share of a box that is ink: under the first it is blank, over the second it is ticked; in between, a person looks.
BLANK, TICKED = 0.05, 0.11
# A box blackened whole may be a correction.
BLACKENED = 0.80
# Share of a writing frame that is ink when somebody wrote.
WRITTEN = 0.004
_BOX, _FRAME, _ROW = "b/", "w/", "r/"
_WRITTEN_KINDS = OPEN | {QuestionKind.NUMBER, QuestionKind.DAY}


class Anchored(Protocol):
    """Where the printing put an element."""

    @property
    def page(self) -> int: ...
    @property
    def left(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def bottom(self) -> float: ...


def not_printable(questionnaire: Questionnaire) -> list[Question]:
    """The questions that paper cannot hold: they are asked on screen alone."""
    return [
        question
        for question in questionnaire.asked
        if question.kind is QuestionKind.RANKING and len(question.choices) > MOST_RANKS
    ]


def layout_of(pages: int, anchors: Mapping[str, Anchored]) -> Layout:
    """Boxes, frames and rows, from the names that the sheet gave to its elements."""
    boxes: dict[str, dict[str, Place]] = {}
    frames, rows = {}, {}
    for name, at in anchors.items():
        place = Place(at.page, at.left, at.top, at.right, at.bottom)
        if name.startswith(_BOX):
            field, _, value = name.removeprefix(_BOX).rpartition("/")
            boxes.setdefault(field, {})[value] = place
        elif name.startswith(_FRAME):
            frames[name.removeprefix(_FRAME)] = place
        elif name.startswith(_ROW):
            rows[name.removeprefix(_ROW)] = place
    return Layout(pages, boxes, frames, rows)


def layout_text(layout: Layout) -> str:
    """The layout as JSON, in an order that never changes; tenths of a pixel are enough."""

    def short(value: Any) -> Any:
        return {key: short(each) for key, each in value.items()} if isinstance(value, dict) else _rounded(value)

    return json.dumps(short(asdict(layout)), sort_keys=True)


def layout_from(text: str) -> Layout:
    """What `layout_text` wrote."""
    known = json.loads(text)
    return Layout(
        known["pages"],
        {field: {value: Place(**at) for value, at in boxes.items()} for field, boxes in known["boxes"].items()},
        {field: Place(**at) for field, at in known["frames"].items()},
        {field: Place(**at) for field, at in known["rows"].items()},
    )


def check_of(secret: bytes, code: PageCode, digest: str) -> str:
    """Six signs that only this community's key gives to a page of this layout: another's sheet is told from ours."""
    message = f"paper:{code.wave}:{code.version}:{code.printing}:{code.copy}:{code.page}:{digest}".encode()
    return b32encode(hmac.new(secret, message, hashlib.sha256).digest())[:6].decode("ascii")


def decide(
    questionnaire: Questionnaire, marks: Mapping[str, Mapping[str, float]], inks: Mapping[str, float]
) -> tuple[dict[str, str], dict[str, str]]:
    """What the marks of a page say: the answers typed as on the keyboard, by field, and the doubts, by field."""
    typed: dict[str, str] = {}
    doubts: dict[str, str] = {}
    several = {question.code for question in questionnaire.asked if question.kind is QuestionKind.SEVERAL}
    for field, boxes in marks.items():
        ticked = [value for value, dark in boxes.items() if dark >= TICKED]
        faint = [value for value, dark in boxes.items() if BLANK <= dark < TICKED or dark > BLACKENED]
        if ticked and (field in several or len(ticked) == 1):
            typed[field] = " ".join(ticked)
        if faint:
            doubts[field] = Doubt.FAINT.value
        elif len(ticked) > 1 and field not in several:
            doubts[field] = Doubt.MANY.value
    doubts.update({field: Doubt.INK.value for field, ink in inks.items() if ink >= WRITTEN})
    return typed, doubts


def contradictions(questionnaire: Questionnaire, typed: Mapping[str, Any]) -> dict[str, str]:
    """Fields whose answers cannot stand together, or answer a question that was not to be answered."""
    problems = find_problems(questionnaire, typed)
    found = {field: Doubt.CONFLICT.value for field, message in problems.items() if message != "required"}
    for question in questionnaire.asked:
        if not is_shown(questionnaire, question, typed):
            answered = [field for field in paper_fields(question) if typed.get(field)]
            found.update(dict.fromkeys(answered, Doubt.CONDITION.value))
    return found


def paper_fields(question: Question) -> list[str]:
    """The fields of a question on paper: those of its answers, then its box « je ne sais pas »."""
    return [*fields_of(question), f"{ASIDE}{question.code}"]


def signature(typed: Mapping[str, str], doubts: Mapping[str, str]) -> str:
    """The same for two readings of the same marks."""
    return hashlib.sha256(json.dumps([typed, doubts], sort_keys=True).encode()).hexdigest()


def fields_on(layout: Layout, page: int) -> set[str]:
    """The fields that are printed on a page."""
    boxed = {field for field, boxes in layout.boxes.items() if any(at.page == page for at in boxes.values())}
    return boxed | {field for field, at in layout.frames.items() if at.page == page}


def row_of(layout: Layout, field: str, page: int) -> Place:
    """The part of a page to show to who decides about a field: its row, or its boxes with what is around."""
    known = layout.rows.get(field) or layout.rows.get(field.removeprefix(ASIDE))
    if known and known.page == page and known.bottom - known.top < 500:
        return known
    spots = _spots(layout, field, page)
    return Place(page, 40, min(at.top for at in spots) - 30, 754, max(at.bottom for at in spots) + 30)


def differing(first: Mapping[str, str], second: Mapping[str, str], fields: Iterable[str]) -> list[str]:
    """The fields on which two typings of the same sheet differ."""
    return [field for field in fields if first.get(field, "") != second.get(field, "")]


def missing_pages(layout: Layout, pages: Sequence[int]) -> list[int]:
    """The pages of a sheet that were not scanned, from 0."""
    return [page for page in range(layout.pages) if page not in pages]


def _spots(layout: Layout, field: str, page: int) -> list[Place]:
    found = [at for at in layout.boxes.get(field, {}).values() if at.page == page]
    if field in layout.frames and layout.frames[field].page == page:
        found.append(layout.frames[field])
    return found


def _rounded(value: Any) -> Any:
    return round(value, 1) if isinstance(value, float) else value


def as_sent(questionnaire: Questionnaire, typed: Mapping[str, str]) -> dict[str, Any]:
    """Answers kept as text by field, as the respondent's form would have sent them."""
    sent: dict[str, Any] = {}
    for question in questionnaire.asked:
        for field in paper_fields(question):
            text = typed.get(field, "")
            if text:
                sent[field] = text if field.startswith(ASIDE) else _value(question.kind, text)
    return sent


def _value(kind: QuestionKind, text: str) -> Any:
    if kind is QuestionKind.SEVERAL:
        return text.split()
    if kind is QuestionKind.NUMBER:
        return int(text)
    return date.fromisoformat(text) if kind is QuestionKind.DAY else text
