"""Which children of the community may be one, written twice."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence
from datetime import date

from impact.sheets.records import Known
from impact.sounds import sound_of, sounds_alike

Couple = tuple[Known, Known]


def lookalikes(children: Sequence[Known], distinct: Collection[tuple[int, int]]) -> list[Couple]:
    """Couples whose names sound alike and whose births agree, those said distinct aside, in the order of names.

    Twins have one birth and two given names: given names must sound the same. A missing birth, or one that a slip
    explains (day and month exchanged, one part changed), asks for the whole name to sound the same.
    """
    groups: dict[Hashable, list[Known]] = defaultdict(list)
    for child in children:
        if child.birth_date:
            groups[child.birth_date, sound_of(child.given_name)].append(child)
        groups[sound_of(f"{child.family_name} {child.given_name}")].append(child)
    found: dict[tuple[int, int], Couple] = {}
    for members in groups.values():
        for i, first in enumerate(members):
            for second in members[i + 1 :]:
                one, other = sorted((first, second), key=lambda child: child.child_id)
                key = (one.child_id, other.child_id)
                if key not in distinct and key[0] != key[1] and _alike(one, other):
                    found[key] = (one, other)
    return sorted(found.values(), key=lambda couple: (couple[0].family_name.casefold(), couple[0].child_id))


def _alike(one: Known, other: Known) -> bool:
    if sound_of(one.given_name) != sound_of(other.given_name):
        return False
    if one.birth_date and one.birth_date == other.birth_date:
        return sounds_alike(one.family_name, other.family_name)
    if sound_of(one.family_name) != sound_of(other.family_name):
        return False
    return one.birth_date is None or other.birth_date is None or _slip(one.birth_date, other.birth_date)


def _slip(one: date, other: date) -> bool:
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return True
    same = sum(a == b for a, b in zip(one.timetuple()[:3], other.timetuple()[:3], strict=True))
    return same == 2 and abs(one.year - other.year) <= 1
