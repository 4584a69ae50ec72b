"""The invented waves."""

from datetime import date

from impact.audit import Actor
from impact.db import EncryptedDatabase
from surveys import demo, storage
from surveys.definitions import get_standard
from surveys.rules import state_on
from surveys.vocabulary import WaveState

TODAY = date(2026, 11, 20)


def test_one_closed_wave_of_41_answers_and_one_open(db: EncryptedDatabase, amina: Actor) -> None:
    demo.fill(db, amina, TODAY)
    current, done = storage.list_waves(db)
    assert (done.responses, done.invited, done.opens_on, done.closes_on) == (
        41,
        118,
        date(2026, 6, 1),
        date(2026, 6, 30),
    )
    assert state_on(done, TODAY) is WaveState.CLOSED
    assert state_on(current, TODAY) is WaveState.OPEN
    assert current.responses == 6


def test_opinions_differ_by_question_and_some_are_refused(db: EncryptedDatabase, amina: Actor) -> None:
    demo.fill(db, amina, TODAY)
    frame = storage.answer_frame(db, 1)
    assert frame["response_id"].nunique() == 41
    means = frame.groupby("question")["level"].mean()
    assert set(means.index) == set(get_standard(demo.QUESTIONNAIRE).codes)
    assert means["welcome"] - means["convenience"] > 0.8
    assert 5 <= frame["level"].isna().sum() <= 30
    assert 8 <= len(storage.list_words(db, 1, "suggestion")) <= 13


def test_the_days_fall_within_the_waves(db: EncryptedDatabase, amina: Actor) -> None:
    demo.fill(db, amina, TODAY)
    for row in db.rows("SELECT received_on, opens_on, closes_on FROM response JOIN wave ON wave.id = wave_id"):
        assert row["opens_on"] <= row["received_on"] <= min(row["closes_on"], TODAY.isoformat())


def test_a_wave_at_the_end_of_a_cycle_holds_every_kind(db: EncryptedDatabase, amina: Actor) -> None:
    demo.fill_cycle(db, amina, TODAY)
    wave = storage.list_waves(db)[0]
    assert (wave.responses, wave.invited) == (demo.CYCLE_RESPONSES, demo.CYCLE_INVITED)
    amounts = storage.amount_frame(db, wave.id)
    marks = amounts[amounts["question"] == "advise"]["amount"]
    assert len(marks) == demo.CYCLE_RESPONSES
    assert marks.between(0, 10).all()
    assert set(storage.answer_frame(db, wave.id)["question"]) == set(wave.questionnaire.codes)
    choices = storage.choice_frame(db, wave.id)
    acted = choices[choices["choice"].isin(["often", "once"])]["response_id"]
    told = choices[choices["question"] == "what_used"]["response_id"]
    assert set(told) == set(acted)
