"""Key questions: proposed, merged, validated."""

from flask import flash, redirect, render_template, url_for

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.cooperation import rules, storage, views
from impact.cooperation.forms import MergeForm, QuestionForm
from impact.cooperation.records import KeyQuestion
from impact.cooperation.views import Answer
from impact.exceptions import Refused
from impact.wording import french

pages = views.pages


@pages.get("/questions/")
@allowed(Action.VIEW_COOPERATION)
def questions(slug: str) -> str:
    """Every question, those that were merged under the one that took them up."""
    known, rounds = storage.list_questions(community_db()), storage.list_rounds(community_db())
    lasting = rules.lasting(known)
    links = storage.list_links(community_db(), rounds[-1].id) if rounds else []
    return render_template(
        "cooperation/questions.html",
        living=rules.living(known),
        merged=[(each, lasting[each.id]) for each in known if each.merged_into is not None],
        links=[(lasting[link.question_id], link.exists) for link in links if link.question_id],
    )


@pages.route("/questions/nouvelle", methods=["GET", "POST"])
@allowed(Action.RUN_COOPERATION)
def add_question(slug: str) -> Answer:
    """One more question."""
    form = QuestionForm(proposed_on=today())
    if form.submitted():
        try:
            storage.add_question(community_db(), actor(), form.as_record(), today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La question est enregistrée.")
            return redirect(url_for("cooperation.questions", slug=slug), 303)
    return render_template("cooperation/question.html", form=form, question=None)


@pages.route("/questions/<int:question_id>", methods=["GET", "POST"])
@allowed(Action.RUN_COOPERATION)
def edit_question(slug: str, question_id: int) -> Answer:
    """Its words, its dates, its validation."""
    known = storage.get_question(community_db(), question_id)
    form = QuestionForm(obj=known)
    if form.submitted():
        try:
            storage.change_question(community_db(), actor(), form.as_record(question_id), today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La question est enregistrée.")
            return redirect(url_for("cooperation.questions", slug=slug), 303)
    return _page(known, form, _merge_form(known, sent=False))


@pages.post("/questions/<int:question_id>/fusionner")
@allowed(Action.RUN_COOPERATION)
def merge_question(slug: str, question_id: int) -> Answer:
    """This question lives on in another."""
    known = storage.get_question(community_db(), question_id)
    form = _merge_form(known)
    if form.submitted():
        try:
            target = int(form.target_id.data)
            storage.merge_question(community_db(), actor(), question_id, target, today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La question est fusionnée : ses liens et ses actions se lisent avec ceux de l’autre.")
            return redirect(url_for("cooperation.questions", slug=slug), 303)
    return _page(known, QuestionForm(formdata=None, obj=known), form)


@pages.post("/questions/<int:question_id>/separer")
@allowed(Action.RUN_COOPERATION)
def part_question(slug: str, question_id: int) -> Answer:
    """Undo a merging."""
    form = ConfirmForm()
    if form.submitted():
        storage.part_question(community_db(), actor(), question_id, form.once_key)
        flash("La question est de nouveau proposée.")
    return redirect(url_for("cooperation.edit_question", slug=slug, question_id=question_id), 303)


def _merge_form(known: KeyQuestion, sent: bool = True) -> MergeForm:
    form = MergeForm() if sent else MergeForm(formdata=None)
    others = rules.living(storage.list_questions(community_db()))
    form.target_id.choices = [(str(each.id), french(each.words)) for each in others if each.id != known.id]
    return form


def _page(known: KeyQuestion, form: QuestionForm, merge: MergeForm) -> str:
    confirm = ConfirmForm(formdata=None)
    return render_template("cooperation/question.html", form=form, question=known, merge=merge, confirm=confirm)
