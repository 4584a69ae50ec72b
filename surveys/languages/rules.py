"""What a questionnaire says, place by place, and what it says in another language."""

import re
from collections.abc import Mapping
from dataclasses import replace

from impact.exceptions import Refused
from surveys.records import Question, Questionnaire, Translation
from surveys.words import FRENCH

LONGEST_WORDS = 600
_SLOT = re.compile(r"\{(\w+)\}")


def places(questionnaire: Questionnaire) -> dict[str, str]:
    """Every text that a respondent reads, by place, in the order of reading; blank texts have no place."""
    found = {"title": questionnaire.title, "purpose": questionnaire.purpose}
    found.update(_numbered("level", questionnaire.levels))
    for question in questionnaire.questions:
        found.update(_question_places(question))
    return {place: text for place, text in found.items() if text}


def words_of(questionnaire: Questionnaire, code: str) -> dict[str, str]:
    """What is written in this language, by place; nothing for French, or for a language nobody wrote."""
    return next((dict(each.texts) for each in questionnaire.translations if each.language == code), {})


def translate(questionnaire: Questionnaire, code: str) -> Questionnaire:
    """The questionnaire in this language; what is not translated stays as it is."""
    words = words_of(questionnaire, code)
    if not words:
        return questionnaire

    def said(place: str, text: str) -> str:
        return words.get(place, text) if text else text

    def one(question: Question) -> Question:
        name = question.code
        return replace(
            question,
            text=said(f"question/{name}", question.text),
            help=said(f"help/{name}", question.help),
            levels=tuple(said(f"level/{name}/{n}", text) for n, text in enumerate(question.levels, start=1)),
            ends=tuple(said(f"end/{name}/{n}", text) for n, text in enumerate(question.ends, start=1)),
            choices=tuple(
                replace(each, text=said(f"choice/{name}/{each.code}", each.text)) for each in question.choices
            ),
        )

    return replace(
        questionnaire,
        title=said("title", questionnaire.title),
        purpose=said("purpose", questionnaire.purpose),
        levels=tuple(said(f"level/{n}", text) for n, text in enumerate(questionnaire.levels, start=1)),
        questions=tuple(one(question) for question in questionnaire.questions),
    )


def left_in_french(questionnaire: Questionnaire, code: str) -> frozenset[str]:
    """The French texts that nobody translated into this language; none for French itself."""
    words = words_of(questionnaire, code)
    if not words:
        return frozenset()
    return frozenset(text for place, text in places(questionnaire).items() if place not in words)


def with_words(questionnaire: Questionnaire, code: str, words: Mapping[str, str]) -> Questionnaire:
    """The questionnaire with this translation instead of the one it had; without it when there is no word."""
    known = places(questionnaire)
    kept = tuple((place, words[place]) for place in known if words.get(place))
    others = [each for each in questionnaire.translations if each.language != code]
    added = [Translation(code, kept)] if kept else []
    ordered = sorted([*others, *added], key=lambda each: each.language)
    return replace(questionnaire, translations=tuple(ordered))


def keep_translations(before: Questionnaire, after: Questionnaire) -> Questionnaire:
    """The later questionnaire, without the translations of texts that are gone or were reworded since."""
    old, new = places(before), places(after)
    for each in after.translations:
        still = {place: text for place, text in each.texts if old.get(place) == new.get(place)}
        after = with_words(after, each.language, still)
    return after


def check_words(words: Mapping[str, str]) -> dict[str, str]:
    """What is wrong in interface words, by name: one of the figures that the page puts in is missing."""
    wrong = {}
    for name, text in words.items():
        missing = [slot for slot in _SLOT.findall(FRENCH[name]) if text and f"{{{slot}}}" not in text]
        if missing:
            wrong[name] = f"Gardez {{{missing[0]}}} : la page le remplace."
    return wrong


def check_code(code: str, taken: set[str]) -> str:
    """A language's code as pages declare it; raises Refused when it is not one, or when it is already there."""
    code = code.strip().lower()
    if not re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", code):
        raise Refused("Écrivez le code international de la langue, en 2 ou 3 lettres. Exemple : mg", "code")
    if code in taken:
        raise Refused("Cette langue est déjà là.", "code")
    return code


def _question_places(question: Question) -> dict[str, str]:
    name = question.code
    found = {f"question/{name}": question.text, f"help/{name}": question.help}
    found.update({f"choice/{name}/{choice.code}": choice.text for choice in question.choices})
    found.update(_numbered(f"level/{name}", question.levels))
    found.update(_numbered(f"end/{name}", question.ends))
    return found


def _numbered(start: str, texts: tuple[str, ...]) -> dict[str, str]:
    return {f"{start}/{n}": text for n, text in enumerate(texts, start=1)}
