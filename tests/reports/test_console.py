"""`impact demo`, `impact indicators` and `impact report` on the demonstration, as they are typed."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from impact.cli import REPORT_KINDS
from reports.vocabulary import ReportKind

pytestmark = pytest.mark.whole

SCOPE = ("essonne", "--period", "2020-09-01:2022-08-31")
KEYS = {
    "code",
    "value",
    "unit",
    "numerator",
    "denominator",
    "low",
    "high",
    "method",
    "n",
    "missing",
    "masked",
    "reason",
}


def impact(root: Path, *arguments: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "app", *map(str, arguments), "--instance", str(root)]
    return subprocess.run(command, capture_output=True, text=True, timeout=90)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, built by its command."""
    folder = tmp_path_factory.mktemp("demonstration") / "instance"
    answer = impact(folder, "demo")
    assert answer.returncode == 0, answer.stderr
    assert "impact run" in answer.stdout
    return folder


def test_json_and_csv_hold_the_same_figures(root: Path) -> None:
    as_json = json.loads(impact(root, "indicators", *SCOPE, "--format", "json").stdout)
    as_csv = list(
        csv.DictReader(io.StringIO(impact(root, "indicators", *SCOPE, "--format", "csv").stdout), delimiter=";")
    )
    assert set(as_json[0]) >= KEYS
    assert [(row["code"], row["category"]) for row in as_json] == [(row["code"], row["category"]) for row in as_csv]
    held = {(row["code"], row["category"]): row for row in as_json}
    assert held["participation.workshops_held", ""]["value"] == 7
    presences = [row["value"] for row in as_json if row["code"] == "participation.presences_by_workshop"]
    assert presences == [33, 24, 24, 15, 9, 13, 7]


def test_the_console_protects_by_default_and_is_exact_for_the_team(root: Path) -> None:
    rows = {
        audience: json.loads(impact(root, "indicators", "pre-demonstration", *options, "--format", "json").stdout)
        for audience, options in (("funder", ()), ("internal", ("--audience", "internal")))
    }
    assert {row["audience"] for row in rows["funder"]} == {"funder"}
    assert any(row["masked"] for row in rows["funder"])
    assert not any(row["masked"] for row in rows["internal"])


def test_text_is_french(root: Path) -> None:
    said = impact(root, "indicators", *SCOPE).stdout
    assert "Présences par atelier" in said
    assert "81 sur 125" in said.replace("\u00a0", " ")


@pytest.mark.pdf
def test_a_report_is_written_whole_and_frozen(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "r.pdf"
    answer = impact(root, "report", *SCOPE, "--out", out)
    assert answer.returncode == 0, answer.stderr
    assert out.read_bytes().startswith(b"%PDF-")
    assert "SHA-256" in answer.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["r.pdf"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["indicators", "nulle-part"], "Communautés"),
        (["report", "nulle-part"], "est inconnue"),
        (["report", "../essonne"], "est inconnue"),
        (["report", "essonne", "--period", "2999"], "n’a pas commencé"),
        (["report", "essonne", "--period", "2000-01-01:2024-01-01"], "ans au plus"),
        (["report", "essonne", "--out", "/nulle/part/r.pdf"], "n’existe pas"),
        (["report", "essonne", "--out", "/"], "est un dossier"),
    ],
)
def test_a_refusal_is_one_line_and_status_2(root: Path, arguments: list[str], said: str) -> None:
    answer = impact(root, *arguments)
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 1
    assert said in answer.stderr


def test_every_kind_of_report_is_known_to_the_command() -> None:
    assert set(REPORT_KINDS) == {kind.value for kind in ReportKind}


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("kind", "said"),
    [("network", "Réseau et coopération"), ("experience", "Fiche expérience"), ("collective", "Rapport")],
)
def test_the_kind_of_a_report_is_chosen(root: Path, tmp_path: Path, kind: str, said: str) -> None:
    out = tmp_path / f"{kind}.pdf"
    answer = impact(root, "report", *SCOPE, "--kind", kind, "--out", out)
    assert answer.returncode == 0, answer.stderr
    with pikepdf.open(out) as pdf:
        assert str(pdf.docinfo.Title).startswith(said)


def test_an_unknown_kind_is_refused_with_those_that_exist(root: Path) -> None:
    answer = impact(root, "report", "essonne", "--kind", "bulletin")
    assert answer.returncode == 2
    assert "experience" in answer.stderr
