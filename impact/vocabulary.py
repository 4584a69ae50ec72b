"""Words of the whole product: the value that is stored, and the French that is read, side by side."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A stored value with its French label: `PRE = "pre", "Programme de réussite éducative"`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        term = str.__new__(cls, value)
        term._value_ = value
        term.label = label
        return term

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs for a WTForms select or radio field."""
        return [(term.value, term.label) for term in cls]


class CommunityKind(Term):
    """What the screen calls the community."""

    PRE = "pre", "Programme de réussite éducative"
    CITE = "cite", "Cité éducative"
    COLLECTIVE = "collective", "Communauté d’action"
    MEDIATION = "mediation", "Médiation en milieu scolaire"

    @property
    def ours(self) -> str:
        """How its members call it."""
        words = {"pre": "Mon PRE", "cite": "Notre cité éducative", "collective": "Notre communauté"}
        return {**words, "mediation": "Notre équipe de médiation"}[self.value]


class OrganisationKind(Term):
    """Institutional type of an organisation, the base of every measure of diversity."""

    STATE = "state", "État"
    NATIONAL_EDUCATION = "national_education", "Éducation nationale"
    LOCAL_AUTHORITY = "local_authority", "Collectivité territoriale"
    ASSOCIATION = "association", "Association"
    SOCIAL_SECURITY = "social_security", "Protection sociale"
    HEALTH = "health", "Santé"
    RESEARCH = "research", "Recherche"
    FIRM = "firm", "Entreprise"
    INHABITANTS = "inhabitants", "Habitants, parents"
    OTHER = "other", "Autre"


class Audience(Term):
    """Who reads a figure: only `internal` is exact."""

    INTERNAL = "internal", "Équipe"
    PARTNER = "partner", "Partenaires"
    FUNDER = "funder", "Financeurs"
    PUBLIC = "public", "Public"


class Sensitivity(Term):
    """How small a number may be when it leaves the house (STATISTICS §1)."""

    OPEN = "open", "Ouverte : structures, réunions, actions, présence des professionnels"
    PERSON = "person", "Personnes : jamais moins de 5"
    SENSITIVE = "sensitive", "Sensible (santé, violences, famille) : jamais moins de 11"
