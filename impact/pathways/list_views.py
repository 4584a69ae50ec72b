"""The reference lists of the PRE: what they offer, since when, from which source."""

from flask import flash, redirect, render_template, url_for

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.exceptions import NotFound, Refused
from impact.pathways import storage, views
from impact.pathways.forms import ReferenceItemForm
from impact.pathways.views import Answer
from impact.pathways.vocabulary import ReferenceList
from impact.reference_lists import add_item, end_item, list_items

pages = views.pages
_ADDRESSES = {
    "motifs": ReferenceList.MOTIVES,
    "origines": ReferenceList.ORIGINS,
    "motifs-de-sortie": ReferenceList.EXIT_REASONS,
    "domaines": ReferenceList.DOMAINS,
    "mots-a-eviter": ReferenceList.WARNED_WORDS,
}


@pages.get("/listes")
@allowed(Action.MANAGE_COMMUNITY)
def lists(slug: str) -> str:
    """The lists, entry by entry."""
    found = [(address, name, list_items(community_db(), name)) for address, name in _ADDRESSES.items()]
    return render_template("pathways/lists.html", lists=found, button=ConfirmForm(formdata=None), day=today())


@pages.post("/listes/remplir")
@allowed(Action.MANAGE_COMMUNITY)
def fill_lists(slug: str) -> Answer:
    """Add the starting entries that the lists do not have."""
    if ConfirmForm().submitted():
        storage.seed_lists(community_db(), actor(), today())
        flash("Les listes sont remplies. Vous pouvez les adapter.")
    return redirect(url_for("pathways.lists", slug=slug), 303)


@pages.route(
    "/listes/<any('motifs', 'origines', 'motifs-de-sortie', 'domaines', 'mots-a-eviter'):address>/ajouter",
    methods=["GET", "POST"],
)
@allowed(Action.MANAGE_COMMUNITY)
def add_entry(slug: str, address: str) -> Answer:
    """One more entry, with its source."""
    form = ReferenceItemForm()
    if form.submitted():
        label, source = str(form.label.data), str(form.source.data)
        try:
            add_item(community_db(), actor(), _ADDRESSES[address], label, source, today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’entrée est ajoutée.")
            return redirect(url_for("pathways.lists", slug=slug), 303)
    return render_template("pathways/list_entry.html", form=form, name=_ADDRESSES[address])


@pages.post("/listes/<int:item_id>/cesser")
@allowed(Action.MANAGE_COMMUNITY)
def end_entry(slug: str, item_id: int) -> Answer:
    """Stop offering an entry from tomorrow on; what used it keeps it."""
    if item_id not in {item.id for name in ReferenceList for item in list_items(community_db(), name)}:
        raise NotFound
    if ConfirmForm().submitted():
        end_item(community_db(), actor(), item_id, today())
        flash("L’entrée ne sera plus proposée à partir de demain.")
    return redirect(url_for("pathways.lists", slug=slug), 303)
