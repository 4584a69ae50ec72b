"""A questionnaire as an XLSForm workbook, that Kobo and ODK open."""

from collections.abc import Iterator, Sequence

from impact.sheets.workbook import Table, to_xlsx
from surveys.exchange.records import Left, with_files
from surveys.exchange.xlsform_words import DIMENSIONS, LEVELS, REFUSED, SELECTS, TYPES, UNKNOWN, label
from surveys.languages.known import FRENCH, french_interface
from surveys.languages.rules import words_of
from surveys.records import Choice, Condition, Question, Questionnaire
from surveys.vocabulary import QuestionKind

Line = dict[str, str]
_WITH_UNKNOWN = frozenset({QuestionKind.LEVEL, QuestionKind.GRID, QuestionKind.ONE, QuestionKind.SEVERAL})


def to_xlsform(questionnaire: Questionnaire) -> bytes:
    """The workbook."""
    sheets = tables_of(questionnaire)
    return to_xlsx([_table(name, lines) for name, lines in sheets.items()])


def left_out(questionnaire: Questionnaire) -> list[Left]:
    """What the product asks and XLSForm cannot: it is kept in columns that other tools ignore."""
    found = [Left(0, f"« {each.text} » : ses images et ses sons.") for each in with_files(questionnaire)]
    for question in questionnaire.asked:
        if question.aside and question.kind not in _WITH_UNKNOWN:
            found.append(
                Left(0, f"« {question.text} » : pas de case « je ne sais pas » à côté de ce genre de réponse.")
            )
        if question.kind is QuestionKind.SCALE and question.ends:
            found.append(Left(0, f"« {question.text} » : les mots des deux bouts de l’échelle ne s’affichent pas."))
    return found


def tables_of(questionnaire: Questionnaire) -> dict[str, list[Line]]:
    """The three sheets, line by line, by column."""
    return {
        "survey": list(_survey(questionnaire)),
        "choices": list(_choices(questionnaire)),
        "settings": [_settings(questionnaire)],
    }


def _survey(asked: Questionnaire) -> Iterator[Line]:
    inside = False
    for question in asked.questions:
        if question.kind is QuestionKind.SECTION:
            if inside:
                yield {"type": "end_group"}
            inside = True
            yield {"type": "begin_group", **_common(asked, question)}
        elif question.kind is QuestionKind.GRID:
            yield {"type": "begin_group", "appearance": "table-list", **_common(asked, question)}
            for row in question.choices:
                texts = _texts(asked, "label", f"choice/{question.code}/{row.code}", row.text)
                yield {"type": f"select_one {_list_name(question)}", "name": f"{question.code}.{row.code}", **texts}
            yield {"type": "end_group"}
        else:
            yield _line(asked, question)
    if inside:
        yield {"type": "end_group"}


def _line(asked: Questionnaire, question: Question) -> Line:
    line = _common(asked, question)
    if question.kind in SELECTS:
        return {"type": f"{SELECTS[question.kind]} {_list_name(question)}", **line}
    line = {"type": TYPES[question.kind], **line}
    if question.kind is QuestionKind.SCALE:
        line["parameters"] = "start=0 end=10 step=1"
        for place, end in enumerate(question.ends, start=1):
            line[f"impact_end_{place}"] = end
            line.update(_own_texts(asked, f"impact_end_{place}", f"end/{question.code}/{place}"))
    elif question.kind is QuestionKind.NUMBER:
        line["constraint"] = f". >= {question.lowest} and . <= {question.highest}"
    elif question.kind is QuestionKind.WORDS:
        line["appearance"] = "multiline"
    return line


def _common(asked: Questionnaire, question: Question) -> Line:
    line = {"name": question.code, "impact_kind": question.kind.value}
    line.update(_texts(asked, "label", f"question/{question.code}", question.text))
    line.update(_texts(asked, "hint", f"help/{question.code}", question.help))
    for name in ("aside", "reversed", "local"):
        if getattr(question, name):
            line[f"impact_{name}"] = "yes"
    if question.required:
        line["required" if question.is_asked and question.kind is not QuestionKind.GRID else "impact_required"] = "yes"
    for name in ("use", "dimension"):
        line[f"impact_{name}"] = getattr(question, name)
    if question.kind is not QuestionKind.NUMBER and (question.lowest, question.highest) != (0, 1000):
        line["impact_bounds"] = f"{question.lowest} {question.highest}"
    if question.levels and question.kind not in (QuestionKind.LEVEL, QuestionKind.GRID):
        line["impact_levels"] = " | ".join(question.levels)
    if question.shown_if:
        said = relevant(asked, question.shown_if)
        line["impact_relevant" if question.kind is QuestionKind.SECTION else "relevant"] = said
    return {name: text for name, text in line.items() if text}


