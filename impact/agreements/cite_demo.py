"""The texts of the cité éducative: a charter adopted by its structures, a framework agreement and its yearly rider."""

from datetime import date, timedelta

from impact.agreements import demo, storage, vote_storage
from impact.agreements.decision_storage import add_decision
from impact.agreements.records import Agreement, Decision, Terms
from impact.agreements.vocabulary import Abstention, Choice, Electorate, TextKind, VotingRule
from impact.audit import Actor
from impact.communities.storage import list_members, list_organisations
from impact.db import EncryptedDatabase, gate

_STARTED, _AMENDED = date(2021, 7, 1), date(2021, 9, 16)
_TERMS = (VotingRule.TWO_THIRDS, Electorate.ORGANISATIONS, date(2021, 9, 20), date(2021, 10, 8), date(2021, 10, 14))
_FIRST = (
    ("Pour qui nous agissons", "Pour chaque enfant et chaque jeune des Trois-Moulins, de la naissance à 25 ans, et pour ses parents."),
    ("Ce que nous tenons ensemble", "Trois axes, six orientations, un calendrier. Chaque action dit quelle orientation elle sert."),
    ("La place des parents", "Des parents sont invités aux comités."),
    ("Ce que nous rendons", "Chaque financeur reçoit son compte rendu."),
)  # fmt: skip
# Rank of the article, what it became, why.
_CHANGES = (
    (2, "Deux parents au moins siègent à chaque comité, qui se réunit après 18 heures.", "Les parents invités travaillent à cette heure-là."),
    (3, "Une action rend un seul compte rendu, que tous ses financeurs lisent.", "Trois comptes rendus pour une action, c’est du temps pris aux familles."),
)  # fmt: skip
# Rank of the article, what was said of it since.
_SAID_SINCE = (
    (
        2,
        "Aux deux derniers comités, les parents sont venus ; l’un des deux ne parlait pas le français, sans interprète.",
    ),
    (3, "Deux financeurs lisent déjà le même compte rendu. Le troisième garde son tableau."),
    (1, "Le calendrier tient. Il manque les vacances."),
)
_AGAINST, _ABSTAINING, _SILENT = (6,), (2,), (9, 12)
_FRAME_DAYS = (date(2021, 5, 3), date(2021, 6, 28), date(2021, 7, 9), date(2021, 7, 12))
_FRAME = (
    ("Ce que les trois institutions tiennent ensemble", "La ville, la préfecture et l’académie conduisent la cité éducative à trois, à égalité."),
    ("Pour combien de temps", "Pour trois ans. Un avenant dit chaque année ce qui continue et ce qui change."),
    ("Ce que chacune apporte", "Un interlocuteur nommé, des crédits annoncés avant l’été, et les chiffres qu’elle est seule à avoir."),
)  # fmt: skip
_RIDER = (
    ("Ce que prolonge cet avenant", "Les trois axes et les six orientations validés le 25 juin 2021 sont reconduits pour un an."),
    ("Ce qu’il change", "Une part des crédits va chaque année aux 0 à 3 ans et aux 16 à 18 ans ; elle est montrée au comité de pilotage."),
    ("Qui le signe", "La ville, la préfecture et l’académie. Il prend effet quand les trois l’ont adopté."),
)  # fmt: skip
_SIGNATORIES = ("Académie des Marais", "Préfecture des Marais", "Ville de Hautmarais")
# Day, words, who decided, then what is disputed, by whom, what would settle it.
_DECISIONS = (
    ("2021-05-20", "Un groupe de travail par axe prépare le diagnostic.", "La troïka", "", "", ""),
    ("2021-06-25", "Le diagnostic des trois axes et les six orientations sont validés.", "Le comité de pilotage", "", "", ""),
    ("2021-10-14", "La charte est adoptée dans sa version 2.", "Vote des structures", "", "", ""),
    (
        "2022-06-23", "Deux actions de plus pour les 16 à 18 ans.", "Le comité de pilotage",
        "Confier le tutorat au lycée, ou à la mission locale.", "Le Lycée des Meules et Mission Girouette",
        "La part des jeunes encore accompagnés six mois après, comptée de la même façon par les deux.",
    ),
)  # fmt: skip


