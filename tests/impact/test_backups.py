"""Backups: complete while people write, unreadable without their keys, refused when a single bit changed."""

import json
import multiprocessing
import re
import shutil
import time
from datetime import date
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

import app as assembly
from impact.audit import SYSTEM, broken_entries
from impact.backups import MANIFEST, find_backup, make_backup, restore_backup
from impact.communities.joining_storage import found_community
from impact.communities.records import Community
from impact.communities.storage import add_organisation
from impact.db import EncryptedDatabase
from impact.demo import PASSWORD, PERSONAS, PRE
from impact.exceptions import Unusable
from impact.instance import Instance
from impact.vocabulary import CommunityKind, OrganisationKind

pytestmark = pytest.mark.whole

FORK = multiprocessing.get_context("fork")


@pytest.fixture
def blank(place: Instance, tmp_path: Path) -> Instance:
    """Another machine, which was given the keys and nothing else."""
    root = tmp_path / "autre"
    shutil.copytree(place.keyring.folder, root / "keys")
    return Instance(root, assembly.schema())


def write_until_told(root: Path, number: int, stop: Event) -> None:
    place = Instance(root, assembly.schema())
    db = place.community(PRE)
    count = 0
    while not stop.is_set():
        add_organisation(db, SYSTEM, f"Structure {number}-{count}", OrganisationKind.OTHER)
        count += 1
    db.close()


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*.db")}


def flip(path: Path, at: int = 9000) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def test_a_restored_installation_is_the_same_and_one_can_sign_in(
    place: Instance, db: EncryptedDatabase, blank: Instance, tmp_path: Path
) -> None:
    add_organisation(db, SYSTEM, "Maison des Tilleuls", OrganisationKind.ASSOCIATION)
    made = make_backup(place, tmp_path / "sauvegardes")
    assert restore_backup(blank, made) is None
    restored = blank.community(PRE)
    for table in ("organisation", "member", "audit_entry", "identity"):
        query = f"SELECT * FROM {table} ORDER BY 1"  # noqa: S608
        assert restored.rows(query) == db.rows(query)
    assert broken_entries(restored) == []
    restored.close()
    client = assembly.create_app(blank.root).test_client()
    tags = re.findall(r'<input[^>]*type="hidden"[^>]*>', client.get("/connexion").text)
    sent = {tag.split('name="')[1].split('"')[0]: tag.split('value="')[1].split('"')[0] for tag in tags}
    sent |= {"email": PERSONAS[0].email, "password": PASSWORD}
    assert client.post("/connexion", data=sent).status_code == 303
    assert "PRE de Clairvigne" in client.get("/").text


@pytest.mark.fault
def test_a_backup_made_while_people_write_is_whole(place: Instance, blank: Instance, tmp_path: Path) -> None:
    stop = FORK.Event()
    writers = [FORK.Process(target=write_until_told, args=(place.root, number, stop)) for number in range(2)]
    for writer in writers:
        writer.start()
    db = place.community(PRE)
    while not db.value("SELECT count(*) FROM organisation"):
        time.sleep(0.02)
    made = make_backup(place, tmp_path / "sauvegardes")
    after = db.value("SELECT count(*) FROM organisation")
    stop.set()
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    db.close()
    restore_backup(blank, made)
    restored = blank.community(PRE)
    kept = restored.value("SELECT count(*) FROM organisation")
    assert 0 < kept <= after
    # Every row came with its entry of the log, in one transaction.
    assert restored.value("SELECT count(*) FROM audit_entry WHERE object_kind = 'organisation'") == kept
    restored.close()


def test_a_backup_holds_no_clear_text_no_key_and_no_name(place: Instance, tmp_path: Path) -> None:
    made = make_backup(place, tmp_path / "sauvegardes")
    keys = [path.read_bytes() for path in place.keyring.folder.iterdir()]
    for path in made.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert b"SQLite format 3" not in content
        assert b"Vertefeuille" not in content
        assert not [key for key in keys if key in content]
    assert not list(made.parent.glob(".partial-*"))


def test_the_present_keys_do_not_open_a_backup_and_its_own_key_gone_nothing_does(
    place: Instance, blank: Instance, tmp_path: Path
) -> None:
    made = make_backup(place, tmp_path / "sauvegardes")
    blank.keyring.destroy(f"backup-{PRE}")
    (blank.keyring.folder / f"backup-{PRE}.key").write_text(place.keyring.get(f"community-{PRE}"))
    with pytest.raises(Unusable, match="n’ouvre pas"):
        restore_backup(blank, made)
    assert files(blank.root) == {}
    blank.keyring.destroy(f"backup-{PRE}")
    with pytest.raises(Unusable, match="manque"):
        restore_backup(blank, made)
    assert files(blank.root) == {}


