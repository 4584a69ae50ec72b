"""Documentation that comes from the code is up to date, and what is written by hand leads somewhere."""

import configparser
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
GUIDES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs" / "guide").glob("*.md"))
BY_HAND_IN_FRENCH = ("README.md", "docs/dependencies.md", *GUIDES)
BAD_SPACING = re.compile(r"\w [;!?»]|« \w|\w :(?!\w)|\d %|\w'\w")


def pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+) \\\n    --hash=sha256:", (ROOT / name).read_text(), re.M))


def asked_for(section: str, option: str) -> dict[str, str]:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg")
    return dict(line.split("==") for line in config[section][option].split())


@pytest.mark.whole
def test_generated_pages_are_up_to_date() -> None:
    answer = subprocess.run(
        [sys.executable, "docs/build.py", "--check"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("name", BY_HAND_IN_FRENCH)
def test_french_pages_are_spaced_as_french(name: str) -> None:
    text = re.sub(r"`[^`]*`|^(    |>|\| ---).*$", "", (ROOT / name).read_text(), flags=re.M)
    found = BAD_SPACING.search(text)
    assert not found, f"near {found[0]!r}" if found else ""


@pytest.mark.parametrize(
    ("section", "option", "file"),
    [
        ("options", "install_requires", "requirements.txt"),
        ("options.extras_require", "test", "requirements-test.txt"),
    ],
)
def test_every_dependency_is_pinned_and_explained(section: str, option: str, file: str) -> None:
    explained = (ROOT / "docs" / "dependencies.md").read_text()
    pinned = pins(file)
    for name, version in asked_for(section, option).items():
        assert pinned.get(name) == version, name
        assert f"| `{name}` | " in explained, name


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-test.txt"])
def test_every_pin_has_the_hashes_of_its_files(file: str) -> None:
    named = re.findall(r"^([a-z0-9-]+)", (ROOT / file).read_text(), re.M)
    assert named
    assert set(named) == set(pins(file))


def test_debian_packages_of_the_makefile_are_explained() -> None:
    explained = (ROOT / "docs" / "dependencies.md").read_text()
    for line in re.findall(r"^APT\w* := (.*)$", (ROOT / "Makefile").read_text(), re.M):
        for name in line.split():
            assert f"| `{name}` | " in explained, name


def test_make_alone_lists_every_target() -> None:
    said = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, timeout=20).stdout
    for target in ("run", "test", "check", "demo", "clean"):
        assert f"make {target} " in said


def test_the_where_does_a_change_go_table_names_what_exists() -> None:
    for path in re.findall(
        r"`((?:impact|surveys|impact_maps|reports|docs)/[\w/.]+)`", (ROOT / "CONTRIBUTING.md").read_text()
    ):
        assert (ROOT / path).exists(), path