def fill(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    """The charter, the agreement, the rider and the register, in one transaction, into a cité éducative whose directory is filled."""
    with gate(db):
        charter = storage.add_agreement(
            db, actor, Agreement(0, TextKind.CHARTER, "Charte de la cité éducative", None, _STARTED)
        )
        articles = [storage.add_paragraph(db, actor, charter, *written) for written in _FIRST]
        storage.keep_edition(db, actor, charter, _AMENDED)
        edition = storage.latest_edition(db, charter)
        for rank, body, reason in _CHANGES:
            demo.propose_and_accept(db, actor, charter, articles[rank], body, reason, edition.id, _AMENDED)
        _adopt(db, actor, charter)
        _discuss(db, charter, articles, today)
        _open_rider(db, actor, _adopt_frame(db, actor), today)
        for day, wording, decided_by, disputed, by_whom, would_settle in _DECISIONS:
            known = Decision(0, date.fromisoformat(day), wording, decided_by, disputed, by_whom, would_settle)
            add_decision(db, actor, known)


def _adopt(db: EncryptedDatabase, actor: Actor, charter: int) -> None:
    rule, electorate, opened, closed, signed = _TERMS
    organisations, members = list_organisations(db), list_members(db)
    voices = [known.id for known in organisations]
    terms = Terms(rule, len(voices) // 2 + 1, electorate, Abstention.NEUTRAL, opened, closed, voices)
    ballot_id = vote_storage.declare_ballot(db, actor, charter, terms, opened)
    ballot = vote_storage.get_ballot(db, ballot_id)
    for rank, voter in enumerate(vote_storage.list_entitled(db, ballot, opened)):
        if rank not in _SILENT:
            choice = Choice.AGAINST if rank in _AGAINST else Choice.ABSTAIN if rank in _ABSTAINING else Choice.FOR
            who = demo.speaker(actor, members, voter.organisation_id)
            vote_storage.cast_vote(db, who, voter.id, choice, "", opened + timedelta(days=rank), runs=True)
    vote_storage.settle_ballot(db, actor, ballot_id, closed + timedelta(days=1))
    demo.sign_and_seal(db, actor, charter, organisations, members, signed)


def _discuss(db: EncryptedDatabase, charter: int, articles: list[int], today: date) -> None:
    """What is said of the adopted charter since: remarks to take up at its revision."""
    speakers = [Actor("system", "system", known.id) for known in list_members(db) if known.organisation_id]
    for rank, (article, said) in enumerate(_SAID_SINCE):
        day = today - timedelta(days=20 - 6 * rank)
        storage.add_comment(db, speakers[3 * rank], charter, articles[article], said, day)


def _adopt_frame(db: EncryptedDatabase, actor: Actor) -> int:
    """What the three institutions agreed for the whole of the labelling; gives the text's id."""
    started, opened, closed, signed = _FRAME_DAYS
    text = Agreement(0, TextKind.CONVENTION, "Convention-cadre de la cité éducative", None, started)
    frame = storage.add_agreement(db, actor, text)
    for heading, body in _FRAME:
        storage.add_paragraph(db, actor, frame, heading, body)
    ballot_id = _ask_institutions(db, actor, frame, opened, closed, len(_SIGNATORIES))
    vote_storage.settle_ballot(db, actor, ballot_id, closed + timedelta(days=1))
    edition = storage.latest_edition(db, frame)
    for voice in _institutions(db):
        vote_storage.sign(db, actor, edition.id, voice, None, signed)
    return frame


def _open_rider(db: EncryptedDatabase, actor: Actor, frame: int, today: date) -> None:
    """Two of the three have spoken, one is waited for."""
    opened = today - timedelta(days=9)
    text = Agreement(0, TextKind.RIDER, "Avenant annuel à la convention-cadre", frame, today - timedelta(days=45))
    rider = storage.add_agreement(db, actor, text)
    for heading, body in _RIDER:
        storage.add_paragraph(db, actor, rider, heading, body)
    _ask_institutions(db, actor, rider, opened, today + timedelta(days=12), 2)


def _institutions(db: EncryptedDatabase) -> list[int]:
    return [known.id for known in list_organisations(db) if known.name in _SIGNATORIES]


def _ask_institutions(
    db: EncryptedDatabase, actor: Actor, text_id: int, opened: date, closes: date, answering: int
) -> int:
    """Three institutions, one voice each, all needed; the first `answering` say yes, one a day."""
    voices, neutral = _institutions(db), Abstention.NEUTRAL
    terms = Terms(VotingRule.UNANIMITY, len(voices), Electorate.ORGANISATIONS, neutral, opened, closes, voices)
    ballot_id = vote_storage.declare_ballot(db, actor, text_id, terms, opened)
    members, entitled = list_members(db), vote_storage.list_entitled(db, vote_storage.get_ballot(db, ballot_id), opened)
    for rank, voter in enumerate(entitled[:answering]):
        who = demo.speaker(actor, members, voter.organisation_id)
        vote_storage.cast_vote(db, who, voter.id, Choice.FOR, "", opened + timedelta(days=rank), runs=True)
    return ballot_id
