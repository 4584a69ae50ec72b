"""Cohorts: people kept from wave to wave."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.audit import Deed, note_access
from impact.exceptions import NotAllowed, Refused
from impact.wording import french, plural
from surveys.definitions import library
from surveys.forms import ConfirmEditForm
from surveys.own_storage import find_questionnaire, list_own
from surveys.pieces import shown_cohort_links
from surveys.rosters import cohort_storage as storage
from surveys.rosters.cohort_forms import CohortForm, MomentForm, OutcomeForm, PeopleForm, PersonForm
from surveys.rosters.protection_storage import count_due, list_team
from surveys.rosters.records import Cohort
from surveys.rosters.rules import by_place, outcomes, read_families, reads_names, steps_by_year
from surveys.rosters.vocabulary import Recognition, SpottedAt, Step
from surveys.rules import state_on

pages = Blueprint(
    "cohorts", __name__, template_folder="templates", url_prefix="/communautes/<slug>/questionnaires/cohortes"
)
Answer = str | Response


@pages.before_request
def keep_tab() -> None:
    """Everything here belongs to the questionnaires."""
    g.tab = "surveys"


@pages.get("/")
@allowed(Action.VIEW_SURVEYS)
def index(slug: str) -> str:
    """Every cohort."""
    return render_template("rosters/cohorts.html", cohorts=storage.list_cohorts(community_db()))


@pages.route("/nouvelle", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def add(slug: str) -> Answer:
    """Name a cohort."""
    form = CohortForm()
    if form.submitted():
        recognition = Recognition(form.recognition.data)
        added = storage.add_cohort(community_db(), actor(), str(form.title.data), recognition, form.once_key)
        flash("La cohorte est créée.")
        return redirect(url_for("cohorts.show", slug=slug, cohort_id=added), 303)
    return render_template("rosters/cohort_new.html", form=form)


@pages.get("/<int:cohort_id>")
@allowed(Action.VIEW_SURVEYS)
def show(slug: str, cohort_id: int) -> str:
    """Its moments and what was announced; its people for those who run it."""
    cohort = storage.get_cohort(community_db(), cohort_id)
    people, team = [], list_team(community_db(), cohort_id)
    named = reads_names(actor(), team)
    if named and cohort.people:
        people = storage.list_people(community_db(), cohort_id)
        note_access(community_db(), actor(), Deed.READ, "cohort", cohort_id)
    return render_template(
        "rosters/cohort.html",
        cohort=cohort,
        waves=[(each, state_on(each.wave, today())) for each in cohort.waves],
        outcome=dict(outcomes(cohort)).get(cohort.outcome, ""),
        people=people,
        named=named,
        team=len(team),
        due=count_due(community_db(), cohort, today()) if named else 0,
        years=steps_by_year(people, today()),
        places=by_place(people),
        steps=list(Step),
        links=shown_cohort_links(),
    )


@pages.route("/<int:cohort_id>/personnes/ajouter", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def add_people(slug: str, cohort_id: int) -> Answer:
    """Paste a list of children and of those who answer about them."""
    cohort, form = named_cohort(cohort_id), PeopleForm()
    if form.submitted():
        try:
            families = read_families(str(form.lines.data))
            added = storage.add_people(
                community_db(),
                actor(),
                cohort,
                families,
                today(),
                form.once_key,
                form.spotted_on.data,
                SpottedAt(form.spotted_at.data),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(f"{plural(len(added), 'personne est suivie', 'personnes sont suivies')} désormais.")
            return redirect(url_for("cohorts.show", slug=slug, cohort_id=cohort_id), 303)
    return render_template("rosters/people_add.html", cohort=cohort, form=form)


@pages.route("/<int:cohort_id>/personnes/<int:person_id>", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def person(slug: str, cohort_id: int, person_id: int) -> Answer:
    """The days of one person's programme."""
    cohort = named_cohort(cohort_id)
    found = storage.get_person(community_db(), cohort_id, person_id)
    note_access(community_db(), actor(), Deed.READ, "cohort_person", person_id)
    form = PersonForm(obj=found)
    if form.submitted():
        try:
            storage.change_person(community_db(), actor(), found, form.as_record(), form.version_read, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("C’est enregistré.")
            return redirect(url_for("cohorts.show", slug=slug, cohort_id=cohort_id), 303)
    limit = ConfirmEditForm(formdata=None, data={"version": str(found.version)})
    return render_template("rosters/person.html", cohort=cohort, found=found, form=form, limit=limit)


@pages.route("/<int:cohort_id>/vagues/ouvrir", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def open_moment(slug: str, cohort_id: int) -> Answer:
    """Open a questionnaire for one public at one moment."""
    cohort = storage.get_cohort(community_db(), cohort_id)
    form = MomentForm(data={"moment": cohort.next_moment})
    asked = [each.questionnaire for each in list_own(community_db()) if each.questionnaire.asked]
    form.questionnaire.choices = [(each.code, french(each.title)) for each in (*asked, *library())]
    if form.submitted():
        questionnaire = find_questionnaire(community_db(), str(form.questionnaire.data))
        try:
            storage.open_moment(
                community_db(), actor(), cohort, questionnaire, form.as_record(cohort.title), today(), form.once_key
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le questionnaire est prêt pour ce moment.")
            return redirect(url_for("cohorts.show", slug=slug, cohort_id=cohort_id), 303)
    return render_template("rosters/moment.html", cohort=cohort, form=form)


@pages.route("/<int:cohort_id>/ce-qui-compte", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def outcome(slug: str, cohort_id: int) -> Answer:
    """Announce the outcome and the smallest change that matters, before the answers."""
    cohort = storage.get_cohort(community_db(), cohort_id)
    form = _outcome_form(cohort)
    if form.submitted():
        try:
            storage.set_outcome(
                community_db(),
                actor(),
                cohort,
                str(form.outcome.data),
                form.smallest_change(),
                form.version_read,
                form.once_key,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("C’est annoncé : cela ne changera plus dès la première réponse.")
            return redirect(url_for("cohorts.show", slug=slug, cohort_id=cohort_id), 303)
    return render_template("rosters/outcome.html", cohort=cohort, form=form)


def named_cohort(cohort_id: int) -> Cohort:
    """The cohort, for its team; raises NotAllowed for whoever may not read the names in it."""
    cohort = storage.get_cohort(community_db(), cohort_id)
    if not reads_names(actor(), list_team(community_db(), cohort_id)):
        raise NotAllowed
    return cohort


def _outcome_form(cohort: Cohort) -> OutcomeForm:
    form = OutcomeForm(obj=cohort)
    form.outcome.choices = outcomes(cohort)
    return form
