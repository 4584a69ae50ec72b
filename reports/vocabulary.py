"""Words of the reports."""

from impact.vocabulary import Term


class ReportState(Term):
    """Where a report is, from the order to the frozen PDF."""

    QUEUED = "queued", "En attente"
    RUNNING = "running", "En préparation"
    READY = "ready", "Prêt"
    FAILED = "failed", "Interrompu"


class RemarkKind(Term):
    """What people say of the figures: the product never says it for them."""

    JUDGEMENT = "judgement", "Jugement de l’équipe"
    RECOMMENDATION = "recommendation", "Recommandations de l’équipe"


class ReportKind(Term):
    """What a report is for: it proposes the sections to begin with."""

    ANNUAL = "annual", "Bilan annuel"
    WORKSHOPS = "workshops", "Cycle d’ateliers"
    CITE = "cite", "Revue de la cité éducative"
    SURVEY = "survey", "Questionnaire et cohorte"
    NETWORK = "network", "Réseau et coopération"
    ONE_PAGE = "one_page", "Page du financeur"
    FAMILIES = "families", "Retour aux familles"
    EXPERIENCE = "experience", "Fiche expérience"

    @property
    def heading(self) -> str:
        """What the cover says."""
        return "Rapport d’évaluation" if self is ReportKind.ANNUAL else self.label

    @property
    def is_one_page(self) -> bool:
        """Whether it holds on one sheet."""
        return self in (ReportKind.ONE_PAGE, ReportKind.FAMILIES)


class Criterion(Term):
    """What a question judges, in the words of French evaluation."""

    RELEVANCE = "relevance", "Pertinence"
    COHERENCE = "coherence", "Cohérence"
    EFFECTIVENESS = "effectiveness", "Efficacité"
    EFFICIENCY = "efficiency", "Efficience"
    IMPACT = "impact", "Impact"
    SUSTAINABILITY = "sustainability", "Durabilité"


class Rhythm(Term):
    """How often the answer is looked at."""

    SESSION = "session", "À chaque atelier"
    MONTH = "month", "Chaque mois"
    QUARTER = "quarter", "Chaque trimestre"
    YEAR = "year", "Chaque année"
    END = "end", "À la fin du cycle"


class Theme(Term):
    """What evaluations of the field forget: shown as long as no question is about it."""

    EQUALITY = "equality", "Égalité entre filles et garçons"
    HEALTH = "health", "Santé"
    CULTURE = "culture", "Culture"
    MOBILITY = "mobility", "Mobilité"
    AGE_0_3 = "age_0_3", "Les 0 à 3 ans"
    AGE_16_18 = "age_16_18", "Les 16 à 18 ans"


class WordKind(Term):
    """What a person writes on a draft, signed and dated; the first two are printed in the report."""

    JUDGEMENT = "judgement", "Jugement"
    RECOMMENDATION = "recommendation", "Recommandations"
    REMARK = "remark", "Remarque sur le brouillon"


class Mission(Term):
    """What an outside evaluator is there for; it decides what she may write on a draft."""

    ADVISER = "adviser", "Conseil : préconise, sans recueillir de données"
    COLLECTOR = "collector", "Recueil : anime les séquences d’évaluation et rassemble les matériaux"
    EVALUATOR = "evaluator", "Évaluation : recueille, juge et restitue"
    EYE = "eye", "Regard extérieur : relit et commente"
