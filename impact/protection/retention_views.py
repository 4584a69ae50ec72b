"""« Conservation »: files at the end of their time, archives, erasure after approval."""

from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.audit import Deed, note_access
from impact.exceptions import NotFound, Refused
from impact.pathways.sheets import note_print, sheet
from impact.pathways.vocabulary import Outcome, ReferenceList, Sex
from impact.protection import erasure_storage, retention_storage, views
from impact.protection.forms import DelayForm, DueForm, ErasureForm, OpeningForm
from impact.protection.records import ErasedCount, Held
from impact.protection.urgent_storage import open_archived
from impact.protection.views import Answer
from impact.protection.vocabulary import DueGroup, Measure, Settling
from impact.reference_lists import labels

pages = views.pages


@pages.route("/conservation", methods=["GET", "POST"])
@allowed(Action.SETTLE_RETENTION)
def retention(slug: str) -> Answer:
    """The files whose time is over, in groups, to approve."""
    db, form = community_db(), DueForm()
    due = retention_storage.list_due(db, today())
    form.children.choices = [(str(each.held.child_id), each.held.name) for each in due]
    if form.submitted():
        settling, chosen = Settling(form.settling.data), form.chosen_ids()
        if settling is Settling.ERASE:
            return redirect(url_for("protection.erase", slug=slug, dossier=chosen), 303)
        settle = retention_storage.archive_files if settling is Settling.ARCHIVE else retention_storage.keep_longer
        try:
            settle(db, actor(), chosen, form.until.data, form.reason.data or "", today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("C’est enregistré, avec la raison.")
            return redirect(url_for("protection.retention", slug=slug), 303)
    note_access(db, actor(), Deed.READ, "situation_list")
    return render_template(
        "protection/retention.html",
        form=form,
        groups=[(group, [each for each in due if each.group is group]) for group in DueGroup],
        due=due,
        delay=retention_storage.get_delay(db),
        counts=[(count, _category(count)) for count in retention_storage.list_counts(db)],
    )


@pages.route("/conservation/delai", methods=["GET", "POST"])
@allowed(Action.SETTLE_RETENTION)
def delay(slug: str) -> Answer:
    """How long files are kept, and why."""
    known = retention_storage.get_delay(community_db())
    form = DelayForm(data={"months": known.months, "reason": known.reason, "version": str(known.version)})
    if form.submitted():
        try:
            retention_storage.set_delay(community_db(), actor(), form.as_record(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le délai est enregistré. La notice des parents le dit.")
            return redirect(url_for("protection.retention", slug=slug), 303)
    return render_template("protection/delay.html", form=form)


@pages.route("/conservation/effacement", methods=["GET", "POST"])
@allowed(Action.SETTLE_RETENTION)
def erase(slug: str) -> Answer:
    """The list to approve, then the erasure."""
    db = community_db()
    erasable = _erasable()
    asked = [value for value in request.args.getlist("dossier") if value in {str(held.child_id) for held in erasable}]
    form = ErasureForm(data={"children": asked})
    shown = [held for held in erasable if str(held.child_id) in asked]
    form.children.choices = [(str(held.child_id), held.name) for held in shown]
    if form.submitted():
        try:
            erasure_storage.erase_files(db, actor(), form.chosen_ids(), today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Les dossiers sont effacés. Il n’en reste que des nombres.")
            return redirect(url_for("protection.retention", slug=slug), 303)
    note_access(db, actor(), Deed.READ, "situation_list")
    return render_template("protection/erase.html", form=form, shown=shown)


@pages.get("/conservation/bordereau")
@allowed(Action.SETTLE_RETENTION)
def elimination_list(slug: str) -> Response:
    """The list for the archives service, in PDF: numbers and years, no name."""
    due = retention_storage.list_due(community_db(), today())
    note_print("retention_delay", 1)
    known = retention_storage.get_delay(community_db())
    return sheet("protection/print_elimination.html", "bordereau-elimination", due=due, delay=known)


@pages.get("/conservation/archives")
@allowed(Action.SETTLE_RETENTION)
def archives(slug: str) -> str:
    """The archived files: read by the coordinator alone."""
    found = [held for held in retention_storage.list_held(community_db()) if held.archived_on]
    note_access(community_db(), actor(), Deed.READ, "situation_list")
    return render_template("protection/archives.html", files=found, button=ConfirmForm(formdata=None), day=today())


@pages.route("/conservation/archives/<int:child_id>/ouvrir", methods=["GET", "POST"])
@allowed(Action.SETTLE_RETENTION)
def open_archive(slug: str, child_id: int) -> Answer:
    """Why this archived file is read; then it is read for three hours."""
    db, form = community_db(), OpeningForm()
    held = next((each for each in retention_storage.list_held(db) if each.child_id == child_id), None)
    if held is None or held.archived_on is None:
        raise NotFound
    if form.submitted():
        try:
            open_archived(db, actor(), held.situation_id, form.reason.data or "", datetime.now(UTC), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for("pathways.show", slug=slug, situation_id=held.situation_id), 303)
    note_access(db, actor(), Deed.READ, "situation_list")
    return render_template("protection/open_archive.html", form=form, held=held)


@pages.post("/conservation/archives/<int:child_id>/reprendre")
@allowed(Action.SETTLE_RETENTION)
def reopen_archive(slug: str, child_id: int) -> Answer:
    """The family comes back: the file returns to the daily work."""
    form = ConfirmForm()
    if form.submitted():
        retention_storage.reopen_archive(community_db(), actor(), child_id, form.once_key)
        flash("Le dossier est sorti des archives.")
    return redirect(url_for("protection.archives", slug=slug), 303)


def _erasable() -> list[Held]:
    due = {each.held.child_id for each in retention_storage.list_due(community_db(), today())}
    return [held for held in retention_storage.list_held(community_db()) if held.child_id in due or held.archived_on]


def _category(count: ErasedCount) -> str:
    if count.measure in (Measure.SEX, Measure.OUTCOME):
        terms = Sex if count.measure is Measure.SEX else Outcome
        return next((term.label for term in terms if term.value == count.category), "Sans décision")
    name = {
        Measure.ORIGIN: ReferenceList.ORIGINS,
        Measure.MOTIVE: ReferenceList.MOTIVES,
        Measure.EXIT_REASON: ReferenceList.EXIT_REASONS,
    }.get(count.measure)
    return labels(community_db(), name).get(count.category, count.category) if name else ""
