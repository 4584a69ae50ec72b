"""From a draft to a report that is sent: who composes, signs, reads through, issues, opens."""

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from flask import Flask

import app as assembly
from impact.accounts.access import Role
from impact.audit import SYSTEM, Actor
from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.demo import PRE
from impact.exceptions import Conflict, NotAllowed, NotFound, Refused
from impact.instance import Instance
from impact.periods import school_year
from impact.vocabulary import Audience
from impact.wording import french
from reports import storage as report_storage
from reports.composition.sections import SECTIONS
from reports.drafts import rules, sending_storage, storage
from reports.editable import editable_copy
from reports.issuing import issue_report
from reports.records import Release
from reports.vocabulary import Mission, ReportKind, WordKind
from reports.writing import Order, write_now
from tests.conftest import TODAY

pytestmark = pytest.mark.whole

YEAR = school_year(2025)
ROOT = f"/communautes/{PRE}/rapports"
MOMENT = datetime(2026, 11, 20, 12, tzinfo=UTC)
EVALUATOR = Actor("outside", Role.EVALUATOR.value, 99)


@pytest.fixture
def place(demo_root: Path, tmp_path: Path) -> Instance:
    root = tmp_path / "instance"
    shutil.copytree(demo_root, root)
    return Instance(root, assembly.schema())


@pytest.fixture
def app(place: Instance) -> Flask:
    """The application on a private copy of the demonstration."""
    return assembly.create_app(place.root, TESTING=True, SHOW_FAULTS=True, TODAY=lambda: TODAY)


@pytest.fixture
def db(place: Instance) -> Iterator[EncryptedDatabase]:
    opened = place.community(PRE)
    yield opened
    opened.close()


@pytest.fixture
def draft_id(db: EncryptedDatabase) -> int:
    sections = ("public", "situations", "duree")
    return storage.add_draft(db, SYSTEM, ReportKind.ANNUAL, Audience.FUNDER, YEAR, sections, TODAY)


@pytest.fixture
def report_id(db: EncryptedDatabase) -> int:
    """An issued report, without the minutes of a real printing."""
    kind = get_community(db).kind
    ordered = report_storage.order_report(db, SYSTEM, YEAR, kind, Audience.FUNDER, "test")
    report_storage.issue_report(db, ordered, b"%PDF-1.7 essai", [], b"PK essai")
    return ordered


def test_the_team_composes_signs_reviews_and_issues(browse: Any, db: EncryptedDatabase, draft_id: int) -> None:
    amina, url = browse("amina"), f"{ROOT}/brouillons/{draft_id}"
    page = amina.get(url)
    assert page.index("Que deviennent les situations") > page.index("Les chiffres clés")
    amina.follow(f"{url}/parties/monter/situations", {}, url)
    assert storage.get_draft(db, draft_id).sections == ("situations", "public", "duree")
    amina.follow(f"{url}/parties", {"section": "cooperation"}, url)
    amina.follow(f"{url}/parties/retirer/duree", {}, url)
    assert storage.get_draft(db, draft_id).sections == ("situations", "public", "cooperation")
    page = amina.follow(url, {"kind": "judgement", "words": "Le PRE a eu un effet sur les enfants."})
    assert "Plus fort que les données" in page
    refused = amina.follow(f"{url}/remettre", {}, url)
    assert "n’est pas relu" in refused
    assert "a changé depuis que vous" in amina.follow(f"{url}/relire", {"version": "1"}, url)
    assert storage.get_draft(db, draft_id).reviewed_on is None
    page = amina.follow(f"{url}/relire", {}, url)
    assert "Amina Vertefeuille" in page
    page = amina.follow(f"{url}/remettre", {}, url)
    assert "En attente" in page
    (report,) = report_storage.list_reports(db)
    assert (report.sections, report.draft_id) == (("situations", "public", "cooperation"), draft_id)
    (remark,) = report_storage.list_remarks(db, report.id)
    assert (remark.author_role, remark.written_on) == ("Coordination", TODAY)


