"""The chapter on answers to questionnaires."""

from collections.abc import Sequence

from impact.wording import french, number, plural
from impact_maps.indicators import CATALOGUE
from reports.charts import Bar, Cover, bars, coverage
from reports.composition.document import Callout, Chapter, Figure
from reports.composition.drawings import first_reading, largest, spoken, table_of
from reports.composition.words import (
    Estimates,
    about_reversed,
    bare_value,
    interval_text,
    is_small,
    sentence,
    value_text,
)
from reports.composition.written_answers import quoted, theme_figures
from reports.records import Estimate

# A drawing and its numbers hold on one page; the other questions are in the attached file.
MOST_ITEMS = 14


def chapters(estimates: Estimates, quotes: Sequence[str] = ()) -> list[Chapter]:
    """One chapter when a questionnaire was answered, none otherwise."""
    tops, responses = (estimates.rows(f"satisfaction.{code}") for code in ("top_two", "responses"))
    if not tops or not any(row.value for row in responses):
        return []
    rates = estimates.rows("satisfaction.response_rate")
    asked = [(row, [top for top in tops if _questionnaire(top) == row.category]) for row in responses]
    return [
        Chapter(
            key="parents",
            short="Les réponses",
            title="Qu’en disent les personnes interrogées ?",
            summary=french(_summary(rates or responses)),
            finding=_finding(rates or responses),
            figures=(
                *_coverage(rates),
                *(_favourable(row, items) for row, items in asked if items),
                *theme_figures(estimates),
            ),
            callouts=(*_callouts(estimates), *quoted(quotes)),
        )
    ]


def _questionnaire(row: Estimate) -> str:
    return row.category.partition("/")[0]


def _summary(rows: list[Estimate]) -> str:
    return sentence(rows[0]).rstrip(".") if len(rows) == 1 else plural(len(rows), "questionnaire")


def _finding(rows: list[Estimate]) -> str:
    """One questionnaire is told whole; several by how unequally people answered them."""
    if len(rows) == 1:
        return sentence(rows[0])
    shares = [row.value for row in rows if row.unit == "share" and row.value is not None]
    if len(shares) < 2:
        return french(f"{number(len(rows))} questionnaires ont reçu des réponses.")
    low, high = (bare_value(bound, "share") for bound in (min(shares), max(shares)))
    told = f"{low} des personnes" if low == high else f"selon le questionnaire, de {low} à {high} des personnes"
    return french(f"{number(len(rows))} questionnaires ; {told} invitées ont répondu.")


def _favourable(responses: Estimate, tops: list[Estimate]) -> Figure:
    indicator, best = CATALOGUE["satisfaction.top_two"], largest(tops)
    shown, only = _shown(tops)
    drawn = [Bar(french(row.label), row.value, value_text(row), interval_text(row)) for row in shown]
    answered = value_text(responses)
    return Figure(
        title=french(f"{responses.label}{f' : {_best(best, tops)}' if best else ''}"),
        subtitle=french(
            f"Part des deux niveaux les plus favorables, parmi les personnes ayant répondu.{only}{about_reversed(shown)}"
        ),
        svg=bars(spoken(indicator.title, shown), drawn, heading="marge d’incertitude", longest=1.0),
        reading=first_reading(shown),
        scope=french(f"{answered} {'réponse' if answered == '1' else 'réponses'} au questionnaire"),
        source=indicator.source,
        table=table_of(shown),
    )


def _best(best: Estimate, tops: Sequence[Estimate]) -> str:
    """The most favourable question; the most favourable of those that may be read has no such rank when some are hidden."""
    words = f"« {best.label.rstrip('.')} »"
    if not any(row.masked for row in tops):
        return f"le plus favorable, {words}"
    told = plural(best.numerator or 0, "réponse favorable", "réponses favorables")
    return f"{words}, {told} sur {number(best.denominator)}"


def _shown(tops: list[Estimate]) -> tuple[list[Estimate], str]:
    """All the questions, or the most and the least favourable of a long questionnaire with the words that say so."""
    if len(tops) <= MOST_ITEMS:
        return tops, ""
    ranked = sorted(tops, key=lambda row: (row.value is None, -(row.value or 0)))
    known = [row for row in ranked if row.value is not None]
    half = MOST_ITEMS // 2
    ends = [*known[:half], *known[max(half, len(known) - half) :]]
    kept = [row for row in tops if row in ends]
    ranks = f"Les {half} questions les plus favorables et les {half} moins favorables"
    which = plural(len(kept), "question") if any(row.masked for row in tops) else ranks
    return kept, f" {which}, sur {number(len(tops))} ; les autres sont dans le fichier joint."


def _coverage(rates: list[Estimate]) -> list[Figure]:
    """Who answered of those invited, when several questionnaires were sent: the first thing to know of the others."""
    known = [row for row in rates if row.value is not None and row.numerator is not None and row.denominator]
    if len(known) < 2:
        return []
    least = min(known, key=lambda row: row.value or 0)
    drawn = [
        Cover(
            french(row.label),
            "",
            row.numerator or 0,
            row.denominator or 0,
            _of(row),
            "" if is_small(row) else value_text(row),
        )
        for row in known
    ]
    return [
        Figure(
            title=french(f"{least.label} : le moins rempli, {_of(least)}"),
            subtitle="Réponses reçues, parmi les personnes invitées ; ocre : moins de 60 %.",
            svg=coverage(spoken("Réponses reçues", known), drawn),
            reading=sentence(least),
            scope="questionnaires dont les personnes invitées sont connues",
            source=CATALOGUE["satisfaction.response_rate"].source,
            table=table_of(known),
        )
    ]


def _of(row: Estimate) -> str:
    return french(f"{number(row.numerator)} sur {number(row.denominator)}")


def _callouts(estimates: Estimates) -> list[Callout]:
    bounds = [sentence(row) for row in estimates.rows("satisfaction.top_two_bounds") if row.low is not None]
    one_wave = "Une seule vague : ces réponses décrivent un moment, et ne disent rien d’une évolution."
    return [Callout("Ce que ces réponses ne permettent pas de dire", (*bounds[:3], one_wave))]
