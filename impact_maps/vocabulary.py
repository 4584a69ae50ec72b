"""Words of the maps: the value chain (La Fonda's method) and the impact tree."""

from impact.vocabulary import Term


class Stage(Term):
    """The columns, from left to right; one that holds nothing is not drawn."""

    RESOURCES = "resources", "Ressources et fonctions de support"
    ACTIVITIES = "activities", "Activités"
    OUTPUTS = "outputs", "Réalisations"
    RESULTS = "results", "Effets à court terme"
    LASTING = "lasting", "Effets à moyen terme"
    VALUE = "value", "Impact visé"

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


class Public(Term):
    """The targets of an impact tree."""

    CHILDREN = "children", "Enfants"
    YOUNG = "young", "Jeunes"
    FAMILIES = "families", "Familles"
    TEACHERS = "teachers", "Enseignants"
    ACTORS = "actors", "Acteurs locaux"


class ImpactState(Term):
    """Whether an impact was seen, or could be."""

    OBSERVED = "observed", "Observé"
    OBSERVABLE = "observable", "Observable"


class OwnSource(Term):
    """Where the value of an indicator of the community comes from."""

    QUESTION = "question", "Une question d’un questionnaire"
    FOLLOW_UP = "follow_up", "Un champ du suivi"
    ATTENDANCE = "attendance", "Une présence aux ateliers"
    ENTERED = "entered", "Une valeur saisie"


class Rhythm(Term):
    """How often an indicator is looked at."""

    MONTHLY = "monthly", "Chaque mois"
    QUARTERLY = "quarterly", "Chaque trimestre"
    YEARLY = "yearly", "Chaque année"
    ONCE = "once", "Une seule fois"
