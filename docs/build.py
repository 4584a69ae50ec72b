"""Writes the pages of documentation that come from the code; with `--check`, says which ones are out of date."""

import importlib
import inspect
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from sqlite_utils import Database, Migrations

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent))
os.environ["COLUMNS"] = "100"
os.environ.pop("IMPACT_INSTANCE", None)

from guides import guide_pages  # noqa: E402
from words import WORDS  # noqa: E402

import app  # noqa: E402
from impact import cli  # noqa: E402
from impact.vocabulary import Term  # noqa: E402
from impact.wording import french  # noqa: E402
from reports.catalogue_page import indicators_page  # noqa: E402

PACKAGES = ("impact", "surveys", "impact_maps", "reports")
WRITTEN = french("Cette page est tirée du code par `make docs` : ne la corrigez pas à la main.\n")
FILES = (
    ("Annuaire : `directory.db`", "directory", "Comptes, connexions et rôles. Aucun mot sur un enfant."),
    ("Fichier commun : `shared.db`", "shared", "Ce que les communautés partagent. Aucune donnée d’enfant."),
    ("Communauté : `communities/<slug>/community.db`", "community", "Tout ce qui concerne une communauté."),
)


def main() -> int:
    """Write the pages, or compare them; gives the exit status."""
    stale = []
    for name, page in pages().items():
        path = DOCS / name
        if not path.exists() or path.read_text(encoding="utf-8") != page:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(page, encoding="utf-8")
    if stale and "--check" in sys.argv:
        print(f"docs/{', docs/'.join(stale)} : à refaire avec make docs", file=sys.stderr)
        return 1
    return 0


def pages() -> dict[str, str]:
    """The text of each generated page."""
    return {
        "glossary.md": glossary(),
        "indicators.md": indicators_page(),
        "database.md": database(),
        "commands.md": commands(),
        **guide_pages(),
    }


def glossary() -> str:
    """The field's words, then every stored value with its label."""
    lines = ["# Glossaire", "", WRITTEN, "## Les mots du terrain et leur nom dans le code", ""]
    lines += table(("Mot", "Identifiant", "Défini dans"), ((word, f"`{name}`", home_of(name)) for word, name in WORDS))
    lines += ["", "## Les valeurs enregistrées et leur libellé", ""]
    for term in sorted(terms(), key=lambda each: (each.__module__, each.__name__)):
        lines += [f"### `{term.__name__}` (`{term.__module__}`)", ""]
        lines += [*table(("Valeur", "Libellé"), ((f"`{each.value}`", each.label) for each in term)), ""]
    return "\n".join(lines)


def database() -> str:
    """Each table of each sort of file, from the migrations applied to an empty one."""
    lines = ["# Base de données", "", WRITTEN]
    for title, name, said in FILES:
        lines += [french(f"## {title}"), "", said, ""]
        db = Database(memory=True)
        groups: list[Migrations] = list(getattr(app.schema(), name))
        for group in groups:
            before = set(tables(db))
            group.apply(db)
            for one in sorted(set(tables(db)) - before - {Migrations.migrations_table}):
                lines += [f"### `{one}` ({group.name})", "", *table(HEADINGS, columns(db, one)), ""]
        db.close()
    return "\n".join(lines)


def commands() -> str:
    """The help of the command and of each of its parts."""
    whole = cli.parser()
    lines = ["# Commandes", "", WRITTEN, "```", whole.format_help().rstrip(), "```", ""]
    for name, one in whole.commands.items():
        lines += [f"## impact {name}", "", "```", one.format_help().rstrip(), "```", ""]
    return "\n".join(lines)


HEADINGS = ("Colonne", "Type", "Vide possible", "Renvoie à")


def columns(db: Database, name: str) -> Iterable[tuple[str, str, str, str]]:
    """Name, type, whether it may be empty, and the column that it refers to."""
    links = {row[3]: f"`{row[2]}.{row[4]}`" for row in db.execute(f"PRAGMA foreign_key_list([{name}])")}
    for _, column, kind, required, _, key in db.execute(f"PRAGMA table_info([{name}])").fetchall():
        yield f"`{column}`", kind, "" if required or key else "oui", links.get(column, "")


def tables(db: Database) -> list[str]:
    """Tables of our own."""
    return [name for name in db.table_names() if not name.startswith("sqlite_")]


def table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """A Markdown table, line by line."""
    return [f"| {' | '.join(cells)} |" for cells in (headings, ("---",) * len(headings), *rows)]


def terms() -> list[type[Term]]:
    """Every vocabulary of the product."""
    app.packages()
    found, todo = [], [Term]
    while todo:
        for each in todo.pop().__subclasses__():
            found.append(each)
            todo.append(each)
    return [each for each in found if not each.__module__.startswith("tests")]


def home_of(name: str) -> str:
    """The module that defines a record; raises LookupError for a word that the code no longer has."""
    app.packages()
    for module in sorted(sys.modules):
        if module.endswith(("records", "indicators", ".indicator")) and module.split(".")[0] in PACKAGES:
            known = getattr(importlib.import_module(module), name, None)
            if inspect.isclass(known) and known.__module__ == module:
                return f"`{module}`"
    raise LookupError(name)


if __name__ == "__main__":
    sys.exit(main())
