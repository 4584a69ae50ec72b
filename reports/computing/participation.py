"""Participation: exact with names, bounded without, never in between."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pandas as pd

from impact.periods import Period
from reports.computing.estimating import BOUNDS, Gap, count, estimate, nothing, share, shares, tally, within
from reports.computing.sheets import CycleSheets, Sheet, cycles
from reports.data import Data
from reports.records import Estimate
from reports.statistics.diversity import diversity
from reports.statistics.participation import head_count_bounds, mann_kendall
from reports.statistics.reasons import Reason


def workshops_held(data: Data, period: Period) -> list[Estimate]:
    """Workshops held in the period."""
    return [count("participation.workshops_held", sum(len(cycle.sheets) for cycle in cycles(data, period)))]


def presences_by_workshop(data: Data, period: Period) -> list[Estimate]:
    """People present at each workshop; category = workshop_id."""
    code = "participation.presences_by_workshop"
    return _by_sheet(code, cycles(data, period), lambda cycle, place: _present(code, cycle.sheets[place]))


def presences(data: Data, period: Period) -> list[Estimate]:
    """Sum of the presences; n = workshops counted, missing = workshops without any count."""
    counts, unknown = _counts(data, period)
    code = "participation.presences"
    return [count(code, sum(counts), n=len(counts), missing=unknown) if counts else _none(code, unknown)]


def presences_mean(data: Data, period: Period) -> list[Estimate]:
    """Presences per workshop counted."""
    counts, unknown = _counts(data, period)
    code = "participation.presences_mean"
    if not counts:
        return [_none(code, unknown)]
    total, base = float(sum(counts)), float(len(counts))
    return [estimate(code, total / base, numerator=total, denominator=base, n=len(counts), missing=unknown)]


def people(data: Data, period: Period) -> list[Estimate]:
    """Distinct people, or their bounds when a workshop has no whole list of names."""
    found, code = cycles(data, period), "participation.people"
    counts, unknown = _counts(data, period)
    if unknown or not counts:
        return [_none(code, unknown)]
    named = len(_everyone(found))
    if all(cycle.whole for cycle in found):
        return [count(code, named)]
    return [_bounded(code, max(named, *counts), named + sum(cycle.unnamed for cycle in found), found)]


def people_by_presences(data: Data, period: Period) -> list[Estimate]:
    """Named people by number of workshops attended, from once to every workshop; category = that number."""
    found, code = cycles(data, period), "participation.people_by_presences"
    if gap := _unnamed(found):
        return [nothing(code, gap)]
    times = _times(found)
    numbers = {str(number): str(number) for number in range(1, sum(len(cycle.sheets) for cycle in found) + 1)}
    counts = Counter(str(number) for number in times.values())
    return [_as_count(row) for row in shares(code, counts, numbers, len(times))]


def core_group(data: Data, period: Period) -> list[Estimate]:
    """People of the core of at least one cycle; with several cycles, one more row per cycle (category = cycle_id).

    The `effect` of a cycle's row tells its k and m: "threshold" and "workshops".
    """
    found, code = cycles(data, period), "participation.core_group"
    if not found:
        return [nothing(code, Reason.EMPTY)]
    if len(found) == 1:
        return [_core_of(code, found[0])]
    rows = [replace(_core_of(code, cycle), **_named(data, cycle)) for cycle in found]
    return [_core_of_all(code, found, rows), *rows]


def core_share(data: Data, period: Period) -> list[Estimate]:
    """Presences of the core group over all the presences of the cycles where a core could form."""
    found, code = cycles(data, period), "participation.core_share"
    if gap := _unnamed(found):
        return [nothing(code, gap)]
    able = [cycle for cycle in found if cycle.reachable]
    if not able:
        return [nothing(code, Reason.TOO_FEW)]
    ours = sum(len(sheet.people & cycle.core()) for cycle in able for sheet in cycle.sheets)
    return [share(code, ours, sum(sum(cycle.counts) for cycle in able))]


def core_by_workshop(data: Data, period: Period) -> list[Estimate]:
    """Core people present at each workshop; category = workshop_id, denominator = people present."""
    code = "participation.core_by_workshop"

    def row(cycle: CycleSheets, place: int) -> Estimate:
        sheet = cycle.sheets[place]
        if not cycle.whole:
            return _row(code, sheet, nothing, Gap.NO_NAME_LIST)
        if not cycle.reachable:
            return _row(code, sheet, nothing, Reason.TOO_FEW)
        return _row(code, sheet, count, len(sheet.people & cycle.core()), denominator=float(len(sheet.people)))

    return _by_sheet(code, cycles(data, period), row)


def newcomers_by_workshop(data: Data, period: Period) -> list[Estimate]:
    """People never seen before in the cycle, even before the period; needs the names of every earlier workshop."""
    code = "participation.newcomers_by_workshop"

    def row(cycle: CycleSheets, place: int) -> Estimate:
        sheet, before = cycle.sheets[place], [*cycle.earlier, *cycle.sheets[:place]]
        if not all(known.whole for known in [*before, sheet]):
            return _row(code, sheet, nothing, Gap.NO_NAME_LIST)
        new = sheet.people.difference(*(known.people for known in before))
        return _row(code, sheet, count, len(new), denominator=float(len(sheet.people)))

    return _by_sheet(code, cycles(data, period), row)


def retention(data: Data, period: Period) -> list[Estimate]:
    """Share of a workshop's people present at the next one of the cycle; category = the later workshop_id."""
    found, code = cycles(data, period), "participation.retention"
    steps = [step for cycle in found for step in zip(cycle.sheets, cycle.sheets[1:], strict=False)]
    if not steps:
        return [nothing(code, Reason.TOO_FEW if found else Reason.EMPTY)]
    return [_return(code, earlier, later) for earlier, later in steps]


