"""A report being made: live figures, sections chosen and ordered, words signed, read through, issued."""

from datetime import UTC, datetime
from importlib.metadata import version

from flask import Blueprint, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action, may
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import account, actor, allowed, community_db, today
from impact.communities.storage import get_community
from impact.exceptions import Conflict, NotFound, Refused
from impact.jobs import jobs
from reports import storage as report_storage
from reports.composition.ladder import change_named, overstated
from reports.composition.sections import SECTIONS
from reports.drafts import rules, storage
from reports.drafts.forms import MissionForm, SectionForm, WordForm
from reports.drafts.records import Draft, Word
from reports.issuing import ISSUE_REPORT
from reports.records import Remark
from reports.rules import may_read
from reports.vocabulary import RemarkKind, WordKind
from reports.writing import Order, write_now
from surveys.forms import ConfirmEditForm

pages = Blueprint(
    "drafts", __name__, url_prefix="/communautes/<slug>/rapports/brouillons", template_folder="../templates"
)
Answer = str | Response
_MOVES = {"monter": -1, "descendre": 1}


@pages.before_request
def _tab() -> None:
    g.tab = "reports"


@pages.route("/<int:draft_id>", methods=["GET", "POST"])
@allowed(Action.REMARK_DRAFTS)
def show(slug: str, draft_id: int) -> Answer:
    """The report with the figures of now, and what people sign on it."""
    draft = _readable(draft_id)
    mission = storage.get_mission(community_db())
    kinds = rules.kinds_for(actor(), mission)
    form = WordForm()
    form.kind.choices = [(kind.value, kind.label) for kind in kinds]
    if form.submitted():
        storage.sign_words(
            community_db(), actor(), draft_id, WordKind(form.kind.data), str(form.words.data), _name(), today(),
            form.once_key,
        )  # fmt: skip
        flash("C’est signé.")
        return redirect(url_for("drafts.show", slug=slug, draft_id=draft_id, _anchor="paroles"), 303)
    words = storage.list_words(community_db(), draft_id)
    written = write_now(community_db(), _order(draft, words), datetime.now(UTC))
    section = SectionForm(formdata=None)
    section.section.choices = [(key, known.title) for key, known in SECTIONS.items() if key not in draft.sections]
    return render_template(
        "drafts/show.html",
        draft=draft,
        document=written.document,
        sections=SECTIONS,
        words=words,
        strong={word.id: overstated(word.words, written.design) for word in words},
        design=written.design,
        change=change_named(written.design),
        form=form,
        section=section,
        confirm=ConfirmForm(formdata=None),
        me=actor().member_id,
        evaluates=actor().role == "evaluator",
        mission=mission,
        issued=[each for each in report_storage.list_reports(community_db()) if each.draft_id == draft_id],
    )


@pages.post("/<int:draft_id>/parties")
@allowed(Action.ORDER_REPORT)
def add_section(slug: str, draft_id: int) -> Answer:
    """One more section, at the end."""
    draft, form = _readable(draft_id), SectionForm()
    form.section.choices = [(key, known.title) for key, known in SECTIONS.items() if key not in draft.sections]
    if form.submitted():
        sections = (*draft.sections, str(form.section.data))
        storage.change_sections(community_db(), actor(), draft_id, sections, draft.version, form.once_key)
        flash("La partie est ajoutée à la fin.")
    else:
        flash("Choisissez une partie de la liste.", "attention")
    return _back(slug, draft_id, "parties")


@pages.post("/<int:draft_id>/parties/<any(monter, descendre, retirer):move>/<code>")
@allowed(Action.ORDER_REPORT)
def move_section(slug: str, draft_id: int, move: str, code: str) -> Answer:
    """Up, down, or out."""
    draft, form = _readable(draft_id), ConfirmForm()
    if code not in draft.sections:
        raise NotFound
    if form.submitted():
        kept = tuple(key for key in draft.sections if key != code)
        sections = kept if move == "retirer" else rules.moved(draft.sections, code, _MOVES[move])
        storage.change_sections(community_db(), actor(), draft_id, sections, draft.version, form.once_key)
    return _back(slug, draft_id, "parties")


