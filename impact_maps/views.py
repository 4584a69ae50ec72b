"""The value chain: its drawing, the same thing as a list, and the pages that change it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action, may
from impact.accounts.guards import actor, allowed, community_db, instance, today
from impact.communities.storage import member_names
from impact.exceptions import NotFound, Refused
from impact_maps import revision_storage, storage
from impact_maps.forms import BoxForm, ChainForm, ConfirmForm, LinkForm, assumption_form, box_form, link_form
from impact_maps.hanging import box_choices, measures_for
from impact_maps.kumu import kumu_json
from impact_maps.pattern_storage import list_patterns
from impact_maps.patterns import Pattern
from impact_maps.picture import picture, printed, stages
from impact_maps.records import Chain, Link
from impact_maps.rules import by_target, get_box, orphans, unanswered, undone_to, unmeasured

pages = Blueprint(
    "impact_maps", __name__, template_folder="templates", url_prefix="/communautes/<slug>/chaine-de-valeur"
)
Answer = str | Response


@pages.get("/")
@allowed(Action.VIEW_MAP)
def index(slug: str) -> str:
    """The drawing and the list; before there is a chain, how to begin."""
    db = community_db()
    chain, form = storage.find_chain(db), ConfirmForm(formdata=None)
    if chain is None:
        return render_template("impact_maps/empty.html", form=form, patterns=shared_patterns())
    edits = may(actor(), Action.EDIT_MAP)
    hung = measures_for(db, actor(), chain)
    revisions = {revision.number: revision for revision in revision_storage.list_revisions(db)} if edits else {}
    return render_template(
        "impact_maps/index.html",
        chain=chain,
        columns=[(stage, chain.column(stage)) for stage in stages(chain)],
        targets=by_target(chain),
        measures=hung,
        authors=authors(),
        contradicted=unanswered(chain),
        orphans=orphans(chain),
        unmeasured=unmeasured(chain),
        picture=picture(chain, hung),
        removed=storage.list_removed(db, today()) if edits else [],
        last=max(revisions, default=0),
        undoable=undone_to(revisions) is not None,
        form=form,
    )


@pages.get("/chaine-de-valeur.svg")
@allowed(Action.VIEW_MAP)
def svg(slug: str) -> Response:
    """The drawing as a file, with the figures that this person may read."""
    chain = storage.get_chain(community_db())
    return as_file(
        printed(chain, measures_for(community_db(), actor(), chain)), "image/svg+xml", "chaine-de-valeur.svg"
    )


@pages.get("/chaine-de-valeur-kumu.json")
@allowed(Action.VIEW_MAP)
def kumu(slug: str) -> Response:
    """Boxes and links for Kumu; no figure in it."""
    return as_file(kumu_json(storage.get_chain(community_db())), "application/json", "chaine-de-valeur-kumu.json")


@pages.route("/titre", methods=["GET", "POST"])
@allowed(Action.EDIT_MAP)
def rename(slug: str) -> Answer:
    """Another title."""
    chain = storage.get_chain(community_db())
    form = ChainForm(obj=chain)
    if form.submitted():
        storage.rename_chain(community_db(), actor(), str(form.title.data), form.version_read, form.once_key)
        flash("Le titre est changé.")
        return redirect(url_for("impact_maps.index", slug=slug), 303)
    return render_template("impact_maps/rename.html", chain=chain, form=form)


@pages.route("/elements/ajouter", methods=["GET", "POST"])
@allowed(Action.EDIT_MAP)
def add_box(slug: str) -> Answer:
    """A new box, at the bottom of its column."""
    storage.get_chain(community_db())
    form = BoxForm(stage=request.args.get("colonne", ""))
    form.offer(box_choices(community_db()))
    if form.submitted():
        try:
            added = storage.add_box(community_db(), actor(), form.as_content(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’élément est ajouté. Dites maintenant à quoi il mène.")
            return redirect(url_for("impact_maps.box", slug=slug, box_id=added), 303)
    return render_template("impact_maps/add.html", form=form)


@pages.route("/elements/<int:box_id>", methods=["GET", "POST"])
@allowed(Action.EDIT_MAP)
def box(slug: str, box_id: int) -> Answer:
    """One box: its words, its column, its indicator, its place, its links."""
    chain = storage.get_chain(community_db())
    form = box_form(chain, box_id, box_choices(community_db()))
    if form.submitted():
        try:
            storage.change_box(community_db(), actor(), box_id, form.as_content(), form.version_read, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’élément est enregistré.")
            return redirect(url_for("impact_maps.index", slug=slug), 303)
    return _box_page(slug, chain, box_id, form, link_form(chain, box_id, formdata=None))


@pages.post("/elements/<int:box_id>/monter")
@allowed(Action.EDIT_MAP)
def move_up(slug: str, box_id: int) -> Answer:
    """One place up in the column."""
    return _move(slug, box_id, -1)


@pages.post("/elements/<int:box_id>/descendre")
@allowed(Action.EDIT_MAP)
def move_down(slug: str, box_id: int) -> Answer:
    """One place down in the column."""
    return _move(slug, box_id, 1)


@pages.post("/elements/<int:box_id>/retirer")
@allowed(Action.EDIT_MAP)
def remove(slug: str, box_id: int) -> Answer:
    """Off the chain; it can be put back for thirty days."""
    form = ConfirmForm()
    if form.submitted():
        storage.remove_box(community_db(), actor(), box_id, today(), form.once_key)
        flash("L’élément est retiré. Vous pouvez le rétablir pendant 30 jours, en bas de cette page.")
    return redirect(url_for("impact_maps.index", slug=slug), 303)


@pages.post("/elements/<int:box_id>/retablir")
@allowed(Action.EDIT_MAP)
def restore(slug: str, box_id: int) -> Answer:
    """Back on the chain, with its links."""
    form = ConfirmForm()
    if form.submitted():
        storage.restore_box(community_db(), actor(), box_id, today(), form.once_key)
        flash("L’élément est rétabli, avec ses liens.")
    return redirect(url_for("impact_maps.index", slug=slug), 303)


@pages.post("/elements/<int:box_id>/liens")
@allowed(Action.EDIT_MAP)
def add_link(slug: str, box_id: int) -> Answer:
    """This box leads to another."""
    chain = storage.get_chain(community_db())
    get_box(chain, box_id)
    form = link_form(chain, box_id)
    if form.submitted():
        try:
            storage.add_link(community_db(), actor(), Link(box_id, int(form.leads_to.data)), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le lien est ajouté.")
            return redirect(url_for("impact_maps.box", slug=slug, box_id=box_id), 303)
    return _box_page(slug, chain, box_id, box_form(chain, box_id, box_choices(community_db()), formdata=None), form)


@pages.route("/elements/<int:box_id>/liens/<int:target_id>", methods=["GET", "POST"])
@allowed(Action.EDIT_MAP)
def assumption(slug: str, box_id: int, target_id: int) -> Answer:
    """What the link from one box to another supposes, and what is known of it."""
    chain, link = storage.get_chain(community_db()), Link(box_id, target_id)
    if link not in chain.links:
        raise NotFound
    form = assumption_form(chain, link)
    if form.submitted():
        said = form.as_assumption(actor().member_id)
        try:
            storage.change_assumption(community_db(), actor(), link, said, form.version_read, today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’hypothèse est enregistrée.")
            return redirect(url_for("impact_maps.box", slug=slug, box_id=box_id), 303)
    return render_template(
        "impact_maps/assumption.html",
        form=form,
        known=chain.assumption(box_id, target_id),
        source=get_box(chain, box_id),
        target=get_box(chain, target_id),
        authors=authors(),
    )


@pages.post("/elements/<int:box_id>/liens/<int:target_id>/retirer")
@allowed(Action.EDIT_MAP)
def remove_link(slug: str, box_id: int, target_id: int) -> Answer:
    """This box no longer leads to that one."""
    form = ConfirmForm()
    if form.submitted():
        storage.remove_link(community_db(), actor(), Link(box_id, target_id), form.once_key)
        flash("Le lien est retiré.")
    return redirect(url_for("impact_maps.index", slug=slug), 303)


def _move(slug: str, box_id: int, step: int) -> Answer:
    form = ConfirmForm()
    if form.submitted():
        storage.move_box(community_db(), actor(), box_id, step, form.once_key)
    return redirect(url_for("impact_maps.box", slug=slug, box_id=box_id), 303)


def _box_page(slug: str, chain: Chain, box_id: int, form: BoxForm, links: LinkForm) -> str:
    hung = measures_for(community_db(), actor(), chain)
    elements = url_for("impact_maps.box", slug=slug, box_id=0).removesuffix("0")
    return render_template(
        "impact_maps/box.html",
        chain=chain,
        box=get_box(chain, box_id),
        measure=hung.get(box_id),
        picture=picture(chain, hung, target=elements),
        form=form,
        links=links,
        authors=authors(),
        confirm=ConfirmForm(formdata=None),
    )


def as_file(content: str | bytes, mimetype: str, name: str) -> Response:
    """A file to keep."""
    return Response(content, mimetype=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def authors() -> dict[int, str]:
    """Who said what is known of an assumption, for those who may read the directory."""
    return member_names(community_db()) if may(actor(), Action.VIEW_DIRECTORY) else {}


def shared_patterns() -> list[Pattern]:
    """Every template that may be taken up here."""
    shared = instance().shared()
    try:
        return list_patterns(shared)
    finally:
        shared.close()
