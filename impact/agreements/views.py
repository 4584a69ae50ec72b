"""Tab « Charte »: texts, their versions, comments, amendments."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.agreements import storage, vote_storage
from impact.agreements.decision_storage import list_decisions
from impact.agreements.difference_rules import compare, compare_texts, measure
from impact.agreements.forms import AgreementForm, AmendmentForm, AnswerForm, CommentForm, ParagraphForm, TitleForm
from impact.agreements.records import Agreement, Amendment, Edition, Paragraph
from impact.agreements.vote_rules import holds, is_over, participation
from impact.exceptions import Conflict, Refused

pages = Blueprint("agreements", __name__, url_prefix="/communautes/<slug>/textes")
Answer = str | Response


@pages.get("/")
@allowed(Action.VIEW_AGREEMENTS)
def index(slug: str) -> str:
    """Every text, with where it stands; the register of decisions."""
    db = community_db()
    texts = [(text, storage.list_editions(db, text.id)) for text in storage.list_agreements(db)]
    waiting = [amendment.agreement_id for amendment in storage.list_amendments(db) if amendment.is_open]
    return render_template("agreements/index.html", texts=texts, waiting=waiting, decisions=list_decisions(db))


@pages.route("/nouveau", methods=["GET", "POST"])
@allowed(Action.RUN_AGREEMENTS)
def add(slug: str) -> Answer:
    """A new text, empty."""
    form = AgreementForm()
    known = storage.list_agreements(community_db())
    form.amends_id.choices = [(str(text.id), text.title) for text in known]
    if form.submitted():
        try:
            added = storage.add_agreement(community_db(), actor(), form.as_record(today()), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le texte est créé. Écrivez maintenant ses articles.")
            return redirect(url_for("agreements.show", slug=slug, agreement_id=added), 303)
    return render_template("agreements/add.html", form=form)


@pages.get("/<int:agreement_id>")
@allowed(Action.VIEW_AGREEMENTS)
def show(slug: str, agreement_id: int) -> str:
    """The text as it stands, its differences with the version before, its vote, its meter."""
    db = community_db()
    text = storage.get_agreement(db, agreement_id)
    editions = storage.list_editions(db, agreement_id)
    latest, before = editions[-1], editions[-2] if len(editions) > 1 else None
    paragraphs = storage.list_paragraphs(db, latest.id)
    compared = before is not None and request.args.get("differences") != "non" and not latest.is_adopted
    old = storage.list_paragraphs(db, before.id) if before and compared else paragraphs
    return render_template(
        "agreements/show.html",
        text=text,
        editions=editions,
        latest=latest,
        before=before,
        compared=compared,
        differences=compare(old, paragraphs),
        amendments=storage.list_amendments(db, agreement_id),
        comments=storage.list_comments(db, agreement_id),
        meter=measure(storage.paragraphs_by_edition(db, editions), today()),
        amended=_amended(text),
        signatures=vote_storage.list_signatures(db, latest.id),
        confirm=ConfirmForm(formdata=None),
        **_vote_shown(latest),
    )


@pages.route("/<int:agreement_id>/titre", methods=["GET", "POST"])
@allowed(Action.RUN_AGREEMENTS)
def rename(slug: str, agreement_id: int) -> Answer:
    """Another title, until a version is put to the vote."""
    text = storage.get_agreement(community_db(), agreement_id)
    form = TitleForm(obj=text)
    if form.submitted():
        changed = Agreement(
            text.id, text.kind, str(form.title.data), text.amends_id, text.started_on, form.version_read
        )
        try:
            storage.change_agreement(community_db(), actor(), changed, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le titre est changé.")
            return redirect(url_for("agreements.show", slug=slug, agreement_id=agreement_id), 303)
    return render_template("agreements/rename.html", form=form, text=text)


@pages.route("/<int:agreement_id>/articles/ajouter", methods=["GET", "POST"])
@allowed(Action.RUN_AGREEMENTS)
def add_article(slug: str, agreement_id: int) -> Answer:
    """A new article, at the end of the draft."""
    text = storage.get_agreement(community_db(), agreement_id)
    form = ParagraphForm()
    if form.submitted():
        try:
            heading, body = str(form.heading.data), str(form.body.data)
            storage.add_paragraph(community_db(), actor(), agreement_id, heading, body, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’article est ajouté.")
            return redirect(url_for("agreements.show", slug=slug, agreement_id=agreement_id), 303)
    return render_template("agreements/article_form.html", form=form, text=text, article=None)


@pages.route("/<int:agreement_id>/articles/<int:article_id>/modifier", methods=["GET", "POST"])
@allowed(Action.RUN_AGREEMENTS)
def edit_article(slug: str, agreement_id: int, article_id: int) -> Answer:
    """Other words in the draft; two editors get the page of both versions."""
    text, article = _article(agreement_id, article_id)
    form = ParagraphForm(obj=article)
    if form.submitted():
        try:
            storage.change_paragraph(community_db(), actor(), agreement_id, form.as_record(article_id), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’article est enregistré.")
            return redirect(url_for("agreements.show", slug=slug, agreement_id=agreement_id), 303)
    return render_template("agreements/article_form.html", form=form, text=text, article=article)


@pages.post("/<int:agreement_id>/articles/<int:article_id>/<any(monter, descendre, retirer):deed>")
@allowed(Action.RUN_AGREEMENTS)
def order_article(slug: str, agreement_id: int, article_id: int, deed: str) -> Answer:
    """One place up or down in the draft, or out of it."""
    form = ConfirmForm()
    if form.submitted():
        db, who, once = community_db(), actor(), form.once_key
        if deed == "retirer":
            storage.remove_paragraph(db, who, agreement_id, article_id, once)
            flash("L’article est retiré du texte. Les versions numérotées le gardent.")
        else:
            storage.move_paragraph(db, who, agreement_id, article_id, -1 if deed == "monter" else 1, once)
    return redirect(url_for("agreements.show", slug=slug, agreement_id=agreement_id), 303)


@pages.route("/<int:agreement_id>/articles/<int:article_id>", methods=["GET"])
@allowed(Action.VIEW_AGREEMENTS)
def article(slug: str, agreement_id: int, article_id: int) -> str:
    """One article: what is said of it, what is proposed."""
    return _article_page(agreement_id, article_id, CommentForm(formdata=None))


@pages.post("/<int:agreement_id>/articles/<int:article_id>")
@allowed(Action.DISCUSS_AGREEMENTS)
def comment(slug: str, agreement_id: int, article_id: int) -> Answer:
    """Something said about an article."""
    form = CommentForm()
    if form.submitted():
        said = str(form.body.data)
        storage.add_comment(community_db(), actor(), agreement_id, article_id, said, today(), form.once_key)
        flash("Votre commentaire est ajouté.")
        return redirect(url_for("agreements.article", slug=slug, agreement_id=agreement_id, article_id=article_id), 303)
    return _article_page(agreement_id, article_id, form)


@pages.route("/<int:agreement_id>/articles/<int:article_id>/amender", methods=["GET", "POST"])
@allowed(Action.DISCUSS_AGREEMENTS)
def amend(slug: str, agreement_id: int, article_id: int) -> Answer:
    """Other words proposed for an article."""
    text, article = _article(agreement_id, article_id)
    return _propose(slug, text, article)


@pages.route("/<int:agreement_id>/amender", methods=["GET", "POST"])
@allowed(Action.DISCUSS_AGREEMENTS)
def propose(slug: str, agreement_id: int) -> Answer:
    """A new article proposed."""
    return _propose(slug, storage.get_agreement(community_db(), agreement_id), None)


@pages.route("/<int:agreement_id>/amendements/<int:amendment_id>", methods=["GET", "POST"])
@allowed(Action.RUN_AGREEMENTS)
def answer(slug: str, agreement_id: int, amendment_id: int) -> Answer:
    """Accept or refuse an amendment, with the reason."""
    db = community_db()
    amendment = storage.get_amendment(db, agreement_id, amendment_id)
    now = _words_now(amendment)
    form = AnswerForm(version=str(now.version if now else 1))
    if form.submitted():
        try:
            _answer(amendment, form)
        except Refused as refusal:
            form.refuse(refusal)
        except Conflict as conflict:
            form.version.data = str(conflict.version)
            form.refuse(
                Refused("L’article a changé entre-temps : relisez les différences avant de répondre.", "verdict")
            )
        else:
            flash("La réponse est enregistrée : chacun la lit sous l’amendement.")
            return redirect(url_for("agreements.show", slug=slug, agreement_id=agreement_id), 303)
    return render_template(
        "agreements/answer.html",
        text=storage.get_agreement(db, agreement_id),
        amendment=amendment,
        now=now,
        pieces=compare_texts(now.body if now else "", amendment.body),
        form=form,
    )


@pages.get("/<int:agreement_id>/versions/<int:number>")
@allowed(Action.VIEW_AGREEMENTS)
def edition(slug: str, agreement_id: int, number: int) -> str:
    """One numbered version, side by side with another one (the one before, unless « avec » says otherwise)."""
    db = community_db()
    text, chosen = storage.get_agreement(db, agreement_id), storage.get_edition(db, agreement_id, number)
    editions = storage.list_editions(db, agreement_id)
    asked = request.args.get("avec", "")
    other = next((each for each in editions if str(each.number) == asked), None)
    other = other or next((each for each in editions if each.number == number - 1), None)
    paragraphs = storage.list_paragraphs(db, chosen.id)
    return render_template(
        "agreements/edition.html",
        text=text,
        edition=chosen,
        editions=editions,
        other=other,
        differences=compare(storage.list_paragraphs(db, other.id) if other else [], paragraphs),
        ballots=[each for each in vote_storage.list_ballots(db, agreement_id) if each.edition_id == chosen.id],
        signatures=vote_storage.list_signatures(db, chosen.id),
        seal=vote_storage.find_seal(db, chosen.id),
        confirm=ConfirmForm(formdata=None),
    )


@pages.post("/<int:agreement_id>/<any(numeroter, 'version-suivante'):deed>")
@allowed(Action.RUN_AGREEMENTS)
def number(slug: str, agreement_id: int, deed: str) -> Answer:
    """Give the draft its number and go on, or start a draft after a vote."""
    form = ConfirmForm()
    if form.submitted():
        keep = storage.keep_edition if deed == "numeroter" else storage.start_edition
        started = keep(community_db(), actor(), agreement_id, today(), form.once_key)
        flash(f"La version {started} est commencée : elle reprend le texte de la version {started - 1}.")
    return redirect(url_for("agreements.show", slug=slug, agreement_id=agreement_id), 303)


def _propose(slug: str, text: Agreement, article: Paragraph | None) -> Answer:
    form = AmendmentForm(heading=article.heading, body=article.body) if article else AmendmentForm()
    if form.submitted():
        amendment = form.as_record(text.id, article.article_id if article else None, today())
        try:
            storage.add_amendment(community_db(), actor(), amendment, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Votre amendement est proposé. La réponse, avec sa raison, s’écrira dessous.")
            return redirect(url_for("agreements.show", slug=slug, agreement_id=text.id), 303)
    return render_template("agreements/amend.html", form=form, text=text, article=article)


def _answer(amendment: Amendment, form: AnswerForm) -> None:
    db, who, reason, once = community_db(), actor(), str(form.answer.data), form.once_key
    if form.is_accepted:
        storage.accept_amendment(db, who, amendment, reason, form.version_read, today(), once)
    else:
        storage.refuse_amendment(db, who, amendment, reason, today(), once)


def _words_now(amendment: Amendment) -> Paragraph | None:
    if amendment.article_id is None:
        return None
    latest = storage.latest_edition(community_db(), amendment.agreement_id)
    words = storage.list_paragraphs(community_db(), latest.id)
    return next((each for each in words if each.article_id == amendment.article_id), None)


def _article(agreement_id: int, article_id: int) -> tuple[Agreement, Paragraph]:
    text = storage.get_agreement(community_db(), agreement_id)
    latest = storage.latest_edition(community_db(), agreement_id)
    return text, storage.get_paragraph(community_db(), latest.id, article_id)


def _article_page(agreement_id: int, article_id: int, form: CommentForm) -> str:
    text, article = _article(agreement_id, article_id)
    amendments = storage.list_amendments(community_db(), agreement_id)
    return render_template(
        "agreements/article.html",
        text=text,
        article=article,
        latest=storage.latest_edition(community_db(), agreement_id),
        comments=storage.list_comments(community_db(), agreement_id, article_id),
        amendments=[each for each in amendments if each.article_id == article_id],
        form=form,
        confirm=ConfirmForm(formdata=None),
    )


def _amended(text: Agreement) -> Agreement | None:
    return storage.get_agreement(community_db(), text.amends_id) if text.amends_id else None


def _vote_shown(latest: Edition) -> dict[str, object]:
    """The latest vote on this version, and the voices of the person who reads; never the direction of a vote."""
    db = community_db()
    ballots = [each for each in vote_storage.list_ballots(db, latest.agreement_id) if each.edition_id == latest.id]
    if not ballots:
        return {"ballot": None}
    ballot, who = ballots[0], actor().member_id
    voters = vote_storage.list_entitled(db, ballot, today())
    own = vote_storage.organisation_of(db, who)
    received, missing = participation(ballot, voters)
    return {
        "ballot": ballot,
        "voters": voters,
        "voices": [voter for voter in voters if holds(voter, who, own)],
        "received": received,
        "missing": missing,
        "over": is_over(ballot, today()),
    }
