"""Public registration, the list of the day, check-in."""

import secrets
from datetime import date

from impact.audit import SYSTEM, Actor, Deed, write
from impact.communities.storage import add_member, list_members, list_organisations
from impact.db import EncryptedDatabase, Row
from impact.exceptions import NotFound
from impact.identities import Identity, add_identity, get_identity, identities
from impact.wording import fold, sort_key
from impact.workshops.records import Workshop
from impact.workshops.registration_records import Expected, Opening, Registration
from impact.workshops.registration_rules import CODE_LENGTH, CODE_LETTERS, check_open, meant, member_code
from impact.workshops.rules import check_recording
from impact.workshops.storage import get_workshop, list_attendees, list_workshops, present_ids
from impact.workshops.vocabulary import RegistrationState


def get_opening(db: EncryptedDatabase, workshop_id: int) -> Opening:
    """Raises NotFound."""
    row = db.row("SELECT registration_token, seats FROM workshop WHERE id = ?", (workshop_id,))
    if row is None:
        raise NotFound
    return Opening(workshop_id, row["registration_token"], row["seats"])


def open_registration(db: EncryptedDatabase, actor: Actor, workshop_id: int, seats: int | None, once: str = "") -> None:
    """Give the workshop its public page, or change how many may register; the address stays the same."""
    with write(db, actor, once) as log:
        token = get_opening(db, workshop_id).token or secrets.token_urlsafe(12)
        db.execute("UPDATE workshop SET registration_token = ?, seats = ? WHERE id = ?", (token, seats, workshop_id))
        log.note(Deed.CHANGE, "workshop", workshop_id, ["registration"])


def close_registration(db: EncryptedDatabase, actor: Actor, workshop_id: int, once: str = "") -> None:
    """The public page is gone, for good: another opening has another address."""
    with write(db, actor, once) as log:
        get_opening(db, workshop_id)
        db.execute("UPDATE workshop SET registration_token = NULL WHERE id = ?", (workshop_id,))
        log.note(Deed.CHANGE, "workshop", workshop_id, ["registration"])


def find_opening(db: EncryptedDatabase, token: str) -> tuple[Workshop, Opening]:
    """The workshop of a public page; raises NotFound."""
    row = db.row("SELECT id FROM workshop WHERE registration_token = ?", (token,))
    if row is None:
        raise NotFound
    return get_workshop(db, row["id"]), get_opening(db, row["id"])


def register(
    db: EncryptedDatabase, workshop: Workshop, person: Identity, organisation: str, today: date, once: str = ""
) -> str:
    """Give the code; somebody registered twice under one name keeps the first. Raises Refused when it is over or full."""
    known = list_registrations(db, workshop.id)
    for registration in known:
        if fold(registration.listed_name) == fold(person.listed_name):
            return registration.code
    with write(db, SYSTEM, once) as log:
        check_open(workshop, get_opening(db, workshop.id), len(known), today)
        code = _new_code({registration.code for registration in known})
        added = db.insert_row(
            "INSERT INTO registration (workshop_id, identity_id, organisation, registered_on, code, state)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                workshop.id,
                add_identity(db, person),
                organisation,
                today.isoformat(),
                code,
                RegistrationState.REGISTERED,
            ),
        )
        log.note(Deed.CREATE, "registration", added)
    return code


def excuse(db: EncryptedDatabase, actor: Actor, workshop_id: int, registration_id: int, once: str = "") -> None:
    """She will not come after all; raises NotFound."""
    with write(db, actor, once) as log:
        changed = db.changed(
            "UPDATE registration SET state = ? WHERE id = ? AND workshop_id = ?",
            (RegistrationState.EXCUSED, registration_id, workshop_id),
        )
        if not changed:
            raise NotFound
        log.note(Deed.CHANGE, "registration", registration_id, ["state"])


def list_registrations(db: EncryptedDatabase, workshop_id: int) -> list[Registration]:
    """By name."""
    rows = db.rows("SELECT * FROM registration WHERE workshop_id = ?", (workshop_id,))
    names = identities(db, [row["identity_id"] for row in rows])
    found = [_registration(row, names[row["identity_id"]]) for row in rows]
    return sorted(found, key=lambda known: sort_key(known.listed_name))


def list_expected(db: EncryptedDatabase, workshop: Workshop) -> list[Expected]:
    """Who is on the sheet of the day, by name: the registered, then whoever came to the cycle before."""
    present = set(present_ids(db, workshop.id))
    registered = list_registrations(db, workshop.id)
    lines = [
        Expected(known.code, known.listed_name, known.organisation, known.state is RegistrationState.PRESENT)
        for known in registered
        if known.state is not RegistrationState.EXCUSED
    ]
    names = {fold(known.listed_name) for known in registered}
    cycle = [known.id for known in list_workshops(db, workshop.cycle_id)]
    lines += [
        Expected(member_code(known.member_id), known.listed_name, known.organisation, known.member_id in present)
        for known in list_attendees(db, cycle)
        if fold(known.listed_name) not in names
    ]
    return sorted(lines, key=lambda line: sort_key(line.listed_name))


def check_in(
    db: EncryptedDatabase, actor: Actor, workshop_id: int, typed: str, today: date, once: str = ""
) -> Expected:
    """Tick whoever gave this code or this name; raises Refused when nobody, or several, are meant."""
    with write(db, actor, once) as log:
        workshop = get_workshop(db, workshop_id)
        check_recording(workshop, today)
        found = meant(typed, list_expected(db, workshop))
        member_id = _member_of(db, actor, workshop, found)
        db.execute(
            "INSERT INTO attendance (workshop_id, member_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (workshop_id, member_id),
        )
        db.execute(
            "UPDATE registration SET state = ?, member_id = ? WHERE workshop_id = ? AND code = ?",
            (RegistrationState.PRESENT, member_id, workshop_id, found.code),
        )
        db.execute("UPDATE workshop SET version = version + 1 WHERE id = ?", (workshop_id,))
        log.note(Deed.CHANGE, "workshop", workshop_id, ["attendance"])
    return found


def _member_of(db: EncryptedDatabase, actor: Actor, workshop: Workshop, found: Expected) -> int:
    """The member of that name, or a new one with the organisation that she wrote when it is in the directory."""
    for member in list_members(db):
        if fold(member.listed_name) == fold(found.listed_name):
            return member.id
    row = db.row("SELECT identity_id FROM registration WHERE workshop_id = ? AND code = ?", (workshop.id, found.code))
    if row is None:
        return int(found.code[1:])
    person = get_identity(db, row["identity_id"])
    known = {fold(organisation.name): organisation.id for organisation in list_organisations(db)}
    copy = Identity(person.family_name, person.given_name, email=person.email)
    return add_member(db, actor, copy, known.get(fold(found.organisation)), workshop.held_on)


def _new_code(taken: set[str]) -> str:
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if code not in taken:
            return code


def _registration(row: Row, name: Identity) -> Registration:
    return Registration(
        row["id"],
        row["workshop_id"],
        name.listed_name,
        row["organisation"],
        date.fromisoformat(row["registered_on"]),
        row["code"],
        RegistrationState(row["state"]),
        row["member_id"],
    )
