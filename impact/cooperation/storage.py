"""Key questions, rounds and links."""

from datetime import date

from impact.audit import Actor, Deed, Log, write
from impact.cooperation.records import Declaration, KeyQuestion, Link, NewLink, Round
from impact.cooperation.rules import (
    Speaker,
    carried,
    check_again,
    check_ends,
    check_merging,
    check_open,
    check_question_dates,
    check_round,
    check_speaks,
)
from impact.cooperation.vocabulary import LinkKind
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound, Refused
from impact.wording import short_date


def add_question(db: EncryptedDatabase, actor: Actor, question: KeyQuestion, today: date, once: str = "") -> int:
    """A proposed question, or one that was validated already; give the id."""
    check_question_dates(question, today)
    with write(db, actor, once) as log:
        added = db.insert_row(
            "INSERT INTO key_question (words, proposed_on, validated_on) VALUES (?, ?, ?)",
            (question.words, question.proposed_on.isoformat(), _iso(question.validated_on)),
        )
        log.note(Deed.CREATE, "key_question", added)
    return added


def change_question(db: EncryptedDatabase, actor: Actor, question: KeyQuestion, today: date, once: str = "") -> None:
    """Words and dates; raises Conflict when somebody saved it meanwhile, Refused on a merged one that gets validated."""
    check_question_dates(question, today)
    with write(db, actor, once) as log:
        now = get_question(db, question.id)
        if now.version != question.version:
            stored: dict[str, object] = {
                "words": now.words,
                "proposed_on": short_date(now.proposed_on),
                "validated_on": short_date(now.validated_on),
            }
            raise Conflict(stored, now.version)
        if now.merged_into is not None and question.validated_on is not None:
            raise Refused("Cette question est fusionnée : validez celle qui l’a reprise.", "validated_on")
        db.execute(
            "UPDATE key_question SET words = ?, proposed_on = ?, validated_on = ?, version = version + 1 WHERE id = ?",
            (question.words, question.proposed_on.isoformat(), _iso(question.validated_on), question.id),
        )
        log.note(Deed.CHANGE, "key_question", question.id, ["words", "proposed_on", "validated_on"])


def merge_question(
    db: EncryptedDatabase, actor: Actor, question_id: int, target_id: int, day: date, once: str = ""
) -> None:
    """From now on this question lives on in the other; its links and actions are read there."""
    with write(db, actor, once) as log:
        check_merging(get_question(db, question_id), get_question(db, target_id))
        db.execute(
            "UPDATE key_question SET merged_into = ?, merged_on = ?, validated_on = NULL, version = version + 1"
            " WHERE id = ?",
            (target_id, day.isoformat(), question_id),
        )
        log.note(Deed.CHANGE, "key_question", question_id, ["merged_into", "merged_on"])


def part_question(db: EncryptedDatabase, actor: Actor, question_id: int, once: str = "") -> None:
    """Undo a merging: the question is proposed again."""
    with write(db, actor, once) as log:
        get_question(db, question_id)
        db.execute(
            "UPDATE key_question SET merged_into = NULL, merged_on = NULL, version = version + 1 WHERE id = ?",
            (question_id,),
        )
        log.note(Deed.CHANGE, "key_question", question_id, ["merged_into", "merged_on"])


def get_question(db: EncryptedDatabase, question_id: int) -> KeyQuestion:
    """Raises NotFound."""
    row = db.row("SELECT * FROM key_question WHERE id = ?", (question_id,))
    if row is None:
        raise NotFound
    return _question(row)


def list_questions(db: EncryptedDatabase) -> list[KeyQuestion]:
    """In the order in which they were proposed."""
    return [_question(row) for row in db.rows("SELECT * FROM key_question ORDER BY proposed_on, id")]


def add_round(
    db: EncryptedDatabase, actor: Actor, held_on: date, today: date, carry: bool = False, once: str = ""
) -> int:
    """One more round; `carry` takes up the links of the last one. Raises Refused on a date before it."""
    with write(db, actor, once) as log:
        before = list_rounds(db)
        check_round(held_on, before, today)
        added = db.insert_row("INSERT INTO link_round (held_on) VALUES (?)", (held_on.isoformat(),))
        for link in carried(list_links(db, before[-1].id)) if carry and before else []:
            link_id = _insert_link(db, added, link.first_id, link.second_id, link.question_id)
            for said in link.declarations:
                _insert_declaration(db, link_id, said)
        log.note(Deed.CREATE, "link_round", added)
    return added


