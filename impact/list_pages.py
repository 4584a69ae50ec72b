"""The pages of the lists that a community writes itself: read, filled at the start, added to, ended."""

from collections.abc import Callable, Mapping
from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.exceptions import NotFound, Refused
from impact.forms import Form, LineField, Needed
from impact.reference_lists import add_item, end_item, list_items
from impact.vocabulary import Term


class EntryForm(Form):
    """One more entry of a list."""

    label = LineField("Intitulé", [Needed("Écrivez l’intitulé, tel qu’il sera proposé.")], longest=80)
    source = LineField("Source", [Needed("Écrivez d’où vient ce mot : une enquête, une réunion, un texte.")])


def add_list_pages(
    pages: Blueprint,
    template: str,
    action: Action,
    names: Mapping[str, Term],
    seed: Callable[[EncryptedDatabase, Actor, date], object],
) -> None:
    """Give a blueprint the pages of its lists, by address, drawn by its own template; `seed` fills the empty ones."""
    home, any_address = f"{pages.name}.lists", ", ".join(repr(address) for address in names)

    @pages.get("/listes")
    @allowed(action)
    def lists(slug: str) -> str:
        """The lists, entry by entry."""
        found = [(address, name, list_items(community_db(), name.value)) for address, name in names.items()]
        return render_template(template, lists=found, button=ConfirmForm(formdata=None), day=today())

    @pages.post("/listes/remplir")
    @allowed(action)
    def fill_lists(slug: str) -> Response:
        """Add the starting entries that the lists do not have."""
        if ConfirmForm().submitted():
            seed(community_db(), actor(), today())
            flash("Les listes sont remplies. Vous pouvez les adapter.")
        return redirect(url_for(home, slug=slug), 303)

    @pages.route(f"/listes/<any({any_address}):address>/ajouter", methods=["GET", "POST"])
    @allowed(action)
    def add_entry(slug: str, address: str) -> str | Response:
        """One more entry, with its source."""
        form, name = EntryForm(), names[address]
        if form.submitted():
            label, source = str(form.label.data), str(form.source.data)
            try:
                add_item(community_db(), actor(), name.value, label, source, today(), form.once_key)
            except Refused as refusal:
                form.refuse(refusal)
            else:
                flash("L’entrée est ajoutée.")
                return redirect(url_for(home, slug=slug), 303)
        return render_template("list_entry.html", form=form, name=name, back=url_for(home, slug=slug))

    @pages.post("/listes/<int:item_id>/cesser")
    @allowed(action)
    def end_entry(slug: str, item_id: int) -> Response:
        """Stop offering an entry from tomorrow on; what used it keeps it."""
        if item_id not in {item.id for name in names.values() for item in list_items(community_db(), name.value)}:
            raise NotFound
        if ConfirmForm().submitted():
            end_item(community_db(), actor(), item_id, today())
            flash("L’entrée ne sera plus proposée à partir de demain.")
        return redirect(url_for(home, slug=slug), 303)
