"""What columns and values most probably mean: proposed, then corrected by the person and remembered."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from impact.sheets.cells import Cell, read_answer, read_day, read_mandates, read_words, text_of
from impact.sheets.lexicon import Lexicon
from impact.sheets.note_words import NOTE_WORDS
from impact.sheets.records import Plan
from impact.sheets.situation_words import SITUATION_WORDS
from impact.sheets.vocabulary import Answer, Column, Subject
from impact.vocabulary import Term
from impact.wording import fold

Rows = Sequence[Sequence[Cell]]
Memory = Mapping[tuple[str, str], str]
LEXICONS: dict[Subject, Lexicon] = {Subject.SITUATIONS: SITUATION_WORDS, Subject.NOTES: NOTE_WORDS}
REFUSE = "!"
_STOPPED = re.compile(r"(?:arr[êe]t[ée]e?|au)\s+(?:au\s+|le\s+)?(\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE)
_TITLES = frozenset({"m", "mme", "mlle", "mr", "monsieur", "madame"})


def heading_key(heading: Cell) -> str:
    """A heading as it is remembered."""
    return fold(text_of(heading))


def propose_sheet(sheets: Sequence[tuple[str, Rows]], lexicon: Lexicon = SITUATION_WORDS) -> int:
    """The sheet with most known headings."""

    def known(rows: Rows) -> int:
        return _known_headings(rows[propose_heading_row(rows, lexicon) - 1], lexicon)

    return max(range(len(sheets)), key=lambda i: known(sheets[i][1]))


def propose_heading_row(rows: Rows, lexicon: Lexicon) -> int:
    """The number of the row with most known headings among the first thirty, 1 when there is none."""
    first = rows[:30]
    return 1 + max(range(len(first)), key=lambda i: (_known_headings(first[i], lexicon), -i), default=0)


def propose_day(rows: Rows, heading_row: int, today: date) -> date:
    """The day at which the table says it was stopped, above its headings; today otherwise."""
    for row in rows[: heading_row - 1]:
        for cell in row:
            found = _STOPPED.search(text_of(cell))
            day = read_day(found[1])[0] if found else None
            if day and day <= today:
                return day
    return today


def propose_columns(headings: Sequence[Cell], lexicon: Lexicon, memory: Memory) -> dict[int, Term]:
    """Column by position, remembered first; a column is proposed once."""
    found: dict[int, Term] = {}
    for position, heading in enumerate(headings):
        key = heading_key(heading)
        said = memory.get((lexicon.memory, key))
        column = lexicon.columns(said) if said else None if said == "" else lexicon.by_heading.get(key)
        if column and column not in found.values():
            found[position] = column
    return found


def said_values(rows: Rows, plan: Plan, column: Term, labels: Sequence[str] = ()) -> list[tuple[str, str, int]]:
    """Folded value, how it is written most often, how many cells: the values to match, most frequent first."""
    position = next((at for at, known in plan.columns.items() if known is column), None)
    if position is None:
        return []
    ways: dict[str, Counter[str]] = {}
    whole = {fold(label) for label in labels}
    for row in rows[plan.heading_row :]:
        for word in _values(row[position] if position < len(row) else None, column, whole):
            ways.setdefault(meaning_key(word), Counter())[word] += 1
    found = [(key, said.most_common(1)[0][0], said.total()) for key, said in ways.items()]
    return sorted(found, key=lambda each: (-each[2], each[0]))


def meaning_key(word: str) -> str:
    """A value as it is remembered: folded, or as it is when nothing is left of it."""
    return fold(word) or word.strip()


def propose_meanings(
    values: Sequence[tuple[str, str, int]], lexicon: Lexicon, column: Term, labels: Sequence[str], memory: Memory
) -> dict[str, str]:
    """Meaning by folded value: remembered, in the lists, in usage, resembling; else itself for an open list."""
    if column is lexicon.people:
        proposed = propose_referents([(key, said) for key, said, _ in values], labels)
        if not lexicon.adds_people:
            proposed = {key: name if name in labels else "" for key, name in proposed.items()}
    else:
        proposed = {key: _propose(key, said, lexicon, column, labels) for key, said, _ in values}
    return {key: memory.get((column.value, key), meaning) for key, meaning in proposed.items()}


def propose_referents(values: Sequence[tuple[str, str]], names: Sequence[str]) -> dict[str, str]:
    """One name for « NOM Prénom », « prénom nom » and « Mme Nom »; the names of the directory come first."""
    people: dict[tuple[str, ...], str] = {tuple(sorted(fold(name).split())): name for name in names}
    untitled = {key: [word for word in key.split() if word not in _TITLES] for key, _ in values}
    for key, said in values:
        words = tuple(sorted(untitled[key]))
        if len(words) > 1 and words == tuple(sorted(key.split())) and said != said.upper():
            better = _tidy_name(said)
            if words not in people or (people[words] not in names and _reads_better(said, people[words])):
                people[words] = better
    proposed: dict[str, str] = {}
    for key, said in values:
        words = tuple(sorted(untitled[key]))
        same = [name for known, name in people.items() if known == words] or [
            name for known, name in people.items() if words and set(words) <= set(known)
        ]
        proposed[key] = same[0] if len(set(same)) == 1 else _tidy_name(said)
    return proposed


def offered(lexicon: Lexicon, column: Term, labels: Sequence[str]) -> list[tuple[str, str]]:
    """What a value of this column may mean."""
    terms = lexicon.closed.get(column)
    return terms.choices() if terms else [(label, label) for label in dict.fromkeys(labels)]


def _values(cell: Cell, column: Term, whole: Collection[str]) -> list[str]:
    if column is Column.MOTIVES:
        return read_words(cell, whole)
    if column is Column.REFERENT:
        return [name for name, _ in read_mandates(cell) or [] if name]
    return [text_of(cell)] if text_of(cell) else []


def _propose(key: str, said: str, lexicon: Lexicon, column: Term, labels: Sequence[str]) -> str:
    terms = lexicon.closed.get(column)
    if terms is Answer:
        answer = read_answer(said)
        return answer.value if answer else REFUSE
    if terms is not None:
        words = {fold(word): term.value for term in terms for word in (term.label, term.value)}
        return lexicon.by_way[column].get(key) or words.get(key) or REFUSE
    by_key = {fold(label): label for label in labels}
    if key in by_key:
        return by_key[key]
    for label, ways in lexicon.usage.get(column, {}).items():
        if key in ways.split("|") and label in by_key:
            return by_key[label]
    near = get_close_matches(key, by_key, n=1, cutoff=0.88)
    return by_key[near[0]] if near else said.strip()


def _known_headings(row: Sequence[Cell], lexicon: Lexicon) -> int:
    return len({lexicon.by_heading[key] for key in map(heading_key, row) if key in lexicon.by_heading})


def _tidy_name(said: str) -> str:
    words = [word for word in said.split() if fold(word) not in _TITLES]
    if len(words) > 1 and words[0].isupper() and not words[-1].isupper():
        words = [*words[1:], words[0]]
    return " ".join(word.capitalize() if word.isupper() or word.islower() else word for word in words)


def _reads_better(said: str, kept: str) -> bool:
    return said == said.title() and kept != kept.title()
