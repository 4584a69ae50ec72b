"""The settings of a community and its access log."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action, Role
from impact.accounts.guards import actor, allowed, community_db
from impact.audit import Deed, note_access
from impact.communities.forms import CommunityForm
from impact.communities.records import Community
from impact.communities.storage import change_community, get_community, list_audit_entries
from impact.exceptions import Refused
from impact.navigation import Navigation

pages = Blueprint("settings", __name__, url_prefix="/communautes/<slug>/reglages")
Answer = str | Response
PAGE = 50
# Without these two nobody could bring a tab or a person back.
ALWAYS_SHOWN = frozenset({"settings", "members"})


@pages.route("", methods=["GET", "POST"])
@allowed(Action.MANAGE_COMMUNITY)
def edit(slug: str) -> Answer:
    """Name, territory, dates, tabs."""
    known = get_community(community_db())
    form = CommunityForm(data=_typed(known))
    form.shown_tabs.choices = choices = _tab_choices(known)
    if form.submitted():
        changed = form.as_record(known.kind, [key for key, _ in choices])
        try:
            change_community(community_db(), actor(), changed, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Les réglages sont enregistrés.")
            return redirect(url_for("settings.edit", slug=slug), 303)
    return render_template("communities/settings.html", form=form)


@pages.get("/journal")
@allowed(Action.VIEW_AUDIT)
def log(slug: str) -> str:
    """Who read or wrote what, and when; reading the log is itself noted."""
    deed = next((known for known in Deed if known.value == request.args.get("acte")), None)
    before = request.args.get("avant", type=int)
    entries = list_audit_entries(community_db(), deed, before if (before or 0) < 2**62 else None, PAGE + 1)
    note_access(community_db(), actor(), Deed.READ, "audit_entry")
    navigation: Navigation = current_app.extensions["navigation"]
    return render_template(
        "communities/log.html",
        entries=entries[:PAGE],
        older=entries[PAGE - 1].id if len(entries) > PAGE else None,
        before=before,
        deed=deed,
        deeds=list(Deed),
        objects=navigation.object_labels,
        roles={**{role.value: role.label for role in Role}, "administrator": "Administration", "system": "Système"},
    )


def _typed(known: Community) -> dict[str, object]:
    shown = [key for key, _ in _tab_choices(known) if key not in known.hidden_tabs]
    return {
        "name": known.name,
        "territory": known.territory,
        "starts_on": known.starts_on,
        "ends_on": known.ends_on,
        "shown_tabs": shown,
        "version": str(known.version),
    }


def _tab_choices(known: Community) -> list[tuple[str, str]]:
    navigation: Navigation = current_app.extensions["navigation"]
    tabs = (tab for tab in navigation.tabs if known.kind in tab.kinds and tab.key not in ALWAYS_SHOWN)
    return [(tab.key, tab.label) for tab in tabs]
