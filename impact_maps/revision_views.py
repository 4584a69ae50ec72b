"""The versions of the value chain: what changed, undo, bring back, name."""

from flask import flash, redirect, render_template, url_for

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.forms import EditForm
from impact_maps import revision_storage, storage, views
from impact_maps.contents import differences, from_text
from impact_maps.forms import ConfirmForm, NameForm
from impact_maps.hanging import box_choices
from impact_maps.views import Answer, authors

pages = views.pages


@pages.get("/versions")
@allowed(Action.VIEW_MAP)
def revisions(slug: str) -> str:
    """Every version kept, the last first."""
    found = revision_storage.list_revisions(community_db())
    return render_template("impact_maps/revisions.html", revisions=found, authors=authors())


@pages.get("/versions/<int:number>")
@allowed(Action.VIEW_MAP)
def revision(slug: str, number: int) -> str:
    """One version: what it changed, and what changed since."""
    db = community_db()
    shown = revision_storage.get_revision(db, number)
    known = [each for each in revision_storage.list_revisions(db) if each.number < number]
    content, titles = from_text(shown.content), dict(box_choices(db))
    return render_template(
        "impact_maps/revision.html",
        revision=shown,
        before=known[0] if known else None,
        changed=differences(from_text(known[0].content), content, titles) if known else None,
        since=differences(content, storage.get_chain(db), titles),
        last=revision_storage.last_number(db),
        authors=authors(),
        form=ConfirmForm(formdata=None),
        naming=NameForm(name=shown.name, formdata=None),
    )


@pages.post("/versions/<int:number>/nom")
@allowed(Action.EDIT_MAP)
def name_revision(slug: str, number: int) -> Answer:
    """A name keeps a version among the others."""
    form = NameForm()
    if form.submitted():
        revision_storage.name_revision(community_db(), actor(), number, str(form.name.data or ""), form.once_key)
        flash("Le nom de la version est enregistré.")
    else:
        flash("Ce nom n’est pas enregistré : 80 caractères au plus.")
    return redirect(url_for("impact_maps.revision", slug=slug, number=number), 303)


@pages.post("/versions/<int:number>/reprendre")
@allowed(Action.EDIT_MAP)
def bring_back(slug: str, number: int) -> Answer:
    """An older version becomes the present one."""
    form = EditForm()
    if form.submitted():
        revision_storage.bring_back(community_db(), actor(), number, form.version_read, today(), form.once_key)
        flash(f"La version {number} est reprise. Celle d’avant reste dans la liste des versions.")
    return redirect(url_for("impact_maps.index", slug=slug), 303)


@pages.post("/annuler")
@allowed(Action.EDIT_MAP)
def undo(slug: str) -> Answer:
    """Back before the last change; once more goes further back."""
    form = EditForm()
    if form.submitted():
        number = revision_storage.undo(community_db(), actor(), form.version_read, today(), form.once_key)
        flash(f"La dernière modification est annulée : la carte est de nouveau celle de la version {number}.")
    return redirect(url_for("impact_maps.index", slug=slug), 303)
