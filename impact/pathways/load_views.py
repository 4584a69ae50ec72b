"""Who follows how many children, and the time it takes."""

from datetime import timedelta

from flask import render_template

from impact.accounts.access import Action
from impact.accounts.guards import allowed, community_db, today
from impact.pathways import views
from impact.pathways.line_storage import list_loads

pages = views.pages
DAYS = 30


@pages.get("/charges")
@allowed(Action.DECIDE_SITUATION)
def loads(slug: str) -> str:
    """Each referent's children, late ones, and hours of the last weeks: numbers, and no child's name."""
    since = today() - timedelta(days=DAYS - 1)
    found = list_loads(community_db(), since, today())
    return render_template("pathways/loads.html", loads=found, since=since, day=today())
