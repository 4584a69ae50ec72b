"""The cité éducative of the demonstration: its institutions, its troïka and committees, its actions from 0 to 25 years."""

from datetime import date

from impact.audit import Actor
from impact.communities.storage import add_member, add_organisation
from impact.cooperation import action_storage, grid_storage, meeting_storage, sheet_storage, storage
from impact.cooperation.demo_words import DOMAINS, judged
from impact.cooperation.records import Counterpart, Funding, JointAction, KeyQuestion, Mandate, Meeting, NewLink, Sheet
from impact.cooperation.rules import Speaker
from impact.cooperation.vocabulary import (
    ActionState,
    AgeBand,
    CounterpartForm,
    Level,
    LinkKind,
    MeetingKind,
)
from impact.db import EncryptedDatabase, gate
from impact.identities import Identity
from impact.vocabulary import OrganisationKind

_K, _L, _A, _S, _M = OrganisationKind, Level, AgeBand, ActionState, MeetingKind
_TERRITORY = "Hautmarais"
# Name, kind, levels, what it offers, what it seeks.
_ORGANISATIONS = (
    (
        "Ville de Hautmarais",
        _K.LOCAL_AUTHORITY,
        (_L.MANAGEMENT, _L.DECISION),
        "Des salles, un chef de projet",
        "Un calendrier commun",
    ),
    ("Préfecture des Marais", _K.STATE, (_L.MANAGEMENT, _L.DECISION), "Des crédits de l’année", "Des effets visibles"),
    (
        "Académie des Marais",
        _K.NATIONAL_EDUCATION,
        (_L.MANAGEMENT, _L.DECISION),
        "Un inspecteur référent",
        "Des relais hors de l’école",
    ),
    (
        "Collège du Grand-Moulin",
        _K.NATIONAL_EDUCATION,
        (_L.FIELD, _L.MANAGEMENT),
        "Une salle le mercredi",
        "Des stages de troisième",
    ),
    ("École des Trois-Ailes", _K.NATIONAL_EDUCATION, (_L.FIELD,), "Un accueil des parents", "Des interprètes"),
    (
        "Lycée des Meules",
        _K.NATIONAL_EDUCATION,
        (_L.FIELD,),
        "Un plateau technique",
        "Des tuteurs pour les 16 à 18 ans",
    ),
    (
        "Caisse des Familles",
        _K.SOCIAL_SECURITY,
        (_L.DECISION,),
        "Un cofinancement",
        "Des places de crèche mieux connues",
    ),
    ("Crèche La Farandole", _K.ASSOCIATION, (_L.FIELD,), "Une visite par semaine", "Un lien avec la maternelle"),
    (
        "Centre social du Bief",
        _K.ASSOCIATION,
        (_L.FIELD, _L.MANAGEMENT),
        "Un accueil sans rendez-vous",
        "Des financements de trois ans",
    ),
    ("Club du Vannage", _K.ASSOCIATION, (_L.FIELD,), "Deux éducateurs", "Un créneau de gymnase"),
    (
        "Mission Girouette",
        _K.ASSOCIATION,
        (_L.FIELD, _L.MANAGEMENT),
        "Un conseiller au lycée",
        "Les noms des jeunes sans solution",
    ),
    ("Protection maternelle du Canal", _K.HEALTH, (_L.FIELD,), "Des visites à domicile", "Un lieu dans le quartier"),
    ("Fournil des Ailes", _K.FIRM, (_L.FIELD,), "Quatre stages par an", "Un seul interlocuteur"),
    (
        "Parents des Trois-Moulins",
        _K.INHABITANTS,
        (_L.FIELD,),
        "Deux parents à chaque comité",
        "Des réunions après 18 heures",
    ),
)
# Title, state, lead, partners, audience, ages, dates, (funder, asked, granted, spent).
_ACTIONS = (
    ("De la crèche à l’école", _S.UNDER_WAY, 7, (4, 11), "Tout-petits et leurs parents", (_A.EARLY, _A.NURSERY, _A.ADULTS),
     ("2021-09-06", None), (("Préfecture des Marais", 12000, 9000, 8500), ("Caisse des Familles", 8000, 6000, 6000))),
    ("Livres en balade", _S.DONE, 8, (7,), "Familles", (_A.EARLY, _A.NURSERY), ("2021-10-04", "2022-06-24"),
     (("Ville de Hautmarais", 3000, 3000, 2900),)),
    ("Petits déjeuners du Bief", _S.UNDER_WAY, 8, (4, 13), "Écoliers et parents", (_A.PRIMARY, _A.ADULTS), ("2021-11-08", None),
     (("Préfecture des Marais", 6000, 5000, 3100), ("Ville de Hautmarais", 3000, 2500, 2500))),
    ("Mercredis du collège", _S.UNDER_WAY, 3, (8, 9), "Collégiens", (_A.LOWER_SECONDARY,), ("2021-09-08", None),
     (("Académie des Marais", 5000, 5000, 4000), ("Préfecture des Marais", 9000, 8000, 7600))),
    ("Quatre séquences sur les métiers", _S.DONE, 10, (3, 5, 12), "Élèves de quatrième et de troisième", (_A.LOWER_SECONDARY,),
     ("2022-01-10", "2022-05-13"), (("Préfecture des Marais", 10000, 7000, 7000), ("Académie des Marais", 4000, 4000, 3800))),
    ("Un tuteur pour chacun", _S.UNDER_WAY, 5, (10, 12), "Lycéens sans stage", (_A.SIXTEEN,), ("2022-01-03", None),
     (("Préfecture des Marais", 14000, 9000, 4200), ("Ville de Hautmarais", 6000, 4000, 1500))),
    ("Retour vers la formation", _S.PLANNED, 10, (5,), "Jeunes sans solution", (_A.SIXTEEN, _A.YOUNG_ADULTS), ("2022-09-05", None),
     (("Préfecture des Marais", 8000, None, None),)),
    ("École des parents", _S.IDEA, 13, (4, 8), "Parents", (_A.ADULTS,), (None, None), ()),
)  # fmt: skip
# Kind, day, people by rank, parents, young people, agenda, decisions.
_MEETINGS: tuple[tuple[MeetingKind, str, dict[int, int], int, int, str, str], ...] = (
    (_M.TROIKA, "2021-05-20", {0: 1, 1: 1, 2: 1}, 0, 0, "Lancer le diagnostic", "Trois axes, un groupe de travail par axe."),
    (_M.STEERING, "2021-06-25", {0: 3, 1: 2, 2: 2, 3: 1, 6: 1, 8: 1, 10: 1}, 2, 0,
     "Diagnostic des trois axes\nSix orientations", "Le diagnostic et les six orientations sont validés."),
    (_M.TROIKA, "2021-09-16", {0: 1, 1: 1, 2: 1}, 0, 0, "Premières actions", "Sept actions commencent à la rentrée."),
    (_M.TECHNICAL, "2021-11-18", {0: 1, 3: 1, 4: 1, 7: 1, 8: 2, 10: 1, 11: 1}, 2, 1, "De la crèche à l’école", "Une visite par classe."),
    (_M.STEERING, "2022-06-23", {0: 2, 1: 1, 2: 2, 3: 1, 5: 1, 6: 1, 10: 1, 13: 2}, 3, 2,
     "Bilan de la première année\nPlace des 0 à 3 ans et des 16 à 18 ans", "Deux actions de plus pour les 16 à 18 ans."),
    (_M.TROIKA, "2023-09-14", {0: 1, 1: 1, 2: 1}, 0, 0, "Crédits de l’année", "Une seule date limite pour les trois financeurs."),
    (_M.STEERING, "2024-06-20", {0: 2, 1: 1, 2: 1, 3: 1, 5: 1, 7: 1, 8: 1, 13: 2}, 3, 2,
     "Trois ans après le diagnostic\nCe qui a changé par axe", "Le diagnostic devient le tableau de bord."),
    (_M.STEERING, "2025-06-19", {0: 2, 1: 1, 2: 1, 4: 1, 7: 1, 8: 1, 10: 1, 13: 2}, 4, 2,
     "Douze semaines au collège\nPlace des parents", "Vingt-quatre élèves commencent à la rentrée."),
    (_M.TECHNICAL, "2026-03-19", {0: 1, 3: 1, 4: 1, 7: 1, 11: 1, 13: 1}, 2, 0, "Les visites, classe par classe", "Deux classes de plus."),
    (_M.STEERING, "2026-06-18", {0: 2, 1: 2, 2: 1, 3: 1, 4: 1, 6: 1, 8: 1, 10: 1, 13: 2}, 4, 3,
     "Bilan des douze semaines\nUn compte rendu par action", "Les trois financeurs essaient une fiche commune."),
)  # fmt: skip
# Name, rank of the organisation, day of arrival and of the mandate.
_PEOPLE = (
    ("Bruyère Colin", 0, "2021-05-20"),
    ("Cerisaie Maëlle", 1, "2021-05-20"),
    ("Rosier-Vent Amadou", 2, "2021-05-20"),
    ("Pommeret Jeanne", 3, "2021-06-04"),
    ("Grêlon Samir", 4, "2021-06-04"),
    ("Sureau Margot", 7, "2021-06-07"),
    ("Aulnaie Bilal", 8, "2021-06-07"),
    ("Brisemont Clara", 10, "2021-06-10"),
    ("Framboisier Élie", 13, "2021-06-10"),
    ("Orangerie Nadège", 11, "2021-09-16"),
    ("Chèvrefeuille Paul", 4, "2021-10-05"),
    ("Brindille Assia", 13, "2021-10-05"),
    ("Noyeraie Tristan", 9, "2021-10-05"),
    ("Clairière Ousmane", 8, "2021-10-05"),
)
_WITHOUT_MANDATE = (4, 13)
_ROUNDS = ("2021-06-25", "2022-06-23")
# What organisations say of their counterparts, by rank: one letter a level.
_FORMS = {
    "f": CounterpartForm.FORMAL,
    "i": CounterpartForm.INFORMAL,
    "r": CounterpartForm.NETWORK,
    "n": CounterpartForm.NONE,
}
_MET = {0: "ff", 1: "ff", 2: "ff", 3: "ii", 4: "i", 5: "r", 6: "n", 7: "i", 8: "ff", 9: "r", 10: "rn", 11: "i", 12: "n"}
_SAID_OF_ACTIONS = ("yyyp", "yyyn", "ypny", "pyyp", "nyyy", "pyyy", "nppn")
_EXISTING = ((0, 1), (0, 2), (1, 2), (0, 8), (2, 3), (2, 4), (3, 4), (7, 11), (8, 13), (0, 6), (8, 9), (4, 8))
_WISHED = ((4, 7), (5, 10), (3, 12), (5, 12), (6, 7), (10, 3), (11, 4), (13, 3), (9, 3), (10, 12))
_MADE = 6
# One question an axis, asked in the working groups, validated with the diagnosis; a fourth came later.
_QUESTIONS = (
    ("Comment préparer chaque passage d’un lieu à l’autre ?", "2021-06-10", "2021-06-25"),
    ("Comment accorder les temps de l’enfant, avec ses parents ?", "2021-06-04", "2021-06-25"),
    ("Comment ne laisser aucun jeune de 16 à 18 ans seul devant la suite ?", "2021-06-07", "2021-06-25"),
    ("Comment joindre les parents qui ne viennent nulle part ?", "2022-06-14", None),
)
# The question of each action, by rank.
_ASKED = (0, 0, 1, 1, 2, 2, 2, 1)


