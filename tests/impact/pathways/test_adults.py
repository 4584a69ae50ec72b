"""Adults of a child's home: written once for the siblings, read by the child's team, erased with the home."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from impact.audit import SYSTEM, Actor
from impact.db import EncryptedDatabase
from impact.demo import ESSONNE, PRE
from impact.pathways.adult_storage import list_adults
from impact.pathways.file_storage import get_file
from impact.pathways.sibling_storage import join_siblings
from impact.pathways.storage import present_situation, withdraw_consent
from impact.protection.child_rows import delete_rows
from impact.protection.copy_storage import MASKED, copy_of
from impact.protection.records import Restriction
from impact.protection.restriction_storage import save_restriction
from impact.sheets.export_storage import every_table
from impact.sheets.merge_storage import merge_children, undo_merge
from tests.impact.pathways.pdf import pdf_text

TODAY = date(2026, 11, 20)
BASE = f"/communautes/{PRE}/enfants"
Child = Callable[..., int]
MOTHER = {
    "given_name": "Dalva",
    "family_name": "Canarybois",
    "relation": "mother",
    "authority": "yes",
    "language": "pt",
    "phone": "06 12 34 56 78",
}


def child_of(db: EncryptedDatabase, situation_id: int) -> int:
    return get_file(db, situation_id).situation.child_id


def told(db: EncryptedDatabase, situation_id: int) -> list[tuple[str, str]]:
    return [(adult.identity.full_name, adult.said) for adult in list_adults(db, child_of(db, situation_id))]


def test_an_adult_is_written_once_for_the_siblings(
    browse: Any, db: EncryptedDatabase, basile: Actor, followed: Child
) -> None:
    first, second = followed(), followed("Inès")
    join_siblings(db, basile, child_of(db, first), child_of(db, second))
    page = f"{BASE}/{first}/adultes"
    browser = browse("basile")
    assert page in browser.get(f"{BASE}/{first}")
    assert "A l’autorité parentale. Langue\u00a0: Português." in browser.follow(page, MOTHER)
    browser.follow(page, {"family_name": "Lilas", "relation": "other", "tie": "Grand-père", "authority": "no"})
    assert told(db, second) == [("Dalva Canarybois", "Mère"), ("Lilas", "Grand-père")]
    shown = browser.get(f"{BASE}/{second}")
    assert "Dalva Canarybois, mère" in shown
    assert "06 12 34 56 78" in shown
    assert "Lilas, grand-père, sans autorité parentale" in shown
    assert 'value="Canarybois"' in browser.get(f"{BASE}/{first}/accord")
    mother = list_adults(db, child_of(db, first))[0]
    browser.follow(f"{page}/{mother.id}", MOTHER | {"phone": "", "authority": "unknown", "version": "1"}, page)
    assert list_adults(db, child_of(db, first))[0].identity.phone == ""
    late = browser.send(f"{page}/{mother.id}", MOTHER | {"phone": "01 02 03 04 05", "version": "1"})
    assert late.status_code == 409
    browser.follow(f"{page}/{mother.id}/retirer", {}, page)
    assert told(db, first) == [("Lilas", "Grand-père")]
    assert db.value("SELECT count(*) FROM identity WHERE family_name = 'Canarybois'") == 0


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"family_name": ""}, "Écrivez le nom de cette personne."),
        ({"relation": ""}, "Dites qui est cette personne."),
        ({"relation": "other"}, "Écrivez qui est cette personne pour l’enfant"),
        ({"authority": ""}, "Choisissez une réponse."),
        ({"phone": "demander à la voisine"}, "Écrivez un numéro de téléphone"),
        ({"email": "dalva"}, "Il manque le signe"),
        ({"given_name": "DÀLVA"}, "Cette personne est déjà dans la liste"),
    ],
)
def test_a_wrong_adult_is_explained_and_kept(
    browse: Any, db: EncryptedDatabase, followed: Child, changes: dict[str, str], message: str
) -> None:
    child = followed()
    page = f"{BASE}/{child}/adultes"
    browser = browse("basile")
    browser.follow(page, MOTHER | {"once": "the same key"})
    browser.send(page, MOTHER | {"once": "the same key"})
    typed = MOTHER | {"given_name": "Odile"} | changes
    answer = browser.send(page, typed)
    assert answer.status_code == 200
    assert answer.text.count(message) == 2
    assert f'value="{typed["phone"]}"' in answer.text
    assert told(db, child) == [("Dalva Canarybois", "Mère")]


def test_who_reads_and_who_writes(
    browse: Any, db: EncryptedDatabase, amina: Actor, partner: Actor, followed: Child, received: Child
) -> None:
    child, page = followed(), f"{BASE}/%d/adultes"
    browse("amina").follow(page % child, MOTHER)
    other = received("Rose", "Lilas")
    browse("basile").get(page % other, 404)
    browse("basile").get(f"{page % other}/1", 404)
    browse("elodie").get(page % child, 403)
    browse("chloe").get(page % child, 404)
    browse("amina").get((page % child).replace(PRE, ESSONNE), 403)
    browse("amina").get(f"{page % child}/999", 404)
    browse("denis").get(f"{BASE}/{child}", 404)
    present_situation(db, amina, child, TODAY)
    shown = browse("denis").get(f"{BASE}/{child}")
    assert "Dalva Canarybois" in shown
    assert page % child not in shown
    browse("denis").get(page % child, 403)
    withdraw_consent(db, amina, child, TODAY, TODAY)
    refused = browse("amina").send(page % child, MOTHER | {"given_name": "Odile"})
    assert "L’accord a été retiré" in refused.text
    assert len(told(db, child)) == 1


def test_a_restriction_is_told_beside_the_person(
    browse: Any, db: EncryptedDatabase, amina: Actor, followed: Child
) -> None:
    child = followed()
    browser, page = browse("amina"), f"{BASE}/{child}/adultes"
    before = browser.follow(page, MOTHER)
    assert "personne=Dalva%20Canarybois" in before or "personne=Dalva+Canarybois" in before
    assert "Contact interdit par la justice" not in before
    ruling = Restriction(child_of(db, child), "Dalva Canarybois, mère", "Ordonnance de 2026.", date(2026, 1, 5))
    save_restriction(db, amina, child, ruling, TODAY)
    after = browser.get(page)
    assert "Contact interdit par la justice" in after
    assert "Coordonnées protégées" in after


def test_the_copy_masks_the_adult_the_export_holds_her_and_an_erasure_forgets_her(
    browse: Any, db: EncryptedDatabase, amina: Actor, followed: Child
) -> None:
    child = followed()
    browse("amina").follow(f"{BASE}/{child}/adultes", MOTHER)
    (section,) = [each for each in copy_of(db, child_of(db, child), False) if each.table == "household_adult"]
    assert [value for _, _, value in section.rows[0]] == [MASKED, "Mère", "Oui", "Português"]
    (table,) = [rows for title, _, rows in every_table(db, amina, False) if title == "Adultes du foyer"]
    assert "Canarybois Dalva" in table[0] or "Dalva Canarybois" in table[0]
    delete_rows(db, child_of(db, child))
    assert db.value("SELECT count(*) FROM household_adult") == 0
    assert db.value("SELECT count(*) FROM identity WHERE family_name = 'Canarybois'") == 0


def test_two_files_that_become_one_keep_the_adults_of_both(browse: Any, db: EncryptedDatabase, followed: Child) -> None:
    kept, merged = followed(), followed("Zelie", "Pomerole")
    browse("amina").follow(f"{BASE}/{kept}/adultes", MOTHER)
    browse("amina").follow(f"{BASE}/{merged}/adultes", MOTHER | {"given_name": "Odile", "relation": "guardian"})
    undone = merge_children(db, SYSTEM, child_of(db, kept), child_of(db, merged))
    assert told(db, kept) == [("Dalva Canarybois", "Mère"), ("Odile Canarybois", "Tutrice ou tuteur")]
    undo_merge(db, SYSTEM, undone)
    assert told(db, kept) == [("Dalva Canarybois", "Mère")]
    assert told(db, merged) == [("Odile Canarybois", "Tutrice ou tuteur")]


@pytest.mark.pdf
def test_sheets_name_the_parents_and_hide_their_telephone_from_whom_a_court_forbids(
    browse: Any, db: EncryptedDatabase, amina: Actor, followed: Child
) -> None:
    child = followed()
    browse("amina").follow(f"{BASE}/{child}/adultes", MOTHER)

    def printed(name: str) -> str:
        return pdf_text(browse("amina").client.get(f"{BASE}/{child}/fiches/{name}").data)

    assert "06 12 34 56 78" in printed("orientation")
    assert "O que a equipa escreve" in printed("accord")
    ruling = Restriction(child_of(db, child), "Son père", "Ordonnance de 2026.", date(2026, 1, 5))
    save_restriction(db, amina, child, ruling, TODAY)
    hidden = printed("orientation")
    assert "Dalva Canarybois" in hidden
    assert "06 12 34 56 78" not in hidden
