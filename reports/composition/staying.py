"""The chapter on the time in the programme: the curve, and the reasons that compete for the exits."""

from impact.wording import french, number, percent
from impact_maps.indicators import CATALOGUE
from reports.charts import Bar, bars
from reports.charts_over_time import Step, survival
from reports.composition import national
from reports.composition.document import Callout, Chapter, Figure
from reports.composition.drawings import first_reading, spoken, table_of
from reports.composition.words import Estimates, interval_text, sentence, value_text
from reports.records import Estimate

# The category of those who have not left, in `pre.gone_by_reason`.
REMAINING = "remaining"


def chapter(estimates: Estimates) -> Chapter:
    """How long support lasts, everyone counted."""
    median = estimates.one("pre.support_length")
    reasons = [row for row in estimates.rows("pre.gone_by_reason") if row.value is not None or row.masked]
    figures = _curve(estimates) or _milestones(estimates)
    figures += _reasons(reasons) if any(row.value is not None for row in reasons) else []
    return Chapter(
        key="duree",
        short="La durée",
        title="Combien de temps dure l’accompagnement ?",
        summary=french(f"Durée médiane : {value_text(median)} mois")
        if median and median.value is not None
        else "Durée",
        finding=sentence(median) if median else "",
        figures=tuple(figures),
        callouts=(
            Callout(
                "Pourquoi pas une moyenne",
                (
                    "La moyenne des seuls parcours terminés oublie les plus longs, qui durent encore. Les enfants encore"
                    " suivis sont comptés jusqu’au dernier jour de la période.",
                    french(f"En France : {national.SUPPORT_MONTHS}, un autre calcul, à ne pas comparer au mois près."),
                ),
            ),
        ),
    )


def _milestones(estimates: Estimates) -> list[Figure]:
    """Bars at 6, 12, 18 and 24 months, where there is no curve to draw."""
    rows = estimates.rows("pre.still_followed")
    if not any(row.value is not None for row in rows):
        return []
    drawn = [Bar(french(row.label), row.value, value_text(row), interval_text(row)) for row in rows]
    title = "Part des parcours encore ouverts, mois après mois"
    drawing = bars(
        spoken("Parcours encore ouverts", rows), drawn, ordinal=True, longest=1.0, heading="marge d’incertitude"
    )
    subtitle = "Méthode de Kaplan-Meier, à partir de la décision de l’équipe."
    return [_figure(rows, title, subtitle, drawing, first_reading(rows))]


def _curve(estimates: Estimates) -> list[Figure]:
    """The curve every three months; hidden points keep the level of the last one shown."""
    rows = [row for row in estimates.rows("pre.curve") if row.value is not None and not row.masked]
    if len(rows) < 2:
        return []
    steps = [Step(0, 1.0), *(Step(float(row.category), row.value or 0, row.low, row.high) for row in rows)]
    length = estimates.known("pre.support_length")
    reached = length.value if length is not None else None
    risks = [(float(row.category), number(row.n)) for row in rows if int(row.category) % 6 == 0]
    drawing = survival(
        spoken("Encore suivis, trimestre après trimestre", rows),
        steps,
        risks,
        end=float(rows[-1].category),
        median=reached if reached and reached <= float(rows[-1].category) else None,
        median_text=french(f"La moitié à {value_text(length)} mois") if length is not None else "",
    )
    last = rows[-1]
    title = f"Après {last.label}, {percent(last.value)} des parcours sont encore ouverts"
    subtitle = "Courbe de Kaplan-Meier, lue tous les trois mois, coupée où moins de cinq parcours sont observés."
    return [_figure(rows, title, subtitle, drawing, sentence(last))]


def _reasons(rows: list[Estimate]) -> list[Figure]:
    drawn = [Bar(french(row.label), row.value, value_text(row), number(row.numerator)) for row in rows]
    staying = next((row for row in rows if row.category == REMAINING and row.value is not None), None)
    title = "Un an après la décision" + (f", {value_text(staying)} sont encore suivis" if staying else "")
    subtitle = "Part des parcours sortis pour chaque motif, et part encore suivie ; le total est 100 %."
    drawing = bars(spoken(title, rows), drawn, heading="n", longest=1.0)
    return [_figure(rows, title, subtitle, drawing, first_reading(rows))]


def _figure(rows: list[Estimate], title: str, subtitle: str, drawing: str, reading: str) -> Figure:
    return Figure(
        title=french(title),
        subtitle=french(subtitle),
        svg=drawing,
        reading=reading,
        scope="tous les parcours décidés jusqu’à la fin de la période",
        source=CATALOGUE[rows[0].code].source,
        table=table_of(rows),
    )
