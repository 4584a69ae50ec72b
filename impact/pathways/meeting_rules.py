"""Decisions about the meetings of the support team: what comes on the agenda, when a decision is taken."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from impact.exceptions import Refused
from impact.pathways.meeting_records import AgendaItem, Meeting
from impact.pathways.reception_rules import FIRST_DAY
from impact.pathways.records import Decision, Line
from impact.pathways.vocabulary import Outcome, State
from impact.wording import join_words, long_date, short_date

# A family hears of its situation again within this delay, unless the meeting says otherwise.
USUAL_REVIEW = timedelta(weeks=12)


def waiting_lines(lines: Sequence[Line]) -> list[Line]:
    """What an agenda is made of: situations that await a decision, with consent and presented, oldest first."""
    waiting = [line for line in lines if line.state is State.DECISION and line.covered and line.presented]
    return sorted(waiting, key=lambda line: (line.received_on, line.situation_id))


def kept_back(lines: Sequence[Line]) -> list[Line]:
    """Those that await a decision with consent, but that nobody has presented yet."""
    return [line for line in lines if line.state is State.DECISION and line.covered and not line.presented]


def check_meeting(meeting: Meeting) -> None:
    """Refuses a meeting before the programmes existed, and a next one that does not come after."""
    if meeting.held_on < FIRST_DAY:
        raise Refused(f"Aucune réunion n’a eu lieu avant le {long_date(FIRST_DAY)} : corrigez.", "held_on")
    if meeting.next_on and meeting.next_on <= meeting.held_on:
        raise Refused(f"La réunion suivante vient après le {short_date(meeting.held_on)}.", "next_on")


def check_meeting_change(stored: Meeting, changed: Meeting) -> None:
    """Refuses to move a meeting whose decisions carry its date."""
    if changed.held_on != stored.held_on and stored.undecided < len(stored.agenda):
        message = f"Des décisions sont datées du {short_date(stored.held_on)} : la date ne change plus."
        raise Refused(message, "held_on")


def check_agenda(chosen: Collection[int], offered: Collection[int], meeting: Meeting) -> None:
    """Refuses a situation that cannot be on the agenda, and the removal of a decided one."""
    decided = {item.situation_id for item in meeting.agenda if item.decision}
    kept = {item.situation_id for item in meeting.agenda}
    if not set(chosen) <= set(offered) | kept:
        raise Refused("Choisissez des situations qui attendent une décision, avec accord et présentées.", "situations")
    if not decided <= set(chosen):
        raise Refused("Une décision a été prise pour cette situation : elle reste à l’ordre du jour.", "situations")


def check_item(meeting: Meeting, item: AgendaItem, decision: Decision, review_on: date | None, today: date) -> None:
    """Refuses a decision before the meeting, twice, or a wait without a day to come back to it."""
    if meeting.held_on > today:
        message = f"La réunion aura lieu le {long_date(meeting.held_on)} : la décision s’inscrit ce jour-là, ou après."
        raise Refused(message)
    if item.decision is not None:
        raise Refused("L’équipe a déjà décidé pour cette situation pendant cette réunion.")
    if decision.outcome is Outcome.WAITING and review_on is None:
        raise Refused("Écrivez quand l’équipe reverra cette situation.", "review_on")
    if review_on and review_on <= meeting.held_on:
        raise Refused(f"La date vient après la réunion du {short_date(meeting.held_on)}.", "review_on")


def next_look(outcome: Outcome, review_on: date | None) -> date | None:
    """The day when the team looks again, if it does: a situation that leaves it has none, whatever the form offered."""
    return review_on if outcome in (Outcome.PATHWAY, Outcome.WAITING) else None


def usual_review(meeting: Meeting) -> date:
    """When the team looks again: its next meeting when it is known, else twelve weeks later."""
    return meeting.next_on or meeting.held_on + USUAL_REVIEW


def told(meeting: Meeting) -> str:
    """What a list says of a meeting's decisions, in one line."""
    counts = dict.fromkeys(Outcome, 0)
    for item in meeting.agenda:
        if item.decision:
            counts[item.decision.outcome] += 1
    words = [f"{outcome.label.lower()} : {count}" for outcome, count in counts.items() if count]
    if meeting.undecided:
        words.append(f"sans décision : {meeting.undecided}")
    return join_words(words).capitalize()
