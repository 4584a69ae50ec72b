"""A text, its versions, what is said of them, a vote, a signature, a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from impact.agreements.vocabulary import (
    Abstention,
    AmendmentState,
    Choice,
    EditionState,
    Electorate,
    Outcome,
    Readiness,
    TextKind,
    VotingRule,
)


@dataclass(frozen=True)
class Agreement:
    """A text that binds; a yearly amendment names the text that it changes."""

    id: int
    kind: TextKind
    title: str
    amends_id: int | None
    started_on: date
    version: int = 1


@dataclass(frozen=True)
class Edition:
    """A numbered version of a text; `settled_on` is when it stopped being a draft or was voted."""

    id: int
    agreement_id: int
    number: int
    state: EditionState
    started_on: date
    settled_on: date | None

    @property
    def is_draft(self) -> bool:
        """Whether it may still be written in."""
        return self.state is EditionState.DRAFT

    @property
    def is_voting(self) -> bool:
        """Whether a vote is declared on it and not settled."""
        return self.state is EditionState.VOTING

    @property
    def is_adopted(self) -> bool:
        """Whether it binds."""
        return self.state is EditionState.ADOPTED


@dataclass(frozen=True)
class Paragraph:
    """The words of an article in one version."""

    article_id: int
    position: int
    heading: str
    body: str
    version: int = 1


@dataclass(frozen=True)
class Comment:
    """What somebody says about an article; `author` is empty when she is no longer known."""

    id: int
    article_id: int
    author: str
    said_on: date
    body: str


@dataclass(frozen=True)
class Amendment:
    """Other words for an article, or a new one when `article_id` is None; `answer` is the reason given."""

    id: int
    agreement_id: int
    article_id: int | None
    author: str
    proposed_on: date
    heading: str
    body: str
    reason: str
    state: AmendmentState = AmendmentState.OPEN
    answer: str = ""
    answered_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state is AmendmentState.OPEN


@dataclass(frozen=True)
class Piece:
    """A run of words of a comparison: `kind` is « same », « added » or « removed »."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One article in two versions; a side is None when the article is not there."""

    article_id: int
    old: Paragraph | None
    new: Paragraph | None
    heading: tuple[Piece, ...]
    body: tuple[Piece, ...]
    added: int
    removed: int

    @property
    def is_change(self) -> bool:
        """Whether a word differs."""
        return self.added > 0 or self.removed > 0


@dataclass(frozen=True)
class Meter:
    """How much a text was rewritten; `last_change` is the share of its words changed by the latest version."""

    versions: int
    words: int
    days: int
    last_change: float | None
    readiness: Readiness
    restless: tuple[int, ...] = ()


@dataclass(frozen=True)
class Terms:
    """What is declared before a vote opens, list included: ids of organisations or of members."""

    rule: VotingRule
    quorum: int
    electorate: Electorate
    abstention: Abstention
    opens_on: date
    closes_on: date
    entitled: Sequence[int] = ()


@dataclass(frozen=True)
class Ballot:
    """A vote on one version; both days of the window are included."""

    id: int
    edition_id: int
    terms: Terms
    outcome: Outcome | None = None

    @property
    def is_settled(self) -> bool:
        """Whether its result was recorded."""
        return self.outcome is not None


@dataclass(frozen=True)
class Entitled:
    """Who holds a vote; `choice` and `explanation` stay empty until the vote is closed."""

    id: int
    ballot_id: int
    organisation_id: int | None
    member_id: int | None
    name: str
    reminded_on: date | None
    cast_on: date | None
    reachable: bool
    choice: Choice | None = None
    explanation: str = ""

    @property
    def has_voted(self) -> bool:
        """Whether a vote was received, whatever its direction."""
        return self.cast_on is not None


@dataclass(frozen=True)
class Tally:
    """The votes received, and how many could have come."""

    favourable: int
    against: int
    abstentions: int
    entitled: int

    @property
    def received(self) -> int:
        """Votes received."""
        return self.favourable + self.against + self.abstentions

    @property
    def silent(self) -> int:
        """Entitled who did not vote."""
        return self.entitled - self.received


@dataclass(frozen=True)
class Result:
    """What a vote decides: `counted` goes to the quorum, `opposed` and `expressed` to the rule."""

    tally: Tally
    quorum: int
    counted: int
    opposed: int
    expressed: int
    outcome: Outcome

    @property
    def has_quorum(self) -> bool:
        """Whether enough of the entitled voted."""
        return self.counted >= self.quorum


@dataclass(frozen=True)
class Signature:
    """An organisation's signature on an adopted version; `signatory` is the person who signed for it."""

    organisation_id: int
    organisation: str
    signatory: str
    signed_on: date


@dataclass(frozen=True)
class Seal:
    """The frozen PDF of an adopted version; `pdf_sha256` is empty until it is printed."""

    edition_id: int
    text_sha256: str
    pdf_sha256: str
    sealed_at: datetime | None
    failure: str

    @property
    def is_done(self) -> bool:
        """Whether the PDF is stored."""
        return bool(self.pdf_sha256)


@dataclass(frozen=True)
class Decision:
    """A decision of the community, with the disagreement that remains and what would settle it."""

    id: int
    decided_on: date
    wording: str
    decided_by: str
    disagreement: str = ""
    disagreeing: str = ""
    would_settle: str = ""
    settled_on: date | None = None
    version: int = 1

    @property
    def is_disputed(self) -> bool:
        """Whether a disagreement remains."""
        return bool(self.disagreement) and self.settled_on is None