@pages.post("/<int:draft_id>/paroles/<int:word_id>/retirer")
@allowed(Action.REMARK_DRAFTS)
def take_back(slug: str, draft_id: int, word_id: int) -> Answer:
    """One's own words alone."""
    _readable(draft_id)
    form = ConfirmForm()
    if form.submitted():
        storage.take_back(community_db(), actor(), draft_id, word_id, form.once_key)
        flash("Ces mots sont retirés.")
    return _back(slug, draft_id, "paroles")


@pages.post("/<int:draft_id>/relire")
@allowed(Action.ORDER_REPORT)
def review(slug: str, draft_id: int) -> Answer:
    """Signed: I read it through, as it was on my screen."""
    _readable(draft_id)
    form = ConfirmEditForm()
    if form.submitted():
        try:
            storage.review(community_db(), actor(), draft_id, _name(), form.version_read, today(), form.once_key)
        except Conflict:
            flash("Ce brouillon a changé depuis que vous l’avez ouvert : relisez-le, puis signez de nouveau.")
        else:
            flash("Le brouillon est relu : il peut être remis.")
    return _back(slug, draft_id, "remise")


@pages.post("/<int:draft_id>/remettre")
@allowed(Action.ORDER_REPORT)
def issue(slug: str, draft_id: int) -> Answer:
    """Freeze it: the PDF is made apart."""
    draft, form = _readable(draft_id), ConfirmForm()
    if not form.submitted():
        return _back(slug, draft_id, "remise")
    try:
        rules.check_ready(draft)
    except Refused as refusal:
        flash(str(refusal), "attention")
        return _back(slug, draft_id, "remise")
    db = community_db()
    order = _order(draft, storage.list_words(db, draft_id))
    ordered = report_storage.order_report(
        db, actor(), draft.period, order.kind, draft.audience, order.version, form.once_key, order.remarks,
        draft.kind, draft.sections, draft_id,
    )  # fmt: skip
    jobs().order(ISSUE_REPORT, slug, ordered)
    flash("Le rapport est commandé. Vous pouvez quitter cette page : il vous attendra ici.")
    return redirect(url_for("reports.show", slug=slug, report_id=ordered), 303)


@pages.route("/evaluation-exterieure", methods=["GET", "POST"])
@allowed(Action.ORDER_REPORT)
def mission(slug: str) -> Answer:
    """What the outside evaluator is there for, hence what she may sign."""
    known = storage.get_mission(community_db())
    form = MissionForm(data={"mission": known.value if known else None})
    if form.submitted():
        chosen = form.chosen()
        storage.set_mission(community_db(), actor(), chosen, today(), form.once_key)
        flash("La mission est enregistrée.")
        return redirect(url_for("reports.index", slug=slug), 303)
    return render_template("drafts/mission.html", form=form)


def _readable(draft_id: int) -> Draft:
    draft = storage.get_draft(community_db(), draft_id)
    if not may_read(actor(), draft.audience) or not may(actor(), Action.REMARK_DRAFTS):
        raise NotFound
    return draft


def _order(draft: Draft, words: list[Word]) -> Order:
    kind = get_community(community_db()).kind
    remarks = tuple(
        Remark(RemarkKind(word.kind.value), word.words, word.author, word.author_role, word.written_on)
        for word in words
        if word.kind is not WordKind.REMARK
    )
    return Order(
        draft.kind, kind, draft.audience, draft.period, version("impact-collectif"), draft.sections, remarks,
        report_storage.last_issue(community_db(), draft.id),
    )  # fmt: skip


def _name() -> str:
    known = account()
    return known.display_name if known else ""


def _back(slug: str, draft_id: int, anchor: str) -> Response:
    return redirect(url_for("drafts.show", slug=slug, draft_id=draft_id, _anchor=anchor), 303)
