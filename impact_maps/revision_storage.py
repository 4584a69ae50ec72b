"""The revisions of the value chain: list, name, bring back, undo, put a content brought from elsewhere."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import NotFound, Refused
from impact_maps.contents import from_text
from impact_maps.records import Chain, Link, Revision, TreeLine
from impact_maps.rules import check_content, undone_to
from impact_maps.storage import assumption_values, box_values, changing, delete_link, find_chain, get_chain, start_chain
from impact_maps.tree_storage import put_lines

STALE = "La carte a changé pendant que vous lisiez : regardez les dernières versions, puis recommencez."


def list_revisions(db: EncryptedDatabase) -> list[Revision]:
    """Every revision kept, the last first; none before there is a chain."""
    chain = find_chain(db)
    if chain is None:
        return []
    rows = db.rows("SELECT * FROM chain_revision WHERE chain_id = ? ORDER BY number DESC", (chain.id,))
    return [_revision(row) for row in rows]


def get_revision(db: EncryptedDatabase, number: int) -> Revision:
    """Raises NotFound when it was never made, or is forgotten."""
    row = db.row("SELECT * FROM chain_revision WHERE chain_id = ? AND number = ?", (get_chain(db).id, number))
    if row is None:
        raise NotFound
    return _revision(row)


def last_number(db: EncryptedDatabase) -> int:
    """The number of the last revision, 0 before there is one."""
    return int(db.value("SELECT max(number) FROM chain_revision WHERE chain_id = ?", (get_chain(db).id,)) or 0)


def name_revision(db: EncryptedDatabase, actor: Actor, number: int, name: str, once: str = "") -> None:
    """A named revision is kept for ever; an empty name lets it go with the others."""
    revision = get_revision(db, number)
    with write(db, actor, once) as log:
        db.execute(
            "UPDATE chain_revision SET name = ? WHERE chain_id = ? AND number = ?",
            (name, get_chain(db).id, revision.number),
        )
        log.note(Deed.CHANGE, "chain_revision", number, ["name"])


def undo(db: EncryptedDatabase, actor: Actor, last_read: int, today: date, once: str = "") -> int:
    """Bring back what the last change replaced and give its number; again goes further back. Refused when stale."""
    with changing(db, actor, once, _undoing(db, last_read)) as log:
        number = _undoing(db, last_read)
        _put(db, from_text(get_revision(db, number).content), today)
        log.note(Deed.CHANGE, "value_chain", get_chain(db).id, ["undo"])
    return number


def bring_back(db: EncryptedDatabase, actor: Actor, number: int, last_read: int, today: date, once: str = "") -> None:
    """Any revision becomes the present one; what is replaced stays among the revisions."""
    with changing(db, actor, once, number) as log:
        _check_fresh(db, last_read)
        _put(db, from_text(get_revision(db, number).content), today)
        log.note(Deed.CHANGE, "value_chain", get_chain(db).id, ["revision"])


def put_maps(
    db: EncryptedDatabase,
    actor: Actor,
    content: Chain,
    tree: Sequence[TreeLine] | None,
    last_read: int,
    today: date,
    once: str = "",
) -> None:
    """Whole maps brought from a file; ids below 1 are new boxes. Raises Refused when they break a rule or are stale."""
    check_content(content)
    with write(db, actor, once) as whole:
        whole.note(Deed.CHANGE, "value_chain", None, ["file"])
        if find_chain(db) is None and last_read == 0:
            start_chain(db, actor, content.title, ())
            last_read = last_number(db)
        with changing(db, actor) as log:
            _check_fresh(db, last_read)
            _put(db, content, today)
            log.note(Deed.CHANGE, "value_chain", get_chain(db).id, ["file"])
        if tree is not None:
            put_lines(db, actor, tree)


def _undoing(db: EncryptedDatabase, last_read: int) -> int:
    _check_fresh(db, last_read)
    number = undone_to({revision.number: revision for revision in list_revisions(db)})
    if number is None:
        raise Refused("Il n’y a plus rien à annuler.")
    return number


def _check_fresh(db: EncryptedDatabase, last_read: int) -> None:
    if last_number(db) != last_read:
        raise Refused(STALE)


def _put(db: EncryptedDatabase, content: Chain, today: date) -> None:
    now = get_chain(db)
    if content.title != now.title:
        db.execute("UPDATE value_chain SET title = ?, version = version + 1 WHERE id = ?", (content.title, now.id))
    ids = {box.id: _put_box(db, now, box.id, box.position, box_values(box.content)) for box in content.boxes}
    for box in now.boxes:
        if box.id not in ids.values():
            db.execute(
                "UPDATE chain_box SET removed_on = ?, version = version + 1 WHERE id = ?", (today.isoformat(), box.id)
            )
    wanted = {Link(ids[link.source], ids[link.target]): said for link, said in content.assumptions.items()}
    for link in now.links:
        if link not in wanted and {link.source, link.target} <= set(ids.values()):
            delete_link(db, link)
    for link, said in wanted.items():
        known = now.assumption(link.source, link.target)
        if link not in now.links or replace(known, version=said.version) != said:
            db.execute(
                "INSERT INTO chain_link (chain_id, from_box, to_box, assumption, state, assessed_on, evidence, answer,"
                " assessed_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (from_box, to_box) DO UPDATE SET"
                " assumption = excluded.assumption, state = excluded.state, assessed_on = excluded.assessed_on,"
                " evidence = excluded.evidence, answer = excluded.answer, assessed_by = excluded.assessed_by,"
                " version = chain_link.version + 1",
                (now.id, link.source, link.target, *assumption_values(said)),
            )


def _put_box(db: EncryptedDatabase, now: Chain, box_id: int, position: int, values: tuple[str | None, ...]) -> int:
    """The id of the box, which is another when it is new; what did not change keeps its version."""
    same = {box.id: (box.position, *box_values(box.content)) for box in now.boxes}
    if same.get(box_id) == (position, *values):
        return box_id
    if db.changed(
        "UPDATE chain_box SET stage = ?, label = ?, target = ?, indicator = ?, category = ?, position = ?,"
        " removed_on = NULL, version = version + 1 WHERE id = ? AND chain_id = ?",
        (*values, position, box_id, now.id),
    ):
        return box_id
    return db.insert_row(
        "INSERT INTO chain_box (id, chain_id, stage, label, target, indicator, category, position)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (box_id if box_id > 0 else None, now.id, *values, position),
    )


def _revision(row: Row) -> Revision:
    return Revision(
        row["number"],
        datetime.fromisoformat(row["at"]),
        row["author"],
        row["summary"],
        row["name"],
        row["restores"],
        row["content"],
    )
