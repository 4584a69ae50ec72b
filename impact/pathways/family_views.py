"""On a child's file: the parents' workshops of the family, once it agreed."""

from flask import flash, redirect, render_template, url_for

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.exceptions import Refused
from impact.families import storage
from impact.families.forms import LinkForm
from impact.pathways import views
from impact.pathways.file_storage import open_file
from impact.pathways.views import Answer

pages = views.pages


@pages.route("/<int:situation_id>/ateliers-de-parents", methods=["GET", "POST"])
@allowed(Action.FOLLOW_CHILD)
def parents_workshops(slug: str, situation_id: int) -> Answer:
    """The families linked, how often they came, and one more to link."""
    file = open_file(community_db(), actor(), Action.FOLLOW_CHILD, situation_id)
    form = LinkForm()
    form.family_id.choices = [
        (str(known.id), known.name) for known in storage.list_families(community_db()) if not known.is_linked
    ]
    if form.submitted():
        try:
            storage.link_family(
                community_db(),
                actor(),
                int(form.family_id.data),
                situation_id,
                form.agreed_on.data,
                today(),
                form.once_key,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La famille est reliée à ce parcours.")
            return redirect(url_for("pathways.parents_workshops", slug=slug, situation_id=situation_id), 303)
    return render_template(
        "pathways/parents_workshops.html",
        file=file,
        form=form,
        families=storage.list_families(community_db(), situation_id),
        confirm=ConfirmForm(formdata=None),
    )


@pages.post("/<int:situation_id>/ateliers-de-parents/<int:family_id>/retirer")
@allowed(Action.FOLLOW_CHILD)
def unlink_family(slug: str, situation_id: int, family_id: int) -> Answer:
    """The family no longer agrees."""
    open_file(community_db(), actor(), Action.FOLLOW_CHILD, situation_id)
    form = ConfirmForm()
    if form.submitted():
        storage.unlink_family(community_db(), actor(), family_id, situation_id, form.once_key)
        flash("Le lien est retiré. Les venues de la famille restent comptées, sans ce parcours.")
    return redirect(url_for("pathways.parents_workshops", slug=slug, situation_id=situation_id), 303)
