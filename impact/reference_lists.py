"""Lists that no official text fixes (motives, origins…): editable, dated, sourced, kept in each community's file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Refused
from impact.wording import fold


@dataclass(frozen=True)
class ReferenceItem:
    """One entry of a list; past its `valid_to` it is kept for what used it and no longer offered."""

    id: int
    list: str
    code: str
    label: str
    position: int
    source: str
    valid_from: date
    valid_to: date | None

    def offered_on(self, day: date) -> bool:
        """Whether a form of that day offers it."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def list_items(db: EncryptedDatabase, name: str) -> list[ReferenceItem]:
    """Every entry of a list, the ended ones included, in its own order."""
    return [_item(row) for row in db.rows("SELECT * FROM reference_item WHERE list = ? ORDER BY position, id", (name,))]


def choices(db: EncryptedDatabase, name: str, day: date, kept: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Code and label of the entries that a form of `day` offers, then of those that it holds already (`kept`)."""
    items = list_items(db, name)
    known, offered = {item.code: item.label for item in items}, [item.code for item in items if item.offered_on(day)]
    ended = [code for code in kept if code and code not in offered]
    return [(code, known.get(code, code)) for code in (*offered, *ended)]


def labels(db: EncryptedDatabase, name: str) -> dict[str, str]:
    """Label by code, the ended entries included."""
    return {item.code: item.label for item in list_items(db, name)}


def add_item(db: EncryptedDatabase, actor: Actor, name: str, label: str, source: str, day: date, once: str = "") -> str:
    """Add an entry at the end of a list and give its code; refuses a label that the list already has."""
    code = fold(label).replace(" ", "_")[:60]
    known = {item.code for item in list_items(db, name)}
    if not code or code in known:
        raise Refused("Ce mot est déjà dans la liste : choisissez-le, ou écrivez-le autrement.", "label")
    with write(db, actor, once) as log:
        added = db.insert_row(
            "INSERT INTO reference_item (list, code, label, position, source, valid_from) VALUES (?, ?, ?, ?, ?, ?)",
            (name, code, label, len(known), source, day.isoformat()),
        )
        log.note(Deed.CREATE, "reference_item", added)
    return code


def add_items(db: EncryptedDatabase, actor: Actor, name: str, items: Sequence[tuple[str, str, str]], day: date) -> int:
    """Add the entries (code, label, source) that a list does not have yet; gives how many were missing."""
    known = {item.code for item in list_items(db, name)}
    missing = [item for item in items if item[0] not in known]
    with write(db, actor) as log:
        for position, (code, label, source) in enumerate(missing, len(known)):
            db.execute(
                "INSERT INTO reference_item (list, code, label, position, source, valid_from)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (name, code, label, position, source, day.isoformat()),
            )
        log.note(Deed.CREATE, "reference_item", None, [name])
    return len(missing)


def end_item(db: EncryptedDatabase, actor: Actor, item_id: int, day: date) -> None:
    """Stop offering an entry from the day after `day`; what used it keeps it."""
    with write(db, actor) as log:
        db.execute("UPDATE reference_item SET valid_to = ? WHERE id = ?", (day.isoformat(), item_id))
        log.note(Deed.CHANGE, "reference_item", item_id, ["valid_to"])


def _item(row: Row) -> ReferenceItem:
    ended = row["valid_to"]
    return ReferenceItem(
        id=row["id"],
        list=row["list"],
        code=row["code"],
        label=row["label"],
        position=row["position"],
        source=row["source"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(ended) if ended else None,
    )