@pytest.mark.parametrize("name", ["directory.db", f"communities/{PRE}.db", MANIFEST])
def test_one_flipped_bit_is_refused_and_nothing_is_written(
    place: Instance, blank: Instance, tmp_path: Path, name: str
) -> None:
    made = make_backup(place, tmp_path / "sauvegardes")
    flip(made / name, 200)
    with pytest.raises(Unusable, match=r"abîmé|modifié|illisible"):
        restore_backup(blank, made)
    assert files(blank.root) == {}


def test_a_missing_file_is_refused(place: Instance, blank: Instance, tmp_path: Path) -> None:
    made = make_backup(place, tmp_path / "sauvegardes")
    (made / "communities" / f"{PRE}.db").unlink()
    with pytest.raises(Unusable, match="manque dans la sauvegarde"):
        restore_backup(blank, made)
    assert files(blank.root) == {}


def test_a_refused_restoration_leaves_the_present_data(place: Instance, tmp_path: Path) -> None:
    made = make_backup(place, tmp_path / "sauvegardes")
    before = files(place.root)
    with pytest.raises(Unusable, match="n’est pas vide"):
        restore_backup(place, made)
    flip(made / "shared.db")
    with pytest.raises(Unusable, match="abîmé"):
        restore_backup(place, made, force=True)
    assert files(place.root) == before


def test_force_sets_the_present_data_aside(place: Instance, tmp_path: Path) -> None:
    made = make_backup(place, tmp_path / "sauvegardes")
    db = place.community(PRE)
    add_organisation(db, SYSTEM, "Arrivée après", OrganisationKind.OTHER)
    db.close()
    aside = restore_backup(place, made, force=True)
    assert aside is not None
    assert sorted(files(aside)) == [
        "communities/essonne/community.db",
        f"communities/{PRE}/community.db",
        "directory.db",
        "shared.db",
    ]
    restored = Instance(place.root, assembly.schema()).community(PRE)
    assert restored.value("SELECT count(*) FROM organisation") == 0
    restored.close()


def test_a_running_installation_is_not_replaced(place: Instance, tmp_path: Path) -> None:
    made = make_backup(place, tmp_path / "sauvegardes")
    before = files(place.root)
    with place.claim(), pytest.raises(Unusable, match="en service"):
        restore_backup(place, made, force=True)
    assert files(place.root) == before


def test_the_newest_backup_of_a_folder_is_taken(place: Instance, tmp_path: Path) -> None:
    folder = tmp_path / "sauvegardes"
    first, second = make_backup(place, folder), make_backup(place, folder)
    assert first != second
    assert find_backup(folder) == second
    assert find_backup(first) == first
    with pytest.raises(Unusable, match="Aucune sauvegarde"):
        find_backup(tmp_path)


def test_a_backup_from_a_newer_version_is_refused(place: Instance, blank: Instance, tmp_path: Path) -> None:
    db = place.community(PRE)
    db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('impact.later', '0001_later', '')"
    )
    db.close()
    made = make_backup(place, tmp_path / "sauvegardes")
    with pytest.raises(Unusable, match="version plus récente"):
        restore_backup(blank, made)


def test_the_manifest_counts_rows_and_names_the_schema(place: Instance, tmp_path: Path) -> None:
    manifest = json.loads((make_backup(place, tmp_path / "sauvegardes") / MANIFEST).read_text())
    found = {entry["name"]: entry for entry in manifest["files"]}
    assert set(found) == {"directory.db", "shared.db", "communities/essonne.db", f"communities/{PRE}.db"}
    assert found["directory.db"]["rows"]["account"] == len(PERSONAS) + 1
    assert "impact.communities.0001_community" in found[f"communities/{PRE}.db"]["schema"]


def test_no_community_takes_the_name_of_our_own_files(place: Instance) -> None:
    directory = place.directory()
    community = Community("Shared", CommunityKind.CITE, "Clairvigne", date(2025, 9, 1), None)
    assert found_community(place, directory, SYSTEM, community, [], date(2026, 11, 20)) == "shared-2"
    directory.close()
