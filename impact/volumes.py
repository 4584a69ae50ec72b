"""Where a folder really is: locks of SQLite do not hold over a network."""

from pathlib import Path

from impact.exceptions import Unusable

MOUNTS = Path("/proc/self/mounts")
OVER_NETWORK = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "ceph",
        "glusterfs",
        "lustre",
        "davfs",
        "fuse.sshfs",
        "fuse.davfs2",
        "fuse.glusterfs",
    ]
)


def check_local(folder: Path, mounts: str) -> None:
    """Refuse a folder of a network filesystem; `mounts` is the text of /proc/self/mounts; raises Unusable."""
    kind = kind_of(folder.resolve(), mounts)
    if kind in OVER_NETWORK:
        raise Unusable(
            f"Le dossier {folder} est sur un disque du réseau ({kind}), où les écritures peuvent se perdre : "
            "choisissez un disque de cette machine."
        )


def kind_of(folder: Path, mounts: str) -> str:
    """The type of the filesystem that holds a folder, empty when the text does not say."""
    found, depth = "", -1
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        # The kernel writes spaces and such as octal: \040.
        point = Path(fields[1].encode().decode("unicode_escape"))
        if folder.is_relative_to(point) and len(point.parts) >= depth:
            found, depth = fields[2], len(point.parts)
    return found


def mounted() -> str:
    """What is mounted on this machine; empty where the system does not tell."""
    return MOUNTS.read_text(encoding="utf-8") if MOUNTS.exists() else ""
