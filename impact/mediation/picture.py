"""Two drawings of the sites: how much is done by week of presence, and week after week."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from impact.drawing import (
    BLUE,
    INK,
    LIGHT_BLUE,
    MIDDLE_BLUE,
    OCHRE,
    PALE_BLUE,
    RULE,
    SOFT,
    WHITE,
    Drawing,
    Size,
    text_width,
    wrap,
)
from impact.mediation.records import SiteYear
from impact.wording import number

_NARROW = 300
_LABEL, _NOTE, _ROW, _HEAD = 8.0, 7.0, 13.0, 15.0
_WIDEST_LABEL, _END = 150.0, 26.0
_SHADES = (PALE_BLUE, LIGHT_BLUE, MIDDLE_BLUE, BLUE)
_SHORT = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
NOTHING = "Aucune semaine de présence."


def draw_sites(rows: Sequence[SiteYear], size: Size) -> str:
    """A disc a site, as far as its activities by week of presence; a ring where no week of presence is known."""
    groups = [(kind, list(some)) for kind, some in groupby(rows, key=lambda row: row.site.kind)]
    narrow = size.width < _NARROW
    left = 4.0 if narrow else _WIDEST_LABEL + 8
    step = _ROW + (_ROW - 2 if narrow else 0)
    top = 10.0
    drawing = Drawing(_told(rows), top + sum(_HEAD + len(some) * step for _, some in groups) + 4, size)
    most = max((row.per_week or 0 for row in rows), default=0) or 1
    unit = (size.width - left - _END - 6) / most
    drawing.text(size.width, 8, "par semaine", _NOTE, SOFT, anchor="end")
    for kind, some in groups:
        drawing.text(0, top + 9, kind.several, _LABEL, SOFT, bold=True)
        top += _HEAD
        for row in sorted(some, key=lambda each: -(each.per_week or 0)):
            middle = top + step - _ROW / 2
            if narrow:
                drawing.text(0, top + 9, wrap(row.site.name, _LABEL, size.width, most=1)[0], _LABEL)
            else:
                label = wrap(row.site.name, _LABEL, _WIDEST_LABEL, most=1)[0]
                drawing.text(_WIDEST_LABEL, middle + 3, label, _LABEL, anchor="end")
            _disc(drawing, row, left, middle, unit)
            top += step
    return drawing.svg()


def _disc(drawing: Drawing, row: SiteYear, left: float, middle: float, unit: float) -> None:
    right = drawing.width - _END
    drawing.line(left, middle, right, middle, RULE)
    if row.per_week is None:
        drawing.circle(left, middle, 3, WHITE, stroke=OCHRE, stroke_width=1.2)
        drawing.text(drawing.width, middle + 3, "–", _LABEL, SOFT, anchor="end")
        return
    drawing.circle(left + row.per_week * unit, middle, 3.6, BLUE)
    drawing.text(drawing.width, middle + 3, number(row.per_week, 1), _LABEL, INK, anchor="end")


def draw_weeks(rows: Sequence[SiteYear], weeks: Sequence[date], size: Size) -> str:
    """A line a site, a square a week: the darker the more was done, a ring when nobody said whether a mediator was there."""
    narrow = size.width < _NARROW
    left = 0.0 if narrow else _WIDEST_LABEL + 8
    step = _ROW + (_ROW - 2 if narrow else 0)
    cell = (size.width - left) / max(len(weeks), 1)
    top = 12.0
    drawing = Drawing(_told(rows), top + len(rows) * step + 2, size)
    _months(drawing, weeks, left, cell)
    bounds = _bounds(rows)
    places = {week: left + rank * cell for rank, week in enumerate(weeks)}
    for row in rows:
        label = wrap(row.site.name, _LABEL, size.width if narrow else _WIDEST_LABEL, most=1)[0]
        bottom = top + step
        if narrow:
            drawing.text(0, top + 9, label, _LABEL)
        else:
            drawing.text(_WIDEST_LABEL, bottom - 4, label, _LABEL, anchor="end")
        drawing.line(left, bottom - _ROW / 2, size.width, bottom - _ROW / 2, RULE, 0.4)
        for week in row.weeks:
            if week.week_on in places:
                _square(drawing, week.present, week.activities, bounds, (places[week.week_on], bottom - _ROW + 1, cell))
        top += step
    return drawing.svg()


def _square(
    drawing: Drawing, present: bool | None, done: int, bounds: Sequence[int], place: tuple[float, float, float]
) -> None:
    x, y, cell = place
    side = min(cell - 0.8, _ROW - 2)
    if present is None:
        drawing.circle(x + cell / 2, y + (_ROW - 2) / 2, min(side / 2, 2.4), WHITE, stroke=OCHRE, stroke_width=1)
    elif present:
        fill = WHITE if not done else _SHADES[sum(done > bound for bound in bounds)]
        drawing.rect(x + 0.4, y, cell - 0.8, _ROW - 2, fill, stroke=MIDDLE_BLUE, stroke_width=0.5)


def _months(drawing: Drawing, weeks: Sequence[date], left: float, cell: float) -> None:
    """The name of each month over its first week, where there is room for it."""
    free = 0.0
    for rank, week in enumerate(weeks):
        x = left + rank * cell
        if (not rank or week.month != weeks[rank - 1].month) and x >= free:
            name = _SHORT[week.month - 1] if drawing.width >= _NARROW else _SHORT[week.month - 1][:1]
            width = text_width(name, _NOTE)
            if x + width <= drawing.width:
                drawing.text(x, 8, name, _NOTE, SOFT)
                free = x + width + 3


def _bounds(rows: Sequence[SiteYear]) -> list[int]:
    """The quartiles of what was done in a week with something done: the shade changes above each."""
    done = sorted(week.activities for row in rows for week in row.weeks if week.activities)
    return [done[len(done) * part // 4] for part in (1, 2, 3)] if done else [0, 0, 0]


def _told(rows: Sequence[SiteYear]) -> str:
    known = [row for row in rows if row.per_week is not None]
    if not known:
        return NOTHING
    top = max(known, key=lambda row: row.per_week or 0)
    low = min(known, key=lambda row: row.per_week or 0)
    said = f"Activités par semaine de présence : de {number(low.per_week, 1)} ({low.site.name})"
    return f"{said} à {number(top.per_week, 1)} ({top.site.name}), {len(known)} sites. Le tableau suit."