def fill(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    """Everything, in one transaction, into an empty cité éducative."""
    with gate(db):
        ids = [add_organisation(db, actor, name, kind) for name, kind, *_ in _ORGANISATIONS]
        for organisation_id, (_, kind, levels, offered, sought) in zip(ids, _ORGANISATIONS, strict=True):
            domains = DOMAINS.get(kind, "")
            sheet = Sheet(
                organisation_id, levels, territory=_TERRITORY, offered=offered, sought=sought, domains=domains
            )
            sheet_storage.save_sheet(db, actor, sheet)
        for rank, letters in _MET.items():
            met = [
                Counterpart(level, _FORMS[letter])
                for level, letter in zip(_ORGANISATIONS[rank][2], letters, strict=True)
            ]
            grid_storage.save_counterparts(db, actor, ids[rank], met)
        for place, (name, rank, given_on) in enumerate(_PEOPLE):
            family, given = name.rsplit(" ", 1)
            joined = date.fromisoformat(given_on)
            identity = Identity(family, given, email=f"personne{place + 1}@hautmarais.example")
            member_id = add_member(db, actor, identity, ids[rank], joined, homonym=True)
            if place % 3 != 2:
                sheet_storage.set_consent(db, actor, member_id, joined)
            if rank not in _WITHOUT_MANDATE:
                mandate = Mandate(member_id, "La direction", joined, version=0)
                grid_storage.save_mandate(db, actor, mandate)
        questions = _fill_questions(db, actor, today)
        _fill_actions(db, actor, ids, questions)
        _fill_meetings(db, actor, ids, today)
        _fill_links(db, actor, ids, questions)


def _fill_questions(db: EncryptedDatabase, actor: Actor, today: date) -> list[int]:
    days = [(words, date.fromisoformat(on), validated) for words, on, validated in _QUESTIONS]
    return [
        storage.add_question(
            db, actor, KeyQuestion(0, words, on, date.fromisoformat(validated) if validated else None), today
        )
        for words, on, validated in days
    ]


def _fill_actions(db: EncryptedDatabase, actor: Actor, ids: list[int], questions: list[int]) -> None:
    letters_of = (*_SAID_OF_ACTIONS, "")
    for line, letters, asked in zip(_ACTIONS, letters_of, _ASKED, strict=True):
        title, state, lead, partners, audience, bands, days, fundings = line
        starts, ends = (date.fromisoformat(day) if day else None for day in days)
        action = JointAction(
            0,
            title,
            state,
            ids[lead],
            audience=audience,
            territory=_TERRITORY,
            question_id=questions[asked],
            starts_on=starts,
            ends_on=ends,
            partner_ids=tuple(ids[rank] for rank in partners),
            bands=bands,
        )
        added = action_storage.add_action(db, actor, action)
        grid_storage.save_criteria(db, actor, added, judged(letters))
        for funder, asked, granted, spent in fundings:
            action_storage.add_funding(db, actor, Funding(0, added, funder, asked, granted, spent))


def _fill_meetings(db: EncryptedDatabase, actor: Actor, ids: list[int], today: date) -> None:
    for kind, day, present, parents, young, agenda, decisions in _MEETINGS:
        held_on = date.fromisoformat(day)
        added = meeting_storage.add_meeting(db, actor, Meeting(0, kind, held_on, "Hôtel de ville", agenda))
        presences = tuple((ids[rank], people) for rank, people in present.items())
        record = Meeting(
            added, kind, held_on, decisions=decisions, parents=parents, young_people=young, presences=presences
        )
        meeting_storage.record_meeting(db, actor, record, today)


def _fill_links(db: EncryptedDatabase, actor: Actor, ids: list[int], questions: list[int]) -> None:
    everybody = Speaker(True, None)
    first, second = (date.fromisoformat(day) for day in _ROUNDS)

    def declare(pair: tuple[int, int], kind: LinkKind, day: date, both: bool) -> int:
        ends = (pair, pair[::-1])[: 2 if both else 1]
        for declarer, partner in ends:
            new = NewLink(ids[declarer], ids[partner], kind, questions[sum(pair) % 3])
            link_id = storage.declare_link(db, actor, everybody, new, day)
        return link_id

    storage.add_round(db, actor, first, first)
    for rank, pair in enumerate(_EXISTING):
        declare(pair, LinkKind.EXISTING, first, rank % 3 != 2)
    wished = [declare(pair, LinkKind.TO_CREATE, first, rank % 2 == 0) for rank, pair in enumerate(_WISHED)]
    for rank, link_id in enumerate(wished[:_MADE]):
        storage.make_link(db, actor, everybody, link_id, date(2021, 9 + rank % 4, 15), "")
    storage.add_round(db, actor, second, second, carry=True)
