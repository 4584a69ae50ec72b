"""The copy of what is kept about a person of a cohort: asked, released by a second person, handed over."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.audit import Deed, note_access
from impact.exceptions import NotFound, Refused
from impact.pathways.sheets import sheet
from impact.protection.copy_storage import copy_as_json
from impact.protection.rules import ANSWER_DAYS
from surveys.rosters import cohort_storage, cohort_views, copy_storage
from surveys.rosters.cohort_views import Answer, named_cohort
from surveys.rosters.copy_forms import PersonCopyForm

pages = cohort_views.pages


@pages.route("/<int:cohort_id>/personnes/<int:person_id>/copie", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def copy(slug: str, cohort_id: int, person_id: int) -> Answer:
    """Note a request, and see where the earlier ones stand."""
    cohort = named_cohort(cohort_id)
    found = cohort_storage.get_person(community_db(), cohort_id, person_id)
    note_access(community_db(), actor(), Deed.READ, "cohort_person", person_id)
    form = PersonCopyForm(data={"received_on": today()})
    if form.submitted():
        asked = form.as_person_copy(person_id, actor().member_id or 0)
        try:
            copy_storage.ask_copy(community_db(), actor(), asked, today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La demande est notée. Une autre personne qui lit les noms relit la copie et la remet.")
            return redirect(url_for("cohorts.copy", slug=slug, cohort_id=cohort_id, person_id=person_id), 303)
    return render_template(
        "rosters/copy.html",
        cohort=cohort,
        found=found,
        form=form,
        copies=copy_storage.list_copies(community_db(), person_id),
        member_id=actor().member_id,
        answer=timedelta(ANSWER_DAYS),
    )


@pages.route("/<int:cohort_id>/personnes/<int:person_id>/copie/<int:copy_id>/relire", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def release(slug: str, cohort_id: int, person_id: int, copy_id: int) -> Answer:
    """Read the copy over, then release it; never by the person who prepared it."""
    cohort = named_cohort(cohort_id)
    found = cohort_storage.get_person(community_db(), cohort_id, person_id)
    known = copy_storage.get_copy(community_db(), person_id, copy_id)
    note_access(community_db(), actor(), Deed.READ, "cohort_person", person_id)
    form = ConfirmForm()
    if form.submitted():
        try:
            copy_storage.release_copy(community_db(), actor(), known, today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La copie peut être remise.")
            return redirect(url_for("cohorts.copy", slug=slug, cohort_id=cohort_id, person_id=person_id), 303)
    sections = copy_storage.copy_of(community_db(), cohort, found)
    return render_template("rosters/release.html", cohort=cohort, found=found, form=form, copy=known, sections=sections)


@pages.get("/<int:cohort_id>/personnes/<int:person_id>/copie/<int:copy_id>/<any('pdf', 'json'):shape>")
@allowed(Action.RUN_SURVEYS)
def hand_over(slug: str, cohort_id: int, person_id: int, copy_id: int, shape: str) -> Response:
    """The released copy; made anew each time, so that no second file is kept."""
    cohort = named_cohort(cohort_id)
    found = cohort_storage.get_person(community_db(), cohort_id, person_id)
    known = copy_storage.get_copy(community_db(), person_id, copy_id)
    if known.released_on is None:
        raise NotFound
    sections = copy_storage.copy_of(community_db(), cohort, found)
    note_access(community_db(), actor(), Deed.EXPORT, "cohort_person", person_id)
    if shape == "pdf":
        return sheet("rosters/print_copy.html", f"copie-{copy_id}", cohort=cohort, found=found, sections=sections)
    headers = {"Content-Disposition": f'attachment; filename="copie-{copy_id}.json"'}
    return Response(copy_as_json(sections), mimetype="application/json", headers=headers)
