"""Invented names of the demonstration's sites and mediators, and what its mediators write."""

from impact.mediation.vocabulary import Axis, SiteKind

COLLEGES = (
    "du Ruisseau", "des Saules", "de la Roseraie", "du Grand-Pré", "des Hirondelles", "du Vieux-Pont", "des Acacias",
    "de la Clairière", "du Moulin-Bleu", "des Coquelicots", "de la Source", "du Belvédère", "des Mésanges", "de l’Écluse",
    "du Verger", "des Genêts", "de la Lande", "du Marronnier", "des Embruns", "de la Passerelle", "des Quatre-Vents",
)  # fmt: skip
PRIMARIES = (
    "du Colibri", "des Papillons", "de la Mare", "du Tournesol", "des Noisetiers", "de la Lune", "du Chemin-Creux",
    "des Tilleuls", "de l’Arc-en-Ciel", "du Lavoir", "des Cigales", "de la Fontaine", "du Soleil-Levant", "des Bambous",
    "de la Butte", "du Manguier", "des Libellules", "de la Rizière", "du Phare", "des Orchidées", "de la Digue",
)  # fmt: skip
LYCEES = ("des Deux-Rives", "de la Grande-Ourse", "du Port-aux-Bois")
DISTRICTS = ("Quartier des Pêcheurs",)
SITES = (
    *((SiteKind.COLLEGE, f"Collège {name}") for name in COLLEGES),
    *((SiteKind.PRIMARY, f"École {name}") for name in PRIMARIES),
    *((SiteKind.LYCEE, f"Lycée {name}") for name in LYCEES),
    *((SiteKind.DISTRICT, name) for name in DISTRICTS),
)
# Of the perimeter, and nobody is posted there: the figures of the field are 20 colleges of 21.
NOT_COVERED = frozenset({"Collège des Quatre-Vents"})
MEDIATORS = (
    "Bouleau Anaïs", "Noisetier Bastien", "Grésil Corentine", "Mirabelle Damien", "Brumaire Estelle", "Cormier Florian",
    "Aubépine Gladys", "Merisier Hervé", "Rosée Inès", "Charme Jonas", "Églantine Katia", "Tremble Lucas",
    "Giboulée Mélina", "Cognassier Nolan", "Airelle Olga", "Prunier Pascal", "Alizier Quitterie", "Érable Rémi",
    "Sorbier Sonia", "Nuage Théo", "Groseille Uma", "Platane Victor", "Myrtille Wendy",
)  # fmt: skip
# Category, axis, usual minutes, most people, how often.
ACTS = (
    ("presence", Axis.VIOLENCE, 60, 60, 26),
    ("prevention", Axis.VIOLENCE, 40, 25, 14),
    ("conflict", Axis.VIOLENCE, 35, 5, 12),
    ("listening", Axis.DROPOUT, 30, 2, 15),
    ("family", Axis.DROPOUT, 30, 3, 9),
    ("orientation", Axis.DROPOUT, 25, 2, 6),
    ("awareness", Axis.CITIZENSHIP, 90, 28, 9),
    ("peers", Axis.CITIZENSHIP, 90, 14, 4),
    ("watch", Axis.CITIZENSHIP, 25, 0, 5),
)
REQUESTS = ("own", "own", "own", "staff", "staff", "pupil", "pupil", "family", "partner")
FOLLOW_UPS = ("none", "none", "none", "again", "staff", "family", "relay")
TOLD = (
    "",
    "",
    "",
    "",
    "Deux classes mêlées.",
    "À la sortie, avec la vie scolaire.",
    "Suite d’un échange de la semaine passée.",
)
# Label, then first and last day as month and day of the school year that begins in September.
HOLIDAYS = (
    ("Vacances d’automne", (10, 18), (11, 2)),
    ("Vacances de fin d’année", (12, 20), (1, 4)),
    ("Vacances d’hiver", (2, 14), (3, 1)),
    ("Vacances de printemps", (4, 11), (4, 26)),
    ("Grandes vacances", (7, 4), (8, 31)),
)
PARTNERS = ("Rectorat des Deux-Rives", "Ville des Deux-Rives", "Association Passerelles du Fleuve")
