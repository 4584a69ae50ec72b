"""Tab « Feuille de route »: objectives, actions, steps, as a list and as a picture."""

from textwrap import shorten

from flask import Blueprint, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.agreements.decision_storage import list_decisions
from impact.communities.forms import member_choices, organisation_choices
from impact.communities.storage import list_members, list_organisations
from impact.drawing import PHONE, WIDE, Size
from impact.exceptions import Refused
from impact.plans import rules, storage
from impact.plans.forms import ActionForm, ObjectiveForm, ProgressForm, StepForm
from impact.plans.records import Objective, Step
from impact.plans.timeline import draw_timeline, state_words
from impact.plans.vocabulary import StepState
from impact.wording import short_date

pages = Blueprint("plans", __name__, url_prefix="/communautes/<slug>/feuille-de-route")
Answer = str | Response
_STATES = [(rules.LATE, "En retard"), *StepState.choices()]
_SCREEN = Size(WIDE.width, "px", 1.3, "bur")


@pages.get("/")
@allowed(Action.VIEW_PLANS)
def index(slug: str) -> str:
    """The roadmap, whole or as asked by state and by owner, drawn and listed."""
    roadmap = storage.get_roadmap(community_db())
    steps = rules.all_steps(roadmap)
    owners = {step.owner_id: step.owner for step in steps}
    asked = request.args.get("responsable", "")
    owner_id = int(asked) if asked.isascii() and asked.isdecimal() and int(asked) in owners else None
    state = request.args.get("etat", "") if request.args.get("etat") in dict(_STATES) else ""
    shown = rules.filtered(roadmap, state, owner_id, today())
    return render_template(
        "plans/index.html",
        roadmap=shown,
        steps=steps,
        shown=len(rules.all_steps(shown)),
        pictures=_pictures(shown),
        counts=[(value, label, len(_in_state(steps, value))) for value, label in _STATES],
        owners=owners,
        state=state,
        owner_id=owner_id,
        kept=rules.kept(steps, today()),
        words=lambda step: state_words(step, today()),
        late=lambda step: rules.is_late(step, today()),
        may_advance=lambda step: rules.may_advance(actor(), step),
        confirm=ConfirmForm(formdata=None),
    )


@pages.route("/objectifs/nouveau", methods=["GET", "POST"])
@allowed(Action.EDIT_PLANS)
def add_objective(slug: str) -> Answer:
    """One more objective."""
    form = ObjectiveForm()
    if form.submitted():
        added = storage.add_objective(community_db(), actor(), str(form.title.data), form.once_key)
        flash("L’objectif est inscrit. Ajoutez maintenant une action.")
        return redirect(url_for("plans.index", slug=slug, _anchor=f"objectif-{added}"), 303)
    return render_template("plans/title_form.html", form=form, title="Ajouter un objectif", lead="")


@pages.route("/objectifs/<int:objective_id>/modifier", methods=["GET", "POST"])
@allowed(Action.EDIT_PLANS)
def edit_objective(slug: str, objective_id: int) -> Answer:
    """Other words for an objective."""
    known = storage.get_objective(community_db(), objective_id)
    form = ObjectiveForm(obj=known)
    if form.submitted():
        title = str(form.title.data)
        storage.change_objective(community_db(), actor(), objective_id, title, form.version_read, form.once_key)
        flash("L’objectif est enregistré.")
        return redirect(url_for("plans.index", slug=slug, _anchor=f"objectif-{objective_id}"), 303)
    return render_template("plans/title_form.html", form=form, title="Modifier l’objectif", lead=known.title)


@pages.post("/objectifs/<int:objective_id>/retirer")
@allowed(Action.EDIT_PLANS)
def remove_objective(slug: str, objective_id: int) -> Answer:
    """An objective without actions goes."""
    form = ConfirmForm()
    if form.submitted():
        storage.remove_objective(community_db(), actor(), objective_id, form.once_key)
        flash("L’objectif est retiré.")
    return redirect(url_for("plans.index", slug=slug), 303)


@pages.route("/objectifs/<int:objective_id>/nouvelle-action", methods=["GET", "POST"])
@allowed(Action.EDIT_PLANS)
def add_action(slug: str, objective_id: int) -> Answer:
    """One more action of an objective."""
    known = storage.get_objective(community_db(), objective_id)
    form = ActionForm()
    if form.submitted():
        added = storage.add_action(community_db(), actor(), objective_id, str(form.title.data), form.once_key)
        flash("L’action est inscrite. Ajoutez maintenant ses étapes.")
        return redirect(url_for("plans.index", slug=slug, _anchor=f"action-{added}"), 303)
    return render_template("plans/title_form.html", form=form, title="Ajouter une action", lead=known.title)


