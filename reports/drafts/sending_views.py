"""An issued report on its way: editable copy, list of recipients, links that end, what changed since the last issue."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from flask import Blueprint, Response, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, instance, public, today
from impact.audit import Deed, note_access
from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.exceptions import NotFound, Refused
from impact.periods import local_day
from impact.vocabulary import Audience
from reports import storage as report_storage
from reports.composition import reissue
from reports.drafts import sending_storage as storage
from reports.drafts.forms import SendingForm
from reports.drafts.records import Sending
from reports.records import Report
from reports.rules import visible

pages = Blueprint("sendings", __name__, url_prefix="/communautes/<slug>/rapports", template_folder="../templates")
doors = Blueprint("shared_reports", __name__, url_prefix="/remis", template_folder="../templates")
Answer = str | AnyResponse | tuple[str, int]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pages.before_request
def _tab() -> None:
    g.tab = "reports"


@pages.get("/<int:report_id>/copie")
@allowed(Action.ORDER_REPORT)
def editable(slug: str, report_id: int) -> Answer:
    """The editable copy, made with the PDF and of the same figures."""
    report = _ready(report_id)
    content = report_storage.report_docx(community_db(), report_id)
    note_access(community_db(), actor(), Deed.EXPORT, "report", report_id)
    name = f"rapport-{slug}-{report.period.code.replace(':', '_')}.docx"
    return Response(content, mimetype=DOCX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@pages.route("/<int:report_id>/envois", methods=["GET", "POST"])
@allowed(Action.ORDER_REPORT)
def index(slug: str, report_id: int) -> Answer:
    """Who received it, and a new recipient, with or without a link."""
    report, form, link = _ready(report_id), SendingForm(), ""
    if form.submitted():
        recipient, end = str(form.recipient.data), form.expires_on.data
        if end is None:
            storage.add_sending(community_db(), actor(), report_id, recipient, today(), form.once_key)
            flash("L’envoi est noté.")
            return redirect(url_for("sendings.index", slug=slug, report_id=report_id), 303)
        try:
            token = _link(report, report_id, recipient, form)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            # Shown in the answer itself: an address that was redirected to would stay in histories.
            link = url_for("shared_reports.show", slug=slug, token=token, _external=True)
            form = SendingForm(formdata=None)
    return render_template(
        "drafts/sendings.html",
        report=report,
        form=form,
        link=link,
        sendings=storage.list_sendings(community_db(), report_id),
        day=today(),
        confirm=ConfirmForm(formdata=None),
    )


@pages.post("/<int:report_id>/envois/<int:sending_id>/fermer")
@allowed(Action.ORDER_REPORT)
def revoke(slug: str, report_id: int, sending_id: int) -> Answer:
    """The link leads nowhere from now on."""
    _ready(report_id)
    form = ConfirmForm()
    if form.submitted():
        storage.revoke(community_db(), actor(), report_id, sending_id, today(), form.once_key)
        flash("Le lien est fermé.")
    return redirect(url_for("sendings.index", slug=slug, report_id=report_id), 303)


@pages.get("/<int:report_id>/differences")
@allowed(Action.VIEW_REPORTS)
def changes(slug: str, report_id: int) -> Answer:
    """What changed since the same report was issued before."""
    report = _ready(report_id)
    earlier = report_storage.last_issue(community_db(), report.draft_id, report_id)
    if earlier is None or earlier.issued_at is None:
        raise NotFound
    was, now = (report_storage.released_in(community_db(), each.id) for each in (earlier, report))
    found = reissue.changes(local_day(earlier.issued_at), was, now)
    return render_template(
        "drafts/differences.html", report=report, earlier=earlier, found=found, tables=reissue.tables(found)
    )


@doors.get("/<slug>/<token>")
@public
def show(slug: str, token: str) -> Answer:
    """What a recipient reads before she downloads."""
    with _opened(slug, token) as (db, sending):
        report = report_storage.get_report(db, sending.report_id)
        return render_template(
            "drafts/shared.html", report=report, asker=get_community(db), sending=sending, token=token, place=slug
        )


@doors.get("/<slug>/<token>/rapport")
@public
def read(slug: str, token: str) -> Answer:
    """The frozen PDF, one opening more."""
    with _opened(slug, token) as (db, sending):
        pdf = report_storage.report_pdf(db, sending.report_id)
        storage.count_opening(db, sending, today())
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": 'inline; filename="rapport.pdf"'})


@doors.errorhandler(NotFound)
def _closed(_: NotFound) -> tuple[str, int]:
    """Unknown, closed and past links answer alike."""
    return render_template("drafts/closed.html"), 404


def _link(report: Report, report_id: int, recipient: str, form: SendingForm) -> str:
    if report.audience is Audience.INTERNAL:
        raise Refused("Un rapport aux chiffres exacts ne sort pas par un lien : composez-en un pour ce destinataire.")
    return storage.add_link(community_db(), actor(), report_id, recipient, form.expires_on.data, today(), form.once_key)


def _ready(report_id: int) -> Report:
    report = report_storage.get_report(community_db(), report_id)
    if not report.sha256 or not visible([report], actor()):
        raise NotFound
    return report


@contextmanager
def _opened(slug: str, token: str) -> Iterator[tuple[EncryptedDatabase, Sending]]:
    """The file behind a link, and the link; raises NotFound when it does not lead anywhere."""
    with closing(instance().community(slug)) as db:
        yield db, storage.find_link(db, token, today())
