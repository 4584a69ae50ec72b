"""The menus and the to-do list, filled by each package's wiring: the layout never names a page to its right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.vocabulary import CommunityKind, Term


class Urgency(Term):
    """The three groups of « À faire »."""

    LATE = "late", "En retard"
    WAITING = "waiting", "En attente de quelqu’un"
    MISSING = "missing", "Il manque une information"


@dataclass(frozen=True)
class Tab:
    """A community's tab: shown to those whose role allows `action`, in communities of these kinds."""

    key: str
    label: str
    endpoint: str
    action: str
    order: int
    kinds: tuple[CommunityKind, ...] = tuple(CommunityKind)


@dataclass(frozen=True)
class Todo:
    """One thing to do: what, a word of context, and the one action that does it."""

    urgency: Urgency
    title: str
    detail: str
    action_label: str
    endpoint: str
    values: dict[str, int | str] = field(default_factory=dict)


TodoSource = Callable[[EncryptedDatabase, Actor, date], Sequence[Todo]]
Founding = Callable[[EncryptedDatabase, Actor, CommunityKind, date], None]


@dataclass
class Navigation:
    """What the packages have registered."""

    tabs: list[Tab] = field(default_factory=list)
    todo_sources: list[TodoSource] = field(default_factory=list)
    new_community: list[Founding] = field(default_factory=list)
    object_labels: dict[str, str] = field(default_factory=dict)

    def add_tab(self, tab: Tab) -> None:
        """Register a tab; tabs are shown by rising `order`."""
        self.tabs.append(tab)
        self.tabs.sort(key=lambda known: known.order)

    def add_todos(self, source: TodoSource) -> None:
        """Register a function that lists what one person has to do in one community."""
        self.todo_sources.append(source)

    def on_new_community(self, founding: Founding) -> None:
        """Register what a feature writes in the file of a new community: its reference lists, for instance."""
        self.new_community.append(founding)

    def name_objects(self, labels: dict[str, str]) -> None:
        """Register the French names of the kinds of object that a feature writes in the audit."""
        self.object_labels.update(labels)

    def todos(self, db: EncryptedDatabase, actor: Actor, today: date) -> list[Todo]:
        """Everything to do, the most urgent first."""
        order = list(Urgency)
        found = [todo for source in self.todo_sources for todo in source(db, actor, today)]
        return sorted(found, key=lambda todo: order.index(todo.urgency))
