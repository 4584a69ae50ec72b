"""Joint actions and their fundings."""

from collections import Counter
from collections.abc import Callable

from flask import current_app, flash, redirect, render_template, request, url_for

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db
from impact.communities.forms import organisation_choices
from impact.communities.storage import list_organisations
from impact.cooperation import action_storage, rules, views
from impact.cooperation.action_forms import ActionForm, FundingForm
from impact.cooperation.aiming import Aiming
from impact.cooperation.grid_storage import list_criteria
from impact.cooperation.records import Funding, JointAction
from impact.cooperation.storage import list_questions
from impact.cooperation.views import Answer, question_choices
from impact.cooperation.vocabulary import ActionState, AgeBand
from impact.exceptions import Refused
from impact.wording import french, sort_key

pages = views.pages


@pages.get("/actions/")
@allowed(Action.VIEW_COOPERATION)
def actions(slug: str) -> str:
    """Every action; `age`, `etat` and `question` narrow the list."""
    known, questions = action_storage.list_actions(community_db()), list_questions(community_db())
    lasting = rules.lasting(questions)
    shown = [action for action in known if _kept(action, lasting)]
    fundings = action_storage.list_fundings(community_db())
    every = [line for action in shown for line in fundings.get(action.id, [])]
    return render_template(
        "cooperation/actions.html",
        actions=shown,
        total=len(known),
        sums={action.id: rules.totals(fundings.get(action.id, [])) for action in shown},
        whole=rules.totals(every),
        funders=_granted(every).most_common(),
        by_age=[(band, sum(1 for action in shown if band in action.bands)) for band in AgeBand],
        states=ActionState,
        bands=AgeBand,
        names=_names(),
        questions=rules.living(questions),
        words={each.id: each.words for each in questions},
        lasting=lasting,
    )


@pages.route("/actions/nouvelle", methods=["GET", "POST"])
@allowed(Action.RUN_COOPERATION)
def add_action(slug: str) -> Answer:
    """One more action."""
    form = _action_form(ActionForm())
    if form.submitted():
        try:
            added = action_storage.add_action(community_db(), actor(), form.as_record(), form.once_key, _keep(form))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’action est enregistrée. Ajoutez ses financements.")
            return redirect(url_for("cooperation.action", slug=slug, action_id=added), 303)
    return render_template("cooperation/action_form.html", form=form, action=None)


@pages.get("/actions/<int:action_id>")
@allowed(Action.VIEW_COOPERATION)
def action(slug: str, action_id: int) -> str:
    """One action, whole."""
    return _page(action_id, FundingForm(formdata=None))


@pages.route("/actions/<int:action_id>/modifier", methods=["GET", "POST"])
@allowed(Action.RUN_COOPERATION)
def edit_action(slug: str, action_id: int) -> Answer:
    """Everything but its fundings."""
    known = action_storage.get_action(community_db(), action_id)
    served = [str(aim.id) for aim in _aiming().of(community_db(), action_id)]
    form = _action_form(ActionForm(obj=known, aim_ids=served))
    if form.submitted():
        try:
            changed = form.as_record(action_id)
            action_storage.change_action(community_db(), actor(), changed, form.once_key, _keep(form))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’action est enregistrée.")
            return redirect(url_for("cooperation.action", slug=slug, action_id=action_id), 303)
    return render_template("cooperation/action_form.html", form=form, action=known)


@pages.post("/actions/<int:action_id>")
@allowed(Action.RUN_COOPERATION)
def add_funding(slug: str, action_id: int) -> Answer:
    """One more funder."""
    action_storage.get_action(community_db(), action_id)
    form = FundingForm()
    if form.submitted():
        try:
            action_storage.add_funding(community_db(), actor(), form.as_record(action_id), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le financement est enregistré.")
            return redirect(url_for("cooperation.action", slug=slug, action_id=action_id), 303)
    return _page(action_id, form)


@pages.route("/actions/<int:action_id>/financements/<int:funding_id>", methods=["GET", "POST"])
@allowed(Action.RUN_COOPERATION)
def edit_funding(slug: str, action_id: int, funding_id: int) -> Answer:
    """Other amounts."""
    known = action_storage.get_funding(community_db(), action_id, funding_id)
    form = FundingForm(obj=known)
    if form.submitted():
        try:
            action_storage.change_funding(community_db(), actor(), form.as_record(action_id, funding_id), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le financement est enregistré.")
            return redirect(url_for("cooperation.action", slug=slug, action_id=action_id), 303)
    served = action_storage.get_action(community_db(), action_id)
    confirm = ConfirmForm(formdata=None)
    return render_template("cooperation/funding.html", form=form, funding=known, action=served, confirm=confirm)


@pages.post("/actions/<int:action_id>/financements/<int:funding_id>/retirer")
@allowed(Action.RUN_COOPERATION)
def remove_funding(slug: str, action_id: int, funding_id: int) -> Answer:
    """Off the list."""
    form = ConfirmForm()
    if form.submitted():
        action_storage.remove_funding(community_db(), actor(), action_id, funding_id, form.once_key)
        flash("Le financement est retiré.")
    return redirect(url_for("cooperation.action", slug=slug, action_id=action_id), 303)


def _kept(action: JointAction, lasting: dict[int, int]) -> bool:
    age, state, question = (request.args.get(name, "") for name in ("age", "etat", "question"))
    if age and age not in action.bands:
        return False
    if state and state != action.state:
        return False
    return not question or str(lasting.get(action.question_id or 0)) == question


def _granted(lines: list[Funding]) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in lines:
        found[line.funder] += line.granted or 0
    return found


def _names() -> dict[int, str]:
    return {known.id: known.name for known in list_organisations(community_db())}


def _action_form(form: ActionForm) -> ActionForm:
    offered = organisation_choices(list_organisations(community_db()))
    form.lead_id.choices = form.partner_ids.choices = offered
    form.question_id.choices = question_choices()
    form.aim_ids.choices = [(str(aim.id), french(aim.title)) for aim in _aiming().every(community_db())]
    return form


def _aiming() -> Aiming:
    aiming: Aiming = current_app.extensions["cooperation"]
    return aiming


def _keep(form: ActionForm) -> Callable[[int], None]:
    return lambda action_id: _aiming().keep(community_db(), actor(), action_id, form.chosen_aims)


def _page(action_id: int, form: FundingForm) -> str:
    known = action_storage.get_action(community_db(), action_id)
    fundings = action_storage.list_fundings(community_db()).get(action_id, [])
    questions, names = list_questions(community_db()), _names()
    return render_template(
        "cooperation/action.html",
        action=known,
        fundings=fundings,
        sums=rules.totals(fundings),
        filled=rules.fill_grid(known, fundings, list_criteria(community_db()).get(action_id, {})),
        names=names,
        partners=sorted((names[each] for each in known.partner_ids), key=sort_key),
        words={each.id: each.words for each in questions},
        lasting=rules.lasting(questions),
        aims=_aiming().of(community_db(), action_id),
        form=form,
    )
