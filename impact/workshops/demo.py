"""The demonstration's workshops: a cycle with names in the collective, one with head-counts alone in the PRE.

The collective's attendance is that of a real cycle of nine workshops of which seven were held; its people are invented.
"""

from datetime import date, timedelta
from itertools import cycle as endlessly

from impact.audit import Actor
from impact.communities.storage import add_member, add_organisation, get_community
from impact.db import EncryptedDatabase, gate
from impact.identities import Identity
from impact.vocabulary import CommunityKind, OrganisationKind
from impact.workshops.records import AttendanceSheet, Cycle, Workshop
from impact.workshops.session_records import Commitment, Papers, Production, Return
from impact.workshops.session_storage import add_commitment, add_production, save_papers, save_return
from impact.workshops.storage import (
    add_cycle,
    add_workshop,
    cancel_workshop,
    get_workshop,
    list_workshops,
    record_attendance,
)
from impact.workshops.vocabulary import CommitmentState

SIZES = (33, 24, 24, 15, 9, 13, 7)
CORE, CORE_TIMES = 15, 4
_DATES = tuple(
    date.fromisoformat(text)
    for text in ("2021-01-21", "2021-03-04", "2021-04-08", "2021-05-20", "2021-06-24", "2021-09-16", "2021-10-14")
)
_TITLES = (
    "Se connaître, dire ce que l’on voit",
    "Repérer les premiers signes",
    "Le rôle de chacun",
    "Accueillir les parents",
    "Revenir après une absence",
    "Essayer un outil commun",
    "Ce que l’essai nous apprend",
)
_OBJECTIVES = (
    "Que chacun sache ce que les autres voient.",
    "Une liste de signes que tous peuvent voir.",
    "Une page : qui appelle qui, et quand.",
    "Trois façons d’accueillir, à essayer chez soi.",
    "Ce qui aide un jeune à revenir le premier jour.",
    "Un outil choisi, deux lieux pour l’essayer.",
    "Ce que nous gardons, ce que nous laissons.",
)
_NEVER_HELD = (
    (date(2021, 11, 18), "Préparer la suite", "Salle fermée"),
    (date(2022, 1, 20), "Transmettre", "Reporté, conditions sanitaires"),
)
# Who came from the second workshop on: ranks among the core group (0 to 14), then among the others (0 to 17).
_CORE_CAME = (
    range(15),
    range(15),
    range(3, 15),
    range(8),
    (2, 4, 5, 6, 8, 9, 10, 11, 12, 14),
    (0, 3, 6, 9, 12, 13),
)
_OTHERS_CAME = (range(9), range(4, 13), (9, 10, 11), (0,), (1, 2, 12), (3,))
_ORGANISATIONS = (
    (OrganisationKind.NATIONAL_EDUCATION, ("Collège du Ruisseau", "Lycée des Trois-Pommiers")),
    (
        OrganisationKind.LOCAL_AUTHORITY,
        (
            "Ville de Brumeval",
            "Ville de Clairvigne",
            "Communauté des Étangs",
            "Département des Sources",
            "Service Giboulée",
        ),
    ),
    (
        OrganisationKind.ASSOCIATION,
        (
            "Atelier Coquelicot",
            "Centre social La Brouette",
            "Club des Étangs",
            "Compagnie du Noisetier",
            "La Passerelle aux Mûres",
            "Ligue des Préaux",
            "Maison des Tilleuls",
            "Mission Alizé",
            "Parents du Ruisseau",
            "Théâtre de la Rosée",
        ),
    ),
)
_PEOPLE = [
    "Abricotin Zoé",
    "Aubépin Marius",
    "Bellegarrigue Ugo",
    "Boisjoli Aya",
    "Brumaire Lison",
    "Cernoy-Lys Hugo",
    "Charmille Odette",
    "Coquelard Jean",
    "Doucerain Ali",
    "Échandelle Paul",
    "Falaisel Rita",
    "Fougeray Noé",
    "Givrelin Salomé",
    "Grisolle Awa",
    "Hérissart Luc",
    "Jonquillère Mona",
    "Larchevert Inès",
    "Lavandier Karim",
    "Mirebel Théo",
    "Mûrier Sacha",
    "Noisetel Marc",
    "Orvault-Pin Nora",
    "Prévertin Anaïs",
    "Prunelier Basma",
    "Quillemont Éva",
    "Roseraie Tom",
    "Sablonnet Maud",
    "Saulaie Driss",
    "Tourbillon Ève",
    "Tuillier Myriam",
    "Vallombre Sofia",
    "Vergerin Léo",
    "Yvrande Karl",
]
# Agenda, minutes, what was made at each workshop held: the next one starts from it.
_LEFT = (
    (
        "Se présenter par ce que l’on voit\nDire ce que l’on attend des autres",
        "Chacun a décrit une situation rencontrée. Trois questions reviennent.",
        "Les attentes du groupe",
        "Savoir qui appeler. Ne pas refaire deux fois la même démarche. Prévenir plus tôt.",
    ),
    (
        "Mettre en commun les premiers signes\nChoisir ceux que tous peuvent voir",
        "Quatre signes sont retenus par tous, deux restent en débat.",
        "Liste des premiers signes, version 1",
        "Absences courtes et répétées. Retrait en classe. Départ d’une activité. Silence de la famille.",
    ),
    (
        "Qui fait quoi quand un signe paraît",
        "Le rôle de chacun est écrit ; il manque un relais pendant les vacances.",
        "Qui appeler, et quand",
        "Établissement d’abord, puis la structure qui connaît le jeune, puis le service de la ville.",
    ),
    (
        "Relire une lettre reçue par des parents\nChercher trois autres façons d’accueillir",
        "La lettre relue fait peur. Trois accueils sont proposés, chacun en essaie un chez soi.",
        "Trois façons d’accueillir",
        "Appeler avant d’écrire. Recevoir hors de l’école. Venir à deux, dont quelqu’un que la famille connaît.",
    ),
    (
        "Raconter un retour réussi, un retour raté",
        "Un retour se prépare la veille avec une personne choisie par le jeune. Les avis restent partagés sur l’emploi du temps.",
        "Le premier jour du retour",
        "Une personne attend à la porte. Un emploi du temps court la première semaine. Un appel le soir.",
    ),
    (
        "Choisir un outil parmi ceux du printemps\nDire où et quand il est essayé",
        "La liste des signes est essayée dans deux lieux jusqu’aux vacances.",
        "Liste des premiers signes, version 2",
        "Les quatre signes, un exemple pour chacun, et à qui le dire le jour même.",
    ),
    (
        "Ce que l’essai a donné dans les deux lieux\nCe que nous gardons, ce que nous laissons",
        "La liste aide à parler plus tôt. Le silence de la famille se voit mal : il est laissé.",
        "Ce que nous gardons de l’essai",
        "Trois signes sur quatre. Une fiche d’une page. Un point entre les deux lieux chaque mois.",
    ),
)
# Rank of the person, what was promised at each workshop, what came of it.
_PROMISED = (
    (0, "Demander la liste des référents à son établissement", CommitmentState.KEPT, "La liste est arrivée en mars."),
    (4, "Essayer la liste des signes pendant un mois", CommitmentState.PARTLY, "Essayée deux semaines, utile."),
    (9, "Trouver un relais pour les vacances", CommitmentState.DROPPED, "Aucune structure n’est ouverte en août."),
    (
        5,
        "Relire la lettre d’absence avec deux parents",
        CommitmentState.KEPT,
        "Réécrite, dix lignes au lieu de trente.",
    ),
    (
        6,
        "Proposer un emploi du temps court au prochain retour",
        CommitmentState.PARTLY,
        "Accepté pour un élève sur deux.",
    ),
    (8, "Essayer la liste à l’accueil jusqu’aux vacances", CommitmentState.KEPT, "Cinq situations dites plus tôt."),
)
_PRE_COUNTS = (6, 8, 11, 7, 9)


