"""The steps before the pathway: orientation, agreement, decision; and how every step shows, saves or explains."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.exceptions import Refused
from impact.forms import Form, WatchedForm
from impact.pathways import adult_storage, storage, views
from impact.pathways.file_storage import open_file
from impact.pathways.forms import ConsentForm, DecisionForm, OrientationForm, WithdrawalForm
from impact.pathways.records import ChildFile, Orientation
from impact.pathways.rules import (
    agreement,
    file_state,
)
from impact.pathways.views import Answer
from impact.pathways.vocabulary import Authority
from impact.safeguards import fields_off, warned_words

pages = views.pages


@pages.route("/<int:situation_id>/orientation", methods=["GET", "POST"])
@allowed(Action.ADD_SITUATION)
def orientation(slug: str, situation_id: int) -> Answer:
    """What the sender says: who, what was tried, who informed the parents, what the family wishes."""
    file = open_file(community_db(), actor(), Action.ADD_SITUATION, situation_id)
    form = OrientationForm(data=_orientation_as_typed(file.orientation))

    def save() -> None:
        storage.save_orientation(community_db(), actor(), situation_id, form.as_record(), today(), form.once_key)

    return step(slug, file, form, "orientation", save, "La fiche d’orientation est enregistrée.")


@pages.route("/<int:situation_id>/accord", methods=["GET", "POST"])
@allowed(Action.ADD_SITUATION)
def consent(slug: str, situation_id: int) -> Answer:
    """The agreement of a legal representative."""
    file = open_file(community_db(), actor(), Action.ADD_SITUATION, situation_id)
    asked = {"given_on": today(), "text_version": storage.last_text_version(community_db())}
    form = ConsentForm(data=asked | _who_may_agree(file))

    def save() -> None:
        storage.add_consent(community_db(), actor(), situation_id, form.as_record(), today(), form.once_key)

    return step(slug, file, form, "consent", save, "L’accord est enregistré.")


@pages.route("/<int:situation_id>/retrait-accord", methods=["GET", "POST"])
@allowed(Action.ADD_SITUATION)
def withdraw(slug: str, situation_id: int) -> Answer:
    """The agreement is withdrawn: nothing more is written."""
    file = open_file(community_db(), actor(), Action.ADD_SITUATION, situation_id)
    form = WithdrawalForm(data={"withdrawn_on": today()})

    def save() -> None:
        storage.withdraw_consent(community_db(), actor(), situation_id, form.withdrawn_on.data, today(), form.once_key)

    return step(slug, file, form, "withdraw", save, "Le retrait est enregistré : plus rien ne peut être écrit.")


@pages.post("/<int:situation_id>/presentation")
@allowed(Action.DECIDE_SITUATION)
def present(slug: str, situation_id: int) -> Answer:
    """Let the partners of the support team read the situation."""
    open_file(community_db(), actor(), Action.DECIDE_SITUATION, situation_id)
    form = ConfirmForm()
    if form.submitted():
        storage.present_situation(community_db(), actor(), situation_id, today(), form.once_key)
        flash("Les partenaires de l’équipe de soutien peuvent maintenant lire cette situation.")
    return redirect(url_for("pathways.show", slug=slug, situation_id=situation_id), 303)


@pages.route("/<int:situation_id>/decision", methods=["GET", "POST"])
@allowed(Action.DECIDE_SITUATION)
def decide(slug: str, situation_id: int) -> Answer:
    """What the support team decided."""
    file = open_file(community_db(), actor(), Action.DECIDE_SITUATION, situation_id)
    form = DecisionForm(data={"decided_on": today()})

    def save() -> None:
        storage.add_decision(community_db(), actor(), situation_id, form.as_record(), today(), form.once_key)

    return step(slug, file, form, "decision", save, "La décision est enregistrée.")


def step(
    slug: str,
    file: ChildFile,
    form: Form,
    page: str,
    save: Callable[[], object],
    done: str,
    *,
    again: str = "",
    **values: object,
) -> Answer:
    """Show a form about one child, save it, or explain why it is refused; `values` are for the template."""
    situation_id = file.situation.id
    if isinstance(form, WatchedForm):
        form.watch(warned_words(community_db(), today()), fields_off(community_db()))
    if form.submitted():
        try:
            save()
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(done)
            target = again if again and "again" in request.form else "pathways.show"
            return redirect(url_for(target, slug=slug, situation_id=situation_id), 303)
    return render_template(
        f"pathways/{page}.html",
        form=form,
        file=file,
        consent=agreement(file.consents),
        state=file_state(file),
        day=today(),
        **values,
    )


def _orientation_as_typed(stored: Orientation | None) -> dict[str, object]:
    if stored is None:
        return {"version": "0"}
    return {
        "given_name": stored.sender.given_name,
        "family_name": stored.sender.family_name,
        "sender_role": stored.sender_role,
        "institution": stored.institution,
        "tried": stored.tried,
        "informed_by": stored.informed_by,
        "informed_on": stored.informed_on,
        "child_wish": stored.child_wish,
        "parents_wish": stored.parents_wish,
        "version": str(stored.version),
    }


def _who_may_agree(file: ChildFile) -> dict[str, str]:
    """The only adult who is known to hold parental authority, to spare typing her name again."""
    known = adult_storage.list_adults(community_db(), file.situation.child_id)
    holders = [adult for adult in known if adult.authority is Authority.YES]
    if len(holders) != 1:
        return {}
    (one,) = holders
    return {
        "given_name": one.identity.given_name,
        "family_name": one.identity.family_name,
        "relation": one.relation.value,
    }
