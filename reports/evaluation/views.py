"""The evaluation frame: what is asked, what answers, what nobody looks at."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.communities.storage import get_community
from impact.exceptions import Refused
from impact.figures import latest_figures
from impact.vocabulary import Audience
from impact_maps.indicators import CATALOGUE
from reports.composition.words import full_value, gap_text
from reports.evaluation import rules, storage
from reports.evaluation.forms import MeasureForm, QuestionForm, typed_values
from reports.evaluation.library import fitting, get_template, templates
from reports.evaluation.records import Measure

pages = Blueprint("evaluation", __name__, url_prefix="/communautes/<slug>/cadre", template_folder="../templates")
Answer = str | Response


@pages.before_request
def _tab() -> None:
    g.tab = "indicators"


@pages.get("/")
@allowed(Action.VIEW_FIGURES)
def index(slug: str) -> str:
    """The questions by criterion, and what is not covered."""
    db = community_db()
    questions = storage.list_questions(db)
    known = {code for (code, _), figure in latest_figures(db, Audience.FUNDER).items() if figure.value is not None}
    return render_template(
        "evaluation/index.html",
        questions=questions,
        indicators=CATALOGUE,
        forgotten_themes=rules.forgotten_themes(questions),
        forgotten_criteria=rules.forgotten_criteria(questions),
        unmeasured=rules.without_indicator(questions),
        without_data=rules.without_data(questions, known),
        templates=templates(),
        aims=_aims,
        confirm=ConfirmForm(formdata=None),
    )


@pages.post("/modeles/<code>")
@allowed(Action.EDIT_EVALUATION)
def begin(slug: str, code: str) -> Answer:
    """Add the questions of a template."""
    template, form = get_template(code), ConfirmForm()
    if form.submitted():
        kept = fitting(template, get_community(community_db()).kind)
        if storage.begin_with(community_db(), actor(), kept, today(), form.once_key):
            flash("Les questions du modèle sont ajoutées : gardez celles qui sont les vôtres.")
        else:
            flash("Toutes les questions de ce modèle sont déjà dans le cadre.")
    return redirect(url_for("evaluation.index", slug=slug), 303)


@pages.route("/questions/nouvelle", methods=["GET", "POST"])
@allowed(Action.EDIT_EVALUATION)
def add_question(slug: str) -> Answer:
    """One more question."""
    form = QuestionForm()
    if form.submitted():
        added = storage.add_question(community_db(), actor(), form.as_plan(), form.once_key)
        flash("La question est inscrite. Choisissez maintenant ce qui y répondra.")
        return redirect(url_for("evaluation.add_measure", slug=slug, question_id=added), 303)
    return render_template("evaluation/question.html", form=form, title="Ajouter une question")


@pages.route("/questions/<int:question_id>/modifier", methods=["GET", "POST"])
@allowed(Action.EDIT_EVALUATION)
def edit_question(slug: str, question_id: int) -> Answer:
    """Other words, another criterion."""
    known = storage.get_question(community_db(), question_id)
    plan = known.plan
    form = QuestionForm(
        data={
            "words": plan.words,
            "criterion": plan.criterion.value,
            "themes": [theme.value for theme in plan.themes],
            "version": str(known.version),
        }
    )
    if form.submitted():
        storage.change_question(community_db(), actor(), question_id, form.as_plan(), form.version_read, form.once_key)
        flash("La question est enregistrée.")
        return redirect(url_for("evaluation.index", slug=slug, _anchor=f"question-{question_id}"), 303)
    return render_template("evaluation/question.html", form=form, title="Modifier la question")


@pages.post("/questions/<int:question_id>/retirer")
@allowed(Action.EDIT_EVALUATION)
def remove_question(slug: str, question_id: int) -> Answer:
    """A question goes, with its indicators."""
    form = ConfirmForm()
    if form.submitted():
        storage.remove_question(community_db(), actor(), question_id, today(), form.once_key)
        flash("La question est retirée.")
    return redirect(url_for("evaluation.index", slug=slug), 303)


@pages.route("/questions/<int:question_id>/nouvel-indicateur", methods=["GET", "POST"])
@allowed(Action.EDIT_EVALUATION)
def add_measure(slug: str, question_id: int) -> Answer:
    """One more indicator of a question."""
    known = storage.get_question(community_db(), question_id)
    form = _measure_form(None)
    if form.submitted():
        try:
            storage.add_measure(community_db(), actor(), question_id, form.as_plan(), today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’indicateur est inscrit.")
            return redirect(url_for("evaluation.index", slug=slug, _anchor=f"question-{question_id}"), 303)
    return render_template("evaluation/measure.html", form=form, title="Ajouter un indicateur", lead=known.plan.words)


@pages.route("/indicateurs/<int:measure_id>/modifier", methods=["GET", "POST"])
@allowed(Action.EDIT_EVALUATION)
def edit_measure(slug: str, measure_id: int) -> Answer:
    """Source, rhythm, target; another target leaves a line in its history."""
    known = storage.get_measure(community_db(), measure_id)
    form = _measure_form(known)
    if form.submitted():
        try:
            storage.change_measure(
                community_db(), actor(), measure_id, form.as_plan(), form.version_read, today(), form.once_key
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’indicateur est enregistré.")
            return redirect(url_for("evaluation.index", slug=slug, _anchor=f"question-{known.question_id}"), 303)
    lead = storage.get_question(community_db(), known.question_id).plan.words
    return render_template("evaluation/measure.html", form=form, title="Modifier l’indicateur", lead=lead)


@pages.post("/indicateurs/<int:measure_id>/retirer")
@allowed(Action.EDIT_EVALUATION)
def remove_measure(slug: str, measure_id: int) -> Answer:
    """An indicator goes; what its target was stays in its history."""
    form = ConfirmForm()
    if form.submitted():
        storage.remove_measure(community_db(), actor(), measure_id, today(), form.once_key)
        flash("L’indicateur est retiré de la question.")
    return redirect(url_for("evaluation.index", slug=slug), 303)


def _measure_form(known: Measure | None) -> MeasureForm:
    form = MeasureForm(data=typed_values(known) if known else {})
    form.code.choices = rules.indicator_choices(get_community(community_db()).kind)
    return form


def _aims(measure: Measure) -> tuple[str, str]:
    """Target and smallest change in words, "" for the one that is not set."""
    plan, indicator = measure.plan, CATALOGUE[measure.plan.code]
    unit, symbol = indicator.unit.value, indicator.symbol
    target = "" if plan.target is None else full_value(plan.target, unit, symbol)
    return target, "" if plan.smallest is None else gap_text(plan.smallest, unit, symbol)
