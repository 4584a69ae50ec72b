"""Texts, their versions and articles, comments, amendments."""

from collections.abc import Sequence
from datetime import date

from impact.agreements.records import Agreement, Amendment, Comment, Edition, Paragraph
from impact.agreements.rules import (
    check_accepting,
    check_amending,
    check_answering,
    check_keeping,
    check_next,
    check_writing,
)
from impact.agreements.vocabulary import AmendmentState, EditionState, TextKind
from impact.audit import Actor, Deed, Log, write
from impact.communities.storage import member_names
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound, Refused

_GONE = "Cet article n’est plus dans le texte."


def add_agreement(db: EncryptedDatabase, actor: Actor, agreement: Agreement, once: str = "") -> int:
    """A text with its first, empty version; gives its id. Raises Refused for an amendment of nothing."""
    check_amending(agreement)
    with write(db, actor, once) as log:
        if agreement.amends_id is not None:
            get_agreement(db, agreement.amends_id)
        added = db.insert_row(
            "INSERT INTO agreement (kind, title, amends_id, started_on) VALUES (?, ?, ?, ?)",
            (agreement.kind.value, agreement.title, agreement.amends_id, agreement.started_on.isoformat()),
        )
        _add_edition(db, added, 1, agreement.started_on)
        log.note(Deed.CREATE, "agreement", added)
    return added


def change_agreement(db: EncryptedDatabase, actor: Actor, agreement: Agreement, once: str = "") -> None:
    """Title and changed text; raises Conflict when somebody saved them meanwhile, Refused once a version was voted."""
    with write(db, actor, once) as log:
        if any(
            edition.state not in (EditionState.DRAFT, EditionState.KEPT) for edition in list_editions(db, agreement.id)
        ):
            raise Refused("Une version de ce texte a été mise au vote sous ce titre : il ne change plus.", "title")
        changed = db.changed(
            "UPDATE agreement SET title = ?, version = version + 1 WHERE id = ? AND version = ?",
            (agreement.title, agreement.id, agreement.version),
        )
        if not changed:
            now = get_agreement(db, agreement.id)
            raise Conflict({"title": now.title}, now.version)
        log.note(Deed.CHANGE, "agreement", agreement.id, ["title"])


def get_agreement(db: EncryptedDatabase, agreement_id: int) -> Agreement:
    """Raises NotFound."""
    row = db.row("SELECT * FROM agreement WHERE id = ?", (agreement_id,))
    if row is None:
        raise NotFound
    return _agreement(row)


def list_agreements(db: EncryptedDatabase) -> list[Agreement]:
    """Charters first, then by age."""
    rows = db.rows("SELECT * FROM agreement ORDER BY kind <> 'charter', id")
    return [_agreement(row) for row in rows]


def list_editions(db: EncryptedDatabase, agreement_id: int) -> list[Edition]:
    """By rising number."""
    rows = db.rows("SELECT * FROM edition WHERE agreement_id = ? ORDER BY number", (agreement_id,))
    return [_edition(row) for row in rows]


def latest_edition(db: EncryptedDatabase, agreement_id: int) -> Edition:
    """The version being worked on; raises NotFound when there is no such text."""
    editions = list_editions(db, agreement_id)
    if not editions:
        raise NotFound
    return editions[-1]


def get_edition(db: EncryptedDatabase, agreement_id: int, number: int) -> Edition:
    """By number within its text; raises NotFound."""
    row = db.row("SELECT * FROM edition WHERE agreement_id = ? AND number = ?", (agreement_id, number))
    if row is None:
        raise NotFound
    return _edition(row)


def edition_by_id(db: EncryptedDatabase, edition_id: int) -> Edition:
    """Raises NotFound."""
    row = db.row("SELECT * FROM edition WHERE id = ?", (edition_id,))
    if row is None:
        raise NotFound
    return _edition(row)


def list_paragraphs(db: EncryptedDatabase, edition_id: int) -> list[Paragraph]:
    """In reading order."""
    rows = db.rows("SELECT * FROM paragraph WHERE edition_id = ? ORDER BY position, id", (edition_id,))
    return [_paragraph(row) for row in rows]


