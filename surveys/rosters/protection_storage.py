"""Who may read the names of a cohort, how long they are kept, whom nothing is asked any more."""

from collections.abc import Collection, Sequence
from datetime import date

from impact.audit import Actor, Deed, Log, write
from impact.db import EncryptedDatabase
from impact.exceptions import Conflict, Refused
from impact.identities import Identity, change_identity
from surveys.rosters.cohort_storage import get_cohort, get_person, list_people
from surveys.rosters.invitation_storage import link_secret
from surveys.rosters.records import Cohort, Kept, Person
from surveys.rosters.rules import ERASED, is_over, person_hash

# Everybody who was named for these people, but for a teacher who answers about somebody else too.
_NAMED = """
    SELECT identity_id FROM cohort_respondent WHERE person_id = :person
    UNION SELECT identity_id FROM wave_invitation WHERE person_id = :person
    UNION SELECT identity_id FROM cohort_person WHERE id = :person
    EXCEPT SELECT cohort_respondent.identity_id FROM cohort_respondent JOIN cohort_person ON cohort_person.id = person_id
        WHERE person_id <> :person AND erased_on IS NULL
"""
# A step of her programme, or the end of a wave that she, or somebody about her, answered.
_LAST = """
    SELECT id, max(
        spotted_on, coalesce(started_on, ''), coalesce(completed_on, ''), coalesce(lost_on, ''),
        coalesce((SELECT max(wave.closes_on) FROM wave_invitation JOIN wave ON wave.id = wave_id
            WHERE person_id = cohort_person.id AND answered), '')
    ) AS last FROM cohort_person WHERE cohort_id = ? AND erased_on IS NULL
"""
# Links that did not serve, and those that may serve again.
_REVOKE = """
    UPDATE wave_invitation SET revoked = 1
    WHERE person_id = ? AND (NOT answered OR wave_id IN (SELECT wave_id FROM cohort_wave WHERE resend))
"""
_COUNTED = "FROM followed_response WHERE person = ? AND response_id NOT IN (SELECT response_id FROM withheld_response)"
_WITHHOLD = f"INSERT INTO withheld_response (response_id) SELECT response_id {_COUNTED}"
_STILL_COUNTED = f"SELECT EXISTS (SELECT 1 {_COUNTED})"
_GIVE_BACK = """
    DELETE FROM withheld_response
    WHERE response_id IN (SELECT response_id FROM followed_response WHERE person = ?)
"""


def list_team(db: EncryptedDatabase, cohort_id: int) -> list[int]:
    """Ids of the members who read the names of a cohort."""
    rows = db.rows("SELECT member_id FROM cohort_team WHERE cohort_id = ? ORDER BY member_id", (cohort_id,))
    return [row["member_id"] for row in rows]


def set_team(
    db: EncryptedDatabase, actor: Actor, cohort: Cohort, members: Collection[int], version_read: int, once: str = ""
) -> None:
    """Raises Refused for nobody, or Conflict when somebody saved since `version_read`."""
    if not members:
        raise Refused("Choisissez au moins une personne : sans elle, plus personne ne suivrait la cohorte.", "members")
    with write(db, actor, once) as log:
        _count_version(db, cohort, version_read)
        db.execute("DELETE FROM cohort_team WHERE cohort_id = ?", (cohort.id,))
        for member in sorted(members):
            db.execute("INSERT INTO cohort_team (cohort_id, member_id) VALUES (?, ?)", (cohort.id, member))
        log.note(Deed.CHANGE, "cohort", cohort.id, ["team"])


def set_keeping(
    db: EncryptedDatabase, actor: Actor, cohort: Cohort, months: int, version_read: int, once: str = ""
) -> None:
    """How long names are kept after the last sign of a person; raises Conflict."""
    with write(db, actor, once) as log:
        _count_version(db, cohort, version_read)
        db.execute("UPDATE cohort SET keep_months = ? WHERE id = ?", (months, cohort.id))
        log.note(Deed.CHANGE, "cohort", cohort.id, ["keep_months"])


