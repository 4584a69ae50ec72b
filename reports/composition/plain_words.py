"""A report for families: the same figures in simple words, on one page."""

from collections.abc import Sequence

from impact.wording import french, join_words, number, plural
from impact_maps.indicators import Family
from reports.charts import Bar, bars
from reports.composition.document import MOST_ROWS, Callout, Chapter, Figure, KeyFigure
from reports.composition.drawings import largest, share_figure, spoken, table_of
from reports.composition.words import Estimates
from reports.records import REVERSED, Estimate

READ = (Family.PRE, Family.PARTICIPATION, Family.EVENTS, Family.MEDIATION, Family.SATISFACTION)
TENTHS = 10
LEAST = 11
MOST = 6
# What happened, outside a PRE: the code, then the words for one and for several.
_HAPPENED = (
    ("participation.workshops_held", "atelier a eu lieu", "ateliers ont eu lieu"),
    ("families.reached", "famille est venue", "familles sont venues"),
    ("participation.people", "personne est venue", "personnes sont venues"),
    ("events.held", "rencontre a eu lieu", "rencontres ont eu lieu"),
    ("events.young_people", "jeune a été rencontré en classe", "jeunes ont été rencontrés en classe"),
    ("mediation.mediators", "médiateur a aidé les élèves", "médiateurs ont aidé les élèves"),
    ("mediation.activities", "activité avec un médiateur a eu lieu", "activités avec un médiateur ont eu lieu"),
)
MOST_SAID = 3


def chapters(estimates: Estimates) -> list[Chapter]:
    """One chapter, whose drawing says what became of the objectives, or what people answered; none when nothing is known."""
    said = _followed(estimates) or french(
        join_words([f"{count} {words}" for count, words in _happened(estimates)][:MOST_SAID])
    )
    if not said:
        return []
    figures = _objectives(estimates) or _answers(estimates) or _workshops(estimates) or _places(estimates)
    return [Chapter("simple", "En mots simples", "En mots simples", said, f"{said}.", figures)]


def key_figures(estimates: Estimates) -> list[KeyFigure]:
    """At most six, without percentage or margin."""
    lines = (
        _line(estimates, "children_followed", "enfants et jeunes accompagnés", ""),
        _line(estimates, "decision_delay", "pour avoir une réponse", "La moitié des familles attend moins longtemps.", "jours"),
        _line(estimates, "support_length", "d’accompagnement", "Pour la moitié des enfants, c’est moins long.", "mois"),
        _part(estimates, "objective_reached", "enfants ont atteint un but à la fin", "Un but choisi avec eux et leurs parents."),
        _part(estimates, "relay", "enfants partis avec un relais", "Quelqu’un d’autre prend la suite."),
        _part(estimates, "home_visits", "enfants visités à la maison", ""),
    )  # fmt: skip
    known = [line for line in lines if line is not None]
    return known or [KeyFigure(count, "", words, "") for count, words in _happened(estimates)][:MOST]


def caution() -> Callout:
    """What the page does not say."""
    return Callout(
        "Ce que cette page ne dit pas",
        (
            "Les enfants grandissent, et d’autres personnes les aident. On ne peut pas savoir ce qui vient de nous seuls.",
            "Aucun nom n’est écrit. Quand un nombre est trop petit, il n’est pas écrit non plus.",
        ),
    )


def _objectives(estimates: Estimates) -> tuple[Figure, ...]:
    rows = [row for row in estimates.rows("pre.objectives") if row.value is not None]
    if not rows:
        return ()
    reached = next((row for row in rows if row.category == "reached" and row.numerator), None)
    title = "Les buts choisis avec les enfants et leurs parents"
    if reached is not None:
        title = f"{number(reached.numerator)} buts sur {number(reached.denominator)} sont atteints"
    return (
        share_figure(
            rows,
            title,
            ordinal=True,
            subtitle="Les buts choisis avec les enfants et leurs parents, à la fin de l’accompagnement.",
            scope="enfants partis cette année",
        ),
    )


