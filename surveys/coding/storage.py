"""Themes, readings of open answers, quotes: every statement about them."""

from collections.abc import Collection
from datetime import date

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase
from impact.exceptions import Conflict, NotFound, Refused
from impact.identities import identities
from impact.periods import Period
from surveys.coding.records import TOGETHER, CodedQuestion, Theme, Written
from surveys.coding.rules import check_quote, check_reader, check_released, found_in
from surveys.records import Question, Wave
from surveys.rules import fingerprint
from surveys.storage import list_waves
from surveys.vocabulary import OPEN


def coded_questions(db: EncryptedDatabase, wave: Wave) -> list[CodedQuestion]:
    """Every open question of a wave, in its order."""
    return [_coded(db, wave, each) for each in wave.questionnaire.questions if each.kind in OPEN]


def released_quotes(db: EncryptedDatabase, period: Period) -> tuple[str, ...]:
    """What may be quoted of the waves that were open in a period, in an order that tells nothing."""
    waves = [wave for wave in list_waves(db) if wave.opens_on <= period.end and wave.ended_on >= period.start]
    return tuple(
        said
        for wave in waves
        if wave.questionnaire.has_words
        for each in coded_questions(db, wave)
        for said in each.quotes
    )


def coded_question(db: EncryptedDatabase, wave: Wave, code: str) -> CodedQuestion:
    """Raises NotFound unless it is an open question of this wave."""
    question = wave.questionnaire.question(code)
    if question is None or question.kind not in OPEN:
        raise NotFound
    return _coded(db, wave, question)


def add_theme(
    db: EncryptedDatabase, actor: Actor, wave: Wave, question: str, label: str, meaning: str, once: str = ""
) -> int:
    """Store a code of the book, which serves every wave of the questionnaire; raises Refused when it is known."""
    code = wave.questionnaire.code
    with write(db, actor, once) as log:
        if db.value(
            "SELECT EXISTS (SELECT 1 FROM answer_theme WHERE questionnaire = ? AND question = ? AND label = ?)",
            (code, question, label),
        ):
            raise Refused("Ce thème est déjà dans le livre des codes.", "label")
        added = db.insert_row(
            "INSERT INTO answer_theme (questionnaire, question, label, meaning) VALUES (?, ?, ?, ?)",
            (code, question, label, meaning),
        )
        log.note(Deed.CREATE, "answer_theme", added)
    return added


def get_theme(db: EncryptedDatabase, wave: Wave, question: str, theme_id: int) -> Theme:
    """Raises NotFound."""
    for theme in _themes(db, wave, question):
        if theme.id == theme_id:
            return theme
    raise NotFound


def change_theme(
    db: EncryptedDatabase,
    actor: Actor,
    wave: Wave,
    question: str,
    theme: Theme,
    label: str,
    meaning: str,
    version_read: int,
    once: str = "",
) -> None:
    """Other words for a code; raises Refused when another has them, or Conflict."""
    with write(db, actor, once) as log:
        if any(each.label == label and each.id != theme.id for each in _themes(db, wave, question)):
            raise Refused("Ce thème est déjà dans le livre des codes.", "label")
        if not db.changed(
            "UPDATE answer_theme SET label = ?, meaning = ?, version = version + 1 WHERE id = ? AND version = ?",
            (label, meaning, theme.id, version_read),
        ):
            now = get_theme(db, wave, question, theme.id)
            raise Conflict({"label": now.label, "meaning": now.meaning}, now.version)
        log.note(Deed.CHANGE, "answer_theme", theme.id, ["label", "meaning"])


def get_written(coded: CodedQuestion, ref: str) -> Written:
    """Raises NotFound."""
    for answer in coded.answers:
        if answer.ref == ref:
            return answer
    raise NotFound


def read_answer(
    db: EncryptedDatabase,
    actor: Actor,
    coded: CodedQuestion,
    answer: Written,
    themes: Collection[int],
    once: str = "",
) -> None:
    """What this person puts to an answer, without having seen what the other put; raises Refused (`check_reader`)."""
    reader = actor.member_id or 0
    check_reader(coded, answer, reader)
    with write(db, actor, once) as log:
        _put(db, coded, answer, reader, themes)
        log.note(Deed.CHANGE, "answer_reading")


