"""From an order to a frozen PDF, step by step, outside the request."""

import csv
import io
import logging
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
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
from impact.vocabulary import Audience, CommunityKind
from reports import storage
from reports.chain import draw_chain
from reports.composition.compose import compose
from reports.composition.context import Context
from reports.composition.document import Document
from reports.composition.sections import rows_of
from reports.data import Data, load
from reports.holding import hold, releases
from reports.publishing import as_rows, compute_all, protected, refresh, to_figures
from reports.records import Estimate, Report
from reports.rules import default_period

ISSUE_REPORT, REFRESH_FIGURES = "issue_report", "refresh_figures"
TEMPLATES = Path(__file__).resolve().parent / "templates"
DATA_FILE = "indicateurs.csv"
_STEPS = ("Lecture des données", "Calcul et protection des petits nombres", "Mise en page")
_FAILED = (
    "La préparation s’est arrêtée. Commandez de nouveau le rapport ; si cela se répète, prévenez l’administration."
)
_log = logging.getLogger(__name__)


def issue_report(place: Instance, slug: str, report_id: int) -> None:
    """Prepare one report; a failure is told on its page, in French."""
    db = place.community(slug)
    try:
        report = storage.get_report(db, report_id)
        if not report.is_over:
            pdf, published = make_report(db, report)
            storage.issue_report(db, report_id, pdf, releases(published, report.period, report.audience))
            note_access(db, SYSTEM, Deed.PRINT, "report", report_id)
    except PrintingFailed as failure:
        storage.fail_report(db, report_id, str(failure))
    except Exception:
        storage.fail_report(db, report_id, _FAILED)
        raise
    finally:
        db.close()


def refresh_figures(place: Instance, slug: str) -> None:
    """Bring the current figures of a community up to date: the value chain and the home page read them."""
    db = place.community(slug)
    refresh(db, SYSTEM, default_period(get_community(db), local_today()), datetime.now(UTC))
    db.close()


def unfinished_reports(place: Instance) -> Iterable[tuple[str, int]]:
    """What was ordered and is not done: the worker takes it up again when it starts."""
    for slug in place.slugs():
        db = place.community(slug)
        yield from [(slug, report.id) for report in storage.list_reports(db) if not report.is_over]
        db.close()


def make_report(db: EncryptedDatabase, report: Report) -> tuple[bytes, list[Estimate]]:
    """The PDF and the estimates that it publishes; the page count is told as printing goes on."""
    pages_expected = 12

    def told(step: int, page: int = 0) -> None:
        label = _STEPS[step] + (f", page {page}" if page else "")
        steps = len(_STEPS) - 1 + pages_expected
        storage.note_progress(db, report.id, min(step + page, steps), steps, label)

    told(0)
    community, data = get_community(db), load(db, report.period)
    told(1)
    published = published_estimates(db, data, report.period, report.kind, report.audience)
    told(2)
    moment = datetime.now(UTC)
    chain = draw_chain(db, to_figures(published, report.period, report.audience, moment))
    context = Context(
        name=community.name,
        territory=community.territory,
        kind=report.kind,
        period=report.period,
        audience=report.audience,
        issued_on=moment.date(),
        version=report.product_version,
        chain_svg=chain.svg,
        chain_boxes=chain.boxes,
        chain_measured=chain.measured,
        remarks=tuple(storage.list_remarks(db, report.id)),
    )
    html = render(compose(context, published))
    published = rows_of(context, published)
    attached = Attachment(
        DATA_FILE, table_csv(published, report.period, report.audience), "Tous les chiffres de ce rapport"
    )
    return (
        print_pdf(
            html,
            attachments=[attached],
            base=TEMPLATES / "print",
            moment=moment,
            limits=REPORT_LIMITS,
            progress=lambda page: told(2, page),
        ),
        published,
    )


def render(document: Document) -> str:
    """The document as HTML for the printer."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, extensions=[FrenchSpacing]
    )
    environment.filters["french"] = french_filter
    # Drawings are written by our own modules, which escape every label.
    environment.filters["drawn"] = Markup
    return environment.get_template("print/report.html").render(document=document)


def published_estimates(
    db: EncryptedDatabase, data: Data, period: Period, kind: CommunityKind, audience: Audience
) -> list[Estimate]:
    """Every indicator as this audience may read it: computed, protected, held where a value already left the house."""
    exact = compute_all(data, period, kind)
    return hold(protected(exact, audience), storage.latest_releases(db, period), audience)


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
