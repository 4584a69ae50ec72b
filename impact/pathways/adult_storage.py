"""Adults of a child's home: one list for the siblings who live together."""

from impact.audit import Actor, Deed, Log, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound
from impact.identities import Identity, add_identity, change_identity, identities, remove_identity
from impact.pathways.adult_rules import check_adult, check_may_write
from impact.pathways.notice_texts import languages
from impact.pathways.records import Adult, ChildFile
from impact.pathways.vocabulary import Authority, Tie


def list_adults(db: EncryptedDatabase, child_id: int) -> list[Adult]:
    """In the order in which they were written."""
    rows = db.rows(
        "SELECT household_adult.* FROM household_adult JOIN child USING (household_id) WHERE child.id = ?"
        " ORDER BY household_adult.id",
        (child_id,),
    )
    people = identities(db, [row["identity_id"] for row in rows])
    return [_adult(row, people[row["identity_id"]]) for row in rows]


def get_adult(db: EncryptedDatabase, child_id: int, adult_id: int) -> Adult:
    """Raises NotFound when it is not of this child's home."""
    found = next((adult for adult in list_adults(db, child_id) if adult.id == adult_id), None)
    if found is None:
        raise NotFound
    return found


def save_adult(db: EncryptedDatabase, actor: Actor, file: ChildFile, adult: Adult, once: str = "") -> int:
    """One more adult (id 0), or the correction of one; raises Conflict when somebody corrected it meanwhile."""
    child_id = file.situation.child_id
    with write(db, actor, once) as log:
        check_may_write(file)
        check_adult(adult, [known for known in list_adults(db, child_id) if known.id != adult.id])
        values = (adult.relation.value, adult.tie, adult.authority.value, adult.language)
        if adult.id:
            stored = get_adult(db, child_id, adult.id)
            if stored.version != adult.version:
                raise Conflict(as_read(stored), stored.version)
            person = adult.identity
            change_identity(
                db,
                Identity(person.family_name, person.given_name, None, person.email, person.phone, stored.identity.id),
            )
            db.execute(
                "UPDATE household_adult SET relation = ?, tie = ?, authority = ?, language = ?, version = version + 1"
                " WHERE id = ?",
                (*values, adult.id),
            )
            saved = adult.id
        else:
            saved = db.insert_row(
                "INSERT INTO household_adult (relation, tie, authority, language, household_id, identity_id)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (*values, _home(db, child_id), add_identity(db, adult.identity)),
            )
        _note(db, log, child_id, Deed.CHANGE if adult.id else Deed.CREATE, saved)
    return saved


def remove_adult(db: EncryptedDatabase, actor: Actor, file: ChildFile, adult_id: int, once: str = "") -> None:
    """Erase an adult written by mistake, or who left the home."""
    child_id = file.situation.child_id
    with write(db, actor, once) as log:
        adult = get_adult(db, child_id, adult_id)
        db.execute("DELETE FROM household_adult WHERE id = ?", (adult_id,))
        remove_identity(db, adult.identity.id)
        _note(db, log, child_id, Deed.DELETE, adult_id)


def as_read(adult: Adult) -> dict[str, object]:
    """What a conflict shows."""
    return {
        "given_name": adult.identity.given_name or "–",
        "family_name": adult.identity.family_name,
        "relation": adult.relation.label,
        "tie": adult.tie or "–",
        "authority": adult.authority.label,
        "language": languages().get(adult.language, "–"),
        "phone": adult.identity.phone or "–",
        "email": adult.identity.email or "–",
    }


def _home(db: EncryptedDatabase, child_id: int) -> int:
    home = db.value("SELECT household_id FROM child WHERE id = ?", (child_id,))
    if home is None:
        home = db.insert_row("INSERT INTO household DEFAULT VALUES")
        db.execute("UPDATE child SET household_id = ? WHERE id = ?", (home, child_id))
    return int(home)


def _note(db: EncryptedDatabase, log: Log, child_id: int, deed: Deed, adult_id: int) -> None:
    log.note(deed, "household_adult", adult_id)
    for row in db.rows("SELECT id FROM situation WHERE child_id = ?", (child_id,)):
        log.note(Deed.CHANGE, "situation", row["id"], ["household_adult"])


def _adult(row: Row, person: Identity) -> Adult:
    return Adult(
        identity=person,
        relation=Tie(row["relation"]),
        tie=row["tie"],
        authority=Authority(row["authority"]),
        language=row["language"],
        id=row["id"],
        version=row["version"],
    )
