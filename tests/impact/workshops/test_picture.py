"""Who comes, workshop after workshop: counted by hand, drawn at every width, said by the pages."""

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.drawing import PHONE, SCREEN, Size
from impact.workshops.picture import PARTS, draw_coming
from impact.workshops.records import Attendee, Coming, Cycle, Workshop
from impact.workshops.rules import coming
from impact.workshops.storage import add_cycle, add_workshop, get_workshop
from impact.workshops.vocabulary import WorkshopState
from surveys.definitions import get_standard
from surveys.records import NewWave
from surveys.storage import open_wave
from tests.conftest import TODAY

ROOT = "/communautes/pre-demonstration/ateliers"


def held(rank: int, named: int = 0, heads: int | None = None, state: WorkshopState = WorkshopState.HELD) -> Workshop:
    return Workshop(rank, 1, f"Atelier {rank}", date(2026, 1, rank), "", state, heads, named=named)


def test_core_seen_before_and_newcomers_counted_by_hand() -> None:
    # Ana came three times, Léo twice, Zoé once; the core group comes twice at least. The third has no names.
    ana, leo, zoe = frozenset({1, 2, 5}), frozenset({2, 5}), frozenset({5})
    people = [Attendee(rank, "Nom", "", there) for rank, there in enumerate((ana, leo, zoe))]
    workshops = [held(1, 1), held(2, 2), held(3, heads=9), held(4, state=WorkshopState.CANCELLED), held(5, 3)]
    found = coming(workshops, people, 2)
    assert [(row.rank, row.parts) for row in found] == [
        (1, (1, 0, 0, 0)),
        (2, (2, 0, 0, 0)),
        (3, (0, 0, 0, 9)),
        (4, (2, 0, 1, 0)),
    ]
    # With three times, Léo is new, then seen before.
    assert [row.parts for row in coming(workshops, people, 3)][1::2] == [(1, 0, 1, 0), (1, 1, 1, 0)]


@pytest.mark.parametrize("size", [SCREEN, PHONE])
def test_the_picture_says_the_totals_and_only_the_parts_that_are_there(size: Size) -> None:
    title = "Un titre assez long pour tenir sur deux lignes au moins, et même davantage sur un téléphone"
    rows = [Coming(1, title, (5, 0, 12, 0)), Coming(2, "Court", (5, 3, 1, 0)), Coming(3, "Vide", (0, 0, 0, 0))]
    root = ElementTree.fromstring(draw_coming(rows, size))
    said = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert [text for text in said if text in ("17", "9", "0")] == ["17", "9", "0"]
    assert [name for name, _ in PARTS if name in said] == ["Noyau dur", "Déjà venues", "Première fois"]
    assert draw_coming([], size).startswith("<svg")


def test_a_workshop_says_what_it_is_for_and_hands_out_a_questionnaire(
    browse: Any, db: EncryptedDatabase, amina: Actor
) -> None:
    cycle_id = add_cycle(db, amina, Cycle(0, "Cafés", ""))
    workshop_id = add_workshop(db, amina, Workshop(0, cycle_id, "Premier", date(2026, 11, 10), "Préau"))
    elodie, edit = browse("elodie"), f"{ROOT}/{workshop_id}/modifier"
    typed = {"title": "Premier", "held_on": "10/11/2026", "objective": "Dire ce qui inquiète."}
    assert "wave_id" not in elodie.get(edit)
    assert "Dire ce qui inquiète." in elodie.follow(edit, typed)
    assert "Dire ce qui inquiète." in elodie.get(f"{ROOT}/cycles/{cycle_id}")
    wave_id = open_wave(db, amina, get_standard("fin-de-cycle"), NewWave("Ce que j’en garde", TODAY, TODAY), TODAY)
    assert "Choisissez une réponse de la liste" in elodie.send(edit, {**typed, "wave_id": "99"}).text
    shown = elodie.follow(edit, {**typed, "wave_id": str(wave_id)})
    assert re.search(r'/questionnaires/[^"]*">Ce que j’en garde</a>', shown)
    assert get_workshop(db, workshop_id).wave_id == wave_id
