"""Where a child's rows are, table by table: what the copy reads and what an erasure removes.

A new table about children gets its line here, above the tables that it refers to, and its columns in registry.py.
"""

from impact.db import EncryptedDatabase, Row

# From the leaves to the root: an erasure follows this order. `:child` is the child's id.
CHILD_ROWS: dict[str, str] = {
    "retention_extension": "child_id = :child",
    "child_archive": "child_id = :child",
    "contact_restriction": "child_id = :child",
    "file_copy": "child_id = :child",
    "urgent_access": "situation_id IN (SELECT id FROM situation WHERE child_id = :child)",
    "child_merge": "kept_id = :child",
    "child_distinct": "first_id = :child OR second_id = :child",
    "situation_import": "situation_id IN (SELECT id FROM situation WHERE child_id = :child)",
    "schooling": "child_id = :child",
    "pathway_action": "pathway_id IN (SELECT pathway.id FROM pathway JOIN situation ON situation.id = situation_id"
    " WHERE child_id = :child)",
    "hand_over": "pathway_id IN (SELECT pathway.id FROM pathway JOIN situation ON situation.id = situation_id"
    " WHERE child_id = :child)",
    "domain_score": "review_id IN (SELECT domain_review.id FROM domain_review JOIN pathway ON pathway.id = pathway_id"
    " JOIN situation ON situation.id = situation_id WHERE child_id = :child)",
    "domain_review": "pathway_id IN (SELECT pathway.id FROM pathway JOIN situation ON situation.id = situation_id"
    " WHERE child_id = :child)",
    "objective_result": "exit_id IN (SELECT pathway_exit.id FROM pathway_exit JOIN pathway ON pathway.id = pathway_id"
    " JOIN situation ON situation.id = situation_id WHERE child_id = :child)",
    "pathway_exit": "pathway_id IN (SELECT pathway.id FROM pathway JOIN situation ON situation.id = situation_id"
    " WHERE child_id = :child)",
    "follow_up_note": "pathway_id IN (SELECT pathway.id FROM pathway JOIN situation ON situation.id = situation_id"
    " WHERE child_id = :child)",
    "objective": "pathway_id IN (SELECT pathway.id FROM pathway JOIN situation ON situation.id = situation_id"
    " WHERE child_id = :child)",
    "referent": "pathway_id IN (SELECT pathway.id FROM pathway JOIN situation ON situation.id = situation_id"
    " WHERE child_id = :child)",
    "pathway_profile": "pathway_id IN (SELECT pathway.id FROM pathway JOIN situation ON situation.id = situation_id"
    " WHERE child_id = :child)",
    "pathway": "situation_id IN (SELECT id FROM situation WHERE child_id = :child)",
    "meeting_item": "situation_id IN (SELECT id FROM situation WHERE child_id = :child)",
    "decision": "situation_id IN (SELECT id FROM situation WHERE child_id = :child)",
    "consent": "situation_id IN (SELECT id FROM situation WHERE child_id = :child)",
    "orientation": "situation_id IN (SELECT id FROM situation WHERE child_id = :child)",
    "situation_motive": "situation_id IN (SELECT id FROM situation WHERE child_id = :child)",
    "situation_line": "child_id = :child",
    "situation": "child_id = :child",
    "child": "id = :child",
}
# Read with the child, and shared with others: a household with siblings, a family with its workshops.
SHARED_ROWS: dict[str, str] = {
    "household_adult": "household_id IN (SELECT household_id FROM child WHERE id = :child)",
    "household": "id IN (SELECT household_id FROM child WHERE id = :child)",
    "family_presence": "family_id IN (SELECT family.id FROM family JOIN situation ON situation.id = situation_id"
    " WHERE child_id = :child)",
    "family": "situation_id IN (SELECT id FROM situation WHERE child_id = :child)",
}
# The child's own identity; those of other people in the file are masked in the copy, and erased with it.
OWN_IDENTITY = "id IN (SELECT identity_id FROM child WHERE id = :child)"


def rows_of(db: EncryptedDatabase, table: str, child_id: int) -> list[Row]:
    """The child's rows in one table, as they are stored."""
    where = OWN_IDENTITY if table == "identity" else (CHILD_ROWS | SHARED_ROWS)[table]
    return db.rows(" ".join(("SELECT * FROM", table, "WHERE", where)), {"child": child_id})


def delete_rows(db: EncryptedDatabase, child_id: int) -> None:
    """Every row of a child in every table, and the identities that nothing else refers to.

    A household goes with its last child. A family of the workshops stays counted there, without its name.
    """
    people = _identity_ids(db, child_id)
    _forget_families(db, child_id)
    for table, where in CHILD_ROWS.items():
        db.execute(" ".join(("DELETE FROM", table, "WHERE", where)), {"child": child_id})
    for statement in (
        # A spreadsheet that waits may name the child.
        "UPDATE sheet_import SET cells = NULL, choices = '{}' WHERE state <> 'ordered'",
        "DELETE FROM household_adult WHERE household_id NOT IN"
        " (SELECT household_id FROM child WHERE household_id IS NOT NULL)",
        "DELETE FROM household WHERE id NOT IN (SELECT household_id FROM child WHERE household_id IS NOT NULL)",
    ):
        db.execute(statement)
    links = identity_columns(db)
    for identity_id in people:
        if not any(_refers(db, table, column, identity_id) for table, column in links):
            db.execute("DELETE FROM identity WHERE id = ?", (identity_id,))


def identity_columns(db: EncryptedDatabase) -> list[tuple[str, str]]:
    """Table and column of every reference to an identity."""
    rows = db.rows(
        "SELECT master.name AS name, link.'from' AS source FROM sqlite_master AS master,"
        " pragma_foreign_key_list(master.name) AS link WHERE master.type = 'table' AND link.'table' = 'identity'"
    )
    return [(row["name"], row["source"]) for row in rows]


def _forget_families(db: EncryptedDatabase, child_id: int) -> None:
    for row in rows_of(db, "family", child_id):
        db.execute(
            "UPDATE identity SET family_name = 'Famille', given_name = '', birth_date = NULL, email = '', phone = '',"
            " folded = 'famille' WHERE id = ?",
            (row["identity_id"],),
        )
        db.execute("UPDATE family SET situation_id = NULL, linked_on = NULL WHERE id = ?", (row["id"],))


def _identity_ids(db: EncryptedDatabase, child_id: int) -> set[int]:
    return {
        row[column]
        for table, column in identity_columns(db)
        if table in CHILD_ROWS or table == "household_adult"
        for row in rows_of(db, table, child_id)
        if row[column] is not None
    }


def _refers(db: EncryptedDatabase, table: str, column: str, identity_id: int) -> bool:
    query = " ".join(("SELECT 1 FROM", table, "WHERE", column, "= ?"))
    return db.value(query, (identity_id,)) is not None
