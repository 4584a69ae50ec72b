"""Questionnaires, waves, responses: every statement about them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pandas as pd

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row, gate
from impact.exceptions import Conflict, NotFound
from impact.wording import short_date
from surveys.definitions import as_text, from_text
from surveys.records import Answer, NewWave, Questionnaire, Wave
from surveys.rules import check_closing, check_reopening, check_window, fingerprint, link_token, response_id

_WAVES = (
    "SELECT wave.*, questionnaire.definition,"
    " (SELECT count(*) FROM counted_response AS response WHERE response.wave_id = wave.id) AS responses"
    " FROM wave JOIN questionnaire ON questionnaire.id = questionnaire_id"
)


def open_wave(
    db: EncryptedDatabase, actor: Actor, questionnaire: Questionnaire, wave: NewWave, today: date, once: str = ""
) -> int:
    """Freeze the questionnaire, store the wave and give its id; raises Refused when its dates contradict."""
    check_window(wave.opens_on, wave.closes_on, today)
    with write(db, actor, once) as log:
        added = db.insert_row(
            "INSERT INTO wave (questionnaire_id, title, opens_on, closes_on, invited) VALUES (?, ?, ?, ?, ?)",
            (
                _freeze(db, questionnaire),
                wave.title,
                wave.opens_on.isoformat(),
                wave.closes_on.isoformat(),
                wave.invited,
            ),
        )
        _store_link(db, added, 1)
        log.note(Deed.CREATE, "wave", added)
    return added


def change_wave(
    db: EncryptedDatabase, actor: Actor, wave: Wave, changed: NewWave, today: date, version_read: int, once: str = ""
) -> None:
    """Title, last day and number invited; raises Refused, or Conflict when somebody saved since `version_read`."""
    if changed.closes_on != wave.closes_on:
        check_window(wave.opens_on, changed.closes_on, today)
    with write(db, actor, once) as log:
        stored = db.changed(
            "UPDATE wave SET title = ?, closes_on = ?, invited = ?, version = version + 1 WHERE id = ? AND version = ?",
            (changed.title, changed.closes_on.isoformat(), changed.invited, wave.id, version_read),
        )
        if not stored:
            now = get_wave(db, wave.id)
            values: dict[str, object] = {
                "title": now.title,
                "closes_on": short_date(now.closes_on),
                "invited": now.invited or "",
            }
            raise Conflict(values, now.version)
        log.note(Deed.CHANGE, "wave", wave.id, ["title", "closes_on", "invited"])


def close_wave(db: EncryptedDatabase, actor: Actor, wave: Wave, today: date, once: str = "") -> None:
    """Take no more answers from now on; raises Refused when the wave is not open."""
    check_closing(wave, today)
    with write(db, actor, once) as log:
        db.execute("UPDATE wave SET closed_on = ?, version = version + 1 WHERE id = ?", (today.isoformat(), wave.id))
        log.note(Deed.CHANGE, "wave", wave.id, ["closed_on"])


def reopen_wave(db: EncryptedDatabase, actor: Actor, wave: Wave, today: date, once: str = "") -> None:
    """Undo an early closing: the planned last day holds again; raises Refused once that day is past."""
    check_reopening(wave, today)
    with write(db, actor, once) as log:
        db.execute("UPDATE wave SET closed_on = NULL, version = version + 1 WHERE id = ?", (wave.id,))
        log.note(Deed.CHANGE, "wave", wave.id, ["closed_on"])


def change_link(db: EncryptedDatabase, actor: Actor, wave_id: int, once: str = "") -> None:
    """Revoke the public link and make another."""
    with write(db, actor, once) as log:
        serial = get_wave(db, wave_id).link_serial + 1
        db.execute("UPDATE wave SET link_serial = ?, version = version + 1 WHERE id = ?", (serial, wave_id))
        _store_link(db, wave_id, serial)
        log.note(Deed.CHANGE, "wave", wave_id, ["link_serial"])


def get_wave(db: EncryptedDatabase, wave_id: int) -> Wave:
    """Raises NotFound."""
    row = db.row(_WAVES + " WHERE wave.id = ?", (wave_id,))
    if row is None:
        raise NotFound
    return _wave(row)


def list_waves(db: EncryptedDatabase) -> list[Wave]:
    """The latest first."""
    return [_wave(row) for row in db.rows(_WAVES + " ORDER BY opens_on DESC, wave.id DESC")]


def find_wave_by_link(db: EncryptedDatabase, token: str) -> Wave | None:
    """The wave of a public link, whether it takes answers or not."""
    row = db.row(_WAVES + " WHERE link_hash = ?", (fingerprint(token),))
    return None if row is None else _wave(row)


def current_token(db: EncryptedDatabase, wave: Wave) -> str:
    """The last part of the wave's public link, derived again."""
    return link_token(_link_secret(db), wave.id, wave.link_serial)


