"""Which language a respondent reads."""

from collections.abc import Callable, Mapping, Sequence

from surveys.languages.known import FRENCH
from surveys.languages.records import Interface, Language
from surveys.records import Questionnaire


def offered(questionnaire: Questionnaire, known: Mapping[str, Interface]) -> list[Language]:
    """French, then the languages in which both the questionnaire and the page around it are written."""
    written = {each.language for each in questionnaire.translations}
    return [each.language for code, each in known.items() if code == FRENCH.code or code in written]


def chosen(asked_for: str, offers: Sequence[Language], preferred: Callable[[list[str]], str | None]) -> Language:
    """The language asked for, else the one that the browser prefers, else French."""
    by_code = {language.code: language for language in offers}
    if asked_for in by_code:
        return by_code[asked_for]
    return by_code.get(preferred([language.tag for language in offers]) or "", FRENCH)
