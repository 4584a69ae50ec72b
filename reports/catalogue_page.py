"""The page of the indicators, written from the catalogue: `docs/indicators.md`."""

import re

from impact.vocabulary import CommunityKind
from impact.wording import french, join_words
from impact_maps.indicators import CATALOGUE, Direction, Family, Indicator
from reports.composition.agreement import in_the_plural

_HEAD = """# Indicateurs

Cette page est écrite à partir du catalogue (`impact_maps/indicators.py`) : elle ne se corrige pas à la main.
Chaque chiffre est donné avec son numérateur, son dénominateur, sa période et ses données manquantes.
"""


def indicators_page() -> str:
    """The whole catalogue in Markdown, by family; ends with one line break."""
    parts = [french(_HEAD)]
    for family in Family:
        entries = [indicator for indicator in CATALOGUE.values() if indicator.family is family]
        parts += [f"## {family.label}\n", *(_entry(indicator) for indicator in entries)]
    return "\n".join(parts)


def _entry(indicator: Indicator) -> str:
    lines = [
        f"Code : `{indicator.code}`, version {indicator.version}",
        f"Unité : {indicator.unit.label}{', par catégorie' if indicator.breakdown else ''}",
        f"Base : {_base(indicator)}",
        f"Source : {indicator.source}",
        f"Marge d’erreur : {_margin(indicator)}",
        f"Diffusion : {indicator.sensitivity.label}",
        *([f"Sens : {indicator.direction.label}"] if indicator.direction is not Direction.NEUTRAL else []),
        f"Communautés : {_kinds(indicator)}",
        f"Lecture : « {re.sub(r'{[a-z]+}', '…', in_the_plural(indicator.reading))} »",
    ]
    listed = "\n".join(f"- {french(line)}" for line in lines)
    return f"### {indicator.title}\n\n{indicator.definition}\n\n{listed}\n"


def _base(indicator: Indicator) -> str:
    return ", sur ".join(words for words in (indicator.numerator, indicator.denominator) if words)


def _margin(indicator: Indicator) -> str:
    return "population entière, il n’y en a pas" if indicator.census else "intervalle à 95 %"


def _kinds(indicator: Indicator) -> str:
    if set(indicator.kinds) == set(CommunityKind):
        return "toutes"
    return join_words([kind.label for kind in indicator.kinds])
