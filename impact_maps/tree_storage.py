"""The impact tree: every statement about it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime

from impact.audit import Actor, Deed, Log, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound, Refused
from impact_maps.contents import tree_differences, tree_from_text, tree_to_text
from impact_maps.records import TreeLine
from impact_maps.rules import MOST_REVISIONS, check_tree_room, right_line
from impact_maps.vocabulary import ImpactState, Public

_ORDER = {public: rank for rank, public in enumerate(Public)}


def list_lines(db: EncryptedDatabase) -> list[TreeLine]:
    """The whole tree: by public, then by objective in the order in which they came."""
    lines = [_line(row) for row in db.rows("SELECT * FROM tree_impact ORDER BY id")]
    first: dict[tuple[Public, str], int] = {}
    for line in lines:
        first.setdefault((line.public, line.objective), line.id)
    return sorted(lines, key=lambda line: (_ORDER[line.public], first[line.public, line.objective], line.id))


def get_line(db: EncryptedDatabase, line_id: int) -> TreeLine:
    """Raises NotFound."""
    row = db.row("SELECT * FROM tree_impact WHERE id = ?", (line_id,))
    if row is None:
        raise NotFound
    return _line(row)


def add_line(db: EncryptedDatabase, actor: Actor, line: TreeLine, today: date, once: str = "") -> int:
    """Raises Refused when the tree is full, says the same twice, or is seen on no day."""
    right = right_line(line, today)
    with changing_tree(db, actor, once) as log:
        lines = list_lines(db)
        check_tree_room(lines)
        _check_same(lines, right)
        added = _insert(db, right)
        log.note(Deed.CREATE, "tree_impact", added)
    return added


def change_line(
    db: EncryptedDatabase,
    actor: Actor,
    line_id: int,
    line: TreeLine,
    version_read: int,
    whole_objective: bool,
    today: date,
    once: str = "",
) -> None:
    """Change one impact; `whole_objective` renames the objective of every line that shared it. Raises Conflict."""
    right, now = right_line(line, today), get_line(db, line_id)
    with changing_tree(db, actor, once) as log:
        _check_same([other for other in list_lines(db) if other.id != line_id], right)
        if not db.changed(
            "UPDATE tree_impact SET public = ?, objective = ?, words = ?, state = ?, observed_on = ?, evidence = ?,"
            " indicator = ?, category = ?, version = version + 1 WHERE id = ? AND version = ?",
            (*_values(right), line_id, version_read),
        ):
            stored = {
                "objective": now.objective,
                "words": now.words,
                "state": now.state.label,
                "evidence": now.evidence,
            }
            raise Conflict(dict(stored), now.version)
        if whole_objective:
            db.execute(
                "UPDATE tree_impact SET objective = ?, version = version + 1 WHERE public = ? AND objective = ?",
                (right.objective, now.public.value, now.objective),
            )
        log.note(Deed.CHANGE, "tree_impact", line_id, ["public", "objective", "words", "state", "evidence"])


def remove_line(db: EncryptedDatabase, actor: Actor, line_id: int, once: str = "") -> None:
    """Raises NotFound."""
    with changing_tree(db, actor, once) as log:
        get_line(db, line_id)
        db.execute("DELETE FROM tree_impact WHERE id = ?", (line_id,))
        log.note(Deed.DELETE, "tree_impact", line_id)


def start_tree(db: EncryptedDatabase, actor: Actor, lines: Iterable[TreeLine], once: str = "") -> None:
    """A first tree from a template; raises Refused when there is one already."""
    with changing_tree(db, actor, once) as log:
        if list_lines(db):
            raise Refused("L’arbre à impacts existe déjà : modifiez-le.")
        for line in lines:
            _insert(db, replace(line, id=0))
        log.note(Deed.CREATE, "tree_impact")


def put_lines(db: EncryptedDatabase, actor: Actor, lines: Sequence[TreeLine], once: str = "") -> None:
    """The whole tree as a file says it; a line of the same public, objective and words keeps its place."""
    with changing_tree(db, actor, once) as log:
        replace_lines(db, lines)
        log.note(Deed.CHANGE, "tree_impact", None, ["file"])


def replace_lines(db: EncryptedDatabase, lines: Sequence[TreeLine]) -> None:
    """Part of a write that notes it."""
    known = {_name(line): line for line in list_lines(db)}
    for line in lines:
        now = known.pop(_name(line), None)
        if now is None:
            _insert(db, line)
        elif _values(now) != _values(line):
            db.execute(
                "UPDATE tree_impact SET public = ?, objective = ?, words = ?, state = ?, observed_on = ?,"
                " evidence = ?, indicator = ?, category = ?, version = version + 1 WHERE id = ?",
                (*_values(line), now.id),
            )
    for gone in known.values():
        db.execute("DELETE FROM tree_impact WHERE id = ?", (gone.id,))


@contextmanager
def changing_tree(db: EncryptedDatabase, actor: Actor, once: str = "", restores: int | None = None) -> Iterator[Log]:
    """`write`, and afterwards a revision of the tree when it is no longer the same."""
    with write(db, actor, once) as log:
        _keep_revision(db, None)
        yield log
        _keep_revision(db, actor, restores)


def _keep_revision(db: EncryptedDatabase, actor: Actor | None, restores: int | None = None) -> None:
    """Without an actor: what the tree was before the first change that was ever kept. The oldest ones go."""
    lines = list_lines(db)
    last = db.row("SELECT number, content FROM tree_revision ORDER BY number DESC LIMIT 1")
    content = tree_to_text(lines)
    if last and (actor is None or (last["content"] == content and restores is None)):
        return
    changed = (
        tree_differences(tree_from_text(last["content"]), lines).summary if last else "Avant la première modification"
    )
    number = last["number"] + 1 if last else 1
    db.execute(
        "INSERT INTO tree_revision (number, at, author, summary, restores, content) VALUES (?, ?, ?, ?, ?, ?)",
        (
            number,
            datetime.now(UTC).isoformat(timespec="seconds"),
            actor.member_id if actor else None,
            changed if restores is None else f"Retour à la version {restores}",
            restores,
            content,
        ),
    )
    db.execute("DELETE FROM tree_revision WHERE number <= ?", (number - MOST_REVISIONS,))


def _name(line: TreeLine) -> tuple[Public, str, str]:
    return line.public, line.objective, line.words


def _check_same(lines: Iterable[TreeLine], line: TreeLine) -> None:
    if any((each.public, each.objective, each.words) == (line.public, line.objective, line.words) for each in lines):
        raise Refused("Cet impact est déjà dans l’arbre, sous le même objectif.", "words")


def _insert(db: EncryptedDatabase, line: TreeLine) -> int:
    return db.insert_row(
        "INSERT INTO tree_impact (public, objective, words, state, observed_on, evidence, indicator, category)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        _values(line),
    )


def _values(line: TreeLine) -> tuple[str | None, ...]:
    day = line.observed_on.isoformat() if line.observed_on else None
    state = line.state.value
    return line.public.value, line.objective, line.words, state, day, line.evidence, line.indicator, line.category


def _line(row: Row) -> TreeLine:
    day = row["observed_on"]
    return TreeLine(
        Public(row["public"]),
        row["objective"],
        row["words"],
        ImpactState(row["state"]),
        date.fromisoformat(day) if day else None,
        row["evidence"],
        row["indicator"],
        row["category"],
        row["id"],
        row["version"],
    )
