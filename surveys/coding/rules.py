"""Who may read an open answer and when, and what a quote must not hold: decisions without a database."""

import re
from collections.abc import Collection

from impact.exceptions import Refused
from impact.wording import fold
from surveys.coding.records import CodedQuestion, Written

# STATISTICS §2.M: no quotation when fewer than eleven people wrote; §2.B: a theme is told from five people on.
LEAST_WRITERS, LEAST_TOLD = 11, 5
# STATISTICS §2.B: two people read at least a fifth of the answers.
SHARE_READ_TWICE = 0.2
MOST_READERS = 2
CUT = "[…]"
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_TOLD = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|\+?\d(?:[ .]?\d){5,}|\b\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?\b")
# « des Saules », « Le Tilleul »: small words of names that every sentence holds.
_PARTICLES = frozenset({"aux", "des", "les"})
_SENTENCE_START = re.compile(r"(?:^|[.!?…\]:«]\s*)$")


def check_reader(coded: CodedQuestion, answer: Written, reader: int) -> None:
    """Raises Refused for a third reader, or when both readings were compared already."""
    readers = {each for written in coded.answers for each in written.apart}
    if reader not in readers and len(readers) >= MOST_READERS:
        raise Refused("Deux personnes lisent déjà ces réponses : un accord se mesure entre deux.")
    if reader in answer.apart and len(answer.apart) == MOST_READERS:
        raise Refused("Les deux lectures ont été comparées : mettez-vous d’accord plutôt que de changer la vôtre.")


def next_for(coded: CodedQuestion, reader: int) -> Written | None:
    """The next answer that this person has not read, those that the other has read first."""
    waiting = [each for each in coded.answers if reader not in each.readings]
    return min(waiting, key=lambda each: not each.apart) if waiting else None


def check_quote(words: str, quote: str) -> str:
    """The quote, each of whose pieces between « […] » is in the answer; raises Refused at `words` otherwise."""
    kept = " ".join(quote.replace("[...]", CUT).split())
    whole = " ".join(words.split())
    pieces = [piece.strip() for piece in kept.split(CUT)]
    if not any(pieces):
        raise Refused("Il ne reste rien à citer.", "words")
    if not all(piece in whole for piece in pieces):
        raise Refused(f"On coupe une réponse, on ne la récrit pas : remplacez ce que vous ôtez par {CUT}.", "words")
    return kept


def found_in(quote: str, names: Collection[str]) -> list[str]:
    """What may say who wrote: a name of the directory, a capital inside a sentence, a number, a date, an address."""
    known = {part for name in names for part in fold(name).split() if len(part) > 2} - _PARTICLES
    found = [match[0] for match in _TOLD.finditer(quote)]
    for match in _WORD.finditer(quote):
        inside = match[0][0].isupper() and not _SENTENCE_START.search(quote[: match.start()])
        if inside or not known.isdisjoint(fold(match[0]).split()):
            found.append(match[0])
    return list(dict.fromkeys(found))


def check_released(found: Collection[str], sure: bool) -> None:
    """Raises Refused at `sure` when something may say who wrote, and nobody looked at it."""
    if found and not sure:
        said = ", ".join(f"« {each} »" for each in found)
        raise Refused(
            f"À vérifier : {said}. Remplacez par {CUT} ce qui peut dire de qui il s’agit, ou cochez la case.", "sure"
        )
