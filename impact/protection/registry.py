"""Every column of a community's file, declared once: for the page « Registre », and for the copy of a child's file."""

from impact.protection.columns_of_children import CHILDREN
from impact.protection.columns_of_work import LIFE_OF_COMMUNITY, OTHERS
from impact.protection.records import Column, Table

TABLES = (*CHILDREN, *OTHERS, *LIFE_OF_COMMUNITY)
_BY_NAME = {table.name: table for table in TABLES}


def declared(table: str) -> Table:
    """The declaration of a table; raises KeyError for one that nobody declared."""
    return _BY_NAME[table]


def undeclared(schema: dict[str, list[str]]) -> list[str]:
    """What to do about each column that has no line here, and each line that has no column."""
    known = {f"{table.name}.{column.name}" for table in TABLES for column in table.columns}
    real = {f"{table}.{column}" for table, columns in schema.items() for column in columns}
    advice = "declare it in impact/protection/columns_of_children.py or columns_of_work.py (given, masked, personal or technical)"
    return [f"{name}: {advice}" for name in sorted(real - known)] + [
        f"{name}: it is no longer in the database, remove its line" for name in sorted(known - real)
    ]


def switchable() -> list[tuple[Table, Column]]:
    """The optional fields, which a coordinator may switch off."""
    return [(table, column) for table in TABLES for column in table.columns if column.optional]
