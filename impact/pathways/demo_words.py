"""Invented words of the demonstration: names of trees, fruits and weather, objectives, facts."""

from impact.vocabulary import OrganisationKind

# Of every hundred children, about 77 in the two middle ones, as the national survey says.
PROFILES = (
    *("profil_2", "profil_3", "profil_2", "profil_1", "profil_3", "profil_2", "profil_4"),
    *("profil_3", "profil_2", "profil_3", "profil_1", "profil_2", "profil_3"),
)
FAMILY_NAMES = [
    "Belarbre",
    "Boisjoli",
    "Clairbois",
    "Courtelune",
    "Dunoyer",
    "Fleurdeau",
    "Grandpré",
    "Houblonnier",
    "Lavandin",
    "Mornelune",
    "Passerose",
    "Pommerole",
    "Quatrevents",
    "Ruisselet",
    "Sablonnière",
    "Tournebride",
    "Abricotier",
    "Brumaire",
    "Cerisaie",
    "Châtaigneraie",
    "Coudrier",
    "Érablière",
    "Figuiers",
    "Framboisier",
    "Genévrier",
    "Giboulée",
    "Groseillier",
    "Hêtraie",
    "Lilas",
    "Mirabellier",
    "Mûrier",
    "Noisetier",
    "Olivette",
    "Orageval",
    "Ormeau",
    "Peupleraie",
    "Pluviane",
    "Prunelle",
    "Roseraie",
    "Rosée",
    "Saulaie",
    "Sorbier",
    "Sureau",
    "Tilleulet",
    "Troène",
    "Verdure",
    "Vergerol",
    "Zéphirin",
]
GIRLS = [
    "Aya",
    "Inès",
    "Zélie",
    "Rose",
    "Lou",
    "Fatou",
    "Kélia",
    "Amina",
    "Éden",
    "Maëlle",
    "Salomé",
    "Nour",
    "Jade",
    "Lina",
    "Élise",
    "Anouk",
    "Soraya",
    "Ambre",
    "Célia",
    "Hanna",
    "Mina",
    "Olga",
    "Perle",
    "Suzie",
    "Thaïs",
    "Violette",
    "Yuna",
    "Zoé",
]
BOYS = [
    "Côme",
    "Yanis",
    "Noé",
    "Malo",
    "Naïm",
    "Élio",
    "Timéo",
    "Sacha",
    "Ilyès",
    "Adam",
    "Basil",
    "Eliott",
    "Gabin",
    "Ismaël",
    "Joris",
    "Kenzo",
    "Léon",
    "Milo",
    "Nino",
    "Oscar",
    "Paul",
    "Rayan",
    "Sami",
    "Théo",
    "Ulysse",
    "Victor",
    "Wassim",
    "Zacharie",
]
ADULTS = [
    "Dalva",
    "Odile",
    "Nadia",
    "Carole",
    "Mireille",
    "Hawa",
    "Marc",
    "Karim",
    "Étienne",
    "Souleymane",
    "Rui",
    "Bruno",
]
REFERENTS = (("Sablonnet", "Jeanne"), ("Aubépin", "Samir"), ("Neigeville", "Odile"))

