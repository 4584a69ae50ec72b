"""What organisations say of themselves, and how to reach the people who agreed to it."""

import json
from datetime import date

from impact.audit import Actor, Deed, write
from impact.communities.storage import get_organisation, list_members
from impact.cooperation.grid_storage import list_mandates
from impact.cooperation.records import Contact, Sheet
from impact.cooperation.vocabulary import Level
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound
from impact.identities import identities
from impact.wording import join_words

_WORDS = ("missions", "domains", "publics", "territory", "strengths", "obstacles", "offered", "sought")
_SHEETS = (
    "SELECT organisation.id AS organisation_id, organisation_sheet.*, organisation.id AS owner_id,"
    " (SELECT json_group_array(level) FROM organisation_level WHERE organisation_id = organisation.id) AS levels"
    " FROM organisation LEFT JOIN organisation_sheet ON organisation_sheet.organisation_id = organisation.id"
)


def save_sheet(db: EncryptedDatabase, actor: Actor, sheet: Sheet, once: str = "") -> None:
    """Write the sheet for the first time or again; raises Conflict when somebody saved it meanwhile."""
    with write(db, actor, once) as log:
        get_organisation(db, sheet.organisation_id)
        now = list_sheets(db)[sheet.organisation_id]
        if now.version != sheet.version:
            levels = join_words([level.label for level in now.levels])
            raise Conflict({"levels": levels, **{name: getattr(now, name) for name in _WORDS}}, now.version)
        db.execute(
            "INSERT INTO organisation_sheet (organisation_id, missions, domains, publics, territory, strengths,"
            " obstacles, offered, sought) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (organisation_id) DO UPDATE SET"
            " missions = excluded.missions, domains = excluded.domains, publics = excluded.publics, territory = excluded.territory,"
            " strengths = excluded.strengths, obstacles = excluded.obstacles, offered = excluded.offered,"
            " sought = excluded.sought, version = version + 1",
            (sheet.organisation_id, *(getattr(sheet, name) for name in _WORDS)),
        )
        db.execute("DELETE FROM organisation_level WHERE organisation_id = ?", (sheet.organisation_id,))
        for level in dict.fromkeys(sheet.levels):
            db.execute(
                "INSERT INTO organisation_level (organisation_id, level) VALUES (?, ?)",
                (sheet.organisation_id, level.value),
            )
        log.note(Deed.CHANGE, "organisation_sheet", sheet.organisation_id, [*_WORDS, "levels"])


def get_sheet(db: EncryptedDatabase, organisation_id: int) -> Sheet:
    """The sheet of an organisation, empty (version 0) when nobody wrote it; raises NotFound without the organisation."""
    found = list_sheets(db).get(organisation_id)
    if found is None:
        raise NotFound
    return found


def list_sheets(db: EncryptedDatabase) -> dict[int, Sheet]:
    """By organisation, the unwritten ones included."""
    return {row["owner_id"]: _sheet(row) for row in db.rows(_SHEETS)}


def list_contacts(db: EncryptedDatabase, organisation_id: int) -> list[Contact]:
    """Present people of an organisation; e-mail and phone only of those who agreed."""
    people = [known for known in list_members(db) if known.organisation_id == organisation_id]
    agreed = {row["member_id"]: row["agreed_on"] for row in db.rows("SELECT * FROM contact_consent")}
    mandates = list_mandates(db)
    known = identities(db, [person.identity_id for person in people if person.id in agreed])
    found = []
    for person in people:
        identity = known.get(person.identity_id)
        email, phone = (identity.email, identity.phone) if identity else ("", "")
        day = date.fromisoformat(agreed[person.id]) if person.id in agreed else None
        found.append(Contact(person.id, person.name, day, email, phone, mandates.get(person.id)))
    return found


def set_consent(db: EncryptedDatabase, actor: Actor, member_id: int, agreed_on: date | None, once: str = "") -> None:
    """The person agrees that her contact details be shown, from that day; None withdraws it. Raises NotFound."""
    with write(db, actor, once) as log:
        if db.value("SELECT id FROM member WHERE id = ?", (member_id,)) is None:
            raise NotFound
        db.execute("DELETE FROM contact_consent WHERE member_id = ?", (member_id,))
        if agreed_on is not None:
            db.execute(
                "INSERT INTO contact_consent (member_id, agreed_on) VALUES (?, ?)", (member_id, agreed_on.isoformat())
            )
        log.note(Deed.CHANGE, "member", member_id, ["contact_consent"])


def _sheet(row: Row) -> Sheet:
    levels = set(json.loads(row["levels"]))
    words = {name: row[name] or "" for name in _WORDS}
    kept = tuple(level for level in Level if level.value in levels)
    return Sheet(row["owner_id"], kept, **words, version=row["version"] or 0)