def get_paragraph(db: EncryptedDatabase, edition_id: int, article_id: int) -> Paragraph:
    """The words of an article in one version; raises NotFound."""
    row = db.row("SELECT * FROM paragraph WHERE edition_id = ? AND article_id = ?", (edition_id, article_id))
    if row is None:
        raise NotFound(_GONE)
    return _paragraph(row)


def add_paragraph(
    db: EncryptedDatabase, actor: Actor, agreement_id: int, heading: str, body: str, once: str = ""
) -> int:
    """A new article at the end of the draft; gives the article's id."""
    with write(db, actor, once) as log:
        edition = latest_edition(db, agreement_id)
        check_writing(edition)
        return _insert_article(db, log, edition, heading, body)


def change_paragraph(
    db: EncryptedDatabase, actor: Actor, agreement_id: int, paragraph: Paragraph, once: str = ""
) -> None:
    """Other words in the draft; raises Conflict when somebody saved the article meanwhile."""
    with write(db, actor, once) as log:
        edition = latest_edition(db, agreement_id)
        check_writing(edition)
        _set_words(db, edition, paragraph)
        log.note(Deed.CHANGE, "article", paragraph.article_id, ["heading", "body"])


def remove_paragraph(db: EncryptedDatabase, actor: Actor, agreement_id: int, article_id: int, once: str = "") -> None:
    """Out of the draft; earlier versions keep it. Raises NotFound."""
    with write(db, actor, once) as log:
        edition = latest_edition(db, agreement_id)
        check_writing(edition)
        get_paragraph(db, edition.id, article_id)
        db.execute("DELETE FROM paragraph WHERE edition_id = ? AND article_id = ?", (edition.id, article_id))
        log.note(Deed.DELETE, "article", article_id)


def move_paragraph(
    db: EncryptedDatabase, actor: Actor, agreement_id: int, article_id: int, step: int, once: str = ""
) -> None:
    """One place up (-1) or down (+1) in the draft; the first and the last stay where they are."""
    with write(db, actor, once) as log:
        edition = latest_edition(db, agreement_id)
        check_writing(edition)
        order = [paragraph.article_id for paragraph in list_paragraphs(db, edition.id)]
        if article_id not in order:
            raise NotFound(_GONE)
        place = order.index(article_id)
        order.insert(min(max(place + step, 0), len(order) - 1), order.pop(place))
        for position, moved in enumerate(order, start=1):
            db.execute(
                "UPDATE paragraph SET position = ? WHERE edition_id = ? AND article_id = ?",
                (position, edition.id, moved),
            )
        log.note(Deed.CHANGE, "article", article_id, ["position"])


def keep_edition(db: EncryptedDatabase, actor: Actor, agreement_id: int, today: date, once: str = "") -> int:
    """Number the draft and start the next one with the same words; gives the new number."""
    with write(db, actor, once) as log:
        editions = list_editions(db, agreement_id)
        if not editions:
            raise NotFound
        latest = editions[-1]
        before = list_paragraphs(db, editions[-2].id) if len(editions) > 1 else []
        check_keeping(latest, before, list_paragraphs(db, latest.id))
        set_edition_state(db, latest.id, EditionState.KEPT, today)
        return _start_next(db, log, latest, today)


def start_edition(db: EncryptedDatabase, actor: Actor, agreement_id: int, today: date, once: str = "") -> int:
    """A new draft after a version that was kept or voted; gives its number."""
    with write(db, actor, once) as log:
        latest = latest_edition(db, agreement_id)
        check_next(latest)
        return _start_next(db, log, latest, today)


def set_edition_state(db: EncryptedDatabase, edition_id: int, state: EditionState, day: date | None) -> None:
    """Belongs inside a `write`."""
    settled = day.isoformat() if day else None
    db.execute("UPDATE edition SET state = ?, settled_on = ? WHERE id = ?", (state.value, settled, edition_id))