def one_time(data: Data, period: Period) -> list[Estimate]:
    """People who came to a single workshop of the period, out of all who came."""
    found, code = cycles(data, period), "participation.one_time"
    if gap := _unnamed(found):
        return [nothing(code, gap)]
    if sum(len(cycle.sheets) for cycle in found) < 2:
        return [nothing(code, Reason.TOO_FEW)]
    times = _times(found)
    return [share(code, sum(1 for number in times.values() if number == 1), len(times))]


def people_by_kind(data: Data, period: Period) -> list[Estimate]:
    """Named people by kind of organisation; missing = those without one, and the presences without a name."""
    present, gap, unnamed = _named_rows(data, period)
    code = "participation.people_by_kind"
    if present.empty:
        return [nothing(code, gap or Reason.EMPTY)]
    kinds = present.groupby("member_id")["organisation_kind"].last()
    known = tally(kinds)
    rows = shares(code, known, data.labels["organisation_kind"], sum(known.values()), unnamed + int(kinds.isna().sum()))
    return _with_gap(rows, gap)


def organisations(data: Data, period: Period) -> list[Estimate]:
    """Organisations present at least once."""
    present, gap, unnamed = _named_rows(data, period)
    code = "participation.organisations"
    if present.empty:
        return [nothing(code, gap or Reason.EMPTY)]
    found = count(code, len(_kinds_present(present)), missing=unnamed)
    return _with_gap([found], gap)


def organisations_by_kind(data: Data, period: Period) -> list[Estimate]:
    """Organisations present at least once, by kind."""
    present, gap, unnamed = _named_rows(data, period)
    code = "participation.organisations_by_kind"
    if present.empty:
        return [nothing(code, gap or Reason.EMPTY)]
    kinds = tally(_kinds_present(present))
    return _with_gap(shares(code, kinds, data.labels["organisation_kind"], sum(kinds.values()), unnamed), gap)


def equivalent_kinds(data: Data, period: Period) -> list[Estimate]:
    """Hill number of order 1 of the organisations present, by kind."""
    present, gap, unnamed = _named_rows(data, period)
    code = "participation.equivalent_kinds"
    kinds = tally(_kinds_present(present))
    measure = diversity(list(kinds.values()))
    if measure.hill1 is None:
        return [nothing(code, gap or Reason.EMPTY)]
    keys = {"denominator": float(measure.n), "n": measure.n, "missing": unnamed, "reason": gap}
    return [estimate(code, measure.hill1, numerator=float(measure.types), **keys)]


def trend(data: Data, period: Period) -> list[Estimate]:
    """Kendall's tau-b of the head counts of each cycle, in order; category = cycle_id when there are several."""
    found, code = cycles(data, period), "participation.trend"
    if not found:
        return [nothing(code, Reason.EMPTY)]
    if len(found) == 1:
        return [_trend(code, found[0])]
    return [replace(_trend(code, cycle), **_named(data, cycle)) for cycle in found]


def _named(data: Data, cycle: CycleSheets) -> dict[str, Any]:
    """What tells one cycle from the others."""
    category = str(cycle.cycle_id)
    return {"category": category, "label": data.labels["cycle"].get(category, "")}


def _trend(code: str, cycle: CycleSheets) -> Estimate:
    measured = mann_kendall([float(present) for present in cycle.counts])
    keys = {"n": measured.n, "missing": cycle.uncounted}
    if measured.tau_b is None or measured.p is None:
        return nothing(code, measured.reason, **keys)
    pairs = measured.n * (measured.n - 1) / 2
    test: dict[str, float | str] = {"name": "mann_kendall", "method": measured.method, "s": measured.s, "p": measured.p}
    return estimate(code, measured.tau_b, numerator=float(measured.s), denominator=pairs, test=test, **keys)


def _counts(data: Data, period: Period) -> tuple[list[int], int]:
    """Head counts of the workshops, and how many workshops have none."""
    found = cycles(data, period)
    counts = [number for cycle in found for number in cycle.counts]
    return counts, sum(len(cycle.sheets) for cycle in found) - len(counts)


def _none(code: str, unknown: int) -> Estimate:
    return nothing(code, Gap.NOT_COUNTED if unknown else Reason.EMPTY, missing=unknown)


