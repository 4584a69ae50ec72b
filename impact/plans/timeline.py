"""The roadmap as a picture: one bar a step on a common scale of months, each leading to its line of the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from impact.drawing import (
    BLUE,
    GREY,
    INK,
    LIGHT_BLUE,
    OCHRE,
    RULE,
    SOFT,
    WHITE,
    Drawing,
    Size,
    text_width,
    wrap,
)
from impact.plans.records import Objective, Step
from impact.plans.rules import all_steps, is_late
from impact.plans.vocabulary import StepState
from impact.wording import MONTHS, short_date

TITLE, WORDS, SMALL, BAR = 8.0, 8.0, 7.0, 8.0
_LINE, _GAP, _EDGE = 10.0, 5.0, 3.0
_NARROW = 300
_LABELS = 178.0
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)


@dataclass(frozen=True)
class _Scale:
    """Whole months between two days, laid over part of the width."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Where a day falls."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return self.left + share * (self.right - self.left)


def state_words(step: Step, today: date) -> str:
    """What the picture and the list both say of a step."""
    if is_late(step, today):
        return f"En retard, échéance {short_date(step.due_on)}"
    if step.is_open:
        return f"{step.state.label}, échéance {short_date(step.due_on)}"
    return f"{step.state.label} le {short_date(step.closed_on)}"


def draw_timeline(objectives: Sequence[Objective], today: date, size: Size) -> str:
    """The SVG; an empty text when there is no step to draw. A missing sign or a long title never stops the drawing."""
    steps = all_steps(objectives)
    if not steps:
        return ""
    narrow = size.width < _NARROW
    scale = _scale(steps, _EDGE if narrow else _LABELS + 12, size.width - _EDGE)
    rows = [(action.title, action.steps) for objective in objectives for action in objective.actions if action.steps]
    height = _axis_height() + sum(_group_height(title, steps, today, size) for title, steps in rows) + _GAP
    drawing = Drawing(f"Frise de la feuille de route, {len(steps)} étapes. La liste suit.", height, size, "group")
    top = _draw_axis(drawing, scale, today)
    for title, group in rows:
        top = _draw_group(drawing, scale, title, group, today, top)
    return drawing.svg()


def _scale(steps: Sequence[Step], left: float, right: float) -> _Scale:
    days = [day for step in steps for day in (step.starts_on, step.due_on, step.closed_on) if day]
    first, last = min(days), max(days)
    return _Scale(first.replace(day=1), _months_later(last, 1), left, right)


def _months_later(day: date, months: int) -> date:
    rank = day.year * 12 + day.month - 1 + months
    return date(rank // 12, rank % 12 + 1, 1)


def _ticks(scale: _Scale) -> list[tuple[date, str]]:
    count = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month
    room = (scale.right - scale.left) / (text_width("00/0000", SMALL) + 8)
    each = next((step for step in _MONTH_STEPS if count / step <= room), _MONTH_STEPS[-1])
    start = scale.first if each < 12 else date(scale.first.year, 1, 1)
    days = [_months_later(start, each * rank) for rank in range(count // each + 2)]
    return [(day, f"{day.month:02d}/{day.year}") for day in days if scale.first <= day < scale.last]


def _axis_height() -> float:
    return 2 * _LINE + 4


def _draw_axis(drawing: Drawing, scale: _Scale, today: date) -> float:
    bottom = drawing.height
    for day, words in _ticks(scale):
        x = scale.at(day)
        drawing.line(x, 2 * _LINE, x, bottom, RULE)
        if x + text_width(words, SMALL) <= drawing.width:
            drawing.text(x, 2 * _LINE - 2, words, SMALL, SOFT)
    if scale.first <= today < scale.last:
        x, words = scale.at(today), f"{today.day} {MONTHS[today.month - 1]} {today.year}"
        half = text_width(words, SMALL) / 2 + 2
        drawing.line(x, _LINE - 1, x, bottom, OCHRE, 1, stroke_dasharray="3 2")
        drawing.text(min(max(x, half), drawing.width - half), _LINE - 3, words, SMALL, OCHRE, anchor="middle")
    return _axis_height()


def _label_width(size: Size) -> float:
    return size.width - 2 * _EDGE if size.width < _NARROW else _LABELS


def _heading(title: str, size: Size) -> list[str]:
    return wrap(title, TITLE, size.width - 2 * _EDGE, bold=True, most=2)


def _label(step: Step, size: Size) -> list[str]:
    return wrap(step.title, WORDS, _label_width(size), most=3)


def _step_height(step: Step, size: Size) -> float:
    lines = (len(_label(step, size)) + 1) * _LINE
    return lines + (BAR + 4 if size.width < _NARROW else 0) + _GAP


def _group_height(title: str, steps: Sequence[Step], today: date, size: Size) -> float:
    return len(_heading(title, size)) * _LINE + 2 * _GAP + sum(_step_height(step, size) for step in steps)


def _draw_group(drawing: Drawing, scale: _Scale, title: str, steps: Sequence[Step], today: date, top: float) -> float:
    top += _GAP
    heading = _heading(title, drawing.size)
    # The heading crosses the scale: a white ground keeps it readable over the rules.
    drawing.rect(0, top, drawing.width, len(heading) * _LINE + 2, WHITE)
    for line in heading:
        drawing.text(_EDGE, top + TITLE, line, TITLE, INK, bold=True)
        top += _LINE
    top += _GAP
    for step in steps:
        words = state_words(step, today)
        with drawing.link(f"#etape-{step.id}", f"{step.title}, {words}"):
            _draw_step(drawing, scale, step, words, today, top)
        top += _step_height(step, drawing.size)
    return top


def _draw_step(drawing: Drawing, scale: _Scale, step: Step, words: str, today: date, top: float) -> None:
    narrow = drawing.width < _NARROW
    lines, late = _label(step, drawing.size), is_late(step, today)
    bar = top + len(lines) * _LINE + _LINE + 1 if narrow else top + 1
    if narrow:
        drawing.rect(0, top - 1, drawing.width, (len(lines) + 1) * _LINE + 1, WHITE)
    for rank, line in enumerate(lines):
        drawing.text(_EDGE, top + WORDS + rank * _LINE, line, WORDS)
    drawing.text(_EDGE, top + WORDS + len(lines) * _LINE, words, SMALL, OCHRE if late else SOFT, bold=late)
    start, end = scale.at(step.starts_on), scale.at(step.due_on)
    _draw_bar(drawing, start, bar, max(end - start, 2.5), step.state, late)


def _draw_bar(drawing: Drawing, x: float, y: float, width: float, state: StepState, late: bool) -> None:
    if state is StepState.DONE:
        drawing.rect(x, y, width, BAR, BLUE, rx=1.5)
    elif state is StepState.DROPPED:
        drawing.rect(x, y, width, BAR, WHITE, rx=1.5, stroke=GREY, stroke_width=0.75, stroke_dasharray="2 2")
    else:
        fill = LIGHT_BLUE if state is StepState.UNDER_WAY else WHITE
        stroke, thick = (OCHRE, 1.75) if late else (BLUE, 0.75)
        drawing.rect(x, y, width, BAR, fill, rx=1.5, stroke=stroke, stroke_width=thick)
