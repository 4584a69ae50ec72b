"""« Accès d’urgence »: a child named exactly, a written reason, three hours."""

from datetime import UTC, datetime

from flask import flash, redirect, render_template, url_for

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db
from impact.exceptions import Refused
from impact.protection import urgent_storage, views
from impact.protection.forms import UrgentForm
from impact.protection.views import Answer

pages = views.pages


@pages.route("/urgence", methods=["GET", "POST"])
@allowed(Action.OPEN_URGENTLY)
def urgent(slug: str) -> Answer:
    """Ask, and read at once; the coordinator is told."""
    form, now = UrgentForm(), datetime.now(UTC)
    if form.submitted():
        try:
            opened = urgent_storage.open_urgently(
                community_db(), actor(), form.child(), form.reason.data or "", now, form.once_key
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le dossier vous est ouvert en lecture pendant trois heures. La coordination le sait.")
            return redirect(url_for("pathways.show", slug=slug, situation_id=opened), 303)
    mine = [known for known in urgent_storage.list_urgent(community_db()) if known.member_id == actor().member_id]
    return render_template("protection/urgent.html", form=form, mine=mine, now=now)
