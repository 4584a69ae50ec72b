"""The impact tree: its picture, the same thing as a table, and the pages that change it."""

from itertools import pairwise, zip_longest

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.exceptions import NotFound, Refused
from impact.forms import EditForm
from impact_maps import tree_revision_storage, tree_storage, views
from impact_maps.contents import tree_differences, tree_from_text
from impact_maps.forms import ConfirmForm
from impact_maps.hanging import box_choices, line_measures
from impact_maps.patterns import find
from impact_maps.rules import undone_to
from impact_maps.tree_forms import ImpactForm, impact_form
from impact_maps.tree_picture import by_public, picture, printed, state_words
from impact_maps.views import Answer, as_file, shared_patterns
from impact_maps.vocabulary import ImpactState

pages = views.pages


@pages.get("/arbre")
@allowed(Action.VIEW_MAP)
def tree(slug: str) -> str:
    """The picture and the table; before there is a tree, how to begin."""
    db, form = community_db(), ConfirmForm(formdata=None)
    lines = tree_storage.list_lines(db)
    known = {each.number: each for each in tree_revision_storage.list_tree_revisions(db)}
    undoing = {"last": max(known, default=0), "undoable": undone_to(known) is not None}
    if not lines:
        offered = [pattern for pattern in shared_patterns() if pattern.tree]
        return render_template("impact_maps/tree_empty.html", form=form, patterns=offered, **undoing)
    measures = line_measures(db, actor(), lines)
    return render_template(
        "impact_maps/tree.html",
        branches=by_public(lines),
        count=len(lines),
        seen=sum(line.state is ImpactState.OBSERVED for line in lines),
        measures=measures,
        said=state_words,
        picture=picture(lines, measures),
        form=form,
        **undoing,
    )


@pages.get("/arbre/versions")
@allowed(Action.VIEW_MAP)
def tree_revisions(slug: str) -> str:
    """Every version of the tree that is kept, the last first, with what each changed."""
    found = tree_revision_storage.list_tree_revisions(community_db())
    contents = [tree_from_text(each.content) for each in found]
    changed = [tree_differences(before, after) for after, before in pairwise(contents)]
    return render_template(
        "impact_maps/tree_revisions.html",
        revisions=list(zip_longest(found, changed)),
        last=max((each.number for each in found), default=0),
        authors=views.authors(),
        form=ConfirmForm(formdata=None),
    )


@pages.post("/arbre/versions/<int:number>/reprendre")
@allowed(Action.EDIT_MAP)
def bring_back_tree(slug: str, number: int) -> Answer:
    """An older version of the tree becomes the present one."""
    form = EditForm()
    if form.submitted():
        tree_revision_storage.bring_back_tree(community_db(), actor(), number, form.version_read, form.once_key)
        flash(f"La version {number} de l’arbre est reprise. Celle d’avant reste dans la liste.")
    return redirect(url_for("impact_maps.tree", slug=slug), 303)


@pages.post("/arbre/annuler")
@allowed(Action.EDIT_MAP)
def undo_tree(slug: str) -> Answer:
    """Back before the last change of the tree; once more goes further back."""
    form = EditForm()
    if form.submitted():
        number = tree_revision_storage.undo_tree(community_db(), actor(), form.version_read, form.once_key)
        flash(f"La dernière modification est annulée : l’arbre est de nouveau celui de la version {number}.")
    return redirect(url_for("impact_maps.tree", slug=slug), 303)


@pages.get("/arbre-a-impacts.svg")
@allowed(Action.VIEW_MAP)
def tree_svg(slug: str) -> Response:
    """The picture as a file."""
    lines = tree_storage.list_lines(community_db())
    if not lines:
        raise NotFound
    return as_file(
        printed(lines, line_measures(community_db(), actor(), lines)), "image/svg+xml", "arbre-a-impacts.svg"
    )


@pages.post("/arbre/commencer/<code>")
@allowed(Action.EDIT_MAP)
def start_tree(slug: str, code: str) -> Answer:
    """A first tree from a template."""
    pattern, form = find(shared_patterns(), code), ConfirmForm()
    if form.submitted():
        tree_storage.start_tree(community_db(), actor(), pattern.tree, form.once_key)
        flash("L’arbre est commencé. Dites ce que vous avez déjà observé.")
    return redirect(url_for("impact_maps.tree", slug=slug), 303)


@pages.route("/arbre/ajouter", methods=["GET", "POST"])
@allowed(Action.EDIT_MAP)
def add_impact(slug: str) -> Answer:
    """One more impact."""
    db = community_db()
    form = ImpactForm(
        public=request.args.get("public", ""), objective=request.args.get("objectif", ""), state="observable"
    )
    form.offer(box_choices(db))
    if form.submitted():
        try:
            added = tree_storage.add_line(db, actor(), form.as_line(), today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’impact est ajouté.")
            return redirect(url_for("impact_maps.tree", slug=slug, _anchor=f"fiche-i-{added}"), 303)
    return render_template("impact_maps/impact.html", form=form, row=None)


@pages.route("/arbre/<int:line_id>", methods=["GET", "POST"])
@allowed(Action.EDIT_MAP)
def impact(slug: str, line_id: int) -> Answer:
    """One impact: its words, whether it was seen, its indicator."""
    db = community_db()
    line = tree_storage.get_line(db, line_id)
    form = impact_form(line, box_choices(db))
    if form.submitted():
        whole = bool(form.whole_objective.data)
        try:
            tree_storage.change_line(
                db, actor(), line_id, form.as_line(), form.version_read, whole, today(), form.once_key
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’impact est enregistré.")
            return redirect(url_for("impact_maps.tree", slug=slug, _anchor=f"fiche-i-{line_id}"), 303)
    return render_template("impact_maps/impact.html", form=form, row=line, confirm=ConfirmForm(formdata=None))


@pages.post("/arbre/<int:line_id>/retirer")
@allowed(Action.EDIT_MAP)
def remove_impact(slug: str, line_id: int) -> Answer:
    """Off the tree."""
    form = ConfirmForm()
    if form.submitted():
        tree_storage.remove_line(community_db(), actor(), line_id, form.once_key)
        flash("L’impact est retiré de l’arbre.")
    return redirect(url_for("impact_maps.tree", slug=slug), 303)
