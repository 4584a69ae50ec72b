"""The spreadsheet of the maps: what is exported comes back the same, and each wrong line is said."""

import html
import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.exceptions import Refused
from impact_maps import demo, storage
from impact_maps.contents import differences, tree_differences
from impact_maps.records import BoxContent, Chain
from impact_maps.rules import MOST_BOXES
from impact_maps.tree_storage import list_lines
from impact_maps.vocabulary import LinkState, Stage, Target
from impact_maps.workbook import BOXES, LINKS, MAP, TREE, Staged, read_workbook, write_workbook

BASE = "/communautes/pre-demonstration/chaine-de-valeur"
TODAY = date(2026, 11, 20)
NOTHING = Chain(0, "Chaîne de valeur", (), (), 0)


@pytest.fixture
def book(db: EncryptedDatabase, amina: Actor) -> Any:
    demo.fill(db, amina, TODAY)
    return openpyxl.load_workbook(io.BytesIO(write_workbook(storage.get_chain(db), list_lines(db))))


def _bytes(book: Any) -> bytes:
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _read(db: EncryptedDatabase, content: bytes) -> Staged:
    figures = {line.indicator for line in list_lines(db)} - {""}
    return read_workbook(content, storage.get_chain(db), figures, TODAY)


def _says(staged: Staged, sheet: str, words: str) -> bool:
    return any(error.sheet == sheet and words in error.message for error in staged.errors)


def test_an_export_read_again_changes_nothing(db: EncryptedDatabase, book: Any) -> None:
    staged = _read(db, _bytes(book))
    assert staged.errors == []
    assert not differences(storage.get_chain(db), staged.chain)
    assert staged.tree is not None
    assert not tree_differences(list_lines(db), staged.tree)


def test_a_title_too_long_is_told_not_cut(db: EncryptedDatabase, book: Any) -> None:
    book[MAP]["A2"].value = "T" * 300
    assert _says(_read(db, _bytes(book)), MAP, "compte 300 caractères")


def test_an_empty_map_gives_an_empty_form_to_fill(db: EncryptedDatabase) -> None:
    staged = read_workbook(write_workbook(None, []), NOTHING, (), TODAY)
    assert (staged.chain.boxes, staged.tree, staged.errors) == ((), [], [])


def test_new_boxes_and_links_are_read_by_their_marks(db: EncryptedDatabase, book: Any) -> None:
    first = storage.get_chain(db).column(Stage.RESOURCES)[0]
    book[BOXES].append(["nouvelle", "activités", "  Une visite  ", "", "", ""])
    book[LINKS].append(
        [first.id, "nouvelle", "", "", "Se voir aide.", "étayée", date(2026, 11, 3), "Dit en équipe", ""]
    )
    staged = _read(db, _bytes(book))
    assert staged.errors == []
    added = next(box for box in staged.chain.boxes if box.content.label == "Une visite")
    assert (added.id < 1, added.content.stage) == (True, Stage.ACTIVITIES)
    said = staged.chain.assumption(first.id, added.id)
    assert (said.state, said.assessed_on, said.evidence) == (LinkState.SUPPORTED, date(2026, 11, 3), "Dit en équipe")


def _loop(book: Any) -> None:
    link = [cell.value for cell in book[LINKS][2]]
    book[LINKS].append([link[1], link[0], "", "", "", "", "", "", ""])


def _itself(book: Any) -> None:
    book[LINKS].append([book[LINKS]["A2"].value, book[LINKS]["A2"].value, "", "", "", "", "", "", ""])


def _many(book: Any) -> None:
    for number in range(300):
        book[BOXES].append([f"b{number}", Stage.ACTIVITIES.label, f"Visite {number}", "", "", ""])


def _set(sheet: str, cell: str, value: object) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book[sheet][cell].value = value

    return change


@pytest.mark.parametrize(
    ("change", "sheet", "words"),
    [
        (_loop, LINKS, "va de la gauche vers la droite"),
        (_itself, LINKS, "va de la gauche vers la droite"),
        (_many, BOXES, f"une carte se lit jusqu’à {MOST_BOXES}"),
        (_set(BOXES, "C2", "x" * 300), BOXES, "compte 300 caractères"),
        (_set(BOXES, "C2", ""), BOXES, "« Libellé » est vide"),
        (_set(BOXES, "B2", "Ailleurs"), BOXES, "vaut « Ailleurs »"),
        (_set(BOXES, "B2", None), BOXES, "« Colonne » est vide"),
        (_set(BOXES, "D2", Target.FAMILIES.label), BOXES, "pour un effet"),
        (_set(BOXES, "E2", "chiffre.invente"), BOXES, "n’est pas connu ici"),
        (_set(BOXES, "F2", "haut"), BOXES, "nombre entier"),
        (_set(LINKS, "A2", "fantôme"), LINKS, "n’est dans aucune ligne"),
        (_set(LINKS, "F2", "Prouvée"), LINKS, "vaut « Prouvée »"),
        (_set(LINKS, "F2", "Étayée"), LINKS, "de quand date"),
        (_set(LINKS, "G2", "hier"), LINKS, "« Observé le »"),
        (_set(LINKS, "E2", "x" * 501), LINKS, "compte 501 caractères"),
        (_set(TREE, "A2", "Martiens"), TREE, "vaut « Martiens »"),
        (_set(TREE, "C2", ""), TREE, "« Impact » est vide"),
    ],
)
def test_a_wrong_line_is_said_with_its_sheet(
    db: EncryptedDatabase, book: Any, change: Callable[[Any], None], sheet: str, words: str
) -> None:
    change(book)
    staged = _read(db, _bytes(book))
    assert _says(staged, sheet, _spaced(words)), staged.errors


