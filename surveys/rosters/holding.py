"""Limitations that were asked for and do not hold yet: made to hold when the worker starts."""

from collections.abc import Iterable

from impact.audit import SYSTEM
from impact.instance import Instance
from surveys.rosters.protection_storage import hold_restrictions, list_still_counted

HOLD_RESTRICTIONS = "hold_restrictions"


def hold(place: Instance, slug: str) -> None:
    """The job, for one community."""
    db = place.community(slug)
    try:
        hold_restrictions(db, SYSTEM)
    finally:
        db.close()


def waiting(place: Instance) -> Iterable[tuple[str]]:
    """The communities where one does not hold."""
    found = []
    for slug in place.slugs():
        db = place.community(slug)
        found += [(slug,)] if list_still_counted(db) else []
        db.close()
    return found
