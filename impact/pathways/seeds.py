"""What the lists of a new PRE hold: no official text fixes them, so each entry has its source and can be ended."""

from impact.pathways.vocabulary import ReferenceList

_SURVEY = "Enquête nationale annuelle sur les PRE (ANCT, 2022)"
_FORM = "Usage des PRE : fiche d’orientation"
_REVIEW = "Usage des PRE : bilan de parcours"
_CNIL = "CNIL : zones de commentaire libre, rien d’excessif ni d’insultant"
_SENSITIVE = "RGPD, article 9 : origine, religion, santé demandent une raison"
_PROFILE = "Enquête nationale annuelle sur les PRE (ANCT, 2022) : quatre profils, dont la définition n’est pas publiée"
_EXIT = "Usage des PRE : fiche de sortie et d’évaluation"

# Code, label, source.
SEEDS: dict[ReferenceList, tuple[tuple[str, str, str], ...]] = {
    ReferenceList.MOTIVES: (
        ("school_results", "Résultats scolaires", _SURVEY),
        ("isolation", "Isolement social", _SURVEY),
        ("family", "Difficultés familiales ou éducatives", _FORM),
        ("language", "Langage, maîtrise du français", _FORM),
        ("behaviour", "Comportement", _FORM),
        ("absence", "Absences, décrochage", _FORM),
        ("confidence", "Confiance en soi, repli", _FORM),
        ("leisure", "Accès aux loisirs et à la culture", _FORM),
        ("health", "Santé, accès aux soins", _FORM),
        ("housing", "Conditions de vie, logement", _FORM),
    ),
    ReferenceList.ORIGINS: (
        ("school", "École maternelle ou élémentaire", _SURVEY),
        ("college", "Collège", _SURVEY),
        ("lycee", "Lycée", _FORM),
        ("parents", "Famille", _FORM),
        ("social_services", "Services sociaux", _FORM),
        ("pmi", "Protection maternelle et infantile", _FORM),
        ("association", "Association, centre social", _FORM),
        ("town", "Service de la ville", _FORM),
        ("care", "Professionnel de santé", _FORM),
        ("other", "Autre", _FORM),
    ),
    ReferenceList.DOMAINS: (
        ("school", "École", _REVIEW),
        ("health", "Santé", _REVIEW),
        ("culture", "Culture", _REVIEW),
        ("sport", "Sport", _REVIEW),
        ("parenting", "Parentalité", _REVIEW),
        ("social", "Vie sociale", _REVIEW),
        ("mobility", "Mobilité", _REVIEW),
    ),
    ReferenceList.EXIT_REASONS: (
        ("reached", "Objectifs atteints", _EXIT),
        ("ordinary_services", "Relais vers les services de droit commun", _EXIT),
        ("moved", "Déménagement", _EXIT),
        ("family_stopped", "Arrêt voulu par la famille", _EXIT),
        ("no_news", "Plus de nouvelles de la famille", _EXIT),
        ("age_limit", "Limite d’âge", _EXIT),
        ("other", "Autre", _EXIT),
    ),
    ReferenceList.PROFILES: tuple((f"profil_{rank}", f"Profil {rank}", _PROFILE) for rank in range(1, 5)),
    ReferenceList.WARNED_WORDS: (
        ("faineant", "fainéant", _CNIL),
        ("paresseux", "paresseux", _CNIL),
        ("menteur", "menteur", _CNIL),
        ("manipulateur", "manipulateur", _CNIL),
        ("hysterique", "hystérique", _CNIL),
        ("debile", "débile", _CNIL),
        ("fou", "fou", _CNIL),
        ("cas_social", "cas social", _CNIL),
        ("cassos", "cassos", _CNIL),
        ("caracteriel", "caractériel", _CNIL),
        ("ingerable", "ingérable", _CNIL),
        ("demissionnaire", "démissionnaire", _CNIL),
        ("voyou", "voyou", _CNIL),
        ("racaille", "racaille", _CNIL),
        ("alcoolique", "alcoolique", _SENSITIVE),
        ("toxicomane", "toxicomane", _SENSITIVE),
        ("sans_papiers", "sans papiers", _SENSITIVE),
        ("gitan", "gitan", _SENSITIVE),
        ("musulman", "musulman", _SENSITIVE),
        ("juif", "juif", _SENSITIVE),
        ("catholique", "catholique", _SENSITIVE),
        ("parano", "parano", _SENSITIVE),
        ("bipolaire", "bipolaire", _SENSITIVE),
    ),
}
