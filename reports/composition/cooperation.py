"""The chapter on cooperation: who is linked with whom, what is done together, who meets."""

from dataclasses import replace

from impact.wording import french, join_words, number, percent, plural
from reports.charts import Bar, bars
from reports.composition.document import Callout, Chapter, Figure
from reports.composition.drawings import first_of, share_figure, spoken, table_of
from reports.composition.words import Estimates, sentence, value_text
from reports.records import Estimate

_SAID = ("confirmation", "isolates", "ei", "realisation", "missing_kinds", "counterparts", "mandated")
_DONE = (
    "partners_mean",
    "cofinancing",
    "meetings_held",
    "meeting_interval",
    "people_mean",
    "meeting_kinds",
    "reporting_time",
)


def chapters(estimates: Estimates) -> list[Chapter]:
    """One chapter when links, actions or meetings are known, none otherwise."""
    links, meetings = _known(estimates, "density"), _known(estimates, "meetings_held")
    states = [row for row in estimates.rows("cooperation.actions_by_state") if row.numerator]
    if links is None and not states and not (meetings and meetings.value):
        return []
    figures = [
        *_kinds(estimates),
        *([_densities(estimates, links)] if links else []),
        *_rounds(estimates),
        *_actions(estimates, states),
    ]
    summary = _summary(estimates, links, states)
    return [
        Chapter(
            key="cooperation",
            short="La coopération",
            title="La coopération : qui agit avec qui ?",
            summary=summary,
            finding=_finding(estimates, links) or f"{summary}.",
            figures=tuple(figures),
            callouts=tuple(_callouts(estimates)),
        )
    ]


def _known(estimates: Estimates, code: str) -> Estimate | None:
    return estimates.known(f"cooperation.{code}")


def _summary(estimates: Estimates, links: Estimate | None, states: list[Estimate]) -> str:
    if links is not None:
        return french(_existing(links))
    if states:
        return french(plural(states[0].denominator or 0, "action"))
    meetings = _known(estimates, "meetings_held")
    return french(plural(meetings.value or 0, "réunion tenue", "réunions tenues")) if meetings else ""


def _finding(estimates: Estimates, links: Estimate | None) -> str:
    if links is None:
        return ""
    confirmed, wished = _known(estimates, "confirmation"), _known(estimates, "to_create")
    parts = [f"{_existing(links)} ({percent(links.value)})"]
    if confirmed is not None:
        both = "par les deux structures"
        parts.append(plural(confirmed.numerator or 0, f"est confirmé {both}", f"sont confirmés {both}"))
    if wished is not None:
        parts.append(plural(wished.value or 0, "est à créer", "sont à créer"))
    return french(join_words(parts) + ".")


def _existing(links: Estimate) -> str:
    verb = "existe" if (links.numerator or 0) < 2 else "existent"
    return f"{number(links.numerator)} des {plural(links.denominator or 0, 'lien possible', 'liens possibles')} {verb}"


def _kinds(estimates: Estimates) -> list[Figure]:
    rows = [row for row in estimates.rows("cooperation.organisations_by_kind") if row.numerator]
    title = first_of(rows, "structures")
    return [share_figure(rows, title)] if title else []


def _densities(estimates: Estimates, links: Estimate) -> Figure:
    """Existing links beside what they would be with those to create, on the scale of the possible ones."""
    planned = _known(estimates, "density_planned")
    rows = [row for row in (links, planned) if row is not None]
    labels = ("Liens existants", "Avec les liens à créer")
    drawn = [
        Bar(label, row.value, value_text(row), number(row.numerator)) for label, row in zip(labels, rows, strict=False)
    ]
    return Figure(
        title=french(
            f"{plural(links.numerator or 0, 'lien existe', 'liens existent')} sur {number(links.denominator)} possibles"
        ),
        subtitle="Paires de structures liées, parmi toutes les paires possibles.",
        svg=bars(spoken("Densité des liens", rows), drawn, ordinal=True, longest=1.0, heading="n"),
        reading=sentence(links),
        scope=french(plural(links.denominator or 0, "lien possible", "liens possibles")),
        source="liens déclarés par les structures",
        table=table_of([replace(row, label=label) for row, label in zip(rows, labels, strict=False)]),
    )


def _rounds(estimates: Estimates) -> list[Figure]:
    """The same links, round after round, when there are two at least."""
    rows = [row for row in estimates.rows("cooperation.density_by_round") if row.value is not None]
    if len(rows) < 2:
        return []
    first, last = rows[0], rows[-1]
    title = f"De {number(first.numerator)} à {plural(last.numerator or 0, 'lien')}, du {first.label} au {last.label}"
    return [share_figure(rows, title, ordinal=True)]


def _actions(estimates: Estimates, states: list[Estimate]) -> list[Figure]:
    figures, title = [], first_of(states, "actions")
    if title:
        figures.append(share_figure(states, title))
    # Ages without any action are shown: it is what the reader looks for.
    ages = [row for row in estimates.rows("cooperation.actions_by_age") if row.value is not None]
    if ages:
        absent = [row.label for row in ages if not row.numerator]
        title = f"Aucune action : {join_words(absent)}" if absent else "Chaque âge a au moins une action"
        figures.append(share_figure(ages, title, ordinal=True))
    return figures


def _callouts(estimates: Estimates) -> list[Callout]:
    found = []
    for title, codes in (("Les liens", _SAID), ("Les actions et les réunions", _DONE)):
        lines = [sentence(row) for code in codes if (row := _known(estimates, code)) is not None]
        if lines:
            found.append(Callout(title, tuple(lines), "plain"))
    if _known(estimates, "density") is not None:
        found.append(
            Callout(
                "Ce qu’un lien ne dit pas",
                (
                    "Un lien est ce qu’une structure déclare ; il ne dit ni combien de fois on se parle, ni ce que"
                    " les enfants en reçoivent. Les liens dépendent les uns des autres : aucun test n’est fait.",
                ),
            )
        )
    return found
