"""Votes: declared, cast, settled; signatures and sealed texts."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime

from impact.agreements.records import Ballot, Edition, Entitled, Result, Seal, Signature, Terms
from impact.agreements.rules import check_binding, check_signing, check_voting, fingerprint
from impact.agreements.storage import (
    edition_by_id,
    get_agreement,
    latest_edition,
    list_paragraphs,
    set_edition_state,
)
from impact.agreements.vocabulary import Abstention, Choice, EditionState, Electorate, Outcome, VotingRule
from impact.agreements.vote_rules import (
    check_open,
    check_settling,
    check_terms,
    check_voter,
    check_withdrawing,
    is_over,
    result,
    tally,
)
from impact.audit import Actor, Deed, write
from impact.communities.storage import member_names
from impact.db import EncryptedDatabase, IntegrityError, Row
from impact.exceptions import NotFound, Refused
from impact.wording import sort_key

_AFTER = {
    Outcome.ADOPTED: EditionState.ADOPTED,
    Outcome.REJECTED: EditionState.REJECTED,
    Outcome.NO_QUORUM: EditionState.KEPT,
}


def declare_ballot(
    db: EncryptedDatabase, actor: Actor, agreement_id: int, terms: Terms, today: date, once: str = ""
) -> int:
    """Put the latest version to the vote on these terms, list of the entitled included; gives the id."""
    with write(db, actor, once) as log:
        edition = latest_edition(db, agreement_id)
        check_voting(edition, list_paragraphs(db, edition.id))
        check_terms(terms, today)
        added = db.insert_row(
            "INSERT INTO ballot (edition_id, rule, quorum, electorate, abstention, opens_on, closes_on)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                edition.id,
                terms.rule.value,
                terms.quorum,
                terms.electorate.value,
                terms.abstention.value,
                terms.opens_on.isoformat(),
                terms.closes_on.isoformat(),
            ),
        )
        _add_entitled(db, added, terms)
        set_edition_state(db, edition.id, EditionState.VOTING, None)
        log.note(Deed.CREATE, "ballot", added)
    return added


def withdraw_ballot(db: EncryptedDatabase, actor: Actor, ballot_id: int, today: date, once: str = "") -> None:
    """Before it opens: the version is what it was; raises Refused afterwards."""
    with write(db, actor, once) as log:
        ballot = get_ballot(db, ballot_id)
        check_withdrawing(ballot, today)
        db.execute("DELETE FROM entitled WHERE ballot_id = ?", (ballot_id,))
        db.execute("DELETE FROM ballot WHERE id = ?", (ballot_id,))
        voted = db.value("SELECT max(closes_on) FROM ballot WHERE edition_id = ?", (ballot.edition_id,))
        state = EditionState.KEPT if voted else EditionState.DRAFT
        set_edition_state(db, ballot.edition_id, state, _day(voted) if voted else None)
        log.note(Deed.DELETE, "ballot", ballot_id)


def get_ballot(db: EncryptedDatabase, ballot_id: int) -> Ballot:
    """Raises NotFound."""
    row = db.row("SELECT * FROM ballot WHERE id = ?", (ballot_id,))
    if row is None:
        raise NotFound
    return _ballot(db, row)


def list_ballots(db: EncryptedDatabase, agreement_id: int | None = None) -> list[Ballot]:
    """The latest first; of every text when `agreement_id` is None."""
    rows = db.rows(
        "SELECT ballot.* FROM ballot JOIN edition ON edition.id = edition_id"
        " WHERE :text IS NULL OR agreement_id = :text ORDER BY ballot.id DESC",
        {"text": agreement_id},
    )
    return [_ballot(db, row) for row in rows]


def list_entitled(db: EncryptedDatabase, ballot: Ballot, today: date) -> list[Entitled]:
    """By name; the direction of the votes is read only when the vote is over."""
    rows = db.rows(
        "SELECT entitled.*, organisation.name AS organisation, choice, explanation, cast_on,"
        " EXISTS (SELECT 1 FROM member WHERE account_ref IS NOT NULL AND left_on IS NULL AND"
        " (member.id = entitled.member_id OR member.organisation_id = entitled.organisation_id)) AS reachable"
        " FROM entitled LEFT JOIN organisation ON organisation.id = organisation_id"
        " LEFT JOIN vote ON entitled_id = entitled.id WHERE ballot_id = ?",
        (ballot.id,),
    )
    names = member_names(db, [row["member_id"] for row in rows])
    found = [_entitled(row, names, shown=is_over(ballot, today)) for row in rows]
    return sorted(found, key=lambda voter: sort_key(voter.name))


def own_vote(db: EncryptedDatabase, entitled_id: int) -> tuple[Choice, str] | None:
    """The vote given with one's own voice, to be shown to nobody else while the vote is open."""
    row = db.row("SELECT choice, explanation FROM vote WHERE entitled_id = ?", (entitled_id,))
    return (Choice(row["choice"]), row["explanation"]) if row else None


