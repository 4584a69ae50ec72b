"""What a frame covers and what it forgets; when a target is met, and when a change matters."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from impact.exceptions import Refused
from impact.vocabulary import CommunityKind
from impact.wording import french
from impact_maps.indicators import CATALOGUE, Direction, Unit, catalogue_for
from reports.evaluation.records import MeasurePlan, Question
from reports.vocabulary import Criterion, Theme

# Largest target of each unit: beyond, a figure was typed in the wrong unit.
_MOST = {Unit.SHARE: 1.0, Unit.POINTS: 100.0}
_BELOW_ZERO = frozenset({Unit.POINTS, Unit.INDEX, Unit.MEAN})


def check_measure(plan: MeasurePlan) -> None:
    """Refuses an unknown indicator, a target beyond its unit, a target without its reason."""
    indicator = CATALOGUE.get(plan.code)
    if indicator is None:
        raise Refused("Choisissez un indicateur du catalogue.", "code")
    most = _MOST.get(indicator.unit)
    for name, value in (("target", plan.target), ("smallest", plan.smallest)):
        if value is not None and most is not None and abs(value) > most:
            raise Refused(french("Cette part va de 0 à 100 %." if most == 1 else "De −100 à 100 points."), name)
    if plan.target is not None and plan.target < 0 and indicator.unit not in _BELOW_ZERO:
        raise Refused("Cet indicateur ne descend pas sous zéro : écrivez une cible positive.", "target")
    if plan.smallest is not None and plan.smallest <= 0:
        raise Refused("Écrivez un écart plus grand que zéro.", "smallest")
    if plan.target is not None and not plan.why:
        raise Refused("Dites d’où vient cette cible : elle se comprendra encore dans trois ans.", "why")


def forgotten_themes(questions: Sequence[Question]) -> list[Theme]:
    """The themes that no question is about."""
    covered = {theme for question in questions for theme in question.plan.themes}
    return [theme for theme in Theme if theme not in covered]


def forgotten_criteria(questions: Sequence[Question]) -> list[Criterion]:
    """The criteria under which nothing is asked."""
    asked = {question.plan.criterion for question in questions}
    return [criterion for criterion in Criterion if criterion not in asked]


def without_indicator(questions: Sequence[Question]) -> list[Question]:
    """Questions that nothing measures yet."""
    return [question for question in questions if not question.measures]


def without_data(questions: Sequence[Question], known: Collection[str]) -> list[str]:
    """Titles of the indicators of the frame that have no value over the period."""
    codes = dict.fromkeys(measure.plan.code for question in questions for measure in question.measures)
    return [CATALOGUE[code].title for code in codes if code in CATALOGUE and code not in known]


def indicator_choices(kind: CommunityKind) -> list[tuple[str, str]]:
    """Code and title of what this kind of community can measure, by family."""
    return [(each.code, french(f"{each.family.label} : {each.title}")) for each in catalogue_for(kind)]


def is_met(plan: MeasurePlan, value: float) -> bool | None:
    """Whether a value reaches the target in the favourable direction; None without a target or a direction."""
    if plan.target is None:
        return None
    direction = CATALOGUE[plan.code].direction
    if direction is Direction.NEUTRAL:
        direction = Direction.UP
    return value >= plan.target if direction is Direction.UP else value <= plan.target


def is_share(code: str) -> bool:
    """Whether the target of an indicator is typed in percent."""
    return code in CATALOGUE and CATALOGUE[code].unit is Unit.SHARE


def as_typed(code: str, value: float | None) -> Decimal | None:
    """A target or a change as it was typed: a share in percent."""
    if value is None:
        return None
    return Decimal(str(round(value * 100 if is_share(code) else value, 2)))


def matters(plan: MeasurePlan | None, change: float) -> bool | None:
    """Whether a change reaches the smallest one that the community finds worth acting on; None when it set none."""
    if plan is None or plan.smallest is None:
        return None
    return abs(change) >= plan.smallest - 1e-9
