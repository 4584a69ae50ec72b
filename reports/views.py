"""Reports ordered, watched, downloaded; indicators and answers read on the screen."""

import hashlib

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.urls import iri_to_uri
from werkzeug.wrappers import Response as AnyResponse

from impact.accounts.access import Action, may
from impact.accounts.guards import actor, allowed, community_db, today
from impact.audit import Deed, note_access
from impact.communities.storage import get_community
from impact.exceptions import NotFound, Refused
from impact.periods import Period, parse_period
from impact.vocabulary import Audience
from reports import rules, storage
from reports.composition.sections import proposed
from reports.drafts import storage as draft_storage
from reports.explaining import preview as preview_of
from reports.forms import ReportForm, VerifyForm
from reports.records import Report
from reports.remembering import StillCounting
from reports.rules import default_period

pages = Blueprint("reports", __name__, url_prefix="/communautes/<slug>/rapports", template_folder="templates")
Answer = str | AnyResponse
# While a report is being made, or its figures, its page comes back by itself, with or without JavaScript.
REFRESH_SECONDS = 2


@pages.get("/")
@allowed(Action.VIEW_REPORTS)
def index(slug: str) -> Answer:
    """The reports that this person may open."""
    drafts = draft_storage.list_drafts(community_db()) if may(actor(), Action.REMARK_DRAFTS) else []
    return render_template(
        "reports/index.html",
        reports=rules.visible(storage.list_reports(community_db()), actor()),
        drafts=[draft for draft in drafts if rules.may_read(actor(), draft.audience)],
    )


@pages.route("/composer", methods=["GET", "POST"])
@allowed(Action.ORDER_REPORT)
def order(slug: str) -> Answer:
    """Choose which kind, for whom and over which period: a draft is begun."""
    form = ReportForm()
    usual = rules.usual_report(get_community(community_db()).kind)
    form.offer(rules.audiences_for(actor()), rules.offered_periods(today()), usual)
    if form.submitted():
        try:
            period = form.chosen_period()
            rules.check_period(period, today())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le brouillon est commencé.")
            return redirect(url_for("drafts.show", slug=slug, draft_id=_begin(form, period)), 303)
    return render_template("reports/order.html", form=form)


@pages.get("/apercu")
@allowed(Action.VIEW_EXACT_FIGURES)
def preview(slug: str) -> Answer:
    """What would be merged, held or hidden in a report that leaves the house, and why."""
    db = community_db()
    community = get_community(db)
    period = default_period(community, today())
    try:
        period = parse_period(request.args["periode"]) if "periode" in request.args else period
        audience = Audience(request.args.get("destinataire", Audience.FUNDER.value))
    except ValueError as error:
        raise Refused("Cette période ou ce destinataire n’existe pas.") from error
    found = preview_of(db, period, community.kind, audience)
    return render_template("reports/preview.html", period=period, audience=audience, found=found)


@pages.route("/verifier", methods=["GET", "POST"])
@allowed(Action.VIEW_REPORTS)
def verify(slug: str) -> Answer:
    """Whether a file is, to the byte, a report that this community issued."""
    form, found = VerifyForm(), None
    checked = form.submitted()
    if checked:
        known = storage.find_report_by_hash(community_db(), hashlib.sha256(form.file.data.read()).hexdigest())
        found = known if known and rules.visible([known], actor()) else None
    later = storage.last_issue(community_db(), found.draft_id) if found else None
    return render_template("reports/verify.html", form=form, checked=checked, found=found, later=later)


@pages.get("/<int:report_id>")
@allowed(Action.VIEW_REPORTS)
def show(slug: str, report_id: int) -> Answer:
    """How far it is, then the way to download it."""
    report = _visible(report_id)
    answer = make_response(
        render_template(
            "reports/show.html",
            report=report,
            earlier=storage.last_issue(community_db(), report.draft_id, report_id),
        )
    )
    return answer if report.is_over else _coming_back(answer)


@pages.get("/<int:report_id>/pdf")
@allowed(Action.VIEW_REPORTS)
def download(slug: str, report_id: int) -> Answer:
    """The frozen PDF."""
    report = _visible(report_id)
    pdf = storage.report_pdf(community_db(), report_id)
    note_access(community_db(), actor(), Deed.EXPORT, "report", report_id)
    name = f"rapport-{slug}-{report.period.code.replace(':', '_')}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


def counting(waiting: StillCounting) -> Answer:
    """How far the figures are, in the place of the page that reads them."""
    is_file = request.path.endswith(".csv")
    return _coming_back(make_response(render_template("reports/counting.html", waiting=waiting, is_file=is_file), 202))


def _coming_back(answer: Response) -> Response:
    """The page is asked for again in a moment; without the address, a browser that stands at `#part` would not."""
    address = iri_to_uri(request.full_path.rstrip("?"))
    answer.headers["Refresh"] = f"{REFRESH_SECONDS}; url={address}"
    return answer


def _begin(form: ReportForm, period: Period) -> int:
    db, kind = community_db(), form.chosen_kind()
    sections = proposed(kind, get_community(db).kind)
    return draft_storage.add_draft(db, actor(), kind, form.chosen_audience(), period, sections, today(), form.once_key)


def _visible(report_id: int) -> Report:
    report = storage.get_report(community_db(), report_id)
    if not rules.visible([report], actor()):
        raise NotFound
    return report
