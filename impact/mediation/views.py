"""Tab « Médiation »: the year in pictures, the sites."""

from datetime import date, timedelta

from flask import Blueprint, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.communities.storage import list_organisations, member_names
from impact.drawing import PHONE, SCREEN
from impact.mediation import activity_storage, rules, storage
from impact.mediation.picture import draw_sites, draw_weeks
from impact.mediation.records import WEEK, Posting, Site, SiteYear, Totals, monday
from impact.mediation.vocabulary import Axis, MediationList, SiteKind
from impact.periods import Period, current_school_year, school_year
from impact.reference_lists import labels

pages = Blueprint("mediation", __name__, url_prefix="/communautes/<slug>/mediation")
Answer = str | Response
# A year that has just begun is drawn over three months at least.
_LEAST_DRAWN = timedelta(days=80)


@pages.get("/")
@allowed(Action.VIEW_MEDIATION)
def index(slug: str) -> str:
    """A school year of every site."""
    db, year = community_db(), _year()
    rows, weeks = _years(year)
    postings = [known for known in storage.list_postings(db) if _during(known.started_on, known.ended_on, year)]
    committees = storage.committees(db, year.start, year.end)
    covered = {known.site_id for known in postings}
    return render_template(
        "mediation/index.html",
        year=year,
        years=_offered(year),
        rows=rows,
        sites=Markup(draw_sites(rows, SCREEN)),
        sites_narrow=Markup(draw_sites(rows, PHONE)),
        strip=Markup(draw_weeks(rows, weeks, SCREEN)),
        strip_narrow=Markup(draw_weeks(rows, weeks, PHONE)),
        covered=[(kind, *_coverage(rows, kind, covered)) for kind in SiteKind],
        mediators=len({known.member_id for known in postings}),
        committees=committees,
        totals=_totals(year),
        axes=list(Axis),
        categories=labels(db, MediationList.CATEGORIES.value),
        mine=rules.postings_of(postings, actor().member_id, today()),
    )


@pages.get("/sites/<int:site_id>")
@allowed(Action.VIEW_MEDIATION)
def site(slug: str, site_id: int) -> str:
    """One site: who is posted there, week after week."""
    db, known, year = community_db(), storage.get_site(community_db(), site_id), _year()
    rows, weeks = _years(year)
    row = next((each for each in rows if each.site.id == site_id), SiteYear(known))
    postings, years = storage.list_postings(db, site_id=site_id), _offered(year)
    organisations = {each.id: each.name for each in list_organisations(db)}
    return render_template(
        "mediation/site.html",
        site=known,
        row=row,
        year=year,
        years=years,
        over_years=_over_years(known, postings, years),
        strip=Markup(draw_weeks([row], weeks, SCREEN)),
        strip_narrow=Markup(draw_weeks([row], weeks, PHONE)),
        postings=postings,
        names=member_names(db, [each.member_id for each in postings]),
        organisation=organisations.get(known.organisation_id or 0, ""),
        committee=storage.last_committees(db).get(known.organisation_id or 0),
        totals=_totals(year, site_id),
        axes=list(Axis),
        categories=labels(db, MediationList.CATEGORIES.value),
        day=today(),
    )


def _years(year: Period) -> tuple[list[SiteYear], list[date]]:
    """Every site over a school year up to today, and the Mondays of what is drawn."""
    db, (first, last) = community_db(), rules.weeks_of(year.start, year.end)
    until = min(last, today())
    weeks = rules.site_weeks(
        storage.list_postings(db),
        storage.list_closures(db),
        activity_storage.said_weeks(db),
        activity_storage.week_counts(db),
        first,
        until,
    )
    rows = rules.site_years(storage.list_sites(db), weeks, year.start, max(until, year.start))
    drawn = monday(max(until, first + _LEAST_DRAWN))
    return rows, [first + WEEK * rank for rank in range((drawn - first).days // 7 + 1)]


def _over_years(site: Site, postings: list[Posting], years: list[Period]) -> list[tuple[Period, SiteYear, Totals]]:
    """One site, school year after school year, up to today."""
    db = community_db()
    told = storage.list_closures(db), activity_storage.said_weeks(db), activity_storage.week_counts(db)
    found = []
    for year in years:
        first, last = rules.weeks_of(year.start, year.end)
        weeks = rules.site_weeks(postings, *told, first, min(last, today()))
        found.append((year, SiteYear(site, tuple(weeks)), _totals(year, site.id)))
    return found


def _totals(year: Period, site_id: int | None = None) -> Totals:
    """What was done in the weeks of a school year."""
    first, last = rules.weeks_of(year.start, year.end)
    return activity_storage.totals(community_db(), first, last + timedelta(days=6), site_id)


def _year() -> Period:
    """The school year of the address, or the running one."""
    asked = request.args.get("annee", type=int)
    return school_year(asked) if asked and 2000 <= asked <= 2100 else current_school_year(today())


def _offered(year: Period) -> list[Period]:
    """The school years that hold something, the running one, and the one that is read."""
    days = [known.started_on for known in storage.list_postings(community_db())]
    last = current_school_year(today()).start.year
    first = min([current_school_year(day).start.year for day in days] + [last])
    return [school_year(each) for each in sorted({*range(first, last + 1), year.start.year})]


def _coverage(rows: list[SiteYear], kind: SiteKind, covered: set[int]) -> tuple[int, int]:
    known = [row.site.id for row in rows if row.site.kind is kind]
    return sum(site_id in covered for site_id in known), len(known)


def _during(first: date, last: date | None, year: Period) -> bool:
    return first <= year.end and (last is None or last >= year.start)