def add_response(db: EncryptedDatabase, wave_id: int, day: date, key: str, answers: Sequence[Answer]) -> bool:
    """Store one person's answers; gives False, and stores nothing, when this form was already received.

    No audit entry: it would keep the moment of an answer that is promised to be anonymous.
    """
    return bool(add_responses(db, wave_id, [(day, key, answers)]))


def add_responses(db: EncryptedDatabase, wave_id: int, forms: Iterable[tuple[date, str, Sequence[Answer]]]) -> int:
    """The same for the forms of many people: day, one-use key, answers. Gives how many are new.

    Three statements at most: inside the gate, each one gives the other threads their turn.
    """
    sent = {response_id(wave_id, key): (day, key, answers) for day, key, answers in forms}
    rows = [(added, day.isoformat(), fingerprint("client", wave_id, key)) for added, (day, key, _) in sent.items()]
    with gate(db):
        new = db.rows(
            "INSERT INTO response (id, wave_id, received_on, client_hash)"
            " SELECT value ->> 0, ?, value ->> 1, value ->> 2 FROM json_each(?) WHERE true"
            " ON CONFLICT DO NOTHING RETURNING id",
            (wave_id, json.dumps(rows)),
        )
        _add_answers(db, {row["id"]: sent[row["id"]][2] for row in new})
    return len(new)


def has_response(db: EncryptedDatabase, wave_id: int, key: str) -> bool:
    """Whether the form of this one-use key was received."""
    known = fingerprint("client", wave_id, key)
    return bool(
        db.value("SELECT EXISTS (SELECT 1 FROM response WHERE client_hash = ? AND wave_id = ?)", (known, wave_id))
    )


def answer_frame(db: EncryptedDatabase, wave_id: int) -> pd.DataFrame:
    """Columns: response_id (1 to n, not the stored id), question, level (1 to 5, NA when refused); no words.

    A question that was left blank has no row, nor has one answered by « ne sait pas »: see `choice_frame`. The sentence
    of a grid is the question "grid.sentence".
    """
    rows = db.rows(
        "SELECT response_id, question, level FROM answer JOIN counted_response AS response ON response.id = response_id"
        " WHERE wave_id = ? AND words IS NULL ORDER BY response_id, question",
        (wave_id,),
    )
    return _frame(db, wave_id, rows, {"question": "string", "level": "Int64"})


def choice_frame(db: EncryptedDatabase, wave_id: int) -> pd.DataFrame:
    """Columns: response_id (as in `answer_frame`), question, choice (a code, NA for « ne sait pas »), position (from 1).

    The position is the rank in a ranking, and means nothing elsewhere.
    """
    rows = db.rows(
        "SELECT response_id, question, choice, position FROM other_answer JOIN counted_response AS response ON response.id = response_id"
        " WHERE wave_id = ? AND (choice IS NOT NULL OR aside) ORDER BY response_id, question, position",
        (wave_id,),
    )
    return _frame(db, wave_id, rows, {"question": "string", "choice": "string", "position": "int64"})


def amount_frame(db: EncryptedDatabase, wave_id: int) -> pd.DataFrame:
    """Columns: response_id (as in `answer_frame`), question, amount (a number, or a mark from 0 to 10)."""
    rows = db.rows(
        "SELECT response_id, question, amount FROM other_answer JOIN counted_response AS response ON response.id = response_id"
        " WHERE wave_id = ? AND amount IS NOT NULL ORDER BY response_id, question",
        (wave_id,),
    )
    return _frame(db, wave_id, rows, {"question": "string", "amount": "float64"})


def list_words(db: EncryptedDatabase, wave_id: int, question: str) -> list[str]:
    """What people wrote to one open question, in an order that depends neither on time nor on the other questions."""
    rows = db.rows(
        "SELECT response.id, words FROM counted_response AS response JOIN answer ON response_id = response.id"
        " WHERE wave_id = ? AND question = ? AND words IS NOT NULL",
        (wave_id, question),
    )
    return [row["words"] for row in sorted(rows, key=lambda row: fingerprint(question, row["id"]))]


