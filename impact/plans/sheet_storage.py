"""Experience sheets."""

import json

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound
from impact.plans.records import ExperienceSheet
from impact.plans.vocabulary import Heading, Scale
from impact.vocabulary import OrganisationKind
from impact.wording import join_words, sort_key

_FIELDS = ["title", "kind", "actor_kinds", "scale", "centre", "words"]


def add_sheet(db: EncryptedDatabase, actor: Actor, sheet: ExperienceSheet, once: str = "") -> int:
    """Give the id."""
    with write(db, actor, once) as log:
        added = db.insert_row(
            "INSERT INTO experience_sheet (title, kind, actor_kinds, scale, centre) VALUES (?, ?, ?, ?, ?)",
            _values(sheet),
        )
        _replace_words(db, added, sheet)
        log.note(Deed.CREATE, "experience_sheet", added)
    return added


def change_sheet(db: EncryptedDatabase, actor: Actor, sheet: ExperienceSheet, once: str = "") -> None:
    """Raises Conflict when somebody saved it meanwhile."""
    with write(db, actor, once) as log:
        changed = db.changed(
            "UPDATE experience_sheet SET title = ?, kind = ?, actor_kinds = ?, scale = ?, centre = ?,"
            " version = version + 1 WHERE id = ? AND version = ?",
            (*_values(sheet), sheet.id, sheet.version),
        )
        if not changed:
            now = get_sheet(db, sheet.id)
            raise Conflict(_stored(now), now.version)
        _replace_words(db, sheet.id, sheet)
        log.note(Deed.CHANGE, "experience_sheet", sheet.id, _FIELDS)


def get_sheet(db: EncryptedDatabase, sheet_id: int) -> ExperienceSheet:
    """Raises NotFound."""
    row = db.row("SELECT * FROM experience_sheet WHERE id = ?", (sheet_id,))
    if row is None:
        raise NotFound
    return _sheet(db, row)


def list_sheets(db: EncryptedDatabase) -> list[ExperienceSheet]:
    """By title."""
    found = [_sheet(db, row) for row in db.rows("SELECT * FROM experience_sheet")]
    return sorted(found, key=lambda sheet: sort_key(sheet.title))


def _values(sheet: ExperienceSheet) -> tuple[object, ...]:
    kinds = json.dumps([kind.value for kind in sheet.actor_kinds])
    return sheet.title, sheet.kind, kinds, sheet.scale.value, sheet.centre


def _replace_words(db: EncryptedDatabase, sheet_id: int, sheet: ExperienceSheet) -> None:
    db.execute("DELETE FROM experience_text WHERE sheet_id = ?", (sheet_id,))
    for heading, words in sheet.words.items():
        db.execute(
            "INSERT INTO experience_text (sheet_id, heading, words) VALUES (?, ?, ?)", (sheet_id, heading.value, words)
        )


def _stored(now: ExperienceSheet) -> dict[str, object]:
    chosen = {"actor_kinds": join_words([kind.label for kind in now.actor_kinds]), "scale": now.scale.label}
    words = {f"words_{heading.value}": now.words.get(heading, "") for heading in Heading}
    return {"title": now.title, "kind": now.kind, "centre": now.centre, **chosen, **words}


def _sheet(db: EncryptedDatabase, row: Row) -> ExperienceSheet:
    texts = db.rows("SELECT heading, words FROM experience_text WHERE sheet_id = ?", (row["id"],))
    return ExperienceSheet(
        id=row["id"],
        title=row["title"],
        kind=row["kind"],
        actor_kinds=tuple(OrganisationKind(kind) for kind in json.loads(row["actor_kinds"])),
        scale=Scale(row["scale"]),
        centre=row["centre"],
        words={Heading(text["heading"]): text["words"] for text in texts},
        version=row["version"],
    )
