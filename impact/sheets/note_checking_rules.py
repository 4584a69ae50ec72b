"""Row by row, what a table of notes says, of which child, and what the rules of the follow-up refuse of it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from impact.accounts.access import FieldClass
from impact.exceptions import Refused
from impact.identities import Identity
from impact.pathways.records import ChildFile, Note
from impact.pathways.rules import check_not_after, check_note
from impact.pathways.vocabulary import MOST_MINUTES, NOTE_LENGTHS, ContactKind
from impact.sheets.cells import text_of
from impact.sheets.matching_rules import Rows
from impact.sheets.note_child_rules import Children, situation_on
from impact.sheets.note_words import NoteColumn
from impact.sheets.records import Batch, CheckedRow, Known, NoteEntry, Plan, Present, Remark
from impact.sheets.row_reading import Labels, Reader, Table
from impact.sheets.vocabulary import Fault

# Child, day, kind and text: a note that is already there.
NoteKey = tuple[int, str, str, str]
_DAYS = (NoteColumn.BIRTH_DATE, NoteColumn.CONTACT_ON, NoteColumn.NEXT_ON, NoteColumn.NEXT_DONE_ON)
_BLAMED = {column.value: column for column in NoteColumn}
_TOGETHER = {NoteColumn.NEXT_STEP: NoteColumn.NEXT_ON, NoteColumn.NEXT_ON: NoteColumn.NEXT_STEP}


@dataclass(frozen=True)
class Around:
    """What the community knows: its children, their files by situation, its people, the notes already there.

    `author_id` is the member who imports, None for a command; `readable` is what this person may write about.
    """

    children: Sequence[Known]
    file_of: Callable[[int], ChildFile]
    people: Mapping[str, int]
    present: Collection[NoteKey]
    author_id: int | None
    readable: Collection[FieldClass]
    today: date


def note_key(child_id: int, contact_on: date, kind: ContactKind, observed: str) -> NoteKey:
    """What makes two notes one: spaces and ends of line aside."""
    return child_id, contact_on.isoformat(), kind.value, " ".join(observed.split())


def key_of(child_id: int, note: Note) -> NoteKey:
    """The key of a note of this child."""
    return note_key(child_id, note.contact_on, note.contact_kind, note.observed)


def check_notes(rows: Rows, plan: Plan, labels: Labels, around: Around) -> Batch[NoteEntry, NoteEntry]:
    """What an import of notes would write; a note that is already there is passed over, one told twice comes in once."""
    checker = _Checker(around)
    checked, ignored = Table(rows, plan, labels, _DAYS).check(checker.check)
    told: list[CheckedRow[NoteEntry]] = []
    entries: list[NoteEntry] = []
    present: list[Present] = []
    seen: set[tuple[NoteKey, Note]] = set()
    for row in checked:
        entry = row.said
        if entry is not None:
            note = entry.note
            # In one table, two notes of the same facts are two as soon as anything else differs.
            rest = replace(note, observed="", member_id=0)
            key = key_of(entry.child_id, note)
            if key in around.present:
                present.append(Present(row.line, entry.situation_id, ()))
            elif (key, rest) in seen:
                row = replace(row, remarks=(*row.remarks, _repeated(rows, plan, entry)))
            else:
                entries.append(entry)
            seen.add((key, rest))
        told.append(row)
    return Batch(tuple(told), ignored, tuple(entries), tuple(present))


def _repeated(rows: Rows, plan: Plan, entry: NoteEntry) -> Remark:
    at = next(at for at, column in plan.columns.items() if column is NoteColumn.OBSERVED)
    heading = text_of(rows[plan.heading_row - 1][at])
    return Remark(entry.line, NoteColumn.OBSERVED, heading, entry.note.observed[:200], Fault.REPEATED_NOTE)


class _Checker:
    """Rows one by one, against what is known around them."""

    def __init__(self, around: Around) -> None:
        self.around, self.children = around, Children(around.children)

    def check(self, reader: Reader) -> NoteEntry | None:
        """The note that a row tells, in the pathway that it is about."""
        days = {column.value: reader.day(column) for column in _DAYS}
        note, author = _note(reader, days), self._author(reader)
        number = reader.code(NoteColumn.NUMBER, reader.table.number_width)
        child = self._child(reader, number, days["birth_date"])
        if note is None or child is None or reader.is_refused:
            return None
        situation_id = situation_on(child, number, note.contact_on)
        if key_of(child.child_id, note) in self.around.present:
            # Nothing is written of it: no rule is asked.
            return NoteEntry(reader.line, child.child_id, situation_id, note)
        try:
            file = _open_on(self.around.file_of(situation_id), note.contact_on)
            check_note(file, note, self.around.readable, self.around.today)
            if note.next_done_on:
                check_not_after(note.next_done_on, self.around.today, NoteColumn.NEXT_DONE_ON.value)
        except Refused as refusal:
            _blame(reader, child, refusal)
            return None
        author = author or _referent_on(reader, file, note.contact_on)
        return NoteEntry(reader.line, child.child_id, situation_id, replace(note, member_id=author)) if author else None

    def _author(self, reader: Reader) -> int:
        said = text_of(reader.cell(NoteColumn.AUTHOR))
        named = self.around.people.get(reader.word(NoteColumn.AUTHOR))
        if said and named is None and not reader.refused(NoteColumn.AUTHOR):
            reader.say(NoteColumn.AUTHOR, Fault.UNKNOWN_AUTHOR)
        return named or self.around.author_id or 0

    def _child(self, reader: Reader, number: str, birth: date | None) -> Known | None:
        who = Identity(reader.text(NoteColumn.FAMILY_NAME), reader.text(NoteColumn.GIVEN_NAME), birth)
        blamed = NoteColumn.FAMILY_NAME if who.listed_name or not number else NoteColumn.NUMBER
        if not (number or who.listed_name):
            reader.say(blamed, Fault.MISSING)
            return None
        found = self.children.find(who, number)
        if isinstance(found, Known):
            return found
        if found is Fault.OTHER_CHILD:
            reader.say(NoteColumn.NUMBER, found)
        else:
            reader.say(blamed, found, who.listed_name or number)
        return None


def _note(reader: Reader, days: Mapping[str, date | None]) -> Note | None:
    texts: dict[str, Any] = {
        name: reader.text(NoteColumn(name), longest, lines=True) for name, longest in NOTE_LENGTHS.items()
    }
    if not texts["observed"]:
        reader.say(NoteColumn.OBSERVED, Fault.MISSING)
    kind = reader.closed(NoteColumn.CONTACT_KIND, ContactKind)
    if kind is None and not reader.refused(NoteColumn.CONTACT_KIND):
        reader.say(NoteColumn.CONTACT_KIND, Fault.NO_KIND)
    field_class = reader.closed(NoteColumn.FIELD_CLASS, FieldClass, FieldClass.SOCIAL)
    minutes = _minutes(reader)
    contact_on, next_on, done_on = days["contact_on"], days["next_on"], days["next_done_on"]
    if contact_on is None and not reader.refused(NoteColumn.CONTACT_ON):
        reader.say(NoteColumn.CONTACT_ON, Fault.MISSING)
    if done_on and next_on is None and not reader.refused(NoteColumn.NEXT_ON):
        reader.say(NoteColumn.NEXT_ON, Fault.MISSING)
    if contact_on is None:
        return None
    kind = kind or ContactKind.OTHER
    return Note(contact_on, kind, minutes, None, field_class, **texts, next_on=next_on, next_done_on=done_on)


def _minutes(reader: Reader) -> int | None:
    hours = reader.amount(NoteColumn.NOTE_HOURS, Decimal(0), Decimal(MOST_MINUTES) / 60)
    minutes = reader.amount(NoteColumn.MINUTES, Decimal(0), Decimal(MOST_MINUTES))
    if minutes is None:
        return None if hours is None else int((hours * 60).to_integral_value(ROUND_HALF_UP))
    if minutes != minutes.to_integral_value():
        reader.say(NoteColumn.MINUTES, Fault.NOT_WHOLE)
    return int(minutes)


def _open_on(file: ChildFile, day: date) -> ChildFile:
    """The file as it was: a pathway that ended later was open on that day."""
    pathway = file.pathway
    if pathway is None or pathway.exit is None or day > pathway.exit.ended_on:
        return file
    return replace(file, pathway=replace(pathway, exit=None))


def _blame(reader: Reader, child: Known, refusal: Refused) -> None:
    # What comes next is said in two cells: an empty one is told by the other. What no cell says, the child tells.
    column = _BLAMED.get(refusal.field or "", NoteColumn.FAMILY_NAME)
    told = [each for each in (column, _TOGETHER.get(column, column)) if text_of(reader.cell(each))]
    if column is NoteColumn.FAMILY_NAME or not told:
        who = f"{child.family_name} {child.given_name}".strip()
        reader.say(NoteColumn.FAMILY_NAME, Fault.RULE, who, str(refusal))
    else:
        reader.say(told[0], Fault.RULE, reason=str(refusal))


def _referent_on(reader: Reader, file: ChildFile, day: date) -> int:
    # A command has no author of its own.
    referents = file.pathway.referents if file.pathway else ()
    there = [each.member_id for each in referents if each.since <= day and (each.until is None or day <= each.until)]
    reader.say(NoteColumn.AUTHOR, Fault.REFERENT_AUTHOR if there else Fault.NO_AUTHOR)
    return there[-1] if there else 0
