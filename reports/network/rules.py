"""What may be said of a group of communities: nothing below three."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from impact.vocabulary import CommunityKind
from impact.wording import french, number
from impact_maps.indicators import CATALOGUE
from reports.composition.words import full_value
from reports.records import Estimate

LEAST_GROUP = 3
PLURALS = {
    CommunityKind.PRE: "PRE",
    CommunityKind.CITE: "cités éducatives",
    CommunityKind.COLLECTIVE: "communautés d’action",
    CommunityKind.MEDIATION: "équipes de médiation",
}


@dataclass(frozen=True)
class Group:
    """`value` is the share of all their people together, or else the middle community; `size` communities gave theirs."""

    size: int
    value: float
    unit: str
    numerator: float | None = None
    denominator: float | None = None
    symbol: str = ""


def group_of(rows: Sequence[Estimate]) -> Group | None:
    """The group that these figures of one code make; None when fewer than three communities show theirs.

    A masked figure counts for nothing, and so do those of another version of the definition.
    """
    version = max((row.version for row in rows), default=1)
    known = [row for row in rows if row.value is not None and not row.masked and row.version == version]
    if len(known) < LEAST_GROUP:
        return None
    parts = [(row.numerator, row.denominator) for row in known]
    if known[0].unit == "share" and all(part is not None and base for part, base in parts):
        part, base = sum(part or 0 for part, _ in parts), sum(base or 0 for _, base in parts)
        return Group(len(known), part / base, "share", part, base)
    return Group(
        len(known), median(row.value or 0 for row in known), known[0].unit, symbol=CATALOGUE[known[0].code].symbol
    )


def group_words(kind: CommunityKind, group: Group | None) -> str:
    """« Les 4 PRE ensemble : 45 % (90 sur 200). », or nothing."""
    if group is None:
        return ""
    said, named = full_value(group.value, group.unit, group.symbol), f"Les {number(group.size)} {PLURALS[kind]}"
    if group.numerator is not None:
        return french(f"{named} ensemble : {said} ({number(group.numerator)} sur {number(group.denominator)}).")
    return french(f"{named} : {said} en médiane.")


def too_few_words(kind: CommunityKind, known: int) -> str:
    """Why there is no comparison with others of the kind."""
    there = {0: "aucune n’a de chiffres", 1: "une seule a des chiffres"}.get(known, f"{number(known)} ont des chiffres")
    return french(
        f"La comparaison avec le groupe demande {LEAST_GROUP} {PLURALS[kind]} au moins : ici, {there} sur cette période."
    )