def relevant(asked: Questionnaire, condition: Condition) -> str:
    """A condition as XLSForm writes it."""
    earlier = asked.question(condition.question)
    several = earlier is not None and earlier.kind is QuestionKind.SEVERAL
    name = f"${{{condition.question}}}"
    parts = [f"selected({name}, '{code}')" if several else f"{name} = '{code}'" for code in condition.answers]
    return " or ".join(parts)


def _choices(asked: Questionnaire) -> Iterator[Line]:
    leveled = [each for each in asked.questions if each.kind in (QuestionKind.LEVEL, QuestionKind.GRID)]
    yield from _levels(asked, LEVELS, asked.levels, "level")
    for question in leveled:
        extra = [UNKNOWN] if question.aside else []
        extra += [REFUSED] if question.kind is QuestionKind.LEVEL else []
        start = f"level/{question.code}" if question.levels else "level"
        yield from _levels(asked, _list_name(question), question.levels or asked.levels, start)
        yield from _extra(_list_name(question), extra)
    for question in asked.questions:
        if question.kind in SELECTS and question.kind is not QuestionKind.LEVEL:
            yield from _listed(asked, _list_name(question), question.choices, f"choice/{question.code}")
            yield from _extra(_list_name(question), [UNKNOWN] if _offers_unknown(question) else [])
    yield from _listed(asked, DIMENSIONS, asked.dimensions, "")


def _offers_unknown(question: Question) -> bool:
    return question.aside and question.kind in _WITH_UNKNOWN


def _levels(asked: Questionnaire, name: str, levels: Sequence[str], start: str) -> Iterator[Line]:
    for place, words in enumerate(levels, start=1):
        yield {"list_name": name, "name": str(place), **_texts(asked, "label", f"{start}/{place}", words)}


def _listed(asked: Questionnaire, name: str, choices: Sequence[Choice], start: str) -> Iterator[Line]:
    for choice in choices:
        texts = _texts(asked, "label", f"{start}/{choice.code}", choice.text)
        yield {"list_name": name, "name": choice.code, **texts}


def _extra(name: str, codes: Sequence[str]) -> Iterator[Line]:
    words = french_interface().words
    for code in codes:
        yield {"list_name": name, "name": code, label("label", FRENCH.code): words[code]}


def _list_name(question: Question) -> str:
    return f"{question.code}_list"


def _settings(asked: Questionnaire) -> Line:
    line = {
        "form_title": asked.title,
        "form_id": asked.code or "questionnaire",
        "version": str(asked.version),
        "default_language": f"{french_interface().language.name} ({FRENCH.code})",
        **{f"impact_{name}": str(getattr(asked, name)) for name in _KEPT},
    }
    for place in ("title", "purpose"):
        line.update(_own_texts(asked, f"impact_{place}", place))
    return {name: text for name, text in line.items() if text}


_KEPT = ("purpose", "public", "minutes", "source", "licence", "standard")


def _texts(asked: Questionnaire, column: str, place: str, text: str) -> Line:
    if not text:
        return {}
    others = {label(column, each.language): dict(each.texts).get(place, "") for each in asked.translations}
    return {label(column, FRENCH.code): text, **others}


def _own_texts(asked: Questionnaire, column: str, place: str) -> Line:
    """Translations of what XLSForm does not translate."""
    return {
        f"{column}_{each.language.replace('-', '_')}": words_of(asked, each.language).get(place, "")
        for each in asked.translations
    }


def _table(name: str, lines: Sequence[Line]) -> Table:
    columns = list(dict.fromkeys(column for line in lines for column in line))
    return name, columns or ["type"], [[line.get(column, "") or None for column in columns] for line in lines]