def add_comment(
    db: EncryptedDatabase, actor: Actor, agreement_id: int, article_id: int, body: str, today: date, once: str = ""
) -> int:
    """Something said about an article, in the name of the person who acts."""
    with write(db, actor, once) as log:
        check_article(db, agreement_id, article_id)
        added = db.insert_row(
            "INSERT INTO article_comment (article_id, member_id, said_on, body) VALUES (?, ?, ?, ?)",
            (article_id, actor.member_id, today.isoformat(), body),
        )
        log.note(Deed.CREATE, "article_comment", added)
    return added


def list_comments(db: EncryptedDatabase, agreement_id: int, article_id: int | None = None) -> list[Comment]:
    """The oldest first; of every article when `article_id` is None."""
    rows = db.rows(
        "SELECT article_comment.* FROM article_comment JOIN article ON article.id = article_id"
        " WHERE agreement_id = :text AND (:article IS NULL OR article_id = :article) ORDER BY article_comment.id",
        {"text": agreement_id, "article": article_id},
    )
    names = member_names(db, [row["member_id"] for row in rows])
    return [
        Comment(row["id"], row["article_id"], names.get(row["member_id"], ""), _day(row["said_on"]), row["body"])
        for row in rows
    ]


def add_amendment(db: EncryptedDatabase, actor: Actor, amendment: Amendment, once: str = "") -> int:
    """Other words proposed for an article, or a new article; gives the id."""
    with write(db, actor, once) as log:
        get_agreement(db, amendment.agreement_id)
        if amendment.article_id is not None:
            latest = latest_edition(db, amendment.agreement_id)
            now = get_paragraph(db, latest.id, amendment.article_id)
            if (now.heading, now.body) == (amendment.heading, amendment.body):
                raise Refused("C’est mot pour mot le texte actuel : changez ce que vous voulez changer.", "body")
        added = db.insert_row(
            "INSERT INTO amendment (agreement_id, article_id, member_id, proposed_on, heading, body, reason)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                amendment.agreement_id,
                amendment.article_id,
                actor.member_id,
                amendment.proposed_on.isoformat(),
                amendment.heading,
                amendment.body,
                amendment.reason,
            ),
        )
        log.note(Deed.CREATE, "amendment", added)
    return added


def get_amendment(db: EncryptedDatabase, agreement_id: int, amendment_id: int) -> Amendment:
    """Raises NotFound."""
    for amendment in list_amendments(db, agreement_id):
        if amendment.id == amendment_id:
            return amendment
    raise NotFound


def list_amendments(db: EncryptedDatabase, agreement_id: int | None = None) -> list[Amendment]:
    """The oldest first; of every text when `agreement_id` is None."""
    rows = db.rows(
        "SELECT * FROM amendment WHERE :text IS NULL OR agreement_id = :text ORDER BY id", {"text": agreement_id}
    )
    names = member_names(db, [row["member_id"] for row in rows])
    return [_amendment(row, names.get(row["member_id"], "")) for row in rows]


def accept_amendment(
    db: EncryptedDatabase,
    actor: Actor,
    amendment: Amendment,
    answer: str,
    version: int,
    today: date,
    once: str = "",
) -> None:
    """Its words enter the draft; raises Conflict when the article changed since `version` was read."""
    with write(db, actor, once) as log:
        now = get_amendment(db, amendment.agreement_id, amendment.id)
        edition = latest_edition(db, now.agreement_id)
        check_accepting(now, edition, list_paragraphs(db, edition.id))
        if now.article_id is None:
            article_id = _insert_article(db, log, edition, now.heading, now.body)
            db.execute("UPDATE amendment SET article_id = ? WHERE id = ?", (article_id, now.id))
        else:
            _set_words(db, edition, Paragraph(now.article_id, 0, now.heading, now.body, version))
        _answer(db, log, now.id, AmendmentState.ACCEPTED, answer, today)


def refuse_amendment(
    db: EncryptedDatabase, actor: Actor, amendment: Amendment, answer: str, today: date, once: str = ""
) -> None:
    """It stays readable, with the reason."""
    with write(db, actor, once) as log:
        check_answering(get_amendment(db, amendment.agreement_id, amendment.id))
        _answer(db, log, amendment.id, AmendmentState.REFUSED, answer, today)


