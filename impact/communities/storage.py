"""The community's row, organisations and members."""

import json
from datetime import date

from impact.audit import Actor, Deed, write
from impact.communities.records import Community, Member, Organisation
from impact.db import EncryptedDatabase, IntegrityError, Row
from impact.exceptions import Conflict, NotFound, Refused
from impact.identities import Identity, add_identity, change_identity, identities
from impact.vocabulary import CommunityKind, OrganisationKind
from impact.wording import sort_key


def add_community(db: EncryptedDatabase, actor: Actor, community: Community) -> None:
    """Write the one row of a new file."""
    with write(db, actor) as log:
        db.execute(
            "INSERT INTO community (id, name, kind, territory, starts_on, ends_on) VALUES (1, ?, ?, ?, ?, ?)",
            _community_values(community),
        )
        log.note(Deed.CREATE, "community", 1)


def get_community(db: EncryptedDatabase) -> Community:
    """Raises NotFound in a file that was never filled."""
    row = db.row("SELECT * FROM community")
    if row is None:
        raise NotFound
    return Community(
        name=row["name"],
        kind=CommunityKind(row["kind"]),
        territory=row["territory"],
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=date.fromisoformat(row["ends_on"]) if row["ends_on"] else None,
        hidden_tabs=tuple(json.loads(row["hidden_tabs"])),
        version=row["version"],
    )


def change_community(db: EncryptedDatabase, actor: Actor, community: Community, once: str = "") -> None:
    """Replace the row; raises Conflict when `community.version` is no longer the stored one."""
    with write(db, actor, once) as log:
        changed = db.changed(
            "UPDATE community SET name = ?, kind = ?, territory = ?, starts_on = ?, ends_on = ?, hidden_tabs = ?,"
            " version = version + 1 WHERE version = ?",
            (*_community_values(community), json.dumps(community.hidden_tabs), community.version),
        )
        if not changed:
            now = get_community(db)
            raise Conflict({"name": now.name, "territory": now.territory}, now.version)
        log.note(Deed.CHANGE, "community", 1, ["name", "kind", "territory", "starts_on", "ends_on", "hidden_tabs"])


def add_organisation(db: EncryptedDatabase, actor: Actor, name: str, kind: OrganisationKind, once: str = "") -> int:
    """Give the id; refuses a name that the community already has."""
    try:
        with write(db, actor, once) as log:
            added = db.insert_row("INSERT INTO organisation (name, kind) VALUES (?, ?)", (name, kind.value))
            log.note(Deed.CREATE, "organisation", added)
    except IntegrityError:
        raise Refused("Cette structure est déjà dans l’annuaire : ouvrez-la, ou précisez le nom.", "name") from None
    return added


def change_organisation(db: EncryptedDatabase, actor: Actor, organisation: Organisation, once: str = "") -> None:
    """Raises Conflict when somebody saved it meanwhile, Refused when the name is taken."""
    try:
        with write(db, actor, once) as log:
            changed = db.changed(
                "UPDATE organisation SET name = ?, kind = ?, version = version + 1 WHERE id = ? AND version = ?",
                (organisation.name, organisation.kind.value, organisation.id, organisation.version),
            )
            if not changed:
                now = get_organisation(db, organisation.id)
                raise Conflict({"name": now.name, "kind": now.kind.label}, now.version)
            log.note(Deed.CHANGE, "organisation", organisation.id, ["name", "kind"])
    except IntegrityError:
        raise Refused("Une autre structure porte déjà ce nom : précisez-le.", "name") from None


def get_organisation(db: EncryptedDatabase, organisation_id: int) -> Organisation:
    """Raises NotFound."""
    for organisation in list_organisations(db):
        if organisation.id == organisation_id:
            return organisation
    raise NotFound


