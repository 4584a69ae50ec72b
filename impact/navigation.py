"""The menus and the to-do list, filled by each package's wiring: the layout never names a page to its right."""

from collections.abc import Callable, Collection, Sequence
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


@dataclass(frozen=True)
class Notice:
    """What another feature says on top of a child's page; `endpoint` is empty when there is nothing to open."""

    title: str
    detail: str
    action_label: str = ""
    endpoint: str = ""
    values: dict[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class FileLink:
    """A page of another feature about one child's file, offered in the margin of the child's page."""

    label: str
    endpoint: str
    action: str


TodoSource = Callable[[EncryptedDatabase, Actor, date], Sequence[Todo]]
# The file's database, who reads, the child, the situation, and the classes of field that she reads in it.
NoticeSource = Callable[[EncryptedDatabase, Actor, int, int, Collection[str]], Sequence[Notice]]
Founding = Callable[[EncryptedDatabase, Actor, CommunityKind, date], None]


@dataclass
class Navigation:
    """What the packages have registered."""

    tabs: list[Tab] = field(default_factory=list)
    todo_sources: list[TodoSource] = field(default_factory=list)
    new_community: list[Founding] = field(default_factory=list)
    object_labels: dict[str, str] = field(default_factory=dict)
    notice_sources: list[NoticeSource] = field(default_factory=list)
    file_links: list[FileLink] = field(default_factory=list)
    personal_pages: list[tuple[str, str]] = field(default_factory=list)

    def add_tab(self, tab: Tab) -> None:
        """Register a tab; tabs are shown by rising `order`."""
        self.tabs.append(tab)
        self.tabs.sort(key=lambda known: known.order)

    def add_todos(self, source: TodoSource) -> None:
        """Register a function that lists what one person has to do in one community."""
        self.todo_sources.append(source)

    def add_notices(self, source: NoticeSource) -> None:
        """Register a function that says what one person must know of a child's file before reading it."""
        self.notice_sources.append(source)

    def add_file_link(self, link: FileLink) -> None:
        """Register a page about one child's file; its address takes `situation_id`."""
        self.file_links.append(link)

    def add_personal_page(self, label: str, endpoint: str) -> None:
        """Register a page over all the communities of a person, outside any of them."""
        self.personal_pages.append((label, endpoint))

    def on_new_community(self, founding: Founding) -> None:
        """Register what a feature writes in the file of a new community: its reference lists, for instance."""
        self.new_community.append(founding)

    def name_objects(self, labels: dict[str, str]) -> None:
        """Register the French names of the kinds of object that a feature writes in the audit."""
        self.object_labels.update(labels)

    def notices(
        self, db: EncryptedDatabase, actor: Actor, child_id: int, situation_id: int, readable: Collection[str]
    ) -> list[Notice]:
        """Everything to know of one child's file, in the order of registration."""
        sources = self.notice_sources
        return [found for source in sources for found in source(db, actor, child_id, situation_id, readable)]

    def todos(self, db: EncryptedDatabase, actor: Actor, today: date) -> list[Todo]:
        """Everything to do, the most urgent first."""
        order = list(Urgency)
        found = [todo for source in self.todo_sources for todo in source(db, actor, today)]
        return sorted(found, key=lambda todo: order.index(todo.urgency))
