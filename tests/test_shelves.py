"""The house's own contracts see an import that goes up, a module without a shelf and a stranger."""

from typing import Any

import pytest
from grimp import ImportGraph

from tests.shelves import Shelves, Strangers

ARROWS = [("farm.rules", "farm.records"), ("farm.vote_storage", "farm.rules"), ("farm.views", "farm.vote_storage")]


def graph_of(*more: tuple[str, str]) -> ImportGraph:
    graph = ImportGraph()
    graph.add_module("farm")
    graph.add_module("flask", is_squashed=True)
    for importer, imported in (*ARROWS, *more):
        graph.add_import(importer=importer, imported=imported)
    return graph


def told(kind: type[Any], graph: ImportGraph, capsys: pytest.CaptureFixture[str], **options: list[str]) -> str:
    contract = kind("of the farm", {"root_packages": ["farm"]}, options)
    found = contract.check(graph, verbose=False)
    contract.render_broken_contract(found)
    printed = capsys.readouterr().out
    assert found.kept == (not printed)
    return printed


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ([], ""),
        ([("farm.rules", "farm.vote_storage")], "farm.rules must not import farm.vote_storage"),
        ([("farm.records", "farm.vote_rules"), ("farm.vote_rules", "farm.views")], "farm.records must not import"),
        ([("farm.rules", "farm.odd")], "farm.odd has no shelf"),
        ([("farm.rules", "farm.late_rules")], ""),
        ([("farm.late_rules", "farm.rules")], "farm.late_rules must not import farm.rules"),
    ],
)
def test_imports_go_down_the_shelves(
    more: list[tuple[str, str]], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shelves = ["views", "storage", "rules", "late_rules records"]
    assert expected in told(Shelves, graph_of(*more), capsys, features=["farm"], shelves=shelves)


@pytest.mark.parametrize(
    ("importer", "imported", "expected"),
    [
        ("farm.odd", "flask", ""),
        ("farm.views", "flask", ""),
        ("farm.vote_rules", "flask", "farm.vote_rules must not import flask"),
        ("farm.sums.means", "farm.vote_storage", "farm.sums.means must not import farm.vote_storage"),
    ],
)
def test_strangers_are_known_by_name_word_or_package(
    importer: str, imported: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lists = {"modules": ["rules", "farm.sums"], "strangers": ["flask", "storage"]}
    printed = told(Strangers, graph_of((importer, imported)), capsys, **lists)
    assert printed.strip().startswith(expected) if expected else printed == ""
