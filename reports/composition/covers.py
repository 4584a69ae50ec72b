"""The picture of a cover: a field of dots, each a child, a person, a place or a link that the report counts."""

from collections.abc import Callable
from dataclasses import dataclass

from impact.wording import french, number, plural
from reports.charts import Dots, dot_worth, dots
from reports.composition.context import Context
from reports.composition.words import Estimates
from reports.disclosure import DEFAULTS
from reports.records import Estimate
from reports.vocabulary import ReportKind


@dataclass(frozen=True)
class _Shown:
    """`full` of `whole` dots are full, the others as `rest` looks; `said` tells which, when not all are."""

    full: int
    whole: int
    said: str = ""
    rest: str = "light"


@dataclass(frozen=True)
class _Field:
    """`what` is a dot; `count` reads the rows of the figure."""

    code: str
    what: str
    count: Callable[[list[Estimate], Estimates], _Shown]


def _sum(rows: list[Estimate], name: str) -> int:
    return round(sum(getattr(row, name) or 0 for row in rows))


def _all(name: str) -> Callable[[list[Estimate], Estimates], _Shown]:
    return lambda rows, _: _Shown(_sum(rows, name), _sum(rows, name))


def _part(one: str, several: str) -> Callable[[list[Estimate], Estimates], _Shown]:
    """The numerator among the denominator."""

    def shown(rows: list[Estimate], _: Estimates) -> _Shown:
        part = _sum(rows, "numerator")
        return _Shown(part, _sum(rows, "denominator"), f"Points pleins : {plural(part, one, several)}.")

    return shown


def _children(rows: list[Estimate], estimates: Estimates) -> _Shown:
    """Those who left apart from those still followed, when neither is a small number."""
    whole, still = _sum(rows, "value"), estimates.known("pre.followed_now")
    now = round(still.value or 0) if still is not None else 0
    if not DEFAULTS.person <= now <= whole - DEFAULTS.person:
        return _Shown(whole, whole)
    left = plural(whole - now, "enfant n’est plus suivi", "enfants ne sont plus suivis")
    said = f"Points pleins : {left} au dernier jour ; cercles : {number(now)} le sont encore."
    return _Shown(whole - now, whole, said, "ring")


def _people(rows: list[Estimate], estimates: Estimates) -> _Shown:
    whole, core = _sum(rows, "value"), estimates.known("participation.core_group")
    if core is None:
        return _Shown(whole, whole)
    part = round(core.value or 0)
    return _Shown(part, whole, f"Points pleins : {plural(part, 'personne', 'personnes')} du noyau régulier.")


_FIELDS = (
    _Field("pre.children_followed", "un enfant suivi", _children),
    _Field("participation.people", "une personne venue au moins une fois", _people),
    _Field("mediation.sites", "un site du périmètre", _part("site couvert", "sites couverts")),
    _Field("cooperation.density", "un lien possible entre deux structures", _part("lien existe", "liens existent")),
    _Field("participation.presences", "une présence à un atelier", _all("value")),
    _Field("satisfaction.response_rate", "une invitation à répondre", _part("réponse", "réponses")),
    _Field("cooperation.organisations_by_kind", "une structure de l’annuaire", _all("numerator")),
)
# What a kind of report is about comes first on its cover.
_FIRST = {
    ReportKind.SURVEY: "satisfaction.response_rate",
    ReportKind.NETWORK: "cooperation.density",
}


def cover(context: Context, estimates: Estimates) -> tuple[str, str]:
    """The drawing and its legend, of the first field that is known, or of the value chain; both empty without any."""
    first = _FIRST.get(context.report_kind)
    for field in sorted(_FIELDS, key=lambda field: field.code != first):
        rows = [row for row in (estimates.one(field.code), *estimates.rows(field.code)) if row and row.value]
        if rows:
            return _draw(field.what, field.count(rows, estimates))
    if not context.chain_boxes:
        return "", ""
    known = context.chain_measured
    said = f"Points pleins : {plural(known, 'case porte un chiffre', 'cases portent un chiffre')}." if known else ""
    return _draw("une case de la chaîne de valeur", _Shown(known, len(context.chain_boxes), said, "ring"))


def _draw(what: str, shown: _Shown) -> tuple[str, str]:
    worth = dot_worth(shown.whole)
    each = f"Chaque point est {what}." if worth == 1 else f"Un point pour {number(worth)} : {what}."
    legend = french(f"{each} {shown.said}".strip())
    groups = [Dots(shown.full, "full"), Dots(shown.whole - shown.full, shown.rest)]
    return dots(french(f"{number(shown.whole)} en tout. {legend}"), groups), legend
