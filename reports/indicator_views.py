"""Indicators on the screen: exact for those with rights on the records, protected for the others."""

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.communities.storage import get_community
from impact.exceptions import Refused
from impact.periods import Period, parse_period
from impact_maps.indicators import CATALOGUE
from reports import rules
from reports.data import load
from reports.issuing import published_estimates, table_csv
from reports.records import Estimate
from reports.screens import sections

pages = Blueprint("indicators", __name__, url_prefix="/communautes/<slug>/indicateurs", template_folder="templates")
Answer = str | AnyResponse


@pages.get("/")
@allowed(Action.VIEW_FIGURES)
def index(slug: str) -> Answer:
    """Every indicator of a period."""
    period = _period()
    return render_template(
        "reports/indicators.html",
        sections=sections(_estimates(period)),
        period=period,
        periods=_offered(period),
        audience=rules.audience_of(actor()),
    )


@pages.get("/definitions")
@allowed(Action.VIEW_FIGURES)
def definitions(slug: str) -> Answer:
    """What each indicator counts, and how it is read."""
    kind = get_community(community_db()).kind
    return render_template(
        "reports/definitions.html", indicators=[each for each in CATALOGUE.values() if kind in each.kinds]
    )


@pages.get("/indicateurs.csv")
@allowed(Action.VIEW_FIGURES)
def table(slug: str) -> Answer:
    """The same figures for a spreadsheet."""
    period = _period()
    content = table_csv(_estimates(period), period, rules.audience_of(actor()))
    headers = {"Content-Disposition": f'attachment; filename="indicateurs-{slug}.csv"'}
    return Response(content, mimetype="text/csv", headers=headers)


def _estimates(period: Period) -> list[Estimate]:
    db = community_db()
    return published_estimates(db, load(db, period), period, get_community(db).kind, rules.audience_of(actor()))


def _period() -> Period:
    wanted = request.args.get("periode", "")
    community = get_community(community_db())
    if not wanted:
        return rules.default_period(community, today())
    try:
        return parse_period(wanted)
    except ValueError as error:
        raise Refused(str(error)) from error


def _offered(period: Period) -> list[Period]:
    community = get_community(community_db())
    offered = [rules.default_period(community, today()), *rules.offered_periods(today()), period]
    return list(dict.fromkeys(offered))
