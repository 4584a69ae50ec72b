"""Tab « Acteurs »: the picture of the links between organisations, and the list that does the same."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action, may
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.communities.forms import organisation_choices
from impact.communities.storage import get_member, list_organisations
from impact.cooperation import followed, rules, storage
from impact.cooperation.forms import LinkForm, RoundForm
from impact.cooperation.picture import picture
from impact.cooperation.records import KeyQuestion, Link, Round
from impact.exceptions import NotFound, Refused
from impact.wording import french, sort_key

pages = Blueprint("cooperation", __name__, url_prefix="/communautes/<slug>/acteurs")
Answer = str | Response


def speaker() -> rules.Speaker:
    """For whom the signed-in person speaks."""
    member_id = actor().member_id
    organisation_id = get_member(community_db(), member_id).organisation_id if member_id else None
    return rules.Speaker(may(actor(), Action.RUN_COOPERATION), organisation_id)


def question_choices() -> list[tuple[str, str]]:
    """The living questions, for a list field."""
    return [(str(known.id), french(known.words)) for known in rules.living(storage.list_questions(community_db()))]


@pages.get("/")
@allowed(Action.VIEW_COOPERATION)
def index(slug: str) -> str:
    """The links of a round, drawn and listed; `tour` and `question` choose what is shown."""
    rounds, questions = storage.list_rounds(community_db()), storage.list_questions(community_db())
    shown = _asked_round(rounds)
    question = _asked_question(questions)
    organisations = list_organisations(community_db())
    last = rules.open_round(rounds)
    said = {each.id: _links(each, last, questions, question) for each in rounds}
    links = said[shown.id] if shown else []
    years = followed.follow(rounds, said, organisations)
    names = {known.id: known.name for known in organisations}
    speaks, is_last = speaker(), shown == last
    declares = may(actor(), Action.DECLARE_LINKS)
    return render_template(
        "cooperation/index.html",
        rounds=rounds,
        shown=shown,
        is_last=is_last,
        questions=rules.living(questions),
        question=question,
        words={known.id: known.words for known in questions},
        lasting=rules.lasting(questions),
        organisations=organisations,
        names=names,
        named=lambda ids: sorted((names[each] for each in ids), key=sort_key),
        joined=rules.pairs(links),
        lines=[rules.line_for(link, speaks, is_last and declares) for link in links],
        picture=picture(organisations, links),
        speaks=speaks,
        years=years,
        year=next((each for each in years if each.round == shown), None),
        absent=followed.absent_kinds(organisations),
        confirm=ConfirmForm(formdata=None),
    )


@pages.route("/liens/declarer", methods=["GET", "POST"])
@allowed(Action.DECLARE_LINKS)
def declare(slug: str) -> Answer:
    """One more link, or the word of the other end."""
    speaks, form = speaker(), LinkForm()
    offered = organisation_choices(list_organisations(community_db()))
    form.declarer_id.choices = [pair for pair in offered if speaks.speaks_for(int(pair[0]))]
    form.partner_id.choices, form.question_id.choices = offered, question_choices()
    if form.submitted():
        try:
            storage.declare_link(community_db(), actor(), speaks, form.as_record(), today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le lien est déclaré.")
            return redirect(url_for("cooperation.index", slug=slug), 303)
    return render_template("cooperation/link.html", form=form, rounds=storage.list_rounds(community_db()))


@pages.post("/liens/<int:link_id>/confirmer")
@allowed(Action.DECLARE_LINKS)
def confirm(slug: str, link_id: int) -> Answer:
    """The other end says so too."""
    form = ConfirmForm()
    if form.submitted():
        storage.confirm_link(community_db(), actor(), speaker(), link_id, today(), form.once_key)
        flash("Le lien est confirmé.")
    return redirect(url_for("cooperation.index", slug=slug), 303)


@pages.post("/liens/<int:link_id>/realiser")
@allowed(Action.DECLARE_LINKS)
def make(slug: str, link_id: int) -> Answer:
    """A link to create now exists."""
    form = ConfirmForm()
    if form.submitted():
        storage.make_link(community_db(), actor(), speaker(), link_id, today(), form.once_key)
        flash("Le lien est réalisé : il compte maintenant parmi les liens existants.")
    return redirect(url_for("cooperation.index", slug=slug), 303)


@pages.post("/liens/<int:link_id>/retirer")
@allowed(Action.DECLARE_LINKS)
def withdraw(slug: str, link_id: int) -> Answer:
    """Take back one's word."""
    form = ConfirmForm()
    if form.submitted():
        storage.withdraw_link(community_db(), actor(), speaker(), link_id, form.once_key)
        flash("La déclaration est retirée.")
    return redirect(url_for("cooperation.index", slug=slug), 303)


@pages.route("/tours/nouveau", methods=["GET", "POST"])
@allowed(Action.RUN_COOPERATION)
def add_round(slug: str) -> Answer:
    """The links of one more day."""
    rounds, form = storage.list_rounds(community_db()), RoundForm(carry=True)
    if form.submitted():
        try:
            carry = bool(form.carry.data)
            storage.add_round(community_db(), actor(), form.held_on.data, today(), carry, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le tour est ouvert. Les structures peuvent dire leurs liens.")
            return redirect(url_for("cooperation.index", slug=slug), 303)
    return render_template("cooperation/round.html", form=form, known=None, rounds=rounds)


@pages.route("/tours/<int:round_id>", methods=["GET", "POST"])
@allowed(Action.RUN_COOPERATION)
def edit_round(slug: str, round_id: int) -> Answer:
    """Another date."""
    rounds = storage.list_rounds(community_db())
    known = next((each for each in rounds if each.id == round_id), None)
    if known is None:
        raise NotFound
    form = RoundForm(obj=known)
    if form.submitted():
        try:
            storage.change_round(community_db(), actor(), form.as_record(round_id), today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La date du tour est corrigée.")
            return redirect(url_for("cooperation.index", slug=slug), 303)
    return render_template("cooperation/round.html", form=form, known=known, rounds=rounds)


def _asked_round(rounds: list[Round]) -> Round | None:
    """The round of the address, else the last one."""
    asked = request.args.get("tour", "")
    return next((known for known in rounds if str(known.id) == asked), rules.open_round(rounds))


def _asked_question(questions: list[KeyQuestion]) -> KeyQuestion | None:
    asked = request.args.get("question", "")
    return next((known for known in rules.living(questions) if str(known.id) == asked), None)


def _links(shown: Round, last: Round | None, questions: list[KeyQuestion], question: KeyQuestion | None) -> list[Link]:
    """Those of the round, for the question that is asked or for all; as on its day unless it is the last."""
    lasting = rules.lasting(questions)
    links = storage.list_links(community_db(), shown.id)
    if shown != last:
        links = rules.on_its_day(links)
    return [link for link in links if question is None or lasting.get(link.question_id or 0) == question.id]