def _everyone(found: Iterable[CycleSheets]) -> frozenset[int]:
    return frozenset(person for cycle in found for sheet in cycle.sheets for person in sheet.people)


def _times(found: Iterable[CycleSheets]) -> Counter[int]:
    return sum((Counter(cycle.presences()) for cycle in found), Counter())


def _unnamed(found: list[CycleSheets]) -> str:
    """Why nothing can be said of persons, "" when every workshop has its whole list."""
    if not _everyone(found) and not any(sum(cycle.counts) for cycle in found):
        return Reason.EMPTY
    return "" if all(cycle.whole for cycle in found) else Gap.NO_NAME_LIST


def _bounded(code: str, low: int, high: int, found: list[CycleSheets]) -> Estimate:
    presences_known = sum(sum(cycle.counts) for cycle in found)
    bounds = {"low": float(low), "high": float(high), "method": BOUNDS}
    return nothing(code, Gap.NO_NAME_LIST, n=presences_known, **bounds)


def _core_of(code: str, cycle: CycleSheets) -> Estimate:
    if cycle.uncounted:
        return nothing(code, Gap.NOT_COUNTED, missing=cycle.uncounted)
    if not cycle.reachable:
        return nothing(code, Reason.TOO_FEW)
    rule: dict[str, float | str] = {"threshold": float(cycle.core_k), "workshops": float(len(cycle.sheets))}
    named = len(cycle.core())
    if cycle.whole:
        return replace(_core(code, named, len(cycle.presences())), effect=rule)
    bounds = head_count_bounds(cycle.counts, cycle.core_k)
    return replace(_bounded(code, max(bounds.core_min, named), bounds.core_max, [cycle]), effect=rule)


def _core_of_all(code: str, found: list[CycleSheets], rows: list[Estimate]) -> Estimate:
    able = [cycle for cycle in found if cycle.reachable]
    if any(cycle.uncounted for cycle in found) or not able:
        return nothing(code, Reason.TOO_FEW if not able else Gap.NOT_COUNTED)
    if all(cycle.whole for cycle in able):
        return _core(code, len(frozenset().union(*(cycle.core() for cycle in able))), len(_everyone(able)))
    ends = [(row.low, row.high) if row.value is None else (row.value, row.value) for row in rows]
    known = [(int(low), int(high)) for low, high in ends if low is not None and high is not None]
    return _bounded(code, max(low for low, _ in known), sum(high for _, high in known), able)


def _core(code: str, core: int, everyone: int) -> Estimate:
    if everyone == 0:
        return nothing(code, Reason.EMPTY)
    return count(code, core, denominator=float(everyone), n=everyone)


def _by_sheet(code: str, found: list[CycleSheets], row: Callable[[CycleSheets, int], Estimate]) -> list[Estimate]:
    rows = [row(cycle, place) for cycle in found for place in range(len(cycle.sheets))]
    return rows or [nothing(code, Reason.EMPTY)]


def _row(code: str, sheet: Sheet, make: Callable[..., Estimate], what: int | str, **keys: float) -> Estimate:
    return make(code, what, category=str(sheet.workshop_id), label=sheet.title, **keys)


def _present(code: str, sheet: Sheet) -> Estimate:
    if sheet.present is None:
        return _row(code, sheet, nothing, Gap.NOT_COUNTED)
    return _row(code, sheet, count, sheet.present)


def _return(code: str, earlier: Sheet, later: Sheet) -> Estimate:
    keys = {"category": str(later.workshop_id), "label": later.title}
    if not (earlier.whole and later.whole):
        return nothing(code, Gap.NO_NAME_LIST, **keys)
    return share(code, len(earlier.people & later.people), len(earlier.people), **keys)


def _as_count(row: Estimate) -> Estimate:
    if row.numerator is None:
        return row
    keys = {"denominator": row.denominator, "category": row.category, "label": row.label}
    return count(row.code, int(row.numerator), **keys)


def _named_rows(data: Data, period: Period) -> tuple[pd.DataFrame, str, int]:
    """Attendance rows of the workshops held, why they are not whole ("" when they are), presences without a name."""
    found = cycles(data, period)
    held = {sheet.workshop_id for cycle in found for sheet in cycle.sheets}
    rows = within(data.attendance, "held_on", period)
    rows = rows[rows["workshop_id"].isin(held)].sort_values("held_on")
    unnamed = sum(cycle.unnamed for cycle in found)
    if all(cycle.whole for cycle in found):
        return rows, "", unnamed
    return rows, Gap.NO_NAME_LIST if rows.empty else Gap.PARTLY_NAMED, unnamed


def _with_gap(rows: list[Estimate], gap: str) -> list[Estimate]:
    return [row if row.reason else replace(row, reason=gap) for row in rows]


def _kinds_present(present: pd.DataFrame) -> pd.Series:
    """Kind of each organisation present, one row per organisation."""
    known = present.dropna(subset=["organisation_id"])
    return known.groupby("organisation_id")["organisation_kind"].last()
