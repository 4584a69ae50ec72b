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
    """What the data show beside what members say: a number or two for each condition."""

    OBJECTIVES = "objectives", "Objectifs inscrits à la feuille de route"
    INDICATORS = "indicators", "Indicateurs qui ont un chiffre"
    SHARED_STEPS = "shared_steps", "Étapes menées avec une autre structure"
    WORKSHOPS = "workshops", "Ateliers tenus"
    KEPT_STEPS = "kept_steps", "Étapes échues faites à temps"
    LINKS = "links", "Liens à créer réalisés d’un tour au suivant"
    MEETINGS = "meetings", "Réunions de comité tenues"
    TIME = "time", "Heures de coordination passées avec les personnes, en un an"


class TimeKind(Term):
    """What the time of the coordination goes to."""

    REPORTING = "reporting", "Rendre compte : dossiers, bilans, tableaux"
    PEOPLE = "people", "Avec les personnes : visites, ateliers, appels, rencontres"


class Heading(Term):
    """The eleven headings of an experience sheet, always the same and in this order."""

    IDENTITY = "identity", "Identité"
    CONTEXT = "context", "Contexte"
    OBJECTIVES = "objectives", "Objectifs"
    MEASURES = "measures", "Mesures"
    ACTORS = "actors", "Acteurs"
    RESULTS = "results", "Évaluation et résultats"
    INDICATORS = "indicators", "Indicateurs de suivi"
    LESSONS = "lessons", "Enseignements"
    CONTACTS = "contacts", "Contacts"
    RESOURCES = "resources", "Ressources"
    COMMENT = "comment", "Commentaire"

    @property
    def help(self) -> str:
        """What is written under this heading."""
        return _HELP[self.value]


_HELP = {
    "identity": "Le nom de l’action, ses dates, son territoire, qui la porte.",
    "context": "Ce qui a fait naître l’action, ce qui existait avant.",
    "objectives": "Ce que l’action voulait changer, et pour qui.",
    "measures": "Ce qui a été fait, dans quel ordre, avec quels moyens.",
    "actors": "Qui a pris part, et à quoi.",
    "results": "Ce qui a changé, et comment on le sait.",
    "indicators": "Ce qui est compté ou demandé pour suivre l’action.",
    "lessons": "Ce qui serait refait, ce qui ne le serait pas.",
    "contacts": "Des contacts professionnels, avec l’accord des personnes.",
    "resources": "Documents, outils, adresses utiles.",
    "comment": "Ce qui ne tient sous aucun autre titre.",
}


class Scale(Term):
    """How wide an action reaches."""

    DISTRICT = "district", "Quartier, établissement"
    TOWN = "town", "Commune"
    INTERCOMMUNAL = "intercommunal", "Intercommunalité"
    DEPARTMENT = "department", "Département"
    REGION = "region", "Région, académie"
    COUNTRY = "country", "Pays"
