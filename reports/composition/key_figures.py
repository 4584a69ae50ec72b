"""The key figures of a report and of a dashboard: the number, its base, what it is compared with."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from impact.wording import french, number, percent, plural
from impact_maps.indicators import CATALOGUE, Indicator
from reports.charts import rule_with_comparison, trend
from reports.composition import national
from reports.composition.context import Earlier
from reports.composition.document import KeyFigure
from reports.composition.words import REASONS, Estimates, bare_value, is_small, unit_text, value_text
from reports.records import Estimate

KEY_CODES = (
    "pre.children_followed",
    "pre.families_helped",
    "pre.situations_received",
    "pre.situations_taken_up",
    "pre.support_length",
    "pre.decision_delay",
    "pre.objective_reached",
    "mediation.sites",
    "mediation.mediators",
    "mediation.activities",
    "mediation.rate",
    "mediation.contacts",
    "mediation.committees",
    "participation.presences",
    "participation.people",
    "participation.core_group",
    "participation.organisations",
    "cooperation.density",
    "cooperation.meetings_held",
    "events.presences",
    "events.relevance",
    "satisfaction.responses",
    "satisfaction.response_rate",
)
MOST_KEY_FIGURES = 8
BY_SEX = "pre.children_by_sex"


def key_figures(estimates: Estimates, earlier: Earlier = ()) -> list[KeyFigure]:
    """The first that are known, in the order of KEY_CODES, each with what it was over earlier periods."""
    told = [replace(_one(row), **_over_time(row, earlier)) for row in _key_rows(estimates)]
    return (told + _schools(estimates))[:MOST_KEY_FIGURES] + _boys(estimates, earlier)


def evolving_codes(estimates: Estimates) -> set[str]:
    """The indicators whose earlier values the key figures of these estimates would draw."""
    return {row.code for row in _key_rows(estimates)} | {row.code for row in estimates.rows(BY_SEX)}


def _key_rows(estimates: Estimates) -> list[Estimate]:
    rows = [estimates.one(code) or _only(estimates, code) for code in KEY_CODES]
    return [row for row in rows if row is not None and (row.value is not None or row.low is not None)][
        :MOST_KEY_FIGURES
    ]


def figures_of_answers(estimates: Estimates) -> list[KeyFigure]:
    """Who answered each questionnaire, who of each cohort answered at both ends, what pleased most and least: both or none."""
    rates = estimates.rows("satisfaction.response_rate") or estimates.rows("satisfaction.responses")
    rows = [row for row in (*rates, *estimates.rows("cohort.complete_pairs")) if row.value is not None]
    room = max(MOST_KEY_FIGURES - len(rows), 0) // 2 * 2
    rows += _ends(estimates.rows("satisfaction.top_two"))[:room]
    told = [(row, _one(row)) for row in rows]
    return [replace(figure, what=french(f"{figure.what} : {row.label}")) for row, figure in told][:MOST_KEY_FIGURES]


def _ends(rows: Sequence[Estimate]) -> list[Estimate]:
    """The most and the least favourable answers of each questionnaire."""
    found = []
    for asked in dict.fromkeys(row.category.partition("/")[0] for row in rows):
        known = [row for row in rows if row.category.startswith(f"{asked}/") and row.value is not None]
        if len(known) > 1:
            ranked = sorted(known, key=lambda row: row.value or 0)
            found += [ranked[-1], ranked[0]]
    return found


def _only(estimates: Estimates, code: str) -> Estimate | None:
    rows = estimates.rows(code)
    return rows[0] if len(rows) == 1 else None


def _one(row: Estimate) -> KeyFigure:
    indicator = CATALOGUE[row.code]
    text, unit = value_text(row), unit_text(row)
    if row.value is not None and row.unit == "share" and not is_small(row):
        text, unit = number(row.value * 100), "%"
    return KeyFigure(text, unit, indicator.title, _base(row), *comparison(row))


def _base(row: Estimate) -> str:
    indicator = CATALOGUE[row.code]
    if row.masked or row.value is None:
        reason = REASONS.get(row.reason, "")
        return french(
            f"{indicator.numerator.capitalize()} : {reason}." if reason else f"{indicator.numerator.capitalize()}."
        )
    if row.numerator is not None and row.denominator and indicator.denominator:
        parts = [indicator.numerator.capitalize()]
        parts.append(f"{number(row.numerator)} sur {number(row.denominator)} {indicator.denominator}")
    else:
        parts = [_meaning(indicator) if row.unit == "count" else indicator.numerator.capitalize()]
    if row.low is not None and row.high is not None:
        low, high = (bare_value(bound, row.unit, indicator.symbol) for bound in (row.low, row.high))
        parts.append(f"Marge d’incertitude : de {low} à {high}")
    elif indicator.census:
        parts.append("Chiffre exhaustif")
    return french(". ".join(parts) + ".")


def _meaning(indicator: Indicator) -> str:
    """What is counted, in the first words of the definition."""
    return re.split(r" ?[;:.(]( |$)", indicator.definition)[0].strip()


def comparison(row: Estimate) -> tuple[str, str]:
    """The national figure beside a key figure, and its base; both empty when there is none."""
    if row.code == "pre.children_followed":
        mean = national.CHILDREN / national.PROGRAMMES
        base = f"en moyenne par PRE ({number(national.CHILDREN)} enfants, {number(national.PROGRAMMES)} PRE)"
        return number(mean), french(base)
    if row.code == "pre.support_length":
        return french(national.SUPPORT_MONTHS), "un autre calcul, à ne pas comparer au mois près"
    return "", ""


def _schools(estimates: Estimates) -> list[KeyFigure]:
    rows = [row for row in estimates.rows("schools.ips_mean") if row.value is not None]
    return [
        KeyFigure(
            number(row.value, 1),
            "",
            french(f"{CATALOGUE[row.code].title} : {row.label[:1].lower()}{row.label[1:]}"),
            french(f"{plural(row.denominator or 0, 'établissement')}. Chiffre exhaustif."),
        )
        for row in rows
    ]


def _over_time(row: Estimate, earlier: Earlier) -> dict[str, Any]:
    """The line of a figure over the periods, from the first with something to count, and the same in words."""
    if not earlier or row.value is None:
        return {}
    found = [(label, _same(row, known)) for label, known in earlier[:-1]]
    told = [(label, was) for label, was in found if was is not None] + [(earlier[-1][0], row)]
    told = told[next(rank for rank, (_, was) in enumerate(told) if was.value or was is row) :]
    if len(told) == 1:
        return {"trend_text": "Pas de chiffre les années d’avant."}
    said = " ; ".join(f"{label} : {value_text(was)}" for label, was in told)
    ends = [(value_text(was), label) for label, was in (told[0], told[-1])]
    svg = trend(french(f"{CATALOGUE[row.code].title}. {said}."), [was.value for _, was in told], *ends)
    return {"trend": Markup(svg), "trend_words": french(f"{said}.")}


def _same(row: Estimate, known: Estimates) -> Estimate | None:
    """The same figure, of the same definition, in other estimates, when it has a value there."""
    found = (each for each in known.all if (each.code, each.category) == (row.code, row.category))
    return next((each for each in found if each.value is not None and each.version == row.version), None)


def _boys(estimates: Estimates, earlier: Earlier) -> list[KeyFigure]:
    row = next((each for each in estimates.rows(BY_SEX) if each.category == "boy"), None)
    if row is None or row.value is None:
        return []
    said = f"Part des garçons : {percent(row.value)} ; France : {percent(national.BOYS, 1)}."
    svg = rule_with_comparison(french(said), row.value, national.BOYS)
    base = french(f"{number(row.numerator)} garçons sur {number(row.denominator)} enfants.")
    told = KeyFigure(number(row.value * 100), "%", "Garçons", base, percent(national.BOYS, 1), "", Markup(svg))
    return [replace(told, **_over_time(row, earlier))]