def change_round(db: EncryptedDatabase, actor: Actor, known: Round, today: date, once: str = "") -> None:
    """Another date for the last round; raises Conflict when it was changed meanwhile."""
    with write(db, actor, once) as log:
        rounds = list_rounds(db)
        check_open(rounds, known.id)
        if rounds[-1].version != known.version:
            raise Conflict({"held_on": short_date(rounds[-1].held_on)}, rounds[-1].version)
        check_round(known.held_on, rounds[:-1], today)
        db.execute(
            "UPDATE link_round SET held_on = ?, version = version + 1 WHERE id = ?",
            (known.held_on.isoformat(), known.id),
        )
        log.note(Deed.CHANGE, "link_round", known.id, ["held_on"])


def list_rounds(db: EncryptedDatabase) -> list[Round]:
    """The oldest first."""
    rows = db.rows("SELECT * FROM link_round ORDER BY held_on")
    return [Round(row["id"], date.fromisoformat(row["held_on"]), row["version"]) for row in rows]


def list_links(db: EncryptedDatabase, round_id: int) -> list[Link]:
    """Every link of a round, with what each end says."""
    rows = db.rows("SELECT * FROM organisation_link WHERE round_id = ? ORDER BY first_id, second_id, id", (round_id,))
    said: dict[int, list[Declaration]] = {}
    for row in db.rows(
        "SELECT link_declaration.* FROM link_declaration JOIN organisation_link ON id = link_id WHERE round_id = ?"
        " ORDER BY declarer_id",
        (round_id,),
    ):
        said.setdefault(row["link_id"], []).append(_declaration(row))
    return [_link(row, tuple(said.get(row["id"], ()))) for row in rows]


def get_link(db: EncryptedDatabase, link_id: int) -> Link:
    """Raises NotFound."""
    row = db.row("SELECT * FROM organisation_link WHERE id = ?", (link_id,))
    if row is None:
        raise NotFound
    said = db.rows("SELECT * FROM link_declaration WHERE link_id = ? ORDER BY declarer_id", (link_id,))
    return _link(row, tuple(_declaration(each) for each in said))


def declare_link(
    db: EncryptedDatabase, actor: Actor, speaker: Speaker, new: NewLink, today: date, once: str = ""
) -> int:
    """What an organisation says of its link with another, in the last round; give the link's id.

    Raises NotAllowed for an organisation that the person does not speak for, Refused on a repetition or without a round.
    """
    check_ends(new.declarer_id, new.partner_id)
    check_speaks(speaker, [new.declarer_id])
    with write(db, actor, once) as log:
        rounds = list_rounds(db)
        if not rounds:
            raise Refused("Ouvrez d’abord un premier tour : les liens sont datés.")
        first, second = sorted((new.declarer_id, new.partner_id))
        link_id = db.value(
            "SELECT id FROM organisation_link WHERE round_id = ? AND first_id = ? AND second_id = ?"
            " AND coalesce(question_id, 0) = ?",
            (rounds[-1].id, first, second, new.question_id or 0),
        )
        if link_id is None:
            link_id = _insert_link(db, rounds[-1].id, first, second, new.question_id)
        _declare(db, log, get_link(db, link_id), new.declarer_id, new.kind, today)
    return int(link_id)


def confirm_link(db: EncryptedDatabase, actor: Actor, speaker: Speaker, link_id: int, today: date, once: str) -> None:
    """The ends that the person speaks for, and that have not said so yet, say that the link exists."""
    with write(db, actor, once) as log:
        link = _open_link(db, speaker, link_id)
        if not link.exists:
            raise Refused("Ce lien n’existe pas encore : dites plutôt qu’il est réalisé.")
        for end in sorted(link.ends - link.existing_by):
            if speaker.speaks_for(end):
                _say_exists(db, link, end, today)
        log.note(Deed.CHANGE, "organisation_link", link_id, ["existing"])


