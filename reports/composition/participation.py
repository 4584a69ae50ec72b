"""The chapter on workshops: who comes, who stays."""

from dataclasses import replace

from impact.wording import french, join_words, number, plural
from reports.charts import Bar, bars
from reports.charts_over_time import Column, attendance
from reports.composition.document import Callout, Chapter, Figure
from reports.composition.drawings import first_of, first_reading, largest, share_figure, spoken, table_of
from reports.composition.words import Estimates, sentence, value_text
from reports.records import Estimate

_SOURCE = "feuilles d’émargement"
_FAMILIES = ("reached", "new", "returning", "adults", "children")


def chapters(estimates: Estimates) -> list[Chapter]:
    """One chapter when a workshop was held, none otherwise."""
    workshops = estimates.rows("participation.presences_by_workshop")
    if not workshops:
        return []
    figures = [_attendance(estimates, workshops)]
    people = estimates.rows("participation.people_by_presences")
    if any(row.value is not None for row in people):
        figures.append(_regularity(estimates, people))
    figures += _kinds(estimates)
    returns = [row for row in estimates.rows("participation.retention") if row.value is not None]
    if returns:
        figures.append(_returns(returns))
    return [
        Chapter(
            key="ateliers",
            short="Les ateliers",
            title="Les ateliers : qui vient, qui reste ?",
            summary=_summary(workshops),
            finding=_finding(estimates, workshops),
            figures=tuple(figures),
            callouts=tuple(_callouts(estimates, workshops)),
        )
    ]


def _counts(workshops: list[Estimate]) -> list[int]:
    return [round(row.value) for row in workshops if row.value is not None]


def _summary(workshops: list[Estimate]) -> str:
    counts = _counts(workshops)
    if len(counts) < 2:
        return french(f"{plural(len(counts), 'atelier tenu', 'ateliers tenus')}")
    first = plural(counts[0], "présent")
    return french(f"{first} au premier des {len(counts)} ateliers, {counts[-1]} au dernier")


def _finding(estimates: Estimates, workshops: list[Estimate]) -> str:
    total, people, core = (estimates.one(f"participation.{code}") for code in ("presences", "people", "core_group"))
    held = plural(len(workshops), "atelier")
    parts = [f"{plural(total.value, 'présence')} en {held}"] if total and total.value else []
    if people is not None and people.value is not None:
        parts.append(f"{plural(people.value, 'personne différente', 'personnes différentes')}")
    if core is not None and core.value is not None:
        parts.append(f"un noyau régulier de {plural(core.value, 'personne')}")
    if people is not None and people.value is None and people.low is not None:
        parts.append(f"{value_text(people)} personnes différentes selon les bornes, faute de liste de noms")
    return french(join_words(parts).capitalize() + ".") if parts else ""


def _attendance(estimates: Estimates, workshops: list[Estimate]) -> Figure:
    cores = {row.category: row.numerator for row in estimates.rows("participation.core_by_workshop")}
    columns = [
        Column(
            f"Atelier {place}",
            row.label,
            None if row.value is None else round(row.value),
            value_text(row),
            None if cores.get(row.category) is None else round(cores[row.category] or 0),
        )
        for place, row in enumerate(workshops, 1)
    ]
    with_core = any(column.core is not None for column in columns)
    return Figure(
        title=_summary(workshops),
        subtitle=french(_attendance_subtitle(columns)),
        svg=attendance(
            spoken("Personnes présentes à chaque atelier", workshops),
            columns,
            core_name="noyau régulier" if with_core else "",
            others_name="autres personnes présentes" if with_core else "",
        ),
        reading=sentence(workshops[0]),
        scope=french(plural(len(workshops), "atelier tenu", "ateliers tenus")),
        source=_SOURCE,
        table=table_of(workshops),
    )


def _attendance_subtitle(columns: list[Column]) -> str:
    said = "Personnes présentes à chaque atelier"
    if all(column.core is None for column in columns):
        return f"{said}."
    hollow = any(column.core is None and column.total for column in columns)
    unknown = " ; colonne creuse : sans liste de noms, le noyau n’y est pas connu" if hollow else ""
    return f"{said}, dont le noyau régulier{unknown}."


