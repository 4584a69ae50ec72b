"""Estimates as a person reads them on a screen: figures by family, two drawings for two widths, numbers under each."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from impact.drawing import PHONE, SCREEN, Size
from impact.wording import french, number
from impact_maps.indicators import CATALOGUE, Family, Indicator
from reports.charts import Bar, bars
from reports.composition.document import Table
from reports.composition.drawings import spoken, table_of
from reports.composition.words import Estimates, interval_text, is_small, sentence, value_text
from reports.records import Estimate


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


def sections(estimates: Sequence[Estimate]) -> list[Section]:
    """By family, in the catalogue's order; a family without any figure is left out."""
    known = Estimates(estimates)
    found = []
    for family in Family:
        indicators = [each for each in CATALOGUE.values() if each.family is family]
        lines = tuple(_line(row) for each in indicators if (row := known.one(each.code)) is not None)
        blocks = tuple(block(each, rows) for each in indicators if (rows := known.rows(each.code)))
        if lines or blocks:
            found.append(Section(family.value, family.label, lines, blocks))
    return found


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
    said = sentence(row) if row.value is not None else CATALOGUE[row.code].definition
    return Line(row.code, CATALOGUE[row.code].title, _value(row), interval_text(row), said)


def _value(row: Estimate) -> str:
    unit = {"months": " mois", "days": " jours"}.get(row.unit, "") if row.value is not None else ""
    return french(value_text(row) + unit)


def _draw(indicator: Indicator, rows: Sequence[Estimate], size: Size) -> Markup:
    drawn = [
        Bar(
            french(row.label or indicator.title),
            row.value,
            "" if row.value is not None and is_small(row) else value_text(row),
            "" if row.masked else number(row.numerator),
        )
        for row in rows
    ]
    title = spoken(indicator.title, rows)
    # Written by our own drawing module, which escapes every label.
    return Markup(bars(title, drawn, heading="n", ordinal=True, longest=_longest(indicator), size=size))


def _longest(indicator: Indicator) -> float | None:
    return 1.0 if indicator.unit == "share" else None
