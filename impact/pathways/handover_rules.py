"""Handing a child over: proposed, then accepted or refused; the former referent keeps reading for a while."""

from datetime import date, timedelta

from impact.accounts.access import sees_whole_file
from impact.audit import Actor
from impact.exceptions import Refused
from impact.pathways.records import Assignment, ChildFile, HandOver
from impact.pathways.rules import open_pathway
from impact.wording import short_date

AHEAD = timedelta(days=60)


def former_readers(referents: tuple[Assignment, ...], day: date, reading_days: int) -> frozenset[int]:
    """Members who stopped following the child so few days ago that they still read her file."""
    return frozenset(
        known.member_id
        for known in referents
        if known.until is not None and known.until <= day <= known.until + timedelta(days=reading_days)
    )


def may_answer(actor: Actor, proposed: HandOver) -> bool:
    """The member who was asked, or the coordinator in her place."""
    return sees_whole_file(actor) or (actor.member_id is not None and actor.member_id == proposed.member_id)


def check_hand_over(file: ChildFile, member_id: int, since: date, today: date) -> None:
    """Refuses a second proposal, one to whom follows already, and a day before the present referent's."""
    pathway = open_pathway(file)
    if pathway.hand_over:
        message = f"Une transmission attend déjà la réponse de {pathway.hand_over.name} : retirez-la d’abord."
        raise Refused(message)
    if pathway.referent and pathway.referent.member_id == member_id:
        raise Refused("Cette personne suit déjà l’enfant : choisissez quelqu’un d’autre.", "referent_id")
    earliest = max([pathway.started_on, *(assignment.since for assignment in pathway.referents)])
    if since < earliest:
        raise Refused(f"Choisissez un jour à partir du {short_date(earliest)}.", "since")
    if since > today + AHEAD:
        raise Refused(f"Choisissez un jour jusqu’au {short_date(today + AHEAD)}.", "since")


def check_answer(actor: Actor, file: ChildFile, accepted: bool, reason: str) -> HandOver:
    """The proposal that waits; refused when there is none, to others, and a refusal without reason."""
    proposed = open_pathway(file).hand_over
    if proposed is None:
        raise Refused("Aucune transmission n’attend de réponse.")
    if not may_answer(actor, proposed):
        raise Refused(f"La réponse appartient à {proposed.name}, ou à la coordination.")
    if not accepted and not reason:
        raise Refused("Écrivez pourquoi : la coordination cherchera quelqu’un d’autre.", "reason")
    return proposed


def first_day(proposed: HandOver, today: date) -> date:
    """The day on which the new referent begins: the one proposed, or that of the answer when it is later."""
    return max(proposed.since, today)
