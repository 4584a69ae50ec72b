"""What people wrote, in the chapter on answers: themes that two people read, and words released one by one."""

from collections.abc import Sequence
from dataclasses import replace

from impact.wording import french
from impact_maps.indicators import CATALOGUE
from reports.charts import Bar, bars
from reports.composition.document import Callout, Figure
from reports.composition.drawings import first_reading, largest, spoken, table_of
from reports.composition.words import Estimates, sentence, value_text
from reports.computing.satisfaction import OF_ITEM
from reports.records import Estimate

MOST_QUOTES = 6


def theme_figures(estimates: Estimates) -> list[Figure]:
    """What people write about, question by question; none before somebody read them."""
    rows = [row for row in estimates.rows("satisfaction.themes") if row.value is not None]
    agreed = [row for row in estimates.rows("satisfaction.readers_agree") if row.value is not None]
    places = dict.fromkeys(_question(row) for row in rows)
    return [_figure([row for row in rows if _question(row) == place], agreed) for place in places]


def quoted(quotes: Sequence[str]) -> list[Callout]:
    """Words that may be quoted, nothing else of who wrote them."""
    lines = tuple(french(f"« {said.rstrip('.')} »") for said in quotes[:MOST_QUOTES])
    return [Callout("Avec leurs mots", lines, "plain")] if lines else []


def _figure(rows: list[Estimate], agreed: list[Estimate]) -> Figure:
    indicator, question = CATALOGUE["satisfaction.themes"], rows[0].label.rpartition(OF_ITEM)[0]
    rows = [replace(row, label=_theme(row)) for row in rows]
    most = largest(rows)
    told = [sentence(row, "Deux lectures") for row in agreed if most and row.category == most.category]
    return Figure(
        title=french(f"Ce qui revient le plus : « {most.label} »") if most else indicator.title,
        subtitle=french(
            f"« {question} » Parmi les réponses écrites lues ; une personne peut parler de plusieurs thèmes."
        ),
        svg=bars(
            spoken(indicator.title, rows),
            [Bar(french(row.label), row.value, value_text(row)) for row in rows],
            longest=1.0,
        ),
        reading=" ".join((first_reading(rows), *told)),
        scope="personnes dont la réponse écrite a été lue",
        source=indicator.source,
        table=table_of(rows),
    )


def _question(row: Estimate) -> str:
    return row.category.rpartition("/")[0]


def _theme(row: Estimate) -> str:
    return row.label.rpartition(OF_ITEM)[2]
