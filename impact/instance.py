"""Where an installation keeps its files: one directory, one file per community, keys apart."""

import fcntl
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Migrations

from impact.audit import AUDIT_KEY
from impact.db import EncryptedDatabase, connect, migrate
from impact.exceptions import NotFound, Unusable
from impact.keys import Keyring
from impact.volumes import check_local, mounted

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Their backups have keys named like a community's.
RESERVED = ("directory", "shared")
# Files that a server keeps open at most.
MOST_KEPT = 200


@dataclass(frozen=True)
class Schema:
    """The migration sets of each sort of file, in the order in which they apply."""

    directory: Sequence[Migrations]
    community: Sequence[Migrations]
    shared: Sequence[Migrations]


class Instance:
    """Paths, keys and schema of one installation; opens its files and brings them up to date."""

    def __init__(self, root: Path, schema: Schema, keys: Path | None = None) -> None:
        self.root = root
        self.schema = schema
        chosen = keys or Path(os.environ.get("IMPACT_KEYS_DIR") or root / "keys")
        self.keyring = Keyring(chosen)
        self._ready: set[Path] = set()
        self._kept: dict[Path, EncryptedDatabase] | None = None

    @property
    def directory_path(self) -> Path:
        """The file of accounts, sessions and memberships."""
        return self.root / "directory.db"

    @property
    def exists(self) -> bool:
        """Whether this installation was made."""
        return self.directory_path.exists()

    def create(self) -> None:
        """Make the directory, the shared file and the keys that an installation starts with."""
        check_local(self.root, mounted())
        for name in ("directory", "shared", "jobs", AUDIT_KEY, "web", "backup-directory", "backup-shared"):
            self.keyring.ensure(name)
        for path, key in ((self.directory_path, "directory"), (self.root / "shared.db", "shared")):
            connect(path, key, self.keyring, create=not path.exists()).close()
        self.directory().close()
        self.shared().close()

    def directory(self) -> EncryptedDatabase:
        """Accounts, sessions, memberships: no word about a child."""
        return self._open(self.directory_path, "directory", self.schema.directory)

    def shared(self) -> EncryptedDatabase:
        """Templates and protected figures that communities share."""
        return self._open(self.root / "shared.db", "shared", self.schema.shared)

    def community_path(self, slug: str) -> Path:
        """The file of one community; raises NotFound on anything that is not a slug."""
        if not SLUG.fullmatch(slug):
            raise NotFound
        return self.root / "communities" / slug / "community.db"

    def create_community(self, slug: str) -> EncryptedDatabase:
        """Make the keys and the empty file of a community."""
        for name in (f"community-{slug}", f"fields-{slug}", f"backup-{slug}"):
            self.keyring.ensure(name)
        connect(self.community_path(slug), f"community-{slug}", self.keyring, create=True).close()
        return self.community(slug)

    def community(self, slug: str) -> EncryptedDatabase:
        """Everything about one community; raises NotFound when there is none of that name."""
        path = self.community_path(slug)
        if not path.exists():
            raise NotFound
        return self._open(path, f"community-{slug}", self.schema.community)

    def slugs(self) -> list[str]:
        """Every community that has a file."""
        return sorted(path.parent.name for path in self.root.glob("communities/*/community.db"))

    @contextmanager
    def claim(self) -> Iterator[None]:
        """Hold the installation for a server, or to replace its files; raises Unusable when another process does."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.root / "run.lock").open("ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Unusable(f"L’installation {self.root} est en service : arrêtez d’abord son serveur.") from None
            yield

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Keep a file open once it was: else the last to close it copies its journal into it, at every page."""
        self._kept = {}
        try:
            yield
        finally:
            kept, self._kept = self._kept, None
            for db in kept.values():
                db.close()

    def _open(self, path: Path, key: str, sets: Sequence[Migrations]) -> EncryptedDatabase:
        if path not in self._ready:
            check_local(path, mounted())
        db = connect(path, key, self.keyring)
        if self._kept is not None and path not in self._kept and len(self._kept) < MOST_KEPT:
            another = connect(path, key, self.keyring)
            if self._kept.setdefault(path, another) is not another:
                another.close()
        if path not in self._ready:
            migrate(db, sets)
            self._ready.add(path)
        return db
