"""What changed since the same report was issued before, in figures and in words.

What is held is not named: somebody changed behind it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from impact.wording import NBSP, french, long_date, number, percent, plural, read_number
from impact_maps.indicators import CATALOGUE
from reports.composition.document import REISSUED, Chapter, Table, WordTable
from reports.composition.words import MASKED, bare_value, span_unit
from reports.disclosure import rung
from reports.records import Release

NOTHING = "–"
Values = Mapping[tuple[str, str], Release]


@dataclass(frozen=True)
class Difference:
    """One value that is not what it was in the report issued before; already worded."""

    title: str
    before: str
    after: str
    words: str


@dataclass(frozen=True)
class Changes:
    """Since the report issued on a day: what moved."""

    day: date
    moved: tuple[Difference, ...]

    @property
    def finding(self) -> str:
        """The whole in one sentence."""
        moved = (
            plural(len(self.moved), "valeur a changé", "valeurs ont changé")
            if self.moved
            else "Aucune valeur n’a changé"
        )
        return french(f"{moved} depuis la remise du {long_date(self.day)}.")


def changes(day: date, was: Values, now: Values) -> Changes:
    """Compare two issues, in the catalogue's order and, within an indicator, in the report's."""
    rank = {code: at for at, code in enumerate(CATALOGUE)}
    keys = sorted((key for key in dict.fromkeys([*now, *was]) if key[0] in rank), key=lambda key: rank[key[0]])
    moved = [_difference(was.get(key), now.get(key)) for key in keys if not _stays_empty(was.get(key), now.get(key))]
    return Changes(day, tuple(each for each in moved if each.before != each.after))


def chapter(found: Changes | None) -> list[Chapter]:
    """Its pages in the report issued again; none when nothing is to be told."""
    if found is None or not found.moved:
        return []
    title = f"Ce qui a changé depuis la remise du {long_date(found.day)}"
    return [Chapter(REISSUED, "Ce qui a changé", title, _count(found), found.finding, tables=tables(found))]


def tables(found: Changes) -> tuple[WordTable, ...]:
    """What moved; none when nothing did."""
    if not found.moved:
        return ()
    rows = tuple((each.title, each.before, each.after, each.words) for each in found.moved)
    table = Table(("Ce qui est compté", "Avant", "Maintenant", "En mots"), rows, words=True)
    return (WordTable("Les valeurs qui ont changé", table),)


def _stays_empty(was: Release | None, now: Release | None) -> bool:
    """None of 77, then none of 83: nothing moved but the base, which the other rows tell."""
    return was is not None and now is not None and was.value == now.value == 0


def _count(found: Changes) -> str:
    return french(plural(len(found.moved), "valeur a changé", "valeurs ont changé"))


def _difference(was: Release | None, now: Release | None) -> Difference:
    known = now or was
    assert known is not None
    return Difference(_title(known, was), _said(was), _said(now), _in_words(was, now))


def _title(release: Release, other: Release | None = None) -> str:
    """An indicator, and the words of its category; its code for a report issued before words were kept."""
    label = release.label or (other.label if other else "") or release.category
    return french(CATALOGUE[release.code].title + (f" ({label})" if label else ""))


def _said(release: Release | None) -> str:
    """The value with its base: « 75 % (62 sur 83) », « 7 sur 9 », « 15,5 mois », « masqué »."""
    if release is None:
        return NOTHING
    if release.masked:
        return MASKED
    if release.value is None:
        return NOTHING
    indicator = CATALOGUE[release.code]
    unit = indicator.unit.value
    if unit == "share" and release.numerator is not None and release.denominator is not None:
        counted = f"{number(release.numerator)} sur {number(release.denominator)}"
        return french(f"{percent(release.value)} ({counted})" if _in_percents(release) else counted)
    return french(f"{bare_value(release.value, unit, indicator.symbol)} {_unit(release, release.value)}".strip())


def _in_percents(release: Release) -> bool:
    return release.denominator is not None and rung(round(release.denominator)).percentages


def _unit(release: Release, value: float) -> str:
    indicator = CATALOGUE[release.code]
    return span_unit(value, indicator.unit.value) or indicator.symbol


def _in_words(was: Release | None, now: Release | None) -> str:
    """« 6 de plus », « 6 points de moins », « n’est plus masqué »."""
    if was is None or now is None:
        return "n’y était pas" if was is None else "n’y est plus"
    if was.masked or now.masked:
        return "masqué maintenant" if now.masked else "n’est plus masqué"
    if was.value is None or now.value is None:
        return "ne se calcule plus" if now.value is None else "se calcule maintenant"
    unit = CATALOGUE[now.code].unit.value
    if unit == "share" and not (_in_percents(was) and _in_percents(now)):
        return ""
    # Of the values as they are written, so that a reader finds the same gap.
    before, after = (read_number(_digits(bare_value(each.value or 0.0, unit))) for each in (was, now))
    gap = abs(after - before)
    if not gap:
        return "même part" if unit == "share" else "même valeur"
    size = number(gap, max(0, -int(gap.normalize().as_tuple().exponent)))
    points = "point" if gap < 2 else "points"
    of = points if unit in ("share", "points") else _unit(now, float(gap))
    return french(f"{size}{NBSP}{of} ".rstrip(NBSP + " ") + f" de {'plus' if after > before else 'moins'}")


def _digits(text: str) -> str:
    return re.sub(r"[^\d,−]", "", text)
