"""Words of the school-mix observatory."""

from impact.vocabulary import Term


class SchoolLevel(Term):
    """What is compared: schools of one level only."""

    PRIMARY = "primary", "Écoles"
    COLLEGE = "college", "Collèges"
    LYCEE = "lycee", "Lycées"

    @property
    def one(self) -> str:
        """One of them, in the middle of a sentence."""
        return {"primary": "école", "college": "collège", "lycee": "lycée"}[self.value]

    @property
    def several(self) -> str:
        """Several of them, in the middle of a sentence."""
        return self.one + "s"


class Sector(Term):
    """Who runs the school."""

    PUBLIC = "public", "Public"
    PRIVATE = "private", "Privé sous contrat"
