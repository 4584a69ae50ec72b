"""The value chain: every statement about it."""

from collections.abc import Iterable, Sequence
from datetime import date

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound, Refused
from impact_maps.records import Assumption, Box, BoxContent, Chain, Link
from impact_maps.rules import (
    KEPT,
    can_restore,
    check_link,
    check_room,
    check_stage,
    get_box,
    neighbour,
    right_assumption,
    right_content,
)
from impact_maps.vocabulary import LinkState, Stage, Target


def find_chain(db: EncryptedDatabase) -> Chain | None:
    """The community's value chain, without what was removed; None before there is one."""
    row = db.row("SELECT * FROM value_chain ORDER BY id LIMIT 1")
    if row is None:
        return None
    boxes = [
        _box(box)
        for box in db.rows(
            "SELECT * FROM chain_box WHERE chain_id = ? AND removed_on IS NULL ORDER BY position, id", (row["id"],)
        )
    ]
    present = {box.id for box in boxes}
    rows = db.rows("SELECT * FROM chain_link WHERE chain_id = ? ORDER BY from_box, to_box", (row["id"],))
    links = {Link(link["from_box"], link["to_box"]): _assumption(link) for link in rows}
    kept = {link: said for link, said in links.items() if {link.source, link.target} <= present}
    return Chain(
        id=row["id"],
        title=row["title"],
        boxes=tuple(sorted(boxes, key=lambda box: box.content.stage.column)),
        links=tuple(kept),
        version=row["version"],
        assumptions=kept,
    )


def get_chain(db: EncryptedDatabase) -> Chain:
    """Raises NotFound before there is one."""
    chain = find_chain(db)
    if chain is None:
        raise NotFound
    return chain


def list_removed(db: EncryptedDatabase, today: date) -> list[Box]:
    """The boxes that may still be put back, the last removed first."""
    rows = db.rows("SELECT * FROM chain_box WHERE removed_on IS NOT NULL ORDER BY removed_on DESC, id DESC")
    return [box for box in map(_box, rows) if can_restore(box, today)]


def start_chain(
    db: EncryptedDatabase,
    actor: Actor,
    title: str,
    contents: Sequence[BoxContent],
    links: Iterable[tuple[int, int]] = (),
    once: str = "",
) -> int:
    """A first chain from boxes and links between their ranks; raises Refused when the community has one already."""
    if find_chain(db) is not None:
        raise Refused("La chaîne de valeur existe déjà : modifiez-la.")
    with write(db, actor, once) as log:
        added = db.insert_row("INSERT INTO value_chain (title) VALUES (?)", (title,))
        ids = [_insert_box(db, added, content) for content in contents]
        for source, target in links:
            link = Link(ids[source], ids[target])
            check_link(get_chain(db), link)
            _insert_link(db, added, link)
        log.note(Deed.CREATE, "value_chain", added)
    return added


def rename_chain(db: EncryptedDatabase, actor: Actor, title: str, version_read: int, once: str = "") -> None:
    """Raises Conflict when somebody renamed it meanwhile."""
    chain = get_chain(db)
    with write(db, actor, once) as log:
        if not db.changed(
            "UPDATE value_chain SET title = ?, version = version + 1 WHERE id = ? AND version = ?",
            (title, chain.id, version_read),
        ):
            raise Conflict({"title": chain.title}, chain.version)
        log.note(Deed.CHANGE, "value_chain", chain.id, ["title"])


def add_box(db: EncryptedDatabase, actor: Actor, content: BoxContent, once: str = "") -> int:
    """Add a box at the bottom of its column and give its id."""
    chain, right = get_chain(db), right_content(content)
    check_room(chain)
    with write(db, actor, once) as log:
        added = _insert_box(db, chain.id, right)
        log.note(Deed.CREATE, "chain_box", added)
    return added


def change_box(
    db: EncryptedDatabase, actor: Actor, box_id: int, content: BoxContent, version_read: int, once: str = ""
) -> None:
    """Raises Refused when a link would turn back, Conflict when somebody saved the box meanwhile."""
    chain, right = get_chain(db), right_content(content)
    now = get_box(chain, box_id)
    check_stage(chain, box_id, right.stage)
    with write(db, actor, once) as log:
        if not db.changed(
            "UPDATE chain_box SET stage = ?, label = ?, target = ?, indicator = ?, category = ?, version = version + 1"
            " WHERE id = ? AND version = ?",
            (*_values(right), box_id, version_read),
        ):
            raise Conflict({"label": now.content.label, "stage": now.content.stage.label}, now.version)
        log.note(Deed.CHANGE, "chain_box", box_id, ["stage", "label", "target", "indicator"])


def move_box(db: EncryptedDatabase, actor: Actor, box_id: int, step: int, once: str = "") -> None:
    """Exchange places with the box above (-1) or below (1); nothing moves at the end of a column."""
    with write(db, actor, once) as log:
        chain = get_chain(db)
        other = neighbour(chain, box_id, step)
        if other is not None:
            box = get_box(chain, box_id)
            for moved, position in ((box, other.position), (other, box.position)):
                db.execute("UPDATE chain_box SET position = ? WHERE id = ?", (position, moved.id))
        log.note(Deed.CHANGE, "chain_box", box_id, ["position"])


