"""A curve of exits read outside the house: no step may tell that one child, or a few, left."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reports.computing.pathway_times import REMAINING
from reports.disclosure import DEFAULTS, JOINT, MERGED, SMALL
from reports.records import Estimate

CURVE, STILL_FOLLOWED, GONE = "pre.curve", "pre.still_followed", "pre.gone_by_reason"
HORIZON = "12"


def protect_steps(by_code: Mapping[str, Sequence[Estimate]]) -> dict[str, list[Estimate]]:
    """The curve and what else reads it: a point is kept when enough pathways ended since the last one that was.

    Milestones and reasons are read on the same curve: they are kept where its point is.
    """
    found = {code: list(rows) for code, rows in by_code.items() if code in (CURVE, STILL_FOLLOWED, GONE)}
    points = close_steps(found[CURVE]) if found.get(CURVE) else []
    hidden = {row.category for row in points if row.masked}
    if CURVE in found:
        found[CURVE] = points
    if STILL_FOLLOWED in found:
        told = [_mark(row) if row.category in hidden else row for row in found[STILL_FOLLOWED]]
        found[STILL_FOLLOWED] = told if points else close_steps(told)
    if GONE in found:
        merged = merge_reasons(found[GONE])
        found[GONE] = [_mark(row) for row in merged] if HORIZON in hidden else merged
    return found


def close_steps(rows: Sequence[Estimate], least: int = DEFAULTS.person) -> list[Estimate]:
    """Points in the order of time; one is hidden when some pathways, but too few, ended since the last one shown."""
    shown, last = [], 0.0
    for row in rows:
        ended = float((row.effect or {}).get("count", 0)) if row.value is not None else last
        if 0 < ended - last < least:
            shown.append(_mark(row))
        else:
            shown.append(row)
            last = ended
    return shown


def merge_reasons(rows: Sequence[Estimate], least: int = DEFAULTS.person) -> list[Estimate]:
    """Reasons that too few pathways ended for are joined until they are enough; incidences add."""
    known = sorted((row for row in rows if row.category not in ("", REMAINING)), key=lambda row: row.numerator or 0)
    others = [row for row in rows if row.category in ("", REMAINING)]
    joined: list[Estimate] = []
    while (known and (known[0].numerator or 0) < least) or 0 < _count(joined) < least:
        if not known:
            return [_mark(row) if row.value is not None else row for row in (*joined, *others)]
        joined.append(known.pop(0))
    kept = [row for row in rows if row in known]
    return [*kept, *([_joined(joined)] if joined else []), *others]


def _count(rows: Sequence[Estimate]) -> float:
    return sum(row.numerator or 0 for row in rows)


def _joined(rows: Sequence[Estimate]) -> Estimate:
    if len(rows) == 1:
        return rows[0]
    return replace(
        rows[0],
        category=JOINT.join(sorted(row.category for row in rows)),
        label=" / ".join(row.label for row in rows),
        value=sum(row.value or 0 for row in rows),
        numerator=_count(rows),
        reason=MERGED,
    )


def _mark(row: Estimate) -> Estimate:
    return replace(row, masked=True, reason=SMALL)
