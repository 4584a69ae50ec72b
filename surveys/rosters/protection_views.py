"""The names of a cohort: who reads them, how long they are kept, whom nothing is asked any more."""

from flask import flash, redirect, render_template, url_for

from impact.accounts.access import RIGHTS, Action
from impact.accounts.guards import actor, allowed, community_db, directory, today
from impact.accounts.storage import list_memberships
from impact.audit import Deed, note_access
from impact.communities.storage import list_members
from impact.exceptions import Refused
from impact.wording import plural
from surveys.forms import ConfirmEditForm
from surveys.rosters import cohort_storage, cohort_views
from surveys.rosters import protection_storage as storage
from surveys.rosters.cohort_views import Answer, named_cohort
from surveys.rosters.protection_forms import ErasingForm, KeepingForm, TeamForm

pages = cohort_views.pages


@pages.route("/<int:cohort_id>/equipe", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def team(slug: str, cohort_id: int) -> Answer:
    """Who reads the names."""
    cohort = named_cohort(cohort_id)
    known = storage.list_team(community_db(), cohort_id)
    form = TeamForm(data={"members": [str(each) for each in known], "version": str(cohort.version)})
    form.members.choices = _team_choices(slug)
    if form.submitted():
        chosen = [int(each) for each in form.members.data or []]
        try:
            storage.set_team(community_db(), actor(), cohort, chosen, form.version_read, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’équipe de la cohorte est enregistrée.")
            return redirect(url_for("cohorts.show", slug=slug, cohort_id=cohort_id), 303)
    return render_template("rosters/team.html", cohort=cohort, form=form)


def _team_choices(slug: str) -> list[tuple[str, str]]:
    """Members whose role runs questionnaires: no other could read a name, even in the team."""
    able = {
        each.member_id for each in list_memberships(directory(), slug=slug) if Action.RUN_SURVEYS in RIGHTS[each.role]
    }
    return [(str(each.id), each.listed_name) for each in list_members(community_db()) if each.id in able]


@pages.route("/<int:cohort_id>/conservation", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def keeping(slug: str, cohort_id: int) -> Answer:
    """How long names are kept, and those whose time is over."""
    cohort = named_cohort(cohort_id)
    form = KeepingForm(obj=cohort)
    if form.submitted():
        months = int(form.keep_months.data)
        storage.set_keeping(community_db(), actor(), cohort, months, form.version_read, form.once_key)
        flash("La durée est enregistrée.")
        return redirect(url_for("cohorts.keeping", slug=slug, cohort_id=cohort_id), 303)
    return _keeping_page(cohort_id, form, ErasingForm(formdata=None))


@pages.post("/<int:cohort_id>/conservation/effacer")
@allowed(Action.RUN_SURVEYS)
def erase(slug: str, cohort_id: int) -> Answer:
    """Forget the names of people whose time is over."""
    cohort, form = named_cohort(cohort_id), ErasingForm()
    form.people.choices = _choices(cohort_id)
    if form.submitted():
        chosen = [int(each) for each in form.people.data or []]
        try:
            storage.erase(community_db(), actor(), cohort, chosen, today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(f"{plural(len(chosen), 'nom est effacé', 'noms sont effacés')}. Les réponses restent, sans personne.")
            return redirect(url_for("cohorts.keeping", slug=slug, cohort_id=cohort_id), 303)
    return _keeping_page(cohort_id, KeepingForm(formdata=None, obj=cohort), form)


@pages.post("/<int:cohort_id>/personnes/<int:person_id>/limiter")
@allowed(Action.RUN_SURVEYS)
def restrict(slug: str, cohort_id: int, person_id: int) -> Answer:
    """Ask her nothing more and use her answers no more; or again, when she changes her mind."""
    named_cohort(cohort_id)
    found, form = cohort_storage.get_person(community_db(), cohort_id, person_id), ConfirmEditForm()
    if form.submitted():
        storage.restrict(community_db(), actor(), found, today(), form.version_read, form.once_key)
        flash("La limitation est levée." if found.restricted_on else "Plus rien ne lui sera demandé.")
    return redirect(url_for("cohorts.person", slug=slug, cohort_id=cohort_id, person_id=person_id), 303)


def _keeping_page(cohort_id: int, form: KeepingForm, erasing: ErasingForm) -> str:
    erasing.people.choices = _choices(cohort_id)
    if erasing.people.choices:
        note_access(community_db(), actor(), Deed.READ, "cohort", cohort_id)
    cohort = cohort_storage.get_cohort(community_db(), cohort_id)
    return render_template("rosters/keeping.html", cohort=cohort, form=form, erasing=erasing)


def _choices(cohort_id: int) -> list[tuple[str, str]]:
    cohort = cohort_storage.get_cohort(community_db(), cohort_id)
    due = storage.list_due(community_db(), cohort, today())
    return [(str(each.person.id), each.person.listed_name) for each in due]