def cast_vote(
    db: EncryptedDatabase,
    actor: Actor,
    entitled_id: int,
    choice: Choice,
    explanation: str,
    today: date,
    once: str = "",
    runs: bool = False,
) -> None:
    """Give or change a vote; raises Refused outside the window, NotAllowed for another's voice."""
    with write(db, actor, once) as log:
        ballot, voter = _voice(db, entitled_id, today)
        check_open(ballot, today)
        check_voter(voter, actor.member_id, _organisation_of(db, actor), runs)
        db.execute(
            "INSERT INTO vote (entitled_id, choice, explanation, cast_on, member_id) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (entitled_id) DO UPDATE SET choice = excluded.choice, explanation = excluded.explanation,"
            " cast_on = excluded.cast_on, member_id = excluded.member_id",
            (entitled_id, choice.value, explanation, today.isoformat(), actor.member_id),
        )
        log.note(Deed.CHANGE, "ballot", ballot.id, ["vote"])


def remind(db: EncryptedDatabase, actor: Actor, ballot_id: int, today: date, once: str = "") -> int:
    """Note that everybody who did not vote was reminded today; gives how many. Raises Refused outside the window."""
    with write(db, actor, once) as log:
        check_open(get_ballot(db, ballot_id), today)
        count = db.changed(
            "UPDATE entitled SET reminded_on = ? WHERE ballot_id = ?"
            " AND NOT EXISTS (SELECT 1 FROM vote WHERE entitled_id = entitled.id)",
            (today.isoformat(), ballot_id),
        )
        log.note(Deed.CHANGE, "ballot", ballot_id, ["reminded_on"])
    return count


def ballot_result(db: EncryptedDatabase, ballot: Ballot) -> Result:
    """What the votes received decide; to be shown only when the vote is over."""
    rows = db.rows(
        "SELECT choice FROM entitled LEFT JOIN vote ON entitled_id = entitled.id WHERE ballot_id = ?", (ballot.id,)
    )
    choices = [Choice(row["choice"]) for row in rows if row["choice"]]
    return result(ballot.terms, tally(choices, len(rows)))


def settle_ballot(db: EncryptedDatabase, actor: Actor, ballot_id: int, today: date, once: str = "") -> Outcome:
    """Record the result after the last day: the version is adopted, rejected, or kept for another vote."""
    with write(db, actor, once) as log:
        ballot = get_ballot(db, ballot_id)
        check_settling(ballot, today)
        outcome = ballot_result(db, ballot).outcome
        db.execute("UPDATE ballot SET outcome = ? WHERE id = ?", (outcome.value, ballot_id))
        set_edition_state(db, ballot.edition_id, _AFTER[outcome], ballot.terms.closes_on)
        log.note(Deed.CHANGE, "ballot", ballot_id, ["outcome"])
    return outcome


