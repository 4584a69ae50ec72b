"""Questionnaires that a community writes, and the versions that were asked."""

from dataclasses import replace

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound
from surveys.definitions import as_text, from_text, get_standard
from surveys.languages.rules import keep_translations
from surveys.records import Own, Questionnaire

_PREFIX = "notre-"


def add_own(db: EncryptedDatabase, actor: Actor, questionnaire: Questionnaire, once: str = "") -> int:
    """Store a questionnaire under a code of its own, and give its id."""
    with write(db, actor, once) as log:
        added = int(str(db.value("SELECT coalesce(max(id), 0) + 1 FROM own_questionnaire")))
        coded = replace(questionnaire, code=f"{_PREFIX}{added}")
        db.execute(
            "INSERT INTO own_questionnaire (id, code, definition) VALUES (?, ?, ?)", (added, coded.code, as_text(coded))
        )
        log.note(Deed.CREATE, "questionnaire", added)
    return added


def save_own(
    db: EncryptedDatabase, actor: Actor, own: Own, changed: Questionnaire, version_read: int, once: str = ""
) -> None:
    """Store the questionnaire; it becomes the next version when the present one was already asked.

    Raises Conflict when somebody saved since `version_read`.
    """
    with write(db, actor, once) as log:
        asked = db.value("SELECT max(version) FROM questionnaire WHERE code = ?", (own.questionnaire.code,))
        kept = keep_translations(own.questionnaire, changed)
        saved = replace(kept, version=int(str(asked)) + 1 if asked else own.questionnaire.version)
        if not db.changed(
            "UPDATE own_questionnaire SET definition = ?, version = version + 1 WHERE id = ? AND version = ?",
            (as_text(saved), own.id, version_read),
        ):
            raise Conflict({}, get_own(db, own.id).version)
        log.note(Deed.CHANGE, "questionnaire", own.id, ["definition"])


def get_own(db: EncryptedDatabase, own_id: int) -> Own:
    """Raises NotFound."""
    row = db.row("SELECT * FROM own_questionnaire WHERE id = ?", (own_id,))
    if row is None:
        raise NotFound
    return _own(row)


def list_own(db: EncryptedDatabase) -> list[Own]:
    """The latest first."""
    return [_own(row) for row in db.rows("SELECT * FROM own_questionnaire ORDER BY id DESC")]


def find_questionnaire(db: EncryptedDatabase, code: str) -> Questionnaire:
    """One of the community's, or a standard one; raises NotFound."""
    row = db.row("SELECT * FROM own_questionnaire WHERE code = ?", (code,))
    return get_standard(code) if row is None else _own(row).questionnaire


def asked_versions(db: EncryptedDatabase, code: str) -> list[Questionnaire]:
    """Every version that a wave asked, the latest first."""
    rows = db.rows("SELECT definition FROM questionnaire WHERE code = ? ORDER BY version DESC, id DESC", (code,))
    return [from_text(row["definition"]) for row in rows]


def _own(row: Row) -> Own:
    return Own(row["id"], from_text(row["definition"]), row["version"])
