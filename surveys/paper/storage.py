"""Prints, scans, sheets: every statement about them."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from impact.audit import SYSTEM, Actor, Deed, write
from impact.db import EncryptedDatabase, Row, gate
from impact.exceptions import Conflict, NotFound
from surveys.paper.records import Batch, Layout, Printing, ScannedPage, Sheet
from surveys.paper.rules import layout_from, layout_text
from surveys.paper.vocabulary import BatchState, PageState, SheetState
from surveys.records import Answer, Wave
from surveys.rules import fingerprint
from surveys.storage import add_response

_PAGES = (
    "SELECT id, batch_id, place, source, state, reason, sheet_id, page, picture IS NOT NULL AS has_picture"
    " FROM scan_page"
)


def paper_secret(db: EncryptedDatabase) -> bytes:
    """What only this community's file knows, to tell its sheets from another's."""
    return bytes.fromhex(db.keyring.get(f"fields-{db.path.parent.name}"))


def add_printing(
    db: EncryptedDatabase, actor: Actor, wave_id: int, language: str, layout: Layout, copies: int
) -> tuple[Printing, int]:
    """The print and the number of the first new copy; a sheet laid out as before goes on with its numbers."""
    text = layout_text(layout)
    digest = fingerprint(language, text)
    with write(db, actor) as log:
        db.execute(
            "INSERT INTO paper_print (wave_id, language, layout, digest) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (wave_id, language, text, digest),
        )
        known = db.row("SELECT * FROM paper_print WHERE wave_id = ? AND digest = ?", (wave_id, digest))
        assert known is not None
        db.execute("UPDATE paper_print SET copies = copies + ? WHERE id = ?", (copies, known["id"]))
        log.note(Deed.PRINT, "paper_print", known["id"], ["copies"])
    return _printing(known), known["copies"] + 1


def find_printing(db: EncryptedDatabase, printing_id: int) -> Printing | None:
    """A print of this community."""
    row = db.row("SELECT * FROM paper_print WHERE id = ?", (printing_id,))
    return None if row is None else _printing(row)


def list_printings(db: EncryptedDatabase, wave_id: int) -> list[Printing]:
    """What was printed for a wave."""
    return [_printing(row) for row in db.rows("SELECT * FROM paper_print WHERE wave_id = ? ORDER BY id", (wave_id,))]


def add_batch(
    db: EncryptedDatabase,
    actor: Actor,
    wave_id: int,
    today: date,
    files: Sequence[tuple[str, bytes]],
    total: int,
    once: str = "",
) -> int:
    """Keep the files until they are read; `total` is their number of pages."""
    with write(db, actor, once) as log:
        added = db.insert_row(
            "INSERT INTO scan_batch (wave_id, received_on, total) VALUES (?, ?, ?)", (wave_id, today.isoformat(), total)
        )
        for name, content in files:
            db.execute("INSERT INTO scan_file (batch_id, name, content) VALUES (?, ?, ?)", (added, name, content))
        log.note(Deed.CREATE, "scan_batch", added)
    return added


def get_batch(db: EncryptedDatabase, batch_id: int, wave_id: int | None = None) -> Batch:
    """Raises NotFound, also when the batch is of another wave."""
    row = db.row("SELECT * FROM scan_batch WHERE id = ?", (batch_id,))
    if row is None or wave_id not in (None, row["wave_id"]):
        raise NotFound
    return _batch(row)


def list_batches(db: EncryptedDatabase, wave_id: int) -> list[Batch]:
    """The latest first."""
    return [_batch(row) for row in db.rows("SELECT * FROM scan_batch WHERE wave_id = ? ORDER BY id DESC", (wave_id,))]


def unread_batches(db: EncryptedDatabase) -> list[int]:
    """Batches that the worker has still to read."""
    return [row["id"] for row in db.rows("SELECT id FROM scan_batch WHERE state <> 'read' ORDER BY id")]


def list_files(db: EncryptedDatabase, batch_id: int) -> list[tuple[str, bytes]]:
    """Names and contents, in the order in which they were given."""
    rows = db.rows("SELECT name, content FROM scan_file WHERE batch_id = ? ORDER BY id", (batch_id,))
    return [(row["name"], row["content"]) for row in rows if row["content"] is not None]


def start_batch(db: EncryptedDatabase, batch_id: int) -> int:
    """Mark that reading goes on, and give how many pages were read before an interruption."""
    with gate(db):
        db.execute("UPDATE scan_batch SET state = 'reading' WHERE id = ?", (batch_id,))
    return int(str(db.value("SELECT count(*) FROM scan_page WHERE batch_id = ?", (batch_id,))))


def end_batch(db: EncryptedDatabase, batch_id: int) -> None:
    """The files leave: every page is kept as a picture until its sheet is stored."""
    with write(db, SYSTEM) as log:
        db.execute("UPDATE scan_batch SET state = 'read', done = total WHERE id = ?", (batch_id,))
        db.execute("UPDATE scan_file SET content = NULL WHERE batch_id = ?", (batch_id,))
        log.note(Deed.CHANGE, "scan_batch", batch_id, ["state"])


def add_page(
    db: EncryptedDatabase,
    batch_id: int,
    place: int,
    source: str,
    state: PageState,
    picture: bytes,
    reason: str = "",
    sheet_id: int | None = None,
    page: int | None = None,
    digest: str = "",
    typed: Mapping[str, str] | None = None,
) -> None:
    """One page as it was read; a page that is already there stays as it is."""
    with gate(db):
        db.execute(
            "INSERT INTO scan_page (batch_id, place, source, state, reason, sheet_id, page, digest, typed, picture)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (batch_id, place, source, state.value, reason, sheet_id, page, digest, _json(typed or {}), picture or None),
        )
        db.execute("UPDATE scan_batch SET done = ? WHERE id = ?", (place, batch_id))


def list_pages(db: EncryptedDatabase, batch_id: int) -> list[ScannedPage]:
    """In the order in which they were scanned."""
    return [_page(row) for row in db.rows(_PAGES + " WHERE batch_id = ? ORDER BY place", (batch_id,))]


def get_page(db: EncryptedDatabase, page_id: int, wave_id: int) -> ScannedPage:
    """Raises NotFound, also when the page is of another wave."""
    row = db.row(_PAGES + " WHERE id = ?", (page_id,))
    if row is None or get_batch(db, row["batch_id"]).wave_id != wave_id:
        raise NotFound
    return _page(row)


def page_picture(db: EncryptedDatabase, page_id: int) -> bytes:
    """The page as JPEG; raises NotFound once it was erased."""
    found = db.row("SELECT picture FROM scan_page WHERE id = ? AND picture IS NOT NULL", (page_id,))
    if found is None:
        raise NotFound
    return bytes(found["picture"])


def page_typed(db: EncryptedDatabase, page_id: int) -> dict[str, str]:
    """What was read on a page that was taken for one already read."""
    found: dict[str, str] = json.loads(str(db.value("SELECT typed FROM scan_page WHERE id = ?", (page_id,))))
    return found


def move_page(db: EncryptedDatabase, page_id: int, sheet_id: int) -> None:
    """The page belongs to another sheet than was thought."""
    with gate(db):
        db.execute("UPDATE scan_page SET sheet_id = ?, state = 'read' WHERE id = ?", (sheet_id, page_id))


def settle_page(db: EncryptedDatabase, actor: Actor, page_id: int, state: PageState, once: str = "") -> None:
    """What a person decided of a page that could not be read; its picture is erased."""
    with write(db, actor, once) as log:
        db.execute("UPDATE scan_page SET state = ?, picture = NULL, typed = '{}' WHERE id = ?", (state.value, page_id))
        log.note(Deed.CHANGE, "scan_page", page_id, ["state"])


def known_pages(db: EncryptedDatabase, printing_id: int, copy: int) -> dict[int, dict[int, str]]:
    """What was already scanned under one number: digest of each page, by sheet."""
    rows = db.rows(
        "SELECT paper_sheet.id, page, digest FROM paper_sheet LEFT JOIN scan_page"
        " ON sheet_id = paper_sheet.id AND scan_page.state = 'read'"
        " WHERE print_id = ? AND copy = ? ORDER BY serial",
        (printing_id, copy),
    )
    found: dict[int, dict[int, str]] = {}
    for row in rows:
        pages = found.setdefault(row["id"], {})
        if row["page"] is not None:
            pages[row["page"]] = row["digest"]
    return found


def add_sheet(
    db: EncryptedDatabase, actor: Actor, wave_id: int, print_id: int | None = None, copy: int | None = None
) -> int:
    """A sheet without answers yet; another with the same number gets the next serial."""
    with write(db, actor) as log:
        serial = db.value(
            "SELECT coalesce(max(serial), 0) + 1 FROM paper_sheet WHERE print_id = ? AND copy = ?", (print_id, copy)
        )
        added = db.insert_row(
            "INSERT INTO paper_sheet (wave_id, print_id, copy, serial) VALUES (?, ?, ?, ?)",
            (wave_id, print_id, copy, serial),
        )
        log.note(Deed.CREATE, "paper_sheet", added)
    return added


def type_sheet(
    db: EncryptedDatabase,
    actor: Actor,
    wave_id: int,
    typed: Mapping[str, str],
    answers: Sequence[Answer] | None,
    today: date,
    once: str = "",
) -> int:
    """A sheet typed on the keyboard: stored at once, or kept until a second typing when there are no answers yet."""
    with write(db, actor, once) as log:
        added = add_sheet(db, actor, wave_id)
        sheet = get_sheet(db, added)
        save_typing(db, actor, sheet, typed)
        if answers is not None:
            store_sheet(db, actor, get_sheet(db, added), answers, today)
        log.note(Deed.CREATE, "paper_sheet", added)
    return added


def merge_reading(
    db: EncryptedDatabase,
    sheet_id: int,
    typed: Mapping[str, str],
    doubts: Mapping[str, str],
    crops: Mapping[str, bytes],
) -> None:
    """Add what one page says to its sheet."""
    with gate(db):
        known = get_sheet(db, sheet_id)
        db.execute(
            "UPDATE paper_sheet SET typed = ?, doubts = ? WHERE id = ?",
            (_json({**known.typed, **typed}), _json({**known.doubts, **doubts}), sheet_id),
        )
        for field, picture in crops.items():
            db.execute(
                "INSERT INTO sheet_crop (sheet_id, field, picture) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (sheet_id, field, picture),
            )


def save_typing(
    db: EncryptedDatabase,
    actor: Actor,
    sheet: Sheet,
    typed: Mapping[str, str],
    again: Mapping[str, str] | None = None,
    once: str = "",
) -> None:
    """What was typed a first or a second time; raises Conflict when somebody saved since."""
    with write(db, actor, once) as log:
        if not db.changed(
            "UPDATE paper_sheet SET typed = ?, again = ?, version = version + 1 WHERE id = ? AND version = ?",
            (_json(typed), None if again is None else _json(again), sheet.id, sheet.version),
        ):
            raise Conflict({}, get_sheet(db, sheet.id).version)
        log.note(Deed.CHANGE, "paper_sheet", sheet.id, ["typed"])


def store_sheet(
    db: EncryptedDatabase, actor: Actor, sheet: Sheet, answers: Sequence[Answer], today: date, once: str = ""
) -> None:
    """Turn a sheet into a response, once, and erase what was kept to read it; raises Conflict when it is settled."""
    key = fingerprint("paper", paper_secret(db).hex(), sheet.id)[:40]
    with write(db, actor, once) as log:
        _settle(db, sheet, SheetState.STORED)
        add_response(db, sheet.wave_id, today, key, answers)
        log.note(Deed.CHANGE, "paper_sheet", sheet.id, ["state"])


def drop_sheet(db: EncryptedDatabase, actor: Actor, sheet: Sheet, once: str = "") -> None:
    """A person says that this sheet is no answer; raises Conflict when it is settled."""
    with write(db, actor, once) as log:
        _settle(db, sheet, SheetState.DROPPED)
        log.note(Deed.CHANGE, "paper_sheet", sheet.id, ["state"])


def get_sheet(db: EncryptedDatabase, sheet_id: int, wave_id: int | None = None) -> Sheet:
    """Raises NotFound, also when the sheet is of another wave."""
    row = db.row("SELECT * FROM paper_sheet WHERE id = ?", (sheet_id,))
    if row is None or wave_id not in (None, row["wave_id"]):
        raise NotFound
    return _sheet(row)


def list_sheets(db: EncryptedDatabase, wave_id: int, state: SheetState = SheetState.CHECKING) -> list[Sheet]:
    """Sheets of a wave, in the order of their arrival."""
    rows = db.rows("SELECT * FROM paper_sheet WHERE wave_id = ? AND state = ? ORDER BY id", (wave_id, state.value))
    return [_sheet(row) for row in rows]


def batch_sheets(db: EncryptedDatabase, batch_id: int) -> list[Sheet]:
    """The sheets that a batch brought pages of."""
    rows = db.rows(
        "SELECT * FROM paper_sheet WHERE id IN (SELECT sheet_id FROM scan_page WHERE batch_id = ?) ORDER BY id",
        (batch_id,),
    )
    return [_sheet(row) for row in rows]


def sheet_pages(db: EncryptedDatabase, sheet_id: int) -> list[ScannedPage]:
    """The pages that a sheet was read from."""
    return [_page(row) for row in db.rows(_PAGES + " WHERE sheet_id = ? AND state = 'read' ORDER BY page", (sheet_id,))]


def crop_fields(db: EncryptedDatabase, sheet_id: int) -> list[str]:
    """The fields of which a picture is kept, in alphabetical order."""
    return [
        row["field"] for row in db.rows("SELECT field FROM sheet_crop WHERE sheet_id = ? ORDER BY field", (sheet_id,))
    ]


def crop_picture(db: EncryptedDatabase, sheet_id: int, number: int) -> bytes:
    """The picture of one of `crop_fields`, from 0; raises NotFound."""
    row = db.row(
        "SELECT picture FROM sheet_crop WHERE sheet_id = ? ORDER BY field LIMIT 1 OFFSET ?", (sheet_id, number)
    )
    if row is None:
        raise NotFound
    return bytes(row["picture"])


def count_stored(db: EncryptedDatabase, wave: Wave) -> int:
    """How many answers of a wave came on paper."""
    return len(list_sheets(db, wave.id, SheetState.STORED))


def _settle(db: EncryptedDatabase, sheet: Sheet, state: SheetState) -> None:
    """What is kept to read a sheet leaves with the decision: typed answers would tell who holds which paper."""
    if not db.changed(
        "UPDATE paper_sheet SET state = ?, typed = '{}', again = NULL, doubts = '{}', version = version + 1"
        " WHERE id = ? AND state = 'checking' AND version = ?",
        (state.value, sheet.id, sheet.version),
    ):
        raise Conflict({}, get_sheet(db, sheet.id).version)
    db.execute("DELETE FROM sheet_crop WHERE sheet_id = ?", (sheet.id,))
    db.execute("UPDATE scan_page SET picture = NULL, typed = '{}' WHERE sheet_id = ? AND state = 'read'", (sheet.id,))


def _json(values: Mapping[str, str]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True)


def _printing(row: Row) -> Printing:
    return Printing(
        row["id"], row["wave_id"], row["language"], layout_from(row["layout"]), row["digest"], row["copies"]
    )


def _batch(row: Row) -> Batch:
    return Batch(row["id"], row["wave_id"], row["received_on"], BatchState(row["state"]), row["done"], row["total"])


def _page(row: Row) -> ScannedPage:
    return ScannedPage(**{**row, "state": PageState(row["state"]), "has_picture": bool(row["has_picture"])})


def _sheet(row: Row) -> Sheet:
    again = json.loads(row["again"]) if row["again"] else None
    kept = {name: row[name] for name in ("id", "wave_id", "print_id", "copy", "serial", "version")}
    return Sheet(
        **kept,
        state=SheetState(row["state"]),
        typed=json.loads(row["typed"]),
        again=again,
        doubts=json.loads(row["doubts"]),
    )
