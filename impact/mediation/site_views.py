"""Sites, postings and closures, for whoever runs mediation."""

from flask import flash, redirect, render_template, url_for

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.communities.storage import list_members, list_organisations, member_names
from impact.exceptions import Refused
from impact.mediation import storage, views
from impact.mediation.forms import ClosureForm, PostingForm, SiteForm, SitesForm
from impact.mediation.views import Answer
from impact.periods import current_school_year

pages = views.pages


@pages.get("/sites/")
@allowed(Action.VIEW_MEDIATION)
def sites(slug: str) -> str:
    """Every site of the perimeter, with who is posted there today."""
    postings = [known for known in storage.list_postings(community_db()) if known.covers(today())]
    return render_template(
        "mediation/sites.html",
        sites=storage.list_sites(community_db()),
        of={
            site_id: [each for each in postings if each.site_id == site_id] for site_id in {p.site_id for p in postings}
        },
        names=member_names(community_db(), {known.member_id for known in postings}),
        day=today(),
    )


@pages.route("/sites/nouveau", methods=["GET", "POST"])
@allowed(Action.RUN_MEDIATION)
def add_site(slug: str) -> Answer:
    """One more site."""
    form = _site_form(SiteForm(data={"opened_on": current_school_year(today()).start}))
    if form.submitted():
        try:
            added = storage.add_sites(community_db(), actor(), [form.as_record()], form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le site est enregistré. Affectez-y un médiateur, ou laissez-le sans : il compte dans le périmètre.")
            return redirect(url_for("mediation.site", slug=slug, site_id=added[0]), 303)
    return render_template("mediation/site_form.html", form=form, site=None, confirm=None)


@pages.route("/sites/plusieurs", methods=["GET", "POST"])
@allowed(Action.RUN_MEDIATION)
def add_sites(slug: str) -> Answer:
    """Several sites of one kind, one name a line."""
    form = SitesForm(data={"opened_on": current_school_year(today()).start})
    if form.submitted():
        try:
            added = storage.add_sites(community_db(), actor(), form.as_records(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(f"Sites enregistrés : {len(added)}.")
            return redirect(url_for("mediation.sites", slug=slug), 303)
    return render_template("mediation/sites_form.html", form=form)


@pages.route("/sites/<int:site_id>/modifier", methods=["GET", "POST"])
@allowed(Action.RUN_MEDIATION)
def edit_site(slug: str, site_id: int) -> Answer:
    """Another name, kind, date or organisation."""
    known = storage.get_site(community_db(), site_id)
    form = _site_form(SiteForm(obj=known))
    if form.submitted():
        try:
            storage.change_site(community_db(), actor(), form.as_record(site_id), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le site est enregistré.")
            return redirect(url_for("mediation.site", slug=slug, site_id=site_id), 303)
    confirm = ConfirmForm(formdata=None)
    return render_template("mediation/site_form.html", form=form, site=known, confirm=confirm)


@pages.post("/sites/<int:site_id>/retirer")
@allowed(Action.RUN_MEDIATION)
def remove_site(slug: str, site_id: int) -> Answer:
    """Entered by mistake."""
    form = ConfirmForm()
    if form.submitted():
        storage.remove_site(community_db(), actor(), site_id, form.once_key)
        flash("Le site est retiré.")
    return redirect(url_for("mediation.sites", slug=slug), 303)


@pages.route("/sites/<int:site_id>/affecter", methods=["GET", "POST"])
@allowed(Action.RUN_MEDIATION)
def add_posting(slug: str, site_id: int) -> Answer:
    """Post a mediator on a site."""
    known = storage.get_site(community_db(), site_id)
    form = PostingForm(data={"started_on": current_school_year(today()).start, "share": 50})
    form.member_id.choices = [(str(each.id), each.listed_name) for each in list_members(community_db())]
    if form.submitted():
        try:
            posting = form.as_record(site_id, int(form.member_id.data))
            storage.add_posting(community_db(), actor(), posting, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’affectation est enregistrée.")
            return redirect(url_for("mediation.site", slug=slug, site_id=site_id), 303)
    return render_template("mediation/posting_form.html", form=form, site=known, posting=None, name="", confirm=None)


@pages.route("/affectations/<int:posting_id>", methods=["GET", "POST"])
@allowed(Action.RUN_MEDIATION)
def edit_posting(slug: str, posting_id: int) -> Answer:
    """Another share, another start, or an end."""
    known = storage.get_posting(community_db(), posting_id)
    form = PostingForm(obj=known)
    name = member_names(community_db(), [known.member_id])[known.member_id]
    form.member_id.choices = [(str(known.member_id), name)]
    if form.submitted():
        try:
            changed = form.as_record(known.site_id, known.member_id, posting_id)
            storage.change_posting(community_db(), actor(), changed, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’affectation est enregistrée.")
            return redirect(url_for("mediation.site", slug=slug, site_id=known.site_id), 303)
    return render_template(
        "mediation/posting_form.html",
        form=form,
        site=storage.get_site(community_db(), known.site_id),
        posting=known,
        name=name,
        confirm=ConfirmForm(formdata=None),
    )


@pages.post("/affectations/<int:posting_id>/retirer")
@allowed(Action.RUN_MEDIATION)
def remove_posting(slug: str, posting_id: int) -> Answer:
    """Entered by mistake."""
    known, form = storage.get_posting(community_db(), posting_id), ConfirmForm()
    if form.submitted():
        storage.remove_posting(community_db(), actor(), posting_id, form.once_key)
        flash("L’affectation est retirée.")
    return redirect(url_for("mediation.site", slug=slug, site_id=known.site_id), 303)


@pages.route("/fermetures", methods=["GET", "POST"])
@allowed(Action.RUN_MEDIATION)
def closures(slug: str) -> Answer:
    """The days on which nobody is expected anywhere."""
    form = ClosureForm()
    if form.submitted():
        try:
            storage.add_closure(community_db(), actor(), form.as_record(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La fermeture est enregistrée.")
            return redirect(url_for("mediation.closures", slug=slug), 303)
    known = storage.list_closures(community_db())
    return render_template("mediation/closures.html", form=form, closures=known, confirm=ConfirmForm(formdata=None))


@pages.post("/fermetures/<int:closure_id>/retirer")
@allowed(Action.RUN_MEDIATION)
def remove_closure(slug: str, closure_id: int) -> Answer:
    """Entered by mistake."""
    form = ConfirmForm()
    if form.submitted():
        storage.remove_closure(community_db(), actor(), closure_id, form.once_key)
        flash("La fermeture est retirée.")
    return redirect(url_for("mediation.closures", slug=slug), 303)


def _site_form(form: SiteForm) -> SiteForm:
    form.organisation_id.choices = [(str(each.id), each.name) for each in list_organisations(community_db())]
    return form
