"""What a follow-up table says, row by row, and what is found in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, TypeVar

from impact.pathways.records import Note
from impact.pathways.vocabulary import Sex
from impact.sheets.vocabulary import REFUSING, Answer, Fault, ImportState, Likeness, Subject, Verdict
from impact.vocabulary import Term

Said = TypeVar("Said")
Written = TypeVar("Written", bound="Entry | NoteEntry")
Mandate = tuple[str, date | None]


@dataclass(frozen=True)
class FollowUp:
    """One situation as a table tells it, in the words of the lists; `referents` are (name, since), oldest first.

    The field names are the values of `Column`, the successive referents aside.
    """

    received_on: date
    family_name: str = ""
    given_name: str = ""
    number: str = ""
    sex: Sex = Sex.UNKNOWN
    birth_date: date | None = None
    postcode: str = ""
    school: str = ""
    uai: str = ""
    class_name: str = ""
    origin: str = ""
    motives: tuple[str, ...] = ()
    agreement: Answer = Answer.UNKNOWN
    meeting_on: date | None = None
    decision: Verdict | None = None
    referents: tuple[Mandate, ...] = ()
    started_on: date | None = None
    ended_on: date | None = None
    expected_on: date | None = None
    exit_reason: str = ""
    profile: str = ""
    priority_area: Answer = Answer.UNKNOWN
    hours: Decimal | None = None
    observations: str = ""

    def completed_by(self, other: "FollowUp") -> "FollowUp":
        """The same, its empty cells taken from another row of the same situation."""
        mine = {each.name: getattr(self, each.name) for each in fields(self)}
        empty = {name for name, value in mine.items() if value in EMPTY}
        return FollowUp(**{**mine, **{name: getattr(other, name) for name in empty}})


EMPTY: tuple[object, ...] = ("", None, (), Answer.UNKNOWN, Sex.UNKNOWN)


@dataclass(frozen=True)
class Remark:
    """What is said of one cell; `reason` is the sentence of the rule that refuses it, if one does."""

    line: int
    column: Term
    heading: str
    value: str
    fault: Fault
    reason: str = ""

    @property
    def refuses(self) -> bool:
        """Whether the row cannot come in."""
        return self.fault in REFUSING

    @property
    def said(self) -> str:
        """« Ligne 14, colonne « Date de sortie » : « 31/06/2026 » n’est pas une date »."""
        heading = " ".join(self.heading.split())
        told = f"Ligne {self.line}, colonne « {heading} » : {self.fault.label.format(self.value)}"
        return f"{told}. {self.reason}" if self.reason else told


@dataclass(frozen=True)
class CheckedRow(Generic[Said]):
    """A row of data with what was read in it; `said` is None when it is refused."""

    line: int
    said: Said | None
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What the person chose: which sheet, where the headings are, what columns and values mean.

    `columns` is by position; `meanings` gives, by column and folded value, the word of our lists (or the name of the
    referent); an absent value is as it is read, an empty meaning leaves the cell empty.
    """

    sheet: int
    heading_row: int
    stopped_on: date
    columns: Mapping[int, Term] = field(default_factory=dict)
    meanings: Mapping[Term, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Pair:
    """Two rows that resemble each other, or a row and a child already followed (`child_id`)."""

    lines: tuple[int, ...]
    names: tuple[str, ...]
    likeness: Likeness
    child_id: int | None = None

    @property
    def key(self) -> str:
        """What its choice is called in the form."""
        return "-".join(str(line) for line in self.lines) + (f"-c{self.child_id}" if self.child_id else "")


@dataclass(frozen=True)
class Known:
    """A child already followed, with its situations in the same terms."""

    child_id: int
    family_name: str
    given_name: str
    birth_date: date | None
    situations: tuple[tuple[int, FollowUp], ...] = ()


@dataclass(frozen=True)
class Entry:
    """A situation to write, of a child already followed or of the new child `group`."""

    lines: tuple[int, ...]
    follow_up: FollowUp
    group: int
    child_id: int | None = None


@dataclass(frozen=True)
class NoteEntry:
    """A note to write in the pathway of a situation."""

    line: int
    child_id: int
    situation_id: int
    note: Note
    group: int = 0


@dataclass(frozen=True)
class Present:
    """A row whose situation is already followed, or whose note is already there, with what differs: (heading, there, in the table)."""

    line: int
    situation_id: int
    differences: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Batch(Generic[Said, Written]):
    """Everything an import would do, before it does it."""

    rows: tuple[CheckedRow[Said], ...]
    ignored: int
    entries: tuple[Written, ...]
    present: tuple[Present, ...]
    pairs: tuple[Pair, ...] = ()

    @property
    def refused(self) -> list[CheckedRow[Said]]:
        """The rows that cannot come in."""
        return [row for row in self.rows if row.said is None]

    @property
    def warnings(self) -> list[Remark]:
        """What is doubtful in the rows that come in."""
        return [remark for row in self.rows if row.said for remark in row.remarks]

    @property
    def present_lines(self) -> str:
        """The lines that are already there: « 2 à 41, 50 »."""
        runs: list[list[int]] = []
        for line in (each.line for each in self.present):
            if runs and line == runs[-1][-1] + 1:
                runs[-1] = [runs[-1][0], line]
            else:
                runs.append([line])
        return ", ".join(" à ".join(map(str, run)) for run in runs)

    @property
    def children(self) -> int:
        """How many different children the situations or notes to write are about."""
        return len({(entry.child_id, entry.group if entry.child_id is None else 0) for entry in self.entries})


@dataclass(frozen=True)
class Import:
    """A spreadsheet received: its cells wait, encrypted, for a confirmation."""

    id: int
    name: str
    received_at: datetime
    state: ImportState
    sheets: list[tuple[str, list[list[str | int | float | bool | date | None]]]]
    plan: Plan | None
    choices: Mapping[str, str]
    counts: Mapping[str, int]
    version: int
    subject: Subject = Subject.SITUATIONS
