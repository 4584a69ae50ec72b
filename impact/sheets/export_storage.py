"""Everything that goes out: the follow-up table, and each table of the follow-up with its code book."""

from collections.abc import Callable, Mapping
from datetime import date

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row
from impact.identities import Identity, identities
from impact.pathways.action_storage import seal_label as action_label
from impact.pathways.file_storage import sealed_texts
from impact.pathways.review_storage import seal_label as score_label
from impact.pathways.vocabulary import ReferenceList
from impact.reference_lists import labels
from impact.safeguards import fields_off
from impact.sealing import unseal
from impact.sheets.code_book import Exported, Told, asked_tables, code_rows, words_of
from impact.sheets.known_storage import asked_columns, list_follow_ups
from impact.sheets.records import FollowUp
from impact.sheets.situation_words import SITUATION_WORDS
from impact.sheets.table_rules import row_of
from impact.sheets.workbook import Table, Value

_SQL: dict[str, str] = {
    "Enfants": "SELECT id AS child_id, identity_id, sex, household_id FROM child ORDER BY id",
    "Adultes du foyer": "SELECT child.id AS child_id, household_adult.* FROM household_adult JOIN child"
    " USING (household_id) ORDER BY child.id, household_adult.id",
    "Situations": "SELECT situation.*, institution, sender_role, tried, informed_by, informed_on, child_wish,"
    " parents_wish, number, postcode FROM situation LEFT JOIN orientation ON orientation.situation_id = situation.id"
    " LEFT JOIN situation_import ON situation_import.situation_id = situation.id ORDER BY situation.id",
    "Motifs": "SELECT situation_id, position + 1 AS rank, code FROM situation_motive ORDER BY 1, 2",
    "Accords": "SELECT * FROM consent ORDER BY id",
    "Décisions": "SELECT * FROM decision ORDER BY id",
    "Équipe de soutien": "SELECT meeting_id, held_on, place, situation_id, review_on FROM meeting_item"
    " JOIN support_meeting ON support_meeting.id = meeting_id ORDER BY held_on, situation_id",
    "Institutions présentes": "SELECT meeting_id, organisation.name, presence FROM meeting_presence JOIN organisation"
    " ON organisation.id = organisation_id ORDER BY 1, 2",
    "Scolarité": "SELECT * FROM schooling ORDER BY child_id, school_year",
    "Parcours": "SELECT * FROM pathway ORDER BY id",
    "Profils": "SELECT * FROM pathway_profile ORDER BY pathway_id, since",
    "Référents": "SELECT pathway_id, member.identity_id, since, until FROM referent JOIN member ON member.id = member_id"
    " ORDER BY pathway_id, since",
    "Objectifs": "SELECT objective.*, result, level FROM objective"
    " LEFT JOIN objective_result ON objective_id = objective.id ORDER BY objective.id",
    "Notes": "SELECT follow_up_note.*, member.identity_id, number, child.identity_id AS child_identity_id"
    " FROM follow_up_note JOIN member ON member.id = member_id JOIN pathway ON pathway.id = pathway_id"
    " JOIN situation ON situation.id = pathway.situation_id JOIN child ON child.id = child_id"
    " LEFT JOIN situation_import ON situation_import.situation_id = situation.id"
    " ORDER BY pathway_id, contact_on, follow_up_note.id",
    "Actions": "SELECT pathway_action.*, organisation.name AS operator, cost_cents / 100.0 AS cost,"
    " cofunded_cents / 100.0 AS cofunded FROM pathway_action"
    " LEFT JOIN organisation ON organisation.id = organisation_id ORDER BY pathway_id, started_on",
    "Bilans": "SELECT domain_score.*, pathway_id, reviewed_on FROM domain_score JOIN domain_review"
    " ON domain_review.id = review_id ORDER BY pathway_id, reviewed_on",
    "Sorties": "SELECT * FROM pathway_exit ORDER BY pathway_id, ended_on",
}


