"""The chapter on answers to questionnaires."""

from impact.wording import french
from impact_maps.indicators import CATALOGUE
from reports.charts import Bar, bars
from reports.composition.document import Callout, Chapter, Figure
from reports.composition.drawings import first_reading, largest, spoken, table_of
from reports.composition.words import Estimates, interval_text, sentence, value_text
from reports.records import Estimate


def chapters(estimates: Estimates) -> list[Chapter]:
    """One chapter when a questionnaire was answered, none otherwise."""
    tops, responses = (estimates.rows(f"satisfaction.{code}") for code in ("top_two", "responses"))
    if not tops or not any(row.value for row in responses):
        return []
    rates = estimates.rows("satisfaction.response_rate")
    best = largest(tops)
    return [
        Chapter(
            key="parents",
            short="Les réponses",
            title="Qu’en disent les personnes interrogées ?",
            summary=french(f"{value_text(responses[0])} questionnaires reçus"),
            finding=" ".join(sentence(row) for row in rates or responses),
            figures=(_favourable(tops, best),),
            callouts=tuple(_callouts(estimates)),
        )
    ]


def _favourable(tops: list[Estimate], best: Estimate | None) -> Figure:
    indicator = CATALOGUE["satisfaction.top_two"]
    drawn = [Bar(french(row.label), row.value, value_text(row), interval_text(row)) for row in tops]
    return Figure(
        title=french(f"Le plus favorable : « {best.label.rstrip('.')} »") if best else "Réponses favorables",
        subtitle="Part des deux niveaux les plus favorables, parmi les personnes ayant répondu à la question.",
        svg=bars(spoken(indicator.title, tops), drawn, heading="marge d’incertitude", longest=1.0),
        reading=first_reading(tops),
        scope="personnes ayant répondu à chaque question",
        source=indicator.source,
        table=table_of(tops),
    )


def _callouts(estimates: Estimates) -> list[Callout]:
    bounds = [sentence(row) for row in estimates.rows("satisfaction.top_two_bounds") if row.low is not None]
    said = tuple(bounds[:3])
    one_wave = "Une seule vague : ces réponses décrivent un moment, et ne disent rien d’une évolution."
    return [Callout("Ce que ces réponses ne permettent pas de dire", (*said, one_wave))]
