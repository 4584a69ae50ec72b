"""The copy of a child's file: asked, released by a second person, handed over as PDF or JSON."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.audit import Deed, note_access
from impact.exceptions import NotFound, Refused
from impact.pathways.file_storage import find_file, open_file
from impact.pathways.rules import may_open_file
from impact.pathways.sheets import sheet
from impact.protection import copy_storage, views
from impact.protection.forms import CopyForm
from impact.protection.records import FileCopy
from impact.protection.rules import ANSWER_DAYS
from impact.protection.views import Answer

pages = views.pages


@pages.get("/copies")
@allowed(Action.COPY_FILE)
def copies(slug: str) -> str:
    """The copies asked of the files that this person may open."""
    found = []
    for copy in copy_storage.list_copies(community_db()):
        file = find_file(community_db(), copy.situation_id)
        if file and may_open_file(actor(), Action.COPY_FILE, file):
            found.append((copy, file.situation.child.listed_name))
    note_access(community_db(), actor(), Deed.READ, "situation_list")
    return render_template("protection/copies.html", copies=found, answer=timedelta(ANSWER_DAYS), day=today())


@pages.route("/dossiers/<int:situation_id>/copie", methods=["GET", "POST"])
@allowed(Action.COPY_FILE)
def copy(slug: str, situation_id: int) -> Answer:
    """Note a family's request, and see where the earlier ones stand."""
    file = open_file(community_db(), actor(), Action.COPY_FILE, situation_id)
    form = CopyForm(data={"received_on": today()})
    if form.submitted():
        asked = form.as_record(file.situation.child_id, situation_id, actor().member_id or 0)
        try:
            copy_storage.ask_copy(community_db(), actor(), asked, today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La demande est notée. Une autre personne de l’équipe relit la copie et la remet.")
            return redirect(url_for("protection.copy", slug=slug, situation_id=situation_id), 303)
    return render_template(
        "protection/copy.html",
        form=form,
        file=file,
        copies=copy_storage.list_copies(community_db(), situation_id),
        member_id=actor().member_id,
        button=ConfirmForm(formdata=None),
        answer=timedelta(ANSWER_DAYS),
        day=today(),
    )


@pages.route("/dossiers/<int:situation_id>/copie/<int:copy_id>/relire", methods=["GET", "POST"])
@allowed(Action.COPY_FILE)
def release(slug: str, situation_id: int, copy_id: int) -> Answer:
    """Read the copy over, then release it; never by the person who prepared it."""
    file = open_file(community_db(), actor(), Action.COPY_FILE, situation_id)
    known = copy_storage.get_copy(community_db(), situation_id, copy_id)
    form = ConfirmForm()
    if form.submitted():
        try:
            copy_storage.release_copy(community_db(), actor(), known, today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La copie peut être remise à la famille.")
            return redirect(url_for("protection.copy", slug=slug, situation_id=situation_id), 303)
    sections = copy_storage.copy_of(community_db(), file.situation.child_id, file.safeguards.restricted)
    return render_template("protection/release.html", form=form, file=file, copy=known, sections=sections)


@pages.get("/dossiers/<int:situation_id>/copie/<int:copy_id>/<any('pdf', 'json'):shape>")
@allowed(Action.COPY_FILE)
def hand_over(slug: str, situation_id: int, copy_id: int, shape: str) -> Response:
    """The released copy; made anew each time, so that no second file is kept."""
    file = open_file(community_db(), actor(), Action.COPY_FILE, situation_id)
    known = _released(situation_id, copy_id)
    sections = copy_storage.copy_of(community_db(), file.situation.child_id, file.safeguards.restricted)
    note_access(community_db(), actor(), Deed.EXPORT, "situation", situation_id)
    if shape == "pdf":
        return sheet("protection/print_copy.html", f"copie-{copy_id}", file=file, copy=known, sections=sections)
    headers = {"Content-Disposition": f'attachment; filename="copie-{copy_id}.json"'}
    return Response(copy_storage.copy_as_json(sections), mimetype="application/json", headers=headers)


def _released(situation_id: int, copy_id: int) -> FileCopy:
    known = copy_storage.get_copy(community_db(), situation_id, copy_id)
    if known.released_on is None:
        raise NotFound
    return known
