"""What XLSForm and the product call the same things.

Columns that begin with `impact_` are the product's own: other tools ignore them, and a form read back is equal.
"""

from surveys.languages.known import COMPLETE
from surveys.vocabulary import QuestionKind

NAMES = {language.code: language.name for language in COMPLETE}
UNKNOWN, REFUSED = "unknown", "refused"
LEVELS, DIMENSIONS = "levels", "impact_dimensions"
SURVEY = "survey", "choices", "settings"
TYPES = {
    QuestionKind.INFORMATION: "note",
    QuestionKind.SCALE: "range",
    QuestionKind.NUMBER: "integer",
    QuestionKind.DAY: "date",
    QuestionKind.LINE: "text",
    QuestionKind.WORDS: "text",
}
SELECTS = {
    QuestionKind.LEVEL: "select_one",
    QuestionKind.ONE: "select_one",
    QuestionKind.SEVERAL: "select_multiple",
    QuestionKind.RANKING: "rank",
}


def label(column: str, code: str) -> str:
    """The column of a text in one language: label::Français (fr)."""
    return f"{column}::{NAMES.get(code, code)} ({code})"
