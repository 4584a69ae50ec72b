"""Why a figure is merged, held or hidden, told to the person who has a report made."""

from dataclasses import dataclass

from impact.db import EncryptedDatabase
from impact.periods import Period
from impact.vocabulary import Audience, CommunityKind
from impact.wording import french, join_words, number
from impact_maps.indicators import CATALOGUE
from reports.data import load
from reports.disclosure import HELD, HIDDEN, MERGED, Explanation, explain
from reports.publishing import compute_all
from reports.writing import published_estimates

MOST_NAMES = 6


@dataclass(frozen=True)
class Reason:
    """One indicator: what happened to it, in a sentence, and the state that its mark shows."""

    title: str
    sentence: str
    kind: str


def explanations(db: EncryptedDatabase, period: Period, kind: CommunityKind, audience: Audience) -> list[Reason]:
    """Compare the exact figures with those that this audience would read."""
    data = load(db, period)
    exact = compute_all(data, period, kind)
    labels = {(row.code, row.category): row.label for row in exact}
    return tell(explain(exact, published_estimates(db, data, period, kind, audience)), labels)


def tell(found: list[Explanation], labels: dict[tuple[str, str], str]) -> list[Reason]:
    """One sentence per indicator and kind of protection."""
    groups: dict[tuple[str, str], list[str]] = {}
    for each in found:
        names = [labels.get((each.code, category), "") for category in each.categories]
        groups.setdefault((each.kind, each.code), []).extend(name for name in names if name)
    return [Reason(CATALOGUE[code].title, _sentence(kind, names), kind) for (kind, code), names in groups.items()]


def _sentence(kind: str, names: list[str]) -> str:
    said = _listed(list(dict.fromkeys(names)))
    if kind == MERGED:
        return french(f"{said} sont réunis : séparés, l’un d’eux désignerait trop peu de personnes.")
    if kind == HELD:
        return french("La valeur du rapport précédent est gardée : moins de 5 personnes ont changé depuis.")
    assert kind == HIDDEN
    return french(f"{said} : un lecteur ne doit ni lire ni retrouver un petit nombre.")


def _listed(names: list[str]) -> str:
    if not names:
        return "La valeur entière"
    if len(names) > MOST_NAMES:
        return f"{number(len(names))} catégories, dont « {names[0]} »,"
    return join_words([f"« {name} »" for name in names])
