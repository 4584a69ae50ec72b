"""The page of one indicator, worded: its values over time, its chart, its formula."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from impact.drawing import PHONE, SCREEN
from impact.periods import Period
from impact.wording import french, number, short_date
from impact_maps.indicator import Direction, Indicator
from impact_maps.indicators import CATALOGUE
from reports.charts import Bar, bars
from reports.composition.document import Table
from reports.composition.words import (
    MASKED,
    REASONS,
    full_value,
    gap_text,
    interval_text,
    sentence,
    unit_text,
    value_text,
)
from reports.dashboards.tiles import base_words, change_words
from reports.dashboards.trends import Moment, series
from reports.evaluation.records import MeasurePlan, TargetChange
from reports.records import Estimate
from reports.screens import Block, block

TIMES = ("Période", "Valeur", "Nombre", "Base", "Marge d’incertitude", "Manquants")


@dataclass(frozen=True)
class IndicatorPage:
    """Everything about one indicator; `pictures` are for wide and narrow screens, `block` its categories."""

    indicator: Indicator
    value: str
    reading: str
    base: str
    change: str
    target: str
    pictures: tuple[Markup, ...]
    times: Table
    block: Block | None
    formula: str
    direction: str
    margin: str
    log: tuple[str, ...]


def indicator_page(code: str, shown: Sequence[Moment], plan: MeasurePlan | None) -> IndicatorPage:
    """The single figure over the periods, or the categories of the last period and of those before."""
    indicator = CATALOGUE[code]
    rows = series(shown, code)
    now = rows[-1]
    categories = shown[-1].estimates.rows(code)
    told = [row for row in categories if row.value is not None or row.masked or row.low is not None]
    return IndicatorPage(
        indicator,
        french(f"{value_text(now)} {unit_text(now)}".rstrip()) if now else "",
        _reading(now) if now else "",
        base_words(now) if now else "",
        change_words(now, rows[-2], shown[-2].period, plan) if now and len(rows) > 1 else "",
        french(f"Cible : {full_value(plan.target, indicator.unit.value, indicator.symbol)}. {plan.why.rstrip('.')}.")
        if plan and plan.target is not None
        else "",
        _pictures(indicator, shown, rows, plan)
        if any(row is not None and row.value is not None for row in rows)
        else (),
        _categories_over_time(shown, told) if told else _times(shown, rows),
        block(indicator, told) if told else None,
        _formula(indicator),
        indicator.direction.label if indicator.direction is not Direction.NEUTRAL else "",
        _margin(indicator),
        definition_log(indicator),
    )


def definition_log(indicator: Indicator) -> tuple[str, ...]:
    """What each version of the definition counts otherwise, the newest first."""
    return tuple(
        french(f"Version {each.version}, le {short_date(each.decided_on)} : {each.words}")
        for each in reversed(indicator.changes)
    )


def target_words(indicator: Indicator, change: TargetChange) -> str:
    """« cible fixée à 30 jours, plus petit changement qui compte : 5 jours (comité) »."""
    unit, symbol = indicator.unit.value, indicator.symbol
    said = "" if change.target is None else f"cible fixée à {full_value(change.target, unit, symbol)}"
    if change.smallest is not None:
        said += ", " if said else "sans cible, "
        said += f"plus petit changement qui compte : {gap_text(change.smallest, unit, symbol)}"
    why = change.why.rstrip(".")
    return french((said or "cible retirée") + (f" ({why})" if why else ""))


def _reading(row: Estimate) -> str:
    if row.value is not None or row.low is not None:
        return sentence(row)
    reason = REASONS.get(row.reason, "")
    return french(f"{reason[:1].upper()}{reason[1:]}.") if reason else ""


def _margin(indicator: Indicator) -> str:
    if indicator.census:
        return french("Population entière : il n’y a pas de marge d’erreur.")
    return french("Intervalle de confiance à 95 %.")


def _formula(indicator: Indicator) -> str:
    if not indicator.denominator:
        return french(f"On compte : {indicator.numerator}.")
    return french(f"{indicator.numerator.capitalize()}, sur : {indicator.denominator}.")


def _pictures(
    indicator: Indicator, shown: Sequence[Moment], rows: Sequence[Estimate | None], plan: MeasurePlan | None
) -> tuple[Markup, ...]:
    target = plan.target if plan else None
    drawn = [
        Bar(
            french(moment.period.label.capitalize()),
            None if row is None else row.value,
            "rien à compter" if row is None else value_text(row),
            interval_text(row) if row else "",
            target,
            light=rank < len(rows) - 1,
        )
        for rank, (moment, row) in enumerate(zip(shown, rows, strict=True))
    ]
    said = " ; ".join(f"{bar.label} : {bar.text}" for bar in drawn)
    title = french(f"{indicator.title}, par période. {said}.")
    heading = "marge d’incertitude" if any(bar.count for bar in drawn) else ""
    # Written by our own drawing module, which escapes every label.
    return tuple(Markup(bars(title, drawn, heading=heading, ordinal=True, size=size)) for size in (SCREEN, PHONE))


def _times(shown: Sequence[Moment], rows: Sequence[Estimate | None]) -> Table:
    lines = [_time(moment, row) for moment, row in zip(shown, rows, strict=True)]
    return Table(TIMES, tuple(reversed(lines)))


def _time(moment: Moment, row: Estimate | None) -> tuple[str, ...]:
    label = french(moment.period.label.capitalize())
    if row is None:
        return (label, "rien à compter", "–", "–", "–", "–")
    count = MASKED if row.masked else number(row.numerator)
    return (
        label,
        value_text(row),
        count,
        number(row.denominator),
        interval_text(row) or "–",
        MASKED if row.masked else number(row.missing),
    )


def _categories_over_time(shown: Sequence[Moment], told: Sequence[Estimate]) -> Table:
    """One line per category known now, one column per period, the newest first; none before there was anything to tell."""
    known = [series(shown, row.code, row.category) for row in told]
    first = next((place for place, cells in enumerate(zip(*known, strict=True)) if any(cells)), 0)
    header = ("", *(_short(moment.period) for moment in reversed(shown[first:])))
    lines = [
        (french(row.label), *("–" if cell is None else value_text(cell) for cell in reversed(cells[first:])))
        for row, cells in zip(told, known, strict=True)
    ]
    return Table(header, tuple(lines))


def _short(period: Period) -> str:
    """Narrow enough for the head of a column: « 2025-2026 », or its two days."""
    if not period.is_of_dates:
        return period.code
    return f"{short_date(period.start)} au {short_date(period.end)}"
