"""The results of a wave that holds lists, marks and numbers; and of sentences that are turned round."""

from datetime import date
from random import Random
from typing import Any

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.demo import PRE
from surveys import demo, storage
from surveys.definitions import get_standard
from surveys.records import Answer, NewWave

TODAY = date(2026, 11, 20)


def _level(turned: bool, felt: float) -> int:
    level = min(5, max(1, round(3 + felt)))
    return 6 - level if turned else level


def url(wave_id: int) -> str:
    return f"/communautes/{PRE}/questionnaires/vagues/{wave_id}/resultats"


@pytest.fixture
def cycle(db: EncryptedDatabase, amina: Actor) -> int:
    demo.fill_cycle(db, amina, TODAY)
    return storage.list_waves(db)[0].id


def test_the_team_reads_lists_marks_and_numbers(browse: Any, db: EncryptedDatabase, cycle: int) -> None:
    page = browse("amina").get(url(cycle))
    assert "Avez-vous déjà utilisé au travail" in page
    frame = storage.choice_frame(db, cycle)
    often = int(((frame["question"] == "used") & (frame["choice"] == "often")).sum())
    assert f'<th scope="row">Oui, souvent</th><td class="nb">{often}</td>' in page
    assert "points pour 24" in page
    assert "La moitié des réponses vont de" in page
    assert "masqué" not in page


def test_whoever_may_not_read_exact_figures_reads_no_small_number(
    browse: Any, db: EncryptedDatabase, cycle: int
) -> None:
    page = browse("elodie").get(url(cycle))
    frame = storage.choice_frame(db, cycle)
    people = frame[frame["question"] == "used"]["choice"].value_counts()
    small = [choice.text for choice in get_standard(demo.CYCLE).questions[5].choices if 0 < people[choice.code] < 5]
    assert small
    for text in small:
        assert f'<th scope="row">{text}</th><td class="nb">masqué</td>' in page


def test_a_reversed_sentence_is_read_from_the_least_to_the_most_favourable(
    browse: Any, db: EncryptedDatabase, amina: Actor
) -> None:
    new = NewWave("Enfants", date(2026, 11, 16), TODAY, 20)
    wave = storage.open_wave(db, amina, get_standard("bien-etre-enfant"), new, TODAY)
    for number in range(12):
        # « Je me sens seul » : jamais, the most favourable; « Je me sens bien » : jamais, the least.
        answers = [Answer("alone", level=1), Answer("happy", level=1)]
        storage.add_response(db, wave, TODAY, f"{number:024}", answers)
    page = browse("amina").get(url(wave))
    assert page.count("<figure>") == 2
    plain = page.replace("\u00a0", " ")
    assert "« Je me sens seul » : réponses favorables, 12 sur 12" in plain
    assert "« Je me sens bien » : réponses favorables, 0 sur 12" in plain
    # Nobody answered the others: nothing is hidden there.
    assert "aucune réponse" in page
    assert "trop peu de réponses" not in page


def test_scores_of_a_wave_come_with_their_coherence_once_enough_people_answered(
    browse: Any, db: EncryptedDatabase, amina: Actor
) -> None:
    new = NewWave("Enfants", date(2026, 11, 16), TODAY, 80)
    asked = get_standard("bien-etre-enfant")
    wave = storage.open_wave(db, amina, asked, new, TODAY)
    for number in range(12):
        storage.add_response(db, wave, TODAY, f"{number:024}", [Answer(code, level=2) for code in asked.codes])
    page = browse("amina").get(url(wave))
    assert "Scores, de 1 à 5" in page
    assert "non calculable" in page
    assert "α =" not in page
    chance = Random(6)
    for number in range(12, 72):
        leaning = chance.gauss(0, 1)
        said = [Answer(each.code, level=_level(each.reversed, leaning + chance.gauss(0, 0.7))) for each in asked.items]
        storage.add_response(db, wave, TODAY, f"{number:024}", said)
    page = browse("amina").get(url(wave))
    assert "α = " in page
    assert "ω = " in page


def test_groups_are_told_once_the_wave_is_closed(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    """Started: 12 favourable of 20; ended: 10 of 15; while it is open the next answer would be the difference."""
    asked = get_standard("representations-jeunes")
    wave = storage.open_wave(db, amina, asked, NewWave("Jeunes", date(2026, 11, 16), TODAY, 40), TODAY)
    for number in range(35):
        start = number < 20
        level = 5 if number < 12 or number >= 25 else 2
        said = [Answer("moment", choices=("start" if start else "end",)), Answer("self.good_at", level=level)]
        storage.add_response(db, wave, TODAY, f"{number:024}", said)
    assert "Selon la réponse à" not in browse("amina").get(url(wave))
    assert "paraîtront à la fermeture" in browse("elodie").get(url(wave))
    storage.close_wave(db, amina, storage.get_wave(db, wave), TODAY)
    for persona in ("amina", "elodie"):
        page = browse(persona).get(url(wave)).replace("\u00a0", " ").replace("\u202f", " ")
        assert "Selon la réponse à « Où en es-tu du programme ? »" in page
        assert "Je commence (20)" in page
        assert '<td class="nb">60 % de 20</td><td class="nb">67 % de 15</td>' in page
