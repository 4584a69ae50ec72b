"""What a network shares: the public agenda and its registrations, offers, resources."""

from contextlib import closing

from flask import Blueprint, flash, redirect, render_template, url_for

from impact.accounts.access import Action, may
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, instance, public, today
from impact.communities.forms import organisation_choices
from impact.communities.storage import get_community, list_organisations
from impact.cooperation.views import speaker
from impact.events import network_storage as storage
from impact.events import views
from impact.events.network_forms import OfferForm, OpinionForm, RegisteringForm, ResourceForm
from impact.events.storage import list_series
from impact.events.views import Answer
from impact.events.vocabulary import Relevance
from impact.exceptions import NotAllowed, NotFound, Refused

pages = views.pages
public_pages = Blueprint("agenda", __name__, url_prefix="/agenda")


@public_pages.get("/<slug>/<token>")
@public
def agenda(slug: str, token: str) -> str:
    """What is coming, for anybody who has the address."""
    with closing(instance().community(slug)) as db:
        coming = storage.list_coming(db, token, today())
        titles = {series.id: series.title for series in list_series(db)}
        host = get_community(db)
        return render_template("events/agenda.html", coming=coming, titles=titles, host=host, place=slug, token=token)


@public_pages.route("/<slug>/<token>/<int:event_id>", methods=["GET", "POST"])
@public
def register(slug: str, token: str, event_id: int) -> Answer:
    """A form of two lines: nobody is named."""
    with closing(instance().community(slug)) as db:
        event = next((known for known in storage.list_coming(db, token, today()) if known.id == event_id), None)
        if event is None:
            raise NotFound
        form, done = RegisteringForm(), False
        if form.submitted():
            try:
                storage.register(db, event_id, form.as_record(), today(), form.once_key)
            except Refused as refusal:
                form.refuse(refusal)
            else:
                done = True
        host = get_community(db)
        back = url_for("agenda.agenda", slug=slug, token=token)
        return render_template("events/register.html", form=form, event=event, host=host, done=done, back=back)


@pages.route("/agenda", methods=["GET", "POST"])
@allowed(Action.RUN_WORKSHOPS)
def agenda_address(slug: str) -> Answer:
    """The address to give; open or close the page."""
    form = ConfirmForm()
    if form.submitted():
        storage.open_agenda(community_db(), actor(), form.once_key)
        flash("L’agenda public est ouvert.")
        return redirect(url_for("events.agenda_address", slug=slug), 303)
    token = storage.find_token(community_db())
    address = url_for("agenda.agenda", slug=slug, token=token, _external=True) if token else ""
    return render_template("events/agenda_address.html", address=address, confirm=ConfirmForm(formdata=None))


@pages.post("/agenda/fermer")
@allowed(Action.RUN_WORKSHOPS)
def close_agenda(slug: str) -> Answer:
    """The page is gone."""
    form = ConfirmForm()
    if form.submitted():
        storage.close_agenda(community_db(), actor(), form.once_key)
        flash("L’agenda public est fermé : son adresse ne mène plus à rien.")
    return redirect(url_for("events.agenda_address", slug=slug), 303)


@pages.get("/offres/")
@allowed(Action.VIEW_WORKSHOPS)
def offers(slug: str) -> str:
    """What the network offers, and how relevant its members find it."""
    known = storage.list_offers(community_db())
    return render_template(
        "events/offers.html",
        offers=[each for each in known if each.withdrawn_on is None],
        withdrawn=[each for each in known if each.withdrawn_on],
        names={each.id: each.name for each in list_organisations(community_db())},
        me=actor().member_id,
        speaks=speaker() if may(actor(), Action.DECLARE_LINKS) else None,
        confirm=ConfirmForm(formdata=None),
    )


@pages.route("/offres/nouvelle", methods=["GET", "POST"])
@allowed(Action.DECLARE_LINKS)
def add_offer(slug: str) -> Answer:
    """By somebody of the organisation or by the team."""
    form, speaks = OfferForm(), speaker()
    offered = organisation_choices(list_organisations(community_db()))
    form.organisation_id.choices = [pair for pair in offered if speaks.speaks_for(int(pair[0]))]
    if form.submitted():
        storage.add_offer(community_db(), actor(), form.as_record(today()), form.once_key)
        flash("L’offre est publiée dans le réseau.")
        return redirect(url_for("events.offers", slug=slug), 303)
    return render_template("events/offer_form.html", form=form)


@pages.route("/offres/<int:offer_id>/avis", methods=["GET", "POST"])
@allowed(Action.DECLARE_LINKS)
def say_relevance(slug: str, offer_id: int) -> Answer:
    """What one member finds of it."""
    member_id, offer = actor().member_id, storage.get_offer(community_db(), offer_id)
    if member_id is None:
        raise NotAllowed("Seule une personne de l’annuaire donne un avis.")
    form = OpinionForm(data={"relevance": offer.opinions.get(member_id)})
    if form.submitted():
        relevance = Relevance(form.relevance.data)
        storage.say_relevance(community_db(), actor(), offer_id, member_id, relevance, form.once_key)
        flash("Votre avis est enregistré.")
        return redirect(url_for("events.offers", slug=slug), 303)
    return render_template("events/opinion_form.html", form=form, offer=offer)


@pages.post("/offres/<int:offer_id>/retirer")
@allowed(Action.DECLARE_LINKS)
def withdraw_offer(slug: str, offer_id: int) -> Answer:
    """By whoever made it or by the team."""
    form = ConfirmForm()
    if not speaker().speaks_for(storage.get_offer(community_db(), offer_id).organisation_id):
        raise NotAllowed("Une offre se retire par la structure qui l’a faite ou par l’équipe d’animation.")
    if form.submitted():
        storage.withdraw_offer(community_db(), actor(), offer_id, today(), form.once_key)
        flash("L’offre est retirée.")
    return redirect(url_for("events.offers", slug=slug), 303)


@pages.get("/ressources/")
@allowed(Action.VIEW_WORKSHOPS)
def resources(slug: str) -> str:
    """The library of the network, by theme."""
    found = storage.list_resources(community_db())
    themes = list(dict.fromkeys(known.theme for known in found))
    by_theme = [(theme, [known for known in found if known.theme == theme]) for theme in themes]
    confirm = ConfirmForm(formdata=None)
    return render_template("events/resources.html", by_theme=by_theme, count=len(found), confirm=confirm)


@pages.route("/ressources/nouvelle", methods=["GET", "POST"])
@allowed(Action.DECLARE_LINKS)
def add_resource(slug: str) -> Answer:
    """One more resource."""
    form = ResourceForm()
    if form.submitted():
        try:
            storage.add_resource(community_db(), actor(), form.as_record(today()), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La ressource est partagée.")
            return redirect(url_for("events.resources", slug=slug), 303)
    return render_template("events/resource_form.html", form=form)


@pages.post("/ressources/<int:resource_id>/retirer")
@allowed(Action.RUN_WORKSHOPS)
def remove_resource(slug: str, resource_id: int) -> Answer:
    """No longer useful."""
    form = ConfirmForm()
    if form.submitted():
        storage.remove_resource(community_db(), actor(), resource_id, form.once_key)
        flash("La ressource est retirée.")
    return redirect(url_for("events.resources", slug=slug), 303)
