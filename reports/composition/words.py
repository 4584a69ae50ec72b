"""One estimate in words: its value, its sentence, its row of a table."""

import re
from collections.abc import Iterable, Sequence

from impact.wording import NBSP, french, join_words, number, percent, signed
from impact_maps.indicators import CATALOGUE, Indicator
from reports.composition.agreement import agree
from reports.disclosure import rung
from reports.records import REVERSED, Estimate

MASKED = "masqué"
REASONS = {
    "no_name_list": "sans liste de noms, seules les bornes sont connues",
    "partly_named": "une partie des noms manque",
    "not_counted": "des présences n’ont pas été relevées",
    "open_link": "lien ouvert, personne ne sait qui l’a reçu",
    "more_than_invited": "plus de réponses que de personnes invitées",
    "empty": "rien à compter sur la période",
    "too_few": "trop peu de données",
    "constant": "toutes les valeurs sont égales",
    "not_reached": "plus de la moitié des parcours sont encore ouverts",
    "small_number": "masqué pour protéger l’anonymat",
    "merged": "catégories réunies pour protéger l’anonymat",
}
UNKNOWN = "non calculable"


class Estimates:
    """The estimates of a report, found by code."""

    def __init__(self, estimates: Iterable[Estimate]) -> None:
        self.all = tuple(estimates)

    def rows(self, code: str) -> list[Estimate]:
        """The categories of a breakdown, in their order."""
        return [estimate for estimate in self.all if estimate.code == code and estimate.category]

    def one(self, code: str) -> Estimate | None:
        """The single figure of a code."""
        return next((estimate for estimate in self.all if estimate.code == code and not estimate.category), None)

    def known(self, code: str) -> Estimate | None:
        """The single figure of a code, when it has a value."""
        found = self.one(code)
        return found if found is not None and found.value is not None else None


def is_small(estimate: Estimate) -> bool:
    """Whether a share rests on too few people for a percentage: the count is written alone."""
    return estimate.unit == "share" and not rung(round(estimate.denominator or estimate.n)).percentages


def bare_value(value: float, unit: str, symbol: str = "") -> str:
    """A number in its unit, without the base or its symbol: « 75 % », « 17,9 », « 33 »; euros are whole."""
    if symbol == "€":
        return number(value)
    if unit == "share":
        return percent(value)
    if unit == "points":
        return f"{signed(value)}{NBSP}{'point' if abs(value) < 2 else 'points'}"
    if unit == "index" and value:
        return signed(value, 2) if value < 0 else number(value, 1 if value >= 1 else 2 if value >= 0.1 else 3)
    return number(value, 0 if unit != "mean" and round(value, 1) == round(value) else 1)


def value_text(estimate: Estimate) -> str:
    """What is written in the place of the number: the value, « 7 sur 9 », bounds, « masqué » or « non calculable »."""
    if estimate.masked:
        return MASKED
    if estimate.value is None:
        if estimate.low is not None and estimate.high is not None:
            return french(f"de {_written(estimate, estimate.low)} à {_written(estimate, estimate.high)}")
        return UNKNOWN
    if is_small(estimate) and estimate.numerator is not None:
        return french(f"{number(estimate.numerator)} sur {number(estimate.denominator)}")
    return _written(estimate, estimate.value)


def unit_text(estimate: Estimate) -> str:
    """What follows the number: « mois », « jours », « h », « € »; nothing after a count, a share or no value."""
    if estimate.value is None or estimate.masked:
        return ""
    return span_unit(estimate.value, estimate.unit) or CATALOGUE[estimate.code].symbol


def span_unit(value: float, unit: str) -> str:
    """« mois », « jour » or « jours » after a length; nothing after any other unit."""
    return {"months": "mois", "days": "jour" if abs(value) < 2 else "jours"}.get(unit, "")


def full_value(value: float, unit: str, symbol: str = "") -> str:
    """A number with what follows it: « 30 jours », « 75 % », « 120 € », « 33 »."""
    return _followed(bare_value(value, unit, symbol), span_unit(value, unit) or symbol)


def gap_text(gap: float, unit: str, symbol: str = "") -> str:
    """The size of a change: « 14 points » between two shares, « 1 jour », « 70 »."""
    size = abs(gap) * 100 if unit == "share" else abs(gap)
    shown = number(size, 0 if abs(size - round(size)) < 1e-9 else 1)
    points = "point" if size < 2 else "points"
    return _followed(shown, points if unit in ("share", "points") else span_unit(size, unit) or symbol)


