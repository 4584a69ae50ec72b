"""The invented words of the plans of the demonstration: what respondents write, what actions taught."""

from impact.plans.records import ExperienceSheet
from impact.plans.vocabulary import Condition, Heading, Scale, StepState
from impact.vocabulary import OrganisationKind

_H, _K, _S = Heading, OrganisationKind, StepState
# Objective → action → step: title, owner, number of partners, first day, last day, state, day it was closed, evidence.
Objectives = tuple[
    tuple[str, tuple[tuple[str, tuple[tuple[str, int, int, int, int, StepState, int | None, str], ...]], ...]], ...
]
# What shows a low level, then a high one; as many as there are respondents at most.
EVIDENCE: dict[Condition, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Condition.COMMON_AGENDA: (
        ("Chacun a encore sa phrase à lui.", "Deux objectifs sont discutés, pas les autres."),
        (
            "Les objectifs relus ensemble en mars.",
            "La feuille de route.",
            "Le compte rendu de mai.",
            "Les trois objectifs, affichés dans ma salle.",
            "Mon équipe les a discutés.",
            "Je les ai cités devant les élus.",
            "La charte signée.",
            "Le même texte dans nos deux demandes.",
            "Une nouvelle collègue me les a récités.",
        ),
    ),
    Condition.COMMON_MEASUREMENT: (
        ("Trois indicateurs choisis, aucun relevé.", "Chacun garde son tableau.", "Je ne sais pas lesquels regarder."),
        ("Le premier relevé de juin.", "Le tableau partagé."),
    ),
    Condition.REINFORCING_ACTIONS: (
        ("Deux actions se font à deux, les autres seules.", "Nous faisons la même chose le mercredi."),
        (
            "Le centre social prend le relais du collège le mercredi.",
            "La ville prête ses salles.",
            "Le club vient à midi.",
            "Le bus des stages sert à trois structures.",
            "La mission appelle avant que je le demande.",
        ),
    ),
    Condition.CONTINUOUS_COMMUNICATION: (
        ("Je ne reçois pas les comptes rendus.", "J’apprends les dates par hasard."),
        (
            "Un mot après chaque atelier.",
            "La liste des personnes à appeler.",
            "Les comptes rendus, le lendemain.",
            "Un appel chaque mois avec le lycée.",
            "Le calendrier affiché en salle des professeurs.",
            "La lettre du réseau.",
            "Nos trois réunions de l’année.",
            "On me répond dans la journée.",
        ),
    ),
    Condition.BACKBONE: (
        ("Personne n’a de temps réservé.", "La personne change à la rentrée.", "Un mi-temps, mais pour trois projets."),
        (
            "Une personne à mi-temps, jusqu’en juin.",
            "Les relances arrivent toujours.",
            "Le calendrier est tenu.",
            "La salle est réservée pour l’année.",
            "Le temps d’animation est financé.",
            "Quelqu’un prépare chaque ordre du jour.",
            "Les productions sont rangées et retrouvées.",
            "L’absence de l’animatrice a été remplacée.",
            "Une ligne au budget de la ville.",
        ),
    ),
}
SHEETS = (
    ExperienceSheet(
        0,
        "Un café des parents au marché",
        "Rencontre de parents",
        (_K.LOCAL_AUTHORITY, _K.ASSOCIATION),
        Scale.TOWN,
        "Centre social La Brouette",
        {
            _H.IDENTITY: "Café des parents, le samedi au marché de Brumeval, depuis le printemps.",
            _H.CONTEXT: "Les réunions au collège réunissaient toujours les mêmes parents.",
            _H.OBJECTIVES: "Parler de l’école là où les parents passent déjà.",
            _H.MEASURES: "Une table, du café, deux personnes qui écoutent, une fois par mois.",
            _H.ACTORS: "La ville prête l’emplacement, le centre social tient la table, le collège passe.",
            _H.RESULTS: "Des parents que personne n’avait rencontrés ; on ne sait pas encore s’ils reviennent.",
            _H.INDICATORS: "Nombre de parents à chaque fois, part de ceux qui viennent pour la première fois.",
            _H.LESSONS: "Venir sans dossier. Ne pas changer de jour.",
            _H.CONTACTS: "L’accueil du centre social.",
            _H.RESOURCES: "L’affiche et la liste du matériel.",
            _H.COMMENT: "À refaire dans une autre commune avant d’en conclure.",
        },
    ),
    ExperienceSheet(
        0,
        "Un petit-déjeuner en sixième",
        "Rencontre de parents",
        (_K.LOCAL_AUTHORITY, _K.ASSOCIATION),
        Scale.TOWN,
        "Centre social La Brouette",
        {
            _H.IDENTITY: "Petit-déjeuner des parents de sixième, au collège du Ruisseau, deux ans.",
            _H.CONTEXT: "La première rencontre avec le collège était souvent une convocation.",
            _H.OBJECTIVES: "Se rencontrer avant la première difficulté.",
            _H.MEASURES: "Une matinée par trimestre, avant les cours, la visite du collège ensuite.",
            _H.ACTORS: "La ville sert, le centre social invite, le collège ouvre ses portes.",
            _H.RESULTS: "La moitié des familles est venue une fois ; les autres ont reçu un appel.",
            _H.INDICATORS: "Familles venues au moins une fois, familles jointes autrement.",
            _H.LESSONS: "Inviter par les enfants.",
            _H.CONTACTS: "Le centre social, aux heures d’ouverture.",
            _H.RESOURCES: "Le modèle d’invitation, dessiné par les élèves.",
            _H.COMMENT: "Une date le samedi reste à essayer.",
        },
    ),
    ExperienceSheet(
        0,
        "Le bus des stages",
        "Insertion",
        (_K.NATIONAL_EDUCATION, _K.ASSOCIATION, _K.FIRM),
        Scale.DEPARTMENT,
        "Département des Sources",
        {
            _H.IDENTITY: "Un bus, deux conseillers, six entreprises par semaine.",
            _H.CONTEXT: "Les stages se trouvent par relation, et certains n’en ont pas.",
            _H.OBJECTIVES: "Que chaque lycéen rencontre une entreprise avant de chercher son stage.",
            _H.MEASURES: "Une tournée d’une semaine par lycée, préparée en classe.",
            _H.ACTORS: "Le département prête le bus, les lycées préparent, les entreprises reçoivent.",
            _H.RESULTS: "Chaque lycéen monté dans le bus a rencontré une entreprise ; on ne sait pas qui serait allé sans lui.",
            _H.INDICATORS: "Lycéens montés, stages trouvés dans les deux mois.",
            _H.LESSONS: "Prévenir l’entreprise la veille.",
            _H.CONTACTS: "La mission emploi du département.",
            _H.RESOURCES: "La carte des arrêts et la fiche de préparation.",
            _H.COMMENT: "Le coût du bus demande plusieurs financeurs.",
        },
    ),
    ExperienceSheet(
        0,
        "Un relais d’été",
        "Continuité pendant les vacances",
        (_K.LOCAL_AUTHORITY, _K.ASSOCIATION),
        Scale.INTERCOMMUNAL,
        "Communauté des Étangs",
        {
            _H.IDENTITY: "Une permanence de juin à septembre pour les jeunes sans affectation.",
            _H.CONTEXT: "De juillet à septembre, chaque service ferme à son tour.",
            _H.OBJECTIVES: "Que personne ne reste sans nouvelles entre deux rentrées.",
            _H.MEASURES: "Deux demi-journées par semaine, un numéro commun, un appel par mois.",
            _H.ACTORS: "La communauté des Étangs accueille, deux associations se relaient.",
            _H.RESULTS: "Les jeunes venus ont tous été rappelés en septembre.",
            _H.INDICATORS: "Jeunes venus, jeunes joints en septembre, solutions trouvées.",
            _H.LESSONS: "Afficher le calendrier avant les conseils de classe.",
            _H.CONTACTS: "L’accueil de la communauté des Étangs.",
            _H.RESOURCES: "Le calendrier des permanences et le texte de l’appel.",
            _H.COMMENT: "Le mois d’août reste difficile à tenir.",
        },
    ),
)
