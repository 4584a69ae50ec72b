"""The chapter on events: how many came, from which institutions."""

from impact.wording import french, number, plural
from reports.composition.document import Callout, Chapter, Figure
from reports.composition.drawings import largest, share_figure
from reports.composition.words import Estimates, sentence

_SAID = ("registered", "excused", "remote", "gap", "young_people", "offers", "relevance")


def chapters(estimates: Estimates) -> list[Chapter]:
    """One chapter when an event was held, none otherwise."""
    held, presences = estimates.known("events.held"), estimates.known("events.presences")
    if held is None or not held.value or presences is None:
        return []
    summary = french(f"{plural(held.value, 'événement')}, {plural(presences.value or 0, 'présence')}")
    rows = [row for code in _SAID if (row := estimates.one(f"events.{code}")) is not None]
    lines = [sentence(row) for row in rows if row.value or row.low is not None]
    return [
        Chapter(
            key="evenements",
            short="Les événements",
            title="Les événements : qui s’inscrit, qui vient ?",
            summary=summary,
            finding=french(f"{summary}."),
            figures=tuple(_kinds(estimates)),
            callouts=(Callout("Inscrits et présents", tuple(lines), "plain"),) if lines else (),
        )
    ]


def _kinds(estimates: Estimates) -> list[Figure]:
    rows = [row for row in estimates.rows("events.by_kind") if row.numerator]
    top = largest(rows)
    if top is None:
        return []
    return [share_figure(rows, f"{top.label} : {number(top.numerator)} des {number(top.denominator)} présences")]
