"""Why a figure is merged, held or hidden, told to the person who has a report made."""

from dataclasses import dataclass

from impact.db import EncryptedDatabase
from impact.periods import Period
from impact.vocabulary import Audience, CommunityKind
from impact.wording import french, join_words, number
from impact_maps.indicators import CATALOGUE
from reports.deducing import Deduction, deductions
from reports.disclosure import HELD, HIDDEN, MERGED, OVERLAP, Explanation, explain
from reports.publishing import as_explained
from reports.remembering import computed

MOST_NAMES = 6


@dataclass(frozen=True)
class Reason:
    """One indicator: what happened to it, in a sentence, and the state that its mark shows."""

    title: str
    sentence: str
    kind: str


@dataclass(frozen=True)
class Hidden:
    """A hidden number, and what a reader still knows of it; `is_narrow` when that is too much."""

    title: str
    label: str
    known: str
    is_narrow: bool


@dataclass(frozen=True)
class Preview:
    """What was done to the figures, and what a reader could work out of those hidden."""

    reasons: tuple[Reason, ...]
    hidden: tuple[Hidden, ...]


def preview(db: EncryptedDatabase, period: Period, kind: CommunityKind, audience: Audience) -> Preview:
    """Compare the exact figures with those that this audience would read, then read them as a curious reader would."""
    exact = computed(db, period, kind)
    published = as_explained(db, exact, period, audience)
    labels = {(row.code, row.category): row.label for row in exact}
    found = sorted(deductions(published, exact), key=lambda each: each.values)
    return Preview(tuple(tell(explain(exact, published), labels)), tuple(map(_hidden, found)))


def _hidden(found: Deduction) -> Hidden:
    if found.high is None:
        known = "rien de plus"
    elif found.low == found.high:
        known = f"c’est {number(found.low)}"
    else:
        known = f"entre {number(found.low)} et {number(found.high)}"
    return Hidden(CATALOGUE[found.code].title, french(found.label), french(known), found.is_narrow)


def tell(found: list[Explanation], labels: dict[tuple[str, str], str]) -> list[Reason]:
    """One sentence per indicator and kind of protection."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for each in found:
        names = [labels.get((each.code, category), "") for category in each.categories]
        cause = OVERLAP if each.cause == OVERLAP else ""
        groups.setdefault((each.kind, each.code, cause), []).extend(name for name in names if name)
    return [
        Reason(CATALOGUE[code].title, _sentence(kind, names, cause), kind)
        for (kind, code, cause), names in groups.items()
    ]


def _sentence(kind: str, names: list[str], cause: str = "") -> str:
    said = _listed(list(dict.fromkeys(names)))
    if kind == MERGED:
        return french(f"{said} sont réunis : séparés, l’un d’eux désignerait trop peu de personnes.")
    if kind == HELD:
        return french("La valeur déjà publiée est gardée : trop peu de personnes ont changé depuis.")
    assert kind == HIDDEN
    if cause == OVERLAP:
        return french(
            f"{said} : une autre période, déjà publiée, a des jours en commun avec celle-ci, et la différence des deux"
            " désignerait trop peu de personnes."
        )
    return french(f"{said} : un lecteur ne doit ni lire ni retrouver un petit nombre.")


def _listed(names: list[str]) -> str:
    if not names:
        return "La valeur entière"
    if len(names) > MOST_NAMES:
        return f"{number(len(names))} catégories, dont « {names[0]} »,"
    return join_words([f"« {name} »" for name in names])
