"""An entry of the catalogue about the children of a PRE."""

from impact.vocabulary import CommunityKind, Sensitivity
from impact_maps.indicator import Direction, Family, Indicator, Unit

FOLLOW_UP = "Parcours, fiches de suivi et fiches de sortie"


def pre(
    code: str,
    title: str,
    definition: str,
    unit: Unit,
    numerator: str,
    denominator: str,
    reading: str,
    breakdown: bool = False,
    direction: Direction = Direction.NEUTRAL,
    sensitivity: Sensitivity = Sensitivity.PERSON,
    source: str = "Fiches d'orientation et décisions de l'équipe pluridisciplinaire de soutien",
    census: bool = True,
    symbol: str = "",
) -> Indicator:
    """The usual case: people counted one by one, whose small numbers are protected."""
    return Indicator(
        f"pre.{code}", title, definition, unit, numerator, denominator, reading, source, sensitivity, Family.PRE,
        census, breakdown, direction, kinds=(CommunityKind.PRE,), symbol=symbol,
    )  # fmt: skip
