"""The words of one kind of table: its columns, how people call them, what their values may mean."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from impact.vocabulary import Term


@dataclass(frozen=True)
class Lexicon:
    """What the pages need to know of a subject; several ways to say a thing are folded and cut by « | ».

    One column of each group of `needed` must be there. `fields` names the field of the register that a column fills,
    where the coordination may switch it off. Values of the columns `matched` are matched one by one: with the words of
    a closed list (`closed`, said as in `ways`), or with those of an open one (said as in `usage`). The column `people`
    names members, who are added when unknown if `adds_people`. Headings are remembered under `memory`.
    """

    columns: type[Term]
    needed: tuple[tuple[Term, ...], ...]
    fields: Mapping[Term, str]
    headings: Mapping[Term, str]
    matched: tuple[Term, ...]
    closed: Mapping[Term, type[Term]]
    ways: Mapping[Term, Mapping[Term, str]]
    usage: Mapping[Term, Mapping[str, str]]
    people: Term
    adds_people: bool
    memory: str = ""

    @cached_property
    def by_heading(self) -> dict[str, Term]:
        """Column by folded heading."""
        return {said: column for column, ways in self.headings.items() for said in ways.split("|")}

    @cached_property
    def by_way(self) -> dict[Term, dict[str, str]]:
        """Value by folded word, for each closed column: its label, its code and the ways of the usage."""
        return {
            column: {way: term.value for term, ways in self.ways.get(column, {}).items() for way in ways.split("|")}
            for column in self.closed
        }

    def missing(self, columns: Collection[Term]) -> list[str]:
        """The needed columns that are not there, as they are asked for."""
        return [" ou ".join(c.label for c in group) for group in self.needed if not {*group} & {*columns}]
