"""Estimates as a person reads them on a screen: figures by family, two drawings for two widths, numbers under each."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from impact.drawing import PHONE, SCREEN, Size
from impact.vocabulary import CommunityKind
from impact.wording import french, number
from impact_maps.indicators import CATALOGUE, Family, Indicator, catalogue_for
from reports.charts import Bar, bars
from reports.composition.document import Table
from reports.composition.drawings import spoken, table_of
from reports.composition.words import (
    REASONS,
    Estimates,
    interval_text,
    is_small,
    sentence,
    unit_text,
    unknown_by_reason,
    value_text,
)
from reports.records import Estimate

# What a community is there for opens its page of indicators.
_OWN = {CommunityKind.PRE: Family.PRE, CommunityKind.MEDIATION: Family.MEDIATION}
# The families that come first; every other one follows in the order of the catalogue.
_FIRST = (Family.PRE, Family.MEDIATION, Family.COOPERATION, Family.EVENTS)


@dataclass(frozen=True)
class Line:
    """A single figure: its name, its value, what it is based on, how to read it."""

    code: str
    title: str
    value: str
    interval: str
    reading: str


@dataclass(frozen=True)
class Block:
    """A breakdown: its drawing for wide and for narrow screens, and its numbers."""

    code: str
    title: str
    definition: str
    wide: Markup
    narrow: Markup
    table: Table


@dataclass(frozen=True)
class Section:
    """One family of indicators."""

    key: str
    title: str
    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    unknown: tuple[str, ...]


def families(kind: CommunityKind) -> list[Family]:
    """The families of which this kind of community has indicators, its own first."""
    own = _OWN.get(kind, Family.PARTICIPATION)
    known = {indicator.family for indicator in catalogue_for(kind)}
    return [family for family in dict.fromkeys((own, *_FIRST, *Family)) if family in known]


def sections(estimates: Sequence[Estimate]) -> list[Section]:
    """By family, what is most of a PRE first; a family of which nothing was ever counted is left out."""
    families = dict.fromkeys((*_FIRST, *Family))
    counted = {CATALOGUE[row.code].family for row in estimates if row.value or row.masked or row.low is not None}
    found = [_section(family, estimates) for family in families if family in counted or not counted]
    return [section for section in found if section.lines or section.blocks]


def _section(family: Family, estimates: Sequence[Estimate]) -> Section:
    known = Estimates(row for row in estimates if CATALOGUE[row.code].family is family)
    indicators = [each for each in CATALOGUE.values() if each.family is family]
    singles = [row for each in indicators if (row := known.one(each.code)) is not None]
    breakdowns = [(each, known.rows(each.code)) for each in indicators]
    return Section(
        family.value,
        family.label,
        tuple(_line(row) for row in singles if _is_told(row)),
        tuple(block(each, rows) for each, rows in breakdowns if any(_is_told(row) for row in rows)),
        tuple(unknown_by_reason(row for row in singles if not _is_told(row))),
    )


def _is_told(row: Estimate) -> bool:
    return row.masked or row.value is not None or row.low is not None


def block(indicator: Indicator, rows: Sequence[Estimate]) -> Block:
    """A breakdown drawn twice."""
    return Block(
        indicator.code,
        indicator.title,
        indicator.definition,
        _draw(indicator, rows, SCREEN),
        _draw(indicator, rows, PHONE),
        table_of(rows),
    )


def _line(row: Estimate) -> Line:
    said = sentence(row) if row.value is not None else f"{REASONS.get(row.reason, '').capitalize()}."
    return Line(row.code, CATALOGUE[row.code].title, _value(row), interval_text(row), said)


def _value(row: Estimate) -> str:
    return french(f"{value_text(row)} {unit_text(row)}".strip())


def _draw(indicator: Indicator, rows: Sequence[Estimate], size: Size) -> Markup:
    drawn = [
        Bar(
            french(row.label or indicator.title),
            row.value,
            "" if row.value is not None and is_small(row) else value_text(row),
            "" if row.masked or row.numerator is None else number(row.numerator),
        )
        for row in rows
    ]
    title, heading = spoken(indicator.title, rows), "n" if any(bar.count for bar in drawn) else ""
    # Written by our own drawing module, which escapes every label.
    return Markup(bars(title, drawn, heading=heading, ordinal=True, longest=_longest(indicator), size=size))


def _longest(indicator: Indicator) -> float | None:
    return 1.0 if indicator.unit == "share" else None
