"""The revisions of the impact tree: list, undo, bring back."""

from datetime import datetime

from impact.audit import Actor, Deed
from impact.db import EncryptedDatabase
from impact.exceptions import NotFound, Refused
from impact_maps.contents import tree_from_text
from impact_maps.records import Revision
from impact_maps.rules import undone_to
from impact_maps.tree_storage import changing_tree, replace_lines

STALE = "L’arbre a changé pendant que vous lisiez : regardez ses dernières versions, puis recommencez."


def list_tree_revisions(db: EncryptedDatabase) -> list[Revision]:
    """Every revision kept, the last first."""
    return [
        Revision(
            row["number"],
            datetime.fromisoformat(row["at"]),
            row["author"],
            row["summary"],
            "",
            row["restores"],
            row["content"],
        )
        for row in db.rows("SELECT * FROM tree_revision ORDER BY number DESC")
    ]


def undo_tree(db: EncryptedDatabase, actor: Actor, last_read: int, once: str = "") -> int:
    """Bring back what the last change replaced and give its number; again goes further back. Refused when stale."""
    known = {revision.number: revision for revision in list_tree_revisions(db)}
    number = undone_to(known)
    if max(known, default=0) == last_read and number is None:
        raise Refused("Il n’y a plus rien à annuler.")
    bring_back_tree(db, actor, number or 0, last_read, once)
    return number or 0


def bring_back_tree(db: EncryptedDatabase, actor: Actor, number: int, last_read: int, once: str = "") -> None:
    """Any revision becomes the present tree; what is replaced stays among the revisions. Raises Refused, NotFound."""
    with changing_tree(db, actor, once, number) as log:
        known = {revision.number: revision for revision in list_tree_revisions(db)}
        if max(known, default=0) != last_read:
            raise Refused(STALE)
        if number not in known:
            raise NotFound
        replace_lines(db, tree_from_text(known[number].content))
        log.note(Deed.CHANGE, "tree_impact", None, ["revision"])
