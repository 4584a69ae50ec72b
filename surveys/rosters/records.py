"""People invited, their links and letters; cohorts."""

from dataclasses import dataclass, field
from datetime import date

from impact.protection.vocabulary import Requester
from surveys.records import NewWave, Wave
from surveys.rosters.vocabulary import Letter, Loss, MailProblem, Public, Recognition, SpottedAt, Step


@dataclass(frozen=True)
class Listed:
    """One line of a pasted list: a person and where to write to her."""

    given_name: str
    family_name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Family:
    """One line of a cohort's list: a child, and those who answer about her."""

    child: Listed
    others: tuple[tuple[Public, Listed], ...] = ()


@dataclass(frozen=True)
class Invitation:
    """A personal link: whose, and whether it served; `about` is the child it is about, when it is another person."""

    id: int
    wave_id: int
    public: Public
    identity_id: int
    person_id: int | None
    serial: int
    answered: bool
    revoked: bool
    invited_on: date | None
    reminded_on: date | None
    reminders: int
    name: str = ""
    given_name: str = ""
    email: str = ""
    phone: str = ""
    about: str = ""

    @property
    def waits(self) -> bool:
        """Whether an answer may still come through it."""
        return not self.answered and not self.revoked


@dataclass(frozen=True)
class Turnout:
    """How many of a public were asked, and answered."""

    public: Public
    invited: int
    answered: int


@dataclass(frozen=True)
class LetterText:
    """What is sent; `short` is the text of a message of 160 characters or so. Placeholders: see `rules.FIELDS`."""

    kind: Letter
    subject: str
    words: str
    short: str
    version: int = 0


@dataclass(frozen=True)
class Sending:
    """What became of the last sending of a letter by e-mail."""

    kind: Letter
    sent_on: date
    sent: int
    refused: int
    problem: MailProblem | None = None


@dataclass(frozen=True)
class Message:
    """A letter filled for one person."""

    invitation: Invitation
    link: str
    subject: str
    words: str
    short: str


@dataclass(frozen=True)
class Following:
    """Where a wave stands in its cohort; `resend` when an answer may be sent again until closing."""

    cohort_id: int
    title: str
    recognition: Recognition
    moment: int
    public: Public
    resend: bool


@dataclass(frozen=True)
class Door:
    """What a public address leads to: a wave, with the personal link that was used and the cohort, if any."""

    wave: Wave
    invitation: Invitation | None = None
    following: Following | None = None

    @property
    def asks_code(self) -> bool:
        """Whether the respondent makes the code that joins her answers."""
        return self.following is not None and self.following.recognition is Recognition.CODE


@dataclass(frozen=True)
class NewMoment:
    """A wave to open in a cohort."""

    moment: int
    public: Public
    resend: bool
    wave: NewWave


@dataclass(frozen=True)
class CohortWave:
    """One wave of a cohort, with who was asked and who answered."""

    moment: int
    public: Public
    resend: bool
    wave: Wave


@dataclass(frozen=True)
class Cohort:
    """People followed over several waves.

    `outcome` is the one measure announced beforehand, "public/measure" (see `rules.measures`), `smallest` the smallest
    change of it that matters, in points of the scale; both are locked by the first answer.
    """

    id: int
    title: str
    recognition: Recognition
    outcome: str
    smallest: float | None
    people: int
    version: int
    keep_months: int = 24
    waves: tuple[CohortWave, ...] = ()

    @property
    def is_locked(self) -> bool:
        """Whether somebody answered already."""
        return any(each.wave.responses for each in self.waves)

    @property
    def next_moment(self) -> int:
        """The number of the moment after the last one."""
        return max((each.moment for each in self.waves), default=0) + 1


@dataclass(frozen=True)
class Person:
    """Somebody followed in a cohort, with the other people who answer about her, by public."""

    id: int
    cohort_id: int
    identity_id: int
    name: str
    listed_name: str
    spotted_on: date
    spotted_at: SpottedAt
    started_on: date | None
    completed_on: date | None
    lost_on: date | None
    loss: Loss | None
    version: int
    respondents: dict[Public, str] = field(default_factory=dict)
    restricted_on: date | None = None
    erased_on: date | None = None

    @property
    def step(self) -> Step:
        """Where she stands today."""
        if self.lost_on:
            return Step.LOST
        return Step.COMPLETED if self.completed_on else Step.STARTED if self.started_on else Step.SPOTTED


@dataclass(frozen=True)
class Kept:
    """Somebody whose name is kept, and since when nothing more came from her."""

    person: Person
    silent_since: date


@dataclass(frozen=True)
class Milestones:
    """The days of a person's programme, and where it began."""

    spotted_on: date
    started_on: date | None = None
    completed_on: date | None = None
    lost_on: date | None = None
    loss: Loss | None = None
    spotted_at: SpottedAt = SpottedAt.UNKNOWN


@dataclass(frozen=True)
class PersonCopy:
    """The complete copy of what is kept about a person, asked by one member and released by another."""

    person_id: int
    requester: Requester
    identity_checked: str
    received_on: date
    asked_by: int
    asker: str = ""
    releaser: str = ""
    released_on: date | None = None
    id: int = 0
