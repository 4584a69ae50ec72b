"""Who is who: rows of one child, rows of one situation, children already followed, twins that must stay two."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property

from impact.identities import Identity
from impact.pathways.rules import likeness
from impact.sheets.records import EMPTY, Batch, CheckedRow, Entry, FollowUp, Known, Pair, Present
from impact.sheets.vocabulary import Column, Likeness
from impact.sounds import near, sound_of
from impact.vocabulary import Term
from impact.wording import fold, number, short_date


def gather(
    checked: Sequence[CheckedRow[FollowUp]], ignored: int, known: Sequence[Known], choices: Mapping[str, str]
) -> Batch[FollowUp, Entry]:
    """What an import would write; `choices` answers, by pair, whether two rows are one child.

    Unasked, rows are one child when names read the same (accents, case, order, look-alike letters aside) and births
    are the same day; those that sound alike are asked about and stay two.
    """
    rows = [(row.line, row.said) for row in checked if row.said]
    people = _People(rows, known)
    pairs = people.pairs()
    for pair in pairs:
        if _chosen(pair, choices) in (Likeness.SAME, Likeness.SITUATION):
            people.join(pair)
    entries, present = people.situations()
    return Batch(tuple(checked), ignored, tuple(entries), tuple(present), tuple(pairs))


def _chosen(pair: Pair, choices: Mapping[str, str]) -> str:
    return choices.get(pair.key, pair.likeness.value)


class _People:
    """Rows and known children, joined into children."""

    def __init__(self, rows: Sequence[tuple[int, FollowUp]], known: Sequence[Known]) -> None:
        self.rows = dict(rows)
        self.known = {child.child_id: child for child in known}
        self.parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(self, node: tuple[str, int]) -> tuple[str, int]:
        while self.parent.get(node, node) != node:
            node = self.parent[node]
        return node

    def join(self, pair: Pair) -> None:
        nodes = [("row", line) for line in pair.lines] + ([("child", pair.child_id)] if pair.child_id else [])
        roots = sorted({self.root(node) for node in nodes})
        for root in roots[1:]:
            self.parent[root] = roots[0]

    def pairs(self) -> list[Pair]:
        """Every two that resemble each other, in the order of the table; a child already followed comes after."""
        nodes = [_Node(row, line, None) for line, row in self.rows.items()]
        nodes += [_Node(child, None, child.child_id) for child in self.known.values()]
        groups: dict[object, list[int]] = defaultdict(list)
        for at, node in enumerate(nodes):
            groups["born", node.who.birth_date].append(at)
            groups["reads", node.reads].append(at)
        couples = {
            (first, second)
            for key, members in groups.items()
            if key != ("born", None)
            for i, first in enumerate(members)
            if nodes[first].line is not None
            for second in members[i + 1 :]
        }
        found: list[Pair] = []
        for one, other in ((nodes[first], nodes[second]) for first, second in couples):
            kind = _resemblance(one, other)
            if kind:
                lines = tuple(node.line for node in (one, other) if node.line is not None)
                found.append(Pair(lines, (_name(one.who), _name(other.who)), kind, other.child_id))
        return sorted(found, key=lambda pair: (pair.lines, pair.child_id or 0))

    def situations(self) -> tuple[list[Entry], list[Present]]:
        """One entry per child and day of orientation: the first row wins, its empty cells filled by the next."""
        there: dict[tuple[str, int], int] = {}
        for known_id in self.known:
            there.setdefault(self.root(("child", known_id)), known_id)
        merged: dict[tuple[tuple[str, int], object], tuple[list[int], FollowUp]] = {}
        present: list[Present] = []
        for line, row in self.rows.items():
            root = self.root(("row", line))
            child_id = there.get(root)
            same = _situation_on(self.known[child_id], row) if child_id is not None else None
            if same:
                present.append(Present(line, same[0], tuple(differences(same[1], row))))
                continue
            lines, kept = merged.get((root, row.received_on), ([], row))
            merged[root, row.received_on] = ([*lines, line], kept.completed_by(row))
        groups: dict[tuple[str, int], int] = {}
        entries = [
            Entry(tuple(lines), row, groups.setdefault(root, len(groups) + 1), there.get(root))
            for (root, _), (lines, row) in merged.items()
        ]
        return entries, present


def _situation_on(child: Known, row: FollowUp) -> tuple[int, FollowUp] | None:
    return next((known for known in child.situations if known[1].received_on == row.received_on), None)


class _Node:
    """A row or a known child, with the keys of its name."""

    def __init__(self, who: FollowUp | Known, line: int | None, child_id: int | None) -> None:
        self.who, self.line, self.child_id = who, line, child_id
        self.reads = likeness(Identity(who.family_name, who.given_name))

    @cached_property
    def sound(self) -> str:
        return sound_of(_name(self.who))


def _resemblance(first: _Node, second: _Node) -> Likeness | None:
    """Same, twin (asked), other (asked), or nothing to ask."""
    one, other = first.who, second.who
    if first.reads == second.reads:
        same_day = bool(_days(one) & _days(other))
        if one.birth_date == other.birth_date and (one.birth_date is not None or same_day):
            both_rows = isinstance(one, FollowUp) and isinstance(other, FollowUp)
            return Likeness.SITUATION if same_day and both_rows else Likeness.SAME
        # Without a birth date nothing tells them apart; with two, they are namesakes.
        return Likeness.OTHER if one.birth_date is None or other.birth_date is None else None
    if one.birth_date is None or one.birth_date != other.birth_date or not near(first.sound, second.sound):
        return None
    return Likeness.OTHER if fold(one.given_name) == fold(other.given_name) else Likeness.TWIN


def _days(who: FollowUp | Known) -> set[date]:
    return {who.received_on} if isinstance(who, FollowUp) else {row.received_on for _, row in who.situations}


def _name(who: FollowUp | Known) -> str:
    return f"{who.family_name} {who.given_name}".strip()


def differences(there: FollowUp, row: FollowUp) -> list[tuple[str, str, str]]:
    """Heading, what is followed, what the table says: the filled cells of a row that do not say the same."""
    found = []
    for column in Column:
        name = "referents" if column is Column.REFERENT else column.value
        mine, told = getattr(there, name), getattr(row, name)
        if told not in EMPTY and _plain(told) != _plain(mine):
            found.append((column.label, _said(mine), _said(told)))
    return found


def _plain(value: object) -> object:
    return fold(value) if isinstance(value, str) and not isinstance(value, Term) else value


def _said(value: object) -> str:
    if value in EMPTY:
        return "–"
    if isinstance(value, Term):
        return value.label
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, Decimal):
        return number(value, 2)
    if isinstance(value, tuple):
        return ", ".join(each if isinstance(each, str) else each[0] for each in value)
    return str(value)