def _regularity(estimates: Estimates, people: list[Estimate]) -> Figure:
    once, core = estimates.known("participation.one_time"), _core_threshold(estimates)
    title = "Combien d’ateliers chaque personne a suivis"
    if once is not None and once.numerator is not None:
        title = f"{plural(once.numerator, 'personne n’est venue', 'personnes ne sont venues')} qu’une fois"
    return Figure(
        title=french(title),
        subtitle="Personnes selon le nombre d’ateliers suivis.",
        svg=bars(
            spoken("Personnes selon le nombre d’ateliers suivis", people),
            [Bar(_times(row), row.value, value_text(row), light=not _is_core(row, core)) for row in people],
            ordinal=True,
            names=("noyau régulier", "autres personnes") if core else ("", ""),
        ),
        reading=first_reading(people),
        scope=french(f"{number(people[0].denominator)} personnes"),
        source=_SOURCE,
        table=table_of([replace(row, label=_times(row)) for row in people]),
    )


def _times(row: Estimate) -> str:
    return plural(int(row.label), "atelier") if row.label.isdecimal() else french(row.label)


def _core_threshold(estimates: Estimates) -> int:
    """From how many workshops on a person is regular; 0 when the core is not known."""
    core = estimates.known("participation.core_group")
    return int((core.effect or {}).get("threshold", 0)) if core else 0


def _is_core(row: Estimate, threshold: int) -> bool:
    return not threshold or (row.label.isdecimal() and int(row.label) >= threshold)


def _kinds(estimates: Estimates) -> list[Figure]:
    figures = []
    for code, noun in (("people_by_kind", "personnes"), ("organisations_by_kind", "structures")):
        rows = [row for row in estimates.rows(f"participation.{code}") if row.numerator or row.masked]
        if title := first_of(rows, noun):
            figures.append(share_figure(rows, title))
    return figures


def _returns(returns: list[Estimate]) -> Figure:
    drawn = [
        Bar(french(row.label), row.value, value_text(row), f"{number(row.numerator)} sur {number(row.denominator)}")
        for row in returns
    ]
    best = largest(returns)
    told = (
        best
        and f"« {best.label} » : {number(best.numerator)} des {number(best.denominator)} présents d’avant"
        f" {'reviennent' if (best.numerator or 0) > 1 else 'revient'}"
    )
    return Figure(
        title=french(told or "D’un atelier au suivant, qui revient"),
        subtitle="Part des personnes d’un atelier qui sont présentes au suivant.",
        svg=bars(spoken("Retour d’un atelier au suivant", returns), drawn, ordinal=True, longest=1.0, heading="n"),
        reading=first_reading(returns),
        scope=french(f"{len(returns) + 1} ateliers"),
        source=_SOURCE,
        table=table_of(returns),
    )


def _callouts(estimates: Estimates, workshops: list[Estimate]) -> list[Callout]:
    counts = _counts(workshops)
    callouts = []
    lines = [
        sentence(row) for code in ("trend", "equivalent_kinds") if (row := estimates.known(f"participation.{code}"))
    ]
    if lines:
        callouts.append(Callout("Un repère" if len(lines) == 1 else "Deux repères", tuple(lines), "plain"))
    if estimates.known("families.reached"):
        told = [row for name in _FAMILIES if (row := estimates.one(f"families.{name}")) is not None]
        callouts.append(Callout("Les familles", tuple(sentence(row) for row in told), "plain"))
    if len(counts) > 1 and counts[0] and counts[-1] < counts[0]:
        callouts.append(
            Callout(
                "À ne pas lire comme une fidélité",
                (
                    french(
                        f"{counts[-1]} présents après {counts[0]} ne disent pas combien de personnes sont revenues :"
                        " ce ne sont pas toujours les mêmes."
                    ),
                ),
            )
        )
    return callouts
