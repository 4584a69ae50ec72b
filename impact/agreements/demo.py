"""The demonstration's texts: a charter written three times then adopted, a protocol being voted, decisions."""

from datetime import date, timedelta
from itertools import cycle as endlessly

from impact.agreements import storage, vote_storage
from impact.agreements.decision_storage import add_decision
from impact.agreements.records import Agreement, Amendment, Decision, Terms
from impact.agreements.vocabulary import Abstention, Choice, Electorate, TextKind, VotingRule
from impact.audit import Actor
from impact.communities.records import Member, Organisation
from impact.communities.storage import get_community, list_members, list_organisations
from impact.db import EncryptedDatabase, gate
from impact.vocabulary import CommunityKind

_STARTED, _SECOND, _THIRD = date(2021, 1, 21), date(2021, 5, 20), date(2021, 9, 2)
_OPENED, _CLOSED, _SIGNED = date(2021, 9, 16), date(2021, 10, 14), date(2021, 10, 21)
_FIRST_WORDS = (
    (
        "Ce qui nous réunit",
        "Nous voulons qu’un jeune qui s’éloigne de l’école trouve vite un adulte à qui parler, et que sa famille"
        " sache vers qui se tourner.",
    ),
    (
        "Ce que nous mettons en commun",
        "Chaque structure partage ses dates, ses lieux et ses outils. Elle transmet les informations utiles sur les"
        " familles.",
    ),
    ("Comment nous décidons", "Une décision demande l’avis de la moitié des structures. Le silence vaut accord."),
    ("Ce que nous regardons ensemble", "Une fois par an, nous lisons ensemble les mêmes résultats."),
)
_SECOND_WORDS = (
    (
        1,
        "Chaque structure partage ses dates, ses lieux et ses outils. Aucune information sur un jeune ne circule sans"
        " l’accord de ses parents.",
    ),
    (3, "Une fois par an, nous lisons ensemble les mêmes résultats, y compris ceux qui ne nous arrangent pas."),
)
_THIRD_WORDS = (
    (2, "Une décision demande l’avis de la moitié des structures. Le silence n’est pas compté comme un accord."),
)
_SPEAKING = ("Amina", "Chloé", "Élodie")
_AGAINST, _ABSTAINING, _SILENT = (4,), (9,), (6, 12, 15)
_PROTOCOL = (
    ("Qui appelle la famille", "Dès la troisième demi-journée d’absence, l’établissement appelle la famille."),
    ("Ce qui est noté", "La date de l’appel et la suite donnée sont notées. Le motif reste à l’établissement."),
    ("Combien de temps dure l’essai", "L’essai dure une période scolaire, puis nous en lisons les effets ensemble."),
)


