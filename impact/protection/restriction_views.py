"""A court's restriction on one child's file: recorded, corrected, ended."""

from flask import flash, redirect, render_template, request, url_for

from impact.accounts.access import Action, FieldClass, readable_fields
from impact.accounts.guards import actor, allowed, community_db, today
from impact.exceptions import NotAllowed, Refused
from impact.pathways.file_storage import open_file
from impact.protection import restriction_storage, views
from impact.protection.forms import RestrictionForm
from impact.protection.views import Answer

pages = views.pages
LONGEST_NAME = 200


@pages.route("/dossiers/<int:situation_id>/restriction", methods=["GET", "POST"], defaults={"restriction_id": 0})
@pages.route("/dossiers/<int:situation_id>/restriction/<int:restriction_id>", methods=["GET", "POST"])
@allowed(Action.FOLLOW_CHILD)
def restriction(slug: str, situation_id: int, restriction_id: int) -> Answer:
    """Who must not be told where the child is."""
    file = open_file(community_db(), actor(), Action.FOLLOW_CHILD, situation_id)
    if FieldClass.JUSTICE not in readable_fields(actor()):
        raise NotAllowed
    child_id = file.situation.child_id
    form = RestrictionForm(data={"since": today(), "person": request.args.get("personne", "")[:LONGEST_NAME]})
    if restriction_id:
        stored = restriction_storage.get_restriction(community_db(), child_id, restriction_id)
        form = RestrictionForm(
            data={
                "person": stored.person,
                "ruling": stored.ruling,
                "since": stored.since,
                "until": stored.until,
                "version": str(stored.version),
            }
        )
    if form.submitted():
        typed = form.as_record(child_id, restriction_id)
        try:
            restriction_storage.save_restriction(community_db(), actor(), situation_id, typed, today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La restriction est enregistrée. Les fiches et les copies masquent maintenant les lieux.")
            return redirect(url_for("pathways.show", slug=slug, situation_id=situation_id), 303)
    known = restriction_storage.list_restrictions(community_db(), child_id)
    return render_template("protection/restriction.html", form=form, file=file, known=known, current=restriction_id)