def follow_up_table(db: EncryptedDatabase, actor: Actor) -> Table:
    """One row per situation, in the columns that a spreadsheet user knows; archived children stay aside."""
    kept = _kept(db)["situation_id"]
    rows: list[FollowUp] = [row for key, (_, row) in list_follow_ups(db).items() if key in kept]
    _note(db, actor, "follow_up_table", kept)
    asked = asked_columns(db, SITUATION_WORDS)
    return "Suivi", [column.label for column in asked], [row_of(row, asked) for row in rows]


def every_table(db: EncryptedDatabase, actor: Actor, codes: bool) -> list[Table]:
    """Each table of the follow-up, then the code book; words of the lists, or their codes."""
    lists = {name: labels(db, name.value) for name in ReferenceList}
    people, kept, asked = identities(db), _kept(db), asked_tables(fields_off(db))
    _note(db, actor, "follow_up_export", kept["situation_id"])
    tables = [_table(db, exported, lists, people, kept, codes) for exported in asked]
    return [*tables, ("Dictionnaire", ("Tableau", "Colonne", "Contenu", "Code", "Sens"), code_rows(asked, lists))]


def _kept(db: EncryptedDatabase) -> dict[str, set[int]]:
    rows = db.rows(
        "SELECT situation.id, child_id, pathway.id AS pathway_id FROM situation"
        " LEFT JOIN pathway ON pathway.situation_id = situation.id"
        " WHERE child_id NOT IN (SELECT child_id FROM child_archive)"
    )
    names = (("child_id", "child_id"), ("situation_id", "id"), ("pathway_id", "pathway_id"))
    return {scope: {row[name] for row in rows if row[name] is not None} for scope, name in names}


def _note(db: EncryptedDatabase, actor: Actor, kind: str, situations: set[int]) -> None:
    # Each file that leaves says so in its own story.
    with write(db, actor) as log:
        log.note(Deed.EXPORT, kind)
        for situation_id in sorted(situations):
            log.note(Deed.EXPORT, "situation", situation_id)


def _table(
    db: EncryptedDatabase,
    exported: Exported,
    lists: Mapping[ReferenceList, Mapping[str, str]],
    people: Mapping[int, Identity],
    kept: Mapping[str, set[int]],
    codes: bool,
) -> Table:
    words = {column.key: {} if codes else words_of(column, lists) for column in exported.columns}
    headings: list[str] = []
    for column in exported.columns:
        headings += ["Nom", "Prénom", "Né(e) le"] if column.child else [column.heading]
    rows: list[list[Value]] = []
    for row in db.rows(_SQL[exported.title]):
        if exported.scope and row[exported.scope] not in kept[exported.scope]:
            continue
        opened = _unsealed(db, exported.title, row)
        cells: list[Value] = []
        for column in exported.columns:
            cells += _cells(column, opened[column.key], people, words[column.key])
        rows.append(cells)
    return exported.title, headings, rows


def _cells(column: Told, value: object, people: Mapping[int, Identity], words: Mapping[str, str]) -> list[Value]:
    if column.person:
        person = people.get(value, Identity("")) if isinstance(value, int) else Identity("")
        if column.child:
            return [person.family_name, person.given_name, person.birth_date]
        return [person.full_name]
    if column.days:
        return [date.fromisoformat(value) if isinstance(value, str) else None]
    return [words.get(value, value) if isinstance(value, str) else value]  # type: ignore[list-item]


def _unsealed(db: EncryptedDatabase, title: str, row: Row) -> Row:
    if row.get("sealed") is None:
        return row
    opened: dict[str, Callable[[], dict[str, str]]] = {
        "Notes": lambda: sealed_texts(db, row),
        "Actions": lambda: {"label": unseal(db, row["sealed"], action_label(row["id"]))},
        "Bilans": lambda: {"reason": unseal(db, row["sealed"], score_label(row["review_id"], row["domain"]))},
    }
    return row | opened[title]()
