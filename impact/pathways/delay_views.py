"""The delays of the follow-up, and those that were in force before."""

from flask import flash, redirect, render_template, url_for

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.communities.storage import member_names
from impact.exceptions import Refused
from impact.pathways import setting_storage, views
from impact.pathways.forms import DelaysForm
from impact.pathways.views import Answer

pages = views.pages


@pages.route("/delais", methods=["GET", "POST"])
@allowed(Action.DECIDE_SITUATION)
def delays(slug: str) -> Answer:
    """How long before a reminder, how long a pathway lasts, how long a former referent reads."""
    db = community_db()
    known = setting_storage.list_settings(db)
    form = DelaysForm(obj=known[0])
    if form.submitted():
        try:
            setting_storage.change_setting(db, actor(), form.as_record(), today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Les délais sont enregistrés. « À faire » les suit dès maintenant.")
            return redirect(url_for("pathways.delays", slug=slug), 303)
    return render_template("pathways/delays.html", form=form, known=known, names=member_names(db))
