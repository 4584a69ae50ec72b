"""Sixty pages as a scanner and a telephone see them; what is doubtful reaches a person, and nothing is lost."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from impact.db import EncryptedDatabase
from surveys import storage as surveys_storage
from surveys.paper import storage, work
from surveys.paper.vocabulary import Doubt, PageState, SheetState

SURE = {"came": "yes", "how": "foot bus", "mood": "4", "views.room": "2", "advise": "7", "order.talk": "1"}

pytestmark = pytest.mark.pdf


def drawn(chance: random.Random) -> dict[str, str]:
    """Answers of one person: ticks only, since words always go to a person."""
    ranks = chance.sample(["1", "2", "3"], 3)
    marks = {
        "came": "yes",
        "how": " ".join(chance.sample(["foot", "bus", "car"], chance.randint(1, 3))),
        "mood": chance.choice(["1", "2", "3", "4", "5", "unknown", "refused"]),
        "views.room": chance.choice("12345"),
        "views.time": chance.choice("12345"),
        "advise": str(chance.randint(0, 10)),
        "order.meet": ranks[0],
        "order.talk": ranks[1],
        "order.eat": ranks[2],
    }
    return {field: said for field, said in marks.items() if field == "came" or chance.random() < 0.9}


def answers(db: EncryptedDatabase, wave_id: int) -> list[dict[str, str]]:
    """What is stored, by response, as the marks were drawn."""
    found: dict[int, dict[str, str]] = {}
    for row in db.rows("SELECT response_id, question, level FROM answer"):
        found.setdefault(row["response_id"], {})[row["question"]] = str(row["level"] or "refused")
    for row in db.rows("SELECT * FROM other_answer ORDER BY response_id, question, position"):
        mine = found.setdefault(row["response_id"], {})
        if row["question"] == "order":
            mine[f"order.{row['choice']}"] = str(row["position"])
        elif row["aside"]:
            mine[row["question"]] = "unknown"
        elif row["amount"] is not None:
            mine[row["question"]] = str(int(row["amount"]))
        else:
            mine[row["question"]] = f"{mine.get(row['question'], '')} {row['choice']}".strip()
    return list(found.values())


def canonical(marks: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Marks without the order of several answers, ranks by their order."""
    ranks = sorted((said, field) for field, said in marks.items() if field.startswith("order."))
    renumbered = {field: str(place) for place, (_, field) in enumerate(ranks, start=1)}
    return tuple(
        sorted((field, " ".join(sorted(renumbered.get(field, said).split()))) for field, said in marks.items())
    )


def test_sixty_scans_and_photographs_are_read_without_error(
    db: EncryptedDatabase, paper: Any, deliver: Callable[..., str], whole_wave: int
) -> None:
    chance = random.Random(60)
    pages_each = paper.layout.pages
    sheets = 60 // pages_each
    marks = [drawn(chance) for _ in range(sheets)]
    scans, photographs = [], {}
    for copy, mine in enumerate(marks, start=1):
        how = chance.choice(["cross", "check"])
        for page, picture in enumerate(paper.fill(copy, mine, chance, how)):
            if copy % 2:
                scans.append(paper.scan(picture, chance))
            else:
                photographs[f"photo{copy}x{page}_jpg"] = paper.photograph(picture, chance)
    deliver(lot_pdf=paper.pdf(scans), **photographs)
    pages = storage.list_pages(db, 1)
    assert len(pages) == sheets * pages_each >= 58
    assert {page.state for page in pages} == {PageState.READ}
    assert [(sheet.copy, sheet.doubts) for sheet in storage.list_sheets(db, whole_wave)] == []
    assert sorted(canonical(each) for each in answers(db, whole_wave)) == sorted(canonical(each) for each in marks)


