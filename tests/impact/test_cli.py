"""The `impact` command as it is typed: answers, refusals and exit statuses."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import app as assembly
from impact import cli
from impact.accounts.storage import find_account, verify_password
from impact.demo import PASSWORD
from impact.instance import Instance
from impact.wording import NBSP

pytestmark = pytest.mark.whole

COMMANDS = ("run", "demo", "migrate", "indicators", "report", "user", "backup", "restore", "check")
HEAVY = ("flask", "pandas", "weasyprint", "scipy", "huey", "waitress", "sqlcipher3")


def impact(*arguments: object, given: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "app", *map(str, arguments)], input=given, capture_output=True, text=True, timeout=60
    )


def refusal(*arguments: object, given: str = "") -> str:
    answer = impact(*arguments, given=given)
    assert (answer.returncode, answer.stdout) == (2, ""), answer
    assert answer.stderr.count("\n") == 1, answer.stderr
    return answer.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["report", "--help"], ["report"]])
def test_help_and_misuse_load_nothing_heavy(arguments: list[str]) -> None:
    code = f"""
import sys, app
try:
    app.main({arguments!r})
except SystemExit:
    pass
print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)
"""
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30)
    assert answer.stderr.splitlines()[-1] == "[]", answer.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_french_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.parser().parse_args([command, "--help"])
    said = capsys.readouterr().out
    assert left.value.code == 0
    assert f"Exemple{NBSP}:\n  impact {command}" in said
    assert "--instance DOSSIER" in said
    for english in ("usage:", "options:", "positional", "show this help", "optional"):
        assert english not in said.lower()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["truc"], "« truc » est inconnu"),
        (["report"], "il manque : COMMUNAUTÉ"),
        (["report", "essonne", "--period", "2025-2027"], "écrivez 2025-2026, 2025 ou"),
        (["report", "essonne", "--audience", "press"], "choisissez parmi internal, partner, funder, public"),
        (["report", "essonne", "--kind", "ville"], "choisissez parmi annual, workshops"),
        (["indicators", "essonne", "--format", "xml"], "choisissez parmi text, csv, json"),
        (["run", "--port", "http"], "« http » n’est pas un numéro de port"),
        (["check", "--fast"], "argument inconnu : --fast"),
        (["backup"], "il manque : DOSSIER"),
    ],
)
def test_a_wrong_argument_is_one_french_line_and_status_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        assembly.main(arguments)
    told = capsys.readouterr().err
    assert left.value.code == 2
    assert told.count("\n") == 1
    assert said in told.replace(NBSP, " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("text", "code"), [("2025-2026", "2025-2026"), ("2025", "2025"), ("2024-10-01:2025-01-31", "2024-10-01:2025-01-31")]
)
def test_period_takes_three_forms(text: str, code: str) -> None:
    assert cli.parser().parse_args(["report", "essonne", "--period", text]).period.code == code


def test_instance_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("IMPACT_INSTANCE", str(tmp_path))
    assert cli.parser().parse_args(["check"]).instance == tmp_path
    monkeypatch.delenv("IMPACT_INSTANCE")
    assert cli.parser().parse_args(["check"]).instance == Path("instance")


@pytest.mark.parametrize("arguments", [["check"], ["run"], ["user", "list"], ["backup", "sauvegardes"]])
def test_a_missing_installation_is_said_and_nothing_is_made(arguments: list[str], tmp_path: Path) -> None:
    empty = tmp_path / "vide"
    assert "Aucune installation" in refusal(*arguments, "--instance", empty)
    assert not list(tmp_path.rglob("*.db"))


def test_a_missing_key_is_one_line(place: Instance) -> None:
    place.keyring.destroy("web")
    assert "La clé « web » manque" in refusal("run", "--instance", place.root).replace(NBSP, " ")


def test_migrate_makes_an_empty_installation_then_finds_it_up_to_date(tmp_path: Path) -> None:
    root = tmp_path / "neuve"
    first, second = (impact("migrate", "--instance", root) for _ in range(2))
    assert "Une installation vide est créée" in first.stdout
    assert "directory.db" in second.stdout
    assert "à jour" in second.stdout
    assert impact("check", "--instance", root).returncode == 0


def test_accounts_are_added_closed_and_listed(place: Instance) -> None:
    where = ("--instance", place.root, "--password-stdin")
    email, first, other = "lise@exemple.fr", "pomme violon brouillard", "rivage lampe tambour 3"
    assert "14 caractères" in refusal("user", "add", email, "--name", "Lise Prunier", *where, given="court\n")
    assert impact("user", "add", email, "--name", "Lise Prunier", *where, given=first + "\n").returncode == 0
    assert "a déjà un compte" in refusal("user", "add", email, "--name", "Lise", *where, given=first + "\n")
    assert impact("user", "password", email, *where, given=other + "\n").returncode == 0
    directory = place.directory()
    assert verify_password(directory, email, first) is None
    assert verify_password(directory, email, other) is not None
    assert impact("user", "disable", email, *where).returncode == 0
    account = find_account(directory, email)
    assert account is not None
    assert not account.is_active
    assert f"{email} ; Lise Prunier ; fermé" in impact("user", "list", *where).stdout.replace("\u202f", " ")
    assert "Aucun compte n’a l’adresse" in refusal("user", "disable", "nul@exemple.fr", *where)
    directory.close()


def test_check_names_the_spoilt_file(place: Instance) -> None:
    path = place.root / "shared.db"
    content = bytearray(path.read_bytes())
    content[5000] ^= 1
    path.write_bytes(content)
    answer = impact("check", "--instance", place.root)
    lines = {line.partition(f"{NBSP}:")[0]: line for line in answer.stdout.splitlines()}
    assert answer.returncode == 1
    assert "bien" not in lines["shared.db"]
    assert lines["directory.db"].endswith("bien")


def test_demo_refuses_an_installation_that_exists(place: Instance) -> None:
    before = (place.root / "directory.db").read_bytes()
    assert "existe déjà" in refusal("demo", "--instance", place.root)
    assert (place.root / "directory.db").read_bytes() == before


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(true: Any, seconds: float = 90) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = true()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it never happened")


def children_of(pid: int) -> list[int]:
    return [int(each) for path in Path(f"/proc/{pid}/task").glob("*/children") for each in path.read_text().split()]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def server(place: Instance) -> Iterator[tuple["subprocess.Popen[str]", int, str]]:
    """`impact run` on a free port, and what it said when it was ready."""
    port = free_port()
    command = [sys.executable, "-m", "app", "run", "--port", str(port), "--instance", str(place.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline()]
        while told[-1] and "Ctrl-C" not in told[-1]:
            told.append(process.stdout.readline())
        try:
            yield process, port, "".join(told).replace(NBSP, " ")
        finally:
            process.kill()


@pytest.mark.fault
def test_run_says_where_who_and_what_must_be_kept(
    place: Instance, server: tuple["subprocess.Popen[str]", int, str]
) -> None:
    _, port, said = server
    assert f"http://127.0.0.1:{port}/" in said
    assert PASSWORD in said
    assert str(place.keyring.folder) in said
    assert "Les perdre" in said
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/connexion", timeout=10) as page:
        assert page.status == 200
    assert "en service" in refusal("run", "--port", free_port(), "--instance", place.root)


@pytest.mark.fault
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_run_restarts_a_dead_worker_and_both_stop_together(
    server: tuple["subprocess.Popen[str]", int, str], ending: signal.Signals
) -> None:
    process, _, _ = server
    (first,) = wait_until(lambda: children_of(process.pid))
    os.kill(first, signal.SIGKILL)
    (second,) = wait_until(lambda: [pid for pid in children_of(process.pid) if pid != first])
    os.kill(process.pid, ending)
    wait_until(lambda: not alive(second))
    assert process.wait(20) == (-signal.SIGKILL if ending == signal.SIGKILL else 0)


@pytest.mark.fault
def test_a_port_that_is_taken_is_one_line(place: Instance) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert "choisissez-en une autre avec --port" in refusal(
            "run", "--port", other.getsockname()[1], "--instance", place.root
        )


def test_backup_then_restore_from_the_command(place: Instance, tmp_path: Path) -> None:
    kept = tmp_path / "sauvegardes"
    made = impact("backup", kept, "--instance", place.root)
    assert "Les clés n’y sont pas" in made.stdout
    (manifest,) = kept.glob("*/manifest.json")
    assert json.loads(manifest.read_text())["product"] == "impact-collectif"
    assert "n’est pas vide" in refusal("restore", kept, "--instance", place.root)
    answer = impact("restore", kept, "--force", "--instance", place.root)
    assert answer.returncode == 0, answer.stderr
    assert "L’installation précédente est dans" in answer.stdout
