"""The community's row, organisations and members."""

import json
from collections.abc import Iterable
from datetime import date, datetime

from impact.audit import Actor, Deed, write
from impact.communities.records import AuditEntry, Community, Member, Organisation
from impact.communities.rules import check_dates, check_organisation_name, same_name
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound, Refused
from impact.identities import Identity, add_identity, change_identity, get_identity, identities
from impact.vocabulary import CommunityKind, OrganisationKind
from impact.wording import short_date, sort_key


def add_community(db: EncryptedDatabase, actor: Actor, community: Community) -> None:
    """Write the one row of a new file."""
    check_dates(community.starts_on, community.ends_on)
    with write(db, actor) as log:
        db.execute(
            "INSERT INTO community (id, name, territory, starts_on, ends_on, hidden_tabs, kind)"
            " VALUES (1, ?, ?, ?, ?, ?, ?)",
            (*_settings_values(community), community.kind.value),
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
    """Replace the row, kind aside; raises Conflict when `community.version` is no longer the stored one."""
    check_dates(community.starts_on, community.ends_on)
    with write(db, actor, once) as log:
        changed = db.changed(
            "UPDATE community SET name = ?, territory = ?, starts_on = ?, ends_on = ?, hidden_tabs = ?,"
            " version = version + 1 WHERE version = ?",
            (*_settings_values(community), community.version),
        )
        if not changed:
            now = get_community(db)
            stored = {"starts_on": short_date(now.starts_on), "ends_on": short_date(now.ends_on)}
            raise Conflict({"name": now.name, "territory": now.territory, **stored}, now.version)
        log.note(Deed.CHANGE, "community", 1, ["name", "territory", "starts_on", "ends_on", "hidden_tabs"])


def add_organisation(db: EncryptedDatabase, actor: Actor, name: str, kind: OrganisationKind, once: str = "") -> int:
    """Give the id; refuses a name that the community already has, whatever the accents and the case."""
    with write(db, actor, once) as log:
        check_organisation_name(name, list_organisations(db))
        added = db.insert_row("INSERT INTO organisation (name, kind) VALUES (?, ?)", (name, kind.value))
        log.note(Deed.CREATE, "organisation", added)
    return added


def change_organisation(db: EncryptedDatabase, actor: Actor, organisation: Organisation, once: str = "") -> None:
    """Raises Conflict when somebody saved it meanwhile, Refused when the name is taken."""
    with write(db, actor, once) as log:
        others = [known for known in list_organisations(db) if known.id != organisation.id]
        check_organisation_name(organisation.name, others)
        changed = db.changed(
            "UPDATE organisation SET name = ?, kind = ?, version = version + 1 WHERE id = ? AND version = ?",
            (organisation.name, organisation.kind.value, organisation.id, organisation.version),
        )
        if not changed:
            now = get_organisation(db, organisation.id)
            raise Conflict({"name": now.name, "kind": now.kind.label}, now.version)
        log.note(Deed.CHANGE, "organisation", organisation.id, ["name", "kind"])


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
    homonym: bool = False,
) -> int:
    """A person of the community, known by name, with an account or not.

    Raises Refused when somebody of that name is already there, unless `homonym` says that she is another person.
    """
    with write(db, actor, once) as log:
        if not homonym:
            _check_new(db, identity)
        added = db.insert_row(
            "INSERT INTO member (identity_id, organisation_id, account_ref, joined_on) VALUES (?, ?, ?, ?)",
            (add_identity(db, identity), organisation_id, account_ref, day.isoformat()),
        )
        log.note(Deed.CREATE, "member", added)
    return added


def _check_new(db: EncryptedDatabase, identity: Identity) -> None:
    known = same_name(list_members(db), identity.family_name, identity.given_name)
    if known is not None:
        where = f" ({known.organisation})" if known.organisation else ""
        raise Refused(
            f"{known.name}{where} est déjà dans l’annuaire. Si c’est une autre personne, cochez la case plus bas.",
            "family_name",
        )


