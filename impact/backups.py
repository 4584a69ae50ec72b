"""Backups that are complete while people write, encrypted under keys of their own, verified by being reopened."""

import hashlib
import hmac
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlite_utils import Database, Migrations

from impact.audit import broken_entries
from impact.db import DriverError, EncryptedDatabase, connect
from impact.exceptions import Unusable
from impact.instance import SLUG, Instance
from impact.keys import Keyring

PRODUCT = "impact-collectif"
MANIFEST = "manifest.json"
SEAL_KEY = "backup-directory"
_FOLDER = re.compile(r"impact-\d{8}T\d{6}Z(-\d+)?")


@dataclass(frozen=True)
class Part:
    """One file of an installation: its name in a backup, its place, and the names of its two keys."""

    name: str
    path: Path
    key: str
    backup_key: str
    schema: Sequence[Migrations]


@dataclass(frozen=True)
class Content:
    """What a file holds, as counts: no name, no value."""

    schema: list[str]
    rows: dict[str, int]
    audit_head: str


def make_backup(place: Instance, folder: Path) -> Path:
    """Copy every file into a new dated folder of `folder`, each verified; gives that folder.

    `VACUUM INTO` reads one moment of the file while others write (PROMISES, fact 5); the copy is then locked with the
    backup key of that file. Raises Unusable when a copy does not verify; nothing is left behind then.
    """
    for name in (SEAL_KEY, "backup-shared"):
        place.keyring.ensure(name)
    moment = datetime.now(UTC)
    with _built_beside(folder, _free_name(folder, f"impact-{moment:%Y%m%dT%H%M%SZ}")) as (target, partial):
        entries = [_copy_part(place, part, partial) for part in parts_of(place)]
        manifest = {
            "product": PRODUCT,
            "version": version(PRODUCT),
            "made_at": moment.isoformat(timespec="seconds"),
            "files": entries,
        }
        manifest["seal"] = _seal(manifest, place.keyring)
        _write(partial / MANIFEST, json.dumps(manifest, indent=2).encode())
    return target


def restore_backup(place: Instance, folder: Path, force: bool = False) -> Path | None:
    """Verify a backup, rebuild the files beside, then move them in; gives where the replaced files were set aside.

    `folder` is a backup, or holds several (the newest is taken). Raises Unusable, with nothing changed, when the
    installation is not empty, a key is missing or a file is not what the manifest says.
    """
    folder = find_backup(folder)
    if not force and is_used(place):
        raise Unusable(f"L’installation {place.root} n’est pas vide : ajoutez --force pour la mettre d’abord de côté.")
    manifest = read_manifest(folder, place)
    with building(place) as fresh:
        for part, entry in zip(_parts(fresh, _slugs(manifest)), _in_order(manifest), strict=True):
            _rebuild(folder / part.name, part, entry, place.keyring)
        return move_in(fresh, place)


def find_backup(folder: Path) -> Path:
    """The backup itself, or the newest one inside; raises Unusable when there is none."""
    if (folder / MANIFEST).is_file():
        return folder
    found = sorted(path.parent for path in folder.glob(f"impact-*/{MANIFEST}") if _FOLDER.fullmatch(path.parent.name))
    if not found:
        raise Unusable(f"Aucune sauvegarde dans {folder} : le fichier {MANIFEST} manque.")
    return found[-1]