def list_due(db: EncryptedDatabase, cohort: Cohort, today: date) -> list[Kept]:
    """Whose names are kept beyond their time, the longest silence first."""
    silent = _silent(db, cohort, today)
    found = [Kept(person, silent[person.id]) for person in list_people(db, cohort.id) if person.id in silent]
    return sorted(found, key=lambda each: each.silent_since)


def count_due(db: EncryptedDatabase, cohort: Cohort, today: date) -> int:
    """How many they are, without reading a name."""
    return len(_silent(db, cohort, today))


def restrict(db: EncryptedDatabase, actor: Actor, person: Person, today: date, version_read: int, once: str) -> None:
    """Ask this person nothing more and leave her answers out of every result; again, to end it. Raises Conflict."""
    since = None if person.restricted_on else today.isoformat()
    with write(db, actor, once) as log:
        if not db.changed(
            "UPDATE cohort_person SET restricted_on = ?, version = version + 1 WHERE id = ? AND version = ?",
            (since, person.id, version_read),
        ):
            raise Conflict({}, get_person(db, person.cohort_id, person.id).version)
        if since:
            _withhold(db, person.cohort_id, person.id)
        else:
            db.execute(_GIVE_BACK, (_known_by(db, person.cohort_id, person.id),))
        log.note(Deed.CHANGE, "cohort_person", person.id, ["restricted_on"])


def list_still_counted(db: EncryptedDatabase) -> list[tuple[int, int]]:
    """Cohort and person of whoever asked to be left out before answers could be withheld, or in an older backup."""
    rows = db.rows("SELECT cohort_id, id FROM cohort_person WHERE restricted_on IS NOT NULL ORDER BY id")
    asked = [(row["cohort_id"], row["id"]) for row in rows]
    return [(cohort, person) for cohort, person in asked if db.value(_STILL_COUNTED, (_known_by(db, cohort, person),))]


def hold_restrictions(db: EncryptedDatabase, actor: Actor) -> None:
    """What they said leaves every result from now on."""
    with write(db, actor) as log:
        for cohort, person in list_still_counted(db):
            _withhold(db, cohort, person)
            log.note(Deed.CHANGE, "cohort_person", person, ["restricted_on"])


def erase(
    db: EncryptedDatabase, actor: Actor, cohort: Cohort, people: Sequence[int], today: date, once: str = ""
) -> None:
    """Forget the names and addresses of people whose time is over; their answers stay, and lead to nobody.

    Raises Refused when somebody is not on the list of today.
    """
    if not people or not set(people) <= {each.person.id for each in list_due(db, cohort, today)}:
        raise Refused("Choisissez des personnes de la liste : elle a pu changer.", "people")
    with write(db, actor, once) as log:
        for person in people:
            _erase(db, log, person, today)


def _withhold(db: EncryptedDatabase, cohort_id: int, person_id: int) -> None:
    db.execute(_REVOKE, (person_id,))
    db.execute(_WITHHOLD, (_known_by(db, cohort_id, person_id),))


def _known_by(db: EncryptedDatabase, cohort_id: int, person_id: int) -> str:
    return person_hash(link_secret(db), cohort_id, f"person:{person_id}")


def _erase(db: EncryptedDatabase, log: Log, person: int, today: date) -> None:
    for row in db.rows(_NAMED, {"person": person}):
        change_identity(db, Identity(ERASED, id=row["identity_id"]))
    db.execute("UPDATE wave_invitation SET revoked = 1 WHERE person_id = ? AND NOT answered", (person,))
    db.execute(
        "UPDATE cohort_person SET erased_on = ?, version = version + 1 WHERE id = ?", (today.isoformat(), person)
    )
    log.note(Deed.DELETE, "cohort_person", person, ["identity"])


def _count_version(db: EncryptedDatabase, cohort: Cohort, version_read: int) -> None:
    if not db.changed(
        "UPDATE cohort SET version = version + 1 WHERE id = ? AND version = ?", (cohort.id, version_read)
    ):
        raise Conflict({}, get_cohort(db, cohort.id).version)


def _silent(db: EncryptedDatabase, cohort: Cohort, today: date) -> dict[int, date]:
    last = {row["id"]: date.fromisoformat(row["last"]) for row in db.rows(_LAST, (cohort.id,))}
    return {person: day for person, day in last.items() if is_over(day, cohort.keep_months, today)}
