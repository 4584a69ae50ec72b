"""Answers exported by Kobo, ODK, LimeSurvey or REDCap, one person a line, turned into the answers of a wave.

Columns are known by the code or the words of a question, values by the code or the words of a choice; a line with
something that cannot be understood is refused whole, and every column that is not taken up is told.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from impact.exceptions import Refused
from impact.sheets.cells import Cell, may_be_ambiguous, month_first, oddities, read_day, text_of
from impact.sheets.reading import Sheets
from impact.sheets.vocabulary import Fault
from impact.wording import clean_text, fold
from surveys.answering import LONGEST_LINE, LONGEST_WORDS, REFUSED, UNKNOWN, answers_of, kept_answers
from surveys.exchange.records import Left
from surveys.paper.rules import as_sent, contradictions
from surveys.records import Question, Questionnaire
from surveys.rules import fingerprint
from surveys.vocabulary import OPEN, QuestionKind

# What tells a person from another in each tool's export, the surest first.
_KEYS = ("_uuid", "meta/instanceid", "instanceid", "key", "record_id", "_id", "id", "response id", "seed")
# A person who answers several times, in REDCap.
_TIMES = ("redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance")
# LimeSurvey numbers the answers of a list: A1, AO01.
_NUMBERED = re.compile(r"[a-z]{1,2}0*([1-5])")
# Columns that these tools add about the sending: not answers, and some would tell who answers.
_ABOUT_SENDING = re.compile(
    r"(_.*|start|end|today|deviceid|username|phonenumber|meta/.*|formhub/.*|__version__|submitdate|lastpage|"
    r"startlanguage|startdate|datestamp|ipaddr|refurl|token|interviewtime|.*_complete|redcap_.*)$",
    re.IGNORECASE,
)
_YES, _NO = (
    {"1", "y", "yes", "oui", "true", "vrai", "x", "checked"},
    {"0", "n", "no", "non", "false", "faux", "unchecked", "n/a"},
)
_MOMENT = re.compile(r"(?<=\d)[T ]\d\d:\d\d.*$")
# What a column says of a ranking: which choice has this rank.
_RANK = "rank "
Place = tuple[str, str]


@dataclass(frozen=True)
class Entry:
    """The answers of one line, by field, and what tells it from any other."""

    line: int
    key: str
    typed: dict[str, str]


@dataclass(frozen=True)
class Reading:
    """What a file says: the entries that can be stored, the lines refused, the columns left aside, what is doubtful."""

    entries: tuple[Entry, ...]
    refused: tuple[Left, ...]
    ignored: tuple[str, ...]
    doubtful: tuple[Left, ...] = ()


def read_first_sheet(questionnaire: Questionnaire, wave_id: int, sheets: Sheets) -> Reading:
    """The answers of the first sheet; the others, such as the repeated groups of Kobo, are told and not read."""
    reading = read_answers(questionnaire, wave_id, sheets[0][1] if sheets else [])
    unread = tuple(Left(0, f"La feuille « {name} » n’est pas lue : seule la première l’est.") for name, _ in sheets[1:])
    return replace(reading, doubtful=(*unread, *reading.doubtful))


def read_answers(questionnaire: Questionnaire, wave_id: int, rows: Sequence[Sequence[Cell]]) -> Reading:
    """The first row holds the headings; raises Refused when none of them is a question of the wave."""
    headings = [str(cell or "").strip() for cell in rows[0]] if rows else []
    find = _finder(questionnaire)
    columns = {at: found for at, heading in enumerate(headings) if (found := find(heading))}
    if not columns:
        raise Refused(
            "Aucune colonne de ce fichier ne porte le code ou les mots d’une question de cette vague.", "file"
        )
    unknown = [heading for at, heading in enumerate(headings) if heading and at not in columns]
    numbered = _numbers(headings)
    lines: dict[str, int] = {}
    entries: list[Entry] = []
    refused: list[Left] = []
    for line, row in enumerate(rows[1:], start=2):
        if not any(cell is not None for cell in row):
            continue
        try:
            typed = _typed(questionnaire, columns, row)
            kept_answers(questionnaire, as_sent(questionnaire, typed))
        except Refused as refusal:
            refused.append(Left(line, str(refusal)))
            continue
        known = [text_of(row[at]) for at in numbered if at < len(row)]
        told = fingerprint(*known) if any(known) else fingerprint(line, *sorted(typed.items()))
        if lines.setdefault(told, line) != line:
            refused.append(Left(line, f"cette ligne porte le même numéro que la ligne {lines[told]}."))
            continue
        entries.append(Entry(line, fingerprint("import", wave_id, told)[:40], typed))
    ignored = [name for name in unknown if name.lower() not in _KEYS and not _ABOUT_SENDING.match(name)]
    kept = [(entry.line, rows[entry.line - 1]) for entry in entries]
    return Reading(tuple(entries), tuple(refused), tuple(ignored), tuple(_doubts(questionnaire, columns, kept, rows)))


def _numbers(headings: Sequence[str]) -> list[int]:
    """Where the columns are that tell a line from any other; none when the tool gave no number."""
    places = {heading.lower(): at for at, heading in enumerate(headings)}
    first = [places[name] for name in _KEYS if name in places][:1]
    return first and first + [places[name] for name in _TIMES if name in places]


def _doubts(
    questionnaire: Questionnaire,
    columns: dict[int, Place],
    kept: Sequence[tuple[int, Sequence[Cell]]],
    rows: Sequence[Sequence[Cell]],
) -> Iterator[Left]:
    """Cells that were read, and that a person should look at: dates that may be something else, letters gone wrong."""
    questions = {question.code: question for question in questionnaire.asked}
    for at, (field, _) in columns.items():
        question = questions[field.partition(".")[0]]
        mixed = any(month_first(row[at]) for row in rows[1:] if at < len(row))
        for line, cell in ((line, row[at]) for line, row in kept if at < len(row)):
            faults = oddities(cell)
            if question.kind is QuestionKind.DAY:
                fault = read_day(_MOMENT.sub("", text_of(cell)))[1]
                faults += [fault] if fault else [Fault.AMBIGUOUS] if mixed and may_be_ambiguous(cell) else []
            for fault in faults:
                yield Left(line, f"« {question.text} » : {fault.label.format(text_of(cell)[:60])}.")


def _finder(questionnaire: Questionnaire) -> Callable[[str], Place | None]:
    """What a heading names: a field, and a choice for the columns « one choice, yes or no »."""
    known: dict[str, Place] = {}
    for question in questionnaire.asked:
        for name in (question.code, question.text):
            known.setdefault(_plain(name), (question.code, ""))
        for choice in question.choices:
            field = f"{question.code}.{choice.code}"
            inside = question.kind in (QuestionKind.GRID, QuestionKind.RANKING)
            place = (field, "") if inside else (question.code, choice.code)
            names = [f"{question.code}{joint}{choice.code}" for joint in (".", "/", "___", "[", "_")]
            names += [f"{question.code}/{question.code}.{choice.code}", f"{question.text}/{choice.text}"]
            names += [f"{question.text} [{choice.text}]", f"{question.code}/{choice.text}"]
            names += [choice.text] if inside else []
            for name in names:
                known.setdefault(_plain(name), place)
        if question.kind is QuestionKind.RANKING:
            for rank in range(1, len(question.choices) + 1):
                known.setdefault(_plain(f"{question.code}[{rank}]"), (question.code, f"{_RANK}{rank}"))
        if question.kind is QuestionKind.SEVERAL and question.aside:
            for joint in ("/", "___", "["):
                known.setdefault(_plain(f"{question.code}{joint}{UNKNOWN}"), (question.code, UNKNOWN))

    def find(heading: str) -> Place | None:
        parts = heading.split("/")
        # Groups come first: group/question, group/question/choice.
        tails = ["/".join(parts[at:]) for at in range(len(parts))]
        # ODK puts a dash after the group, LimeSurvey a point between the code and the words.
        tails += [heading.rpartition("-")[2]] if "-" in heading else []
        tails += [heading.partition(". ")[0]] if ". " in heading else []
        return next((known[_plain(tail)] for tail in tails if _plain(tail) in known), None)

    return find


def _typed(questionnaire: Questionnaire, columns: dict[int, Place], row: Sequence[Cell]) -> dict[str, str]:
    typed: dict[str, str] = {}
    ticked: dict[str, list[str]] = {}
    questions = {question.code: question for question in questionnaire.asked}
    for at, (field, choice) in columns.items():
        cell = row[at] if at < len(row) else None
        question = questions[field.partition(".")[0]]
        text = clean_text(cell).strip() if question.kind in OPEN and isinstance(cell, str) else text_of(cell)
        if not text:
            continue
        if choice.startswith(_RANK):
            ranked = _coded(question, {each.code: each.text for each in question.choices}, text)
            typed[f"{field}.{ranked}"] = choice.removeprefix(_RANK)
        elif choice:
            if _is_ticked(question, choice, text):
                ticked.setdefault(field, []).append(choice)
        elif question.kind is QuestionKind.RANKING and field == question.code:
            for rank, code in enumerate(_several(questionnaire, question, text), start=1):
                typed[f"{field}.{code}"] = str(rank)
        elif value := _value(questionnaire, question, text):
            name = f"aside-{field}" if value == UNKNOWN and not _has_list(question) else field
            typed[name] = "y" if name != field else value
    for field, codes in ticked.items():
        typed[field] = " ".join(dict.fromkeys([*typed.get(field, "").split(), *codes]))
    wrong = contradictions(questionnaire, as_sent(questionnaire, typed))
    if conflicts := [field for field, reason in wrong.items() if reason == "conflict"]:
        raise Refused(f"« {conflicts[0]} » : des réponses se contredisent.")
    return typed


def _value(questionnaire: Questionnaire, question: Question, text: str) -> str:
    """A cell as it is kept; raises Refused with what it should hold."""
    if text.lower() == UNKNOWN and question.aside:
        return UNKNOWN
    if question.kind is QuestionKind.SEVERAL:
        return " ".join(_several(questionnaire, question, text))
    if question.kind is QuestionKind.GRID:
        return _coded(question, _levels(questionnaire, question), text)
    if question.kind is QuestionKind.RANKING:
        return _whole(question, text, 1, len(question.choices))
    if answers := answers_of(questionnaire, question):
        return _coded(question, dict(answers), text)
    if question.kind is QuestionKind.NUMBER:
        return _whole(question, text, question.lowest, question.highest)
    if question.kind is QuestionKind.DAY:
        # Some tools write a moment where a day is asked.
        day, _ = read_day(_MOMENT.sub("", text))
        if day is None:
            raise Refused(f"« {question.text} » : « {text} » n’est pas une date.")
        return day.isoformat()
    longest = LONGEST_LINE if question.kind is QuestionKind.LINE else LONGEST_WORDS
    if len(text) > longest:
        raise Refused(f"« {question.text} » : le texte dépasse {longest} caractères.")
    return text


def _coded(question: Question, answers: dict[str, str], text: str) -> str:
    """The code of one answer, from its code or its words."""
    known = {**{_plain(words): code for code, words in answers.items()}, **{_plain(code): code for code in answers}}
    if question.kind is QuestionKind.LEVEL:
        known[_plain(REFUSED)] = REFUSED
    found = known.get(_plain(text))
    if question.kind in (QuestionKind.LEVEL, QuestionKind.GRID) and (numbered := _NUMBERED.fullmatch(text.lower())):
        found = found or numbered[1]
    if found is None:
        raise Refused(f"« {question.text} » : « {text} » n’est aucune des réponses proposées.")
    return found


def _several(questionnaire: Questionnaire, question: Question, text: str) -> list[str]:
    """Codes joined by spaces, or words joined by commas, semicolons or bars."""
    codes = {choice.code: choice.text for choice in question.choices}
    if all(part in codes for part in text.split()):
        return text.split()
    try:
        return [_coded(question, codes, text)]
    except Refused:
        return [_coded(question, codes, part.strip()) for part in re.split(r"[,;|]", text) if part.strip()]


def _is_ticked(question: Question, choice: str, text: str) -> bool:
    words = next((_plain(each.text) for each in question.choices if each.code == choice), "")
    if text.lower() in _YES or _plain(text) in (words, choice):
        return True
    if text.lower() in _NO:
        return False
    raise Refused(f"« {question.text} », « {choice} » : « {text} » n’est ni oui ni non.")


def _whole(question: Question, text: str, low: int, high: int) -> str:
    if not re.fullmatch(r"-?[0-9]{1,9}", text) or not low <= int(text) <= high:
        raise Refused(f"« {question.text} » : « {text} » n’est pas un nombre entier entre {low} et {high}.")
    return str(int(text))


def _levels(questionnaire: Questionnaire, question: Question) -> dict[str, str]:
    return {str(level): words for level, words in enumerate(question.levels or questionnaire.levels, start=1)}


def _has_list(question: Question) -> bool:
    listed = (QuestionKind.LEVEL, QuestionKind.GRID, QuestionKind.ONE, QuestionKind.SEVERAL, QuestionKind.SCALE)
    return question.kind in listed


def _plain(text: str) -> str:
    return fold(text.replace("_", " "))
