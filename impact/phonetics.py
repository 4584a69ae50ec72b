"""How a French name sounds: a key that the usual spellings of one name share (Pommerole, Paumerol; Philippe, Filip)."""

import re
from functools import lru_cache

# In order: each spelling becomes the letter of its sound. Words come folded, in small letters without accents.
_SOUNDS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[^a-z]", ""),
        (r"([^s])\1+", r"\1"),
        (r"(?<=u)x$", ""),
        (r"ch(?=[rl])", "k"),
        (r"sch|sh|ch", "1"),
        (r"ph", "f"),
        (r"h", ""),
        (r"sc(?=[eiy])|c(?=[eiy])", "s"),
        (r"ck|qu|q|c", "k"),
        (r"gu(?=[eiy])", "G"),
        (r"g(?=[eiy])|j", "J"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"(?<=[aeiou])s(?=[aeiouy])", "z"),
        (r"s+", "s"),
        (r"(?:eau|au)(?:l[td])?", "o"),
        (r"(?:ai|ei|i|y|u)[nm](?![aeiouynm])", "3"),
        (r"e?a[nm](?![aeiouynm])|e[nm](?![aeiouynm])", "2"),
        (r"o[nm](?![aeiouynm])", "4"),
        (r"[ae]i|[ae]y(?![aeiou])", "e"),
        (r"oeu|eu", "e"),
        (r"ou", "u"),
        (r"y", "i"),
        (r"ebv", "ev"),
        (r"(?<=.)e?[stdz]*$", ""),
        (r"z", "s"),
    )
)


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """The key of one folded word; the word itself when nothing of it is heard."""
    key = word
    for pattern, replacement in _SOUNDS:
        key = pattern.sub(replacement, key)
    return key.lower() or word
