"""« Registre »: every personal field, its purpose, its readers, how long; optional ones can be switched off."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action, readers
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.exceptions import NotFound
from impact.pathways.sheets import sheet
from impact.protection import views
from impact.protection.records import Column, Table
from impact.protection.registry import TABLES, switchable
from impact.protection.retention_storage import get_delay
from impact.protection.views import Answer
from impact.safeguards import fields_off, switch_fields
from impact.wording import join_words

pages = views.pages


@pages.get("/")
@allowed(Action.VIEW_COMMUNITY)
def register(slug: str) -> str:
    """What is kept about people, and why."""
    return render_template(
        "protection/register.html",
        tables=_personal(),
        readers=_readers,
        off=fields_off(community_db()),
        delay=get_delay(community_db()),
        button=ConfirmForm(formdata=None),
    )


@pages.get("/imprimer")
@allowed(Action.VIEW_COMMUNITY)
def print_register(slug: str) -> Response:
    """The same, in PDF."""
    values = {"readers": _readers, "off": fields_off(community_db()), "delay": get_delay(community_db())}
    return sheet("protection/print_register.html", "registre", tables=_personal(), **values)


@pages.post("/champs")
@allowed(Action.MANAGE_COMMUNITY)
def switch(slug: str) -> Answer:
    """Take an optional field out of its form, or bring it back."""
    name = request.form.get("field", "")
    found = next(((t, c) for t, c in switchable() if f"{t.name}.{c.name}" == name), None)
    if found is None:
        raise NotFound
    if ConfirmForm().submitted():
        table, column = found
        off = name not in fields_off(community_db())
        fields = [f"{table.name}.{each}" for each in (column.name, *column.together)]
        switch_fields(community_db(), actor(), fields, off, today(), request.form.get("once", "")[:64])
        flash(
            "Le formulaire ne demande plus cette information. Ce qui était écrit reste jusqu’à l’effacement du dossier."
            if off
            else "Le formulaire demande de nouveau cette information."
        )
    return redirect(url_for("protection.register", slug=slug), 303)


def _personal() -> list[tuple[Table, list[tuple[str, Column]]]]:
    """What is declared about people, a group for each subject, purpose, basis and length; columns with their keys."""
    groups: dict[tuple[str, ...], tuple[Table, list[tuple[str, Column]]]] = {}
    for table in TABLES:
        found = [(f"{table.name}.{column.name}", column) for column in table.columns if column.label]
        if found:
            alike = (table.about, table.purpose, table.basis, table.kept)
            groups.setdefault(alike, (table, []))[1].extend(found)
    return list(groups.values())


def _readers(column: Column) -> str:
    if column.field_class is None:
        return "Membres de la communauté, selon leur rôle"
    return join_words([role.label for role in readers(column.field_class)])