@pytest.mark.parametrize(
    ("marks", "how", "field", "doubt"),
    [
        ({"came": "yes no"}, "cross", "came", Doubt.MANY),
        ({"mood": "4"}, "dash", "mood", Doubt.FAINT),
        ({"mood": "4"}, "fill", "mood", Doubt.FAINT),
        ({"town": "Clairvigne"}, "cross", "town", Doubt.INK),
        ({"order.talk": "1", "order.eat": "1"}, "cross", "order.eat", Doubt.CONFLICT),
        ({"came": "no", "how": "bus"}, "cross", "how", Doubt.CONDITION),
        ({"children": "3", "aside-children": "y"}, "cross", "children", Doubt.INK),
    ],
)
def test_what_is_doubtful_reaches_a_person(
    browse: Any,
    db: EncryptedDatabase,
    paper: Any,
    deliver: Callable[..., str],
    whole_wave: int,
    paper_url: str,
    marks: dict[str, str],
    how: str,
    field: str,
    doubt: Doubt,
) -> None:
    chance = random.Random(field)
    pages = paper.fill(1, marks, chance, how)
    deliver(**{f"p{n}_png": paper.scan(page, chance) for n, page in enumerate(pages)})
    assert surveys_storage.get_wave(db, whole_wave).responses == 0
    sheet = storage.list_sheets(db, whole_wave)[0]
    assert sheet.doubts[field] == doubt.value
    page = browse("amina").get(f"{paper_url}/feuilles/{sheet.id}")
    assert doubt.label.split(",")[0] in page
    if doubt not in (Doubt.CONFLICT, Doubt.CONDITION):
        number = storage.crop_fields(db, sheet.id).index(field)
        crop = browse("amina").client.get(f"{paper_url}/feuilles/{sheet.id}/extrait/{number}")
        assert crop.data.startswith(b"\xff\xd8")


def test_a_person_decides_and_pictures_leave(
    browse: Any, db: EncryptedDatabase, paper: Any, deliver: Callable[..., str], whole_wave: int, paper_url: str
) -> None:
    chance = random.Random(3)
    pages = paper.fill(4, {**SURE, "town": "Clairvigne", "came": "yes no"}, chance)
    deliver(**{f"p{n}_jpg": paper.scan(page, chance) for n, page in enumerate(pages)})
    amina, sheet = browse("amina"), storage.list_sheets(db, whole_wave)[0]
    url = f"{paper_url}/feuilles/{sheet.id}"
    wrong = amina.send(url, {"k-came": "9", "k-town": "Clairvigne"})
    assert "Tapez un nombre de 1 à 2" in wrong.text
    assert 'value="Clairvigne"' in wrong.text
    typed = {"k-came": "1", "k-town": "Clairvigne", "k-how": "1 2", "k-mood": "4", "k-views.room": "2"}
    assert "La feuille est enregistrée" in amina.follow(url, {**typed, "k-advise": "7", "k-order.talk": "1"})
    assert answers(db, whole_wave)[0]["how"] == "foot bus"
    assert surveys_storage.list_words(db, whole_wave, "town") == ["Clairvigne"]
    assert db.value("SELECT count(*) FROM scan_page WHERE picture IS NOT NULL") == 0
    assert db.value("SELECT count(*) FROM sheet_crop") == 0
    assert db.value("SELECT count(*) FROM scan_file WHERE content IS NOT NULL") == 0
    assert "déjà enregistrée" in amina.get(url)
    assert surveys_storage.get_wave(db, whole_wave).responses == 1


def test_the_same_page_twice_is_stored_once_and_a_photocopy_is_not_lost(
    browse: Any, db: EncryptedDatabase, paper: Any, deliver: Callable[..., str], whole_wave: int, paper_url: str
) -> None:
    chance = random.Random(5)
    first = [paper.scan(page, chance) for page in paper.fill(1, SURE, chance)]
    deliver(a_pdf=paper.pdf(first))
    url = deliver(b_pdf=paper.pdf(first[:1]))
    assert surveys_storage.get_wave(db, whole_wave).responses == 1
    page = browse("amina").get(url)
    assert "Déjà lue" in page
    other = [paper.scan(page, chance) for page in paper.fill(1, {**SURE, "mood": "1"}, chance)]
    deliver(c_pdf=paper.pdf(other))
    assert surveys_storage.get_wave(db, whole_wave).responses == 1
    twin = storage.list_sheets(db, whole_wave)[0]
    assert (twin.copy, twin.serial, twin.typed["mood"]) == (1, 2, "1")
    assert "photocopie" in browse("amina").get(f"{paper_url}/feuilles/{twin.id}")
    repeated = next(page for page in storage.list_pages(db, 2) if page.state is PageState.REPEATED)
    browse("amina").follow(f"{paper_url}/pages/{repeated.id}/autre-feuille", {}, url)
    assert [sheet.serial for sheet in storage.list_sheets(db, whole_wave)] == [2, 3]


