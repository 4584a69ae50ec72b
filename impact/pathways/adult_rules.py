"""Adults of a child's home: what is refused."""

from impact.exceptions import Refused
from impact.pathways.records import Adult, ChildFile
from impact.pathways.rules import agreement, missing_agreement
from impact.pathways.vocabulary import Tie
from impact.wording import fold

MOST_ADULTS = 8


def check_may_write(file: ChildFile) -> None:
    """Parents are written down to ask their agreement; once it is withdrawn, nothing new is."""
    if file.consents and agreement(file.consents) is None:
        raise Refused(missing_agreement(file))


def check_adult(adult: Adult, others: list[Adult]) -> None:
    """Refuses somebody without a tie, and somebody known already."""
    if adult.relation is Tie.OTHER and not adult.tie:
        raise Refused("Écrivez qui est cette personne pour l’enfant : grand-mère, beau-père.", "tie")
    if len(others) >= MOST_ADULTS:
        raise Refused(f"Un foyer a {MOST_ADULTS} adultes au plus : retirez d’abord une personne.")
    known = {fold(other.identity.full_name) for other in others}
    if fold(adult.identity.full_name) in known:
        raise Refused("Cette personne est déjà dans la liste : corrigez sa ligne.", "family_name")
