"""First page of the tab « Mixité scolaire »; the pages where figures are written are in `impact.schools.views`."""

from flask import render_template, request

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db
from impact.communities.storage import get_community
from impact.periods import school_year
from impact.schools import storage, views
from impact.schools.rules import year_label
from impact_maps.school_indicators import SCHOOLS
from reports import rules
from reports.composition.school_mix import limits
from reports.composition.words import Estimates
from reports.data import load
from reports.publishing import as_published, compute_all
from reports.school_mix.presenting import levels, mix_page

pages = views.pages
CODES = frozenset(indicator.code for indicator in SCHOOLS)


@pages.get("/")
@allowed(Action.VIEW_FIGURES)
def index(slug: str) -> str:
    """What the published figures of schools say, level by level."""
    db = community_db()
    years = storage.list_years(db)
    year = views.chosen_year(years)
    if year is None or get_community(db).kind not in views.KINDS:
        return render_template("school_mix/index.html", page=None)
    period, audience = school_year(year), rules.audience_of(actor())
    exact = compute_all(load(db, period), period, get_community(db).kind, CODES)
    known = Estimates(as_published(db, exact, period, audience))
    offered = levels(known)
    level = next((each for each in offered if each.value == request.args.get("niveau")), offered[0])
    return render_template(
        "school_mix/index.html",
        page=mix_page(known, level),
        limits=limits(),
        rule=storage.get_rule(db),
        level=level,
        levels=offered,
        year=year,
        years=years,
        year_label=year_label,
        period=period,
    )
