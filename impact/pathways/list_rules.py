"""The list of children: ready views, filters, order, pages, and the events of one child's page."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from itertools import groupby
from typing import Any

from impact.pathways.records import ChildFile, Line, Note, Reading
from impact.pathways.rules import UNDECIDED, is_due, is_silent
from impact.pathways.vocabulary import ReadyView, State
from impact.wording import fold, sort_key

PAGE = 50
_ORDERS: dict[str, Callable[[Line], Any]] = {
    "nom": lambda line: sort_key(line.listed_name),
    "age": lambda line: line.age,
    "etat": lambda line: list(State).index(line.state),
    "referent": lambda line: sort_key(line.referent) if line.referent else None,
    "note": lambda line: line.last_contact_on,
    "bilan": lambda line: line.review_on,
    "reception": lambda line: line.received_on,
}


@dataclass(frozen=True)
class Event:
    """One entry of a child's timeline; `what` is the record that `kind` names."""

    day: date
    kind: str
    what: Any


def in_view(line: Line, view: ReadyView, member_id: int | None, today: date) -> bool:
    """Whether a ready view holds this line."""
    if view is ReadyView.MINE:
        return line.referent_id is not None and line.referent_id == member_id and line.state is State.FOLLOWED
    if view is ReadyView.UNDECIDED:
        return line.state in UNDECIDED
    if view is ReadyView.DUE:
        return is_due(line, today)
    return view is ReadyView.ALL or is_silent(line, today)


def filtered(
    lines: Sequence[Line], *, states: Collection[State], referent_id: int | None, identity_ids: Collection[int] | None
) -> list[Line]:
    """Lines of these states and this referent, whose child is among those found by name (None: no search)."""
    return [
        line
        for line in lines
        if (not states or line.state in states)
        and (referent_id is None or line.referent_id == referent_id)
        and (identity_ids is None or line.identity_id in identity_ids)
    ]


def ordered(lines: Sequence[Line], order: str) -> list[Line]:
    """By the column named, falling when it begins with a minus; what is unknown comes last."""
    key = _ORDERS.get(order.removeprefix("-"), _ORDERS["nom"])
    known = [line for line in lines if key(line) is not None]
    return sorted(known, key=key, reverse=order.startswith("-")) + [line for line in lines if key(line) is None]


def close_name(lines: Sequence[Line], text: str) -> Line | None:
    """The child whose name is nearest to what was searched in vain."""
    by_word = {word: line for line in lines for word in fold(line.listed_name).split()}
    for word in fold(text).split():
        for found in get_close_matches(word, by_word, n=1, cutoff=0.7):
            return by_word[found]
    return None


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
