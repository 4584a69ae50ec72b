"""The invented words of the plans of the cité éducative: its roadmap, its experience sheet, what it says of itself."""

from impact.plans.demo_words import Objectives
from impact.plans.records import ExperienceSheet
from impact.plans.vocabulary import Condition, Heading, Scale, StepState
from impact.vocabulary import OrganisationKind

_H, _K, _S, _C = Heading, OrganisationKind, StepState, Condition
ROADMAP: Objectives = (
    ("Préparer chaque passage, de la crèche au collège", (
        ("Une visite par classe", (
            ("Fixer les dates avec la crèche et l’école", 1, 2, -300, -260, _S.DONE, -262, "Calendrier affiché."),
            ("Tenir les visites", 2, 3, -240, -60, _S.DONE, -70, "Une visite par classe, onze classes."),
            ("Demander aux parents ce qu’ils en retiennent", 3, 1, -40, 60, _S.UNDER_WAY, None, "Questionnaire prêt."),
        )),
    )),
    ("Donner aux 0 à 3 ans une place visible", (
        ("Livres en balade", (
            ("Choisir trois lieux", 3, 1, -200, -150, _S.DONE, -155, ""),
            ("Ouvrir le lieu du canal", 4, 2, -120, -10, _S.UNDER_WAY, None, "Le local est trouvé."),
        )),
    )),
    ("Ne laisser aucun jeune de 16 à 18 ans sans solution", (
        ("Un tuteur pour chacun", (
            ("Trouver vingt tuteurs", 5, 3, -180, -30, _S.DONE, -33, "Vingt-deux personnes inscrites."),
            ("Réunir tuteurs et jeunes", 6, 2, -20, 90, _S.UNDER_WAY, None, ""),
        )),
        ("Un forum préparé par les jeunes", (
            ("Former un groupe de jeunes", 7, 1, 15, 80, _S.TO_DO, None, ""),
            ("Tenir le forum", 0, 4, 100, 160, _S.TO_DO, None, ""),
        )),
    )),
)  # fmt: skip
SHEET = ExperienceSheet(
    0,
    "Une visite par classe",
    "Continuité entre la crèche et l’école",
    (_K.NATIONAL_EDUCATION, _K.ASSOCIATION, _K.HEALTH),
    Scale.DISTRICT,
    "École des Trois-Ailes",
    {
        _H.IDENTITY: "De la crèche à l’école, depuis la rentrée 2021, aux Trois-Moulins.",
        _H.CONTEXT: "Personne ne préparait le passage de la crèche à l’école.",
        _H.OBJECTIVES: "Que chaque enfant connaisse sa classe avant d’y entrer.",
        _H.MEASURES: "Une visite par classe, un goûter avec les parents, un carnet.",
        _H.ACTORS: "La crèche, l’école, la protection maternelle.",
        _H.RESULTS: "Onze classes visitées ; l’effet sur la rentrée reste à observer.",
        _H.INDICATORS: "Part des classes visitées, parents venus au goûter.",
        _H.LESSONS: "Fixer les dates avant l’été.",
        _H.CONTACTS: "La direction de l’école.",
        _H.RESOURCES: "Le carnet et l’invitation.",
        _H.COMMENT: "À essayer avec le collège.",
    },
)
# What shows a low level, then a high one; as many as there are respondents at most.
EVIDENCE: dict[Condition, tuple[tuple[str, ...], tuple[str, ...]]] = {
    _C.COMMON_AGENDA: (
        (
            "Mon service a gardé son propre projet.",
            "Je connais l’axe de mon groupe, pas les deux autres.",
            "Les orientations n’ont pas été redites aux équipes.",
        ),
        (
            "Les six orientations, affichées à l’école.",
            "Le diagnostic validé en juin.",
            "Nos deux demandes citent la même orientation.",
            "La charte, signée par mon association.",
            "Les trois axes, dits de la même façon en conseil municipal.",
            "La feuille de route, relue en troïka.",
        ),
    ),
    _C.COMMON_MEASUREMENT: (
        (
            "Chaque financeur a son tableau.",
            "Nous comptons les présents, rien d’autre.",
            "Les chiffres de la crèche ne vont nulle part.",
            "Personne ne relève l’effet des visites.",
        ),
        ("Le tableau de bord des constats.", "Les visites, comptées classe par classe."),
    ),
    _C.REINFORCING_ACTIONS: (
        ("Deux aides aux devoirs à la même heure.", "Nos actions se suivent sans se parler."),
        (
            "La crèche et l’école préparent la rentrée à deux.",
            "Le club ouvre quand le collège ferme.",
            "La mission tient sa permanence au lycée.",
            "Une seule demande, déposée à trois.",
            "Le fournil prend les stagiaires du tutorat.",
        ),
    ),
    _C.CONTINUOUS_COMMUNICATION: (
        ("Je reçois les dates trop tard.", "Rien entre deux comités.", "L’école n’a pas eu le compte rendu."),
        (
            "Les comptes rendus, dans la semaine.",
            "Le calendrier commun.",
            "L’agenda ouvert à tous.",
            "Un appel par mois avec la crèche.",
        ),
    ),
    _C.BACKBONE: (
        ("Le poste est resté vide un trimestre.", "Un contrat d’un an."),
        (
            "Une cheffe de projet à temps plein.",
            "Chaque comité est préparé à trois.",
            "Les relances arrivent.",
            "Le temps d’animation est dans la convention.",
            "Les productions des ateliers sont retrouvées.",
        ),
    ),
}
# Days before today that a round was opened and closed, number of respondents, levels given one after the other.
ROUNDS: tuple[tuple[int, int | None, int, dict[Condition, str]], ...] = (
    (430, 414, 7, {_C.COMMON_AGENDA: "2332312", _C.COMMON_MEASUREMENT: "1121111", _C.REINFORCING_ACTIONS: "2132223", _C.CONTINUOUS_COMMUNICATION: "2231222", _C.BACKBONE: "3323323"}),
    (66, 50, 6, {_C.COMMON_AGENDA: "343343", _C.COMMON_MEASUREMENT: "112321", _C.REINFORCING_ACTIONS: "332342", _C.CONTINUOUS_COMMUNICATION: "314142", _C.BACKBONE: "334324"}),
)  # fmt: skip
