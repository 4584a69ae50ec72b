"""A questionnaire from an XLSForm workbook; whatever is not taken up is listed with its line, never dropped silently."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from impact.exceptions import Refused
from impact.sheets.reading import Sheets
from surveys.definitions import LEVELS, check, get_standard
from surveys.exchange.building import plain_code
from surveys.exchange.records import Left, Taken
from surveys.exchange.xlsform_rows import FormRow, form_rows
from surveys.exchange.xlsform_unheeded import unheeded
from surveys.exchange.xlsform_words import DIMENSIONS, REFUSED, UNKNOWN
from surveys.exchange.xlsform_words import LEVELS as LEVEL_LIST
from surveys.languages.rules import places, with_words
from surveys.records import Choice, Condition, Question, Questionnaire
from surveys.vocabulary import QuestionKind

_KINDS = {
    "text": QuestionKind.LINE, "string": QuestionKind.LINE, "integer": QuestionKind.NUMBER, "int": QuestionKind.NUMBER,
    "decimal": QuestionKind.NUMBER, "date": QuestionKind.DAY, "note": QuestionKind.INFORMATION,
    "range": QuestionKind.SCALE,
}  # fmt: skip
_SELECT = re.compile(
    r"(select_one|select_multiple|rank|select one|select multiple|select all that apply)(?: from)? +(\S+)( +or[_ ]other)?"
)
_SEVERAL = ("select_multiple", "select multiple", "select all that apply")
_BOUND = re.compile(r"\.\s*(>=|<=|>|<)\s*(-?\d{1,9})")
_REFERENCE = re.compile(r"(?:selected\(\s*\$\{([^}]+)\}\s*,\s*'([^']*)'\s*\)|\$\{([^}]+)\}\s*=\s*'?([^'\s]+)'?)")


@dataclass
class _Reader:
    choices: dict[str, list[FormRow]]
    main: str
    questions: list[Question] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    choice_codes: dict[str, dict[str, str]] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    # Conditions of the groups that are open; None stands for a group without one.
    groups: list[Condition | None] = field(default_factory=list)


def from_xlsform(sheets: Sheets) -> Taken:
    """The questionnaire and what was left; raises Refused when the file is no XLSForm, or asks nothing."""
    known = {name.strip().lower(): form_rows(rows) for name, rows in sheets}
    if not known.get("survey"):
        raise Refused("Ce tableau n’est pas un XLSForm : il n’a pas de feuille « survey ».", "file")
    settings = next(iter(known.get("settings", [])), FormRow(0, {}, {}))
    lists: dict[str, list[FormRow]] = {}
    for row in known.get("choices", []):
        lists.setdefault(row.get("list_name"), []).append(row)
    reader = _Reader(lists, _main_language(settings, known["survey"]), left=unheeded(known))
    rows = known["survey"]
    at = 0
    while at < len(rows):
        at += _read_line(reader, rows, at)
    if not any(question.is_asked for question in reader.questions):
        raise Refused("Ce formulaire ne pose aucune question que l’on sache reprendre.", "file")
    made = _questionnaire(reader, settings)
    try:
        check(made)
    except ValueError:
        raise Refused(
            "Ce formulaire se contredit : une condition, une liste ou des bornes ne vont pas avec le reste.", "file"
        ) from None
    return Taken(made, tuple(sorted(reader.left, key=lambda each: each.line)))


def _read_line(reader: _Reader, rows: Sequence[FormRow], at: int) -> int:
    """Take up one line, or a whole grid; gives how many lines were read."""
    row = rows[at]
    kind = row.get("type").strip().lower().replace("begin group", "begin_group").replace("end group", "end_group")
    if not kind:
        return 1
    if kind == "begin_group":
        end = _end_of_grid(rows, at)
        if end:
            _add_grid(reader, rows[at : end + 1])
            return end + 1 - at
        reader.groups.append(_condition(reader, row, "relevant"))
        if row.said("label", reader.main):
            _add(reader, row, QuestionKind.SECTION, shown_if=_condition(reader, row, "impact_relevant"))
    elif kind == "end_group":
        if reader.groups:
            reader.groups.pop()
    elif found := _SELECT.fullmatch(row.get("type").strip()):
        if found[3]:
            reader.left.append(Left(row.line, "la réponse « autre » n’est pas reprise : ajoutez-la à la liste."))
        _add_select(reader, row, found[1], found[2])
    elif kind in _KINDS:
        _add_plain(reader, row, kind)
    else:
        label = row.said("label", reader.main) or row.get("name")
        told = f" : « {label} » n’est pas repris" if label else ""
        reader.left.append(Left(row.line, f"le type « {row.get('type')} » n’a pas d’équivalent{told}."))
    return 1


def _end_of_grid(rows: Sequence[FormRow], at: int) -> int:
    """The line that closes a group of questions answered by one list of five; 0 when it is no grid."""
    own = rows[at].get("impact_kind")
    if own != "grid" and "table-list" not in rows[at].get("appearance"):
        return 0
    lists: set[str] = set()
    for place, row in enumerate(rows[at + 1 :], start=at + 1):
        kind = row.get("type").strip().lower().replace(" group", "_group")
        if kind == "end_group":
            return place if len(lists) == 1 else 0
        found = _SELECT.fullmatch(row.get("type").strip())
        if not found or not found[1].endswith("one") or row.get("relevant"):
            return 0
        lists.add(found[2])
    return 0


def _add_grid(reader: _Reader, rows: Sequence[FormRow]) -> None:
    found = _SELECT.fullmatch(rows[1].get("type").strip())
    name = found[2] if found else ""
    levels = _level_rows(reader, name)
    if len(levels) != LEVELS:
        _add(reader, rows[0], QuestionKind.SECTION)
        for row in rows[1:-1]:
            _add_select(reader, row, "select_one", name)
        return
    code = _code(reader, rows[0])
    sentences: list[Choice] = []
    for row in rows[1:-1]:
        own = plain_code(row.get("name").removeprefix(f"{rows[0].get('name')}."), {each.code for each in sentences})
        reader.codes[row.get("name")] = code
        sentences.append(Choice(own, row.said("label", reader.main)))
        _keep_words(reader, row, "label", f"choice/{code}/{own}")
    aside = any(row.get("name") == UNKNOWN for row in reader.choices.get(name, []))
    _finish(
        reader,
        rows[0],
        code,
        QuestionKind.GRID,
        choices=tuple(sentences),
        aside=aside,
        levels=_own_levels(reader, name, code),
    )


def _add_select(reader: _Reader, row: FormRow, select: str, name: str) -> None:
    if name not in reader.choices:
        reader.left.append(Left(row.line, f"la liste « {name} » est absente : la question n’est pas reprise."))
        return
    code, own = _code(reader, row), row.get("impact_kind")
    aside = any(each.get("name") == UNKNOWN for each in reader.choices[name])
    if own == QuestionKind.LEVEL.value and len(_level_rows(reader, name)) == LEVELS:
        reader.choice_codes[row.get("name")] = {
            each.get("name"): each.get("name") for each in _level_rows(reader, name)
        }
        levels = _own_levels(reader, name, code)
        _finish(reader, row, code, QuestionKind.LEVEL, aside=aside, levels=levels)
        return
    kind = (
        QuestionKind.RANKING if select == "rank" else QuestionKind.SEVERAL if select in _SEVERAL else QuestionKind.ONE
    )
    special = kind is not QuestionKind.RANKING and bool(own)
    listed: list[Choice] = []
    kept: dict[str, str] = {}
    taken: set[str] = set()
    for each in reader.choices[name]:
        if special and each.get("name") == UNKNOWN and row.get("impact_aside"):
            continue
        choice = plain_code(each.get("name"), taken)
        taken.add(choice)
        kept[each.get("name")] = choice
        listed.append(Choice(choice, each.said("label", reader.main) or each.get("name")))
        _keep_words(reader, each, "label", f"choice/{code}/{choice}")
    reader.choice_codes[row.get("name")] = kept
    if len(listed) < 2:
        reader.left.append(Left(row.line, "une liste d’une seule réponse : la question n’est pas reprise."))
        return
    _finish(reader, row, code, kind, choices=tuple(listed), aside=bool(row.get("impact_aside")))


def _add_plain(reader: _Reader, row: FormRow, kind: str) -> None:
    code, found = _code(reader, row), _KINDS[kind]
    lowest, highest = 0, 1000
    ends: tuple[str, ...] = ()
    if kind == "range":
        given = dict(re.findall(r"(\w+)\s*=\s*(-?[\d.]+)", row.get("parameters")))
        if (given.get("start"), given.get("end"), given.get("step", "1")) != ("0", "10", "1"):
            found, (lowest, highest) = QuestionKind.NUMBER, _range(reader, row, given)
        ends = tuple(row.get(f"impact_end_{place}") for place in (1, 2) if row.get(f"impact_end_{place}"))
        for place in (1, 2):
            _keep_own_words(reader, row, f"impact_end_{place}", f"end/{code}/{place}")
    elif found is QuestionKind.NUMBER:
        lowest, highest = _bounds(reader, row, (0, 1_000_000))
        if kind == "decimal":
            reader.left.append(Left(row.line, "un nombre à virgule devient un nombre entier."))
    elif row.get("constraint"):
        reader.left.append(Left(row.line, f"la contrainte « {row.get('constraint')} » n’est pas suivie."))
    if found is QuestionKind.LINE and ("multiline" in row.get("appearance") or row.get("impact_kind") == "words"):
        found = QuestionKind.WORDS
    _finish(reader, row, code, found, lowest=lowest, highest=highest, ends=ends, aside=bool(row.get("impact_aside")))


def _range(reader: _Reader, row: FormRow, given: Mapping[str, str]) -> tuple[int, int]:
    try:
        low, high = int(given.get("start", "0")), int(given.get("end", "10"))
    except ValueError:
        low, high = 0, 10
    if given.get("step", "1") != "1":
        reader.left.append(Left(row.line, "l’échelle par pas devient un nombre entier entre ses deux bouts."))
    return low, high


def _bounds(reader: _Reader, row: FormRow, default: tuple[int, int]) -> tuple[int, int]:
    text = row.get("constraint").strip()
    parts = [_BOUND.fullmatch(part.strip()) for part in re.split(r"\s+and\s+", text)] if text else []
    if not all(parts):
        reader.left.append(Left(row.line, f"la contrainte « {text} » n’est pas suivie."))
        return default
    low, high = default
    for part in parts:
        assert part is not None
        number = int(part[2])
        if part[1][0] == ">":
            low = number + (part[1] == ">")
        else:
            high = number - (part[1] == "<")
    if low < high:
        return low, high
    reader.left.append(Left(row.line, f"la contrainte « {text} » ne laisse aucun nombre : elle n’est pas suivie."))
    return default


def _add(reader: _Reader, row: FormRow, kind: QuestionKind, shown_if: Condition | None = None) -> None:
    code = _code(reader, row)
    _finish(reader, row, code, kind)
    reader.questions[-1] = replace(reader.questions[-1], shown_if=shown_if)


def _finish(reader: _Reader, row: FormRow, code: str, kind: QuestionKind, **known: object) -> None:
    """The question with what every kind shares."""
    condition = _condition(reader, row, "relevant") if kind is not QuestionKind.SECTION else None
    above = [each for each in reader.groups if each]
    if condition and above:
        reader.left.append(
            Left(row.line, "la condition de son groupe s’ajoute à la sienne : seule la sienne est gardée.")
        )
    elif len(above) > 1:
        reader.left.append(Left(row.line, "plusieurs groupes ont une condition : seule la plus proche est gardée."))
    asked = kind not in (QuestionKind.SECTION, QuestionKind.INFORMATION)
    required = row.get("required").lower()
    if required not in ("", "yes", "true", "true()", "no", "false", "false()"):
        reader.left.append(Left(row.line, f"« required » dépend de « {required} » : la réponse reste facultative."))
    if row.get("impact_bounds"):
        low, _, high = row.get("impact_bounds").partition(" ")
        known |= {"lowest": int(low), "highest": int(high)}
    if row.get("impact_levels"):
        known["levels"] = tuple(row.get("impact_levels").split(" | "))
    known.setdefault("aside", bool(row.get("impact_aside")))
    question = Question(
        code,
        kind,
        row.said("label", reader.main) or row.get("name"),
        help=row.said("hint", reader.main),
        required=required in ("yes", "true", "true()") or bool(row.get("impact_required")),
        reversed=bool(row.get("impact_reversed")),
        local=bool(row.get("impact_local")),
        dimension=row.get("impact_dimension"),
        use=row.get("impact_use"),
        shown_if=condition or (above[-1] if above and asked else None),
        **known,  # type: ignore[arg-type]
    )
    _keep_words(reader, row, "label", f"question/{code}")
    _keep_words(reader, row, "hint", f"help/{code}")
    reader.questions.append(question)


def _condition(reader: _Reader, row: FormRow, column: str) -> Condition | None:
    text = row.get(column).strip()
    if not text:
        return None
    found = [
        _REFERENCE.fullmatch(part.strip().strip("()") if part.strip().startswith("(") else part.strip())
        for part in re.split(r"\s+or\s+", text)
    ]
    pairs = [(part[1] or part[3], part[2] or part[4]) for part in found if part]
    names = {name for name, _ in pairs}
    if len(pairs) != len(found) or len(names) != 1 or next(iter(names)) not in reader.codes:
        reader.left.append(
            Left(row.line, f"la condition « {text} » n’est pas suivie : la question sera toujours posée.")
        )
        return None
    name = names.pop()
    codes = reader.choice_codes.get(name, {})
    return Condition(reader.codes[name], tuple(codes.get(answer, answer) for _, answer in pairs))


def _level_rows(reader: _Reader, name: str) -> list[FormRow]:
    return [row for row in reader.choices.get(name, []) if row.get("name") not in (UNKNOWN, REFUSED)]


def _own_levels(reader: _Reader, name: str, code: str) -> tuple[str, ...]:
    """The five answers of a question; none when they are those of the questionnaire."""
    rows = _level_rows(reader, name)
    words = tuple(row.said("label", reader.main) for row in rows)
    if words == tuple(row.said("label", reader.main) for row in reader.choices.get(LEVEL_LIST, [])):
        return ()
    for place, row in enumerate(rows, start=1):
        _keep_words(reader, row, "label", f"level/{code}/{place}")
    return words


def _questionnaire(reader: _Reader, settings: FormRow) -> Questionnaire:
    levels = tuple(row.said("label", reader.main) for row in reader.choices.get(LEVEL_LIST, []))
    if len(levels) != LEVELS:
        levels = get_standard("satisfaction-parents").levels
    for place, row in enumerate(reader.choices.get(LEVEL_LIST, []), start=1):
        _keep_words(reader, row, "label", f"level/{place}")
    for name in ("title", "purpose"):
        _keep_own_words(reader, settings, f"impact_{name}", name)
    version, minutes = settings.get("version"), settings.get("impact_minutes")
    made = Questionnaire(
        code=settings.get("form_id"),
        version=int(version) if version.isdecimal() and len(version) < 6 else 1,
        title=settings.get("form_title") or "Questionnaire importé",
        purpose=settings.get("impact_purpose"),
        public=settings.get("impact_public"),
        minutes=int(minutes) if minutes.isdecimal() else 1,
        source=settings.get("impact_source") or "Repris d’un fichier XLSForm.",
        licence=settings.get("impact_licence") or "Réservé à la communauté",
        levels=levels,
        questions=tuple(reader.questions),
        dimensions=tuple(
            Choice(row.get("name"), row.said("label", reader.main)) for row in reader.choices.get(DIMENSIONS, [])
        ),
        standard=settings.get("impact_standard"),
    )
    for language, words in reader.words.items():
        made = with_words(made, language, {place: text for place, text in words.items() if place in places(made)})
    return made


def _keep_words(reader: _Reader, row: FormRow, column: str, place: str) -> None:
    for language, text in row.texts.get(column, {}).items():
        if language != reader.main and text:
            reader.words.setdefault(language, {})[place] = text


def _keep_own_words(reader: _Reader, row: FormRow, column: str, place: str) -> None:
    for name, text in row.cells.items():
        if text and name.startswith(f"{column}_"):
            language = name.removeprefix(f"{column}_").replace("_", "-")
            reader.words.setdefault(language, {})[place] = text


def _code(reader: _Reader, row: FormRow) -> str:
    code = plain_code(row.get("name") or f"q{row.line}", set(reader.codes.values()))
    reader.codes[row.get("name")] = code
    return code


def _main_language(settings: FormRow, rows: Sequence[FormRow]) -> str:
    """The language of the texts that questions are written in: the default one, else French, else the first."""
    named = settings.get("default_language")
    found = [language for row in rows for language in row.texts.get("label", {})]
    match = re.fullmatch(r".*\(([A-Za-z0-9-]+)\)", named)
    wanted = match[1] if match else named
    return wanted if wanted in found else "fr" if "fr" in found else next(iter(found), "")
