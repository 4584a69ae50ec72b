"""One figure is the same wherever it is read; one report is the same whenever it is made."""

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from flask import Flask

import app as assembly
from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.demo import CITE, MEDIATION, PRE
from impact.instance import Instance
from impact.periods import Period, last_complete_school_year, local_today
from impact.vocabulary import Audience
from impact.wording import number
from reports.data import load
from reports.editable import editable_copy
from reports.issuing import DATA_FILE, print_document, render, table_csv
from reports.vocabulary import ReportKind
from reports.writing import Order, Written, published_estimates, write_now, write_report

YEAR = last_complete_school_year(local_today())
MOMENT = datetime(2026, 11, 20, 12, tzinfo=UTC)
Row = dict[str, Any]


@pytest.fixture(scope="module")
def place(demo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Instance:
    root = tmp_path_factory.mktemp("same") / "instance"
    shutil.copytree(demo_root, root)
    return Instance(root, assembly.schema())


@pytest.fixture
def app(place: Instance) -> Flask:
    return assembly.create_app(place.root, TESTING=True, SHOW_FAULTS=True)


@pytest.fixture
def db(place: Instance) -> Iterator[EncryptedDatabase]:
    opened = place.community(PRE)
    yield opened
    opened.close()


def _written(db: EncryptedDatabase, kind: ReportKind = ReportKind.ANNUAL) -> Written:
    order = Order(kind, get_community(db).kind, Audience.FUNDER, YEAR, "test")
    return write_now(db, order, MOMENT)


def _by_key(text: str) -> dict[tuple[str, str], Row]:
    return {(row["code"], row["category"]): row for row in csv.DictReader(io.StringIO(text), delimiter=";")}


def _value(row: Row) -> float | None:
    return None if row["value"] in ("", None) else float(row["value"])


@pytest.mark.pdf
def test_a_figure_is_the_same_on_screen_in_pdf_csv_and_json(
    place: Instance, app: Flask, browse: Any, db: EncryptedDatabase
) -> None:
    command = [sys.executable, "-m", "app", "indicators", PRE, "--format", "json", "--instance", str(place.root)]
    told = subprocess.run(command, capture_output=True, text=True, timeout=90, check=True).stdout
    as_json = {(row["code"], row["category"]): row for row in json.loads(told)}
    denis = browse("denis")
    screen = _by_key(denis.client.get(f"/communautes/{PRE}/indicateurs/indicateurs.csv").data.decode("utf-8-sig"))
    written = _written(db)
    with pikepdf.open(io.BytesIO(print_document(written, YEAR, Audience.FUNDER, MOMENT))) as pdf:
        attached = _by_key(pdf.attachments[DATA_FILE].get_file().read_bytes().decode("utf-8-sig"))
    assert set(as_json) == set(screen) >= set(attached)
    assert len(attached) > 100
    for key, row in attached.items():
        assert _value(row) == _value(screen[key]) == _value(as_json[key]), key
        assert row["masked"] == screen[key]["masked"] == str(as_json[key]["masked"]), key
    # What is drawn is what is attached.
    shown = next(each for each in written.document.key_figures if each.what == "Enfants suivis")
    followed = _value(attached["pre.children_followed", ""])
    assert shown.number == number(followed)
    dashboard = denis.get(f"/communautes/{PRE}/indicateurs/tableau-de-bord")
    assert f'<p class="valeur">{number(followed)}</p>' in dashboard
    assert f'<p class="valeur">{number(followed)}</p>' in denis.get(
        f"/communautes/{PRE}/indicateurs/fiches/pre.children_followed"
    )


@pytest.mark.pdf
def test_a_report_made_twice_is_the_same_but_for_its_date(db: EncryptedDatabase) -> None:
    first, second = (
        print_document(_written(db, ReportKind.WORKSHOPS), YEAR, Audience.FUNDER, MOMENT) for _ in range(2)
    )
    assert first == second
    later = print_document(
        _written(db, ReportKind.WORKSHOPS), YEAR, Audience.FUNDER, datetime(2026, 11, 21, 12, tzinfo=UTC)
    )
    assert later != first


@pytest.mark.pdf
def test_each_kind_of_report_is_printed_twice_with_the_same_bytes(place: Instance) -> None:
    """The same words are printed again: of the words, the test below tells. Short documents of each kind are enough."""
    db = place.community(MEDIATION)
    kind, period = get_community(db).kind, Period(YEAR.start.replace(year=2023), YEAR.end)
    published = published_estimates(db, load(db, period), period, kind, Audience.FUNDER)
    for report_kind in ReportKind:
        written = write_report(db, Order(report_kind, kind, Audience.FUNDER, period, "test"), published, MOMENT)
        document = written.document
        short = replace(document, chapters=document.chapters[-1:], definitions=document.definitions[:4])
        first, second = (
            print_document(replace(written, document=short), period, Audience.FUNDER, MOMENT) for _ in range(2)
        )
        assert first == second, report_kind
    db.close()


@pytest.mark.parametrize("slug", [PRE, CITE])
def test_each_kind_of_report_publishes_the_same_figures_twice(place: Instance, slug: str) -> None:
    db = place.community(slug)
    kind, period = get_community(db).kind, Period(YEAR.start.replace(year=2020), YEAR.end)
    published, again = (published_estimates(db, load(db, period), period, kind, Audience.FUNDER) for _ in range(2))
    assert published == again
    for report_kind in ReportKind:
        order = Order(report_kind, kind, Audience.FUNDER, period, "test")
        first, second = (write_report(db, order, each, MOMENT) for each in (published, again))
        assert render(first.document) == render(second.document), report_kind
        assert table_csv(first.estimates, period, Audience.FUNDER) == table_csv(
            second.estimates, period, Audience.FUNDER
        )
        assert editable_copy(first.document, MOMENT) == editable_copy(second.document, MOMENT), report_kind
        attached = _by_key(table_csv(first.estimates, period, Audience.FUNDER).decode("utf-8-sig"))
        known = {(row.code, row.category): row for row in published}
        assert set(attached) <= set(known)
        for key, row in attached.items():
            assert _value(row) == known[key].value, (report_kind, key)
        # What a report of few sections leaves uncomputed changes nothing of what it says.
        if report_kind is ReportKind.WORKSHOPS:
            assert order.codes is not None
            assert write_now(db, order, MOMENT) == first
    db.close()
