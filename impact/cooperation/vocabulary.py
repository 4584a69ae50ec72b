"""Words of cooperation."""

from impact.vocabulary import Term


class QuestionState(Term):
    """Where a key question stands; derived from its dates, never stored."""

    PROPOSED = "proposed", "Proposée"
    MERGED = "merged", "Fusionnée"
    VALIDATED = "validated", "Validée"


class LinkKind(Term):
    """What an organisation says of its link with another."""

    EXISTING = "existing", "Il existe"
    TO_CREATE = "to_create", "Il est à créer"


class ActionState(Term):
    """Where a joint action stands."""

    IDEA = "idea", "Idée"
    PLANNED = "planned", "Prévue"
    UNDER_WAY = "under_way", "En cours"
    DONE = "done", "Terminée"
    STOPPED = "stopped", "Arrêtée"


class AgeBand(Term):
    """Whom an action is for; the youngest and the 16 to 18 year olds have a band of their own, so as to be seen."""

    EARLY = "0-3", "0 à 3 ans"
    NURSERY = "4-5", "4 et 5 ans"
    PRIMARY = "6-10", "6 à 10 ans"
    LOWER_SECONDARY = "11-15", "11 à 15 ans"
    SIXTEEN = "16-18", "16 à 18 ans"
    YOUNG_ADULTS = "19-25", "19 à 25 ans"
    ADULTS = "adults", "Parents et autres adultes"


class Level(Term):
    """At which level an organisation takes part: each should have a counterpart in the others."""

    FIELD = "field", "Terrain"
    MANAGEMENT = "management", "Encadrement"
    DECISION = "decision", "Décision"


class MeetingKind(Term):
    """The committees of a partnership."""

    STEERING = "steering", "Comité de pilotage"
    TECHNICAL = "technical", "Comité technique"
    MONITORING = "monitoring", "Comité de suivi"
    TROIKA = "troika", "Troïka"


class CounterpartForm(Term):
    """How an organisation meets its counterpart at one level; no counterpart is said as well."""

    FORMAL = "formal", "Partenariat formel, avec des instances"
    INFORMAL = "informal", "Entente informelle"
    NETWORK = "network", "Réseau"
    NONE = "none", "Pas de vis-à-vis"

    @property
    def short(self) -> str:
        """One word for a table."""
        return {"formal": "Formel", "informal": "Informel", "network": "Réseau", "none": "Aucun"}[self.value]


class FundingCriterion(Term):
    """What a funder rewards; the first two are read in the action itself and weigh double."""

    OPERATORS = "operators", "Plusieurs opérateurs portent l’action"
    COFINANCING = "cofinancing", "Plusieurs financeurs y contribuent"
    INHABITANTS = "inhabitants", "Des parents ou des jeunes l’ont préparée"
    LASTING = "lasting", "Elle s’inscrit dans la durée"
    EVALUATION = "evaluation", "Son évaluation est prévue"
    PRACTICE = "practice", "Elle fait évoluer les pratiques"

    @property
    def is_read(self) -> bool:
        """Whether the answer is read in the action, and never typed."""
        return self in (FundingCriterion.OPERATORS, FundingCriterion.COFINANCING)

    @property
    def weight(self) -> int:
        """How much it counts in the score."""
        return 2 if self.is_read else 1

    @property
    def short(self) -> str:
        """One word for a table."""
        return _SHORT[self.value]


_SHORT = {
    "operators": "Opérateurs",
    "cofinancing": "Financeurs",
    "inhabitants": "Habitants",
    "lasting": "Durée",
    "evaluation": "Évaluation",
    "practice": "Pratiques",
}


class CriterionAnswer(Term):
    """Whether an action meets a criterion."""

    YES = "yes", "Oui"
    PARTLY = "partly", "En partie"
    NO = "no", "Non"