def sign(
    db: EncryptedDatabase,
    actor: Actor,
    edition_id: int,
    organisation_id: int,
    member_id: int | None,
    day: date,
    once: str = "",
) -> None:
    """An organisation's signature on an adopted version, tied to its words; raises Refused on a second or early one."""
    try:
        with write(db, actor, once) as log:
            edition = edition_by_id(db, edition_id)
            check_signing(edition, day)
            added = db.insert_row(
                "INSERT INTO signature (edition_id, organisation_id, member_id, signed_on, text_sha256)"
                " VALUES (?, ?, ?, ?, ?)",
                (edition_id, organisation_id, member_id, day.isoformat(), text_sha256(db, edition)),
            )
            log.note(Deed.CREATE, "signature", added)
    except IntegrityError:
        raise Refused("Cette structure a déjà signé cette version.", "organisation_id") from None


def list_signatures(db: EncryptedDatabase, edition_id: int) -> list[Signature]:
    """By name of the organisation."""
    rows = db.rows(
        "SELECT signature.*, name FROM signature JOIN organisation ON organisation.id = organisation_id"
        " WHERE edition_id = ?",
        (edition_id,),
    )
    names = member_names(db, [row["member_id"] for row in rows])
    found = [
        Signature(row["organisation_id"], row["name"], names.get(row["member_id"], ""), _day(row["signed_on"]))
        for row in rows
    ]
    return sorted(found, key=lambda signature: sort_key(signature.organisation))


def text_sha256(db: EncryptedDatabase, edition: Edition) -> str:
    """The fingerprint of a version's words."""
    return fingerprint(get_agreement(db, edition.agreement_id), edition, list_paragraphs(db, edition.id))


def order_seal(db: EncryptedDatabase, actor: Actor, edition_id: int, today: date, once: str = "") -> None:
    """Ask for the sealed PDF of an adopted version; raises Refused when it is already sealed."""
    with write(db, actor, once) as log:
        edition = edition_by_id(db, edition_id)
        check_binding(edition)
        known = find_seal(db, edition_id)
        if known and known.is_done:
            raise Refused("Cette version est déjà scellée : son PDF ne change plus.")
        db.execute(
            "INSERT INTO sealed_text (edition_id, ordered_on, text_sha256) VALUES (?, ?, ?)"
            " ON CONFLICT (edition_id) DO UPDATE SET failure = '', ordered_on = excluded.ordered_on",
            (edition_id, today.isoformat(), text_sha256(db, edition)),
        )
        log.note(Deed.PRINT, "edition", edition_id)


def store_seal(db: EncryptedDatabase, actor: Actor, edition_id: int, pdf: bytes, digest: str) -> None:
    """Freeze the PDF."""
    with write(db, actor) as log:
        db.execute(
            "UPDATE sealed_text SET pdf = ?, pdf_sha256 = ?, sealed_at = ?, failure = '' WHERE edition_id = ?",
            (pdf, digest, datetime.now(UTC).isoformat(timespec="seconds"), edition_id),
        )
        log.note(Deed.CREATE, "sealed_text", edition_id)


def fail_seal(db: EncryptedDatabase, actor: Actor, edition_id: int, reason: str) -> None:
    """The PDF could not be printed: say why, and let it be asked again."""
    with write(db, actor) as log:
        db.execute("UPDATE sealed_text SET failure = ? WHERE edition_id = ?", (reason, edition_id))
        log.note(Deed.CHANGE, "sealed_text", edition_id, ["failure"])


def find_seal(db: EncryptedDatabase, edition_id: int) -> Seal | None:
    """What is sealed, or being so."""
    row = db.row("SELECT * FROM sealed_text WHERE edition_id = ?", (edition_id,))
    if row is None:
        return None
    sealed_at = datetime.fromisoformat(row["sealed_at"]) if row["sealed_at"] else None
    return Seal(edition_id, row["text_sha256"], row["pdf_sha256"] or "", sealed_at, row["failure"])


