"""Each statistic serves a page, or the package says why it is kept."""

import ast
import re
from pathlib import Path

import reports.statistics

SHELF = Path(reports.statistics.__file__).parent


def _used_names(node: ast.AST) -> set[str]:
    called = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return called | {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}


def _imported(path: Path) -> set[str]:
    """Names that a module takes from the package."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text) if "reports.statistics" in text else ast.Module([], [])
    taken = [
        each
        for each in ast.walk(tree)
        if isinstance(each, ast.ImportFrom) and (each.module or "").startswith("reports.statistics")
    ]
    return {name.name for each in taken for name in each.names}


def test_what_no_page_calls_is_named_with_its_reason() -> None:
    bodies: dict[str, ast.AST] = {}
    for path in SHELF.glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                bodies[node.name] = node
    waiting = set()
    for path in SHELF.parent.rglob("*.py"):
        if SHELF not in path.parents:
            waiting |= _imported(path) & set(bodies)
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting |= (_used_names(bodies[name]) & set(bodies)) - reached
    public = {name for name, node in bodies.items() if isinstance(node, ast.FunctionDef) and not name.startswith("_")}
    told = set(re.findall(r"`([a-z_]+)`", reports.statistics.__doc__ or ""))
    assert public - reached == told & public
