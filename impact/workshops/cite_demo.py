"""The cité éducative's workshops: the six groups of its diagnosis, counted at the door, then a cycle with names.

Dates and head-counts of the first cycle are those of a real process; the second one and its people are invented.
"""

from datetime import date

from impact.audit import Actor
from impact.communities.storage import list_members
from impact.db import EncryptedDatabase, gate
from impact.workshops.records import AttendanceSheet, Cycle, Workshop
from impact.workshops.session_records import Commitment, Papers, Production, Return
from impact.workshops.session_storage import add_commitment, add_production, save_papers, save_return
from impact.workshops.storage import add_cycle, add_workshop, get_workshop, record_attendance
from impact.workshops.vocabulary import CommitmentState

_SCHOOL, _TOWN, _FUTURE = (
    "Conforter le rôle de l’école",
    "Assurer la continuité éducative",
    "Ouvrir le champ des possibles",
)
_FOUND, _CROSSED = "Forces, faiblesses, opportunités, menaces", "Ce que nous pouvons, et ce qui vient du dehors"
_AGENDA_FOUND = (
    "Ce qui marche et ce qui manque, en petits groupes\nCe qui vient du dehors\nLes constats que tous partagent"
)
_AGENDA_CROSSED = "Relire les constats de juin\nCroiser une ressource d’ici et une ressource d’ailleurs"
# Title, day, people counted, agenda, minutes, what was made.
_DIAGNOSIS = (
    (f"{_TOWN} : les constats", "2021-06-04", 40, _AGENDA_FOUND, "Six constats retenus. Les calendriers reviennent à chaque table.",
     _FOUND, "Présents tous les soirs, mais chacun à son heure. Un cofinancement existe, pour un an."),
    (f"{_FUTURE} : les constats", "2021-06-07", 42, _AGENDA_FOUND, "Six constats retenus. Rien de régulier n’existe après 16 ans.",
     _FOUND, "Un conseiller au lycée, des artisans prêts, des enseignants qui ne les connaissent pas."),
    (f"{_SCHOOL} : les constats", "2021-06-10", 29, _AGENDA_FOUND, "Six constats retenus. Le passage de la crèche à l’école n’est à personne.",
     _FOUND, "Des équipes qui se connaissent, et qui changent. Une crèche qui cherche une école."),
    (f"{_SCHOOL} : les croisements", "2021-06-22", 14, _AGENDA_CROSSED, "Deux croisements, proposés au comité de pilotage.",
     _CROSSED, "Une visite par classe, de la crèche à l’école. Accueillir ensemble ceux qui arrivent."),
    (f"{_TOWN} : les croisements", "2021-06-22", 13, _AGENDA_CROSSED, "Deux croisements, dont un seul calendrier pour tous.",
     _CROSSED, "Des demandes déposées à plusieurs. Les parents défendent les actions qui durent."),
    (f"{_FUTURE} : les croisements", "2021-06-22", 17, _AGENDA_CROSSED, "Trois croisements ; les 16 à 18 ans ont leur place dans deux.",
     _CROSSED, "Un seul interlocuteur pour les entreprises. Un forum préparé par les jeunes."),
)  # fmt: skip
# Title, day, ranks among the people of the directory without an account, objective, agenda, minutes, what was made.
_PASSAGES = (
    ("Dire ce qui se perd d’un lieu à l’autre", "2021-10-05", (0, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13),
     "La liste de ce que les parents redisent à chaque passage.",
     "Un enfant, trois lieux : ce que chacun sait\nCe qui se perd", "Chaque lieu refait les mêmes questions aux parents.",
     "Ce que chacun sait de l’enfant", "La crèche connaît son sommeil. L’école connaît ses mots. Les parents savent tout, et le redisent."),
    ("Écrire un carnet qui suit l’enfant", "2021-12-07", (0, 3, 4, 5, 6, 8, 9, 11, 12),
     "Un carnet court, écrit avec les parents.",
     "Relire ce que chacun sait\nTrois pages, pas une de plus", "Le carnet appartient à la famille, qui le montre à qui elle veut.",
     "Le carnet, version 1", "Ce que j’aime. Ce qui m’apaise. Qui vient me chercher."),
    ("Préparer une visite par classe", "2022-02-08", (2, 3, 4, 5, 6, 8, 9, 10, 12, 13),
     "Une date par classe, connue de tous avant l’été.",
     "Les dates, classe par classe\nQui accueille les parents", "Onze classes ont une date avant l’été.",
     "Calendrier des visites", "Une visite par classe, un goûter avec les parents, le même jour."),
    ("Ce que les visites nous apprennent", "2022-06-14", (0, 3, 4, 5, 8, 9, 12),
     "Décider ce qui continue à la rentrée.",
     "Retours des visites\nCe que nous gardons", "Les visites continuent. Le carnet est revu avec les parents.",
     "Le carnet, version 2", "Une page en images, pour les familles qui lisent peu le français."),
)  # fmt: skip
# Rank of the workshop, of the person, what was promised, what came of it.
_PROMISED = (
    (0, 5, "Demander aux parents de la crèche ce qu’ils redisent à chaque fois", CommitmentState.KEPT, "Douze parents ont répondu, en trois questions."),
    (1, 4, "Essayer le carnet avec une classe", CommitmentState.KEPT, "Essayé avec vingt enfants. Neuf familles l’ont rapporté rempli."),
    (1, 9, "Lire le carnet avec l’équipe de la protection maternelle", CommitmentState.PARTLY, "Lu une fois ; l’équipe demande une page santé."),
    (2, 3, "Fixer les visites du collège au lycée", CommitmentState.DROPPED, "Les emplois du temps étaient faits. À reprendre avant juin."),
)  # fmt: skip


