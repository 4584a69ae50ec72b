"""Seven other PRE of the demonstration: only what each would publish, so that the one that is shown has a group."""

from dataclasses import replace
from datetime import date
from random import Random

from impact.communities.records import Community
from impact.db import EncryptedDatabase
from impact.periods import parse_period
from impact.vocabulary import CommunityKind
from reports.composition.key_figures import KEY_CODES
from reports.computing.estimating import count, share
from reports.disclosure import protect
from reports.network.storage import list_figures, publish
from reports.records import Estimate

# Each beside the PRE that is shown: how much larger or smaller.
_PEERS = {
    "pre-des-saules": ("PRE des Saules", 0.55),
    "pre-du-ruisseau": ("PRE du Ruisseau", 0.8),
    "pre-des-peupliers": ("PRE des Peupliers", 0.35),
    "pre-de-la-brume": ("PRE de la Brume", 1.2),
    "pre-de-givreval": ("PRE de Givreval", 0.7),
    "pre-des-noisetiers": ("PRE des Noisetiers", 0.45),
    "pre-du-vent-clair": ("PRE du Vent-Clair", 0.95),
}


def fill(shared: EncryptedDatabase, model: str, founded: date) -> None:
    """Figures like those that the community `model` published, over the same periods."""
    chance = Random(20260901)
    told = [each for each in list_figures(shared, CommunityKind.PRE) if each.slug == model]
    periods = {code: parse_period(code) for code in dict.fromkeys(each.period for each in told)}
    for slug, (name, scale) in _PEERS.items():
        community = Community(name, CommunityKind.PRE, name, founded, None)
        for code, period in periods.items():
            rows = [_like(each.estimate, scale, chance) for each in told if each.period == code]
            publish(shared, slug, community, period, protect([row for row in rows if row], "person", "funder"))


def _like(row: Estimate, scale: float, chance: Random) -> Estimate | None:
    """The figure of a smaller or larger team, a little above or below; None for what no page compares."""
    if row.code not in KEY_CODES or row.value is None:
        return None
    wobble = chance.uniform(0.9, 1.1)
    if row.unit == "share" and row.numerator is not None and row.denominator is not None:
        base = round(row.denominator * scale)
        return share(row.code, min(round(base * row.value * wobble), base), base)
    if row.unit == "count":
        return count(row.code, round(row.value * scale * wobble))
    return replace(row, value=round(row.value * wobble, 1), low=None, high=None)
