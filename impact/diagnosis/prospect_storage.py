"""Trends, the desired future, texts in two rounds."""

from datetime import date

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase
from impact.diagnosis.records import DesiredFuture, RoundVersion, Trend, TwoRoundText
from impact.diagnosis.rules import check_second
from impact.diagnosis.vocabulary import Sense
from impact.exceptions import Conflict, NotFound


def add_trend(db: EncryptedDatabase, actor: Actor, trend: Trend, once: str = "") -> int:
    """Give the id."""
    with write(db, actor, once) as log:
        added = db.insert_row(
            "INSERT INTO trend (words, sense, gathered_on) VALUES (?, ?, ?)",
            (trend.words, trend.sense.value, trend.gathered_on.isoformat()),
        )
        log.note(Deed.CREATE, "trend", added)
    return added


def list_trends(db: EncryptedDatabase) -> list[Trend]:
    """In the order in which they were gathered."""
    return [
        Trend(row["id"], row["words"], Sense(row["sense"]), date.fromisoformat(row["gathered_on"]))
        for row in db.rows("SELECT * FROM trend ORDER BY gathered_on, id")
    ]


def get_future(db: EncryptedDatabase, today: date) -> DesiredFuture:
    """What is wished; empty, ten years ahead, when nobody wrote it yet."""
    row = db.row("SELECT horizon, words, version FROM desired_future")
    return DesiredFuture(**row) if row else DesiredFuture(today.year + 10, "")


def save_future(db: EncryptedDatabase, actor: Actor, future: DesiredFuture, today: date, once: str = "") -> None:
    """Write it for the first time or again; raises Conflict when somebody saved it meanwhile."""
    with write(db, actor, once) as log:
        now = get_future(db, today)
        if now.version != future.version:
            raise Conflict({"horizon": now.horizon, "words": now.words}, now.version)
        db.execute(
            "INSERT INTO desired_future (id, horizon, words) VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " horizon = excluded.horizon, words = excluded.words, version = version + 1",
            (future.horizon, future.words),
        )
        log.note(Deed.CHANGE, "desired_future", 1, ["horizon", "words"])


def add_text(db: EncryptedDatabase, actor: Actor, title: str, first: RoundVersion, once: str = "") -> int:
    """A text and its first version; give the id."""
    with write(db, actor, once) as log:
        added = db.insert_row("INSERT INTO two_round_text (title) VALUES (?)", (title,))
        _insert(db, added, first)
        log.note(Deed.CREATE, "two_round_text", added)
    return added


def amend_text(db: EncryptedDatabase, actor: Actor, text_id: int, second: RoundVersion, once: str = "") -> None:
    """The second version, by another group; the first is kept. Raises Refused when there is one, or by the same group."""
    with write(db, actor, once) as log:
        check_second(get_text(db, text_id), second)
        _insert(db, text_id, second)
        log.note(Deed.CHANGE, "two_round_text", text_id, ["version"])


def get_text(db: EncryptedDatabase, text_id: int) -> TwoRoundText:
    """Raises NotFound."""
    for text in list_texts(db):
        if text.id == text_id:
            return text
    raise NotFound


def list_texts(db: EncryptedDatabase) -> list[TwoRoundText]:
    """The last opened first."""
    versions: dict[int, list[RoundVersion]] = {}
    for row in db.rows("SELECT * FROM round_version ORDER BY text_id, number"):
        day = date.fromisoformat(row["written_on"])
        versions.setdefault(row["text_id"], []).append(
            RoundVersion(row["number"], row["written_by"], day, row["people"], row["words"])
        )
    return [
        TwoRoundText(row["id"], row["title"], tuple(versions[row["id"]]))
        for row in db.rows("SELECT * FROM two_round_text ORDER BY id DESC")
    ]


def _insert(db: EncryptedDatabase, text_id: int, version: RoundVersion) -> None:
    db.execute(
        "INSERT INTO round_version (text_id, number, written_by, written_on, people, words) VALUES (?, ?, ?, ?, ?, ?)",
        (
            text_id,
            version.number,
            version.written_by,
            version.written_on.isoformat(),
            version.people,
            version.words,
        ),
    )
