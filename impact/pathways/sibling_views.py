"""« Fratrie »: the brothers and sisters of a child who are followed too."""

from flask import flash, redirect, render_template, request, url_for

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import LARGEST_ID, actor, allowed, community_db, today
from impact.audit import Deed, note_access
from impact.exceptions import Refused
from impact.pathways import sibling_storage, views
from impact.pathways.file_storage import open_file
from impact.pathways.line_storage import find_page
from impact.pathways.list_rules import Asked
from impact.pathways.records import Line
from impact.pathways.views import Answer

pages = views.pages
LONGEST = 100


@pages.get("/<int:situation_id>/fratrie")
@allowed(Action.FOLLOW_CHILD)
def siblings(slug: str, situation_id: int) -> str:
    """The siblings that are known, and one to look for by name."""
    file = open_file(community_db(), actor(), Action.FOLLOW_CHILD, situation_id)
    known, others = sibling_storage.list_siblings(community_db(), actor(), file.situation.child_id, today())
    text = request.args.get("q", "").strip()[:LONGEST]
    return render_template(
        "pathways/siblings.html",
        file=file,
        known=known,
        others=others,
        text=text,
        found=_found(text, {file.situation.child_id, *(line.child_id for line in known)}),
        button=ConfirmForm(formdata=None),
    )


@pages.post("/<int:situation_id>/fratrie/relier")
@allowed(Action.FOLLOW_CHILD)
def join_sibling(slug: str, situation_id: int) -> Answer:
    """This child and that one live together."""
    file = open_file(community_db(), actor(), Action.FOLLOW_CHILD, situation_id)
    form, typed = ConfirmForm(), request.form.get("other", "")
    if form.submitted() and typed.isdecimal() and int(typed) <= LARGEST_ID:
        other = open_file(community_db(), actor(), Action.FOLLOW_CHILD, int(typed))
        try:
            sibling_storage.join_siblings(
                community_db(), actor(), file.situation.child_id, other.situation.child_id, form.once_key
            )
        except Refused as refusal:
            flash(str(refusal))
        else:
            flash("Les deux enfants sont dans la même fratrie. Une note peut servir aux deux.")
    return redirect(url_for("pathways.siblings", slug=slug, situation_id=situation_id), 303)


@pages.post("/<int:situation_id>/fratrie/retirer")
@allowed(Action.FOLLOW_CHILD)
def leave_siblings(slug: str, situation_id: int) -> Answer:
    """This child is not of this home."""
    file = open_file(community_db(), actor(), Action.FOLLOW_CHILD, situation_id)
    form = ConfirmForm()
    if form.submitted():
        sibling_storage.leave_siblings(community_db(), actor(), file.situation.child_id, form.once_key)
        flash("L’enfant n’est plus dans cette fratrie. Les notes déjà écrites restent.")
    return redirect(url_for("pathways.siblings", slug=slug, situation_id=situation_id), 303)


def _found(text: str, without: set[int]) -> list[Line]:
    if not text:
        return []
    note_access(community_db(), actor(), Deed.SEARCH, "situation_list")
    lines = find_page(community_db(), actor(), Asked(text=text), today()).lines
    return [line for line in lines if line.child_id not in without]
