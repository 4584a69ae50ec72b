"""What « À faire » says about texts and votes."""

from datetime import date

from impact.accounts.access import Action, may
from impact.agreements import storage, vote_storage
from impact.agreements.records import Ballot, Entitled
from impact.agreements.vote_rules import holds, is_closing, is_open, is_over, participation
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.navigation import Todo, Urgency
from impact.wording import french, long_date, of_name, plural


def agreement_todos(db: EncryptedDatabase, actor: Actor, today: date) -> list[Todo]:
    """Votes to give; for those who run the texts: missing quorum, result to record, amendments to answer."""
    found: list[Todo] = []
    if not may(actor, Action.DISCUSS_AGREEMENTS):
        return found
    runs, own = may(actor, Action.RUN_AGREEMENTS), vote_storage.organisation_of(db, actor.member_id)
    for ballot in vote_storage.list_ballots(db):
        if ballot.is_settled:
            continue
        voters = vote_storage.list_entitled(db, ballot, today)
        voices = [voter for voter in voters if holds(voter, actor.member_id, own) and not voter.has_voted]
        if is_open(ballot, today):
            found += [_to_vote(db, ballot, voter) for voter in voices]
        if runs:
            found += _to_run(db, ballot, voters, today)
    return found + (_amendments(db) if runs else [])


def _to_vote(db: EncryptedDatabase, ballot: Ballot, voter: Entitled) -> Todo:
    title, values = _place(db, ballot)
    detail = f"Vote ouvert jusqu’au {long_date(ballot.terms.closes_on)} au soir, au nom {of_name(voter.name)}."
    return Todo(Urgency.WAITING, title, detail, "Voter", "agreements.vote", {**values, "entitled_id": voter.id})


def _to_run(db: EncryptedDatabase, ballot: Ballot, voters: list[Entitled], today: date) -> list[Todo]:
    title, values = _place(db, ballot)
    if is_over(ballot, today):
        detail = f"Vote terminé le {long_date(ballot.terms.closes_on)}, résultat à constater."
        return [Todo(Urgency.LATE, title, detail, "Constater le résultat", "agreements.ballot", values)]
    _, missing = participation(ballot, voters)
    if is_closing(ballot, today) and missing:
        lacking = plural(missing, "vote manque", "votes manquent")
        detail = f"{lacking} pour le quorum, clôture le {long_date(ballot.terms.closes_on)} au soir."
        return [Todo(Urgency.WAITING, title, detail, "Relancer", "agreements.ballot", values)]
    return []


def _amendments(db: EncryptedDatabase) -> list[Todo]:
    waiting = [amendment for amendment in storage.list_amendments(db) if amendment.is_open]
    return [
        Todo(
            Urgency.WAITING,
            french(f"Amendement à « {amendment.heading} »"),
            f"Proposé le {long_date(amendment.proposed_on)}, en attente d’une réponse.",
            "Répondre",
            "agreements.answer",
            {"agreement_id": amendment.agreement_id, "amendment_id": amendment.id},
        )
        for amendment in waiting
    ]


def _place(db: EncryptedDatabase, ballot: Ballot) -> tuple[str, dict[str, int | str]]:
    edition = storage.edition_by_id(db, ballot.edition_id)
    text = storage.get_agreement(db, edition.agreement_id)
    return french(f"{text.title}, version {edition.number}"), {"agreement_id": text.id, "ballot_id": ballot.id}