def test_any_change_asks_for_another_review(db: EncryptedDatabase, amina: Actor, draft_id: int) -> None:
    for change in (
        lambda version: storage.change_sections(db, amina, draft_id, ("public",), version),
        lambda _: storage.sign_words(db, amina, draft_id, WordKind.JUDGEMENT, "Oui.", "A", TODAY),
    ):
        storage.review(db, amina, draft_id, "Amina", storage.get_draft(db, draft_id).version, TODAY)
        rules.check_ready(storage.get_draft(db, draft_id))
        change(storage.get_draft(db, draft_id).version)
        with pytest.raises(Refused):
            rules.check_ready(storage.get_draft(db, draft_id))
    storage.review(db, amina, draft_id, "Amina", storage.get_draft(db, draft_id).version, TODAY)
    storage.sign_words(db, amina, draft_id, WordKind.REMARK, "À voir.", "A", TODAY)
    rules.check_ready(storage.get_draft(db, draft_id))
    with pytest.raises(Conflict):
        storage.review(db, amina, draft_id, "Amina", 1, TODAY)
    with pytest.raises(Conflict):
        storage.change_sections(db, amina, draft_id, ("public",), 1)
    with pytest.raises(Refused):
        storage.change_sections(db, amina, draft_id, (), storage.get_draft(db, draft_id).version)


@pytest.mark.parametrize(
    ("mission", "allowed"),
    [
        (None, {WordKind.REMARK}),
        (Mission.ADVISER, {WordKind.REMARK, WordKind.RECOMMENDATION}),
        (Mission.COLLECTOR, {WordKind.REMARK}),
        (Mission.EVALUATOR, set(WordKind)),
        (Mission.EYE, {WordKind.REMARK}),
    ],
)
def test_the_mission_decides_what_an_outside_evaluator_signs(
    db: EncryptedDatabase, draft_id: int, mission: Mission | None, allowed: set[WordKind]
) -> None:
    if mission:
        storage.set_mission(db, SYSTEM, mission, TODAY)
    for kind in WordKind:
        if kind in allowed:
            storage.sign_words(db, EVALUATOR, draft_id, kind, "Vu.", "Ève", TODAY)
        else:
            with pytest.raises(NotAllowed):
                storage.sign_words(db, EVALUATOR, draft_id, kind, "Vu.", "Ève", TODAY)
    assert {word.kind for word in storage.list_words(db, draft_id)} == allowed
    assert all(word.author_role.startswith("Évaluation extérieure") for word in storage.list_words(db, draft_id))


def test_words_are_taken_back_by_their_author_alone(db: EncryptedDatabase, amina: Actor, draft_id: int) -> None:
    word = storage.sign_words(db, EVALUATOR, draft_id, WordKind.REMARK, "Vu.", "Ève", TODAY)
    with pytest.raises(NotFound):
        storage.take_back(db, amina, draft_id, word)
    storage.take_back(db, EVALUATOR, draft_id, word)
    assert storage.list_words(db, draft_id) == []


def test_a_funder_and_a_stranger_see_no_draft(browse: Any, draft_id: int) -> None:
    url = f"{ROOT}/brouillons/{draft_id}"
    assert browse("denis").client.get(url).status_code == 403
    assert browse("chloe").client.get(url).status_code == 404
    assert "Brouillons" not in browse("denis").get(f"{ROOT}/")


def test_an_exact_draft_is_for_who_reads_exact_figures(browse: Any, db: EncryptedDatabase) -> None:
    added = storage.add_draft(db, SYSTEM, ReportKind.ANNUAL, Audience.INTERNAL, YEAR, ("public",), TODAY)
    browse("amina").get(f"{ROOT}/brouillons/{added}")
    browse("elodie").get(f"{ROOT}/brouillons/{added}", 404)


def test_wrong_words_are_explained_and_kept(browse: Any, draft_id: int, db: EncryptedDatabase) -> None:
    amina, url = browse("amina"), f"{ROOT}/brouillons/{draft_id}"
    answer = amina.send(url, {"kind": "judgement", "words": ""})
    assert "Écrivez ce que vous voulez signer" in answer.text
    answer = amina.send(url, {"kind": "oracle", "words": "Tout ira bien."})
    assert "Choisissez une réponse de la liste" in answer.text
    assert "Tout ira bien." in answer.text
    assert storage.list_words(db, draft_id) == []