def _spaced(words: str) -> str:
    return words.replace("« ", "«\u00a0").replace(" »", "\u00a0»")


def test_the_same_mark_twice_is_said(db: EncryptedDatabase, book: Any) -> None:
    book[BOXES]["A3"].value = book[BOXES]["A2"].value
    assert _says(_read(db, _bytes(book)), BOXES, "déjà pris plus haut")


def test_a_formula_stays_words(db: EncryptedDatabase, amina: Actor) -> None:
    storage.start_chain(db, amina, "=1+1", [BoxContent(Stage.ACTIVITIES, '=HYPERLINK("x")')])
    content = write_workbook(storage.get_chain(db), [])
    cell = openpyxl.load_workbook(io.BytesIO(content))[BOXES]["C2"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("x")', "s")
    staged = read_workbook(content, storage.get_chain(db), (), TODAY)
    assert (staged.chain.title, staged.chain.boxes[0].content.label) == ("=1+1", '=HYPERLINK("x")')


def _zipped(**members: bytes) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return output.getvalue()


def _without_column() -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].title = BOXES
    book.worksheets[0].append(["Repère", "Colonne"])
    return _bytes(book)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "n’est pas un classeur"),
        (b"%PDF-1.7 not a workbook", "n’est pas un classeur"),
        (b"a;b;c\n1;2;3", "n’est pas un classeur"),
        (_zipped(word=b"document"), "n’est pas un classeur"),
        (_zipped(**{"xl/workbook.xml": b"<broken"}), "n’est pas un classeur"),
        (b"0" * 1_000_001, "dépasse 1"),
        (_zipped(**{"xl/workbook.xml": b"0" * 80_000_001}), "trop grand"),
        (_zipped(**{"xl/workbook.xml": b"", "../../cible": b""}), "anormal"),
        (_zipped(**{"xl/workbook.xml": b"", "xl/vbaProject.bin": b""}), "contient des macros"),
        (_bytes(openpyxl.Workbook()), "n’a pas de feuille"),
        (_without_column(), "n’a pas de colonne"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        read_workbook(content, NOTHING, (), TODAY)
    assert refusal.value.field == "file"


def _send(browser: Any, content: bytes) -> str:
    url = f"{BASE}/importer"
    return str(browser.send(url, {"file": (io.BytesIO(content), "cartes.xlsx")}).text)


def test_a_file_is_looked_at_then_put(browse: Any, db: EncryptedDatabase, book: Any) -> None:
    book[MAP]["A2"].value = "Un autre titre"
    book[BOXES]["C2"].value = "Un libellé corrigé"
    amina = browse("amina")
    page = _send(amina, _bytes(book))
    assert "Rien n’est écrit pour l’instant" in page
    assert "Un libellé corrigé" in page
    assert storage.get_chain(db).title != "Un autre titre"
    answer = amina.client.post(f"{BASE}/importer/confirmer", data=_shown(page))
    assert answer.status_code == 303
    now = storage.get_chain(db)
    assert now.title == "Un autre titre"
    assert "Un libellé corrigé" in [box.content.label for box in now.boxes]


def _shown(page: str) -> dict[str, str]:
    import_form = page[page.index('action="' + BASE) :]
    found = {}
    for tag in import_form.split("<input")[1:]:
        name, value = (tag.partition(f'{key}="')[2].partition('"')[0] for key in ("name", "value"))
        found[name] = html.unescape(value)
    return found


def test_somebody_changed_the_map_meanwhile(browse: Any, db: EncryptedDatabase, amina: Actor, book: Any) -> None:
    book[BOXES]["C2"].value = "Un libellé corrigé"
    browser = browse("amina")
    page = _send(browser, _bytes(book))
    storage.add_box(db, amina, BoxContent(Stage.ACTIVITIES, "Ajouté entre-temps"))
    answer = browser.client.post(f"{BASE}/importer/confirmer", data=_shown(page))
    assert "changé pendant que vous lisiez" in answer.text
    labels = [box.content.label for box in storage.get_chain(db).boxes]
    assert "Ajouté entre-temps" in labels
    assert "Un libellé corrigé" not in labels


def test_an_overlong_label_forged_in_the_preview_is_refused(browse: Any, db: EncryptedDatabase, book: Any) -> None:
    browser = browse("amina")
    shown = _shown(_send(browser, _bytes(book)))
    first = storage.get_chain(db).boxes[0].content.label
    for forged in (shown["chain"].replace(first, "x" * 300), "{}", "[", '{"title": 1}'):
        before = storage.get_chain(db)
        answer = browser.client.post(f"{BASE}/importer/confirmer", data={**shown, "chain": forged})
        assert answer.status_code not in (303, 500), forged[:20]
        assert storage.get_chain(db).boxes == before.boxes


def test_the_page_says_what_to_correct(browse: Any, db: EncryptedDatabase, book: Any) -> None:
    _loop(book)
    page = _send(browse("amina"), _bytes(book))
    assert "1\u00a0ligne à corriger" in page
    assert "va de la gauche vers la droite" in page
    page = _send(browse("amina"), b"not a workbook")
    assert page.count("n’est pas un classeur") == 2
    browse("denis").get(f"{BASE}/importer", 403)
