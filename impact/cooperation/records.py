"""Key questions, links, actions, meetings and sheets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from impact.cooperation.vocabulary import (
    ActionState,
    AgeBand,
    CounterpartForm,
    CriterionAnswer,
    FundingCriterion,
    Level,
    LinkKind,
    MeetingKind,
    QuestionState,
)


@dataclass(frozen=True)
class KeyQuestion:
    """A question that several organisations ask together; once merged, it lives on in another."""

    id: int
    words: str
    proposed_on: date
    validated_on: date | None = None
    merged_into: int | None = None
    merged_on: date | None = None
    version: int = 1

    @property
    def state(self) -> QuestionState:
        """Merged, validated, or only proposed."""
        if self.merged_into is not None:
            return QuestionState.MERGED
        return QuestionState.VALIDATED if self.validated_on else QuestionState.PROPOSED


@dataclass(frozen=True)
class Round:
    """A day on which everybody's links are gathered: what is compared year after year."""

    id: int
    held_on: date
    version: int = 1


@dataclass(frozen=True)
class Declaration:
    """What one end of a link says; `made_on` is the day when a link to create began to exist."""

    declarer_id: int
    kind: LinkKind
    declared_on: date
    made_on: date | None = None

    @property
    def exists(self) -> bool:
        """Whether the declarer says that the link is there now."""
        return self.kind is LinkKind.EXISTING or self.made_on is not None


@dataclass(frozen=True)
class Link:
    """Two organisations, for one key question or for none; `id` is 0 when several links are drawn as one."""

    id: int
    round_id: int
    first_id: int
    second_id: int
    question_id: int | None
    declarations: tuple[Declaration, ...]

    @property
    def ends(self) -> frozenset[int]:
        """Both organisations."""
        return frozenset({self.first_id, self.second_id})

    @property
    def existing_by(self) -> frozenset[int]:
        """Who says that it exists."""
        return frozenset(known.declarer_id for known in self.declarations if known.exists)

    @property
    def declared_by(self) -> frozenset[int]:
        """Who says anything of it."""
        return frozenset(known.declarer_id for known in self.declarations)

    @property
    def exists(self) -> bool:
        """At least one end says so."""
        return bool(self.existing_by)

    @property
    def is_confirmed(self) -> bool:
        """Both ends say that it exists."""
        return self.existing_by == self.ends

    @property
    def made_on(self) -> date | None:
        """When a link to create began to exist."""
        return min((known.made_on for known in self.declarations if known.made_on), default=None)


@dataclass(frozen=True)
class NewLink:
    """What a form says of a link."""

    declarer_id: int
    partner_id: int
    kind: LinkKind
    question_id: int | None


@dataclass(frozen=True)
class JointAction:
    """Something that one organisation runs, alone or with others."""

    id: int
    title: str
    state: ActionState
    lead_id: int
    summary: str = ""
    audience: str = ""
    territory: str = ""
    question_id: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    partner_ids: tuple[int, ...] = ()
    bands: tuple[AgeBand, ...] = ()
    version: int = 1


@dataclass(frozen=True)
class Funding:
    """What one funder was asked, granted and saw spent, in whole euros; None when it is not known."""

    id: int
    action_id: int
    funder: str
    asked: int | None = None
    granted: int | None = None
    spent: int | None = None
    version: int = 1


@dataclass(frozen=True)
class Totals:
    """The sums of an action's fundings, its number of funders, and the share that does not come from the first one."""

    asked: int
    granted: int
    spent: int
    funders: int
    cofinancing: float | None


@dataclass(frozen=True)
class Meeting:
    """A committee; `presences` says how many people came for each organisation."""

    id: int
    kind: MeetingKind
    held_on: date
    place: str = ""
    agenda: str = ""
    minutes: str = ""
    decisions: str = ""
    parents: int | None = None
    young_people: int | None = None
    presences: tuple[tuple[int, int], ...] = ()
    version: int = 1

    @property
    def people(self) -> int:
        """Everybody who was counted."""
        return sum(people for _, people in self.presences) + (self.parents or 0) + (self.young_people or 0)

    @property
    def decision_list(self) -> list[str]:
        """One decision a line."""
        return [line.strip() for line in self.decisions.splitlines() if line.strip()]


@dataclass(frozen=True)
class Sheet:
    """What an organisation says of itself."""

    organisation_id: int
    levels: tuple[Level, ...] = ()
    missions: str = ""
    publics: str = ""
    territory: str = ""
    strengths: str = ""
    obstacles: str = ""
    offered: str = ""
    sought: str = ""
    version: int = 0
    domains: str = ""

    @property
    def is_filled(self) -> bool:
        """Whether anything is said."""
        return bool(self.levels) or any(
            (
                self.missions,
                self.domains,
                self.publics,
                self.territory,
                self.strengths,
                self.obstacles,
                self.offered,
                self.sought,
            )
        )


@dataclass(frozen=True)
class Contact:
    """How to reach a person who agreed to it; without her agreement only her name is known here."""

    member_id: int
    name: str
    agreed_on: date | None
    email: str = ""
    phone: str = ""
    mandate: "Mandate | None" = None


@dataclass(frozen=True)
class Mandate:
    """What an organisation gave somebody to say in its name, from a day on; `until_on` is the last day, when there is one."""

    member_id: int
    given_by: str
    given_on: date
    until_on: date | None = None
    version: int = 1

    def holds(self, day: date) -> bool:
        """Whether it is in course on that day."""
        return self.given_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True)
class Counterpart:
    """How an organisation meets its counterpart at one level, and whom."""

    level: Level
    form: CounterpartForm
    whom: str = ""


@dataclass(frozen=True)
class FilledGrid:
    """An action seen by a funder: an answer per criterion (None when nobody said), points and most points known."""

    answers: Mapping[FundingCriterion, CriterionAnswer | None]
    points: float
    most: int
