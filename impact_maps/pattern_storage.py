"""Templates that communities share, in the common file; and the chain that comes from one."""

import json
from datetime import date

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase
from impact_maps.patterns import Pattern, library, read_pattern
from impact_maps.storage import start_chain

_SHARED = "partage-"


def list_patterns(shared: EncryptedDatabase) -> list[Pattern]:
    """Those that ship, then those that communities share."""
    rows = shared.rows("SELECT * FROM map_pattern WHERE withdrawn_on IS NULL ORDER BY origin")
    return [
        *library(),
        *(
            read_pattern(
                f"{_SHARED}{row['community']}", json.loads(row["content"]) | {"version": row["version"]}, row["origin"]
            )
            for row in rows
        ),
    ]


def shared_version(shared: EncryptedDatabase, community: str) -> int:
    """The version that a community shares now, 0 when it shares nothing."""
    query = "SELECT version FROM map_pattern WHERE community = ? AND withdrawn_on IS NULL"
    return int(shared.value(query, (community,)) or 0)


def share(
    shared: EncryptedDatabase, actor: Actor, community: str, origin: str, content: str, today: date, once: str = ""
) -> None:
    """Offer a content (see `patterns.written`) to the other communities, in place of the one offered before."""
    with write(shared, actor, once) as log:
        shared.execute(
            "INSERT INTO map_pattern (community, origin, version, shared_on, content) VALUES (?, ?, 1, ?, ?)"
            " ON CONFLICT (community) DO UPDATE SET origin = excluded.origin, version = map_pattern.version + 1,"
            " shared_on = excluded.shared_on, withdrawn_on = NULL, content = excluded.content",
            (community, origin, today.isoformat(), content),
        )
        log.note(Deed.SHARE, "map_pattern")


def withdraw(shared: EncryptedDatabase, actor: Actor, community: str, today: date, once: str = "") -> None:
    """No longer offered; those who took it up keep what they have."""
    with write(shared, actor, once) as log:
        shared.execute("UPDATE map_pattern SET withdrawn_on = ? WHERE community = ?", (today.isoformat(), community))
        log.note(Deed.DELETE, "map_pattern")


def take_up(db: EncryptedDatabase, actor: Actor, pattern: Pattern, once: str = "") -> int:
    """A first chain from a template; raises Refused when the community has one already."""
    with write(db, actor, once) as log:
        added = start_chain(db, actor, pattern.title, pattern.boxes, pattern.links)
        db.execute(
            "UPDATE value_chain SET template = ?, template_version = ?, template_revision = 1 WHERE id = ?",
            (pattern.code, pattern.version, added),
        )
        log.note(Deed.CREATE, "value_chain", added, ["template"])
    return added
