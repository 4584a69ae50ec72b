"""Templates: begin from one, see what is local, offer one's own map to the other communities."""

from flask import flash, redirect, render_template, url_for

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, instance, today
from impact.communities.storage import get_community
from impact_maps import pattern_storage, storage, views
from impact_maps.contents import differences, from_text
from impact_maps.forms import ConfirmForm, ShareForm
from impact_maps.hanging import box_choices
from impact_maps.patterns import find, newer, written
from impact_maps.revision_storage import get_revision
from impact_maps.tree_storage import list_lines
from impact_maps.views import Answer, shared_patterns

pages = views.pages


@pages.get("/modeles")
@allowed(Action.VIEW_MAP)
def patterns(slug: str) -> str:
    """What may be taken up, and what this community changed of what it took."""
    return _page(slug, ShareForm(formdata=None))


@pages.post("/modeles/<code>/reprendre")
@allowed(Action.EDIT_MAP)
def take_up(slug: str, code: str) -> Answer:
    """A first chain from this template."""
    pattern = find(shared_patterns(), code)
    form = ConfirmForm()
    if form.submitted():
        pattern_storage.take_up(community_db(), actor(), pattern, form.once_key)
        flash("La chaîne de valeur est commencée. Remplacez chaque libellé par le vôtre.")
    return redirect(url_for("impact_maps.index", slug=slug), 303)


@pages.post("/modeles/partager")
@allowed(Action.EDIT_MAP)
def share(slug: str) -> Answer:
    """The words of this map become a template for the other communities."""
    chain, form = storage.get_chain(community_db()), ShareForm()
    if not form.submitted():
        return _page(slug, form)
    content = written(chain, list_lines(community_db()), str(form.about.data))
    shared = instance().shared()
    try:
        name = get_community(community_db()).name
        pattern_storage.share(shared, actor(), slug, name, content, today(), form.once_key)
    finally:
        shared.close()
    flash("La carte est proposée comme modèle aux autres communautés.")
    return redirect(url_for("impact_maps.patterns", slug=slug), 303)


@pages.post("/modeles/retirer")
@allowed(Action.EDIT_MAP)
def withdraw(slug: str) -> Answer:
    """No longer offered."""
    form = ConfirmForm()
    if form.submitted():
        shared = instance().shared()
        try:
            pattern_storage.withdraw(shared, actor(), slug, today(), form.once_key)
        finally:
            shared.close()
        flash("La carte n’est plus proposée. Les communautés qui l’ont reprise la gardent.")
    return redirect(url_for("impact_maps.patterns", slug=slug), 303)


def _page(slug: str, form: ShareForm) -> str:
    db, offered = community_db(), shared_patterns()
    chain = storage.find_chain(db)
    taken = chain.taken if chain else None
    pattern = next((each for each in offered if taken and each.code == taken.code), None)
    local = None
    if chain and taken:
        local = differences(from_text(get_revision(db, taken.revision).content), chain, dict(box_choices(db)))
    return render_template(
        "impact_maps/patterns.html",
        chain=chain,
        patterns=offered,
        taken=taken,
        pattern=pattern,
        local=local,
        newer=newer(pattern, chain) if chain and taken and pattern and pattern.version > taken.version else [],
        shared_version=next((each.version for each in offered if each.code == f"partage-{slug}"), 0),
        form=form,
        confirm=ConfirmForm(formdata=None),
    )
