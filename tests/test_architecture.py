"""The house keeps its shape: arrows, shelves, sizes, templates, frames without names."""

import ast
import importlib
import inspect
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

import app as assembly
from impact.instance import Instance

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("impact", "surveys", "impact_maps", "reports")
MODULES = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
TEMPLATES = [path for package in PACKAGES for path in (ROOT / package).rglob("templates/**/*.html")]
# About 400 lines a module and 600 a test: past that, split by subject.
MOST_LINES, MOST_TEST_LINES = 450, 650
NAMELIKE = re.compile(r"name(?!d)|birth|address|e?mail|phone|identity|words|text|observed|given|note\b|actor")


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def test_every_arrow_points_left() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert answer.returncode == 0, answer.stdout[-3000:]


def test_packages_hold_a_docstring_and_nothing_else() -> None:
    for path in MODULES:
        if path.name == "__init__.py":
            body = ast.parse(path.read_text()).body
            assert all(isinstance(each, ast.Expr) for each in body), path
            assert len(body) <= 1, path


def test_modules_are_rooms_and_not_drawers() -> None:
    tests = list((ROOT / "tests").rglob("*.py"))
    lengths = [(path, len(path.read_text().splitlines())) for path in (*MODULES, *tests)]
    long = [(path, n) for path, n in lengths if n > (MOST_TEST_LINES if path in tests else MOST_LINES)]
    assert long == []


def test_migrations_import_sqlite_utils_alone() -> None:
    for path in MODULES:
        if path.name == "migrations.py":
            imports = [
                each for each in ast.parse(path.read_text()).body if isinstance(each, ast.Import | ast.ImportFrom)
            ]
            assert [getattr(each, "module", None) for each in imports] == ["sqlite_utils"], path


def test_sql_is_in_storage_alone() -> None:
    statement = re.compile(r"^\s*(SELECT .* FROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM) ", re.S)
    for path in MODULES:
        if re.search(
            r"(views|forms|rules|records|wiring|vocabulary)\.py$|computing/|composition/|statistics/", str(path)
        ):
            words = [each.value for each in ast.walk(ast.parse(path.read_text())) if isinstance(each, ast.Constant)]
            assert not [each for each in words if isinstance(each, str) and statement.match(each)], path


def test_no_template_trusts_its_data() -> None:
    for path in TEMPLATES:
        assert not re.search(r"\|\s*safe\b|autoescape\s+false", path.read_text()), path


def test_every_template_is_used() -> None:
    sources = "\n".join(path.read_text() for path in (*MODULES, *TEMPLATES))
    folders_by_choice = set(re.findall(r"[\"'](?:\w+/)*(\w+)/\{\w+\}\.html[\"']", sources))
    quoted = set(re.findall(r"[\"']([\w/.-]+)[\"']", sources))
    unused = []
    for path in TEMPLATES:
        name = str(path).rpartition("/templates/")[2]
        chosen = path.stem if path.parent.name in folders_by_choice else name
        if not quoted & {name, chosen}:
            unused.append(name)
    assert unused == []


def frames() -> list[tuple[ModuleType, Callable[..., pd.DataFrame]]]:
    """Every function that gives a frame from a database."""
    found = []
    for path in MODULES:
        if re.search(r"^def \w+_frame\(\s*db", path.read_text(), re.M):
            module = importlib.import_module(module_name(path))
            for name, function in inspect.getmembers(module, inspect.isfunction):
                if name.endswith("_frame") and not name.startswith("_") and function.__module__ == module.__name__:
                    found.append((module, function))
    assert found
    return found


@pytest.mark.parametrize(("module", "function"), frames(), ids=lambda each: each.__name__)
def test_frames_carry_no_name(demo_root: Path, module: ModuleType, function: Callable[..., Any]) -> None:
    shown, rows = Instance(demo_root, assembly.schema()), 0
    for slug in shown.slugs():
        db = shown.community(slug)
        given = {"db": db, "day": pd.Timestamp("2026-08-31").date(), "wave_id": 1}
        frame = function(**{name: given[name] for name in inspect.signature(function).parameters})
        people = db.rows("SELECT family_name, birth_date, email, phone FROM identity")
        db.close()
        private = {value for person in people for value in person.values() if value}
        cells = {str(value) for column in frame.columns for value in frame[column].dropna().unique()}
        assert not [column for column in frame.columns if NAMELIKE.search(str(column))]
        assert private
        assert not private & cells
        rows += len(frame)
    assert rows
