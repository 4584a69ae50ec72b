"""Tab « Diagnostic »: the axes, what working groups found, what they crossed."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.communities.forms import member_choices
from impact.communities.storage import get_community, list_members, member_names
from impact.diagnosis import storage
from impact.diagnosis.forms import AxisForm, CrossingForm, FindingForm, GroupForm
from impact.diagnosis.naming import Naming
from impact.diagnosis.orientation_storage import list_orientations, list_validations
from impact.diagnosis.records import Axis, Finding
from impact.diagnosis.vocabulary import FindingKind, Use
from impact.exceptions import Refused
from impact.figures import latest_figures
from impact.vocabulary import Audience
from impact.wording import french, short_date

pages = Blueprint("diagnosis", __name__, url_prefix="/communautes/<slug>/diagnostic")
Answer = str | Response


@pages.get("/")
@allowed(Action.VIEW_PLANS)
def index(slug: str) -> str:
    """The axes, how much each holds, what validated them."""
    findings, crossings = storage.list_findings(community_db()), storage.list_crossings(community_db())
    axes = storage.list_axes(community_db())
    return render_template(
        "diagnosis/index.html",
        axes=axes,
        groups=storage.list_groups(community_db()),
        counts={axis.id: [(kind, _count(findings, axis.id, kind)) for kind in FindingKind] for axis in axes},
        crossed={axis.id: sum(1 for known in crossings if known.axis_id == axis.id) for axis in axes},
        orientations=list_orientations(community_db()),
        validations=list_validations(community_db()),
    )


@pages.route("/axes/nouveau", methods=["GET", "POST"])
@allowed(Action.EDIT_PLANS)
def add_axis(slug: str) -> Answer:
    """One more axis."""
    form = AxisForm()
    if form.submitted():
        try:
            added = storage.add_axis(community_db(), actor(), str(form.title.data), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’axe est ouvert.")
            return redirect(url_for("diagnosis.axis", slug=slug, axis_id=added), 303)
    return render_template("diagnosis/axis_form.html", form=form, axis=None)


@pages.route("/axes/<int:axis_id>/modifier", methods=["GET", "POST"])
@allowed(Action.EDIT_PLANS)
def edit_axis(slug: str, axis_id: int) -> Answer:
    """Another title."""
    known = storage.get_axis(community_db(), axis_id)
    form = AxisForm(obj=known)
    if form.submitted():
        try:
            changed = Axis(axis_id, str(form.title.data), form.version_read)
            storage.change_axis(community_db(), actor(), changed, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’axe est enregistré.")
            return redirect(url_for("diagnosis.axis", slug=slug, axis_id=axis_id), 303)
    return render_template("diagnosis/axis_form.html", form=form, axis=known)


@pages.get("/axes/<int:axis_id>")
@allowed(Action.VIEW_PLANS)
def axis(slug: str, axis_id: int) -> str:
    """The four squares of an axis, who filled them, what was crossed."""
    known = storage.get_axis(community_db(), axis_id)
    findings, people = _of(axis_id), member_names(community_db())
    return render_template(
        "diagnosis/axis.html",
        axis=known,
        squares=[(kind, [finding for finding in findings if finding.kind is kind]) for kind in FindingKind],
        words={finding.id: finding.words for finding in findings},
        groups=[group for group in storage.list_groups(community_db()) if group.axis_id == axis_id],
        crossings=[each for each in storage.list_crossings(community_db()) if each.axis_id == axis_id],
        orientations=[each for each in list_orientations(community_db()) if axis_id in each.axis_ids],
        named=lambda ids: [people[each] for each in ids],
        titles=_titles(),
    )


@pages.route("/axes/<int:axis_id>/groupes/nouveau", methods=["GET", "POST"])
@allowed(Action.EDIT_PLANS)
def add_group(slug: str, axis_id: int) -> Answer:
    """A working group that met."""
    known, form = storage.get_axis(community_db(), axis_id), GroupForm()
    form.member_ids.choices = member_choices(list_members(community_db()))
    if form.submitted():
        try:
            storage.add_group(community_db(), actor(), form.as_record(axis_id), today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le groupe est enregistré. Écrivez ce qu’il a dit.")
            return redirect(url_for("diagnosis.axis", slug=slug, axis_id=axis_id), 303)
    return render_template("diagnosis/group_form.html", form=form, axis=known)


@pages.route("/axes/<int:axis_id>/constats/nouveau", methods=["GET", "POST"])
@allowed(Action.EDIT_PLANS)
def add_finding(slug: str, axis_id: int) -> Answer:
    """One more finding; `case` chooses its square."""
    known = storage.get_axis(community_db(), axis_id)
    form = _finding_form(FindingForm(kind=request.args.get("case"), use=Use.STEERING.value), axis_id)
    if form.submitted():
        storage.add_finding(community_db(), actor(), form.as_record(axis_id), form.once_key)
        flash("Le constat est enregistré.")
        return redirect(url_for("diagnosis.axis", slug=slug, axis_id=axis_id), 303)
    return render_template("diagnosis/finding_form.html", form=form, axis=known, finding=None)


@pages.route("/constats/<int:finding_id>", methods=["GET", "POST"])
@allowed(Action.EDIT_PLANS)
def edit_finding(slug: str, finding_id: int) -> Answer:
    """Other words, another square, an indicator."""
    known = storage.get_finding(community_db(), finding_id)
    form = _finding_form(FindingForm(obj=known), known.axis_id)
    if form.submitted():
        try:
            changed = form.as_record(known.axis_id, finding_id)
            storage.change_finding(community_db(), actor(), changed, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le constat est enregistré.")
            return redirect(url_for("diagnosis.axis", slug=slug, axis_id=known.axis_id), 303)
    held = storage.get_axis(community_db(), known.axis_id)
    return render_template("diagnosis/finding_form.html", form=form, axis=held, finding=known)


@pages.route("/axes/<int:axis_id>/croisements/nouveau", methods=["GET", "POST"])
@allowed(Action.EDIT_PLANS)
def add_crossing(slug: str, axis_id: int) -> Answer:
    """What follows from something inside met with something outside."""
    known, form, findings = storage.get_axis(community_db(), axis_id), CrossingForm(), _of(axis_id)
    form.internal_id.choices = _choices([each for each in findings if each.kind.is_internal])
    form.external_id.choices = _choices([each for each in findings if not each.kind.is_internal])
    form.group_id.choices = _group_choices(axis_id)
    if form.submitted():
        try:
            storage.add_crossing(community_db(), actor(), form.as_record(axis_id), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le croisement est enregistré.")
            return redirect(url_for("diagnosis.axis", slug=slug, axis_id=axis_id), 303)
    return render_template("diagnosis/crossing_form.html", form=form, axis=known)


@pages.get("/tableau-de-bord")
@allowed(Action.VIEW_PLANS)
def dashboard(slug: str) -> str:
    """The findings with the figure of today; `usage` chooses steering or accounting."""
    asked = request.args.get("usage", "")
    findings = [known for known in storage.list_findings(community_db()) if not asked or known.use == asked]
    return render_template(
        "diagnosis/dashboard.html",
        followed=[known for known in findings if known.indicator],
        others=[known for known in findings if not known.indicator],
        axes={known.id: known.title for known in storage.list_axes(community_db())},
        figures=latest_figures(community_db(), Audience.FUNDER),
        titles=_titles(),
        uses=list(Use),
        asked=asked,
    )


def _titles() -> dict[str, str]:
    naming: Naming = current_app.extensions["diagnosis"]
    return naming.names(get_community(community_db()).kind)


def _of(axis_id: int) -> list[Finding]:
    return [known for known in storage.list_findings(community_db()) if known.axis_id == axis_id]


def _count(findings: list[Finding], axis_id: int, kind: FindingKind) -> int:
    return sum(1 for known in findings if known.axis_id == axis_id and known.kind is kind)


def _choices(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(str(known.id), french(f"{known.kind.label} : {known.words}")[:120]) for known in findings]


def _group_choices(axis_id: int) -> list[tuple[str, str]]:
    groups = [group for group in storage.list_groups(community_db()) if group.axis_id == axis_id]
    return [(str(group.id), f"Groupe du {short_date(group.held_on)}") for group in groups]


def _finding_form(form: FindingForm, axis_id: int) -> FindingForm:
    form.group_id.choices = _group_choices(axis_id)
    form.indicator.choices = sorted(_titles().items(), key=lambda pair: pair[1])
    return form
