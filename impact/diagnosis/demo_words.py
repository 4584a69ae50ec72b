"""The invented words of the diagnosis of the demonstration; its dates and head-counts are those of a real process."""

from impact.diagnosis.vocabulary import FindingKind, Sense, Use

_F, _U = FindingKind, Use
# Title, then the group that found and the one that crossed (day, people), findings, crossings by rank.
AxisWords = tuple[
    str,
    tuple[str, int],
    tuple[str, int],
    tuple[tuple[FindingKind, str, Use, str], ...],
    tuple[tuple[int, int, str], ...],
]
# Words, ranks of its axes, example actions, titles of the actions that serve it.
OrientationWords = tuple[str, tuple[int, ...], str, tuple[str, ...]]
# Group, day, people, what it wrote.
RoundWords = tuple[str, str, int, str]
AXES: tuple[AxisWords, ...] = (
    (
        "Conforter le rôle de l’école",
        ("2021-06-10", 29), ("2021-06-22", 14),
        (
            (_F.STRENGTH, "Les équipes du collège et des écoles se connaissent.", _U.STEERING, "cooperation.density"),
            (_F.STRENGTH, "Une salle est ouverte aux élèves le mercredi.", _U.STEERING, ""),
            (_F.WEAKNESS, "Le passage de la crèche à l’école n’est préparé par personne.", _U.STEERING, ""),
            (_F.WEAKNESS, "Les lycéens sans stage se retrouvent seuls.", _U.ACCOUNTING, "events.presences"),
            (_F.OPPORTUNITY, "La crèche cherche une école avec qui travailler.", _U.STEERING, ""),
            (_F.THREAT, "Les équipes changent chaque année.", _U.ACCOUNTING, ""),
        ),
        ((2, 4, "Une visite par classe, de la crèche à l’école."), (0, 5, "Accueillir ensemble ceux qui arrivent.")),
    ),
    (
        "Assurer la continuité éducative",
        ("2021-06-04", 40), ("2021-06-22", 13),
        (
            (_F.STRENGTH, "Des associations présentes tous les soirs.", _U.STEERING, "cooperation.partners_mean"),
            (_F.STRENGTH, "Des parents prêts à venir aux comités.", _U.ACCOUNTING, "cooperation.people_mean"),
            (_F.WEAKNESS, "Chacun a son propre calendrier.", _U.STEERING, "cooperation.meetings_held"),
            (_F.WEAKNESS, "Les réunions ont lieu quand les parents travaillent.", _U.STEERING, ""),
            (_F.OPPORTUNITY, "La Caisse des Familles cofinance les actions à plusieurs.", _U.ACCOUNTING, "cooperation.cofinancing"),
            (_F.THREAT, "Des financements d’un an seulement.", _U.ACCOUNTING, ""),
        ),
        ((2, 4, "Un seul calendrier, et des demandes déposées à plusieurs."), (1, 5, "Les parents défendent les actions qui durent.")),
    ),
    (
        "Ouvrir le champ des possibles",
        ("2021-06-07", 42), ("2021-06-22", 17),
        (
            (_F.STRENGTH, "Un conseiller vient au lycée chaque semaine.", _U.STEERING, ""),
            (_F.WEAKNESS, "Peu d’entreprises connues des enseignants.", _U.STEERING, "cooperation.missing_kinds"),
            (_F.WEAKNESS, "Rien de régulier pour les 16 à 18 ans.", _U.ACCOUNTING, "events.held"),
            (_F.OPPORTUNITY, "Des artisans du quartier prennent des stagiaires.", _U.STEERING, ""),
            (_F.OPPORTUNITY, "Quatre forums sont prévus dans le territoire.", _U.ACCOUNTING, ""),
            (_F.THREAT, "Les transports s’arrêtent tôt.", _U.STEERING, ""),
        ),
        ((1, 3, "Un seul interlocuteur pour les entreprises."), (2, 4, "Les 16 à 18 ans préparent un forum."), (0, 5, "Le conseiller vient aussi au quartier.")),
    ),
)  # fmt: skip
ORIENTATIONS: tuple[OrientationWords, ...] = (
    ("Préparer chaque passage, de la crèche à l’école et de l’école au collège", (0,), "Une visite par classe\nUn carnet qui suit l’enfant", ("De la crèche à l’école",)),
    ("Donner aux 0 à 3 ans et à leurs parents une place visible", (0, 1), "Livres en balade\nAccueil commun crèche et protection maternelle", ("Livres en balade",)),
    ("Faire des parents des partenaires de chaque instance", (1,), "Réunions après 18 heures\nDeux parents à chaque comité", ("Petits déjeuners du Bief", "École des parents")),
    ("Accorder les temps de l’enfant", (1,), "Un calendrier commun\nMercredis ouverts", ("Mercredis du collège",)),
    ("Faire connaître les métiers du territoire à chaque élève", (2,), "Quatre séquences par classe\nUn annuaire des stages", ("Quatre séquences sur les métiers",)),
    ("Ne laisser aucun jeune de 16 à 18 ans sans solution", (0, 2), "Un tuteur pour chacun\nUn forum préparé par les jeunes", ("Un tuteur pour chacun", "Retour vers la formation")),
)  # fmt: skip
TEXT = "Ce que nous voulons pour les 16 à 18 ans"
FIRST: RoundWords = (
    "Groupe du collège", "2021-06-10", 12,
    "Chaque jeune de 16 à 18 ans est suivi par un adulte. Les stages sont proposés par le lycée. Un bilan est fait en fin"
    " d’année.",
)  # fmt: skip
SECOND: RoundWords = (
    "Groupe des associations et des parents", "2021-06-22", 17,
    "Chaque jeune de 16 à 18 ans choisit un adulte qui l’accompagne. Les stages sont proposés par le lycée et par les"
    " associations du quartier. Un bilan est fait avec lui, deux fois par an.",
)  # fmt: skip
# Of the collective: its workshops found, its core group crossed.
COLLECTIVE_AXES: tuple[AxisWords, ...] = (
    (
        "Voir plus tôt un jeune qui s’éloigne",
        ("2021-03-04", 24), ("2021-06-24", 9),
        (
            (_F.STRENGTH, "Chaque structure remarque des signes que les autres ne voient pas.", _U.STEERING, "participation.organisations"),
            (_F.STRENGTH, "Un groupe revient d’un atelier à l’autre.", _U.ACCOUNTING, "participation.core_group"),
            (_F.WEAKNESS, "Personne ne sait qui appeler le premier jour.", _U.STEERING, "cooperation.density"),
            (_F.WEAKNESS, "Les absences courtes ne sont dites à personne.", _U.STEERING, ""),
            (_F.OPPORTUNITY, "La mission et le lycée reçoivent les mêmes jeunes, au même étage.", _U.STEERING, "cooperation.realisation"),
            (_F.THREAT, "Les équipes changent à chaque rentrée.", _U.ACCOUNTING, ""),
        ),
        ((2, 4, "Un nom à appeler dans chaque structure, tenu à jour."), (0, 5, "Une liste de signes qui reste quand les personnes partent.")),
    ),
    (
        "Chercher avec les parents",
        ("2021-05-20", 15), ("2021-09-16", 13),
        (
            (_F.STRENGTH, "Des parents viennent aux comités.", _U.ACCOUNTING, "cooperation.people_mean"),
            (_F.WEAKNESS, "La première lettre que reçoit une famille est un avertissement.", _U.STEERING, ""),
            (_F.WEAKNESS, "Ni santé ni entreprises autour de la table.", _U.ACCOUNTING, "cooperation.missing_kinds"),
            (_F.OPPORTUNITY, "Le marché du samedi : les parents y sont déjà.", _U.STEERING, ""),
            (_F.OPPORTUNITY, "Trois financeurs acceptent une demande commune.", _U.ACCOUNTING, "cooperation.cofinancing"),
            (_F.THREAT, "Des réunions à l’heure du travail.", _U.STEERING, ""),
        ),
        ((1, 3, "Un café au marché avant toute lettre."), (0, 5, "Les comités se tiennent le soir, une salle gardée pour les petits.")),
    ),
)  # fmt: skip
COLLECTIVE_ORIENTATIONS: tuple[OrientationWords, ...] = (
    ("Qu’un jeune absent soit appelé le jour même, par quelqu’un qui le connaît", (0,), "Une grille de premiers signes\nUn nom à appeler par structure", ("Veille des absences courtes", "Carnet partagé avec l’accord des familles")),
    ("Que les parents cherchent avec nous", (1,), "Un petit-déjeuner par trimestre\nUne lettre écrite avec des parents", ("Petit-déjeuner des parents",)),
    ("Que personne ne passe l’été sans solution", (0, 1), "Un relais de juin à septembre\nUn bus pour les stages", ("Relais d’été", "Bus des stages")),
)  # fmt: skip
COLLECTIVE_TEXT = "Le jour où un jeune ne vient plus"
COLLECTIVE_FIRST: RoundWords = (
    "Groupe des établissements", "2021-09-16", 6,
    "L’établissement appelle la famille. Sans nouvelle après trois jours, il prévient la personne nommée par la ville.",
)  # fmt: skip
COLLECTIVE_SECOND: RoundWords = (
    "Groupe des associations et des parents", "2021-10-14", 7,
    "L’établissement appelle la famille, pour demander ce qui se passe et non pour prévenir d’une sanction. Sans nouvelle"
    " le lendemain, il appelle la personne que le jeune connaît déjà, dans n’importe quelle structure.",
)  # fmt: skip
# What was gathered before its four questions.
TRENDS = (
    ("Les absences courtes deviennent plus nombreuses.", Sense.HINDERS),
    ("Les métiers du soin et du bâtiment recrutent près d’ici.", Sense.CARRIES),
    ("Les familles se parlent par messagerie.", Sense.UNCERTAIN),
    ("La formation est obligatoire jusqu’à 18 ans.", Sense.CARRIES),
    ("Les professionnels changent souvent de poste.", Sense.HINDERS),
)
TRENDS_ON = "2020-10-08"
FUTURE = (
    2030,
    "Un jeune qui s’éloigne est vu en une semaine, par quelqu’un qui le connaît.\nSes parents sont appelés pour chercher"
    " avec nous, pas pour rendre des comptes.\nAucun ne passe l’été sans savoir où il sera à la rentrée.",
)
CITE_TRENDS = (
    ("Plus d’enfants de moins de trois ans dans le quartier, et pas plus de places d’accueil.", Sense.HINDERS),
    ("Les ateliers du territoire cherchent des apprentis.", Sense.CARRIES),
    ("Les parents veulent être prévenus, et consultés.", Sense.CARRIES),
    ("Les crédits se décident chaque année plus tard.", Sense.HINDERS),
    ("Les lycéens passent par des démarches en ligne.", Sense.UNCERTAIN),
)
CITE_TRENDS_ON = "2021-06-04"
CITE_FUTURE = (
    2030,
    "Un enfant des Trois-Moulins connaît le lieu où il entre avant d’y entrer.\nSes parents siègent là où l’on décide"
    " pour lui.\nÀ 18 ans, il a rencontré vingt métiers et une personne qui l’appelle par son prénom.",
)
