"""Every answer of a wave, person by person, for the files that leave the house."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from impact.db import EncryptedDatabase
from surveys.records import Answer


def list_answers(db: EncryptedDatabase, wave_id: int) -> list[dict[str, Answer]]:
    """One entry a person, in an order that tells nothing (stored ids are random): answers by question or sentence."""
    counted = db.rows("SELECT id FROM counted_response WHERE wave_id = ? ORDER BY id", (wave_id,))
    known = answers_by_response(db, wave_id)
    return [known[row["id"]] for row in counted]


def answers_by_response(db: EncryptedDatabase, wave_id: int) -> dict[int, dict[str, Answer]]:
    """Every answer that was received, by stored id: those that serve no result too."""
    people: dict[int, dict[str, Answer]] = {
        row["id"]: {} for row in db.rows("SELECT id FROM response WHERE wave_id = ?", (wave_id,))
    }
    for row in db.rows(
        "SELECT response_id, question, level, words FROM answer JOIN response ON response.id = response_id"
        " WHERE wave_id = ?",
        (wave_id,),
    ):
        people[row["response_id"]][row["question"]] = Answer(row["question"], row["level"], row["words"])
    for row in db.rows(
        "SELECT response_id, question, choice, amount, day, aside FROM other_answer"
        " JOIN response ON response.id = response_id WHERE wave_id = ? ORDER BY question, position",
        (wave_id,),
    ):
        said = people[row["response_id"]]
        known = said.get(row["question"], Answer(row["question"]))
        amount = None if row["amount"] is None else Decimal(str(row["amount"]))
        said[row["question"]] = replace(
            known,
            choices=(*known.choices, row["choice"]) if row["choice"] is not None else known.choices,
            amount=amount,
            day=date.fromisoformat(row["day"]) if row["day"] else None,
            aside=bool(row["aside"]),
        )
    return people
