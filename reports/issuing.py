"""From an order to a frozen PDF, step by step, outside the request."""

import csv
import io
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from impact.audit import SYSTEM, Deed, note_access
from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.instance import Instance
from impact.periods import Period, local_today
from impact.printing import REPORT_LIMITS, Attachment, PrintingFailed, print_pdf
from impact.typography import FrenchSpacing, french_filter
from impact.vocabulary import Audience
from reports import storage
from reports.composition.document import Document
from reports.data import at, load
from reports.editable import editable_copy
from reports.holding import releases
from reports.network.storage import publish
from reports.publishing import as_rows, refresh
from reports.records import Estimate, Report
from reports.rules import default_period, published_periods
from reports.writing import Order, Written, published_estimates, write_report

ISSUE_REPORT, REFRESH_FIGURES = "issue_report", "refresh_figures"
TEMPLATES = Path(__file__).resolve().parent / "templates"
DATA_FILE = "indicateurs.csv"
_STEPS = ("Lecture des données", "Calcul et protection des petits nombres", "Mise en page")
_FAILED = (
    "La préparation s’est arrêtée. Commandez de nouveau le rapport ; si cela se répète, prévenez l’administration."
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Made:
    """The files of a report and the figures that they publish."""

    pdf: bytes
    docx: bytes
    estimates: list[Estimate]


def issue_report(place: Instance, slug: str, report_id: int) -> None:
    """Prepare one report; a failure is told on its page, in French."""
    db = place.community(slug)
    try:
        report = storage.get_report(db, report_id)
        if not report.is_over:
            made = make_report(db, report)
            released = releases(made.estimates, report.period, report.audience)
            storage.issue_report(db, report_id, made.pdf, released, made.docx)
            note_access(db, SYSTEM, Deed.PRINT, "report", report_id)
    except PrintingFailed as failure:
        storage.fail_report(db, report_id, str(failure))
    except Exception:
        storage.fail_report(db, report_id, _FAILED)
        raise
    finally:
        db.close()


def refresh_figures(place: Instance, slug: str) -> None:
    """Bring the current figures of a community up to date: the value chain, the home page and the network read them."""
    db = place.community(slug)
    refresh_community(place, slug, db, local_today())
    db.close()


def refresh_community(place: Instance, slug: str, db: EncryptedDatabase, today: date) -> None:
    """Its own figures, then what it publishes beside the others: the last complete school year and the one before."""
    community, moment = get_community(db), datetime.now(UTC)
    usual, compared, shared = default_period(community, today), published_periods(today), place.shared()
    data = load(db, usual)
    for period in dict.fromkeys((usual, *compared)):
        if period == usual:
            told = refresh(db, SYSTEM, data, period, moment)
        else:
            told = published_estimates(db, at(db, data, period), period, community.kind, Audience.FUNDER)
        # At once: the next period is compared with this one.
        storage.show_figures(db, period, releases(told, period, Audience.FUNDER))
        if period in compared:
            publish(shared, slug, community, period, told)
    shared.close()


def unfinished_reports(place: Instance) -> Iterable[tuple[str, int]]:
    """What was ordered and is not done: the worker takes it up again when it starts."""
    for slug in place.slugs():
        db = place.community(slug)
        yield from [(slug, report.id) for report in storage.list_reports(db) if not report.is_over]
        db.close()


def make_report(db: EncryptedDatabase, report: Report) -> Made:
    """The PDF, its editable copy and the estimates that they publish; the page count is told as printing goes on."""
    pages_expected = 12

    def told(step: int, page: int = 0) -> None:
        label = _STEPS[step] + (f", page {page}" if page else "")
        steps = len(_STEPS) - 1 + pages_expected
        storage.note_progress(db, report.id, min(step + page, steps), steps, label)

    told(0)
    data = load(db, report.period)
    told(1)
    order = Order(
        report.report_kind,
        report.kind,
        report.audience,
        report.period,
        report.product_version,
        report.sections,
        tuple(storage.list_remarks(db, report.id)),
        storage.last_issue(db, report.draft_id, report.id),
    )
    published = published_estimates(db, data, report.period, report.kind, report.audience, order.codes)
    told(2)
    moment = datetime.now(UTC)
    written = write_report(db, order, published, moment)
    pdf = print_document(written, report.period, report.audience, moment, lambda page: told(2, page))
    return Made(pdf, editable_copy(written.document, moment), written.estimates)


def print_document(
    written: Written,
    period: Period,
    audience: Audience,
    moment: datetime,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """The PDF of a report, its figures attached; the same document at the same moment gives the same bytes."""
    attached = Attachment(DATA_FILE, table_csv(written.estimates, period, audience), "Tous les chiffres de ce rapport")
    return print_pdf(
        render(written.document),
        attachments=[attached],
        base=TEMPLATES / "print",
        moment=moment,
        limits=REPORT_LIMITS,
        progress=progress,
    )


def render(document: Document) -> str:
    """The document as HTML for the printer."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, extensions=[FrenchSpacing]
    )
    environment.filters["french"] = french_filter
    # Drawings are written by our own modules, which escape every label.
    environment.filters["drawn"] = Markup
    template = "print/one_page.html" if document.one_page else "print/report.html"
    return environment.get_template(template).render(document=document)


def table_csv(estimates: Sequence[Estimate], period: Period, audience: Audience) -> bytes:
    """Every figure, with semicolons and a byte-order mark for the spreadsheets of the field."""
    rows = as_rows(estimates, period, audience)
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]) if rows else ["code"], delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value