def check_article(db: EncryptedDatabase, agreement_id: int, article_id: int) -> None:
    """Raises NotFound when the article is not of this text."""
    if not db.value("SELECT 1 FROM article WHERE id = ? AND agreement_id = ?", (article_id, agreement_id)):
        raise NotFound


def paragraphs_by_edition(
    db: EncryptedDatabase, editions: Sequence[Edition]
) -> list[tuple[Edition, Sequence[Paragraph]]]:
    """Each version with its words."""
    return [(edition, list_paragraphs(db, edition.id)) for edition in editions]


def _add_edition(db: EncryptedDatabase, agreement_id: int, number: int, day: date) -> int:
    return db.insert_row(
        "INSERT INTO edition (agreement_id, number, state, started_on) VALUES (?, ?, 'draft', ?)",
        (agreement_id, number, day.isoformat()),
    )


def _start_next(db: EncryptedDatabase, log: Log, latest: Edition, today: date) -> int:
    added = _add_edition(db, latest.agreement_id, latest.number + 1, today)
    db.execute(
        "INSERT INTO paragraph (edition_id, article_id, position, heading, body)"
        " SELECT ?, article_id, position, heading, body FROM paragraph WHERE edition_id = ? ORDER BY position, id",
        (added, latest.id),
    )
    log.note(Deed.CREATE, "edition", added)
    return latest.number + 1


def _insert_article(db: EncryptedDatabase, log: Log, edition: Edition, heading: str, body: str) -> int:
    article_id = db.insert_row("INSERT INTO article (agreement_id) VALUES (?)", (edition.agreement_id,))
    db.execute(
        "INSERT INTO paragraph (edition_id, article_id, position, heading, body)"
        " SELECT ?, ?, coalesce(max(position), 0) + 1, ?, ? FROM paragraph WHERE edition_id = ?",
        (edition.id, article_id, heading, body, edition.id),
    )
    log.note(Deed.CREATE, "article", article_id)
    return article_id


def _set_words(db: EncryptedDatabase, edition: Edition, paragraph: Paragraph) -> None:
    changed = db.changed(
        "UPDATE paragraph SET heading = ?, body = ?, version = version + 1"
        " WHERE edition_id = ? AND article_id = ? AND version = ?",
        (paragraph.heading, paragraph.body, edition.id, paragraph.article_id, paragraph.version),
    )
    if not changed:
        now = get_paragraph(db, edition.id, paragraph.article_id)
        raise Conflict({"heading": now.heading, "body": now.body}, now.version)


def _answer(
    db: EncryptedDatabase, log: Log, amendment_id: int, state: AmendmentState, answer: str, today: date
) -> None:
    db.execute(
        "UPDATE amendment SET state = ?, answer = ?, answered_on = ? WHERE id = ?",
        (state.value, answer, today.isoformat(), amendment_id),
    )
    log.note(Deed.CHANGE, "amendment", amendment_id, ["state", "answer"])


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _agreement(row: Row) -> Agreement:
    return Agreement(
        row["id"], TextKind(row["kind"]), row["title"], row["amends_id"], _day(row["started_on"]), row["version"]
    )


def _edition(row: Row) -> Edition:
    return Edition(
        id=row["id"],
        agreement_id=row["agreement_id"],
        number=row["number"],
        state=EditionState(row["state"]),
        started_on=_day(row["started_on"]),
        settled_on=_day(row["settled_on"]) if row["settled_on"] else None,
    )


def _paragraph(row: Row) -> Paragraph:
    return Paragraph(row["article_id"], row["position"], row["heading"], row["body"], row["version"])


def _amendment(row: Row, author: str) -> Amendment:
    return Amendment(
        id=row["id"],
        agreement_id=row["agreement_id"],
        article_id=row["article_id"],
        author=author,
        proposed_on=_day(row["proposed_on"]),
        heading=row["heading"],
        body=row["body"],
        reason=row["reason"],
        state=AmendmentState(row["state"]),
        answer=row["answer"],
        answered_on=_day(row["answered_on"]) if row["answered_on"] else None,
    )