def fill(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    """Add the cycle that suits the community's kind, in one transaction."""
    with gate(db):
        if get_community(db).kind is CommunityKind.PRE:
            _fill_pre(db, actor, today)
        else:
            _fill_collective(db, actor, today)


def presences() -> list[list[int]]:
    """Ranks (0 to 32) of the people present at each held workshop; the first fifteen are the core group."""
    everybody = list(range(len(_PEOPLE)))
    later = [[*core, *(CORE + rank for rank in others)] for core, others in zip(_CORE_CAME, _OTHERS_CAME, strict=True)]
    return [everybody, *later]


def _fill_collective(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    organisations = [add_organisation(db, actor, name, kind) for kind, names in _ORGANISATIONS for name in names]
    people = _people(db, actor, organisations)
    objective = "Que les professionnels d’un même territoire repèrent ensemble, et plus tôt, un jeune qui décroche."
    cycle_id = add_cycle(db, actor, Cycle(0, "Prévenir le décrochage ensemble", objective, CORE_TIMES))
    for day, title, objective, ranks in zip(_DATES, _TITLES, _OBJECTIVES, presences(), strict=True):
        workshop = Workshop(0, cycle_id, title, day, "Maison des Tilleuls", objective=objective)
        added = add_workshop(db, actor, workshop)
        _close(db, actor, added, tuple(people[rank] for rank in ranks), None, today)
    _fill_sessions(db, actor, cycle_id, people, today)
    for day, title, reason in _NEVER_HELD:
        added = add_workshop(db, actor, Workshop(0, cycle_id, title, day, "Maison des Tilleuls"))
        cancel_workshop(db, actor, added, reason)


def _fill_sessions(db: EncryptedDatabase, actor: Actor, cycle_id: int, people: list[int], today: date) -> None:
    held = [known for known in list_workshops(db, cycle_id) if known.is_held]
    for workshop, (agenda, minutes, title, words) in zip(held, _LEFT, strict=False):
        version = get_workshop(db, workshop.id).version
        save_papers(db, actor, Papers(workshop.id, agenda, minutes, version))
        add_production(db, actor, Production(0, workshop.id, title, words, workshop.held_on))
    for place, (rank, words, state, outcome) in enumerate(_PROMISED):
        due = held[place + 1].held_on
        promise = Commitment(0, held[place].id, people[rank], "", words, due)
        added = add_commitment(db, actor, promise)
        save_return(db, actor, Return(added, state, outcome, due, 1), today)


def _people(db: EncryptedDatabase, actor: Actor, organisations: list[int]) -> list[int]:
    # Steps of seven over seventeen structures: neighbours in the list work in different ones.
    places = endlessly(organisations[(7 * rank) % len(organisations)] for rank in range(len(organisations)))
    return [
        add_member(db, actor, Identity(family, given), organisation_id, _DATES[0], homonym=True)
        for (family, given), organisation_id in zip((name.rsplit(" ", 1) for name in _shuffled()), places, strict=False)
    ]


def _shuffled() -> list[str]:
    # The core group is spread over the alphabet.
    return [_PEOPLE[(10 * rank) % len(_PEOPLE)] for rank in range(len(_PEOPLE))]


def _fill_pre(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    objective = "Que les parents parlent entre eux de la vie à l’école, et se sentent attendus."
    cycle_id = add_cycle(db, actor, Cycle(0, "Cafés des parents", objective))
    autumn = today.year - 1 - (today.month < 9)
    days = [date(autumn + (month < 9), month, 12) for month in (10, 12, 2, 4, 6)]
    for rank, (day, count) in enumerate(zip(days, _PRE_COUNTS, strict=True)):
        added = add_workshop(
            db, actor, Workshop(0, cycle_id, f"Café des parents n° {rank + 1}", day, "École Les Tilleuls-Bleus")
        )
        _close(db, actor, added, (), count, today)
    coming = Workshop(
        0, cycle_id, "Café des parents de rentrée", today + timedelta(days=10), "École Les Tilleuls-Bleus"
    )
    add_workshop(db, actor, coming)


def _close(
    db: EncryptedDatabase, actor: Actor, workshop_id: int, members: tuple[int, ...], count: int | None, today: date
) -> None:
    version = get_workshop(db, workshop_id).version
    record_attendance(db, actor, AttendanceSheet(workshop_id, members, count, version), today, close=True)