@pages.route("/actions/<int:action_id>/modifier", methods=["GET", "POST"])
@allowed(Action.EDIT_PLANS)
def edit_action(slug: str, action_id: int) -> Answer:
    """Other words for an action."""
    known = storage.get_action(community_db(), action_id)
    form = ActionForm(obj=known)
    if form.submitted():
        title = str(form.title.data)
        storage.change_action(community_db(), actor(), action_id, title, form.version_read, form.once_key)
        flash("L’action est enregistrée.")
        return redirect(url_for("plans.index", slug=slug, _anchor=f"action-{action_id}"), 303)
    return render_template("plans/title_form.html", form=form, title="Modifier l’action", lead=known.title)


@pages.post("/actions/<int:action_id>/retirer")
@allowed(Action.EDIT_PLANS)
def remove_action(slug: str, action_id: int) -> Answer:
    """An action without steps goes."""
    form = ConfirmForm()
    if form.submitted():
        storage.remove_action(community_db(), actor(), action_id, form.once_key)
        flash("L’action est retirée.")
    return redirect(url_for("plans.index", slug=slug), 303)


@pages.route("/actions/<int:action_id>/nouvelle-etape", methods=["GET", "POST"])
@allowed(Action.EDIT_PLANS)
def add_step(slug: str, action_id: int) -> Answer:
    """One more step of an action."""
    known = storage.get_action(community_db(), action_id)
    form = _step_form(None)
    if form.submitted():
        try:
            added = storage.add_step(community_db(), actor(), action_id, form.as_plan(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’étape est inscrite.")
            return redirect(url_for("plans.index", slug=slug, _anchor=f"etape-{added}"), 303)
    return render_template("plans/step_form.html", form=form, title="Ajouter une étape", lead=known.title)


@pages.route("/etapes/<int:step_id>/modifier", methods=["GET", "POST"])
@allowed(Action.EDIT_PLANS)
def edit_step(slug: str, step_id: int) -> Answer:
    """Title, owner, partners, dates of a step."""
    known = storage.get_step(community_db(), step_id)
    form = _step_form(known)
    if form.submitted():
        try:
            storage.change_step(community_db(), actor(), step_id, form.as_plan(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’étape est enregistrée.")
            return redirect(url_for("plans.index", slug=slug, _anchor=f"etape-{step_id}"), 303)
    return render_template("plans/step_form.html", form=form, title="Modifier l’étape", lead=known.title)


@pages.route("/etapes/<int:step_id>/avancement", methods=["GET", "POST"])
@allowed(Action.CONTRIBUTE_PLANS)
def progress(slug: str, step_id: int) -> Answer:
    """Where a step stands, said by its owner or by those who run the roadmap."""
    known = storage.get_step(community_db(), step_id)
    rules.check_may_advance(actor(), known)
    form = ProgressForm(obj=known)
    if form.submitted():
        try:
            storage.record_progress(community_db(), actor(), step_id, form.as_progress(), today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’avancement est enregistré.")
            return redirect(url_for("plans.index", slug=slug, _anchor=f"etape-{step_id}"), 303)
    return render_template("plans/progress.html", form=form, step=known, late=rules.is_late(known, today()))


def _in_state(steps: list[Step], state: str) -> list[Step]:
    if state == rules.LATE:
        return [step for step in steps if rules.is_late(step, today())]
    return [step for step in steps if step.state.value == state]


def _pictures(shown: list[Objective]) -> list[Markup]:
    # Every label was escaped by the drawing.
    return [Markup(draw_timeline(shown, today(), size)) for size in (_SCREEN, PHONE)]


def _step_form(known: Step | None) -> StepForm:
    data = {}
    if known:
        data = {
            "title": known.title,
            "owner_id": str(known.owner_id),
            "partner_ids": [str(partner.id) for partner in known.partners],
            "starts_on": known.starts_on,
            "due_on": known.due_on,
            "decision_id": str(known.decision.id) if known.decision else "",
            "version": str(known.version),
        }
    form = StepForm(data=data)
    form.owner_id.choices = member_choices(list_members(community_db()))
    if known and str(known.owner_id) not in dict(form.owner_id.choices):
        # She left: the step keeps her until somebody else takes it over.
        form.owner_id.choices.append((str(known.owner_id), known.owner))
    form.decision_id.choices = [
        (str(each.id), f"{short_date(each.decided_on)} – {shorten(each.wording, 90, placeholder=' …')}")
        for each in list_decisions(community_db())
    ]
    form.partner_ids.choices = organisation_choices(list_organisations(community_db()))
    return form