def sealed_pdf(db: EncryptedDatabase, edition_id: int) -> bytes:
    """The frozen PDF; raises NotFound."""
    pdf = db.value("SELECT pdf FROM sealed_text WHERE edition_id = ?", (edition_id,))
    if pdf is None:
        raise NotFound
    return bytes(pdf)


def unsealed_ids(db: EncryptedDatabase) -> list[int]:
    """Versions whose PDF was asked for and is not done."""
    rows = db.rows("SELECT edition_id FROM sealed_text WHERE pdf IS NULL AND failure = ''")
    return [row["edition_id"] for row in rows]


def _voice(db: EncryptedDatabase, entitled_id: int, today: date) -> tuple[Ballot, Entitled]:
    ballot_id = db.value("SELECT ballot_id FROM entitled WHERE id = ?", (entitled_id,))
    if ballot_id is None:
        raise NotFound
    ballot = get_ballot(db, ballot_id)
    return ballot, next(voter for voter in list_entitled(db, ballot, today) if voter.id == entitled_id)


def organisation_of(db: EncryptedDatabase, member_id: int | None) -> int | None:
    """The organisation of a person of the directory."""
    found = db.value("SELECT organisation_id FROM member WHERE id = ?", (member_id,))
    return None if found is None else int(found)


def _organisation_of(db: EncryptedDatabase, actor: Actor) -> int | None:
    return organisation_of(db, actor.member_id)


def _add_entitled(db: EncryptedDatabase, ballot_id: int, terms: Terms) -> None:
    wanted = sorted(set(terms.entitled))
    if terms.electorate is Electorate.ORGANISATIONS:
        known = "SELECT count(*) FROM organisation WHERE id IN (SELECT value FROM json_each(?))"
        added = "INSERT INTO entitled (ballot_id, organisation_id) VALUES (?, ?)"
    else:
        known = "SELECT count(*) FROM member WHERE left_on IS NULL AND id IN (SELECT value FROM json_each(?))"
        added = "INSERT INTO entitled (ballot_id, member_id) VALUES (?, ?)"
    if db.value(known, (json.dumps(wanted),)) != len(wanted):
        raise Refused("Un votant coché n’est plus de cette communauté : rechargez la page.", terms.electorate.value)
    for each in wanted:
        db.execute(added, (ballot_id, each))


def _listed(db: EncryptedDatabase, ballot_id: int) -> Sequence[int]:
    rows = db.rows(
        "SELECT coalesce(organisation_id, member_id) AS id FROM entitled WHERE ballot_id = ? ORDER BY id", (ballot_id,)
    )
    return tuple(row["id"] for row in rows)


def _ballot(db: EncryptedDatabase, row: Row) -> Ballot:
    terms = Terms(
        rule=VotingRule(row["rule"]),
        quorum=row["quorum"],
        electorate=Electorate(row["electorate"]),
        abstention=Abstention(row["abstention"]),
        opens_on=_day(row["opens_on"]),
        closes_on=_day(row["closes_on"]),
        entitled=_listed(db, row["id"]),
    )
    return Ballot(row["id"], row["edition_id"], terms, Outcome(row["outcome"]) if row["outcome"] else None)


def _entitled(row: Row, names: dict[int, str], shown: bool) -> Entitled:
    return Entitled(
        id=row["id"],
        ballot_id=row["ballot_id"],
        organisation_id=row["organisation_id"],
        member_id=row["member_id"],
        name=row["organisation"] or names.get(row["member_id"], ""),
        reminded_on=_day(row["reminded_on"]) if row["reminded_on"] else None,
        cast_on=_day(row["cast_on"]) if row["cast_on"] else None,
        reachable=bool(row["reachable"]),
        choice=Choice(row["choice"]) if shown and row["choice"] else None,
        explanation=(row["explanation"] or "") if shown else "",
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)
