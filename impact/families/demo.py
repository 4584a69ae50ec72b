"""The families of the demonstration's parents' cafés; head-counts of the workshops stay what they were."""

from datetime import date

from impact.audit import Actor
from impact.db import EncryptedDatabase, gate
from impact.families.records import Arrival, FamilySheet
from impact.families.storage import list_families, list_presences, record_families
from impact.workshops.storage import get_workshop, list_workshops

# Rank of the family, adults, children, for each of the last two workshops held; the earlier ones were only counted.
_CAME = (
    ((0, 1, 1), (1, 1, 0), (2, 2, 0), (3, 1, 1)),
    ((0, 1, 0), (1, 1, 1), (3, 1, 0), (4, 1, 1), (5, 2, 0)),
)
_NAMES = (
    ("Bourrasque", "Nadia"),
    ("Campanule", "Rui"),
    ("Douvier", "Fatou"),
    ("Églantine", "Claire"),
    ("Fougerole", "Mehdi"),
    ("Grandvent", "Ana"),
)


def fill(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    """Record the families of the last two workshops held, in one transaction."""
    held = [known for known in list_workshops(db) if known.is_held]
    with gate(db):
        for workshop, came in zip(held[-len(_CAME) :], _CAME, strict=True):
            for rank, adults, children in came:
                _record(db, actor, workshop.id, _NAMES[rank], (adults, children), today)


def _record(
    db: EncryptedDatabase, actor: Actor, workshop_id: int, name: tuple[str, str], counts: tuple[int, int], today: date
) -> None:
    version = get_workshop(db, workshop_id).version
    known = {family.name: family.id for family in list_families(db)}
    here = {row.family_id: (row.adults, row.children) for row in list_presences(db, workshop_id)}
    family_id = known.get(" ".join(name))
    if family_id is None:
        sheet = FamilySheet(workshop_id, version, here, Arrival(*name, *counts))
    else:
        sheet = FamilySheet(workshop_id, version, {**here, family_id: counts})
    record_families(db, actor, sheet, today)
