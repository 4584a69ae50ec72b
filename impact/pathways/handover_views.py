"""Handing a child over: the proposal, and its answer."""

from flask import flash, redirect, render_template, request, url_for

from impact.accounts.access import Action, may
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.exceptions import Refused
from impact.pathways import handover_storage, views
from impact.pathways.file_storage import open_file
from impact.pathways.pathway_forms import HandOverAnswerForm, HandOverForm
from impact.pathways.pathway_views import referent_choices
from impact.pathways.rules import open_pathway, referent_of
from impact.pathways.setting_storage import get_setting
from impact.pathways.step_views import step
from impact.pathways.views import Answer
from impact.safeguards import fields_off, warned_words

pages = views.pages


@pages.route("/<int:situation_id>/referent", methods=["GET", "POST"])
@allowed(Action.FOLLOW_CHILD)
def referent(slug: str, situation_id: int) -> Answer:
    """Ask somebody else to follow the child; only the coordinator may say that she agreed already."""
    file = open_file(community_db(), actor(), Action.FOLLOW_CHILD, situation_id)
    open_pathway(file)
    current, decides = referent_of(file), may(actor(), Action.DECIDE_SITUATION)
    form = HandOverForm(data={"since": today()})
    form.referent_id.choices = [
        choice for choice in referent_choices() if current is None or choice[0] != str(current.member_id)
    ]

    def save() -> None:
        handover_storage.propose_hand_over(
            community_db(),
            actor(),
            situation_id,
            int(form.referent_id.data),
            form.since.data,
            today(),
            form.once_key,
            agreed=decides and bool(form.agreed.data),
        )

    reading_days = get_setting(community_db()).reading_days
    return step(
        slug,
        file,
        form,
        "referent",
        save,
        "La transmission est enregistrée.",
        decides=decides,
        reading_days=reading_days,
        button=ConfirmForm(formdata=None),
    )


@pages.route("/<int:situation_id>/transmission", methods=["GET", "POST"])
@allowed(Action.FOLLOW_CHILD)
def answer(slug: str, situation_id: int) -> Answer:
    """Accept or refuse to follow a child: her name and age are read, nothing more, until the answer is yes."""
    file = handover_storage.open_proposal(community_db(), actor(), situation_id)
    form = HandOverAnswerForm()
    form.watch(warned_words(community_db(), today()), fields_off(community_db()))
    if form.submitted():
        accepted = "accept" in request.form
        try:
            handover_storage.answer_hand_over(
                community_db(), actor(), situation_id, accepted, form.reason.data or "", today(), form.once_key
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Vous suivez maintenant cet enfant." if accepted else "Votre refus est transmis à la coordination.")
            if accepted or may(actor(), Action.DECIDE_SITUATION):
                return redirect(url_for("pathways.show", slug=slug, situation_id=situation_id), 303)
            return redirect(url_for("pathways.index", slug=slug), 303)
    proposed = open_pathway(file).hand_over
    return render_template("pathways/hand_over.html", form=form, file=file, proposed=proposed, day=today())


@pages.post("/<int:situation_id>/transmission/retirer")
@allowed(Action.FOLLOW_CHILD)
def withdraw_hand_over(slug: str, situation_id: int) -> Answer:
    """Take a proposal back."""
    open_file(community_db(), actor(), Action.FOLLOW_CHILD, situation_id)
    form = ConfirmForm()
    if form.submitted():
        handover_storage.withdraw_hand_over(community_db(), actor(), situation_id, today(), form.once_key)
        flash("La proposition est retirée.")
    return redirect(url_for("pathways.show", slug=slug, situation_id=situation_id), 303)
