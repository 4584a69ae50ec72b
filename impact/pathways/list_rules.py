"""The list of children: ready views, filters, order, pages, and the events of one child's page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from impact.exceptions import NotFound
from impact.pathways.records import ChildFile, Note, Reading
from impact.pathways.vocabulary import ReadyView, State

PAGE = 50
ORDERS = ("nom", "age", "etat", "referent", "note", "bilan", "reception", "debut")


@dataclass(frozen=True)
class Asked:
    """What the address of the list asks for; `order` falls when it begins with a minus."""

    view: ReadyView = ReadyView.ALL
    state: State | None = None
    referent_id: int | None = None
    text: str = ""
    order: str = "nom"
    page: int = 1


@dataclass(frozen=True)
class Event:
    """One entry of a child's timeline; `what` is the record that `kind` names."""

    day: date
    kind: str
    what: Any


def check_page(number: int, found: int) -> None:
    """Raises NotFound for a page that does not exist."""
    if not 1 <= number <= max(1, -(-found // PAGE)):
        raise NotFound


def timeline(file: ChildFile, notes: Sequence[Note]) -> list[Event]:
    """Everything that happened, latest first."""
    events = [Event(file.situation.received_on, "reception", file.situation)]
    events += [Event(consent.given_on, "consent", consent) for consent in file.consents]
    withdrawn = {consent.withdrawn_on: consent for consent in file.consents if consent.withdrawn_on}
    events += [Event(day, "withdrawal", consent) for day, consent in withdrawn.items()]
    events += [Event(decision.decided_on, "decision", decision) for decision in file.decisions]
    if file.pathway:
        events.append(Event(file.pathway.started_on, "start", file.pathway))
        events += [Event(known.since, "referent", known) for known in file.pathway.referents[1:]]
        events += [Event(note.contact_on, "note", note) for note in reversed(notes)]
        for past in file.pathway.past_exits:
            events.append(Event(past.ended_on, "exit", past))
            if past.reopened_on:
                events.append(Event(past.reopened_on, "reopening", past))
        if file.pathway.exit:
            events.append(Event(file.pathway.exit.ended_on, "exit", file.pathway.exit))
    # Python's sort is stable: on one day, what is listed later here happened later.
    return sorted(events, key=lambda event: event.day)[::-1]


def gather_readings(readings: Sequence[Reading]) -> list[Reading]:
    """Entries that follow each other, of one person, one deed and one minute, as one line with their number."""
    groups = groupby(readings, key=lambda one: (one.name, one.deed, one.at.replace(second=0, microsecond=0)))
    return [
        replace(first, times=1 + sum(1 for _ in rest)) for first, rest in ((next(some), some) for _, some in groups)
    ]
