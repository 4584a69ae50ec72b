"""The picture of a cover: a field of dots, each a child, a person, a place or a link that the report counts."""

from dataclasses import dataclass

from impact.wording import french, number, plural
from reports.charts import Dots, dot_worth, dots
from reports.composition.words import Estimates
from reports.records import Estimate


@dataclass(frozen=True)
class _Field:
    """`what` is a dot; `full` and `fulls` say in the singular and the plural which dots are full, when not all are."""

    code: str
    what: str
    full: str = ""
    fulls: str = ""


_FIELDS = (
    _Field("pre.children_followed", "un enfant suivi"),
    _Field("participation.people", "une personne venue au moins une fois"),
    _Field("mediation.sites", "un site du périmètre", "site couvert", "sites couverts"),
    _Field("cooperation.density", "un lien possible entre deux structures", "lien existe", "liens existent"),
    _Field("satisfaction.response_rate", "une personne invitée", "réponse", "réponses"),
)


def cover(estimates: Estimates) -> tuple[str, str]:
    """The drawing and its legend, of the first field that is known; both empty when there is none."""
    for field in _FIELDS:
        rows = [row for row in (estimates.one(field.code), *estimates.rows(field.code)) if row and row.value]
        if rows:
            return _draw(field, rows, estimates)
    return "", ""


def _draw(field: _Field, rows: list[Estimate], estimates: Estimates) -> tuple[str, str]:
    part, whole = (round(sum(getattr(row, name) or 0 for row in rows)) for name in ("numerator", "denominator"))
    said = ""
    if field.full:
        said = f" Points pleins : {plural(part, field.full, field.fulls)}."
    else:
        part = whole = round(sum(row.value or 0 for row in rows))
        core = estimates.known("participation.core_group")
        if field.code == "participation.people" and core is not None:
            part = round(core.value or 0)
            said = f" Points pleins : {plural(part, 'personne', 'personnes')} du noyau régulier."
    worth = dot_worth(whole)
    each = f"Chaque point est {field.what}." if worth == 1 else f"Un point pour {number(worth)} : {field.what}."
    legend = french(f"{each}{said}")
    return dots(french(f"{number(whole)} en tout. {legend}"), [Dots(part, "full"), Dots(whole - part, "light")]), legend