def _followed(estimates: Estimates) -> str:
    row = estimates.known("pre.children_followed")
    if row is None or not row.value:
        return ""
    return french(
        f"Cette année, {plural(row.value, 'enfant a été accompagné', 'enfants et jeunes ont été accompagnés')}"
    )


def _happened(estimates: Estimates) -> list[tuple[str, str]]:
    """What happened, counted: the number, then its words."""
    counts = [(_value(estimates.known(code)), one, several) for code, one, several in _HAPPENED]
    answers = sum(_value(row) for row in estimates.rows("satisfaction.responses"))
    counts.append((answers, "questionnaire a été rempli", "questionnaires ont été remplis"))
    return [(number(count), french(one if count < 2 else several)) for count, one, several in counts if count]


def _value(row: Estimate | None) -> float:
    return 0.0 if row is None else row.value or 0.0


def _answers(estimates: Estimates) -> tuple[Figure, ...]:
    """The questions that were best answered, in people; a reversed sentence would be read for its contrary."""
    rows = [
        row
        for row in estimates.rows("satisfaction.top_two")
        if row.value is not None and row.numerator and not row.label.endswith(REVERSED)
    ]
    best = sorted(rows, key=lambda row: -(row.value or 0))[:MOST_ROWS]
    if not best:
        return ()
    return (
        _bars(
            best,
            f"« {best[0].label.rstrip('.')} » : {_people(best[0])} sont contentes",
            "Personnes contentes, parmi celles qui ont répondu.",
            [_of(row) for row in best],
        ),
    )


def _workshops(estimates: Estimates) -> tuple[Figure, ...]:
    rows = [row for row in estimates.rows("participation.presences_by_workshop") if row.value is not None][-MOST_ROWS:]
    top = largest(rows)
    if top is None:
        return ()
    title = f"{top.label} : l’atelier où il est venu le plus de monde"
    return (_bars(rows, title, "Personnes venues à chaque atelier.", [number(row.value) for row in rows]),)


def _places(estimates: Estimates) -> tuple[Figure, ...]:
    whole = estimates.known("mediation.sites")
    rows = [row for row in estimates.rows("mediation.sites_by_kind") if row.value is not None][:MOST_ROWS]
    if whole is None or not rows:
        return ()
    title = f"Lieux où vient un médiateur : {_of(whole)}"
    return (_bars(rows, title, "Écoles, collèges et autres lieux.", [_of(row) for row in rows]),)


def _bars(rows: Sequence[Estimate], title: str, subtitle: str, said: Sequence[str]) -> Figure:
    drawn = [Bar(french(row.label), row.value, words) for row, words in zip(rows, said, strict=True)]
    svg = bars(spoken(title, rows), drawn, ordinal=True, longest=1.0 if rows[0].unit == "share" else None)
    return Figure(french(title), french(subtitle), svg, "", "", "", table_of(rows))


def _people(row: Estimate) -> str:
    return f"{number(row.numerator)} personnes sur {number(row.denominator)}"


def _of(row: Estimate) -> str:
    return french(f"{number(row.numerator)} sur {number(row.denominator)}")


def _line(estimates: Estimates, code: str, what: str, base: str, unit: str = "") -> KeyFigure | None:
    row = estimates.known(f"pre.{code}")
    if row is None or not row.value:
        return None
    return KeyFigure(number(round(row.value)), unit, french(what), french(base))


def _part(estimates: Estimates, code: str, what: str, base: str) -> KeyFigure | None:
    """« 6 sur 10 », when enough children are behind it to round."""
    row = estimates.known(f"pre.{code}")
    if row is None or row.value is None or (row.denominator or 0) < LEAST:
        return None
    total = f"En tout, {_of(row)}." if row.numerator is not None else ""
    return KeyFigure(_tenths(row), "", french(what), french(f"{base} {total}".strip()))


def _tenths(row: Estimate) -> str:
    return french(f"{number(round((row.value or 0) * TENTHS))} sur {TENTHS}")
