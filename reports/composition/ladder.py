"""The verbs that the data allow: a design found in the data, what may be written of it, what may not.

Source: the ladder of words of the evaluation of public action; an effect needs a comparison.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from impact.vocabulary import Term
from impact.wording import french


class Design(Term):
    """How the data were gathered, from the weakest to the strongest."""

    ONE_WAVE = "one_wave", "Une seule vague"
    BEFORE_AFTER = "before_after", "Avant et après, chez les mêmes personnes"
    SEVERAL_SOURCES = "several_sources", "Plusieurs sources concordantes et un mécanisme écrit"
    COMPARED = "compared", "Groupe de comparaison, écarts corrigés"
    DRAWN = "drawn", "Tirage au sort"


@dataclass(frozen=True)
class Wording:
    """`change` names what moved; `forbidden` are the words that go beyond the design."""

    change: str
    caveat: str
    forbidden: tuple[str, ...]


_CAUSES = (r"effets?", r"impacts?", r"grâce (?:à|au|aux)", r"efficaces?", r"permis de", r"a produit", r"ont produit")
_CERTAIN = (r"preuves?", r"prouv\w+", r"démontr\w+", r"certitudes?")
_NO_COMPARISON = (
    "Sans groupe de comparaison, on ne peut pas séparer ce qui vient du programme de ce qui vient du temps, des autres"
    " aides ou du fait que l’on a choisi les personnes au moment où elles allaient le plus mal."
)
LADDER = {
    Design.ONE_WAVE: Wording(
        "situation décrite",
        "Une seule vague décrit un moment, et ne dit rien d’un changement.",
        (*_CAUSES, *_CERTAIN, r"évolutions?", r"progress\w+"),
    ),
    Design.BEFORE_AFTER: Wording(
        "évolution observée chez les personnes suivies", _NO_COMPARISON, (*_CAUSES, *_CERTAIN)
    ),
    Design.SEVERAL_SOURCES: Wording(
        "a vraisemblablement contribué à",
        "D’autres explications restent possibles : elles sont à écrire à côté.",
        (r"grâce (?:à|au|aux)", r"a produit", r"ont produit", r"permis de", *_CERTAIN),
    ),
    Design.COMPARED: Wording(
        "différence estimée avec des personnes comparables",
        "Deux groupes comparables sur ce qui est mesuré peuvent différer sur ce qui ne l’est pas.",
        _CERTAIN,
    ),
    Design.DRAWN: Wording(
        "effet moyen estimé", "Un effet moyen ne dit rien de chaque personne.", (r"certitudes?", r"certainement")
    ),
}
# « ce n’est pas un effet » says what the data do not show; « effectif » is a number; a name is not a claim.
_DENIED = re.compile(r"\b(?:n[e’'](?!importe)|pas|jamais|aucune?|sans|ni)\b", re.I)
_NAMES = re.compile(r"Impact collectif|impact collectif|arbre à impacts|tailles? d[’']effet", re.I)


def design_of(waves_of_the_same_people: int, *, sources: int = 1, mechanism: bool = False, compared: bool = False,
              drawn: bool = False) -> Design:  # fmt: skip
    """The design that the data hold; nothing that a person claims can raise it."""
    if waves_of_the_same_people < 2:
        return Design.ONE_WAVE
    if drawn and compared:
        return Design.DRAWN
    if compared:
        return Design.COMPARED
    return Design.SEVERAL_SOURCES if sources > 1 and mechanism else Design.BEFORE_AFTER


def change_named(design: Design) -> str:
    """What a change is called under this design."""
    return french(LADDER[design].change)


def caveat(design: Design) -> str:
    """What always goes with it."""
    return french(LADDER[design].caveat)


def overstated(text: str, design: Design = Design.BEFORE_AFTER) -> list[str]:
    """The words of a text that claim more than the design allows; what a sentence denies is no claim."""
    pattern = re.compile(rf"\b(?:{'|'.join(LADDER[design].forbidden)})(?!\w)", re.I)
    found: list[str] = []
    for sentence in re.split(r"(?<=[.!?;\n])\s+", _NAMES.sub("", text)):
        if not _DENIED.search(sentence):
            found += [each.group(0).lower() for each in pattern.finditer(sentence)]
    return list(dict.fromkeys(found))


def overstated_in(texts: Iterable[str], design: Design = Design.BEFORE_AFTER) -> list[str]:
    """Every text that claims more than the design allows."""
    return [text for text in texts if overstated(text, design)]
