"""Questionnaires as text: the files of the library, and the copy that freezes what a wave asked."""

import json
import tomllib
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from impact.exceptions import NotFound
from surveys.records import Question, Questionnaire
from surveys.vocabulary import QuestionKind

LIBRARY = Path(__file__).resolve().parent / "library"
LEVELS = 5


@cache
def library() -> tuple[Questionnaire, ...]:
    """Every standard questionnaire, one file each, in the order of the files' names."""
    return tuple(_read(tomllib.loads(path.read_text("utf-8"))) for path in sorted(LIBRARY.glob("*.toml")))


def get_standard(code: str) -> Questionnaire:
    """Raises NotFound."""
    for questionnaire in library():
        if questionnaire.code == code:
            return questionnaire
    raise NotFound


def as_text(questionnaire: Questionnaire) -> str:
    """The whole definition as JSON, in an order that never changes."""
    return json.dumps(asdict(questionnaire), ensure_ascii=False, sort_keys=True)


def from_text(text: str) -> Questionnaire:
    """The definition that `as_text` wrote."""
    return _read(json.loads(text))


def _read(source: dict[str, Any]) -> Questionnaire:
    levels = tuple(source["levels"])
    if len(levels) != LEVELS:
        raise ValueError(f"{source['code']}: {LEVELS} levels are expected")
    questions = tuple(
        Question(item["code"], QuestionKind(item["kind"]), item["text"], item.get("help", ""))
        for item in source["questions"]
    )
    if len({question.code for question in questions}) != len(questions):
        raise ValueError(f"{source['code']}: two questions have the same code")
    return Questionnaire(**{**source, "levels": levels, "questions": questions})
