"""Time of the coordination: sums for all, the lines for who noted them."""

from flask import flash, redirect, render_template, url_for

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.exceptions import Refused
from impact.plans import time_rules, time_storage, views
from impact.plans.forms import TimeForm
from impact.plans.views import Answer
from impact.plans.vocabulary import TimeKind
from impact.wording import MONTHS

pages = views.pages


@pages.get("/temps")
@allowed(Action.VIEW_PLANS)
def time(slug: str) -> str:
    """Sums by month, and one's own lines."""
    return _page(TimeForm(day=today(), formdata=None))


@pages.post("/temps")
@allowed(Action.EDIT_PLANS)
def add_time(slug: str) -> Answer:
    """Some hours of a day."""
    form = TimeForm()
    if form.submitted():
        try:
            time_storage.add_time(
                community_db(), actor(), form.as_record(actor().member_id or 0), today(), form.once_key
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le temps est noté.")
            return redirect(url_for("plans.time", slug=slug), 303)
    return _page(form)


@pages.post("/temps/<int:time_id>/retirer")
@allowed(Action.EDIT_PLANS)
def remove_time(slug: str, time_id: int) -> Answer:
    """A line noted by mistake."""
    form = ConfirmForm()
    if form.submitted():
        time_storage.remove_time(community_db(), actor(), time_id, form.once_key)
        flash("La ligne est retirée.")
    return redirect(url_for("plans.time", slug=slug), 303)


def _page(form: TimeForm) -> str:
    spent = time_storage.list_time(community_db())
    return render_template(
        "plans/time.html",
        form=form,
        months=[(f"{MONTHS[each.month.month - 1]} {each.month.year}", each) for each in time_rules.by_month(spent)],
        year=time_rules.year_before(spent, today()),
        mine=[each for each in spent if each.member_id == actor().member_id],
        kinds=list(TimeKind),
        confirm=ConfirmForm(formdata=None),
    )
