"""A questionnaire from LimeSurvey's « .txt » export (tabs, one line an element); what is not taken up is listed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from impact.exceptions import Refused
from impact.sheets.reading import Sheets
from surveys.exchange.building import Building, kind_of_list, without_tags
from surveys.exchange.records import Taken
from surveys.records import Condition, Question
from surveys.vocabulary import QuestionKind

# Letters of LimeSurvey's kinds of question.
_PLAIN = {
    "S": QuestionKind.LINE, "T": QuestionKind.WORDS, "U": QuestionKind.WORDS, "N": QuestionKind.NUMBER,
    "D": QuestionKind.DAY, "X": QuestionKind.INFORMATION,
}  # fmt: skip
_ONE, _SEVERAL, _RANKING, _GRIDS = frozenset("L!OG"), frozenset("MP"), "R", frozenset("AF")
_YES_NO = {"Y": [("Y", "Oui"), ("N", "Non")], "G": [("M", "Masculin"), ("F", "Féminin")]}
_TERM = re.compile(r"\(*\s*([A-Za-z]\w*?)(?:_(\w+))?\.NAOK\s*==\s*[\"']?([\w-]+)[\"']?\s*\)*")
LEVELS = 5


@dataclass
class _Asked:
    line: int
    row: Mapping[str, str]
    rows: list[tuple[str, str]] = field(default_factory=list)
    answers: list[tuple[str, str]] = field(default_factory=list)


def from_limesurvey(sheets: Sheets) -> Taken:
    """The questionnaire in its main language; raises Refused when the file is no such export."""
    cells = sheets[0][1] if sheets else []
    headings = [str(cell or "").strip().lower() for cell in (cells[0] if cells else [])]
    if not {"class", "name", "text"} <= set(headings):
        raise Refused("Ce fichier n’est pas l’export « .txt » d’un questionnaire LimeSurvey.", "file")
    rows = [
        (line, {name: str(cell).strip() for name, cell in zip(headings, row, strict=False) if cell is not None})
        for line, row in enumerate(cells[1:], start=2)
    ]
    main = next(
        (row.get("text", "") for _, row in rows if (row.get("class"), row.get("name")) == ("S", "language")), ""
    )
    building, title = Building(), "Questionnaire importé"
    languages = {row["language"] for _, row in rows if row.get("language")} - {main}
    if main and languages:
        building.leave(0, f"seule la langue « {main} » est reprise ; aussi présentes : {', '.join(sorted(languages))}.")
    asked: list[_Asked] = []
    for line, row in rows:
        if main and row.get("language", main) != main:
            continue
        title = _read_line(building, asked, line, row) or title
    _flush(building, asked)
    return building.finish(title, "Repris de LimeSurvey.")


def _read_line(building: Building, asked: list[_Asked], line: int, row: Mapping[str, str]) -> str:
    """Take up one line; gives the title when it is there."""
    text, kind = without_tags(row.get("text", "")), row.get("class", "")
    if kind == "SL" and row.get("name") == "surveyls_title":
        return text
    if kind == "G":
        _flush(building, asked)
        _note_unheeded(building, line, row)
        name = row.get("name", "")
        building.questions.append(
            Question(
                building.code(f"part_{line}"), QuestionKind.SECTION, without_tags(name) or f"Partie {line}", help=text
            )
        )
    elif kind == "Q":
        _flush(building, asked)
        asked.append(_Asked(line, row))
    elif kind == "SQ" and asked:
        asked[-1].rows.append((row.get("name", ""), text))
    elif kind == "A" and asked:
        asked[-1].answers.append((row.get("name", ""), text))
    elif kind not in ("S", "SL", ""):
        building.leave(line, f"les lignes « {kind} » ne sont pas reprises.")
    return ""


def _flush(building: Building, asked: list[_Asked]) -> None:
    """The question whose lines have all been read."""
    while asked:
        _add(building, asked.pop())


def _add(building: Building, asked: _Asked) -> None:
    letter, name = asked.row.get("type/scale", ""), asked.row.get("name", "")
    pairs = _YES_NO.get(letter) or asked.answers
    if letter in _PLAIN:
        _finish(building, asked, _PLAIN[letter])
    elif letter in _ONE | set(_YES_NO) and len(pairs) > 1:
        _finish(building, asked, QuestionKind.ONE, pairs)
    elif letter in _SEVERAL and len(asked.rows) > 1:
        _finish(building, asked, kind_of_list(True), asked.rows)
    elif letter == _RANKING and len(pairs or asked.rows) > 1:
        _finish(building, asked, QuestionKind.RANKING, pairs or asked.rows)
    elif letter in _GRIDS and asked.rows and (letter == "A" or len(asked.answers) == LEVELS):
        levels = [text for _, text in asked.answers] if letter == "F" else [str(n) for n in range(1, LEVELS + 1)]
        _finish(building, asked, QuestionKind.GRID, asked.rows, levels)
    elif letter == "F" and asked.rows and len(asked.answers) > 1:
        building.leave(asked.line, "ce tableau n’a pas cinq réponses : chaque phrase devient une question.")
        for code, text in asked.rows:
            row = {**asked.row, "name": f"{name}_{code}", "text": text}
            _finish(building, _Asked(asked.line, row), QuestionKind.ONE, asked.answers)
    else:
        text = without_tags(asked.row.get("text", "")) or name
        building.leave(asked.line, f"le type « {letter} » n’a pas d’équivalent : « {text} » n’est pas repris.")


def _finish(
    building: Building,
    asked: _Asked,
    kind: QuestionKind,
    pairs: Sequence[tuple[str, str]] = (),
    levels: Sequence[str] = (),
) -> None:
    row, name = asked.row, asked.row.get("name", "")
    _note_unheeded(building, asked.line, row)
    if row.get("other", "").upper() == "Y":
        building.leave(asked.line, "la réponse « autre » n’est pas reprise : ajoutez-la à la liste.")
    code, shown_if = building.code(name), _condition(building, asked)
    building.questions.append(
        Question(
            code,
            kind,
            without_tags(row.get("text", "")) or name,
            help=without_tags(row.get("help", "")),
            required=row.get("mandatory", "").upper() in ("Y", "S") and kind is not QuestionKind.INFORMATION,
            levels=tuple(levels),
            choices=building.choices(name, list(pairs)),
            shown_if=shown_if,
        )
    )


def _condition(building: Building, asked: _Asked) -> Condition | None:
    text = asked.row.get("relevance", "")
    if text in ("", "1"):
        return None
    parts = [_TERM.fullmatch(part.strip()) for part in re.split(r"\s+or\s+|\s*\|\|\s*", text)]
    pairs = [(part[1], part[2] if part[2] and part[3] == "Y" else part[3]) for part in parts if part]
    return building.condition(asked.line, text, pairs, len(pairs) == len(parts))


def _note_unheeded(building: Building, line: int, row: Mapping[str, str]) -> None:
    for name in ("validation", "default"):
        if row.get(name):
            building.leave(line, f"la colonne « {name} » n’est pas suivie.")
    if row.get("class") == "G" and row.get("relevance", "1") not in ("", "1"):
        building.leave(line, f"la condition du groupe « {row['relevance']} » n’est pas suivie.")
