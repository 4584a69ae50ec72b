"""The languages of a community, and the words that it wrote in them."""

import json
from collections.abc import Mapping

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound
from surveys.languages.known import COMPLETE, complete_interfaces
from surveys.languages.records import Interface, Language
from surveys.words import FRENCH


def add_language(db: EncryptedDatabase, actor: Actor, language: Language, once: str = "") -> None:
    """Store a language without a word yet."""
    with write(db, actor, once) as log:
        db.execute(
            "INSERT INTO language (code, name, direction) VALUES (?, ?, ?)",
            (language.code, language.name, language.direction),
        )
        log.note(Deed.CREATE, "language")


def save_words(
    db: EncryptedDatabase, actor: Actor, code: str, words: Mapping[str, str], version_read: int, once: str = ""
) -> None:
    """Store what is written; raises Conflict when somebody saved since `version_read`."""
    kept = {name: text for name, text in words.items() if text and name in FRENCH}
    with write(db, actor, once) as log:
        if not db.changed(
            "UPDATE language SET words = ?, version = version + 1 WHERE code = ? AND version = ?",
            (json.dumps(kept, ensure_ascii=False, sort_keys=True), code, version_read),
        ):
            now = get_own_language(db, code)
            raise Conflict({f"w-{name}": now.words.get(name, "") for name in words}, now.version)
        log.note(Deed.CHANGE, "language", None, ["words"])


def get_own_language(db: EncryptedDatabase, code: str) -> Interface:
    """A language of the community, with the words written so far; raises NotFound."""
    row = db.row("SELECT * FROM language WHERE code = ?", (code,))
    if row is None:
        raise NotFound
    return _interface(row)


def list_own_languages(db: EncryptedDatabase) -> list[Interface]:
    """In the order of their names."""
    return [_interface(row) for row in db.rows("SELECT * FROM language ORDER BY name")]


def list_languages(db: EncryptedDatabase) -> list[Language]:
    """Every language that a questionnaire may be translated into, French first."""
    return [*COMPLETE, *(each.language for each in list_own_languages(db))]


def get_language(db: EncryptedDatabase, code: str) -> Language:
    """Raises NotFound."""
    for language in list_languages(db):
        if language.code == code:
            return language
    raise NotFound


def interfaces(db: EncryptedDatabase) -> dict[str, Interface]:
    """Every language whose words are all written, by code."""
    own = {each.language.code: each for each in list_own_languages(db) if set(each.words) >= set(FRENCH)}
    return complete_interfaces() | own


def _interface(row: Row) -> Interface:
    language = Language(row["code"], row["code"], row["name"], row["direction"])
    return Interface(language, json.loads(row["words"]), row["version"])
