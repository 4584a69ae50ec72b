"""The maps as files: printed pages, spreadsheet, and back from the same spreadsheet after a look at what changes."""

from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.communities.storage import get_community
from impact.exceptions import NotFound, Refused
from impact.printing import print_pdf
from impact_maps import picture, revision_storage, storage, tree_picture, tree_storage, views
from impact_maps.contents import differences, from_text, to_text, tree_differences, tree_from_text, tree_to_text
from impact_maps.forms import FileForm, PutForm
from impact_maps.hanging import box_choices, line_measures, measures_for
from impact_maps.records import Chain
from impact_maps.rules import check_tree_content
from impact_maps.views import Answer, as_file
from impact_maps.workbook import MIME, read_workbook, write_workbook

pages = views.pages
_HIGHEST = 400.0
_NOTHING = Chain(0, "Chaîne de valeur", (), (), 0)


@pages.get("/chaine-de-valeur.pdf")
@allowed(Action.VIEW_MAP)
def pdf(slug: str) -> Response:
    """The drawing on one landscape page, then the list."""
    db = community_db()
    chain = storage.get_chain(db)
    measures = measures_for(db, actor(), chain)
    return _printed(
        "impact_maps/chain_print.html",
        "chaine-de-valeur.pdf",
        title=chain.title,
        chain=chain,
        measures=measures,
        picture=Markup(picture.printed(chain, measures, highest=_HIGHEST)),
    )


@pages.get("/arbre-a-impacts.pdf")
@allowed(Action.VIEW_MAP)
def tree_pdf(slug: str) -> Response:
    """The tree on one landscape page, then the table."""
    db = community_db()
    lines = tree_storage.list_lines(db)
    if not lines:
        raise NotFound
    measures = line_measures(db, actor(), lines)
    return _printed(
        "impact_maps/tree_print.html",
        "arbre-a-impacts.pdf",
        title="Arbre à impacts",
        lines=lines,
        measures=measures,
        said=tree_picture.state_words,
        picture=Markup(tree_picture.printed(lines, measures, highest=_HIGHEST)),
    )


@pages.get("/cartes.xlsx")
@allowed(Action.VIEW_MAP)
def xlsx(slug: str) -> Response:
    """Boxes, links and tree in one spreadsheet."""
    db = community_db()
    chain, lines = storage.find_chain(db), tree_storage.list_lines(db)
    measures = measures_for(db, actor(), chain) if chain else {}
    content = write_workbook(chain, lines, measures, line_measures(db, actor(), lines))
    return as_file(content, MIME, "cartes-d-impact.xlsx")


@pages.route("/importer", methods=["GET", "POST"])
@allowed(Action.EDIT_MAP)
def import_file(slug: str) -> Answer:
    """From a file to what it would change; nothing is written yet."""
    db, form = community_db(), FileForm()
    if not form.submitted():
        return render_template("impact_maps/import.html", form=form, errors_by_line=[])
    now = storage.find_chain(db)
    tree = tree_storage.list_lines(db)
    titles = dict(box_choices(db))
    try:
        staged = read_workbook(form.content, now or _NOTHING, titles, today(), actor().member_id)
        check_tree_content(staged.tree or [])
    except Refused as refusal:
        form.refuse(refusal)
        return render_template("impact_maps/import.html", form=form, errors_by_line=[])
    if staged.errors:
        return render_template("impact_maps/import.html", form=form, errors_by_line=staged.errors)
    put = PutForm(
        formdata=None,
        version=str(revision_storage.last_number(db) if now else 0),
        chain=to_text(staged.chain),
        tree=tree_to_text(staged.tree) if staged.tree is not None else "",
    )
    return render_template(
        "impact_maps/staged.html",
        form=put,
        changed=differences(now or _NOTHING, staged.chain, titles),
        tree_changed=tree_differences(tree, staged.tree) if staged.tree is not None else None,
    )


@pages.post("/importer/confirmer")
@allowed(Action.EDIT_MAP)
def put_file(slug: str) -> Answer:
    """What was looked at becomes the maps."""
    form = PutForm()
    if form.submitted():
        try:
            chain = from_text(str(form.chain.data))
            tree = tree_from_text(str(form.tree.data)) if form.tree.data else None
        except (ValueError, KeyError, TypeError) as error:
            raise Refused("Cet aperçu n’est plus lisible : importez le fichier de nouveau.") from error
        check_tree_content(tree or [])
        revision_storage.put_maps(community_db(), actor(), chain, tree, form.version_read, today(), form.once_key)
        flash("Le fichier est repris. Vous pouvez annuler cette modification de la chaîne.")
    return redirect(url_for("impact_maps.index", slug=slug), 303)


def _printed(template: str, name: str, **values: object) -> Response:
    large = request.args.get("format") == "a3"
    html = render_template(template, place=get_community(community_db()), large=large, day=today(), **values)
    content = print_pdf(html, moment=datetime.now(UTC))
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