def settle(
    db: EncryptedDatabase,
    actor: Actor,
    coded: CodedQuestion,
    answer: Written,
    themes: Collection[int],
    once: str = "",
) -> None:
    """What two readers agree on after comparing; raises Refused before both have read."""
    if len(answer.apart) < 2:
        raise Refused("Les deux personnes n’ont pas encore lu cette réponse.")
    with write(db, actor, once) as log:
        _put(db, coded, answer, TOGETHER, themes)
        log.note(Deed.CHANGE, "answer_reading")


def known_names(db: EncryptedDatabase) -> set[str]:
    """Every name that the community's file holds; never shown."""
    return {each.full_name for each in identities(db).values()}


def release(
    db: EncryptedDatabase,
    actor: Actor,
    coded: CodedQuestion,
    answer: Written,
    quote: str,
    sure: bool,
    today: date,
    once: str = "",
) -> None:
    """Let an answer be quoted, cut but not rewritten; raises Refused at what may say who wrote."""
    kept = check_quote(answer.words, quote)
    check_released(found_in(kept, known_names(db)), sure)
    with write(db, actor, once) as log:
        db.execute(
            "INSERT OR REPLACE INTO released_quote (response_id, question, words, released_by, released_on)"
            " VALUES (?, ?, ?, ?, ?)",
            (answer.response_id, coded.question.code, kept, actor.member_id or 0, today.isoformat()),
        )
        log.note(Deed.CREATE, "released_quote")


def withdraw(db: EncryptedDatabase, actor: Actor, coded: CodedQuestion, answer: Written, once: str = "") -> None:
    """The answer is quoted no more."""
    with write(db, actor, once) as log:
        db.execute(
            "DELETE FROM released_quote WHERE response_id = ? AND question = ?",
            (answer.response_id, coded.question.code),
        )
        log.note(Deed.DELETE, "released_quote")


def _put(db: EncryptedDatabase, coded: CodedQuestion, answer: Written, reader: int, themes: Collection[int]) -> None:
    known = {theme.id for theme in coded.themes}
    place = (answer.response_id, coded.question.code, reader)
    db.execute("DELETE FROM answer_reading WHERE response_id = ? AND question = ? AND reader = ?", place)
    added = db.insert_row("INSERT INTO answer_reading (response_id, question, reader) VALUES (?, ?, ?)", place)
    for theme in sorted(known.intersection(themes)):
        db.execute("INSERT INTO answer_reading_theme (reading_id, theme_id) VALUES (?, ?)", (added, theme))


def _coded(db: EncryptedDatabase, wave: Wave, question: Question) -> CodedQuestion:
    rows = db.rows(
        "SELECT response.id, answer.words, released_quote.words AS quote FROM counted_response AS response"
        " JOIN answer ON answer.response_id = response.id"
        " LEFT JOIN released_quote ON released_quote.response_id = response.id"
        " AND released_quote.question = answer.question"
        " WHERE wave_id = ? AND answer.question = ? AND answer.words IS NOT NULL",
        (wave.id, question.code),
    )
    readings = _readings(db, wave.id, question.code)
    answers = [
        Written(
            row["id"],
            fingerprint("coding", question.code, row["id"])[:24],
            row["words"],
            readings.get(row["id"], {}),
            row["quote"] or "",
        )
        for row in rows
    ]
    return CodedQuestion(
        question, tuple(_themes(db, wave, question.code)), tuple(sorted(answers, key=lambda each: each.ref))
    )


def _readings(db: EncryptedDatabase, wave_id: int, question: str) -> dict[int, dict[int, frozenset[int]]]:
    found: dict[int, dict[int, frozenset[int]]] = {}
    for row in db.rows(
        "SELECT response_id, reader, group_concat(theme_id) AS themes FROM answer_reading"
        " JOIN counted_response AS response ON response.id = response_id"
        " LEFT JOIN answer_reading_theme ON reading_id = answer_reading.id"
        " WHERE wave_id = ? AND question = ? GROUP BY answer_reading.id",
        (wave_id, question),
    ):
        themes = frozenset(int(each) for each in (row["themes"] or "").split(",") if each)
        found.setdefault(row["response_id"], {})[row["reader"]] = themes
    return found


def _themes(db: EncryptedDatabase, wave: Wave, question: str) -> list[Theme]:
    rows = db.rows(
        "SELECT id, label, meaning, version FROM answer_theme WHERE questionnaire = ? AND question = ? ORDER BY id",
        (wave.questionnaire.code, question),
    )
    return [Theme(row["id"], row["label"], row["meaning"], row["version"]) for row in rows]
