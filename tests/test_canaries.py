"""Words planted in every class of field of a child's file: who must not read them finds them nowhere."""

import io
import logging
import zipfile
from collections.abc import Container, Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pikepdf
import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, IntegerConverter, Rule
from werkzeug.test import TestResponse

import app as assembly
from impact.accounts.access import FieldClass, Role
from impact.accounts.guards import access_of
from impact.accounts.storage import change_role, list_memberships
from impact.audit import SYSTEM, Actor
from impact.communities.storage import get_community, list_members
from impact.db import EncryptedDatabase
from impact.demo import PRE
from impact.identities import Identity
from impact.instance import Instance
from impact.pathways.file_storage import get_file
from impact.pathways.handover_storage import propose_hand_over
from impact.pathways.meeting_records import Meeting
from impact.pathways.meeting_storage import add_meeting
from impact.pathways.pathway_storage import add_note, end_pathway, start_pathway
from impact.pathways.records import (
    Consent,
    Decision,
    DomainReview,
    DomainScore,
    Exit,
    Note,
    Objective,
    Orientation,
    Situation,
)
from impact.pathways.review_storage import add_review
from impact.pathways.storage import add_consent, add_decision, add_situation, present_situation, save_orientation
from impact.pathways.vocabulary import ContactKind, Means, ObjectiveResult, Outcome, Relation, Sex
from impact.periods import current_school_year
from impact.protection.copy_storage import ask_copy
from impact.protection.records import FileCopy, Restriction
from impact.protection.restriction_storage import save_restriction
from impact.protection.urgent_storage import open_urgently
from impact.protection.vocabulary import Requester
from impact.vocabulary import Audience
from reports.editable import editable_copy
from reports.issuing import print_document
from reports.vocabulary import ReportKind
from reports.writing import Order, write_now
from tests.impact.pathways.pdf import pdf_text
from tests.impact.protection.conftest import CANARIES, TODAY, actor_of, lists

pytestmark = pytest.mark.whole

__all__ = ["lists"]
MORE = {
    "restriction": "Cascadinet",
    "ruling": "jugementine",
    "urgent": "précipitane",
    "review": "échelonnette",
    "opinion": "opinionelle",
    "relay": "relayeuse",
    "copy": "vérifiance",
    "given": "Aldegonde",
    "reason": "motivance",
    "goal": "visétoile",
}
WORDS = (*CANARIES.values(), *MORE.values())
# The parts of the application that read a child's file; « communities » has « À faire ».
ABOUT_CHILDREN = ("pathways", "protection", "sheets", "families", "workshops", "communities", "todo")
BLANK = ("pathways.blank_sheet", "pathways.notice")
# What is read again after each step: where a child would be told first.
WATCHED = (
    f"enfants/?q={CANARIES['identity'][:6]}",
    "enfants/equipe",
    "enfants/1/fiches/attestation",
    "membres/",
    "reglages/journal",
    "indicateurs/indicateurs.csv",
)
SEALED = (CANARIES["health"], CANARIES["justice"], MORE["restriction"], MORE["ruling"])


def story(db: EncryptedDatabase, amina: Actor) -> Iterator[int]:
    """A child's life in the programme, which stops after each step; a word in every class of field on the way."""
    day = TODAY.replace(month=9)
    person = Identity(CANARIES["identity"], MORE["given"], date(2015, 3, 14))
    child = add_situation(
        db, amina, Situation(person, Sex.GIRL, day, "school", ("family",), CANARIES["context"]), TODAY, known="other"
    )
    sender = Identity(CANARIES["sender"], "Ysoline")
    save_orientation(db, amina, child, Orientation(sender, "Directrice", "École", CANARIES["tried"]), TODAY)
    yield child
    everything = frozenset(FieldClass) - {FieldClass.IDENTITY}
    parent = Identity(CANARIES["parent"], "Dalva")
    add_consent(db, amina, child, Consent(parent, Relation.MOTHER, day, Means.WRITTEN, everything, "Version 2"), TODAY)
    yield child
    present_situation(db, amina, child, TODAY)
    add_meeting(db, amina, Meeting(TODAY, "Mairie"), [], TODAY)
    yield child
    add_decision(db, amina, child, Decision(day, Outcome.PATHWAY, MORE["reason"]), TODAY)
    yield child
    goals = [Objective(MORE["goal"], "Peu")]
    start_pathway(db, amina, child, day, None, amina.member_id or 0, goals, TODAY)
    yield child
    for field in everything:
        note = Note(day, ContactKind.CALL, 20, None, field, f"Parle de {CANARIES[field.value]}.")
        add_note(db, amina, child, note, TODAY, readable=frozenset(FieldClass))
    basile = actor_of(db, "Basile Tournelac", "referent")
    propose_hand_over(db, amina, child, basile.member_id or 0, TODAY, TODAY)
    yield child
    file = get_file(db, child)
    child_id, pathway = file.situation.child_id, file.pathway
    assert pathway is not None
    scores = tuple(DomainScore(domain, 2, f"Ici, {MORE['review']}.") for domain in ("school", "health"))
    review = DomainReview(TODAY.replace(month=10), scores)
    add_review(db, amina, child, review, None, TODAY, readable=frozenset(FieldClass), member_id=amina.member_id)
    yield child
    restriction = Restriction(child_id, f"Ondin {MORE['restriction']}", f"Décision {MORE['ruling']}.", TODAY)
    save_restriction(db, amina, child, restriction, TODAY)
    copy = FileCopy(child_id, child, Requester.PARENT, MORE["copy"], TODAY, amina.member_id or 0)
    ask_copy(db, amina, copy, TODAY)
    open_urgently(db, basile, file.situation.child, f"La situation est {MORE['urgent']} ce soir.", datetime.now(UTC))
    yield child
    results = {objective.id: ObjectiveResult.PARTLY for objective in pathway.objectives}
    said = f"Dit {MORE['opinion']}."
    end_pathway(db, amina, child, Exit(TODAY, "reached", MORE["relay"], results, said, said, said), TODAY)
    yield child