def change_member(db: EncryptedDatabase, actor: Actor, member: Member, identity: Identity, once: str = "") -> None:
    """Name, contacts and organisation; raises Conflict when somebody saved the member meanwhile."""
    with write(db, actor, once) as log:
        changed = db.changed(
            "UPDATE member SET organisation_id = ?, version = version + 1 WHERE id = ? AND version = ?",
            (member.organisation_id, member.id, member.version),
        )
        if not changed:
            raise _member_conflict(db, member.id)
        change_identity(db, identity)
        log.note(Deed.CHANGE, "member", member.id, ["family_name", "given_name", "email", "phone", "organisation_id"])


def _member_conflict(db: EncryptedDatabase, member_id: int) -> Conflict:
    now = get_member(db, member_id)
    person = get_identity(db, now.identity_id)
    stored = {"family_name": person.family_name, "given_name": person.given_name, "organisation_id": now.organisation}
    return Conflict({**stored, "email": person.email, "phone": person.phone}, now.version)


def give_account(db: EncryptedDatabase, actor: Actor, member_id: int, account_ref: str) -> None:
    """A person of the directory now signs in, or comes back; raises Refused when another account is hers."""
    with write(db, actor) as log:
        changed = db.changed(
            "UPDATE member SET account_ref = ?, left_on = NULL, version = version + 1"
            " WHERE id = ? AND (account_ref IS NULL OR account_ref = ?)",
            (account_ref, member_id, account_ref),
        )
        if not changed:
            raise Refused("Cette personne a déjà un compte dans la communauté : demandez une autre invitation.")
        log.note(Deed.CHANGE, "member", member_id, ["account_ref", "left_on"])


def end_member(db: EncryptedDatabase, actor: Actor, member_id: int, day: date, once: str = "") -> None:
    """The person leaves: what she did keeps her name, lists no longer offer it. Raises NotFound when she is gone."""
    with write(db, actor, once) as log:
        changed = db.changed(
            "UPDATE member SET left_on = ?, version = version + 1 WHERE id = ? AND left_on IS NULL",
            (day.isoformat(), member_id),
        )
        if not changed:
            raise NotFound
        log.note(Deed.CHANGE, "member", member_id, ["left_on"])


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


def member_names(db: EncryptedDatabase, member_ids: Iterable[int | None] | None = None) -> dict[int, str]:
    """Full name by member, those who left included, in alphabetical order; of everybody unless `member_ids` says whom."""
    wanted = None if member_ids is None else json.dumps(sorted({each for each in member_ids if each is not None}))
    rows = db.rows(
        "SELECT id, identity_id FROM member WHERE :wanted IS NULL OR id IN (SELECT value FROM json_each(:wanted))",
        {"wanted": wanted},
    )
    people = identities(db, [row["identity_id"] for row in rows])
    named = sorted(rows, key=lambda row: sort_key(people[row["identity_id"]].listed_name))
    return {row["id"]: people[row["identity_id"]].full_name for row in named}


def list_audit_entries(
    db: EncryptedDatabase, deed: Deed | None = None, before: int | None = None, limit: int = 50
) -> list[AuditEntry]:
    """The latest entries first; `before` is the id of the last entry of the page above."""
    rows = db.rows(
        "SELECT audit_entry.*, member.identity_id FROM audit_entry LEFT JOIN member ON account_ref = actor_ref"
        " WHERE (:deed IS NULL OR deed = :deed) AND (:before IS NULL OR audit_entry.id < :before)"
        " ORDER BY audit_entry.id DESC LIMIT :limit",
        {"deed": deed.value if deed else None, "before": before, "limit": limit},
    )
    people = identities(db, [row["identity_id"] for row in rows if row["identity_id"] is not None])
    return [_audit_entry(row, people) for row in rows]


def _audit_entry(row: Row, people: dict[int, Identity]) -> AuditEntry:
    known = people.get(row["identity_id"]) if row["identity_id"] is not None else None
    return AuditEntry(
        id=row["id"],
        at=datetime.fromisoformat(row["at"]),
        name=known.full_name if known else "",
        role=row["actor_role"],
        deed=Deed(row["deed"]),
        object_kind=row["object_kind"],
        object_id=row["object_id"],
    )


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


def _settings_values(community: Community) -> tuple[object, ...]:
    ends = community.ends_on.isoformat() if community.ends_on else None
    hidden = json.dumps(community.hidden_tabs)
    return community.name, community.territory, community.starts_on.isoformat(), ends, hidden
