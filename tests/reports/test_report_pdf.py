"""The printed report of the demonstration: valid for both standards, right in its numbers, silent about children."""

import csv
import io
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import page
import pikepdf
import pytest

import app as assembly
from impact.audit import SYSTEM
from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.demo import ESSONNE, PRE
from impact.identities import identities
from impact.instance import Instance
from impact.periods import Period, last_complete_school_year, local_today
from impact.vocabulary import Audience
from reports import storage
from reports.composition.compose import compose
from reports.composition.context import Context
from reports.data import load
from reports.issuing import DATA_FILE, issue_report, render, table_csv
from reports.records import Estimate
from reports.writing import published_estimates

pytestmark = pytest.mark.whole

STORY = Period(date(2020, 9, 1), date(2022, 8, 31))


@pytest.fixture
def place(demo_root: Path, tmp_path: Path) -> Instance:
    root = tmp_path / "instance"
    shutil.copytree(demo_root, root)
    return Instance(root, assembly.schema())


@pytest.fixture
def pre(place: Instance) -> Iterator[EncryptedDatabase]:
    db = place.community(PRE)
    yield db
    db.close()


def _issue(place: Instance, slug: str, period: Period) -> bytes:
    db = place.community(slug)
    ordered = storage.order_report(db, SYSTEM, period, get_community(db).kind, Audience.FUNDER, "test")
    issue_report(place, slug, ordered)
    pdf = storage.report_pdf(db, ordered)
    db.close()
    return pdf


def _year() -> Period:
    return last_complete_school_year(local_today())


@pytest.mark.pdf
@pytest.mark.parametrize(("slug", "period"), [(ESSONNE, STORY), (PRE, _year())])
def test_the_report_passes_both_standards(place: Instance, slug: str, period: Period) -> None:
    pdf = _issue(place, slug, period)
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
        failures = page.validate_pdf_bytes(pdf, profile=profile).failures
        assert [(failure.rule_id, failure.message) for failure in failures] == []


@pytest.mark.pdf
def test_the_attached_table_holds_the_attendance(place: Instance) -> None:
    with pikepdf.open(io.BytesIO(_issue(place, ESSONNE, STORY))) as pdf:
        text = pdf.attachments[DATA_FILE].get_file().read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    attendance = [float(row["value"]) for row in rows if row["code"] == "participation.presences_by_workshop"]
    assert attendance == [33, 24, 24, 15, 9, 13, 7]


def _published(db: EncryptedDatabase) -> list[Estimate]:
    return published_estimates(db, load(db, _year()), _year(), get_community(db).kind, Audience.FUNDER)


def _html(db: EncryptedDatabase) -> str:
    community = get_community(db)
    context = Context(
        community.name, community.territory, community.kind, _year(), Audience.FUNDER, local_today(), "test"
    )
    return render(compose(context, _published(db)))


def test_the_funders_copy_names_nobody(pre: EncryptedDatabase) -> None:
    copies = _html(pre) + table_csv(_published(pre), _year(), Audience.FUNDER).decode("utf-8-sig")
    children = {row["identity_id"] for row in pre.rows("SELECT identity_id FROM child")}
    everybody = identities(pre)
    assert len(children) > 100
    for identity_id, person in everybody.items():
        assert person.full_name not in copies
        assert person.listed_name not in copies, identity_id


def test_the_funders_copy_holds_no_small_number_of_people(pre: EncryptedDatabase) -> None:
    for row in _published(pre):
        if row.code.startswith("pre.") and row.unit in ("count", "share"):
            assert row.masked or not 0 < (row.numerator or 0) < 5, row
            assert row.masked or not 0 < (row.denominator or 0) - (row.numerator or 0) < 5 or row.unit == "count", row


def test_two_reports_of_the_same_data_say_the_same(pre: EncryptedDatabase) -> None:
    assert _html(pre) == _html(pre)


def test_every_figure_is_read_aloud_and_has_its_numbers(pre: EncryptedDatabase) -> None:
    html = _html(pre)
    captions = html.count("Données de la figure") + html.count("Scores des mêmes personnes que la figure")
    assert html.count("<figure>") == captions > 8
    assert html.count("<figure>") == html.count("Lecture")
    assert not re.search(r"</figcaption>\s*<p", html), "Every figure is drawn."