def remove_box(db: EncryptedDatabase, actor: Actor, box_id: int, today: date, once: str = "") -> None:
    """Take a box off the chain; it can be put back for thirty days, and those of longer ago are erased."""
    with write(db, actor, once) as log:
        get_box(get_chain(db), box_id)
        db.execute("DELETE FROM chain_box WHERE removed_on < ?", ((today - KEPT).isoformat(),))
        db.execute(
            "UPDATE chain_box SET removed_on = ?, version = version + 1 WHERE id = ?", (today.isoformat(), box_id)
        )
        log.note(Deed.DELETE, "chain_box", box_id)


def restore_box(db: EncryptedDatabase, actor: Actor, box_id: int, today: date, once: str = "") -> None:
    """Put a removed box back, with those of its links that still lead to the right."""
    if all(box.id != box_id for box in list_removed(db, today)):
        raise NotFound
    check_room(get_chain(db))
    with write(db, actor, once) as log:
        db.execute("UPDATE chain_box SET removed_on = NULL, version = version + 1 WHERE id = ?", (box_id,))
        columns = {box.id: box.content.stage.column for box in get_chain(db).boxes}
        for link in get_chain(db).links:
            if columns[link.source] >= columns[link.target]:
                _delete_link(db, link)
        log.note(Deed.CHANGE, "chain_box", box_id, ["removed_on"])


def add_link(db: EncryptedDatabase, actor: Actor, link: Link, once: str = "") -> None:
    """Raises Refused when the link exists or turns back, NotFound when it names a box of nowhere."""
    with write(db, actor, once) as log:
        chain = get_chain(db)
        check_link(chain, link)
        _insert_link(db, chain.id, link)
        log.note(Deed.CREATE, "chain_link", link.source)


def remove_link(db: EncryptedDatabase, actor: Actor, link: Link, once: str = "") -> None:
    """Raises NotFound when there is no such link."""
    with write(db, actor, once) as log:
        if link not in get_chain(db).links:
            raise NotFound
        _delete_link(db, link)
        log.note(Deed.DELETE, "chain_link", link.source)


def change_assumption(
    db: EncryptedDatabase,
    actor: Actor,
    link: Link,
    assumption: Assumption,
    version_read: int,
    today: date,
    once: str = "",
) -> None:
    """What a link supposes and what is known of it; raises Refused, NotFound, or Conflict on a second editor."""
    right = right_assumption(assumption, today)
    with write(db, actor, once) as log:
        chain = get_chain(db)
        if link not in chain.links:
            raise NotFound
        now = chain.assumption(link.source, link.target)
        if not db.changed(
            "UPDATE chain_link SET assumption = ?, state = ?, assessed_on = ?, evidence = ?, answer = ?,"
            " assessed_by = ?, version = version + 1 WHERE from_box = ? AND to_box = ? AND version = ?",
            (*_assumption_values(right), link.source, link.target, version_read),
        ):
            stored = {"words": now.words, "state": now.state.label, "evidence": now.evidence, "answer": now.answer}
            raise Conflict(dict(stored), now.version)
        log.note(Deed.CHANGE, "chain_link", link.source, ["assumption", "state", "evidence", "answer"])


def _insert_box(db: EncryptedDatabase, chain_id: int, content: BoxContent) -> int:
    return db.insert_row(
        "INSERT INTO chain_box (chain_id, stage, label, target, indicator, category, position)"
        " VALUES (?, ?, ?, ?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM chain_box))",
        (chain_id, *_values(right_content(content))),
    )


def _insert_link(db: EncryptedDatabase, chain_id: int, link: Link) -> None:
    db.execute(
        "INSERT INTO chain_link (chain_id, from_box, to_box) VALUES (?, ?, ?)", (chain_id, link.source, link.target)
    )


def _delete_link(db: EncryptedDatabase, link: Link) -> None:
    db.execute("DELETE FROM chain_link WHERE from_box = ? AND to_box = ?", (link.source, link.target))


def _assumption_values(assumption: Assumption) -> tuple[str | int | None, ...]:
    day = assumption.assessed_on.isoformat() if assumption.assessed_on else None
    return (
        assumption.words,
        assumption.state.value,
        day,
        assumption.evidence,
        assumption.answer,
        assumption.assessed_by,
    )


def _assumption(row: Row) -> Assumption:
    day = row["assessed_on"]
    return Assumption(
        words=row["assumption"],
        state=LinkState(row["state"]),
        assessed_on=date.fromisoformat(day) if day else None,
        evidence=row["evidence"],
        answer=row["answer"],
        assessed_by=row["assessed_by"],
        version=row["version"],
    )


def _values(content: BoxContent) -> tuple[str | None, ...]:
    target = content.target.value if content.target else None
    return content.stage.value, content.label, target, content.indicator, content.category


def _box(row: Row) -> Box:
    content = BoxContent(
        stage=Stage(row["stage"]),
        label=row["label"],
        target=Target(row["target"]) if row["target"] else None,
        indicator=row["indicator"],
        category=row["category"],
    )
    removed = row["removed_on"]
    return Box(row["id"], content, row["position"], date.fromisoformat(removed) if removed else None, row["version"])
