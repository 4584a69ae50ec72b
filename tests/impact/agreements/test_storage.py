"""Texts, votes, signatures and decisions in a real file."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest

from impact.agreements import sealed_pdf, storage, vote_storage
from impact.agreements.decision_storage import add_decision, change_decision, get_decision, list_decisions
from impact.agreements.records import Agreement, Amendment, Decision, Paragraph, Terms
from impact.agreements.todos import agreement_todos
from impact.agreements.vocabulary import (
    Abstention,
    AmendmentState,
    Choice,
    EditionState,
    Electorate,
    Outcome,
    TextKind,
    VotingRule,
)
from impact.audit import SYSTEM, Actor
from impact.communities.storage import add_organisation, list_members
from impact.db import EncryptedDatabase, IntegrityError
from impact.demo import PRE
from impact.exceptions import Conflict, NotAllowed, NotFound, Refused, Repeated
from impact.instance import Instance
from impact.navigation import Urgency
from impact.vocabulary import OrganisationKind

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


@pytest.fixture
def charter(db: EncryptedDatabase, amina: Actor) -> int:
    return storage.add_agreement(db, amina, Agreement(0, TextKind.CHARTER, "Charte", None, TODAY))


@pytest.fixture
def article(db: EncryptedDatabase, amina: Actor, charter: int) -> int:
    return storage.add_paragraph(db, amina, charter, "Décider", "Le silence vaut accord.")


def words(db: EncryptedDatabase, charter: int) -> list[str]:
    return [each.body for each in storage.list_paragraphs(db, storage.latest_edition(db, charter).id)]


def terms(db: EncryptedDatabase, **changes: object) -> Terms:
    voices = tuple(member.id for member in list_members(db))
    made = Terms(VotingRule.SIMPLE, 2, Electorate.MEMBERS, Abstention.NEUTRAL, TODAY, TODAY + 10 * DAY, voices)
    return replace(made, **changes)  # type: ignore[arg-type]


def cast(db: EncryptedDatabase, ballot_id: int, *choices: Choice, day: date = TODAY) -> None:
    voters = vote_storage.list_entitled(db, vote_storage.get_ballot(db, ballot_id), day)
    for voter, choice in zip(voters, choices, strict=False):
        vote_storage.cast_vote(db, Actor("ref", "member", voter.member_id), voter.id, choice, "mot secret", day)


def test_a_text_begins_with_an_empty_draft(db: EncryptedDatabase, amina: Actor) -> None:
    text = Agreement(0, TextKind.CONVENTION, "Convention", None, TODAY)
    added = storage.add_agreement(db, amina, text, "clé")
    with pytest.raises(Repeated):
        storage.add_agreement(db, amina, text, "clé")
    assert [each.id for each in storage.list_agreements(db)] == [added]
    assert storage.latest_edition(db, added).state is EditionState.DRAFT
    with pytest.raises(NotFound):
        storage.add_agreement(db, amina, replace(text, amends_id=99))


def test_two_editors_of_an_article_meet(db: EncryptedDatabase, amina: Actor, charter: int, article: int) -> None:
    storage.change_paragraph(db, amina, charter, Paragraph(article, 0, "Décider", "Premier.", 1))
    with pytest.raises(Conflict) as conflict:
        storage.change_paragraph(db, amina, charter, Paragraph(article, 0, "Décider", "Second.", 1))
    assert conflict.value.stored == {"heading": "Décider", "body": "Premier."}
    assert words(db, charter) == ["Premier."]


def test_articles_are_moved_and_removed(db: EncryptedDatabase, amina: Actor, charter: int, article: int) -> None:
    second, third = (storage.add_paragraph(db, amina, charter, name, name) for name in ("deux", "trois"))
    storage.move_paragraph(db, amina, charter, third, -1)
    storage.move_paragraph(db, amina, charter, article, -1)
    assert words(db, charter) == ["Le silence vaut accord.", "trois", "deux"]
    storage.remove_paragraph(db, amina, charter, second)
    assert words(db, charter) == ["Le silence vaut accord.", "trois"]
    with pytest.raises(NotFound):
        storage.move_paragraph(db, amina, charter, second, 1)


def test_a_numbered_version_no_longer_changes(db: EncryptedDatabase, amina: Actor, charter: int, article: int) -> None:
    assert storage.keep_edition(db, amina, charter, TODAY) == 2
    with pytest.raises(Refused, match="Aucun mot"):
        storage.keep_edition(db, amina, charter, TODAY)
    storage.change_paragraph(db, amina, charter, Paragraph(article, 0, "Décider", "Le silence ne vaut rien.", 1))
    first, second = storage.list_editions(db, charter)
    assert [each.body for each in storage.list_paragraphs(db, first.id)] == ["Le silence vaut accord."]
    assert [each.body for each in storage.list_paragraphs(db, second.id)] == ["Le silence ne vaut rien."]
    for statement in (
        "UPDATE paragraph SET body = '' WHERE edition_id = 1",
        "DELETE FROM paragraph WHERE edition_id = 1",
    ):
        with pytest.raises(IntegrityError, match="no longer a draft"):
            db.execute(statement)


def test_an_accepted_amendment_enters_the_draft(
    db: EncryptedDatabase, amina: Actor, charter: int, article: int
) -> None:
    made = Amendment(0, charter, article, "", TODAY, "Décider", "Le silence ne vaut rien.", "Parce que")
    added = storage.add_amendment(db, amina, made)
    amendment = storage.get_amendment(db, charter, added)
    assert (amendment.author, amendment.is_open) == ("Amina Vertefeuille", True)
    storage.accept_amendment(db, amina, amendment, "Juste", 1, TODAY)
    assert words(db, charter) == ["Le silence ne vaut rien."]
    assert storage.get_amendment(db, charter, added).state is AmendmentState.ACCEPTED
    with pytest.raises(Refused, match="déjà reçu"):
        storage.refuse_amendment(db, amina, amendment, "Non", TODAY)
    with pytest.raises(Refused, match="mot pour mot"):
        storage.add_amendment(db, amina, made)


def test_an_amendment_to_changed_words_is_read_again(
    db: EncryptedDatabase, amina: Actor, charter: int, article: int
) -> None:
    made = Amendment(0, charter, article, "", TODAY, "Décider", "Autre.", "Parce que")
    amendment = storage.get_amendment(db, charter, storage.add_amendment(db, amina, made))
    storage.change_paragraph(db, amina, charter, Paragraph(article, 0, "Décider", "Entre-temps.", 1))
    with pytest.raises(Conflict):
        storage.accept_amendment(db, amina, amendment, "Juste", 1, TODAY)
    assert words(db, charter) == ["Entre-temps."]
    assert storage.get_amendment(db, charter, amendment.id).is_open
    storage.refuse_amendment(db, amina, amendment, "Déjà dit", TODAY)
    assert storage.get_amendment(db, charter, amendment.id).answer == "Déjà dit"


def test_a_new_article_may_be_proposed_and_an_absent_one_not(
    db: EncryptedDatabase, amina: Actor, charter: int, article: int
) -> None:
    made = Amendment(0, charter, None, "", TODAY, "Regarder", "Une fois par an.", "Parce que")
    amendment = storage.get_amendment(db, charter, storage.add_amendment(db, amina, made))
    storage.accept_amendment(db, amina, amendment, "Juste", 1, TODAY)
    assert words(db, charter) == ["Le silence vaut accord.", "Une fois par an."]
    with pytest.raises(NotFound):
        storage.add_amendment(db, amina, replace(made, article_id=99))
    with pytest.raises(NotFound):
        storage.add_comment(db, amina, charter, 99, "Rien", TODAY)


def test_an_empty_text_is_not_put_to_the_vote(db: EncryptedDatabase, amina: Actor, charter: int) -> None:
    with pytest.raises(Refused, match="rien à voter"):
        vote_storage.declare_ballot(db, amina, charter, terms(db), TODAY)
    assert vote_storage.list_ballots(db) == []


def test_a_vote_freezes_the_text_and_hides_directions(
    db: EncryptedDatabase, amina: Actor, charter: int, article: int
) -> None:
    ballot_id = vote_storage.declare_ballot(db, amina, charter, terms(db), TODAY)
    with pytest.raises(Refused, match="au vote"):
        storage.change_paragraph(db, amina, charter, Paragraph(article, 0, "Décider", "Autre.", 1))
    with pytest.raises(Refused):
        vote_storage.declare_ballot(db, amina, charter, terms(db), TODAY)
    cast(db, ballot_id, Choice.AGAINST, Choice.FOR)
    cast(db, ballot_id, Choice.FOR)
    ballot = vote_storage.get_ballot(db, ballot_id)
    during = vote_storage.list_entitled(db, ballot, TODAY)
    assert [voter.has_voted for voter in during] == [True, True, *[False] * (len(during) - 2)]
    assert {(voter.choice, voter.explanation) for voter in during} == {(None, "")}
    after = vote_storage.list_entitled(db, ballot, TODAY + 11 * DAY)
    assert [voter.choice for voter in after[:2]] == [Choice.FOR, Choice.FOR]
    assert after[0].explanation == "mot secret"


def test_nobody_votes_for_another_nor_after_the_closing(
    db: EncryptedDatabase, amina: Actor, charter: int, article: int
) -> None:
    ballot_id = vote_storage.declare_ballot(db, amina, charter, terms(db, quorum=1), TODAY)
    voters = vote_storage.list_entitled(db, vote_storage.get_ballot(db, ballot_id), TODAY)
    other = next(voter for voter in voters if voter.member_id != amina.member_id)
    with pytest.raises(NotAllowed):
        vote_storage.cast_vote(db, amina, other.id, Choice.FOR, "", TODAY, runs=True)
    with pytest.raises(Refused, match="se constate ensuite"):
        vote_storage.settle_ballot(db, amina, ballot_id, TODAY + 10 * DAY)
    cast(db, ballot_id, Choice.FOR, day=TODAY + 10 * DAY)
    with pytest.raises(Refused, match="clos"):
        cast(db, ballot_id, Choice.AGAINST, day=TODAY + 11 * DAY)
    assert vote_storage.settle_ballot(db, amina, ballot_id, TODAY + 11 * DAY) is Outcome.ADOPTED
    with pytest.raises(IntegrityError, match="closed"):
        db.execute("UPDATE vote SET choice = 'against'")
    with pytest.raises(Refused, match="déjà enregistré"):
        vote_storage.settle_ballot(db, amina, ballot_id, TODAY + 12 * DAY)
    edition = storage.latest_edition(db, charter)
    assert (edition.state, edition.settled_on) == (EditionState.ADOPTED, TODAY + 10 * DAY)


def test_without_quorum_the_version_may_be_voted_again(
    db: EncryptedDatabase, amina: Actor, charter: int, article: int
) -> None:
    ballot_id = vote_storage.declare_ballot(db, amina, charter, terms(db), TODAY)
    cast(db, ballot_id, Choice.FOR)
    assert vote_storage.settle_ballot(db, amina, ballot_id, TODAY + 11 * DAY) is Outcome.NO_QUORUM
    assert storage.latest_edition(db, charter).state is EditionState.KEPT
    later = TODAY + 12 * DAY
    again = terms(db, opens_on=later + DAY, closes_on=later + 2 * DAY)
    second = vote_storage.declare_ballot(db, amina, charter, again, later)
    vote_storage.withdraw_ballot(db, amina, second, later)
    assert storage.latest_edition(db, charter).state is EditionState.KEPT
    third = vote_storage.declare_ballot(db, amina, charter, again, later)
    cast(db, third, Choice.AGAINST, Choice.AGAINST, Choice.FOR, day=later + DAY)
    assert vote_storage.settle_ballot(db, amina, third, later + 3 * DAY) is Outcome.REJECTED
    assert storage.start_edition(db, amina, charter, later + 3 * DAY) == 2
    assert words(db, charter) == ["Le silence vaut accord."]


def test_the_list_of_voters_is_frozen(db: EncryptedDatabase, amina: Actor, charter: int, article: int) -> None:
    club = add_organisation(db, amina, "Club", OrganisationKind.ASSOCIATION)
    made = terms(db, electorate=Electorate.ORGANISATIONS, entitled=(club,), quorum=1)
    with pytest.raises(Refused):
        vote_storage.declare_ballot(db, amina, charter, replace(made, entitled=(club, 99)), TODAY)
    ballot_id = vote_storage.declare_ballot(db, amina, charter, made, TODAY)
    add_organisation(db, amina, "Venue après", OrganisationKind.ASSOCIATION)
    ballot = vote_storage.get_ballot(db, ballot_id)
    (voter,) = vote_storage.list_entitled(db, ballot, TODAY)
    assert (voter.name, voter.reachable) == ("Club", False)
    assert vote_storage.remind(db, amina, ballot_id, TODAY) == 1
    vote_storage.cast_vote(db, amina, voter.id, Choice.ABSTAIN, "", TODAY, runs=True)
    assert vote_storage.remind(db, amina, ballot_id, TODAY + DAY) == 0


@pytest.mark.pdf
def test_an_adopted_version_is_signed_and_sealed_once(
    place: Instance, db: EncryptedDatabase, amina: Actor, charter: int, article: int
) -> None:
    edition = storage.latest_edition(db, charter)
    with pytest.raises(Refused, match="adoptée"):
        vote_storage.order_seal(db, amina, edition.id, TODAY)
    ballot_id = vote_storage.declare_ballot(db, amina, charter, terms(db, quorum=1), TODAY)
    cast(db, ballot_id, Choice.FOR)
    vote_storage.settle_ballot(db, amina, ballot_id, TODAY + 11 * DAY)
    club = add_organisation(db, amina, "Club & Cie", OrganisationKind.ASSOCIATION)
    vote_storage.sign(db, amina, edition.id, club, amina.member_id, TODAY + 10 * DAY)
    with pytest.raises(Refused, match="déjà signé"):
        vote_storage.sign(db, amina, edition.id, club, None, TODAY + 10 * DAY)
    vote_storage.order_seal(db, amina, edition.id, TODAY)
    assert list(sealed_pdf.unsealed_editions(place)) == [(PRE, edition.id)]
    sealed_pdf.seal_edition(place, PRE, edition.id)
    seal, pdf = vote_storage.find_seal(db, edition.id), vote_storage.sealed_pdf(db, edition.id)
    assert seal is not None
    assert pdf.startswith(b"%PDF-1.7")
    assert seal.pdf_sha256 == hashlib.sha256(pdf).hexdigest()
    with pytest.raises(Refused, match="déjà scellée"):
        vote_storage.order_seal(db, amina, edition.id, TODAY)
    with pytest.raises(IntegrityError, match="sealed"):
        db.execute("UPDATE sealed_text SET pdf = NULL, pdf_sha256 = NULL")
    sealed_pdf.seal_edition(place, PRE, edition.id)
    assert vote_storage.sealed_pdf(db, edition.id) == pdf


def test_the_printed_text_says_the_result_and_not_who_said_what(
    db: EncryptedDatabase, amina: Actor, charter: int, article: int
) -> None:
    ballot_id = vote_storage.declare_ballot(db, amina, charter, terms(db, quorum=1), TODAY)
    cast(db, ballot_id, Choice.FOR, Choice.FOR, Choice.AGAINST)
    vote_storage.settle_ballot(db, amina, ballot_id, TODAY + 11 * DAY)
    edition = storage.latest_edition(db, charter)
    page = sealed_pdf.edition_html(db, edition.id, sealed_pdf.datetime(2026, 12, 2, tzinfo=sealed_pdf.UTC))
    assert "2 pour, 1 contre" in page
    assert "mot secret" not in page
    assert vote_storage.text_sha256(db, edition) in page


def test_what_waits_is_told_to_those_who_can_do_it(
    db: EncryptedDatabase, amina: Actor, charter: int, article: int
) -> None:
    made = Amendment(0, charter, article, "", TODAY, "Décider", "Autre.", "Parce que")
    storage.add_amendment(db, amina, made)
    ballot_id = vote_storage.declare_ballot(db, amina, charter, terms(db), TODAY)
    basile = next(member for member in list_members(db) if member.name.startswith("Basile"))
    referent = Actor("ref", "referent", basile.id)
    assert [todo.action_label for todo in agreement_todos(db, referent, TODAY)] == ["Voter"]
    assert [todo.action_label for todo in agreement_todos(db, amina, TODAY)] == ["Voter", "Répondre"]
    late = TODAY + 8 * DAY
    assert [todo.action_label for todo in agreement_todos(db, amina, late)] == ["Voter", "Relancer", "Répondre"]
    cast(db, ballot_id, *[Choice.FOR] * len(list_members(db)))
    assert agreement_todos(db, referent, TODAY) == []
    assert [todo.action_label for todo in agreement_todos(db, amina, late)] == ["Répondre"]
    over = agreement_todos(db, amina, TODAY + 11 * DAY)
    assert next((todo.urgency, todo.action_label) for todo in over) == (Urgency.LATE, "Constater le résultat")
    assert agreement_todos(db, Actor("ref", "funder", basile.id), TODAY) == []
    assert agreement_todos(db, SYSTEM, TODAY) == []


def test_a_disagreement_says_who_and_what_would_settle_it(db: EncryptedDatabase, amina: Actor) -> None:
    plain = Decision(0, TODAY, "Essayer", "Le comité")
    for changes, field in (
        ({"disagreement": "Le jour"}, "disagreeing"),
        ({"disagreement": "Le jour", "disagreeing": "Le Club"}, "would_settle"),
        ({"would_settle": "Un chiffre"}, "disagreement"),
        ({"settled_on": TODAY}, "settled_on"),
    ):
        with pytest.raises(Refused) as refused:
            add_decision(db, amina, replace(plain, **changes))  # type: ignore[arg-type]
        assert refused.value.field == field
    disputed = replace(plain, disagreement="Le jour", disagreeing="Le Club", would_settle="Un essai")
    added = add_decision(db, amina, disputed)
    assert get_decision(db, added).is_disputed
    with pytest.raises(Refused, match="avant la décision"):
        change_decision(db, amina, replace(disputed, id=added, settled_on=TODAY - DAY))
    change_decision(db, amina, replace(disputed, id=added, settled_on=TODAY))
    with pytest.raises(Conflict):
        change_decision(db, amina, replace(disputed, id=added))
    assert [each.is_disputed for each in list_decisions(db)] == [False]
