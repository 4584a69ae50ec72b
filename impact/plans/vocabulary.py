"""Words of plans."""

from impact.vocabulary import Term


class StepState(Term):
    """Where a step of the roadmap stands; lateness is computed, never stored."""

    TO_DO = "to_do", "À faire"
    UNDER_WAY = "under_way", "En cours"
    DONE = "done", "Faite"
    DROPPED = "dropped", "Abandonnée"


class Condition(Term):
    """The five conditions of collective impact (Kania and Kramer, 2011)."""

    COMMON_AGENDA = "common_agenda", "Un cap commun"
    COMMON_MEASUREMENT = "common_measurement", "Une mesure commune"
    REINFORCING_ACTIONS = "reinforcing_actions", "Des actions qui se renforcent"
    CONTINUOUS_COMMUNICATION = "continuous_communication", "Une communication continue"
    BACKBONE = "backbone", "Une structure qui soutient"

    @property
    def meaning(self) -> str:
        """What the respondent is asked to judge."""
        return _MEANINGS[self.value]


_MEANINGS = {
    "common_agenda": "Les participants ont écrit ensemble ce qu’ils veulent changer, et le diraient avec les mêmes mots.",
    "common_measurement": "Les mêmes indicateurs sont relevés par tous, et regardés ensemble.",
    "reinforcing_actions": "Chacun fait ce qu’il sait faire, et ce que fait l’un sert à l’autre.",
    "continuous_communication": "Les rencontres sont régulières, et chacun sait ce que font les autres entre deux.",
    "backbone": "Quelqu’un a le temps et les moyens d’animer, de relancer et de tenir le calendrier.",
}


class Level(Term):
    """The four levels of the self-assessment, in rising order."""

    ABSENT = "absent", "Pas commencé"
    BEGUN = "begun", "Commencé"
    WORKING = "working", "En place"
    ROOTED = "rooted", "En place et revu"

    @property
    def rank(self) -> int:
        """From 1 to 4."""
        return list(Level).index(self) + 1


class Measure(Term):
    """What the data show beside what members say: one number a condition."""

    OBJECTIVES = "objectives", "Objectifs inscrits à la feuille de route"
    INDICATORS = "indicators", "Indicateurs qui ont un chiffre"
    SHARED_STEPS = "shared_steps", "Étapes menées avec une autre structure"
    WORKSHOPS = "workshops", "Ateliers tenus"
    KEPT_STEPS = "kept_steps", "Étapes échues faites à temps"
