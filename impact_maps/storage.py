"""The value chain: every statement about it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime

from impact.audit import Actor, Deed, Log, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound, Refused
from impact_maps.contents import differences, from_text, to_text
from impact_maps.records import Assumption, Box, BoxContent, Chain, Link, TakenUp
from impact_maps.rules import (
    KEPT,
    MOST_REVISIONS,
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
        taken=TakenUp(row["template"], row["template_version"], row["template_revision"]) if row["template"] else None,
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


@contextmanager
def changing(db: EncryptedDatabase, actor: Actor, once: str = "", restores: int | None = None) -> Iterator[Log]:
    """`write`, and afterwards a revision of the chain when its content is no longer the same."""
    with write(db, actor, once) as log:
        _keep_revision(db, None)
        yield log
        _keep_revision(db, actor, restores)


def start_chain(
    db: EncryptedDatabase,
    actor: Actor,
    title: str,
    contents: Sequence[BoxContent],
    links: Iterable[tuple[int, int] | tuple[int, int, str]] = (),
    once: str = "",
) -> int:
    """A first chain from boxes, and links between their ranks with what they suppose; raises Refused when the community has one already."""
    if find_chain(db) is not None:
        raise Refused("La chaîne de valeur existe déjà : modifiez-la.")
    with changing(db, actor, once) as log:
        added = db.insert_row("INSERT INTO value_chain (title) VALUES (?)", (title,))
        ids = [_insert_box(db, added, content) for content in contents]
        bare = get_chain(db)
        for source, target, *words in links:
            link = Link(ids[source], ids[target])
            check_link(bare, link)
            _insert_link(db, added, link, *words)
        log.note(Deed.CREATE, "value_chain", added)
    return added


def rename_chain(db: EncryptedDatabase, actor: Actor, title: str, version_read: int, once: str = "") -> None:
    """Raises Conflict when somebody renamed it meanwhile."""
    chain = get_chain(db)
    with changing(db, actor, once) as log:
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
    with changing(db, actor, once) as log:
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
    with changing(db, actor, once) as log:
        if not db.changed(
            "UPDATE chain_box SET stage = ?, label = ?, target = ?, indicator = ?, category = ?, version = version + 1"
            " WHERE id = ? AND version = ?",
            (*box_values(right), box_id, version_read),
        ):
            stored = {
                "label": now.content.label,
                "stage": now.content.stage.label,
                "target": now.content.target.label if now.content.target else "–",
            }
            raise Conflict(dict(stored), now.version)
        log.note(Deed.CHANGE, "chain_box", box_id, ["stage", "label", "target", "indicator"])


def move_box(db: EncryptedDatabase, actor: Actor, box_id: int, step: int, once: str = "") -> None:
    """Exchange places with the box above (-1) or below (1); nothing moves at the end of a column."""
    with changing(db, actor, once) as log:
        chain = get_chain(db)
        other = neighbour(chain, box_id, step)
        if other is not None:
            box = get_box(chain, box_id)
            for moved, position in ((box, other.position), (other, box.position)):
                db.execute("UPDATE chain_box SET position = ? WHERE id = ?", (position, moved.id))
        log.note(Deed.CHANGE, "chain_box", box_id, ["position"])


def remove_box(db: EncryptedDatabase, actor: Actor, box_id: int, today: date, once: str = "") -> None:
    """Take a box off the chain; it can be put back for thirty days, and those of longer ago are erased."""
    with changing(db, actor, once) as log:
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
    with changing(db, actor, once) as log:
        db.execute("UPDATE chain_box SET removed_on = NULL, version = version + 1 WHERE id = ?", (box_id,))
        columns = {box.id: box.content.stage.column for box in get_chain(db).boxes}
        for link in get_chain(db).links:
            if columns[link.source] >= columns[link.target]:
                delete_link(db, link)
        log.note(Deed.CHANGE, "chain_box", box_id, ["removed_on"])


def add_link(db: EncryptedDatabase, actor: Actor, link: Link, once: str = "") -> None:
    """Raises Refused when the link exists or turns back, NotFound when it names a box of nowhere."""
    with changing(db, actor, once) as log:
        chain = get_chain(db)
        check_link(chain, link)
        _insert_link(db, chain.id, link)
        log.note(Deed.CREATE, "chain_link", link.source)


def remove_link(db: EncryptedDatabase, actor: Actor, link: Link, once: str = "") -> None:
    """Raises NotFound when there is no such link."""
    with changing(db, actor, once) as log:
        if link not in get_chain(db).links:
            raise NotFound
        delete_link(db, link)
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
    with changing(db, actor, once) as log:
        chain = get_chain(db)
        if link not in chain.links:
            raise NotFound
        now = chain.assumption(link.source, link.target)
        if not db.changed(
            "UPDATE chain_link SET assumption = ?, state = ?, assessed_on = ?, evidence = ?, answer = ?,"
            " assessed_by = ?, version = version + 1 WHERE from_box = ? AND to_box = ? AND version = ?",
            (*assumption_values(right), link.source, link.target, version_read),
        ):
            stored = {"words": now.words, "state": now.state.label, "evidence": now.evidence, "answer": now.answer}
            raise Conflict(dict(stored), now.version)
        log.note(Deed.CHANGE, "chain_link", link.source, ["assumption", "state", "evidence", "answer"])


def _keep_revision(db: EncryptedDatabase, actor: Actor | None, restores: int | None = None) -> None:
    """Without an actor: what the chain was before the first change that was ever kept. The oldest unnamed ones go."""
    chain = find_chain(db)
    if chain is None:
        return
    last = db.row(
        "SELECT number, content FROM chain_revision WHERE chain_id = ? ORDER BY number DESC LIMIT 1", (chain.id,)
    )
    content = to_text(chain)
    if last and (actor is None or (last["content"] == content and restores is None)):
        return
    changed = differences(from_text(last["content"]), chain).summary if last else "Première version"
    number = last["number"] + 1 if last else 1
    db.execute(
        "INSERT INTO chain_revision (chain_id, number, at, author, summary, restores, content)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            chain.id,
            number,
            datetime.now(UTC).isoformat(timespec="seconds"),
            actor.member_id if actor else None,
            changed if restores is None else f"Retour à la version {restores}",
            restores,
            content,
        ),
    )
    db.execute(
        "DELETE FROM chain_revision WHERE chain_id = ? AND number <= ? AND name = '' AND number <> ?",
        (chain.id, number - MOST_REVISIONS, chain.taken.revision if chain.taken else 0),
    )


def _insert_box(db: EncryptedDatabase, chain_id: int, content: BoxContent) -> int:
    return db.insert_row(
        "INSERT INTO chain_box (chain_id, stage, label, target, indicator, category, position)"
        " VALUES (?, ?, ?, ?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM chain_box))",
        (chain_id, *box_values(right_content(content))),
    )


def _insert_link(db: EncryptedDatabase, chain_id: int, link: Link, words: str = "") -> None:
    db.execute(
        "INSERT INTO chain_link (chain_id, from_box, to_box, assumption) VALUES (?, ?, ?, ?)",
        (chain_id, link.source, link.target, words),
    )


def delete_link(db: EncryptedDatabase, link: Link) -> None:
    """Part of a write that notes it."""
    db.execute("DELETE FROM chain_link WHERE from_box = ? AND to_box = ?", (link.source, link.target))


def assumption_values(assumption: Assumption) -> tuple[str | int | None, ...]:
    """In the order of the columns assumption, state, assessed_on, evidence, answer, assessed_by."""
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


def box_values(content: BoxContent) -> tuple[str | None, ...]:
    """In the order of the columns stage, label, target, indicator, category."""
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
