"""What is known of a child's follow-up, from the situation received to the exit."""

from dataclasses import dataclass, field
from datetime import date, datetime

from impact.accounts.access import FieldClass
from impact.identities import Identity
from impact.pathways.vocabulary import (
    Answer,
    Authority,
    ContactKind,
    InQpv,
    Level,
    Means,
    ObjectiveResult,
    Outcome,
    PriorityNetwork,
    Relation,
    Sex,
    State,
    Tie,
)


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
    starting_level: int | None = None
    level: int | None = None


@dataclass(frozen=True)
class Assignment:
    """A referent of the pathway, since a day."""

    member_id: int
    name: str
    since: date
    until: date | None = None


@dataclass(frozen=True)
class Exit:
    """The end of a pathway; `reason` is a code of the reference list, `results` and `levels` are by objective id.

    An exit with a day of reopening is no longer in force: it stays in the story and in the figures of its day.
    """

    ended_on: date
    reason: str
    relay: str
    results: dict[int, ObjectiveResult]
    child_opinion: str = ""
    parents_opinion: str = ""
    referent_opinion: str = ""
    levels: dict[int, int] = field(default_factory=dict)
    reopened_on: date | None = None
    reopening_reason: str = ""


@dataclass(frozen=True)
class FollowUpSetting:
    """Delays that a PRE chooses: without contact, of a usual pathway, of reading by a former referent.

    `since` is None for those that the product came with.
    """

    silence_days: int
    usual_months: int
    reading_days: int
    version: int = 0
    since: date | None = None
    member_id: int | None = None


@dataclass(frozen=True)
class HandOver:
    """A member asked to follow the child from a day on."""

    member_id: int
    name: str
    proposed_on: date
    since: date
    answer: Answer = Answer.WAITING
    answered_on: date | None = None
    reason: str = ""
    proposed_by: str = ""
    id: int = 0


@dataclass(frozen=True)
class Schooling:
    """Where a child goes to school in the year that begins in September of `school_year`."""

    school_year: int
    school: str
    level: Level
    class_name: str = ""
    uai: str = ""
    qpv: InQpv = InQpv.UNKNOWN
    priority: PriorityNetwork = PriorityNetwork.UNKNOWN
    id: int = 0
    version: int = 0

    @property
    def year(self) -> str:
        """« 2026-2027 »."""
        return f"{self.school_year}-{self.school_year + 1}"


@dataclass(frozen=True)
class Adult:
    """An adult of the child's home; `tie` says who when the relation is another, `language` is what to speak."""

    identity: Identity
    relation: Tie
    tie: str = ""
    authority: Authority = Authority.UNKNOWN
    language: str = ""
    id: int = 0
    version: int = 0

    @property
    def said(self) -> str:
        """« Mère », « Grand-père »."""
        return self.tie if self.relation is Tie.OTHER and self.tie else self.relation.label


@dataclass(frozen=True)
class PathwayAction:
    """Something done for the child: `domain` is a code of the reference list, money is in cents of euro."""

    domain: str
    label: str
    started_on: date
    ended_on: date | None = None
    organisation_id: int | None = None
    operator: str = ""
    rhythm: str = ""
    hours: float | None = None
    cost_cents: int | None = None
    cofunded_cents: int | None = None
    cofunder: str = ""
    id: int = 0
    version: int = 0


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
    with_whom: str = ""
    shared_key: str = ""


@dataclass(frozen=True)
class Profile:
    """The profile of support from a day on: a code of the reference list, empty when it was taken back."""

    since: date
    code: str


@dataclass(frozen=True)
class Pathway:
    """The personal pathway of a child; its profiles come oldest first."""

    id: int
    started_on: date
    review_on: date | None
    version: int
    referents: tuple[Assignment, ...]
    objectives: tuple[Objective, ...]
    exit: Exit | None = None
    last_contact_on: date | None = None
    past_exits: tuple[Exit, ...] = ()
    expected_end_on: date | None = None
    hand_overs: tuple[HandOver, ...] = ()
    profiles: tuple[Profile, ...] = ()

    @property
    def profile(self) -> str:
        """The one in force, empty until it is chosen."""
        return self.profiles[-1].code if self.profiles else ""

    @property
    def referent(self) -> Assignment | None:
        """Who follows the child now."""
        return next((assignment for assignment in self.referents if assignment.until is None), None)

    @property
    def resumed_on(self) -> date:
        """The first day of the episode under way, or of the last one."""
        return max([self.started_on, *(each.reopened_on for each in self.past_exits if each.reopened_on)])

    @property
    def hand_over(self) -> HandOver | None:
        """The one that waits for its answer."""
        return next((each for each in self.hand_overs if each.answer is Answer.WAITING), None)


@dataclass(frozen=True)
class Safeguards:
    """What limits or opens a file: its archive, the members who opened it in an emergency, a court's restriction.

    `former` are the referents who handed the child over lately and still read.
    """

    archived_on: date | None = None
    urgent: frozenset[int] = frozenset()
    restricted: bool = False
    former: frozenset[int] = frozenset()


@dataclass(frozen=True)
class ChildFile:
    """One situation with all that followed, oldest first in each list; notes are read apart."""

    situation: Situation
    consents: tuple[Consent, ...]
    decisions: tuple[Decision, ...]
    pathway: Pathway | None
    orientation: Orientation | None = None
    safeguards: Safeguards = Safeguards()
    schooling: tuple[Schooling, ...] = ()


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
    former: frozenset[int] = frozenset()
    expected_end_on: date | None = None

    @property
    def silent_since(self) -> date | None:
        """The last contact of an open pathway, or its first day."""
        return (self.last_contact_on or self.started_on) if self.state is State.FOLLOWED else None


@dataclass(frozen=True)
class Pile:
    """Situations where one same thing waits; the lines are told when they are few.

    `part` of them are the actor's own (no contact), or not presented yet (no meeting).
    """

    count: int
    oldest: date
    part: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Load:
    """What one member follows now; `member_id` is None for the children whom nobody follows."""

    member_id: int | None
    name: str
    children: int
    silent: int
    late: int
    hours: float


@dataclass(frozen=True)
class LinePage:
    """One page of the list: its lines, how many answer, and the size of each ready view (and of « followed »)."""

    lines: tuple[Line, ...]
    found: int
    counts: dict[str, int]


@dataclass(frozen=True)
class Reading:
    """One line of « Qui lit ce dossier »: the same person doing the same thing within a minute is one line."""

    at: datetime
    name: str
    role: str
    deed: str
    times: int = 1


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
