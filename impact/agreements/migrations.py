"""Texts, their versions, what is said of them, votes, signatures, decisions."""

from sqlite_utils import Database, Migrations

agreements = Migrations("impact.agreements")


@agreements(name="0001_texts_votes_and_decisions")
def texts_votes_and_decisions(db: Database) -> None:
    """An article is the same one from version to version; a paragraph is its words in one version.

    What was put to the vote no longer changes: triggers refuse it, whoever writes.
    """
    for statement in (*_TEXTS, *_VOTES, *_AFTER, *_FROZEN):
        db.execute(statement)


_TEXTS = (
    """CREATE TABLE agreement (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('charter', 'convention', 'protocol', 'rider')),
        title TEXT NOT NULL,
        amends_id INTEGER REFERENCES agreement (id),
        started_on TEXT NOT NULL,
        version INTEGER NOT NULL DEFAULT 1
    ) STRICT""",
    """CREATE TABLE edition (
        id INTEGER PRIMARY KEY,
        agreement_id INTEGER NOT NULL REFERENCES agreement (id),
        number INTEGER NOT NULL CHECK (number > 0),
        state TEXT NOT NULL CHECK (state IN ('draft', 'kept', 'voting', 'adopted', 'rejected')),
        started_on TEXT NOT NULL,
        settled_on TEXT,
        UNIQUE (agreement_id, number)
    ) STRICT""",
    "CREATE TABLE article (id INTEGER PRIMARY KEY, agreement_id INTEGER NOT NULL REFERENCES agreement (id)) STRICT",
    """CREATE TABLE paragraph (
        id INTEGER PRIMARY KEY,
        edition_id INTEGER NOT NULL REFERENCES edition (id),
        article_id INTEGER NOT NULL REFERENCES article (id),
        position INTEGER NOT NULL,
        heading TEXT NOT NULL,
        body TEXT NOT NULL,
        version INTEGER NOT NULL DEFAULT 1,
        UNIQUE (edition_id, article_id)
    ) STRICT""",
    """CREATE TABLE article_comment (
        id INTEGER PRIMARY KEY,
        article_id INTEGER NOT NULL REFERENCES article (id),
        member_id INTEGER REFERENCES member (id),
        said_on TEXT NOT NULL,
        body TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX article_comment_article ON article_comment (article_id)",
    """CREATE TABLE amendment (
        id INTEGER PRIMARY KEY,
        agreement_id INTEGER NOT NULL REFERENCES agreement (id),
        article_id INTEGER REFERENCES article (id),
        member_id INTEGER REFERENCES member (id),
        proposed_on TEXT NOT NULL,
        heading TEXT NOT NULL,
        body TEXT NOT NULL,
        reason TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'refused')),
        answer TEXT NOT NULL DEFAULT '',
        answered_on TEXT,
        CHECK ((state = 'open') = (answered_on IS NULL))
    ) STRICT""",
    "CREATE INDEX amendment_agreement ON amendment (agreement_id)",
)
_VOTES = (
    """CREATE TABLE ballot (
        id INTEGER PRIMARY KEY,
        edition_id INTEGER NOT NULL REFERENCES edition (id),
        rule TEXT NOT NULL CHECK (rule IN ('simple', 'two_thirds', 'unanimity')),
        quorum INTEGER NOT NULL CHECK (quorum > 0),
        electorate TEXT NOT NULL CHECK (electorate IN ('organisations', 'members')),
        abstention TEXT NOT NULL CHECK (abstention IN ('neutral', 'against', 'absent')),
        opens_on TEXT NOT NULL,
        closes_on TEXT NOT NULL,
        outcome TEXT CHECK (outcome IN ('adopted', 'rejected', 'no_quorum')),
        CHECK (closes_on >= opens_on)
    ) STRICT""",
    "CREATE INDEX ballot_edition ON ballot (edition_id)",
    """CREATE TABLE entitled (
        id INTEGER PRIMARY KEY,
        ballot_id INTEGER NOT NULL REFERENCES ballot (id),
        organisation_id INTEGER REFERENCES organisation (id),
        member_id INTEGER REFERENCES member (id),
        reminded_on TEXT,
        CHECK ((organisation_id IS NULL) <> (member_id IS NULL)),
        UNIQUE (ballot_id, organisation_id),
        UNIQUE (ballot_id, member_id)
    ) STRICT""",
    """CREATE TABLE vote (
        entitled_id INTEGER PRIMARY KEY REFERENCES entitled (id),
        choice TEXT NOT NULL CHECK (choice IN ('for', 'against', 'abstain')),
        explanation TEXT NOT NULL,
        cast_on TEXT NOT NULL,
        member_id INTEGER REFERENCES member (id)
    ) STRICT""",
)
_AFTER = (
    """CREATE TABLE signature (
        id INTEGER PRIMARY KEY,
        edition_id INTEGER NOT NULL REFERENCES edition (id),
        organisation_id INTEGER NOT NULL REFERENCES organisation (id),
        member_id INTEGER REFERENCES member (id),
        signed_on TEXT NOT NULL,
        text_sha256 TEXT NOT NULL,
        UNIQUE (edition_id, organisation_id)
    ) STRICT""",
    """CREATE TABLE sealed_text (
        edition_id INTEGER PRIMARY KEY REFERENCES edition (id),
        ordered_on TEXT NOT NULL,
        failure TEXT NOT NULL DEFAULT '',
        text_sha256 TEXT NOT NULL,
        sealed_at TEXT,
        pdf BLOB,
        pdf_sha256 TEXT,
        CHECK ((pdf IS NULL) = (pdf_sha256 IS NULL))
    ) STRICT""",
    """CREATE TABLE community_decision (
        id INTEGER PRIMARY KEY,
        decided_on TEXT NOT NULL,
        wording TEXT NOT NULL,
        decided_by TEXT NOT NULL,
        disagreement TEXT NOT NULL,
        disagreeing TEXT NOT NULL,
        would_settle TEXT NOT NULL,
        settled_on TEXT,
        version INTEGER NOT NULL DEFAULT 1
    ) STRICT""",
)
_STATE = "(SELECT state FROM edition WHERE id = {}.edition_id)"
_OUTCOME = "(SELECT outcome FROM ballot JOIN entitled ON ballot.id = ballot_id WHERE entitled.id = {}.entitled_id)"
_FROZEN = (
    *(
        f"""CREATE TRIGGER paragraph_frozen_{event.lower()} BEFORE {event} ON paragraph
        WHEN {_STATE.format(row)} <> 'draft'
        BEGIN SELECT RAISE(ABORT, 'this version is no longer a draft'); END"""
        for event, row in (("UPDATE", "OLD"), ("DELETE", "OLD"), ("INSERT", "NEW"))
    ),
    *(
        f"""CREATE TRIGGER vote_frozen_{event.lower()} BEFORE {event} ON vote
        WHEN {_OUTCOME.format(row)} IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'this vote is closed'); END"""
        for event, row in (("UPDATE", "OLD"), ("DELETE", "OLD"), ("INSERT", "NEW"))
    ),
    *(
        f"""CREATE TRIGGER sealed_text_frozen_{event.lower()} BEFORE {event} ON sealed_text
        WHEN OLD.pdf IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'this text is sealed'); END"""
        for event in ("UPDATE", "DELETE")
    ),
)
