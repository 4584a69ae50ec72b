"""The registry says what becomes of every column."""

from impact.accounts.access import FieldClass
from impact.db import EncryptedDatabase
from impact.protection.child_rows import CHILD_ROWS, SHARED_ROWS, rows_of
from impact.protection.columns_of_children import CHILDREN
from impact.protection.registry import TABLES, undeclared
from impact.protection.vocabulary import Treatment


def tables(db: EncryptedDatabase) -> dict[str, list[str]]:
    """The columns of every table that is not a shadow of a search index."""
    names = [
        row["name"]
        for row in db.rows("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
        if not row["name"].startswith("sqlite_")
    ]
    return {name: [row["name"] for row in db.rows("SELECT name FROM pragma_table_info(?)", (name,))] for name in names}


def test_every_column_is_declared_and_every_declaration_is_a_column(db: EncryptedDatabase) -> None:
    assert undeclared(tables(db)) == []


def test_a_new_column_is_told_with_what_to_do(db: EncryptedDatabase) -> None:
    db.execute("CREATE TABLE sibling (child_id INTEGER, nickname TEXT) STRICT")
    told = undeclared(tables(db))
    assert [line.split(":")[0] for line in told] == ["sibling.child_id", "sibling.nickname"]
    assert all("columns_of_children.py" in line for line in told)


def test_a_table_that_leads_to_a_child_is_copied_and_erased(db: EncryptedDatabase) -> None:
    links = db.rows(
        "SELECT master.name AS name, link.'table' AS target FROM sqlite_master AS master,"
        " pragma_foreign_key_list(master.name) AS link WHERE master.type = 'table'"
    )
    leading = {row["name"] for row in links if row["target"] in CHILD_ROWS}
    known = {*CHILD_ROWS, *SHARED_ROWS}
    assert leading <= known, f"give {leading - known} a line in impact/protection/child_rows.py"
    assert known | {"identity"} == {table.name for table in CHILDREN}


def test_what_is_erased_first_refers_to_what_is_erased_later(db: EncryptedDatabase) -> None:
    order = list(CHILD_ROWS)
    for table in order:
        assert rows_of(db, table, 1) == []
        for row in db.rows('SELECT "table" AS target FROM pragma_foreign_key_list(?)', (table,)):
            if row["target"] in CHILD_ROWS and row["target"] != table:
                assert order.index(table) < order.index(row["target"]), (table, row["target"])


def test_a_personal_column_says_what_it_is_and_for_whom() -> None:
    for table in TABLES:
        for column in table.columns:
            if column.treatment is not Treatment.OUT:
                assert column.label, (table.name, column.name)
                assert isinstance(column.field_class, FieldClass), (table.name, column.name)
            known = {each.name for each in table.columns}
            assert set(column.together) <= known, (table.name, column.name)
