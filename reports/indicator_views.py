"""Indicators on the screen: exact for those with rights on the records, protected for the others."""

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from impact.accounts.access import Action, Role, may
from impact.accounts.guards import actor, allowed, community_db, instance, today
from impact.audit import Deed, note_access
from impact.communities.storage import get_community
from impact.exceptions import NotFound, Refused
from impact.forms import read_date
from impact.periods import Period, parse_period
from impact_maps.indicators import CATALOGUE, codes_of
from reports import rules, storage
from reports.dashboards.evidence import Evidence, behind
from reports.dashboards.pages import indicator_page, target_words
from reports.dashboards.tiles import read_codes, tiles
from reports.dashboards.trends import HISTORY, moments
from reports.data import Data, load
from reports.evaluation.storage import target_history, targets
from reports.issuing import table_csv
from reports.network.presenting import peers_words
from reports.network.storage import list_figures
from reports.publishing import as_read
from reports.remembering import computed
from reports.screens import families, sections

pages = Blueprint("indicators", __name__, url_prefix="/communautes/<slug>/indicateurs", template_folder="templates")
Answer = str | AnyResponse


@pages.get("/tableau-de-bord")
@allowed(Action.VIEW_FIGURES)
def dashboard(slug: str) -> Answer:
    """The key figures as pictures, with their trend, their target and what they are compared with."""
    db, (period, typed, refused) = community_db(), _asked_period()
    aimed = targets(db)
    shown = moments(db, period, rules.GLANCE, rules.audience_of(actor()), read_codes(aimed))
    return render_template(
        "reports/dashboard.html",
        tiles=tiles(shown, aimed, _peers(period)),
        period=period,
        periods=_offered(period),
        typed=typed,
        refused=refused,
        audience=rules.audience_of(actor()),
    )


@pages.get("/fiches/<code>")
@allowed(Action.VIEW_FIGURES)
def show(slug: str, code: str) -> Answer:
    """One indicator: formula, base, version, changes, all its values, and what is behind it for those who may."""
    db, kind, audience = community_db(), get_community(community_db()).kind, rules.audience_of(actor())
    if code not in CATALOGUE or kind not in CATALOGUE[code].kinds:
        raise NotFound
    period, typed, refused = _asked_period()
    data = load(db, period)
    shown = moments(db, period, HISTORY, audience, [code], data)
    return render_template(
        "reports/indicator.html",
        page=indicator_page(code, shown, targets(db).get(code)),
        changes=target_history(db, code),
        target_words=target_words,
        released=storage.releases_of(db, code, audience),
        evidence=_evidence(code, data, period),
        roles={role.value: role.label for role in Role},
        period=period,
        periods=_offered(period),
        typed=typed,
        refused=refused,
        audience=audience,
    )


@pages.get("/")
@allowed(Action.VIEW_FIGURES)
def index(slug: str) -> Answer:
    """The indicators of a period, one family at a time: the others are a link away, and are not computed."""
    period, typed, refused = _asked_period()
    offered = families(get_community(community_db()).kind)
    chosen = next((each for each in offered if each.value == request.args.get("famille")), offered[0])
    [moment] = moments(community_db(), period, 1, rules.audience_of(actor()), codes_of([chosen]))
    return render_template(
        "reports/indicators.html",
        sections=sections(moment.estimates.all),
        families=offered,
        chosen=chosen,
        period=period,
        periods=_offered(period),
        typed=typed,
        refused=refused,
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
    db, period, audience = community_db(), _period(), rules.audience_of(actor())
    exact = computed(db, period, get_community(db).kind)
    content = table_csv(as_read(db, exact, period, audience), period, audience)
    headers = {"Content-Disposition": f'attachment; filename="indicateurs-{slug}.csv"'}
    return Response(content, mimetype="text/csv", headers=headers)


def _peers(period: Period) -> dict[str, str]:
    """The group of communities of this kind, for the periods that all publish."""
    kind, shared = get_community(community_db()).kind, instance().shared()
    try:
        return peers_words(list_figures(shared, kind), kind, period)
    finally:
        shared.close()


def _evidence(code: str, data: Data, period: Period) -> Evidence | None:
    """For who reads exact figures and may open each record: a list of numbers is already a small count."""
    if not may(actor(), Action.VIEW_EXACT_FIGURES):
        return None
    found = behind(code, data, period)
    if found is None or not may(actor(), found.action):
        return None
    note_access(community_db(), actor(), Deed.SEARCH, "figure")
    return found


def _asked_period() -> tuple[Period, dict[str, str] | None, tuple[str, str]]:
    """The period asked for, the two dates as they were typed, and the field that is wrong with its message.

    No dates for who reads protected figures: see `rules.readable_periods`.
    """
    if not may(actor(), Action.VIEW_EXACT_FIGURES):
        try:
            return _period(), None, ("", "")
        except Refused as refusal:
            return rules.default_period(get_community(community_db()), today()), None, ("periode", str(refusal))
    typed = {name: request.args.get(name, "") for name in ("du", "au")}
    period, refused = _chosen_period(typed)
    return period, typed, refused


def _chosen_period(typed: dict[str, str]) -> tuple[Period, tuple[str, str]]:
    """The two dates when they are typed, the list's choice otherwise; and the field that is wrong, with its message."""
    if not any(typed.values()):
        return _period(), ("", "")
    days = {}
    for name, value in typed.items():
        try:
            days[name] = read_date(value.strip())
        except ValueError as error:
            return _period(), (name, str(error))
    if days["au"] < days["du"]:
        return _period(), ("au", "La fin vient avant le début : choisissez une date plus tardive.")
    chosen = Period(days["du"], days["au"])
    try:
        rules.check_period(chosen, today())
    except Refused as refusal:
        return _period(), ("du" if refusal.field == "start" else "au", str(refusal))
    return chosen, ("", "")


def _period() -> Period:
    """That of the address; Refused when it cannot be read, or is not one that this person may read."""
    wanted, community = request.args.get("periode", ""), get_community(community_db())
    if not may(actor(), Action.VIEW_EXACT_FIGURES):
        readable = rules.readable_periods(community, today())
        found = next((each for each in readable if each.code == wanted), None)
        if found is None and any(request.args.get(name) for name in ("periode", "du", "au")):
            raise Refused("Cette période n’est pas publiée : choisissez-en une de la liste.")
        return found or readable[0]
    if not wanted:
        return rules.default_period(community, today())
    try:
        return parse_period(wanted)
    except ValueError as error:
        raise Refused(str(error)) from error


def _offered(period: Period) -> list[Period]:
    community = get_community(community_db())
    if not may(actor(), Action.VIEW_EXACT_FIGURES):
        return rules.readable_periods(community, today())
    offered = [rules.default_period(community, today()), *rules.offered_periods(today()), period]
    return list(dict.fromkeys(offered))
