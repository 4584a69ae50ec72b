"""A questionnaire as a REDCap data dictionary: 18 columns, commas, UTF-8."""

from collections.abc import Iterator, Sequence

from impact.sheets.workbook import to_csv
from surveys.exchange.records import Left, with_files
from surveys.exchange.redcap_words import COLUMNS, FORM, RECORD
from surveys.languages.known import french_interface
from surveys.records import Choice, Question, Questionnaire
from surveys.vocabulary import QuestionKind

Line = dict[str, str]
_NOTES = {QuestionKind.WORDS: "notes", QuestionKind.INFORMATION: "descriptive"}
_LISTED = frozenset({QuestionKind.LEVEL, QuestionKind.GRID, QuestionKind.ONE, QuestionKind.SEVERAL})


def to_redcap(questionnaire: Questionnaire) -> bytes:
    """The dictionary as CSV; every form begins with the number of the record."""
    first = {"name": RECORD, "type": "text", "label": "Numéro", "form": FORM}
    rows = [first, *_lines(questionnaire)]
    return to_csv(
        ("dictionnaire", list(COLUMNS.values()), [[row.get(name, "") for name in COLUMNS] for row in rows]), ",", "."
    )


def left_out(questionnaire: Questionnaire) -> list[Left]:
    """What a REDCap dictionary cannot say."""
    found = [Left(0, f"« {each.text} » : ses images et ses sons.") for each in with_files(questionnaire)]
    if questionnaire.translations:
        found.append(Left(0, "Les traductions : un dictionnaire REDCap n’a qu’une langue."))
    for question in questionnaire.asked:
        if question.aside and question.kind not in _LISTED:
            found.append(
                Left(0, f"« {question.text} » : pas de case « je ne sais pas » à côté de ce genre de réponse.")
            )
    for question in questionnaire.questions:
        if question.kind is QuestionKind.SECTION and (question.shown_if or question.help):
            found.append(Left(0, f"« {question.text} » : la condition et l’aide d’un titre de partie."))
    return found


def _lines(asked: Questionnaire) -> Iterator[Line]:
    heading = ""
    for question in asked.questions:
        if question.kind is QuestionKind.SECTION:
            heading = f"{heading} – {question.text}" if heading else question.text
            continue
        for line in _fields(asked, question):
            yield {"form": FORM, "section": heading, "branching": _branching(asked, question), **line}
            heading = ""


def _fields(asked: Questionnaire, question: Question) -> list[Line]:
    kind = question.kind
    line = {
        "name": question.code,
        "label": question.text,
        "note": question.help,
        "required": "y" if question.required else "",
    }
    levels = [Choice(str(n), text) for n, text in enumerate(question.levels or asked.levels, start=1)]
    if kind is QuestionKind.GRID:
        return [
            {**line, "name": f"{question.code}_{row.code}", "label": row.text, "type": "radio",
             "choices": _choices(question, levels), "matrix": question.code,
             "section": question.text}
            if place == 0
            else {**line, "name": f"{question.code}_{row.code}", "label": row.text, "type": "radio",
                  "choices": _choices(question, levels), "matrix": question.code}
            for place, row in enumerate(question.choices)
        ]  # fmt: skip
    if kind is QuestionKind.RANKING:
        ranks = [Choice(str(n), str(n)) for n in range(1, len(question.choices) + 1)]
        return [
            {**line, "name": f"{question.code}_{row.code}", "label": row.text, "type": "radio", "ranking": "y",
             "choices": _choices(question, ranks), "matrix": question.code, **({"section": question.text} if place == 0 else {})}
            for place, row in enumerate(question.choices)
        ]  # fmt: skip
    if kind is QuestionKind.LEVEL:
        return [{**line, "type": "radio", "choices": _choices(question, levels)}]
    if kind is QuestionKind.SCALE:
        notes = [Choice(str(note), str(note)) for note in range(11)]
        return [{**line, "type": "radio", "choices": _choices(question, notes)}]
    if kind in (QuestionKind.ONE, QuestionKind.SEVERAL):
        kept = "radio" if kind is QuestionKind.ONE else "checkbox"
        return [{**line, "type": kept, "choices": _choices(question, question.choices)}]
    if kind is QuestionKind.NUMBER:
        bounds = {"minimum": str(question.lowest), "maximum": str(question.highest)}
        return [{**line, "type": "text", "validation": "integer", **bounds}]
    if kind is QuestionKind.DAY:
        return [{**line, "type": "text", "validation": "date_dmy"}]
    return [{**line, "type": _NOTES.get(kind, "text")}]


def _choices(question: Question, choices: Sequence[Choice]) -> str:
    """« code, words | code, words »: a bar in the words would cut them."""
    extra = [Choice("unknown", french_interface().words["unknown"])] if question.aside else []
    ranked = question.kind in (QuestionKind.RANKING, QuestionKind.SCALE)
    return " | ".join(f"{each.code}, {each.text.replace('|', '/')}" for each in [*choices, *([] if ranked else extra)])


def _branching(asked: Questionnaire, question: Question) -> str:
    condition = question.shown_if
    earlier = asked.question(condition.question) if condition else None
    if condition is None or earlier is None:
        return ""
    if earlier.kind is QuestionKind.SEVERAL:
        return " or ".join(f"[{earlier.code}({answer})] = '1'" for answer in condition.answers)
    return " or ".join(f"[{earlier.code}] = '{answer}'" for answer in condition.answers)
