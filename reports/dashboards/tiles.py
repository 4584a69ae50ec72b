"""One key figure as the dashboard shows it: a picture first, then its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from impact.periods import Period
from impact.wording import french, number, percent, plural
from impact_maps.indicators import CATALOGUE, Family
from reports.composition.key_figures import KEY_CODES, comparison
from reports.composition.words import REASONS, full_value, gap_text, interval_text, is_small, unit_text, value_text
from reports.dashboards.trends import Moment, series
from reports.evaluation.records import MeasurePlan
from reports.evaluation.rules import is_met, matters
from reports.records import Estimate
from reports.sparklines import spark

# A key figure whose course is read from workshop to workshop rather than from year to year.
_BY_WORKSHOP = {
    "participation.presences": "participation.presences_by_workshop",
    "participation.core_group": "participation.core_by_workshop",
}
_SAME = "autant cette fois"


@dataclass(frozen=True)
class Tile:
    """`state` is "fait", "attente" or "" for the mark of the target; every text is French and spaced."""

    code: str
    title: str
    value: str
    unit: str
    base: str
    picture: Markup
    picture_words: str
    change: str
    target: str
    state: str
    comparison: str
    peers: str = ""


def tiles(
    shown: Sequence[Moment], targets: Mapping[str, MeasurePlan], peers: Mapping[str, str] | None = None
) -> list[Tile]:
    """The key figures and whatever has a target, as far as something is known of them over the last period."""
    codes = dict.fromkeys((*KEY_CODES, *(code for code in targets if code in CATALOGUE)))
    found = []
    for code in codes:
        rows = series(shown, code)
        now = rows[-1]
        told = now is not None and (now.value is not None or now.masked or now.low is not None)
        if (
            now is not None
            and told
            and (code in targets or code in (peers or {}) or _is_known(CATALOGUE[code].family, shown))
        ):
            found.append(_tile(shown, rows, now, targets.get(code), (peers or {}).get(code, "")))
    return found


def _is_known(family: Family, shown: Sequence[Moment]) -> bool:
    """Whether anything of a family was ever counted: a community without mediators has no tile on mediation."""
    rows = (row for moment in shown for row in moment.estimates.all if CATALOGUE[row.code].family is family)
    return any(row.value or row.masked or row.low is not None for row in rows)


def read_codes(targets: Mapping[str, MeasurePlan]) -> set[str]:
    """The indicators that the tiles read."""
    return {*KEY_CODES, *targets, *_BY_WORKSHOP.values()}


def _tile(
    shown: Sequence[Moment], rows: Sequence[Estimate | None], now: Estimate, plan: MeasurePlan | None, peers: str
) -> Tile:
    indicator = CATALOGUE[now.code]
    text, unit = value_text(now), unit_text(now)
    if now.value is not None and now.unit == "share" and not is_small(now):
        text, unit = number(now.value * 100), "%"
    picture, words = _picture(shown, rows, now, plan)
    national, national_base = comparison(now)
    return Tile(
        now.code,
        indicator.title,
        text,
        unit,
        base_words(now),
        picture,
        words,
        change_words(now, rows[-2] if len(rows) > 1 else None, shown[-2].period if len(shown) > 1 else None, plan),
        *_target(now, plan),
        french(f"France : {national}, {national_base}.") if national else "",
        french(peers),
    )


def base_words(row: Estimate) -> str:
    """On how many, within which bounds, what is missing."""
    parts = []
    if row.reason and (row.value is None or row.masked or row.reason == "merged"):
        parts.append(REASONS.get(row.reason, ""))
    if row.value is not None and row.numerator is not None and row.denominator and not is_small(row):
        parts.append(_part_of_base(row, row.numerator, row.denominator))
    if interval_text(row):
        parts.append(f"marge d’incertitude {interval_text(row)}")
    if row.missing and not row.masked:
        parts.append(plural(row.missing, "information manquante", "informations manquantes"))
    said = " ; ".join(part for part in parts if part)
    return french(f"{said[:1].upper()}{said[1:]}.") if said else ""


def _part_of_base(row: Estimate, part: float, base: float) -> str:
    """« 62 sur 77 »; both are named where their quotient is not the value: « 73 parcours terminés sur 163 parcours »."""
    if row.unit == "share":
        return f"{number(part)} sur {number(base)}"
    indicator = CATALOGUE[row.code]
    named = ((part, indicator.numerator), (base, indicator.denominator))
    return " sur ".join(f"{number(size)} {words if size >= 2 else ''}".rstrip() for size, words in named)


def change_words(now: Estimate, was: Estimate | None, period: Period | None, plan: MeasurePlan | None) -> str:
    """« 120 l’année d’avant (année scolaire 2024-2025) : 12 de plus »; never more than what was observed."""
    if was is None or period is None or was.version != now.version or (was.value is None and not was.masked):
        return ""
    then = f"{period.label} : {value_text(was)} {unit_text(was)}".rstrip()
    if now.value is None or was.value is None or is_small(now) or is_small(was):
        return french(f"{then[:1].upper()}{then[1:]}.")
    gap = now.value - was.value
    said = _gap(gap, now)
    counted = matters(plan, gap)
    weight = (
        ""
        if counted is None or said == _SAME
        else (", un changement qui compte" if counted else ", moins que ce qui compte")
    )
    return french(f"{then[:1].upper()}{then[1:]}, soit {said}{weight}.")


def _gap(gap: float, now: Estimate) -> str:
    seen = round(gap, 2) if now.unit == "share" else gap
    if abs(seen) < (0.005 if now.unit == "share" else 0.05):
        return _SAME
    said = gap_text(seen, now.unit, CATALOGUE[now.code].symbol)
    return f"{said} {'de plus' if gap > 0 else 'de moins'} cette fois"


def _target(now: Estimate, plan: MeasurePlan | None) -> tuple[str, str]:
    if plan is None or plan.target is None:
        return "", ""
    said = f"Cible : {full_value(plan.target, now.unit, CATALOGUE[now.code].symbol)}"
    if now.value is None:
        return french(said), "attente"
    met = is_met(plan, now.value)
    return french(f"{said}, {'atteinte' if met else 'pas encore atteinte'}"), "fait" if met else "attente"


def _picture(
    shown: Sequence[Moment], rows: Sequence[Estimate | None], now: Estimate, plan: MeasurePlan | None
) -> tuple[Markup, str]:
    title = CATALOGUE[now.code].title
    target = plan.target if plan else None
    workshops = shown[-1].estimates.rows(_BY_WORKSHOP.get(now.code, ""))
    if len(workshops) > 1:
        said = " ; ".join(f"{row.label} : {value_text(row)}" for row in workshops)
        drawn = spark(french(f"{title}, atelier par atelier. {said}."), [row.value for row in workshops])
        return Markup(drawn), "D’un atelier à l’autre"
    if len([row for row in rows if row is not None and row.value is not None]) < 2:
        return _alone(now, target)
    said = " ; ".join(
        f"{moment.period.label} : {value_text(row) if row else 'rien'}" for moment, row in zip(shown, rows, strict=True)
    )
    # The drawing module escapes every label.
    drawn = spark(french(f"{title}. {said}."), [row.value if row else None for row in rows], target=target)
    return Markup(drawn), french(f"{number(len(rows))} périodes, la plus récente à droite")


def _alone(now: Estimate, target: float | None) -> tuple[Markup, str]:
    """A share alone is drawn as what it is a part of; any other single value needs no picture."""
    if now.unit != "share" or now.value is None or is_small(now):
        return Markup(""), ""
    said = french(f"{percent(now.value)} ; le reste, {percent(1 - now.value)}.")
    return Markup(spark(said, [1.0, now.value], target=target)), french("Base entière, puis la part")
