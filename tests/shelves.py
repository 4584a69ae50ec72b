"""Contracts of import-linter that go by the last word of a module's name: `vote_storage` is a `storage`."""

import re
from collections.abc import Iterable, Sequence

from grimp import ImportGraph, Layer, PackageDependency
from importlinter.application import output
from importlinter.domain import fields
from importlinter.domain.contract import Contract, ContractCheck


def last_word(module: str) -> str:
    """The word that says what a module is."""
    return module.rpartition(".")[2].rpartition("_")[2]


def is_one_of(module: str, words: Iterable[str]) -> bool:
    """Whether a module's last word, own name, full name or package is among `words`."""
    dotted = {module[: dot.start()] for dot in re.finditer(r"\.|$", module)}
    return bool({module.rpartition(".")[2], last_word(module), *dotted} & set(words))


class Shelves(Contract):
    """In each feature a module imports only from its own shelf and those below; each module has a shelf.

    `shelves` goes from the highest to the lowest, one per line: last words, or whole names of modules (which win).
    """

    type_name = "shelves"
    features = fields.ListField(subfield=fields.StringField())
    shelves = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Kept when every module stands on a shelf and no import goes up, directly or through others."""
        shelves = [str(line).split() for line in self.shelves]
        lost: list[str] = []
        upward: list[PackageDependency] = []
        for feature in self.features:
            modules = {child for child in graph.find_children(feature) if not graph.find_children(child)}
            placed = {module: shelf_of(module, shelves) for module in modules}
            lost += [module for module, shelf in placed.items() if shelf is None]
            layers = [[m.rpartition(".")[2] for m in placed if placed[m] == row] for row in range(len(shelves))]
            upward += graph.find_illegal_dependencies_for_layers(
                [Layer(*names, independent=False) for names in layers if names], {feature}
            )
        return ContractCheck(kept=not (lost or upward), metadata={"lost": lost, "upward": upward})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say which module has no shelf, and which imports what it must not."""
        for module in sorted(check.metadata["lost"]):
            output.print_error(f"{module} has no shelf: end its name with a shelf's word, or name it in setup.cfg.")
        for found in check.metadata["upward"]:
            route = min(found.routes, key=lambda each: len(each.middle))
            way = " -> ".join([min(route.heads), *route.middle, min(route.tails)])
            output.print_error(f"{found.importer} must not import {found.imported}: {way}")


def shelf_of(module: str, shelves: Sequence[Sequence[str]]) -> int | None:
    """The row where a module stands: by its own name if a row has it, else by its last word."""
    for word in (module.rpartition(".")[2], last_word(module)):
        for row, words in enumerate(shelves):
            if word in words:
                return row
    return None


class Strangers(Contract):
    """No module that is one of `modules` imports, itself, one of `strangers`: full names, names or last words."""

    type_name = "strangers"
    modules = fields.ListField(subfield=fields.StringField())
    strangers = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Kept when no such import is written."""
        met = [
            f"{importer} must not import {imported}."
            for importer in sorted(graph.modules)
            if not graph.is_module_squashed(importer) and is_one_of(importer, self.modules)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if is_one_of(imported, self.strangers)
        ]
        return ContractCheck(kept=not met, metadata={"met": met})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say each import that must go."""
        for line in check.metadata["met"]:
            output.print_error(line)
