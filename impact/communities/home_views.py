"""« À faire », over every community of a person, and the home of one community."""

from flask import Blueprint, current_app, render_template

from impact.accounts.access import Action, Role
from impact.accounts.guards import (
    account,
    actor,
    actor_in,
    allowed,
    community_db,
    directory,
    instance,
    signed_in,
    today,
)
from impact.accounts.storage import list_memberships
from impact.communities.records import Community
from impact.communities.rules import manages_members
from impact.communities.storage import get_community, list_members, list_organisations
from impact.navigation import Navigation, Todo, Urgency

todo = Blueprint("todo", __name__)
home_pages = Blueprint("communities", __name__, url_prefix="/communautes/<slug>")


@todo.get("/")
@signed_in
def index() -> str:
    """What is late, waiting or missing, with one action each."""
    everything = _everything()
    found = [(slug, community, item) for slug, community, _, items in everything for item in items]
    groups = [(urgency, [entry for entry in found if entry[2].urgency == urgency]) for urgency in Urgency]
    communities = [(slug, community, role) for slug, community, role, _ in everything]
    return render_template("todo/index.html", groups=groups, total=len(found), communities=communities, day=today())


@home_pages.get("/")
@allowed(Action.VIEW_COMMUNITY)
def home(slug: str) -> str:
    """What this community is, who takes part, what its pages are."""
    members = list_members(community_db())
    access = {known.member_id: known.role for known in list_memberships(directory(), slug=slug)}
    return render_template(
        "communities/home.html",
        todos=_navigation().todos(community_db(), actor(), today()),
        member_count=len(members),
        organisations=list_organisations(community_db()),
        managers=[(known, role) for known in members if (role := access.get(known.id)) and manages_members(role)],
    )


def _navigation() -> Navigation:
    navigation: Navigation = current_app.extensions["navigation"]
    return navigation


def _everything() -> list[tuple[str, Community, Role, list[Todo]]]:
    known = account()
    found = []
    for membership in list_memberships(directory(), known.id if known else 0):
        slug = membership.community_slug
        db = instance().community(slug)
        found.append((slug, get_community(db), membership.role, _navigation().todos(db, actor_in(slug), today())))
        db.close()
    return found
