"""The languages that come with the product, and those that a community may write the words of."""

import tomllib
from functools import cache
from pathlib import Path

from surveys.languages.records import Interface, Language
from surveys.languages.vocabulary import Direction
from surveys.words import FRENCH as FRENCH_WORDS

HERE = Path(__file__).resolve().parent
FRENCH = Language("fr", "fr", "Français")
COMPLETE = (
    FRENCH,
    Language("fr-simple", "fr", "Français simple"),
    Language("en", "en", "English"),
    Language("ar", "ar", "العربية", Direction.RIGHT),
    Language("pt", "pt", "Português"),
    Language("tr", "tr", "Türkçe"),
)
# No word of these is written by the product: translations come from people who speak them.
PROPOSED = (
    Language("gcf", "gcf", "Kréyol (Gwadloup, Matinik)"),
    Language("gcr", "gcr", "Kréyòl gwiyannen"),
    Language("rcf", "rcf", "Kréol rényoné"),
    Language("swb", "swb", "Shimaoré"),
    Language("buc", "buc", "Kibushi"),
    Language("bm", "bm", "Bamanankan"),
    Language("es", "es", "Español"),
    Language("it", "it", "Italiano"),
    Language("kab", "kab", "Taqbaylit"),
    Language("ku", "ku", "Kurdî"),
    Language("ln", "ln", "Lingála"),
    Language("pl", "pl", "Polski"),
    Language("ro", "ro", "Română"),
    Language("rom", "rom", "Romani"),
    Language("snk", "snk", "Sooninkanxanne"),
    Language("so", "so", "Soomaali"),
    Language("sq", "sq", "Shqip"),
    Language("wo", "wo", "Wolof"),
)


@cache
def complete_interfaces() -> dict[str, Interface]:
    """The languages that come with the product, by code; a word that one lacks stays French."""
    return {language.code: Interface(language, _words(language.code)) for language in COMPLETE}


def french_interface() -> Interface:
    """The words of the product's own language."""
    return complete_interfaces()[FRENCH.code]


def _words(code: str) -> dict[str, str]:
    path = HERE / "words" / f"{code}.toml"
    written = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    return FRENCH_WORDS | written
