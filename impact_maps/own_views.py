"""« Nos indicateurs »: what the community measures in its own words, with its goals and its entered values."""

from flask import flash, redirect, render_template, request, url_for

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.communities.forms import member_choices
from impact.communities.storage import list_members, member_names
from impact.exceptions import NotFound, Refused
from impact.figures import FigureState, told
from impact_maps import own_storage, views
from impact_maps.forms import ConfirmForm
from impact_maps.hanging import audience_of, field_choices, own_places
from impact_maps.own_forms import OwnForm, ValueForm, own_form
from impact_maps.own_rules import goal_words, state_for
from impact_maps.records import OwnIndicator
from impact_maps.views import Answer, authors
from impact_maps.vocabulary import OwnSource

pages = views.pages


@pages.get("/nos-indicateurs")
@allowed(Action.VIEW_MAP)
def own(slug: str) -> str:
    """All of them, with what each says today."""
    db = community_db()
    return render_template(
        "impact_maps/own.html",
        indicators=own_storage.list_own(db),
        measures=own_storage.own_measures(db, audience_of(actor())),
        authors=authors(),
        places=own_places(db),
    )


@pages.route("/nos-indicateurs/ajouter", methods=["GET", "POST"])
@allowed(Action.EDIT_MAP)
def add_own(slug: str) -> Answer:
    """One more definition."""
    db = community_db()
    form = OwnForm(source=request.args.get("source", ""), rhythm="yearly", direction="neutral")
    _offer(form)
    if form.submitted():
        try:
            added = own_storage.add_own(db, actor(), form.as_indicator(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’indicateur est défini. Vous pouvez l’accrocher à un élément de la carte.")
            return redirect(url_for("impact_maps.show_own", slug=slug, indicator_id=added), 303)
    return render_template("impact_maps/own_form.html", form=form, own=None)


@pages.get("/nos-indicateurs/<int:indicator_id>")
@allowed(Action.VIEW_MAP)
def show_own(slug: str, indicator_id: int) -> str:
    """One indicator: definition, value, goal, entered values, changes."""
    return _page(indicator_id, ValueForm(formdata=None))


@pages.route("/nos-indicateurs/<int:indicator_id>/definition", methods=["GET", "POST"])
@allowed(Action.EDIT_MAP)
def edit_own(slug: str, indicator_id: int) -> Answer:
    """Another definition; what it was before stays written."""
    known = _get(indicator_id)
    form = own_form(known)
    _offer(form)
    if form.submitted():
        try:
            own_storage.change_own(
                community_db(),
                actor(),
                indicator_id,
                form.as_indicator(),
                form.version_read,
                member_names(community_db()),
                form.once_key,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La définition est enregistrée, avec ce qui a changé.")
            return redirect(url_for("impact_maps.show_own", slug=slug, indicator_id=indicator_id), 303)
    return render_template("impact_maps/own_form.html", form=form, own=known)


@pages.post("/nos-indicateurs/<int:indicator_id>/valeurs")
@allowed(Action.EDIT_MAP)
def add_value(slug: str, indicator_id: int) -> Answer:
    """A value of a day."""
    known, form = _get(indicator_id), ValueForm()
    if form.submitted():
        try:
            own_storage.add_value(
                community_db(), actor(), indicator_id, form.as_value(known.unit), today(), form.once_key
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La valeur est enregistrée.")
            return redirect(url_for("impact_maps.show_own", slug=slug, indicator_id=indicator_id), 303)
    return _page(indicator_id, form)


@pages.post("/nos-indicateurs/<int:indicator_id>/valeurs/<int:value_id>/retirer")
@allowed(Action.EDIT_MAP)
def remove_value(slug: str, indicator_id: int, value_id: int) -> Answer:
    """A value entered by mistake."""
    form = ConfirmForm()
    if form.submitted():
        own_storage.remove_value(community_db(), actor(), indicator_id, value_id, form.once_key)
        flash("La valeur est retirée.")
    return redirect(url_for("impact_maps.show_own", slug=slug, indicator_id=indicator_id), 303)


@pages.post("/nos-indicateurs/<int:indicator_id>/retirer")
@allowed(Action.EDIT_MAP)
def remove_own(slug: str, indicator_id: int) -> Answer:
    """No longer followed."""
    form = ConfirmForm()
    if form.submitted():
        own_storage.remove_own(community_db(), actor(), indicator_id, today(), form.once_key)
        flash("L’indicateur n’est plus suivi. Ses valeurs restent dans le fichier de la communauté.")
    return redirect(url_for("impact_maps.own", slug=slug), 303)


def _get(indicator_id: int) -> OwnIndicator:
    known = own_storage.get_own(community_db(), indicator_id)
    if known.removed_on:
        raise NotFound
    return known


def _offer(form: OwnForm) -> None:
    db = community_db()
    form.offer(field_choices(db), member_choices(list_members(db)))


def _page(indicator_id: int, form: ValueForm) -> str:
    db, known = community_db(), _get(indicator_id)
    audience = audience_of(actor())
    values = [
        (each, told(each.value, known.unit.value), state_for(known, each, audience) is FigureState.MEASURED)
        for each in own_storage.own_values(db).get(indicator_id, [])
    ]
    return render_template(
        "impact_maps/own_one.html",
        own=known,
        measure=own_storage.own_measures(db, audience)[known.key],
        figure=dict(field_choices(db)).get(known.figure, known.figure),
        goal=goal_words(known),
        values=values,
        masked=FigureState.MASKED.label,
        changes=own_storage.list_changes(db, indicator_id),
        places=own_places(db).get(known.key, []),
        entered=known.source is OwnSource.ENTERED,
        authors=authors(),
        form=form,
        confirm=ConfirmForm(formdata=None),
    )