def list_organisations(db: EncryptedDatabase) -> list[Organisation]:
    """In French alphabetical order, with the number of present members."""
    rows = db.rows(
        "SELECT organisation.*, count(member.id) AS member_count FROM organisation"
        " LEFT JOIN member ON organisation_id = organisation.id AND left_on IS NULL GROUP BY organisation.id"
    )
    found = [
        Organisation(row["id"], row["name"], OrganisationKind(row["kind"]), row["version"], row["member_count"])
        for row in rows
    ]
    return sorted(found, key=lambda organisation: sort_key(organisation.name))


def add_member(
    db: EncryptedDatabase,
    actor: Actor,
    identity: Identity,
    organisation_id: int | None,
    day: date,
    account_ref: str | None = None,
    once: str = "",
) -> int:
    """A person of the community, known by name, with an account or not."""
    with write(db, actor, once) as log:
        added = db.insert_row(
            "INSERT INTO member (identity_id, organisation_id, account_ref, joined_on) VALUES (?, ?, ?, ?)",
            (add_identity(db, identity), organisation_id, account_ref, day.isoformat()),
        )
        log.note(Deed.CREATE, "member", added)
    return added


def change_member(db: EncryptedDatabase, actor: Actor, member: Member, identity: Identity, once: str = "") -> None:
    """Name, contacts and organisation; raises Conflict when somebody saved the member meanwhile."""
    with write(db, actor, once) as log:
        changed = db.changed(
            "UPDATE member SET organisation_id = ?, version = version + 1 WHERE id = ? AND version = ?",
            (member.organisation_id, member.id, member.version),
        )
        if not changed:
            now = get_member(db, member.id)
            raise Conflict({"family_name": now.listed_name, "organisation": now.organisation}, now.version)
        change_identity(db, identity)
        log.note(Deed.CHANGE, "member", member.id, ["family_name", "given_name", "email", "phone", "organisation_id"])


def get_member(db: EncryptedDatabase, member_id: int) -> Member:
    """Raises NotFound."""
    rows = db.rows(
        "SELECT member.*, organisation.name AS organisation, organisation.kind AS organisation_kind FROM member"
        " LEFT JOIN organisation ON organisation.id = organisation_id WHERE member.id = ?",
        (member_id,),
    )
    if not rows:
        raise NotFound
    return _members(db, rows)[0]


def find_member(db: EncryptedDatabase, account_ref: str) -> Member | None:
    """The member that an account is."""
    member_id = db.value("SELECT id FROM member WHERE account_ref = ?", (account_ref,))
    return None if member_id is None else get_member(db, member_id)


def list_members(db: EncryptedDatabase) -> list[Member]:
    """Present members by name."""
    rows = db.rows(
        "SELECT member.*, organisation.name AS organisation, organisation.kind AS organisation_kind FROM member"
        " LEFT JOIN organisation ON organisation.id = organisation_id WHERE left_on IS NULL"
    )
    return sorted(_members(db, rows), key=lambda member: sort_key(member.listed_name))


def _members(db: EncryptedDatabase, rows: list[Row]) -> list[Member]:
    people = identities(db, [row["identity_id"] for row in rows])
    return [_member(row, people[row["identity_id"]]) for row in rows]


def _member(row: Row, identity: Identity) -> Member:
    return Member(
        id=row["id"],
        identity_id=identity.id,
        name=identity.full_name,
        listed_name=identity.listed_name,
        organisation_id=row["organisation_id"],
        organisation=row["organisation"] or "",
        organisation_kind=OrganisationKind(row["organisation_kind"]) if row["organisation_kind"] else None,
        account_ref=row["account_ref"],
        joined_on=date.fromisoformat(row["joined_on"]),
        left_on=date.fromisoformat(row["left_on"]) if row["left_on"] else None,
        version=row["version"],
    )


def _community_values(community: Community) -> tuple[object, ...]:
    ends = community.ends_on.isoformat() if community.ends_on else None
    return community.name, community.kind.value, community.territory, community.starts_on.isoformat(), ends