def make_link(db: EncryptedDatabase, actor: Actor, speaker: Speaker, link_id: int, today: date, once: str) -> None:
    """A link to create now exists: said by those who wished it, among the ends that the person speaks for."""
    with write(db, actor, once) as log:
        link = _open_link(db, speaker, link_id)
        if link.exists:
            raise Refused("Ce lien existe déjà.")
        voices = [end for end in sorted(link.ends) if speaker.speaks_for(end)]
        for end in [known for known in voices if known in link.declared_by] or voices[:1]:
            _say_exists(db, link, end, today)
        log.note(Deed.CHANGE, "organisation_link", link_id, ["made_on"])


def withdraw_link(db: EncryptedDatabase, actor: Actor, speaker: Speaker, link_id: int, once: str) -> None:
    """Take back what the ends that the person speaks for had said; a link of which nobody speaks disappears."""
    with write(db, actor, once) as log:
        link = _open_link(db, speaker, link_id)
        for end in link.declared_by:
            if speaker.speaks_for(end):
                db.execute("DELETE FROM link_declaration WHERE link_id = ? AND declarer_id = ?", (link_id, end))
        db.execute(
            "DELETE FROM organisation_link WHERE id = ? AND NOT EXISTS"
            " (SELECT 1 FROM link_declaration WHERE link_id = organisation_link.id)",
            (link_id,),
        )
        log.note(Deed.DELETE, "organisation_link", link_id)


def _open_link(db: EncryptedDatabase, speaker: Speaker, link_id: int) -> Link:
    link = get_link(db, link_id)
    check_open(list_rounds(db), link.round_id)
    check_speaks(speaker, link.ends)
    return link


def _declare(db: EncryptedDatabase, log: Log, link: Link, end: int, kind: LinkKind, today: date) -> None:
    known = next((each for each in link.declarations if each.declarer_id == end), None)
    check_again(known, kind)
    if known is None:
        _insert_declaration(db, link.id, Declaration(end, kind, today))
    else:
        _say_exists(db, link, end, today)
    log.note(Deed.CHANGE if known or link.declarations else Deed.CREATE, "organisation_link", link.id, [kind.value])


def _say_exists(db: EncryptedDatabase, link: Link, end: int, today: date) -> None:
    """A wish comes true on that day; without one, the end says that the link exists, or was made with its partner's."""
    day = today.isoformat()
    if end in link.declared_by:
        db.execute(
            "UPDATE link_declaration SET made_on = ? WHERE link_id = ? AND declarer_id = ? AND kind = 'to_create'",
            (day, link.id, end),
        )
        return
    was_wished = bool(link.declarations) and all(known.kind is LinkKind.TO_CREATE for known in link.declarations)
    kind = LinkKind.TO_CREATE if was_wished else LinkKind.EXISTING
    _insert_declaration(db, link.id, Declaration(end, kind, today, today if was_wished else None))


def _insert_link(db: EncryptedDatabase, round_id: int, first: int, second: int, question_id: int | None) -> int:
    return db.insert_row(
        "INSERT INTO organisation_link (round_id, first_id, second_id, question_id) VALUES (?, ?, ?, ?)",
        (round_id, first, second, question_id),
    )


def _insert_declaration(db: EncryptedDatabase, link_id: int, said: Declaration) -> None:
    db.execute(
        "INSERT INTO link_declaration (link_id, declarer_id, kind, declared_on, made_on) VALUES (?, ?, ?, ?, ?)",
        (link_id, said.declarer_id, said.kind.value, said.declared_on.isoformat(), _iso(said.made_on)),
    )


def _question(row: Row) -> KeyQuestion:
    return KeyQuestion(
        id=row["id"],
        words=row["words"],
        proposed_on=date.fromisoformat(row["proposed_on"]),
        validated_on=_day(row["validated_on"]),
        merged_into=row["merged_into"],
        merged_on=_day(row["merged_on"]),
        version=row["version"],
    )


def _link(row: Row, said: tuple[Declaration, ...]) -> Link:
    return Link(row["id"], row["round_id"], row["first_id"], row["second_id"], row["question_id"], said)


def _declaration(row: Row) -> Declaration:
    return Declaration(
        row["declarer_id"], LinkKind(row["kind"]), date.fromisoformat(row["declared_on"]), _day(row["made_on"])
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