def fill(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    """Add the texts and decisions of a community of action, in one transaction; nothing elsewhere."""
    with gate(db):
        if get_community(db).kind is CommunityKind.COLLECTIVE:
            charter = _charter(db, actor)
            _adopt(db, actor, charter)
            _discuss(db, charter, today)
            _protocol(db, actor, today)
            _decisions(db, actor, charter, today)


def _charter(db: EncryptedDatabase, actor: Actor) -> int:
    text = Agreement(0, TextKind.CHARTER, "Charte de la communauté", None, _STARTED)
    charter = storage.add_agreement(db, actor, text)
    articles = [storage.add_paragraph(db, actor, charter, heading, body) for heading, body in _FIRST_WORDS]
    for day, words in ((_SECOND, _SECOND_WORDS), (_THIRD, _THIRD_WORDS)):
        storage.keep_edition(db, actor, charter, day)
        edition = storage.latest_edition(db, charter)
        for rank, body in words:
            reason = "C’est ce que le dernier atelier a demandé."
            propose_and_accept(db, actor, charter, articles[rank], body, reason, edition.id, day)
    return charter


def propose_and_accept(
    db: EncryptedDatabase,
    actor: Actor,
    charter: int,
    article_id: int,
    body: str,
    reason: str,
    edition_id: int,
    day: date,
) -> None:
    """One amendment to an article of a draft, retained the same day."""
    now = storage.get_paragraph(db, edition_id, article_id)
    proposed = Amendment(0, charter, article_id, "", day, now.heading, body, reason)
    amendment_id = storage.add_amendment(db, actor, proposed)
    amendment = storage.get_amendment(db, charter, amendment_id)
    storage.accept_amendment(db, actor, amendment, "Retenu par les présents.", now.version, day)


def _adopt(db: EncryptedDatabase, actor: Actor, charter: int) -> None:
    organisations = list_organisations(db)
    voices = [known.id for known in organisations]
    if not voices:
        return
    quorum = len(voices) // 2 + 1
    terms = Terms(VotingRule.TWO_THIRDS, quorum, Electorate.ORGANISATIONS, Abstention.NEUTRAL, _OPENED, _CLOSED, voices)
    ballot_id = vote_storage.declare_ballot(db, actor, charter, terms, _OPENED)
    ballot = vote_storage.get_ballot(db, ballot_id)
    members = list_members(db)
    for rank, voter in enumerate(vote_storage.list_entitled(db, ballot, _OPENED)):
        if rank not in _SILENT:
            choice = Choice.AGAINST if rank in _AGAINST else Choice.ABSTAIN if rank in _ABSTAINING else Choice.FOR
            who = speaker(actor, members, voter.organisation_id)
            vote_storage.cast_vote(db, who, voter.id, choice, "", _OPENED + timedelta(days=rank), runs=True)
    vote_storage.settle_ballot(db, actor, ballot_id, _CLOSED + timedelta(days=1))
    sign_and_seal(db, actor, charter, organisations, members, _SIGNED)


def speaker(actor: Actor, members: list[Member], organisation_id: int | None) -> Actor:
    """Who speaks for a structure: the first of its people, nobody when it has none."""
    known = next((each.id for each in members if each.organisation_id == organisation_id), None)
    return Actor(actor.account_ref, actor.role, known)


def sign_and_seal(
    db: EncryptedDatabase,
    actor: Actor,
    charter: int,
    organisations: list[Organisation],
    members: list[Member],
    day: date,
) -> None:
    """Two structures out of three sign an adopted text, whose seal is ordered; nothing for a rejected one."""
    edition = storage.latest_edition(db, charter)
    if not edition.is_adopted:
        return
    for rank, known in enumerate(organisations):
        if rank % 3 != 2:
            vote_storage.sign(db, actor, edition.id, known.id, speaker(actor, members, known.id).member_id, day)
    vote_storage.order_seal(db, actor, edition.id, day)


def _discuss(db: EncryptedDatabase, charter: int, today: date) -> None:
    articles = storage.list_paragraphs(db, storage.latest_edition(db, charter).id)
    speakers = endlessly([Actor("system", "system", each.id) for each in _speakers(list_members(db))])
    decide = articles[2]
    said = "Le compte rendu arrive trop tard pour réagir : pourrait-on l’avoir dans la semaine ?"
    storage.add_comment(db, next(speakers), charter, decide.article_id, said, today - timedelta(days=12))
    proposed = Amendment(
        id=0,
        agreement_id=charter,
        article_id=decide.article_id,
        author="",
        proposed_on=today - timedelta(days=9),
        heading=decide.heading,
        body=f"{decide.body} Le désaccord est écrit dans le compte rendu.",
        reason="Un désaccord que personne n’écrit revient à chaque réunion.",
    )
    storage.add_amendment(db, next(speakers), proposed)


def _speakers(members: list[Member]) -> list[Member]:
    # A funder has an account too, and takes no part in the texts.
    return [each for each in members if each.account_ref and each.name.startswith(_SPEAKING)]


def _protocol(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    started, opened = today - timedelta(days=40), today - timedelta(days=12)
    text = Agreement(0, TextKind.PROTOCOL, "Protocole d’essai : prévenir dès la première absence", None, started)
    protocol = storage.add_agreement(db, actor, text)
    for heading, body in _PROTOCOL:
        storage.add_paragraph(db, actor, protocol, heading, body)
    members = list_members(db)
    with_account = [each.id for each in _speakers(members)]
    voices = (with_account + [each.id for each in members if not each.account_ref])[:12]
    terms = Terms(
        rule=VotingRule.SIMPLE,
        quorum=len(voices) // 2 + 1,
        electorate=Electorate.MEMBERS,
        abstention=Abstention.NEUTRAL,
        opens_on=opened,
        closes_on=today + timedelta(days=2),
        entitled=voices,
    )
    ballot_id = vote_storage.declare_ballot(db, actor, protocol, terms, opened)
    ballot = vote_storage.get_ballot(db, ballot_id)
    silent = [voter for voter in vote_storage.list_entitled(db, ballot, opened) if voter.member_id not in with_account]
    for rank, voter in enumerate(silent[:5]):
        who = Actor(actor.account_ref, actor.role, voter.member_id)
        choice = Choice.AGAINST if rank == 2 else Choice.FOR
        vote_storage.cast_vote(db, who, voter.id, choice, "", opened + timedelta(days=rank))


def _decisions(db: EncryptedDatabase, actor: Actor, charter: int, today: date) -> None:
    adopted = storage.latest_edition(db, charter).is_adopted
    found = [
        Decision(
            0,
            date(2021, 6, 24),
            "Chaque structure nomme une personne à appeler pour un jeune qui ne vient plus.",
            "Les présents du cinquième atelier",
        ),
        Decision(
            0,
            today - timedelta(days=30),
            "Essayer un même protocole d’appel dans deux établissements.",
            "Le comité de pilotage",
            "Prévenir la famille dès la première absence, ou à la troisième.",
            "Le Collège du Ruisseau et Parents du Ruisseau",
            "Le nombre de retours en classe dans la semaine, compté pendant une période dans les deux établissements.",
        ),
    ]
    if adopted:
        found.insert(1, Decision(0, _CLOSED, "La charte est adoptée dans sa version 3.", "Vote des structures"))
    for decision in found:
        add_decision(db, actor, decision)
