"""Sub-tab « Cinq conditions »: rounds of self-assessment, answers, dispersion beside the data."""

from flask import flash, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.drawing import PHONE, SCREEN
from impact.exceptions import NotFound, Refused
from impact.plans import condition_rules as rules
from impact.plans import condition_storage as storage
from impact.plans import views
from impact.plans.dispersion import draw_dispersion
from impact.plans.forms import ConditionsForm
from impact.plans.records import Reading, Round
from impact.plans.vocabulary import Condition, Level

pages = views.pages
Answer = str | Response


@pages.get("/cinq-conditions")
@allowed(Action.VIEW_PLANS)
def conditions(slug: str) -> str:
    """The open round, and the last closed one with its results."""
    closed = [known for known in storage.list_rounds(community_db()) if known.closed_on]
    return _page(closed[0] if closed else None)


@pages.get("/cinq-conditions/<int:round_id>")
@allowed(Action.VIEW_PLANS)
def round_results(slug: str, round_id: int) -> str:
    """The results of one closed round; those of an open one are not shown, so that nobody answers like the others."""
    known = storage.get_round(community_db(), round_id)
    if known.closed_on is None:
        raise NotFound
    return _page(known)


@pages.post("/cinq-conditions/ouvrir")
@allowed(Action.EDIT_PLANS)
def open_round(slug: str) -> Answer:
    """A new round."""
    form = ConfirmForm()
    if form.submitted():
        storage.open_round(community_db(), actor(), today(), form.once_key)
        flash("Le tour est ouvert : chaque membre le trouve dans « À faire ».")
    return redirect(url_for("plans.conditions", slug=slug), 303)


@pages.post("/cinq-conditions/<int:round_id>/fermer")
@allowed(Action.EDIT_PLANS)
def close_round(slug: str, round_id: int) -> Answer:
    """Answers stop, results show."""
    form = ConfirmForm()
    if form.submitted():
        storage.close_round(community_db(), actor(), round_id, today(), form.once_key)
        flash("Le tour est fermé. Voici ce que les réponses disent.")
    return redirect(url_for("plans.conditions", slug=slug), 303)


@pages.route("/cinq-conditions/repondre", methods=["GET", "POST"])
@allowed(Action.CONTRIBUTE_PLANS)
def answer_conditions(slug: str) -> Answer:
    """What this member says, as long as the round is open."""
    opened = storage.find_open_round(community_db())
    if opened is None:
        raise NotFound
    member_id = actor().member_id
    mine = storage.list_answers(community_db(), opened.id, member_id) if member_id is not None else []
    form = ConditionsForm(data=ConditionsForm.values(mine))
    if form.submitted():
        try:
            storage.record_answers(community_db(), actor(), opened.id, form.as_answers(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Votre réponse est enregistrée. Vous pouvez la changer tant que le tour est ouvert.")
            return redirect(url_for("plans.conditions", slug=slug), 303)
    return render_template("plans/answer_conditions.html", form=form, conditions=list(Condition), opened=opened)


def _page(shown: Round | None) -> str:
    db, member_id = community_db(), actor().member_id
    rounds, opened = storage.list_rounds(db), storage.find_open_round(db)
    answered = bool(opened and member_id is not None and storage.list_answers(db, opened.id, member_id))
    closed = [known for known in rounds if known.closed_on]
    # The last round stands beside the data of today, the others beside those of the day they were closed.
    latest = bool(shown and shown == closed[0])
    readings = _readings(shown, latest) if shown else []
    enough = bool(shown and shown.respondents >= rules.FEWEST)
    gaps = rules.gaps(readings) if enough else []
    before = next((known for known in closed if shown and known.id < shown.id), None)
    return render_template(
        "plans/conditions.html",
        shown=shown,
        opened=opened,
        answered=answered,
        rounds=closed,
        data_on=today() if latest else shown and shown.closed_on,
        levels=list(Level),
        enough=enough,
        fewest=rules.FEWEST,
        readings=readings,
        before=before if before and before.respondents >= rules.FEWEST else None,
        medians_before=[rules.median_level(known) for known in _readings(before)] if before else [],
        median=rules.median_level,
        split=rules.is_split,
        weak=rules.is_weak,
        gaps=gaps,
        agenda="\n".join(f"{gap.condition.label} : {' '.join(gap.reasons)}" for gap in gaps),
        # Every label was escaped by the drawing.
        pictures=[Markup(draw_dispersion(readings, size)) for size in (SCREEN, PHONE)] if enough else [],
        confirm=ConfirmForm(formdata=None),
    )


def _readings(known: Round, live: bool = False) -> list[Reading]:
    answers = storage.list_answers(community_db(), known.id)
    if live:
        return rules.readings(answers, storage.measure(community_db(), today()))
    return rules.readings(answers, storage.kept_measurements(community_db(), known.id))
