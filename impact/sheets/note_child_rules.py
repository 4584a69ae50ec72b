"""Which child, and which of its pathways, a row of a table of notes is about."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from impact.identities import Identity
from impact.pathways.rules import likeness
from impact.sheets.records import Known
from impact.sheets.vocabulary import Fault


class Children:
    """The children of the community by number and by name, accents and order of the words aside."""

    def __init__(self, children: Sequence[Known]) -> None:
        self.by_number: dict[str, dict[int, Known]] = defaultdict(dict)
        self.by_name: dict[str, dict[int, Known]] = defaultdict(dict)
        for child in children:
            # By the family name alone too: it is enough when one child bears it.
            for given in {child.given_name, ""}:
                self.by_name[likeness(Identity(child.family_name, given))][child.child_id] = child
            for _, row in child.situations:
                for number in {row.number, _short(row.number)} - {""}:
                    self.by_number[number][child.child_id] = child

    def find(self, who: Identity, number: str) -> Known | Fault:
        """The one child that the number and the name agree on, else why there is none."""
        numbered = self.by_number.get(number) or self.by_number.get(_short(number)) or {}
        found = numbered
        if who.family_name or who.given_name:
            named = self._named(who)
            found = {key: child for key, child in named.items() if key in numbered} if numbered else named
            if numbered and not found:
                return Fault.OTHER_CHILD
        if len(found) == 1:
            return next(iter(found.values()))
        return Fault.SEVERAL_CHILDREN if found else Fault.UNKNOWN_CHILD

    def _named(self, who: Identity) -> dict[int, Known]:
        found = self.by_name.get(likeness(who), {})
        if who.birth_date is None:
            return found
        born = {key: child for key, child in found.items() if child.birth_date == who.birth_date}
        return born or {key: child for key, child in found.items() if child.birth_date is None}


def situation_on(child: Known, number: str, day: date) -> int:
    """The situation whose pathway was open on a day, else the last pathway, else the last situation."""
    told = [each for each in child.situations if number and _short(each[1].number) == _short(number)]
    situations = told or child.situations
    started = [(key, row) for key, row in situations if row.started_on]
    under_way = [
        (key, row) for key, row in started if row.started_on and row.started_on <= day <= (row.ended_on or date.max)
    ]
    return (under_way or started or list(situations))[-1][0]


def _short(number: str) -> str:
    # A spreadsheet takes the zeros on the left away.
    return number.lstrip("0") if number.isdigit() else number
