"""Questionnaires as text: the files of the library, and the copy that freezes what a wave asked."""

import json
import re
import tomllib
from dataclasses import MISSING, Field, asdict, fields
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from impact.exceptions import NotFound
from surveys.records import Choice, Condition, Question, Questionnaire, Translation
from surveys.vocabulary import WITH_CHOICES, QuestionKind

LIBRARY = Path(__file__).resolve().parent / "library"
# One file for each standard questionnaire and language: code.language.toml
TRANSLATIONS = LIBRARY.parent / "languages" / "translations"
LEVELS = 5
# Codes are joined by points and slashes: question.sentence, questionnaire/question/level.
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


@cache
def library() -> tuple[Questionnaire, ...]:
    """Every standard questionnaire, one file each, in the order of the files' names."""
    return tuple(_read(_with_translations(path)) for path in sorted(LIBRARY.glob("*.toml")))


def _with_translations(path: Path) -> dict[str, Any]:
    written = [
        {"language": found.stem.partition(".")[2], "texts": tomllib.loads(found.read_text("utf-8")).items()}
        for found in sorted(TRANSLATIONS.glob(f"{path.stem}.*.toml"))
    ]
    return {**tomllib.loads(path.read_text("utf-8")), "translations": written}


def get_standard(code: str) -> Questionnaire:
    """Raises NotFound."""
    for questionnaire in library():
        if questionnaire.code == code:
            return questionnaire
    raise NotFound


def as_text(questionnaire: Questionnaire) -> str:
    """The whole definition as JSON, in an order that never changes; what is left at its default is not written."""
    whole = _without_defaults(questionnaire, asdict(questionnaire))
    whole["questions"] = [_question_values(each) for each in questionnaire.questions]
    if questionnaire.dimensions:
        whole["dimensions"] = _choice_values(questionnaire.dimensions)
    return json.dumps(whole, ensure_ascii=False, sort_keys=True)


def _question_values(question: Question) -> dict[str, Any]:
    values = asdict(question) | {"choices": _choice_values(question.choices)}
    return _without_defaults(question, values)


def _choice_values(choices: tuple[Choice, ...]) -> list[dict[str, Any]]:
    return [_without_defaults(each, asdict(each)) for each in choices]


@lru_cache(maxsize=256)
def from_text(text: str) -> Questionnaire:
    """The definition that `as_text` wrote."""
    return _read(json.loads(text))


def check(questionnaire: Questionnaire) -> None:
    """Raises ValueError, in words for who writes definitions, when the questionnaire could not be asked."""
    known: set[str] = set()
    for question in questionnaire.questions:
        place = f"{questionnaire.code}, {question.code}"
        if question.code in known:
            raise ValueError(f"{questionnaire.code}: two questions have the same code")
        if question.shown_if and question.shown_if.question not in known:
            raise ValueError(f"{place}: the condition is on a question that does not come before")
        known.add(question.code)
        _check_question(question, place)
    if any(len(item.levels) != LEVELS for item in questionnaire.items) or len(questionnaire.levels) != LEVELS:
        raise ValueError(f"{questionnaire.code}: {LEVELS} levels are expected")


def _check_question(question: Question, place: str) -> None:
    codes = [choice.code for choice in question.choices]
    if not all(CODE.fullmatch(code) for code in (question.code, *codes)):
        raise ValueError(f"{place}: codes are small letters, digits and _")
    if len(set(codes)) != len(codes):
        raise ValueError(f"{place}: two choices have the same code")
    least = 2 if question.kind in WITH_CHOICES else 1 if question.kind is QuestionKind.GRID else 0
    if len(codes) < least:
        raise ValueError(f"{place}: {least} choices at least are expected")
    if question.lowest >= question.highest:
        raise ValueError(f"{place}: the bounds leave no number")


def _read(source: dict[str, Any]) -> Questionnaire:
    known = {
        **source,
        "levels": tuple(source["levels"]),
        "dimensions": _choices(source.get("dimensions", ())),
        "questions": tuple(_question(item) for item in source["questions"]),
        "translations": tuple(
            Translation(each["language"], tuple((place, text) for place, text in each["texts"]))
            for each in source.get("translations", ())
        ),
    }
    questionnaire = Questionnaire(**known)
    check(questionnaire)
    return questionnaire


def _question(source: dict[str, Any]) -> Question:
    shown_if = source.get("shown_if")
    condition = Condition(shown_if["question"], tuple(shown_if["answers"])) if shown_if else None
    known = {**source, "kind": QuestionKind(source["kind"]), "shown_if": condition}
    known.update({name: tuple(source[name]) for name in ("levels", "ends") if name in source})
    known["choices"] = _choices(source.get("choices", ()))
    return Question(**known)


def _choices(source: Any) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            each["code"],
            each["text"],
            each.get("picture", ""),
            tuple((language, name) for language, name in each.get("sounds", ())),
        )
        for each in source
    )


def _without_defaults(record: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Definitions that were frozen before a field existed, or without using it, stay the same text."""
    return {each.name: values[each.name] for each in fields(record) if _is_told(each, getattr(record, each.name))}


def _is_told(each: Field[Any], value: object) -> bool:
    return each.name == "help" or each.default is MISSING or value != each.default
