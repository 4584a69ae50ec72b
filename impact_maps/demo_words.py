"""What the maps of the demonstration say; everything invented."""

from impact_maps.records import BoxContent
from impact_maps.vocabulary import ImpactState, LinkState, Public, Stage, Target

_R, _A, _O, _S, _M, _V = Stage
_SEEN, _COULD = ImpactState.OBSERVED, ImpactState.OBSERVABLE

# Words of a link of the chain (from, to), its state, days ago, what is supposed, what was observed.
PRE_SAID = (
    (
        "Des enfants suivis",
        "L’enfant reprend confiance",
        LinkState.SUPPORTED,
        40,
        "Un suivi régulier par un adulte connu aide l’enfant à reprendre confiance.",
        "Bilans par domaine de l’année, relus par l’équipe de soutien.",
    ),
    (
        "Des enfants suivis",
        "L’accompagnement convient aux parents",
        LinkState.CONTRADICTED,
        25,
        "Reçus près de chez eux, les parents trouvent que cela leur convient.",
        "Au groupe de parents d’octobre, plusieurs familles disent préférer venir à l’école.",
    ),
    (
        "Ateliers entre parents et enfants",
        "Des enfants suivis",
        LinkState.UNTESTED,
        0,
        "Les ateliers partagés rapprochent parents et équipe.",
        "",
    ),
)
CYCLE_SAID = (
    (
        "Des personnes venues",
        "Des métiers différents se connaissent",
        LinkState.SUPPORTED,
        30,
        "Se revoir suffit à se connaître.",
        "Questionnaire de fin de cycle : la plupart citent trois personnes qu’elles peuvent appeler.",
    ),
    (
        "Des ateliers tenus",
        "Un groupe régulier porte la suite",
        LinkState.CONTRADICTED,
        20,
        "Plus d’ateliers font un groupe plus nombreux.",
        "La présence baisse d’un atelier à l’autre, alors que le noyau reste.",
    ),
)
CITE_TITLE = "De trois axes à ce qui change de 0 à 25 ans"
CITE_BOXES = (
    BoxContent(_R, "La troïka : commune, préfecture, académie", None, "cooperation.meetings_held"),
    BoxContent(_R, "Une équipe projet et des référents par axe"),
    BoxContent(_R, "Le temps donné par les écoles et les associations"),
    BoxContent(_A, "Groupes de travail par axe, forces et faiblesses", None, "participation.workshops_held"),
    BoxContent(_A, "Rendez-vous des 0-3 ans avec la crèche et la santé"),
    BoxContent(_A, "Découverte des métiers pour les 16-18 ans", None, "events.held"),
    BoxContent(_A, "Fiches d’action revues avec les financeurs", None, "cooperation.cofinancing"),
    BoxContent(_O, "Trois groupes réunis, un diagnostic par axe", None, "participation.presences"),
    BoxContent(_O, "Six orientations validées en comité de pilotage"),
    BoxContent(_O, "Des familles de tout-petits accueillies"),
    BoxContent(_O, "Des jeunes qui ont vu un métier de près", None, "events.young_people"),
    BoxContent(_S, "Les institutions lisent le même diagnostic", Target.STRUCTURES, "cooperation.confirmation"),
    BoxContent(_S, "Les parents de tout-petits se parlent", Target.FAMILIES),
    BoxContent(_S, "Les 16-18 ans savent à qui demander", Target.FAMILIES),
    BoxContent(_M, "Une place pour chaque âge dans les actions", Target.TERRITORY),
    BoxContent(_M, "Une action portée à plusieurs plutôt que trois", Target.STRUCTURES, "cooperation.partners_mean"),
    BoxContent(_V, "une continuité de la naissance à l’emploi", Target.FAMILIES),
    BoxContent(_V, "un quartier qui garde ses jeunes", Target.TERRITORY),
    BoxContent(_V, "un seul compte rendu pour une action", Target.STRUCTURES),
)
CITE_LINKS = (
    (0, 3, ""),
    (1, 3, ""),
    (2, 4, ""),
    (2, 5, ""),
    (1, 6, ""),
    (0, 6, ""),
    (3, 7, ""),
    (3, 8, "Un diagnostic écrit à plusieurs donne des orientations que chacun tient."),
    (4, 9, ""),
    (5, 10, ""),
    (6, 15, "Des financeurs qui lisent la même fiche demandent un seul compte rendu."),
    (7, 11, ""),
    (8, 11, ""),
    (8, 14, ""),
    (9, 12, ""),
    (10, 13, "Voir un métier de près aide à demander conseil."),
    (11, 15, ""),
    (12, 14, ""),
    (13, 14, ""),
    (14, 16, ""),
    (14, 17, ""),
    (13, 17, ""),
    (15, 18, ""),
)
CITE_SAID = (
    (
        "Groupes de travail par axe, forces et faiblesses",
        "Six orientations validées en comité de pilotage",
        LinkState.SUPPORTED,
        60,
        "Un diagnostic écrit à plusieurs donne des orientations que chacun tient.",
        "Le comité de juin a validé les six orientations sans en retirer.",
    ),
    (
        "Fiches d’action revues avec les financeurs",
        "Une action portée à plusieurs plutôt que trois",
        LinkState.CONTRADICTED,
        15,
        "Des financeurs qui lisent la même fiche demandent un seul compte rendu.",
        "Deux actions sur cinq ont encore trois comptes rendus cette année.",
    ),
)
# Public, objective, impact, state, days ago, what was observed.
CYCLE_TREE = (
    (
        Public.ACTORS,
        "Se connaître",
        "Appelle une structure rencontrée en atelier",
        _SEEN,
        30,
        "Questionnaire de fin de cycle, et retours en atelier.",
    ),
)
PRE_TREE = (
    (
        Public.CHILDREN,
        "Retrouver confiance",
        "Prend la parole en classe et à la maison",
        _SEEN,
        45,
        "Bilans par domaine.",
    ),
    (Public.FAMILIES, "Être reconnu comme parent", "Échange avec d’autres parents", _SEEN, 30, "Café du jeudi."),
    (Public.ACTORS, "Agir ensemble", "Se téléphone sans passer par le PRE", _SEEN, 20, "Dit en équipe de soutien."),
)
CITE_TREE = (
    (
        Public.CHILDREN,
        "Grandir accompagné dès la crèche",
        "Arrive à l’école en ayant déjà joué avec d’autres",
        _COULD,
        0,
        "",
    ),
    (
        Public.CHILDREN,
        "Grandir accompagné dès la crèche",
        "Voit un médecin avant trois ans",
        _SEEN,
        35,
        "Relevé de la crèche.",
    ),
    (Public.YOUNG, "Trouver sa voie de 16 à 18 ans", "Raconte un métier vu de près", _SEEN, 25, "Carnets de visite."),
    (Public.YOUNG, "Trouver sa voie de 16 à 18 ans", "Fait une demande de stage sans aide", _COULD, 0, ""),
    (Public.FAMILIES, "Savoir à qui s’adresser", "Cite une personne à appeler", _COULD, 0, ""),
    (Public.ACTORS, "Rendre compte une seule fois", "Remet le même document à deux financeurs", _COULD, 0, ""),
    (
        Public.TEACHERS,
        "Lire le même diagnostic",
        "Cite une force du quartier en conseil d’école",
        _SEEN,
        12,
        "Conseils d’école.",
    ),
)
MEDIATION_TITLE = "De la présence à un climat scolaire plus sûr"
MEDIATION_BOXES = (
    BoxContent(_R, "Des médiateurs formés, sur deux sites chacun"),
    BoxContent(_R, "Une place dans chaque établissement"),
    BoxContent(_A, "Présence active aux entrées, aux sorties, dans la cour", None, "mediation.rate"),
    BoxContent(_A, "Gestion et prévention des conflits"),
    BoxContent(_A, "Écoute, lien avec les familles, orientation"),
    BoxContent(_A, "Projets participatifs, médiation par les pairs"),
    BoxContent(_O, "Des établissements couverts", None, "mediation.sites"),
    BoxContent(_O, "Des élèves et des familles rencontrés", None, "mediation.contacts"),
    BoxContent(_O, "Des comités de suivi réguliers", None, "mediation.committees"),
    BoxContent(_S, "Les élèves savent à qui parler", Target.FAMILIES),
    BoxContent(_S, "L’équipe repère plus tôt les tensions et les absences", Target.STRUCTURES),
    BoxContent(_M, "Moins de conflits qui durent", Target.TERRITORY),
    BoxContent(_V, "des enfants qui vont à l’école sans peur", Target.FAMILIES),
    BoxContent(_V, "des établissements et un quartier qui se parlent", Target.TERRITORY),
)
MEDIATION_LINKS = (
    (0, 2, ""),
    (0, 4, ""),
    (1, 3, ""),
    (1, 5, ""),
    (2, 6, ""),
    (2, 7, ""),
    (3, 10, "Un conflit traité tout de suite ne revient pas le lendemain."),
    (4, 7, ""),
    (4, 9, "On se confie à quelqu’un que l’on voit chaque semaine."),
    (5, 9, ""),
    (6, 9, ""),
    (7, 9, ""),
    (8, 10, ""),
    (9, 11, ""),
    (10, 11, ""),
    (11, 12, ""),
    (11, 13, ""),
)
