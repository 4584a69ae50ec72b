"""The report of a PRE for families: the same figures in simple words, on one page."""

from impact.wording import french, number
from reports.composition.document import Callout, Chapter, Figure, KeyFigure
from reports.composition.drawings import share_figure
from reports.composition.words import Estimates
from reports.records import Estimate

TENTHS = 10
LEAST = 11


def chapters(estimates: Estimates) -> list[Chapter]:
    """One chapter, whose drawing says what became of the objectives; none when nobody was followed."""
    followed = estimates.known("pre.children_followed")
    if followed is None or not followed.value:
        return []
    said = f"Cette année, {number(followed.value)} enfants et jeunes ont été accompagnés"
    return [
        Chapter("simple", "En mots simples", "Cette année", french(said), french(f"{said}."), _objectives(estimates))
    ]


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
    return [line for line in lines if line is not None]


def caution() -> Callout:
    """What the page does not say."""
    return Callout(
        "Ce que cette page ne dit pas",
        (
            "Les enfants grandissent, et d’autres personnes les aident. On ne peut pas savoir ce qui vient du programme seul.",
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
    return KeyFigure(_tenths(row), "", french(what), french(base))


def _tenths(row: Estimate) -> str:
    return french(f"{number(round((row.value or 0) * TENTHS))} sur {TENTHS}")