@pytest.fixture
def planted(db: EncryptedDatabase, amina: Actor, lists: None) -> int:
    """The whole story, told to its end."""
    return list(story(db, amina))[-1]


def addresses(app: Flask, blueprints: Container[str] = ()) -> Iterator[str]:
    """Every address that is read (of these parts), with the first number of each kind of object, and each choice."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or rule.endpoint.endswith(".static"):
            continue
        if blueprints and (rule.endpoint.split(".")[0] not in blueprints or rule.endpoint in BLANK):
            continue
        if "GET" in (rule.methods or ()) and access_of(app.view_functions[rule.endpoint]):
            yield from filled(rule)
    for word in (CANARIES["identity"], MORE["given"]):
        # Half a word, so that the page does not hold it by saying what was searched.
        yield f"/communautes/{PRE}/enfants/?q={word[:6]}"


def filled(rule: Rule) -> Iterator[str]:
    values: dict[str, Any] = {"slug": PRE, "token": "jeton", "code": "jeton", "filename": "impact.css"}
    choices: list[tuple[str, str]] = []
    for name, converter in rule._converters.items():
        if isinstance(converter, IntegerConverter):
            values[name] = 1
        elif isinstance(converter, AnyConverter):
            choices += [(name, item) for item in sorted(converter.items)]
        values.setdefault(name, "jeton")
    for name, item in choices or [("", "")]:
        built = rule.build(values | dict(choices) | {name: item}, append_unknown=False)
        assert built is not None
        yield built[1]


def told(answer: TestResponse) -> str:
    """What an answer says, whatever it is made of."""
    if answer.data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(answer.data)) as pdf:
            return pdf_text(answer.data) + str(pdf.docinfo)
    if answer.data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
            return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return answer.data.decode("utf-8", "replace") + str(answer.headers)


def found(browser: Any, visited: Iterable[str], words: tuple[str, ...]) -> dict[str, list[str]]:
    """The words met, by address."""
    met = {}
    for address in visited:
        text = told(browser.client.get(address))
        if here := [word for word in words if word in text]:
            met[address] = here
    return met


def make(place: Instance, db: EncryptedDatabase, name: str, role: Role) -> None:
    """Give a member of the PRE another role."""
    directory = place.directory()
    member = next(known for known in list_members(db) if known.name == name)
    membership = next(known for known in list_memberships(directory, slug=PRE) if known.member_id == member.id)
    change_role(directory, SYSTEM, membership.id, role)
    directory.close()


def test_the_coordinator_meets_every_word(app: Flask, browse: Any, planted: int) -> None:
    amina, missing = browse("amina"), set(WORDS)
    # What is printed comes last: pages are quicker.
    for address in sorted(addresses(app, ABOUT_CHILDREN), key=lambda one: "/fiches/" in one):
        missing -= {word for words in found(amina, [address], WORDS).values() for word in words}
        if not missing:
            return
    assert not missing


@pytest.mark.parametrize("role", [None, Role.FUNDER, Role.BOARD])
def test_at_each_step_who_must_not_know_meets_nothing(
    app: Flask, browse: Any, place: Instance, db: EncryptedDatabase, amina: Actor, lists: None, role: Role | None
) -> None:
    if role:
        make(place, db, "Denis Hautmont", role)
    # Without a role: a stranger, and somebody who coordinates another community.
    people = [browse("denis")] if role else [browse(None), browse("chloe")]
    told_steps = 0
    for child in story(db, amina):
        told_steps += 1
        own = [f"/communautes/{PRE}/{page}" for page in (f"enfants/{child}", *WATCHED)]
        for person in people:
            assert found(person, ["/", *own], WORDS) == {}, f"step {told_steps}"
    assert told_steps == 9
    for person in people:
        assert found(person, addresses(app), WORDS) == {}


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.MEMBER, Role.FACILITATOR])
def test_a_role_without_children_meets_none(
    app: Flask, browse: Any, place: Instance, db: EncryptedDatabase, planted: int, role: Role
) -> None:
    make(place, db, "Denis Hautmont", role)
    assert found(browse("denis"), addresses(app), WORDS) == {}


def test_a_partner_of_the_team_meets_nothing_sealed(
    app: Flask, browse: Any, place: Instance, db: EncryptedDatabase, planted: int
) -> None:
    make(place, db, "Denis Hautmont", Role.TEAM_PARTNER)
    denis = browse("denis")
    assert CANARIES["school"] in denis.get(f"/communautes/{PRE}/enfants/{planted}")
    assert found(denis, addresses(app, ABOUT_CHILDREN), SEALED) == {}


def test_an_emergency_meets_nothing_of_justice(app: Flask, browse: Any, planted: int) -> None:
    basile = browse("basile")
    assert CANARIES["health"] in basile.get(f"/communautes/{PRE}/enfants/{planted}")
    justice = (CANARIES["justice"], MORE["restriction"], MORE["ruling"])
    assert found(basile, addresses(app, ABOUT_CHILDREN), justice) == {}


def test_neither_the_log_nor_what_the_server_says_holds_a_word(
    app: Flask, browse: Any, db: EncryptedDatabase, planted: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        amina = browse("amina")
        for address in (
            f"enfants/{planted}",
            f"enfants/?q={CANARIES['identity']}",
            "enfants/999999",
            "enfants/?page=x",
        ):
            amina.client.get(f"/communautes/{PRE}/{address}")
    entries = str(db.rows("SELECT * FROM audit_entry")) + str(db.rows("SELECT * FROM submission"))
    assert entries.count("situation") > 9
    assert [word for word in WORDS if word in entries + caplog.text] == []


@pytest.mark.pdf
@pytest.mark.parametrize("kind", [ReportKind.ANNUAL, ReportKind.FAMILIES])
def test_a_report_and_what_is_attached_to_it_hold_no_word(
    db: EncryptedDatabase, planted: int, kind: ReportKind
) -> None:
    year, moment = current_school_year(TODAY), datetime(2026, 11, 20, 12, tzinfo=UTC)
    for audience in (Audience.FUNDER, Audience.INTERNAL):
        written = write_now(db, Order(kind, get_community(db).kind, audience, year, "test"), moment)
        assert [word for word in WORDS if word in repr(written)] == []
    printed = print_document(written, year, Audience.FUNDER, moment)
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        attached = b"".join(bytes(one.get_file().read_bytes()) for one in pdf.attachments.values())
        said = pdf_text(printed) + attached.decode("utf-8", "replace") + str(pdf.docinfo)
    assert len(attached) > 100
    assert [word for word in WORDS if word in said] == []


@pytest.mark.parametrize("kind", ReportKind)
def test_no_kind_of_report_holds_a_word_even_within_the_house(
    db: EncryptedDatabase, planted: int, kind: ReportKind
) -> None:
    moment = datetime(2026, 11, 20, 12, tzinfo=UTC)
    order = Order(kind, get_community(db).kind, Audience.INTERNAL, current_school_year(TODAY), "test")
    written = write_now(db, order, moment)
    with zipfile.ZipFile(io.BytesIO(editable_copy(written.document, moment))) as copy:
        said = "".join(copy.read(name).decode("utf-8", "replace") for name in copy.namelist())
    assert "Copie modifiable" in said
    assert [word for word in WORDS if word in repr(written) + said] == []


def test_what_lies_outside_the_file_of_the_community_holds_no_word(
    place: Instance, app: Flask, browse: Any, planted: int, capsys: pytest.CaptureFixture[str]
) -> None:
    browse("amina").get(f"/communautes/{PRE}/enfants/{planted}")
    held = ""
    for database in (place.directory(), place.shared(), place.community("essonne")):
        held += "".join(str(row) for name in database.table_names() for row in database.table(name).rows)
        database.close()
    for shape in ("json", "csv", "text"):
        assert assembly.main(["indicators", PRE, "--instance", str(place.root), "--format", shape]) == 0
    held += capsys.readouterr().out
    assert "amina@demonstration.example" in held
    assert "pre.children" in held
    assert [word for word in WORDS if word in held] == []