# By first motive: objectives with the child's starting point.
OBJECTIVES: dict[str, tuple[tuple[str, str], ...]] = {
    "school_results": (
        ("Lire un texte court sans aide", "Lit dix mots, s’arrête à chaque ligne"),
        ("Faire ses devoirs trois soirs par semaine", "Une fois par semaine, avec un adulte"),
        ("Savoir ses tables de multiplication", "Connaît les tables de 2 et de 5"),
    ),
    "isolation": (
        ("Avoir une activité le mercredi", "Aucune activité hors de la maison"),
        ("Inviter un camarade à la maison", "Aucune invitation depuis la rentrée"),
    ),
    "family": (
        ("Tenir une heure de coucher en semaine", "Couchers entre 21 h et minuit"),
        ("Un moment partagé par semaine avec un parent", "Rien de régulier"),
    ),
    "language": (
        ("Raconter une histoire courte en français", "Répond par un mot"),
        ("Parler devant la classe une fois par semaine", "Ne parle qu’à sa voisine"),
    ),
    "behaviour": (
        ("Rester en classe toute la matinée", "Sort de la classe deux fois par jour"),
        ("Demander de l’aide à un adulte en cas de dispute", "Se bat environ une fois par semaine"),
    ),
    "absence": (
        ("Venir tous les jours en classe", "Six demi-journées d’absence par mois"),
        ("Arriver à l’heure le matin", "En retard deux matins sur quatre"),
    ),
    "confidence": (("Oser prendre la parole en classe", "Ne lève pas la main"),),
    "leisure": (("Choisir et suivre un atelier du centre social", "Aucune sortie depuis six mois"),),
    "health": (("Porter ses lunettes en classe", "Lunettes cassées depuis l’été"),),
    "housing": (("Avoir un endroit calme pour travailler", "Travaille dans la cuisine"),),
}
FACTS: dict[str, tuple[str, ...]] = {
    "school": (
        "Lit une page à voix haute, avec quatre arrêts.",
        "L’enseignante montre le cahier : trois mots positifs ce mois-ci.",
        "Aucune absence ce mois-ci. La main levée deux fois en classe.",
        "Les devoirs sont faits trois soirs sur quatre, notés dans l’agenda.",
        "À l’heure les huit derniers matins.",
    ),
    "social": (
        "Vient à l’atelier avec un camarade. Une heure de jeu avec le groupe.",
        "Un parent raconte que le coucher se fait à 21 h depuis deux semaines.",
        "L’inscription au club est faite. Première séance mercredi.",
        "Visite d’une demi-heure. Le coin pour travailler est installé.",
        "Un parent vient au rendez-vous, le premier depuis l’été.",
    ),
    "health": (
        "Le rendez-vous chez l’orthoptiste est pris pour le mois prochain.",
        "Les lunettes sont arrivées. Elles sont restées sur le nez toute la séance.",
    ),
}
APPRECIATIONS = (
    "Semble plus à l’aise qu’au début de l’année.",
    "Le rythme me paraît encore fragile, à revoir au bilan.",
    "La famille me paraît en confiance.",
)
CONTEXTS = (
    "L’école demande un appui pour la lecture.",
    "La famille est arrivée dans le quartier l’an dernier.",
    "Un parent a parlé de ses inquiétudes à l’enseignante.",
    "Peu de sorties hors de l’école, selon la famille.",
)
# Whom a note tells of, and where a child stands at the exit who started at 2.
MET = ("l’enfant", "la mère", "le père", "l’enseignante", "l’enfant et sa mère")
LEVELS = {"reached": 4, "partly": 3, "not_reached": 2}
RELAYS = {
    "reached": "Aide aux devoirs du centre social",
    "ordinary_services": "Accompagnement à la scolarité de l’association du quartier",
    "moved": "Signalé à la nouvelle commune, avec l’accord de la famille",
}
NOT_TAKEN = {
    "elsewhere": "Une aide existe déjà : l’accompagnement à la scolarité du quartier.",
    "refused": "La demande ne relève pas du programme.",
    "waiting": "L’équipe attend l’avis de l’enseignante.",
}
PLACE = "Salle du Préau, maison de la réussite"
SENDERS = {
    "school": ("Directrice", "École du Verger"),
    "college": ("Conseiller principal d’éducation", "Collège des Saules"),
    "parents": ("Parent", "Famille"),
    "social_services": ("Assistante sociale", "Maison des solidarités du Préau"),
    "pmi": ("Puéricultrice", "Protection maternelle et infantile"),
    "association": ("Animatrice", "Centre social des Quatre-Vents"),
    "town": ("Agente d’accueil", "Service enfance de la ville"),
}
TRIED = ["Un tutorat en classe pendant un trimestre.", "Deux rencontres avec les parents.", "L’étude du soir."]
CHILD_WISHES = ["Avoir moins peur de lire devant les autres.", "Faire du sport avec des amis.", "Finir ses devoirs."]
PARENTS_WISHES = [
    "Savoir comment aider à la maison.",
    "Que les matins soient plus calmes.",
    "Être informés chaque mois.",
]
NEXT_STEPS = ["Rappeler l’enseignante", "Envoyer les horaires de l’atelier", "Proposer une date à la famille"]
CHILD_OPINIONS = ["J’aime mieux l’école.", "Je voudrais continuer l’atelier.", "Je lis le soir."]
PARENTS_OPINIONS = ["Nous avons été écoutés.", "La maison est plus calme.", "Il reste des devoirs à suivre."]
REFERENT_OPINIONS = ["Une présence régulière et des progrès visibles.", "Le lien avec l’école tient sans nous."]
TEAM = [
    ("École du Verger", OrganisationKind.NATIONAL_EDUCATION),
    ("Collège des Saules", OrganisationKind.NATIONAL_EDUCATION),
    ("Maison des solidarités du Préau", OrganisationKind.LOCAL_AUTHORITY),
    ("Centre social des Quatre-Vents", OrganisationKind.ASSOCIATION),
    ("Caisse familiale du Préau", OrganisationKind.SOCIAL_SECURITY),
]
# Domains reviewed, with how often a child goes down one level, stays, goes up one, goes up two from a review to the next.
REVIEWED = {
    "school": (2, 5, 6, 2),
    "social": (3, 4, 6, 1),
    "parenting": (4, 6, 4, 0),
    "culture": (2, 7, 3, 0),
    "sport": (3, 9, 3, 1),
}
# How often the child, the parents, the referent gave an opinion at the exit.
HEARD = (0.62, 0.8, 0.9)
SCORE_REASONS = [
    "L’enfant renonce souvent, même aidé.",
    "L’enfant y arrive avec beaucoup d’aide.",
    "L’enfant y arrive un jour sur deux.",
    "L’enfant y arrive presque toujours.",
    "L’enfant y arrive seul et aide les autres.",
]
SCHOOLS = [("École Jean-Moineau", "rep"), ("École des Tilleuls", "rep_plus"), ("École du Vallon", "none")]
COLLEGES = [("Collège du Moulin", "rep_plus"), ("Collège des Bouleaux", "rep")]
# Domain, label, rhythm, hours, cost in cents, co-funding in cents, who co-funds; all invented.
ACTIONS = (
    ("school", "Coup de pouce lecture", "Deux fois par semaine", 48, 72000, 20000, "Caisse des écoles"),
    ("school", "Aide aux devoirs à la maison", "Une fois par semaine", 36, 54000, 0, ""),
    ("culture", "Atelier théâtre", "Le mercredi", 30, 36000, 12000, "Ville"),
    ("culture", "Carte de médiathèque et sorties", "Une fois par mois", 12, 9000, 0, ""),
    ("sport", "Inscription au club et premiers entraînements", "Une fois par semaine", 40, 18000, 9000, "Ville"),
    ("parenting", "Café des parents", "Une fois par mois", 14, 16000, 8000, "Caf"),
    ("social", "Groupe de parole des enfants", "Tous les quinze jours", 18, 27000, 0, ""),
    ("mobility", "Apprendre à prendre le bus", "Trois séances", 6, 4500, 0, ""),
)
HEALTH_ACTION = ("health", "Accompagnement vers un bilan orthophonique", "Trois rendez-vous", 8, 12000, 0, "")
