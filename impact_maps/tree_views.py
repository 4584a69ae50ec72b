"""The impact tree: its picture, the same thing as a table, and the pages that change it."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.exceptions import NotFound, Refused
from impact_maps import tree_storage, views
from impact_maps.forms import ConfirmForm
from impact_maps.hanging import box_choices, line_measures
from impact_maps.patterns import find
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
    if not lines:
        offered = [pattern for pattern in shared_patterns() if pattern.tree]
        return render_template("impact_maps/tree_empty.html", form=form, patterns=offered)
    measures = line_measures(db, actor(), lines)
    return render_template(
        "impact_maps/tree.html",
        branches=by_public(lines),
        count=len(lines),
        seen=sum(line.state is ImpactState.OBSERVED for line in lines),
        measures=measures,
        said=state_words,
        picture=picture(lines, measures),
    )


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
