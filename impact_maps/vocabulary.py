"""Words of the value chain (La Fonda's method)."""

from impact.vocabulary import Term


class Stage(Term):
    """The columns, from left to right."""

    RESOURCES = "resources", "Ressources et fonctions de support"
    ACTIVITIES = "activities", "Activités"
    RESULTS = "results", "Résultats"
    VALUE = "value", "Valeur créée"

    @property
    def column(self) -> int:
        """Rank of the column, from 0."""
        return list(Stage).index(self)


class Target(Term):
    """For whom value is created."""

    FAMILIES = "families", "Jeunes et familles"
    TERRITORY = "territory", "Territoire"
    STRUCTURES = "structures", "Structures"


class LinkState(Term):
    """What is known of the assumption that a link makes."""

    UNTESTED = "untested", "À vérifier"
    SUPPORTED = "supported", "Étayée"
    CONTRADICTED = "contradicted", "Contredite"
