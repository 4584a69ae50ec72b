"""Mandates; the grid of counterparts by level; the grid of funders' criteria; the directory on paper."""

from datetime import UTC, datetime
from itertools import groupby

from flask import Response as Sent
from flask import flash, redirect, render_template, url_for

from impact.accounts.access import Action, may
from impact.accounts.guards import actor, allowed, community_db, today
from impact.audit import Deed, note_access
from impact.communities.storage import get_community, get_member, get_organisation, list_organisations
from impact.cooperation import action_storage, grid_storage, rules, sheet_storage, views
from impact.cooperation.grid_forms import CounterpartsForm, CriteriaForm, MandateForm, counterpart_values
from impact.cooperation.records import Mandate
from impact.cooperation.views import Answer, speaker
from impact.cooperation.vocabulary import CounterpartForm, FundingCriterion, Level
from impact.exceptions import NotAllowed, NotFound, Refused
from impact.printing import print_pdf
from impact.wording import sort_key

pages = views.pages


@pages.route("/personnes/<int:member_id>/mandat", methods=["GET", "POST"])
@allowed(Action.DECLARE_LINKS)
def mandate(slug: str, member_id: int) -> Answer:
    """Written by the team or by somebody of the organisation."""
    member = get_member(community_db(), member_id)
    if member.organisation_id is None:
        raise NotFound
    if not speaker().speaks_for(member.organisation_id):
        raise NotAllowed("Un mandat s’inscrit par la structure qui le donne ou par l’équipe d’animation.")
    known = grid_storage.list_mandates(community_db()).get(member_id)
    form = MandateForm(obj=known or Mandate(member_id, "", today(), version=0))
    if form.submitted():
        try:
            grid_storage.save_mandate(community_db(), actor(), form.as_record(member_id), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le mandat est inscrit.")
            return redirect(url_for("cooperation.sheet", slug=slug, organisation_id=member.organisation_id), 303)
    return render_template("cooperation/mandate.html", form=form, member=member)


@pages.get("/grille")
@allowed(Action.VIEW_COOPERATION)
def grid(slug: str) -> str:
    """Each organisation at each level: a counterpart or not, and in which form."""
    sheets = sheet_storage.list_sheets(community_db())
    known = grid_storage.list_counterparts(community_db())
    places = [(each, level) for each, sheet in sheets.items() for level in sheet.levels]
    met = [known.get(each, {}).get(level) for each, level in places]
    return render_template(
        "cooperation/grid.html",
        organisations=list_organisations(community_db()),
        sheets=sheets,
        known=known,
        levels=list(Level),
        places=len(places),
        with_one=sum(1 for each in met if each and each.form is not CounterpartForm.NONE),
        by_form=[(form, sum(1 for each in met if each and each.form is form)) for form in CounterpartForm],
        speaks=speaker() if may(actor(), Action.DECLARE_LINKS) else rules.Speaker(False, None),
    )


@pages.route("/grille/<int:organisation_id>", methods=["GET", "POST"])
@allowed(Action.DECLARE_LINKS)
def edit_counterparts(slug: str, organisation_id: int) -> Answer:
    """What an organisation says of its counterparts."""
    organisation = get_organisation(community_db(), organisation_id)
    if not speaker().speaks_for(organisation_id):
        raise NotAllowed("La grille se remplit par chaque structure ou par l’équipe d’animation.")
    known = grid_storage.list_counterparts(community_db()).get(organisation_id, {})
    form = CounterpartsForm(data={**counterpart_values(known), "version": str(grid_storage.mark(known))})
    if form.submitted():
        try:
            said, read = form.as_records(), form.version_read
            grid_storage.save_counterparts(community_db(), actor(), organisation_id, said, form.once_key, read)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La ligne de la grille est enregistrée.")
            return redirect(url_for("cooperation.grid", slug=slug), 303)
    return render_template("cooperation/counterparts.html", form=form, organisation=organisation)


@pages.get("/actions/criteres")
@allowed(Action.VIEW_COOPERATION)
def criteria(slug: str) -> str:
    """Every action seen by a funder who rewards cooperation, the most points first."""
    fundings = action_storage.list_fundings(community_db())
    said = grid_storage.list_criteria(community_db())
    lines = [
        (action, rules.fill_grid(action, fundings.get(action.id, []), said.get(action.id, {})))
        for action in action_storage.list_actions(community_db())
    ]
    lines.sort(key=lambda line: -line[1].points)
    return render_template("cooperation/criteria.html", lines=lines, criteria=list(FundingCriterion))


@pages.route("/actions/<int:action_id>/criteres", methods=["GET", "POST"])
@allowed(Action.RUN_COOPERATION)
def edit_criteria(slug: str, action_id: int) -> Answer:
    """What is said of an action."""
    known = action_storage.get_action(community_db(), action_id)
    said = grid_storage.list_criteria(community_db()).get(action_id, {})
    values = {criterion.value: answer.value for criterion, answer in said.items()}
    form = CriteriaForm(data={**values, "version": str(grid_storage.mark(said))})
    if form.submitted():
        answers, read = form.as_answers(), form.version_read
        grid_storage.save_criteria(community_db(), actor(), action_id, answers, form.once_key, read)
        flash("La grille de l’action est enregistrée.")
        return redirect(url_for("cooperation.criteria", slug=slug), 303)
    fundings = action_storage.list_fundings(community_db()).get(action_id, [])
    filled = rules.fill_grid(known, fundings, said)
    return render_template("cooperation/criteria_form.html", form=form, action=known, filled=filled)


@pages.get("/structures/annuaire.pdf")
@allowed(Action.VIEW_DIRECTORY)
def directory_pdf(slug: str) -> Sent:
    """The directory by territory; contact details of those who agreed only."""
    sheets = sheet_storage.list_sheets(community_db())
    organisations = list_organisations(community_db())
    ordered = sorted(
        organisations,
        key=lambda each: (not sheets[each.id].territory, sort_key(sheets[each.id].territory), sort_key(each.name)),
    )
    places = [list(each) for _, each in groupby(ordered, key=lambda each: sort_key(sheets[each.id].territory))]
    html = render_template(
        "cooperation/directory_print.html",
        place=get_community(community_db()).name,
        day=today(),
        groups=[(sheets[each[0].id].territory, each) for each in places],
        sheets=sheets,
        contacts={each.id: sheet_storage.list_contacts(community_db(), each.id) for each in organisations},
    )
    note_access(community_db(), actor(), Deed.PRINT, "organisation")
    content = print_pdf(html, moment=datetime.now(UTC))
    return Sent(content, mimetype="application/pdf", headers={"Content-Disposition": 'inline; filename="annuaire.pdf"'})
