"""What is known of a child's follow-up, from the situation received to the exit."""

from dataclasses import dataclass
from datetime import date, datetime

from impact.accounts.access import FieldClass
from impact.identities import Identity
from impact.pathways.vocabulary import ContactKind, Means, ObjectiveResult, Outcome, Presence, Relation, Sex, State


@dataclass(frozen=True)
class Situation:
    """A child's situation addressed to the PRE; `version` covers the child's identity too."""

    child: Identity
    sex: Sex
    received_on: date
    origin: str
    motives: tuple[str, ...]
    context: str = ""
    received_by: int | None = None
    presented_on: date | None = None
    child_id: int = 0
    id: int = 0
    version: int = 0


@dataclass(frozen=True)
class Orientation:
    """What the sender of a situation says of it: who, what was tried, who told the parents, what the family wishes."""

    sender: Identity
    sender_role: str = ""
    institution: str = ""
    tried: str = ""
    informed_by: str = ""
    informed_on: date | None = None
    child_wish: str = ""
    parents_wish: str = ""
    version: int = 0


@dataclass(frozen=True)
class Consent:
    """The agreement of a legal representative, for some classes of information only."""

    given_by: Identity
    relation: Relation
    given_on: date
    means: Means
    scope: frozenset[FieldClass]
    text_version: str
    withdrawn_on: date | None = None
    id: int = 0


@dataclass(frozen=True)
class Decision:
    """What the support team decided on a day."""

    decided_on: date
    outcome: Outcome
    reason: str = ""
    id: int = 0


@dataclass(frozen=True)
class Objective:
    """What the pathway aims at, and where the child started from."""

    label: str
    starting_point: str
    result: ObjectiveResult | None = None
    id: int = 0


@dataclass(frozen=True)
class Assignment:
    """A referent of the pathway, since a day."""

    member_id: int
    name: str
    since: date
    until: date | None = None


@dataclass(frozen=True)
class Exit:
    """The end of a pathway; `reason` is a code of the reference list, `results` is by objective id."""

    ended_on: date
    reason: str
    relay: str
    results: dict[int, ObjectiveResult]
    child_opinion: str = ""
    parents_opinion: str = ""
    referent_opinion: str = ""


@dataclass(frozen=True)
class Note:
    """A follow-up note: what was seen or heard, apart from what its author thinks of it."""

    contact_on: date
    contact_kind: ContactKind
    minutes: int | None
    objective_id: int | None
    field_class: FieldClass
    observed: str
    appreciation: str = ""
    next_step: str = ""
    next_on: date | None = None
    next_done_on: date | None = None
    author: str = ""
    member_id: int = 0
    id: int = 0
    version: int = 1


@dataclass(frozen=True)
class Pathway:
    """The personal pathway of a child."""

    id: int
    started_on: date
    review_on: date | None
    version: int
    referents: tuple[Assignment, ...]
    objectives: tuple[Objective, ...]
    exit: Exit | None = None
    last_contact_on: date | None = None

    @property
    def referent(self) -> Assignment | None:
        """Who follows the child now."""
        return next((assignment for assignment in self.referents if assignment.until is None), None)


@dataclass(frozen=True)
class Safeguards:
    """What limits or opens a file: its archive, the members who opened it in an emergency, a court's restriction."""

    archived_on: date | None = None
    urgent: frozenset[int] = frozenset()
    restricted: bool = False


@dataclass(frozen=True)
class ChildFile:
    """One situation with all that followed, oldest first in each list; notes are read apart."""

    situation: Situation
    consents: tuple[Consent, ...]
    decisions: tuple[Decision, ...]
    pathway: Pathway | None
    orientation: Orientation | None = None
    safeguards: Safeguards = Safeguards()


@dataclass(frozen=True)
class Line:
    """One line of the list of children."""

    situation_id: int
    child_id: int
    identity_id: int
    name: str
    listed_name: str
    age: int | None
    received_on: date
    state: State
    covered: bool
    withdrawn: bool
    presented: bool
    received_by: int | None
    referent_id: int | None
    referent: str
    started_on: date | None
    last_contact_on: date | None
    review_on: date | None
    next_on: date | None = None

    @property
    def silent_since(self) -> date | None:
        """The last contact of an open pathway, or its first day."""
        return (self.last_contact_on or self.started_on) if self.state is State.FOLLOWED else None


@dataclass(frozen=True)
class Reading:
    """One line of « Qui lit ce dossier »: the same person doing the same thing within a minute is one line."""

    at: datetime
    name: str
    role: str
    deed: str
    times: int = 1


@dataclass(frozen=True)
class Attendance:
    """An institution invited to a meeting, and whether it came."""

    organisation_id: int
    name: str
    presence: Presence = Presence.INVITED


@dataclass(frozen=True)
class AgendaItem:
    """A situation on a meeting's agenda, and what was decided of it there."""

    situation_id: int
    decision: Decision | None = None
    review_on: date | None = None


@dataclass(frozen=True)
class Meeting:
    """A meeting of the support team; the agenda is in the order in which situations were received."""

    held_on: date
    place: str
    next_on: date | None = None
    attendance: tuple[Attendance, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    id: int = 0
    version: int = 0

    @property
    def undecided(self) -> int:
        """How many situations of the agenda wait for their decision."""
        return sum(item.decision is None for item in self.agenda)


@dataclass(frozen=True)
class DomainScore:
    """Where the child stands in one domain (a code of the reference list), from 1 to 5, and why."""

    domain: str
    score: int
    reason: str


@dataclass(frozen=True)
class DomainReview:
    """A review of the pathway, domain by domain."""

    reviewed_on: date
    scores: tuple[DomainScore, ...]
    author: str = ""
    id: int = 0

    def score_of(self, domain: str) -> DomainScore | None:
        """None when this review did not look at the domain."""
        return next((score for score in self.scores if score.domain == domain), None)
