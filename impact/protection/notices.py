"""What protection says on top of a child's page."""

from collections.abc import Collection
from datetime import UTC, datetime

from impact.accounts.access import Action, FieldClass, may, sees_whole_file
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.navigation import Notice
from impact.protection.records import Restriction, UrgentAccess
from impact.protection.restriction_storage import list_restrictions
from impact.protection.retention_storage import find_archive
from impact.protection.urgent_storage import list_urgent
from impact.wording import local_moment, long_date

# Older emergency openings are in the list of readings.
SHOWN = 3


def file_notices(
    db: EncryptedDatabase, actor: Actor, child_id: int, situation_id: int, readable: Collection[str]
) -> list[Notice]:
    """An archive, the restrictions in force, the latest emergency openings."""
    found = []
    archive = find_archive(db, child_id)
    if archive:
        detail = f"Il se lit, et ne s’écrit plus, jusqu’au {long_date(archive[0])}. Raison : {archive[1]}"
        found.append(Notice("Dossier archivé", detail, "Voir les archives", "protection.archives"))
    today = datetime.now(UTC).date()
    restrictions = [
        known
        for known in list_restrictions(db, child_id)
        if known.since <= today and (known.until is None or today <= known.until)
    ]
    for restriction in restrictions:
        found.append(_restriction(actor, restriction, situation_id, FieldClass.JUSTICE in readable))
    accesses = list_urgent(db, situation_id)[:SHOWN]
    return found + [_access(actor, access) for access in accesses]


def _restriction(actor: Actor, restriction: Restriction, situation_id: int, told: bool) -> Notice:
    title = "Coordonnées protégées"
    if not told:
        return Notice(title, "Ne dites à personne où joindre l’enfant, ni son école : appelez d’abord la coordination.")
    detail = (
        f"Ne dites ni adresse ni école à : {restriction.person}. {restriction.ruling} Depuis le"
        f" {long_date(restriction.since)}. Les fiches imprimées et les copies masquent les lieux et les coordonnées ;"
        " relisez les textes libres avant de les remettre."
    )
    if not may(actor, Action.FOLLOW_CHILD):
        return Notice(title, detail)
    values: dict[str, int | str] = {"situation_id": situation_id, "restriction_id": restriction.id}
    return Notice(title, detail, "Corriger ou mettre fin", "protection.restriction", values)


def _access(actor: Actor, access: UrgentAccess) -> Notice:
    until = local_moment(access.ends_at)
    if access.member_id == actor.member_id and access.ends_at > datetime.now(UTC):
        if sees_whole_file(actor):
            return Notice("Vous lisez ce dossier archivé", f"Jusqu’au {until}. Votre raison : {access.reason}")
        return Notice("Vous lisez ce dossier en urgence", f"Jusqu’au {until}, sans ce qui concerne la justice.")
    detail = f"Par {access.name}, du {local_moment(access.opened_at)} au {until}, en lecture. Raison : {access.reason}"
    return Notice("Dossier ouvert avec une raison écrite", detail)