def fill(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    """Both cycles, in one transaction, into a cité éducative whose directory is filled."""
    with gate(db):
        objective = (
            "Que les acteurs de chaque axe disent ensemble ce qui marche, ce qui manque et ce qui vient du dehors."
        )
        diagnosis = add_cycle(db, actor, Cycle(0, "Les groupes de travail des trois axes", objective))
        for title, day, people, *left in _DIAGNOSIS:
            _hold(db, actor, Workshop(0, diagnosis, title, date.fromisoformat(day), "Hôtel de ville"), (), people, left)
        objective = "Que chaque enfant connaisse le lieu où il entre, et que ses parents n’aient pas tout à redire."
        passages = add_cycle(db, actor, Cycle(0, "Préparer les passages, de la crèche au collège", objective, 3))
        members = sorted(known.id for known in list_members(db) if not known.account_ref)
        held: list[int] = []
        for title, day, ranks, *left in _PASSAGES:
            aim = left.pop(0)
            workshop = Workshop(0, passages, title, date.fromisoformat(day), "École des Trois-Ailes", objective=aim)
            held.append(_hold(db, actor, workshop, tuple(members[rank] for rank in ranks), None, left))
        for place, rank, words, state, outcome in _PROMISED:
            due = date.fromisoformat(_PASSAGES[place + 1][1])
            added = add_commitment(db, actor, Commitment(0, held[place], members[rank], "", words, due))
            save_return(db, actor, Return(added, state, outcome, due, 1), today)


def _hold(
    db: EncryptedDatabase,
    actor: Actor,
    workshop: Workshop,
    members: tuple[int, ...],
    count: int | None,
    left: list[str],
) -> int:
    agenda, minutes, title, words = left
    added = add_workshop(db, actor, workshop)
    save_papers(db, actor, Papers(added, agenda, minutes, get_workshop(db, added).version))
    add_production(db, actor, Production(0, added, title, words, workshop.held_on))
    sheet = AttendanceSheet(added, members, count, get_workshop(db, added).version)
    record_attendance(db, actor, sheet, workshop.held_on, close=True)
    return added
