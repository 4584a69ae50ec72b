"""Trends, the desired future and the key questions; texts in two rounds."""

from flask import flash, redirect, render_template, url_for

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.agreements.difference_rules import compare_texts
from impact.cooperation.storage import list_questions
from impact.cooperation.vocabulary import QuestionState
from impact.diagnosis import prospect_storage, views
from impact.diagnosis.forms import FirstVersionForm, FutureForm, TrendForm, VersionForm
from impact.diagnosis.views import Answer
from impact.diagnosis.vocabulary import Sense
from impact.exceptions import Refused

pages = views.pages


@pages.get("/prospective")
@allowed(Action.VIEW_PLANS)
def prospective(slug: str) -> str:
    """What is coming, what is wished, the questions that follow."""
    trends = prospect_storage.list_trends(community_db())
    questions = list_questions(community_db())
    return render_template(
        "diagnosis/prospective.html",
        trends=trends,
        by_sense=[(sense, [trend for trend in trends if trend.sense is sense]) for sense in Sense],
        future=prospect_storage.get_future(community_db(), today()),
        questions=questions,
        validated=[known for known in questions if known.state is QuestionState.VALIDATED],
    )


@pages.route("/prospective/tendances/nouvelle", methods=["GET", "POST"])
@allowed(Action.EDIT_PLANS)
def add_trend(slug: str) -> Answer:
    """One more trend."""
    form = TrendForm()
    if form.submitted():
        prospect_storage.add_trend(community_db(), actor(), form.as_record(), form.once_key)
        flash("La tendance est enregistrée.")
        return redirect(url_for("diagnosis.prospective", slug=slug), 303)
    return render_template("diagnosis/trend_form.html", form=form)


@pages.route("/prospective/avenir", methods=["GET", "POST"])
@allowed(Action.EDIT_PLANS)
def edit_future(slug: str) -> Answer:
    """What is wished, by a year."""
    form = FutureForm(obj=prospect_storage.get_future(community_db(), today()))
    if form.submitted():
        prospect_storage.save_future(community_db(), actor(), form.as_record(), today(), form.once_key)
        flash("L’avenir souhaité est enregistré.")
        return redirect(url_for("diagnosis.prospective", slug=slug), 303)
    return render_template("diagnosis/future_form.html", form=form)


@pages.get("/deux-tours/")
@allowed(Action.VIEW_PLANS)
def texts(slug: str) -> str:
    """Texts that one group writes and another amends."""
    return render_template("diagnosis/texts.html", texts=prospect_storage.list_texts(community_db()))


@pages.route("/deux-tours/nouveau", methods=["GET", "POST"])
@allowed(Action.EDIT_PLANS)
def add_text(slug: str) -> Answer:
    """A text and its first version."""
    form = FirstVersionForm()
    if form.submitted():
        title, first = str(form.title.data), form.as_record(1)
        added = prospect_storage.add_text(community_db(), actor(), title, first, form.once_key)
        flash("La première version est gardée. Un autre groupe peut l’amender.")
        return redirect(url_for("diagnosis.text", slug=slug, text_id=added), 303)
    return render_template("diagnosis/text_form.html", form=form, text=None)


@pages.get("/deux-tours/<int:text_id>")
@allowed(Action.VIEW_PLANS)
def text(slug: str, text_id: int) -> str:
    """Both versions and what changed."""
    known = prospect_storage.get_text(community_db(), text_id)
    pieces = compare_texts(*(version.words for version in known.versions)) if known.is_amended else ()
    return render_template("diagnosis/text.html", text=known, pieces=pieces)


@pages.route("/deux-tours/<int:text_id>/amender", methods=["GET", "POST"])
@allowed(Action.EDIT_PLANS)
def amend(slug: str, text_id: int) -> Answer:
    """The second version, which starts from the first."""
    known = prospect_storage.get_text(community_db(), text_id)
    form = VersionForm(words=known.versions[0].words)
    if form.submitted():
        try:
            prospect_storage.amend_text(community_db(), actor(), text_id, form.as_record(2), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La deuxième version est gardée à côté de la première.")
            return redirect(url_for("diagnosis.text", slug=slug, text_id=text_id), 303)
    return render_template("diagnosis/text_form.html", form=form, text=known)
