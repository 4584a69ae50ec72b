"""The lists of mediation: activities, who asks, what follows; each entry with its source and its dates."""

from flask import flash, redirect, render_template, url_for

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.exceptions import NotFound, Refused
from impact.mediation import storage, views
from impact.mediation.forms import EntryForm
from impact.mediation.views import Answer
from impact.mediation.vocabulary import MediationList
from impact.reference_lists import add_item, end_item, list_items

pages = views.pages
_ADDRESSES = {
    "activites": MediationList.CATEGORIES,
    "demandes": MediationList.REQUESTS,
    "suites": MediationList.FOLLOW_UPS,
}


@pages.get("/listes")
@allowed(Action.RUN_MEDIATION)
def lists(slug: str) -> str:
    """The lists, entry by entry."""
    found = [(address, name, list_items(community_db(), name.value)) for address, name in _ADDRESSES.items()]
    return render_template("mediation/lists.html", lists=found, button=ConfirmForm(formdata=None), day=today())


@pages.post("/listes/remplir")
@allowed(Action.RUN_MEDIATION)
def fill_lists(slug: str) -> Answer:
    """Give the empty lists what they start with."""
    if ConfirmForm().submitted():
        storage.seed_lists(community_db(), actor(), today())
        flash("Les listes sont remplies. Vous pouvez les adapter.")
    return redirect(url_for("mediation.lists", slug=slug), 303)


@pages.route("/listes/<any('activites', 'demandes', 'suites'):address>/ajouter", methods=["GET", "POST"])
@allowed(Action.RUN_MEDIATION)
def add_entry(slug: str, address: str) -> Answer:
    """One more entry, with its source."""
    form, name = EntryForm(), _ADDRESSES[address]
    if form.submitted():
        label, source = str(form.label.data), str(form.source.data)
        try:
            add_item(community_db(), actor(), name.value, label, source, today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’entrée est ajoutée.")
            return redirect(url_for("mediation.lists", slug=slug), 303)
    return render_template("mediation/list_entry.html", form=form, name=name)


@pages.post("/listes/<int:item_id>/cesser")
@allowed(Action.RUN_MEDIATION)
def end_entry(slug: str, item_id: int) -> Answer:
    """Stop offering an entry from tomorrow on; what used it keeps it."""
    if item_id not in {item.id for name in MediationList for item in list_items(community_db(), name.value)}:
        raise NotFound
    if ConfirmForm().submitted():
        end_item(community_db(), actor(), item_id, today())
        flash("L’entrée ne sera plus proposée à partir de demain.")
    return redirect(url_for("mediation.lists", slug=slug), 303)
