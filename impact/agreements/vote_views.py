"""A vote from its declaration to its result, then signatures and the sealed PDF: pages of the tab « Charte »."""

from datetime import timedelta

from flask import Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from impact.accounts.access import Action, may
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.agreements import storage, views, vote_storage
from impact.agreements.forms import BallotForm, SignForm, VoteForm
from impact.agreements.records import Agreement, Ballot, Edition, Entitled
from impact.agreements.sealed_pdf import SEAL_EDITION
from impact.agreements.vocabulary import Abstention, Choice, Electorate, VotingRule
from impact.agreements.vote_rules import holds, is_coming, is_open, is_over, participation
from impact.audit import Deed, note_access
from impact.communities.storage import list_members, list_organisations
from impact.exceptions import NotAllowed, NotFound, Refused
from impact.jobs import jobs

pages = views.pages
Answer = str | AnyResponse
USUAL_WINDOW = timedelta(days=21)


@pages.route("/<int:agreement_id>/vote/annoncer", methods=["GET", "POST"])
@allowed(Action.RUN_AGREEMENTS)
def declare(slug: str, agreement_id: int) -> Answer:
    """Put the latest version to the vote: rule, quorum, list, abstention, window."""
    text = storage.get_agreement(community_db(), agreement_id)
    form = _ballot_form()
    if form.submitted():
        try:
            added = vote_storage.declare_ballot(
                community_db(), actor(), agreement_id, form.as_record(), today(), form.once_key
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le vote est annoncé : ses règles et sa liste ne changent plus dès qu’il s’ouvre.")
            return redirect(url_for("agreements.ballot", slug=slug, agreement_id=agreement_id, ballot_id=added), 303)
    latest = storage.latest_edition(community_db(), agreement_id)
    return render_template("agreements/declare.html", form=form, text=text, latest=latest)


@pages.get("/<int:agreement_id>/vote/<int:ballot_id>")
@allowed(Action.VIEW_AGREEMENTS)
def ballot(slug: str, agreement_id: int, ballot_id: int) -> str:
    """What was declared, who voted; once over, the result."""
    db = community_db()
    text, edition, known = _vote(agreement_id, ballot_id)
    voters = vote_storage.list_entitled(db, known, today())
    received, missing = participation(known, voters)
    over = is_over(known, today())
    return render_template(
        "agreements/ballot.html",
        text=text,
        edition=edition,
        ballot=known,
        voters=voters,
        voices=[voter for voter in voters if _is_own(voter)],
        received=received,
        missing=missing,
        coming=is_coming(known, today()),
        open=is_open(known, today()),
        over=over,
        result=vote_storage.ballot_result(db, known) if over else None,
        confirm=ConfirmForm(formdata=None),
    )


@pages.route("/<int:agreement_id>/vote/<int:ballot_id>/voix/<int:entitled_id>", methods=["GET", "POST"])
@allowed(Action.DISCUSS_AGREEMENTS)
def vote(slug: str, agreement_id: int, ballot_id: int, entitled_id: int) -> Answer:
    """Give a vote, or change it until the closing."""
    text, edition, known = _vote(agreement_id, ballot_id)
    voter = _voice(known, entitled_id)
    given = vote_storage.own_vote(community_db(), voter.id) if _is_own(voter) else None
    form = VoteForm(choice=given[0].value, explanation=given[1]) if given else VoteForm()
    if form.submitted():
        try:
            vote_storage.cast_vote(
                community_db(),
                actor(),
                voter.id,
                Choice(form.choice.data),
                form.explanation.data or "",
                today(),
                form.once_key,
                runs=may(actor(), Action.RUN_AGREEMENTS),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le vote est enregistré. Il peut être changé jusqu’à la clôture.")
            return redirect(
                url_for("agreements.ballot", slug=slug, agreement_id=agreement_id, ballot_id=ballot_id), 303
            )
    elif is_over(known, today()):
        return redirect(url_for("agreements.ballot", slug=slug, agreement_id=agreement_id, ballot_id=ballot_id), 303)
    own = _is_own(voter)
    return render_template(
        "agreements/vote.html", form=form, text=text, edition=edition, ballot=known, voter=voter, own=own, given=given
    )


@pages.post("/<int:agreement_id>/vote/<int:ballot_id>/retirer")
@allowed(Action.RUN_AGREEMENTS)
def withdraw(slug: str, agreement_id: int, ballot_id: int) -> Answer:
    """Take a declared vote back before it opens."""
    _vote(agreement_id, ballot_id)
    form = ConfirmForm()
    if form.submitted():
        vote_storage.withdraw_ballot(community_db(), actor(), ballot_id, today(), form.once_key)
        flash("L’annonce du vote est retirée.")
    return redirect(url_for("agreements.show", slug=slug, agreement_id=agreement_id), 303)


@pages.post("/<int:agreement_id>/vote/<int:ballot_id>/relancer")
@allowed(Action.RUN_AGREEMENTS)
def remind(slug: str, agreement_id: int, ballot_id: int) -> Answer:
    """Note that who did not vote was reminded."""
    _vote(agreement_id, ballot_id)
    form = ConfirmForm()
    if form.submitted():
        vote_storage.remind(community_db(), actor(), ballot_id, today(), form.once_key)
        flash("La relance est notée à la date du jour.")
    return redirect(url_for("agreements.ballot", slug=slug, agreement_id=agreement_id, ballot_id=ballot_id), 303)


@pages.post("/<int:agreement_id>/vote/<int:ballot_id>/clore")
@allowed(Action.RUN_AGREEMENTS)
def settle(slug: str, agreement_id: int, ballot_id: int) -> Answer:
    """Record the result, after the last day."""
    _vote(agreement_id, ballot_id)
    form = ConfirmForm()
    if form.submitted():
        outcome = vote_storage.settle_ballot(community_db(), actor(), ballot_id, today(), form.once_key)
        flash(f"Le résultat est enregistré. {outcome.label}.")
    return redirect(url_for("agreements.ballot", slug=slug, agreement_id=agreement_id, ballot_id=ballot_id), 303)


@pages.route("/<int:agreement_id>/versions/<int:number>/signer", methods=["GET", "POST"])
@allowed(Action.DISCUSS_AGREEMENTS)
def sign(slug: str, agreement_id: int, number: int) -> Answer:
    """A member signs for her organisation; those who run the texts record the other signatures."""
    db = community_db()
    text, edition = storage.get_agreement(db, agreement_id), storage.get_edition(db, agreement_id, number)
    form = _sign_form()
    if form.submitted():
        person = int(form.member_id.data) if form.member_id.data else None
        if not may(actor(), Action.RUN_AGREEMENTS):
            person = actor().member_id
        try:
            vote_storage.sign(
                db, actor(), edition.id, int(form.organisation_id.data), person, form.signed_on.data, form.once_key
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La signature est enregistrée.")
            return redirect(url_for("agreements.edition", slug=slug, agreement_id=agreement_id, number=number), 303)
    return render_template("agreements/sign.html", form=form, text=text, edition=edition)


@pages.post("/<int:agreement_id>/versions/<int:number>/sceller")
@allowed(Action.RUN_AGREEMENTS)
def seal(slug: str, agreement_id: int, number: int) -> Answer:
    """Ask for the PDF that no longer changes."""
    edition = storage.get_edition(community_db(), agreement_id, number)
    form = ConfirmForm()
    if form.submitted():
        vote_storage.order_seal(community_db(), actor(), edition.id, today(), form.once_key)
        jobs().order(SEAL_EDITION, slug, edition.id)
        flash("Le PDF scellé se prépare : il sera ici dans un instant.")
    return redirect(url_for("agreements.edition", slug=slug, agreement_id=agreement_id, number=number), 303)


@pages.get("/<int:agreement_id>/versions/<int:number>/pdf")
@allowed(Action.VIEW_AGREEMENTS)
def pdf(slug: str, agreement_id: int, number: int) -> Answer:
    """The sealed PDF."""
    edition = storage.get_edition(community_db(), agreement_id, number)
    content = vote_storage.sealed_pdf(community_db(), edition.id)
    note_access(community_db(), actor(), Deed.EXPORT, "edition", edition.id)
    headers = {"Content-Disposition": f'attachment; filename="texte-{agreement_id}-version-{number}.pdf"'}
    return Response(content, mimetype="application/pdf", headers=headers)


def _vote(agreement_id: int, ballot_id: int) -> tuple[Agreement, Edition, Ballot]:
    text, known = (
        storage.get_agreement(community_db(), agreement_id),
        vote_storage.get_ballot(community_db(), ballot_id),
    )
    edition = storage.edition_by_id(community_db(), known.edition_id)
    if edition.agreement_id != text.id:
        raise NotFound
    return text, edition, known


def _voice(known: Ballot, entitled_id: int) -> Entitled:
    voters = vote_storage.list_entitled(community_db(), known, today())
    voter = next((each for each in voters if each.id == entitled_id), None)
    if voter is None:
        raise NotFound
    if not _is_own(voter) and not (may(actor(), Action.RUN_AGREEMENTS) and not voter.reachable):
        raise NotAllowed("Cette voix n’est pas la vôtre.")
    return voter


def _is_own(voter: Entitled) -> bool:
    who = actor().member_id
    return holds(voter, who, vote_storage.organisation_of(community_db(), who))


def _ballot_form() -> BallotForm:
    organisations = [(str(each.id), each.name) for each in list_organisations(community_db())]
    members = [(str(each.id), each.listed_name) for each in list_members(community_db())]
    form = BallotForm(
        electorate=Electorate.ORGANISATIONS.value,
        organisations=[value for value, _ in organisations],
        members=[value for value, _ in members],
        rule=VotingRule.SIMPLE.value,
        abstention=Abstention.NEUTRAL.value,
        quorum=len(organisations) // 2 + 1,
        opens_on=today(),
        closes_on=today() + USUAL_WINDOW,
    )
    form.offer(organisations, members)
    return form


def _sign_form() -> SignForm:
    """Every organisation for those who run the texts, her own for a member."""
    db, who = community_db(), actor().member_id
    own = vote_storage.organisation_of(db, who)
    runs = may(actor(), Action.RUN_AGREEMENTS)
    form = SignForm(signed_on=today(), organisation_id=str(own or ""), member_id=str(who or ""))
    form.organisation_id.choices = [
        (str(each.id), each.name) for each in list_organisations(db) if runs or each.id == own
    ]
    form.member_id.choices = [(str(each.id), each.listed_name) for each in list_members(db) if runs or each.id == who]
    return form
