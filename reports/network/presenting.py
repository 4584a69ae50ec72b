"""Communities side by side, worded and drawn: one block per key figure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from impact.drawing import PHONE, SCREEN
from impact.periods import Period
from impact.vocabulary import CommunityKind
from impact.wording import french, number
from impact_maps.indicators import CATALOGUE
from reports.charts import Bar, bars
from reports.composition.document import Table
from reports.composition.key_figures import KEY_CODES, comparison
from reports.composition.words import bare_value, interval_text, value_text
from reports.network.records import Peer, PeerFigure
from reports.network.rules import LEAST_GROUP, Group, group_of, group_words, too_few_words
from reports.records import Estimate

HEADER = ("Communauté", "Valeur", "Nombre", "Base", "Marge d’incertitude", "Période d’avant")
UNKNOWN = "rien à compter"


@dataclass(frozen=True)
class Compared:
    """One key figure of several communities; `pictures` are for wide and narrow screens."""

    code: str
    title: str
    definition: str
    pictures: tuple[Markup, ...]
    group: str
    national: str
    table: Table


@dataclass(frozen=True)
class Side:
    """The communities of one kind; `few` says why there is no group to compare them with."""

    kind: CommunityKind
    peers: tuple[Peer, ...]
    blocks: tuple[Compared, ...]
    few: str


def side_by_side(
    peers: Sequence[Peer], figures: Sequence[PeerFigure], mine: Collection[str], period: Period, before: Period
) -> Side:
    """The communities of one kind that this person may read, `mine`; the others only make the group."""
    now, was = _of(figures, period), _of(figures, before)
    shown = tuple(peer for peer in peers if peer.slug in mine)
    codes = [code for code in KEY_CODES if any((peer.slug, code) in now for peer in shown)]
    kind = peers[0].kind
    known = len({slug for slug, _ in now})
    return Side(
        kind,
        shown,
        tuple(_compared(code, shown, now, was, kind) for code in codes),
        "" if known >= LEAST_GROUP else too_few_words(kind, known),
    )


def peers_words(figures: Sequence[PeerFigure], kind: CommunityKind, period: Period) -> dict[str, str]:
    """What the group of a community says of each figure, by code: for its own dashboard."""
    now = _of(figures, period)
    codes = {code for _, code in now}
    said = {
        code: group_words(kind, group_of([row for (_, each), row in now.items() if each == code])) for code in codes
    }
    return {code: words for code, words in said.items() if words}


def _of(figures: Sequence[PeerFigure], period: Period) -> dict[tuple[str, str], Estimate]:
    return {(each.slug, each.estimate.code): each.estimate for each in figures if each.period == period.code}


def _compared(
    code: str,
    shown: Sequence[Peer],
    now: Mapping[tuple[str, str], Estimate],
    was: Mapping[tuple[str, str], Estimate],
    kind: CommunityKind,
) -> Compared:
    group = group_of([row for (_, each), row in now.items() if each == code])
    indicator = CATALOGUE[code]
    national, base = comparison(Estimate(code, None, indicator.unit.value))
    return Compared(
        code,
        indicator.title,
        indicator.definition,
        _pictures(indicator.title, indicator.unit, [(peer.name, now.get((peer.slug, code))) for peer in shown], group),
        group_words(kind, group),
        french(f"France : {national}, {base}.") if national else "",
        Table(HEADER, tuple(_line(peer, now.get((peer.slug, code)), was.get((peer.slug, code))) for peer in shown)),
    )


def _pictures(
    title: str, unit: str, rows: Sequence[tuple[str, Estimate | None]], group: Group | None
) -> tuple[Markup, ...]:
    drawn = [_bar(name, row, group) for name, row in rows]
    said = french(f"{title}. " + " ; ".join(f"{bar.label} : {bar.text}" for bar in drawn) + ".")
    heading = "marge d’incertitude" if any(bar.count for bar in drawn) else ""
    mark = "groupe" if group else ""
    # Written by our own drawing module, which escapes every label.
    longest = 1.0 if unit == "share" else None
    return tuple(
        Markup(bars(said, drawn, heading=heading, mark_heading=mark, longest=longest, size=size))
        for size in (SCREEN, PHONE)
    )


def _bar(name: str, row: Estimate | None, group: Group | None) -> Bar:
    length = row.value if row else None
    mark = group.value if group and length is not None else None
    mark_text = bare_value(mark, group.unit, group.symbol) if group and mark is not None else ""
    text = value_text(row) if row else UNKNOWN
    return Bar(french(name), length, text, interval_text(row) if row else "", mark, french(mark_text))


def _line(peer: Peer, now: Estimate | None, was: Estimate | None) -> tuple[str, ...]:
    then = value_text(was) if was and (now is None or was.version == now.version) else "–"
    if now is None:
        return (french(peer.name), UNKNOWN, "–", "–", "–", then)
    return (
        french(peer.name),
        value_text(now),
        number(now.numerator),
        number(now.denominator),
        interval_text(now) or "–",
        then,
    )