def test_the_mission_is_set_on_its_page(browse: Any, db: EncryptedDatabase) -> None:
    amina = browse("amina")
    url = f"{ROOT}/brouillons/evaluation-exterieure"
    assert "Choisissez une mission" in amina.send(url, {}).text
    amina.follow(url, {"mission": "eye"})
    assert storage.get_mission(db) is Mission.EYE


def test_every_kind_of_report_can_be_read_as_a_draft(db: EncryptedDatabase) -> None:
    for kind in ReportKind:
        order = Order(kind, get_community(db).kind, Audience.FUNDER, YEAR, "test")
        document = write_now(db, order, MOMENT).document
        assert document.title
        assert document.chapters
        assert document.one_page is kind.is_one_page


def _texts(copy: bytes) -> list[str]:
    paper = docx.Document(io.BytesIO(copy))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in paper.paragraphs] + cells


def test_the_editable_copy_holds_the_figures_of_the_document(db: EncryptedDatabase) -> None:
    order = Order(ReportKind.ANNUAL, get_community(db).kind, Audience.FUNDER, YEAR, "test")
    document = write_now(db, order, MOMENT).document
    texts = _texts(editable_copy(document, MOMENT))
    expected = [cell for chapter in document.chapters for each in chapter.figures if each.table
                for row in each.table.rows for cell in row]  # fmt: skip
    assert len(expected) > 100
    for cell in expected:
        assert french(cell) in texts
    for figure in document.key_figures:
        assert french(figure.what) in texts
        assert any(text.startswith(figure.number) for text in texts)
    assert "masqué" in texts
    assert editable_copy(document, MOMENT) == editable_copy(document, MOMENT)


def test_a_link_reads_one_report_until_it_ends(browse: Any, db: EncryptedDatabase, report_id: int) -> None:
    amina, url = browse("amina"), f"{ROOT}/{report_id}/envois"
    assert "envoyé à personne" in amina.get(url)
    amina.follow(url, {"recipient": "Mairie", "expires_on": ""})
    answer = amina.send(url, {"recipient": "Fondation du Lac", "expires_on": "20/12/2026"})
    (link,) = re.findall(r"<code>http://localhost(/remis/[^<]+)</code>", answer.text)
    assert link.rpartition("/")[2] not in str(db.rows("SELECT * FROM report_sending"))
    stranger = browse(None)
    assert "Fondation du Lac" in stranger.get(link)
    pdf = stranger.client.get(f"{link}/rapport")
    assert (pdf.mimetype, pdf.data) == ("application/pdf", b"%PDF-1.7 essai")
    sending = sending_storage.list_sendings(db, report_id)[0]
    assert (sending.openings, sending.last_opened_on) == (1, TODAY)
    amina.follow(f"{url}/{sending.id}/fermer", {}, url)
    closed, wrong = stranger.client.get(link), stranger.client.get(f"{link}x")
    assert (closed.status_code, closed.data) == (404, wrong.data)
    assert stranger.client.get(f"{link}/rapport").status_code == 404
    assert stranger.client.get("/remis/absente/jeton").data == closed.data


def test_a_link_that_is_past_is_closed(db: EncryptedDatabase, report_id: int) -> None:
    token = sending_storage.add_link(db, SYSTEM, report_id, "Mairie", TODAY + timedelta(days=2), TODAY)
    assert sending_storage.find_link(db, token, TODAY + timedelta(days=2)).recipient == "Mairie"
    with pytest.raises(NotFound):
        sending_storage.find_link(db, token, TODAY + timedelta(days=3))
    for end in (TODAY, TODAY + timedelta(days=400)):
        with pytest.raises(Refused):
            sending_storage.add_link(db, SYSTEM, report_id, "Mairie", end, TODAY)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"recipient": ""}, "Écrivez le nom"),
        ({"expires_on": "20/11/2026"}, "Choisissez un jour à venir"),
        ({"expires_on": "bientôt"}, "Écrivez la date ainsi"),
    ],
)
def test_a_wrong_sending_is_explained(browse: Any, report_id: int, typed: dict[str, str], message: str) -> None:
    answer = browse("amina").send(f"{ROOT}/{report_id}/envois", {"recipient": "Mairie", **typed})
    assert message in answer.text


