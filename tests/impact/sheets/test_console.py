"""`impact import`: the same import without pages."""

from pathlib import Path

import pytest

import app as assembly
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.demo import PRE
from impact.instance import Instance
from tests.impact.sheets.table import SAMPLES


def imported(place: Instance, *arguments: str, file: Path = SAMPLES / "suivi.csv", community: str = PRE) -> int:
    """The exit status of the command."""
    return assembly.main(
        ["import", "situations", str(file), "--community", community, "--instance", str(place.root), *arguments]
    )


def test_it_is_tried_then_done_then_nothing_is_left_to_do(
    place: Instance, db: EncryptedDatabase, lists: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported(place, "--dry-run") == 1
    told = capsys.readouterr().out.replace("\xa0", " ").replace("\u202f", " ")
    assert "Refus : Ligne 171, colonne « Fin parcours » : « 31/06/2026 » n’est pas une date" in told
    assert "Rien n’est écrit. L’import ferait : 281 situations, 265 enfants, 17 lignes refusées" in told
    assert db.value("SELECT count(*) FROM situation") == 0
    assert imported(place) == 1
    assert db.value("SELECT count(*) FROM situation") == 281
    capsys.readouterr()
    imported(place)
    told = capsys.readouterr().out.replace("\xa0", " ").replace("\u202f", " ")
    assert "Importé : 0 situation, 0 enfant" in told
    assert db.value("SELECT count(*) FROM situation") == 281
    assert db.value("SELECT count(*) FROM sheet_import WHERE cells IS NOT NULL") == 0


def test_wrong_arguments_are_one_clear_line(
    place: Instance, amina: Actor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported(place, community="nulle-part") == 2
    assert "nulle-part" in capsys.readouterr().err
    assert imported(place, file=tmp_path / "absent.csv") == 2
    (tmp_path / "table.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    assert imported(place, file=tmp_path / "table.csv") == 2
    assert "Date d’orientation" in capsys.readouterr().err
