"""The register of decisions: pages of the tab « Charte »."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.agreements import decision_storage, views
from impact.agreements.forms import DecisionForm
from impact.exceptions import Refused

pages = views.pages
Answer = str | Response


@pages.get("/decisions")
@allowed(Action.VIEW_AGREEMENTS)
def decisions(slug: str) -> str:
    """Every decision, the latest first, disagreements with what would settle them."""
    return render_template("agreements/decisions.html", decisions=decision_storage.list_decisions(community_db()))


@pages.route("/decisions/nouvelle", methods=["GET", "POST"])
@allowed(Action.RUN_AGREEMENTS)
def add_decision(slug: str) -> Answer:
    """One more line in the register; a meeting hands in its own words, day and name."""
    asked = request.args
    form = DecisionForm(
        wording=asked.get("decision", ""), decided_on=_day(asked.get("le", "")), decided_by=asked.get("par", "")
    )
    if form.submitted():
        try:
            decision_storage.add_decision(community_db(), actor(), form.as_record(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La décision est inscrite au registre.")
            return redirect(url_for("agreements.decisions", slug=slug), 303)
    return render_template("agreements/decision_form.html", form=form, decision=None)


@pages.route("/decisions/<int:decision_id>", methods=["GET", "POST"])
@allowed(Action.RUN_AGREEMENTS)
def edit_decision(slug: str, decision_id: int) -> Answer:
    """Correct a decision, or say that its disagreement is settled."""
    known = decision_storage.get_decision(community_db(), decision_id)
    form = DecisionForm(obj=known)
    if form.submitted():
        try:
            decision_storage.change_decision(community_db(), actor(), form.as_record(decision_id), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La décision est enregistrée.")
            return redirect(url_for("agreements.decisions", slug=slug), 303)
    return render_template("agreements/decision_form.html", form=form, decision=known)


def _day(text: str) -> date:
    """The day asked for, or today."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today()
