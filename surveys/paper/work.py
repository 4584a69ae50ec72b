"""Reading scans, page by page, outside the request; an interruption starts again at the page it stopped at."""

from collections.abc import Iterable
from datetime import date

from PIL import Image

from impact.audit import SYSTEM
from impact.db import EncryptedDatabase, gate
from impact.exceptions import Refused
from impact.instance import Instance
from impact.periods import local_today
from surveys.answering import kept_answers
from surveys.paper import storage
from surveys.paper.reading import read_page
from surveys.paper.records import Batch, Layout, PageCode, PageReading, Sheet
from surveys.paper.rules import as_sent, check_of, contradictions, decide, missing_pages, signature
from surveys.paper.scans import kind_of, pictures
from surveys.paper.vocabulary import BatchState, PageState, SheetState
from surveys.records import Wave
from surveys.storage import get_wave

READ_SCANS = "read_scans"
NO_CODE = "les codes des coins ne se lisent pas"
SAME_NUMBER = "même numéro"


def read_scans(place: Instance, slug: str, batch_id: int) -> None:
    """The job: read a batch, and store the sheets that leave no doubt."""
    db = place.community(slug)
    try:
        read_batch(db, batch_id, local_today())
    finally:
        db.close()


def unfinished(place: Instance) -> Iterable[tuple[str, int]]:
    """Batches that were received and not read, over all communities."""
    found = []
    for slug in place.slugs():
        db = place.community(slug)
        found += [(slug, batch_id) for batch_id in storage.unread_batches(db)]
        db.close()
    return found


def read_batch(db: EncryptedDatabase, batch_id: int, today: date) -> None:
    """Every page of every file is listed, whether it could be read or not."""
    batch = storage.get_batch(db, batch_id)
    if batch.state is BatchState.READ:
        return
    wave, done, place = get_wave(db, batch.wave_id), storage.start_batch(db, batch_id), 0
    for name, content in storage.list_files(db, batch_id):
        for number, picture in enumerate(pictures(content), start=1):
            place += 1
            if place > done:
                source = f"{name}, page {number}" if kind_of(content) == "pdf" else name
                _read_one(db, batch, wave, place, source, picture)
    for sheet in storage.batch_sheets(db, batch_id):
        store_if_sure(db, wave, sheet, today)
    storage.end_batch(db, batch_id)


def store_if_sure(db: EncryptedDatabase, wave: Wave, sheet: Sheet, today: date) -> None:
    """Store a whole sheet without doubt; otherwise it waits for a person, with the contradictions found."""
    if sheet.state is not SheetState.CHECKING:
        return
    sent = as_sent(wave.questionnaire, sheet.typed)
    found = contradictions(wave.questionnaire, sent)
    if found:
        storage.merge_reading(db, sheet.id, {}, found, {})
    if found or sheet.doubts or absent_pages(db, sheet):
        return
    try:
        answers = kept_answers(wave.questionnaire, sent)
    except Refused:
        return
    storage.store_sheet(db, SYSTEM, sheet, answers, today)


def absent_pages(db: EncryptedDatabase, sheet: Sheet) -> list[int]:
    """Pages of a scanned sheet that have not come, from 0."""
    printing = storage.find_printing(db, sheet.print_id or 0)
    scanned = [page.page for page in storage.sheet_pages(db, sheet.id) if page.page is not None]
    return missing_pages(printing.layout, scanned) if printing else []


def read_again(db: EncryptedDatabase, batch: Batch, page_id: int) -> int:
    """Another sheet from a page that was taken for one already read: a photocopy. Gives the id of the new sheet."""
    wave, page = get_wave(db, batch.wave_id), storage.get_page(db, page_id, batch.wave_id)
    twin = storage.get_sheet(db, page.sheet_id or 0)
    with gate(db):
        added = storage.add_sheet(db, SYSTEM, wave.id, twin.print_id, twin.copy)
        storage.move_page(db, page_id, added)
        storage.merge_reading(db, added, storage.page_typed(db, page_id), {SAME_NUMBER: SAME_NUMBER}, {})
    return added


def _read_one(
    db: EncryptedDatabase, batch: Batch, wave: Wave, place: int, source: str, picture: Image.Image | str
) -> None:
    if isinstance(picture, str):
        storage.add_page(db, batch.id, place, source, PageState.UNREAD, b"", picture)
        return

    def find(code: PageCode) -> Layout | None:
        return _layout(db, batch.wave_id, code)

    reading = read_page(picture, find)
    if reading.code is None:
        storage.add_page(db, batch.id, place, source, PageState.UNREAD, reading.picture, NO_CODE)
    elif not reading.marks and not reading.inks and find(reading.code) is None:
        storage.add_page(db, batch.id, place, source, PageState.FOREIGN, reading.picture)
    else:
        with gate(db):
            _keep(db, batch, wave, place, source, reading, reading.code)


def _keep(
    db: EncryptedDatabase, batch: Batch, wave: Wave, place: int, source: str, reading: PageReading, code: PageCode
) -> None:
    typed, doubts = decide(wave.questionnaire, reading.marks, reading.inks)
    digest = signature(typed, doubts)
    known = storage.known_pages(db, code.printing, code.copy)
    same = next((sheet for sheet, pages in known.items() if pages.get(code.page) == digest), None)
    free = next((sheet for sheet, pages in known.items() if code.page not in pages), None)
    state = PageState.READ if same is None else PageState.REPEATED
    sheet_id = same or free or storage.add_sheet(db, SYSTEM, wave.id, code.printing, code.copy)
    storage.add_page(db, batch.id, place, source, state, reading.picture, "", sheet_id, code.page, digest, typed)
    if same is None:
        crops = {field: picture for field, picture in reading.crops.items() if field in doubts}
        number = {SAME_NUMBER: SAME_NUMBER} if known and free is None else {}
        storage.merge_reading(db, sheet_id, typed, {**doubts, **number}, crops)


def _layout(db: EncryptedDatabase, wave_id: int, code: PageCode) -> Layout | None:
    """The layout of a page of this wave, printed by this community."""
    printing = storage.find_printing(db, code.printing)
    if printing is None or not printing.wave_id == code.wave == wave_id or code.copy > printing.copies:
        return None
    return printing.layout if code.check == check_of(storage.paper_secret(db), code, printing.digest) else None
