"""Two versions word by word, and how much a text was rewritten.

Words are compared with `difflib.SequenceMatcher` without its automatic junk. The words changed between two versions are
the words added plus the words removed, article by article; an article that only moves changes no word.
"""

import re
from collections.abc import Sequence
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise

from impact.agreements.records import Difference, Edition, Meter, Paragraph, Piece
from impact.agreements.vocabulary import Readiness

# From this many versions or days on, a text is being rewritten without end (FIELD.md, system 1).
MANY_VERSIONS, MANY_DAYS = 5, 180
# A version that changes less than this share of its words has settled, from the third version on.
SETTLED_SHARE, FIRST_SETTLED = 0.1, 3
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_WORD = re.compile(r"\w+")


def count_words(text: str) -> int:
    """Runs of letters and digits: « l’école » has two."""
    return len(_WORD.findall(text))


def compare_texts(old: str, new: str) -> tuple[Piece, ...]:
    """The runs of words kept, removed and added, in reading order; added and kept runs together give back `new`."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(after[c:d])))
            continue
        if a < b:
            pieces.append(Piece("removed", "".join(before[a:b])))
        if c < d:
            pieces.append(Piece("added", "".join(after[c:d])))
    return tuple(pieces)


def compare(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[Difference]:
    """Article by article, in the order of the new version, removed articles last."""
    before = {paragraph.article_id: paragraph for paragraph in old}
    here = {paragraph.article_id for paragraph in new}
    found = [_difference(before.get(paragraph.article_id), paragraph) for paragraph in new]
    return found + [_difference(paragraph, None) for paragraph in old if paragraph.article_id not in here]


def words_changed(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> int:
    """Words added plus words removed."""
    return sum(each.added + each.removed for each in compare(old, new))


def share_changed(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> float:
    """Words changed over the words of both versions: 0 for the same text, 1 when no word is kept."""
    both = sum(count_words(each.heading) + count_words(each.body) for each in (*old, *new))
    return words_changed(old, new) / both if both else 0.0


def measure(editions: Sequence[tuple[Edition, Sequence[Paragraph]]], today: date) -> Meter:
    """The meter of a text: `editions` by rising number, each with its paragraphs.

    The advice bears on the versions written since the last adopted one; the counts bear on all of them.
    """
    steps = list(pairwise(paragraphs for _, paragraphs in editions))
    words = sum(words_changed(old, new) for old, new in steps)
    first = editions[0][0].started_on if editions else today
    latest = editions[-1][0] if editions else None
    until = latest.settled_on if latest and latest.is_adopted and latest.settled_on else today
    last_change = share_changed(*steps[-1]) if steps else None
    return Meter(
        versions=len(editions),
        words=words,
        days=max(0, (until - first).days),
        last_change=last_change,
        readiness=_readiness(editions, last_change, today),
        restless=restless_articles([paragraphs for _, paragraphs in editions]),
    )


def restless_articles(versions: Sequence[Sequence[Paragraph]]) -> tuple[int, ...]:
    """Articles rewritten at each of the versions, from the third version on: better tried than written again."""
    if len(versions) < FIRST_SETTLED:
        return ()
    changed = [
        {each.article_id for each in compare(old, new) if each.old and each.new and each.is_change}
        for old, new in pairwise(versions)
    ]
    return tuple(sorted(set.intersection(*changed)))


def _readiness(
    editions: Sequence[tuple[Edition, Sequence[Paragraph]]], last_change: float | None, today: date
) -> Readiness:
    if not editions or not editions[-1][1]:
        return Readiness.EMPTY
    if editions[-1][0].is_adopted:
        return Readiness.SETTLED
    if editions[-1][0].is_voting:
        return Readiness.VOTING
    adopted = [rank for rank, (edition, _) in enumerate(editions) if edition.is_adopted]
    current = editions[adopted[-1] + 1 if adopted else 0 :]
    days = (today - current[0][0].started_on).days
    if len(current) >= MANY_VERSIONS or days >= MANY_DAYS:
        return Readiness.ENDLESS
    if len(current) >= FIRST_SETTLED and last_change is not None and last_change < SETTLED_SHARE:
        return Readiness.SETTLING
    return Readiness.EARLY


def _difference(old: Paragraph | None, new: Paragraph | None) -> Difference:
    kept = new or old
    assert kept is not None
    heading = compare_texts(old.heading if old else "", new.heading if new else "")
    body = compare_texts(old.body if old else "", new.body if new else "")
    words = {
        kind: sum(count_words(piece.text) for piece in (*heading, *body) if piece.kind == kind)
        for kind in ("added", "removed")
    }
    return Difference(kept.article_id, old, new, heading, body, words["added"], words["removed"])
