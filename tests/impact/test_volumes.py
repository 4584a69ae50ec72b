"""An installation stays on a disk of its machine."""

from pathlib import Path

import pytest

from impact.exceptions import Unusable
from impact.volumes import check_local, kind_of, mounted

MOUNTS = """rootfs / ext4 rw 0 0
serveur:/donnees /srv nfs4 rw 0 0
/dev/sdb1 /srv/local ext4 rw 0 0
//nas/partage /mnt/le\\040partage cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/pre", "ext4"),
        ("/srv/impact", "nfs4"),
        ("/srv/local/impact", "ext4"),
        ("/srvs", "ext4"),
        ("/mnt/le partage/pre", "cifs"),
    ],
)
def test_the_deepest_mount_decides(folder: str, kind: str) -> None:
    assert kind_of(Path(folder), MOUNTS) == kind


def test_a_network_disk_is_refused_in_plain_words() -> None:
    with pytest.raises(Unusable, match="disque du réseau \\(nfs4\\)"):
        check_local(Path("/srv/impact"), MOUNTS)
    check_local(Path("/srv/local/impact"), MOUNTS)


def test_a_system_that_does_not_tell_is_not_refused(tmp_path: Path) -> None:
    check_local(tmp_path, "")
    check_local(tmp_path, mounted())