def test_exact_figures_leave_by_no_link(browse: Any, db: EncryptedDatabase) -> None:
    ordered = report_storage.order_report(db, SYSTEM, YEAR, get_community(db).kind, Audience.INTERNAL, "test")
    report_storage.issue_report(db, ordered, b"%PDF", [])
    answer = browse("amina").send(f"{ROOT}/{ordered}/envois", {"recipient": "Mairie", "expires_on": "20/12/2026"})
    assert "ne sort pas par un lien" in answer.text
    assert sending_storage.list_sendings(db, ordered) == []


def test_the_editable_copy_is_for_the_team(browse: Any, report_id: int) -> None:
    answer = browse("amina").client.get(f"{ROOT}/{report_id}/copie")
    assert answer.data == b"PK essai"
    assert browse("denis").client.get(f"{ROOT}/{report_id}/copie").status_code == 403


def test_a_second_issue_shows_what_changed(browse: Any, db: EncryptedDatabase, draft_id: int) -> None:
    kind = get_community(db).kind
    value = Release("pre.children_followed", "", YEAR.code, Audience.FUNDER, 120.0, 120.0, None, False)
    gone = Release("pre.exits", "", YEAR.code, Audience.FUNDER, None, None, None, True)
    by_motive = Release(
        "pre.motives", "school_results", YEAR.code, Audience.FUNDER, 0.5, 60.0, 120.0, False, "Résultats scolaires"
    )
    kept = Release("pre.situations_received", "", YEAR.code, Audience.FUNDER, 77.0, 77.0, None, False)
    for pdf, released in (
        (b"%PDF 1", [value, gone, by_motive, kept]),
        (b"%PDF 2", [replace(value, value=131.0), kept]),
    ):
        ordered = report_storage.order_report(
            db, SYSTEM, YEAR, kind, Audience.FUNDER, "t", draft_id=draft_id, sections=("public",)
        )
        report_storage.issue_report(db, ordered, pdf, released)
    page = browse("denis").get(f"{ROOT}/{ordered}/differences")
    assert re.search(r"Enfants suivis</th><td>120</td><td>131<span class=.doux petit bloc.>11 de plus", page)
    assert "3\u00a0valeurs ont changé depuis la remise du" in page
    assert "Situations reçues" not in page
    assert "5 personnes au moins" in page.replace("\u00a0", " ")
    assert "masqué" in page
    assert "(Résultats scolaires)" in page
    assert "school_results" not in page
    browse("denis").get(f"{ROOT}/{ordered - 1}/differences", 404)
    draft = browse("amina").get(f"{ROOT}/brouillons/{draft_id}")
    assert "Ce qui a changé depuis la remise du" in draft
    for pdf, superseded in ((b"%PDF 1", True), (b"%PDF 2", False)):
        answer = browse("denis").send(f"{ROOT}/verifier", {"file": (io.BytesIO(pdf), "r.pdf")}).text
        assert "C’est bien le rapport remis" in answer
        assert ("Il a été remis à nouveau depuis" in answer) is superseded


@pytest.mark.pdf
@pytest.mark.parametrize("kind", [ReportKind.ONE_PAGE, ReportKind.FAMILIES])
def test_a_one_page_report_holds_on_one_page(place: Instance, db: EncryptedDatabase, kind: ReportKind) -> None:
    community = get_community(db)
    ordered = report_storage.order_report(db, SYSTEM, YEAR, community.kind, Audience.FUNDER, "test", report_kind=kind)
    issue_report(place, PRE, ordered)
    pdf = report_storage.report_pdf(db, ordered)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 1
    assert report_storage.report_docx(db, ordered).startswith(b"PK")


def test_sections_move_and_stay_at_the_ends() -> None:
    keys = tuple(SECTIONS)[:3]
    assert rules.moved(keys, keys[0], -1) == keys
    assert rules.moved(keys, keys[2], 1) == keys
    assert rules.moved(keys, keys[2], -1) == (keys[0], keys[2], keys[1])
    assert rules.moved(keys, "absente", 1) == keys


def test_a_draft_is_about_a_period_that_began(browse: Any) -> None:
    typed = {"kind": "annual", "audience": "funder", "period": "dates", "start": "01/09/2050", "end": "31/08/2051"}
    assert "n’a pas commencé" in browse("amina").send(f"{ROOT}/composer", typed).text
    assert date(2050, 9, 1) > TODAY
