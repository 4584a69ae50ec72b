"""Words of the diagnosis."""

from impact.vocabulary import Term


class FindingKind(Term):
    """The four squares of a diagnosis: two look inside, two outside."""

    STRENGTH = "strength", "Force"
    WEAKNESS = "weakness", "Faiblesse"
    OPPORTUNITY = "opportunity", "Opportunité"
    THREAT = "threat", "Menace"

    @property
    def is_internal(self) -> bool:
        """Whether it depends on those who work here."""
        return self in (FindingKind.STRENGTH, FindingKind.WEAKNESS)


class Use(Term):
    """What a finding is followed for."""

    STEERING = "steering", "Piloter, entre nous"
    ACCOUNTING = "accounting", "Rendre compte, au dehors"


class GroupStep(Term):
    """What a working group gathered for."""

    FINDINGS = "findings", "Forces, faiblesses, opportunités, menaces"
    CROSSING = "crossing", "Croisement de l’interne et de l’externe"


class Sense(Term):
    """What a trend does to what is wished."""

    CARRIES = "carries", "Elle aide"
    HINDERS = "hinders", "Elle gêne"
    UNCERTAIN = "uncertain", "On ne sait pas encore"