def wave_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row a wave: wave_id, questionnaire_code, opens_on, closes_on, invited (NA when unknown), responses.

    Days are ISO text; `closes_on` is the real last day, earlier than planned when the wave was closed by hand.
    """
    rows = [
        {
            "wave_id": wave.id,
            "questionnaire_code": wave.questionnaire.code,
            "opens_on": wave.opens_on.isoformat(),
            "closes_on": wave.ended_on.isoformat(),
            "invited": wave.invited,
            "responses": wave.responses,
        }
        for wave in reversed(list_waves(db))
    ]
    columns = ["wave_id", "questionnaire_code", "opens_on", "closes_on", "invited", "responses"]
    texts = dict.fromkeys(("questionnaire_code", "opens_on", "closes_on"), "string")
    return pd.DataFrame(rows, columns=columns).astype(
        {"wave_id": "int64", **texts, "invited": "Int64", "responses": "int64"}
    )


def _frame(db: EncryptedDatabase, wave_id: int, rows: list[Row], types: dict[str, str]) -> pd.DataFrame:
    """Stored ids become 1 to n, alike in every frame of the wave."""
    stored = db.rows("SELECT id FROM counted_response WHERE wave_id = ? ORDER BY id", (wave_id,))
    numbers = {row["id"]: number for number, row in enumerate(stored, start=1)}
    numbered = [{**row, "response_id": numbers[row["response_id"]]} for row in rows]
    return pd.DataFrame(numbered, columns=["response_id", *types]).astype({"response_id": "int64", **types})


def _add_answers(db: EncryptedDatabase, given: Mapping[int, Sequence[Answer]]) -> None:
    every = [(response, each) for response, answers in given.items() for each in answers]
    levels = [(response, each.question, each.level, each.words) for response, each in every if not _is_other(each)]
    if levels:
        db.execute(
            "INSERT INTO answer (response_id, question, level, words)"
            " SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?)",
            (json.dumps(levels),),
        )
    others = [row for response, each in every if _is_other(each) for row in _other_rows(response, each)]
    if others:
        db.execute(
            "INSERT INTO other_answer (response_id, question, position, choice, amount, day, aside)"
            " SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6"
            " FROM json_each(?)",
            (json.dumps(others),),
        )


def _is_other(answer: Answer) -> bool:
    """Neither a level nor words, nor a refusal of these."""
    return bool(answer.aside or answer.choices or answer.amount is not None or answer.day)


def _other_rows(response: int, answer: Answer) -> list[tuple[int, str, int, str | None, float | None, str | None, int]]:
    amount = None if answer.amount is None else float(answer.amount)
    day = answer.day.isoformat() if answer.day else None
    return [
        (response, answer.question, position, choice, amount, day, int(answer.aside))
        for position, choice in enumerate(answer.choices or (None,), start=1)
    ]


def _freeze(db: EncryptedDatabase, questionnaire: Questionnaire) -> int:
    code, version, text = questionnaire.code, questionnaire.version, as_text(questionnaire)
    known = db.value("SELECT id FROM questionnaire WHERE code = ? AND definition = ?", (code, text))
    if known is not None:
        return int(known)
    return db.insert_row(
        "INSERT INTO questionnaire (code, version, title, definition) VALUES (?, ?, ?, ?)",
        (code, version, questionnaire.title, text),
    )


def _store_link(db: EncryptedDatabase, wave_id: int, serial: int) -> None:
    token = link_token(_link_secret(db), wave_id, serial)
    db.execute("UPDATE wave SET link_hash = ? WHERE id = ?", (fingerprint(token), wave_id))


def _link_secret(db: EncryptedDatabase) -> bytes:
    return bytes.fromhex(db.keyring.get(f"fields-{db.path.parent.name}"))


def _wave(row: Row) -> Wave:
    closed = row["closed_on"]
    return Wave(
        id=row["id"],
        questionnaire=from_text(row["definition"]),
        title=row["title"],
        opens_on=date.fromisoformat(row["opens_on"]),
        closes_on=date.fromisoformat(row["closes_on"]),
        closed_on=date.fromisoformat(closed) if closed else None,
        invited=row["invited"],
        link_serial=row["link_serial"],
        responses=row["responses"],
        version=row["version"],
    )
