"""Files of the answers, by name."""

from collections.abc import Mapping

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase
from impact.exceptions import NotFound
from surveys.own_storage import save_own
from surveys.records import Own, Questionnaire


def get_file(db: EncryptedDatabase, name: str) -> bytes:
    """Raises NotFound."""
    row = db.row("SELECT content FROM choice_file WHERE name = ?", (name,))
    if row is None:
        raise NotFound
    return bytes(row["content"])


def save_with_files(
    db: EncryptedDatabase,
    actor: Actor,
    own: Own,
    changed: Questionnaire,
    files: Mapping[str, bytes],
    version_read: int,
    once: str = "",
) -> None:
    """Store the questionnaire and the files that it now names; raises Conflict when somebody saved since."""
    with write(db, actor, once) as log:
        log.note(Deed.CHANGE, "questionnaire", own.id, ["files"])
        for name, content in files.items():
            db.execute("INSERT OR IGNORE INTO choice_file (name, content) VALUES (?, ?)", (name, content))
        save_own(db, actor, own, changed, version_read)
