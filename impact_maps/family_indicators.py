"""The entries of the catalogue on the parents' workshops of a PRE."""

from functools import partial

from impact.vocabulary import CommunityKind, Sensitivity
from impact_maps.indicator import Direction, Family, Indicator, Unit

_of_families = partial(
    Indicator,
    source="Familles inscrites aux séances des ateliers de parents",
    sensitivity=Sensitivity.PERSON,
    family=Family.PARTICIPATION,
    census=True,
    kinds=(CommunityKind.PRE,),
)


FAMILIES = (
    _of_families(
        "families.reached", "Familles touchées",
        "Familles venues à une séance au moins de la période, chacune comptée une fois. Une séance sans liste de familles"
        " n'y entre pas.",
        Unit.COUNT, "familles venues au moins une fois", "", "Familles touchées par les ateliers de parents : {value}.",
        direction=Direction.UP,
    ),
    _of_families(
        "families.new", "Nouvelles familles",
        "Familles dont la première venue connue, toutes périodes réunies, est dans la période.",
        Unit.SHARE, "familles venues pour la première fois", "familles venues au moins une fois",
        "Nouvelles familles : {numerator} des {denominator} ({value}).",
    ),
    _of_families(
        "families.returning", "Familles revenues",
        "Familles venues à deux séances au moins de la période, parmi celles qui sont venues.",
        Unit.SHARE, "familles venues deux fois ou plus", "familles venues au moins une fois",
        "Familles revenues : {numerator} des {denominator} ({value}).", direction=Direction.UP,
    ),
    _of_families(
        "families.adults", "Présences d'adultes",
        "Somme des adultes présents aux séances, par famille : qui vient trois fois compte trois fois.",
        Unit.COUNT, "présences d'adultes", "", "Présences d'adultes aux ateliers de parents : {value}.",
    ),
    _of_families(
        "families.children", "Présences d'enfants",
        "Somme des enfants présents aux séances, par famille : qui vient trois fois compte trois fois.",
        Unit.COUNT, "présences d'enfants", "", "Présences d'enfants aux ateliers de parents : {value}.",
    ),
)  # fmt: skip
