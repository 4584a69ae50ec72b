"""How a French name sounds: « Cœurval » and « Keurvalle », « Hafsa » and « Afsa » have one key."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

from impact.wording import fold

_NEAR = 0.84
# In this order: what several letters say together, then single letters, then what is not heard.
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sch|sh", "ch"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"(?<!c)h", ""),
        (r"ch(?=[lrnt])", "k"),
        (r"ch", "j"),
        (r"qu|q|ck", "k"),
        (r"gu(?=[eiy])", "g"),
        (r"g(?=[eiy])", "j"),
        (r"sc(?=[eiy])", "s"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"gn", "ni"),
        (r"ill(?=[aeiou])", "i"),
        (r"eau|au", "o"),
        (r"oeu|eu|oe", "e"),
        (r"ou", "u"),
        (r"ain|ein|aim|in(?![aeiouyn])|im(?=[bp])|yn(?![aeiouyn])", "1"),
        (r"[ae]n(?![aeiouyn])|[ae]m(?=[bp])", "2"),
        (r"on(?![aeiouyn])|om(?=[bp])", "3"),
        (r"ai|ei|ay|ey", "e"),
        (r"y", "i"),
        (r"z", "s"),
        (r"m", "n"),
        (r"b", "p"),
        (r"d", "t"),
    )
)


def sound_of(text: str) -> str:
    """The key of one or several words, in alphabetical order of keys: order, accents, silent endings do not count."""
    return " ".join(sorted(filter(None, (key_of(word) for word in fold(_visible(text)).split()))))


@lru_cache(maxsize=50_000)
def key_of(word: str) -> str:
    """The key of one folded word; empty when nothing of it is heard."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    word = re.sub(r"(.)\1+", r"\1", word)
    return re.sub(r"(?<=..)(?:es|e|s|t|x)$", "", word)


def sounds_alike(one: str, other: str) -> bool:
    """Whether two names have one key, or keys that differ by a slip."""
    return near(sound_of(one), sound_of(other))


def near(one: str, other: str) -> bool:
    """Whether two keys are one, or differ by a slip."""
    first, second = one.replace(" ", ""), other.replace(" ", "")
    return first == second or SequenceMatcher(None, first, second).ratio() >= _NEAR


def _visible(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