def _followed(shown: str, unit: str) -> str:
    return f"{shown}{NBSP}{unit}" if unit else shown


def interval_text(estimate: Estimate) -> str:
    """« de 55 % à 83 % », or nothing for a census."""
    if estimate.value is None or estimate.low is None or estimate.high is None or is_small(estimate):
        return ""
    low, high = (_written(estimate, bound) for bound in (estimate.low, estimate.high))
    return french(f"de {low} à {high}")


def sentence(estimate: Estimate, label: str = "") -> str:
    """The catalogue's reading rule filled with this figure; a plain reason when there is no value."""
    indicator = CATALOGUE[estimate.code]
    said = (label or estimate.label).removesuffix(".")
    if estimate.masked:
        return french(f"{said or indicator.title} : résultat masqué pour protéger l’anonymat.")
    if estimate.value is None and not _has_bounds_reading(estimate, indicator):
        return french(f"{said or indicator.title} : {value_text(estimate)}{_reason(estimate)}.")
    if is_small(estimate) and estimate.numerator is not None:
        return french(f"{said or indicator.title} : {value_text(estimate)}. Effectif trop petit pour un pourcentage.")
    if _is_of_one(estimate, indicator):
        count = value_text(estimate)
        base = f" sur {number(estimate.denominator)}" if estimate.unit == "count" and estimate.denominator else ""
        return french(f"{said or indicator.title} : {count}{base}.")
    fields = {
        "value": "" if estimate.value is None else _written(estimate, estimate.value),
        "numerator": number(estimate.numerator),
        "denominator": number(estimate.denominator),
        "label": said,
        "low": "–" if estimate.low is None else _written(estimate, estimate.low),
        "high": "–" if estimate.high is None else _written(estimate, estimate.high),
        "n": number(estimate.n),
        "missing": number(estimate.missing),
    }
    reading = indicator.reading
    if estimate.low is None:
        reading = reading.replace(", entre {low} et {high}", "").replace(" (entre {low} et {high})", "")
    counts = {
        "value": estimate.value,
        "numerator": estimate.numerator,
        "denominator": estimate.denominator,
        "n": float(estimate.n),
        "missing": float(estimate.missing),
    }
    return french(re.sub(r"(\d) des (\S+)$", rf"\1{NBSP}des{NBSP}\2", agree(reading, counts).format(**fields)))


def about_reversed(rows: Sequence[Estimate]) -> str:
    """How a reversed sentence is read, where there is one."""
    if not any(row.label.endswith(REVERSED) for row in rows):
        return ""
    return " Phrase inversée : la réponse favorable est de ne pas s’y reconnaître."


def table_row(estimate: Estimate, label: str = "") -> tuple[str, ...]:
    """Label, count, base, value, interval."""
    count = MASKED if estimate.masked else number(estimate.numerator)
    return (label or estimate.label, count, number(estimate.denominator), value_text(estimate), interval_text(estimate))


def base_text(estimates: Sequence[Estimate]) -> str:
    """The base that every row of a breakdown shares: « n = 160 »."""
    bases = {estimate.denominator for estimate in estimates if estimate.denominator}
    return french(f"n = {number(bases.pop())}") if len(bases) == 1 else ""


def unknown_by_reason(estimates: Iterable[Estimate]) -> list[str]:
    """What could not be computed, once per reason: « Trop peu de données : tendance des présences, … »."""
    groups: dict[str, list[str]] = {}
    for row in estimates:
        if row.value is None and not row.masked and not row.category:
            title = CATALOGUE[row.code].title
            bounds = "" if row.low is None else f" ({value_text(row)})"
            groups.setdefault(REASONS.get(row.reason, UNKNOWN), []).append(title[:1].lower() + title[1:] + bounds)
    return [french(f"{reason[:1].upper()}{reason[1:]} : {join_words(titles)}.") for reason, titles in groups.items()]


def _written(estimate: Estimate, value: float) -> str:
    return bare_value(value, estimate.unit, CATALOGUE[estimate.code].symbol)


def _is_of_one(estimate: Estimate, indicator: Indicator) -> bool:
    """« des 1 liens »: a base of one is not read as a group."""
    bases = (("des {denominator}", estimate.denominator or 0), ("des {n}", estimate.n))
    return any(words in indicator.reading and base < 2 for words, base in bases)


def _has_bounds_reading(estimate: Estimate, indicator: Indicator) -> bool:
    return estimate.low is not None and "{value}" not in indicator.reading


def _reason(estimate: Estimate) -> str:
    known = REASONS.get(estimate.reason, "")
    return f" ({known})" if known else ""
