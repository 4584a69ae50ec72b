"""Organisations: what each says of itself, and how to reach those who agreed to it."""

from flask import flash, redirect, render_template, request, url_for

from impact.accounts.access import Action, may
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.communities.storage import get_member, get_organisation, list_organisations
from impact.cooperation import sheet_storage, views
from impact.cooperation.action_storage import list_actions
from impact.cooperation.sheet_forms import SheetForm
from impact.cooperation.views import Answer, speaker
from impact.cooperation.vocabulary import Level
from impact.exceptions import NotAllowed, Refused

pages = views.pages


@pages.get("/structures/")
@allowed(Action.VIEW_COOPERATION)
def sheets(slug: str) -> str:
    """Every organisation; `niveau` narrows the list."""
    known = sheet_storage.list_sheets(community_db())
    asked = request.args.get("niveau", "")
    shown = [each for each in list_organisations(community_db()) if not asked or asked in known[each.id].levels]
    counts = [(level, sum(1 for sheet in known.values() if level in sheet.levels)) for level in Level]
    return render_template("cooperation/sheets.html", organisations=shown, sheets=known, counts=counts, asked=asked)


@pages.get("/structures/<int:organisation_id>")
@allowed(Action.VIEW_COOPERATION)
def sheet(slug: str, organisation_id: int) -> str:
    """One organisation, whole."""
    reads_names = may(actor(), Action.VIEW_DIRECTORY)
    actions = list_actions(community_db())
    return render_template(
        "cooperation/sheet.html",
        organisation=get_organisation(community_db(), organisation_id),
        sheet=sheet_storage.get_sheet(community_db(), organisation_id),
        contacts=sheet_storage.list_contacts(community_db(), organisation_id) if reads_names else [],
        run=[each for each in actions if each.lead_id == organisation_id],
        joined=[each for each in actions if organisation_id in each.partner_ids],
        speaks=speaker().speaks_for(organisation_id) and may(actor(), Action.DECLARE_LINKS),
        me=actor().member_id,
        day=today(),
        confirm=ConfirmForm(formdata=None),
    )


@pages.route("/structures/<int:organisation_id>/modifier", methods=["GET", "POST"])
@allowed(Action.DECLARE_LINKS)
def edit_sheet(slug: str, organisation_id: int) -> Answer:
    """Written by the team or by somebody of the organisation."""
    organisation = get_organisation(community_db(), organisation_id)
    if not speaker().speaks_for(organisation_id):
        raise NotAllowed("La fiche d’une structure se remplit par ses membres ou par l’équipe d’animation.")
    known = sheet_storage.get_sheet(community_db(), organisation_id)
    form = SheetForm(obj=known)
    if form.submitted():
        try:
            sheet_storage.save_sheet(community_db(), actor(), form.as_record(organisation_id), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La fiche est enregistrée.")
            return redirect(url_for("cooperation.sheet", slug=slug, organisation_id=organisation_id), 303)
    return render_template("cooperation/sheet_form.html", form=form, organisation=organisation)


@pages.post("/personnes/<int:member_id>/accord")
@allowed(Action.VIEW_DIRECTORY)
def agree(slug: str, member_id: int) -> Answer:
    """The person agrees that her contact details be shown; said by herself or reported by the team."""
    return _set_consent(slug, member_id, True)


@pages.post("/personnes/<int:member_id>/sans-accord")
@allowed(Action.VIEW_DIRECTORY)
def disagree(slug: str, member_id: int) -> Answer:
    """She no longer does."""
    return _set_consent(slug, member_id, False)


def _set_consent(slug: str, member_id: int, agreed: bool) -> Answer:
    member = get_member(community_db(), member_id)
    if member_id != actor().member_id and not may(actor(), Action.EDIT_DIRECTORY):
        raise NotAllowed("Chaque personne dit elle-même si ses coordonnées peuvent être montrées.")
    form = ConfirmForm()
    if form.submitted():
        sheet_storage.set_consent(community_db(), actor(), member_id, today() if agreed else None, form.once_key)
        flash("L’accord est noté." if agreed else "Les coordonnées ne sont plus montrées.")
    if member.organisation_id is None:
        return redirect(url_for("cooperation.sheets", slug=slug), 303)
    return redirect(url_for("cooperation.sheet", slug=slug, organisation_id=member.organisation_id), 303)