def test_pages_that_cannot_be_read_are_listed(
    browse: Any, db: EncryptedDatabase, paper: Any, deliver: Callable[..., str], paper_url: str, whole_wave: int
) -> None:
    chance = random.Random(9)
    sheet = paper.fill(2, SURE, chance)[0]
    torn = sheet.copy()
    torn.paste(255, (0, 0, torn.width, 300))
    foreign = paper.fill(2, SURE, chance)
    paper.secret = b"another community"
    foreign = paper.fill(2, SURE, chance)
    url = deliver(
        torn_jpg=paper.scan(torn, chance),
        foreign_jpg=paper.scan(foreign[0], chance),
        broken_pdf=b"%PDF-1.4 broken",
        cut_jpg=paper.scan(sheet, chance)[:2000],
    )
    pages = storage.list_pages(db, 1)
    states = {page.source.partition(".")[0]: page.state for page in pages}
    assert states == {
        "torn": PageState.UNREAD,
        "foreign": PageState.FOREIGN,
        "broken": PageState.UNREAD,
        "cut": PageState.UNREAD,
    }
    amina = browse("amina")
    page = amina.get(url)
    assert "les codes des coins ne se lisent pas" in page
    assert "ce fichier ne peut pas être lu" in page
    torn_page = pages[0]
    entry = amina.get(f"{paper_url}/saisie?image={torn_page.id}")
    assert f"/papier/pages/{torn_page.id}" in entry
    amina.follow(f"{paper_url}/saisie?image={torn_page.id}", {"k-came": "1"})
    assert storage.get_page(db, torn_page.id, whole_wave).state is PageState.ENTERED
    amina.follow(f"{paper_url}/pages/{pages[1].id}/ecarter", {}, url)
    assert storage.get_page(db, pages[1].id, whole_wave).state is PageState.SET_ASIDE
    amina.get(f"{paper_url}/pages/{pages[1].id}", 404)


def test_a_missing_page_waits_and_an_interrupted_reading_starts_again(
    browse: Any, app: Any, db: EncryptedDatabase, paper: Any, whole_wave: int, paper_url: str
) -> None:
    chance = random.Random(11)
    pages = [paper.scan(page, chance) for page in paper.fill(7, SURE, chance)]
    batch = storage.add_batch(db, work.SYSTEM, whole_wave, work.local_today(), [("a.pdf", paper.pdf(pages[:1]))], 1)
    work.read_batch(db, batch, work.local_today())
    work.read_batch(db, batch, work.local_today())
    sheet = storage.list_sheets(db, whole_wave)[0]
    assert work.absent_pages(db, sheet) == list(range(1, paper.layout.pages))
    assert "Il manque" in browse("amina").get(f"{paper_url}/feuilles/{sheet.id}")
    rest = storage.add_batch(
        db, work.SYSTEM, whole_wave, work.local_today(), [("b.pdf", paper.pdf(pages[1:]))], len(pages) - 1
    )
    storage.start_batch(db, rest)
    assert list(work.unfinished(app.extensions["instance"])) == [("pre-demonstration", rest)]
    work.read_batch(db, rest, work.local_today())
    assert storage.get_sheet(db, sheet.id).state is SheetState.STORED
    assert surveys_storage.get_wave(db, whole_wave).responses == 1