def read_manifest(folder: Path, place: Instance) -> dict[str, Any]:
    """The manifest, once its seal and the hash of every file are verified; raises Unusable otherwise."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        sealed = manifest.pop("seal")
        known, made_by = manifest["product"] == PRODUCT, manifest["version"]
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        raise Unusable(f"Le fichier {folder / MANIFEST} est illisible : prenez une autre sauvegarde.") from None
    if not known or not hmac.compare_digest(_seal(manifest, place.keyring), str(sealed)):
        raise Unusable(f"Le fichier {folder / MANIFEST} a été modifié : prenez une autre sauvegarde.")
    ours = _known_migrations(place)
    for entry in manifest["files"]:
        if entry["sha256"] != _hash_of(folder / entry["name"]):
            raise Unusable(f"Le fichier {folder / entry['name']} est abîmé : rien n’a été restauré.")
        if not set(entry["schema"]) <= ours:
            raise Unusable(
                f"Cette sauvegarde vient d’une version plus récente ({made_by}) : mettez d’abord l’application à jour."
            )
    return dict(manifest)


def parts_of(place: Instance) -> list[Part]:
    """The directory, the shared file, and every community."""
    return _parts(place, place.slugs())


def content_of(db: EncryptedDatabase) -> Content:
    """Applied migrations, rows of each table, and the last link of the audit chain."""
    tables = [
        row["name"]
        for row in db.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1"
        )
    ]
    applied = db.rows("SELECT migration_set, name FROM _sqlite_migrations ORDER BY id")
    return Content(
        schema=[f"{row['migration_set']}.{row['name']}" for row in applied],
        rows={table: db.table(table).count for table in tables},
        audit_head=db.value("SELECT mac FROM audit_entry ORDER BY id DESC LIMIT 1") or "",
    )


def faults_of(db: EncryptedDatabase) -> list[str]:
    """What is wrong with an open file, in French; empty when all is well."""
    try:
        faults = [
            f"{said} : {', '.join(map(str, found[:3]))}"
            for said, found in (
                ("structure abîmée", [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]),
                ("liens rompus dans", sorted({row[0] for row in db.execute("PRAGMA foreign_key_check")})),
                ("chiffrement altéré", [row[0] for row in db.execute("PRAGMA cipher_integrity_check")]),
                ("journal des accès modifié à l’entrée", broken_entries(db)),
            )
            if found
        ]
    except DriverError as error:
        return [f"illisible ({error})"]
    return faults


def is_used(place: Instance) -> bool:
    """Whether there is anything to lose in this installation."""
    return any(path.exists() for path in _data(place.root))


@contextmanager
def building(place: Instance) -> Iterator[Instance]:
    """An installation built beside the real one, with its keys; what is not moved in is forgotten."""
    place.root.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix=".building-", dir=place.root) as folder:
        yield Instance(Path(folder), place.schema, keys=place.keyring.folder)


def move_in(fresh: Instance, place: Instance) -> Path | None:
    """Put built files in place of the present ones, which are set aside; gives where, or None if there were none.

    The directory moves last: until then the installation does not exist, so that nothing half-made ever starts.
    """
    aside = _free_name(place.root, f"replaced-{datetime.now(UTC):%Y%m%dT%H%M%SZ}") if is_used(place) else None
    with place.claim():
        if aside is not None:
            aside.mkdir(mode=0o700)
            for path in _data(place.root):
                if path.exists():
                    path.rename(aside / path.name)
        for path in reversed(_data(fresh.root)):
            if path.exists():
                path.rename(place.root / path.name)
        _sync(place.root)
    return aside


def _data(root: Path) -> list[Path]:
    files = [root / f"{name}.db{end}" for name in ("directory", "shared", "jobs") for end in ("", "-wal", "-shm")]
    return [*files, root / "communities"]


def _parts(place: Instance, slugs: Sequence[str]) -> list[Part]:
    schema, root = place.schema, place.root
    return [
        Part("directory.db", place.directory_path, "directory", "backup-directory", schema.directory),
        Part("shared.db", root / "shared.db", "shared", "backup-shared", schema.shared),
        *(
            Part(
                f"communities/{slug}.db",
                root / "communities" / slug / "community.db",
                f"community-{slug}",
                f"backup-{slug}",
                schema.community,
            )
            for slug in slugs
        ),
    ]


def _copy_part(place: Instance, part: Part, folder: Path) -> dict[str, Any]:
    copy = folder / part.name
    copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    source = connect(part.path, part.key, place.keyring)
    try:
        source.execute("VACUUM INTO ?", (str(copy),))
    finally:
        source.close()
    _change_key(copy, part.key, part.backup_key, place.keyring)
    content = _verified(copy, part.backup_key, place.keyring)
    _sync(copy)
    return {
        "name": part.name,
        "key": part.backup_key,
        "bytes": copy.stat().st_size,
        "sha256": _hash_of(copy),
        **asdict(content),
    }


def _rebuild(source: Path, part: Part, entry: dict[str, Any], keyring: Keyring) -> None:
    part.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copyfile(source, part.path)
    part.path.chmod(0o600)
    content = _verified(part.path, part.backup_key, keyring)
    if asdict(content) != {name: entry[name] for name in asdict(content)}:
        raise Unusable(f"Le fichier {source} ne contient pas ce que dit le manifeste : rien n’a été restauré.")
    _change_key(part.path, part.backup_key, part.key, keyring)
    _verified(part.path, part.key, keyring)
    _sync(part.path)


def _verified(path: Path, key: str, keyring: Keyring) -> Content:
    db = connect(path, key, keyring)
    try:
        faults = faults_of(db)
        if faults:
            raise Unusable(f"La copie {path.name} n’est pas bonne ({' ; '.join(faults)}) : recommencez.")
        return content_of(db)
    finally:
        db.close()


def _change_key(path: Path, old: str, new: str, keyring: Keyring) -> None:
    db = connect(path, old, keyring)
    try:
        db.execute("PRAGMA journal_mode = DELETE")
        # A raw key that the keyring has checked as 64 hexadecimal digits; PRAGMA takes no parameter.
        db.execute(f"PRAGMA rekey = \"x'{keyring.get(new)}'\"")
    finally:
        db.close()


@contextmanager
def _built_beside(folder: Path, target: Path) -> Iterator[tuple[Path, Path]]:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=folder))
    try:
        yield target, partial
        partial.rename(target)
        _sync(folder)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


def _free_name(folder: Path, name: str) -> Path:
    wanted, number = folder / name, 1
    while wanted.exists():
        number += 1
        wanted = folder / f"{name}-{number}"
    return wanted


def _slugs(manifest: dict[str, Any]) -> list[str]:
    names = [Path(entry["name"]).stem for entry in manifest["files"] if entry["name"].startswith("communities/")]
    return sorted(name for name in names if SLUG.fullmatch(name))


def _in_order(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    found = {entry["name"]: entry for entry in manifest["files"]}
    names = ["directory.db", "shared.db", *(f"communities/{slug}.db" for slug in _slugs(manifest))]
    if set(names) != set(found):
        raise Unusable("Cette sauvegarde est incomplète : prenez-en une autre.")
    return [found[name] for name in names]


def _known_migrations(place: Instance) -> set[str]:
    nothing = Database(memory=True)
    groups = (*place.schema.directory, *place.schema.shared, *place.schema.community)
    known = {f"{group.name}.{step.name}" for group in groups for step in group.pending(nothing)}
    nothing.close()
    return known


def _seal(manifest: dict[str, Any], keyring: Keyring) -> str:
    text = json.dumps(manifest, sort_keys=True)
    return hmac.new(bytes.fromhex(keyring.get(SEAL_KEY)), text.encode(), hashlib.sha256).hexdigest()


def _hash_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise Unusable(f"Le fichier {path} manque dans la sauvegarde : rien n’a été restauré.") from None


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
