"""What mediators write: an activity in a minute, their day, their weeks; and everything, for whoever runs mediation."""

from datetime import date, timedelta

from flask import Response as Download
from flask import flash, redirect, render_template, request, url_for

from impact.accounts.access import Action, may
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.audit import Deed, note_access
from impact.communities.storage import member_names
from impact.exceptions import NotFound, Refused
from impact.mediation import activity_storage, rules, storage, views
from impact.mediation.activity_forms import ActivityForm, weeks_form
from impact.mediation.exporting import as_csv
from impact.mediation.records import Activity, Posting
from impact.mediation.views import Answer
from impact.mediation.vocabulary import MediationList
from impact.reference_lists import choices, labels
from impact.safeguards import warned_words

pages = views.pages


@pages.route("/activites/nouvelle", methods=["GET", "POST"])
@allowed(Action.LOG_MEDIATION)
def add_activity(slug: str) -> Answer:
    """An activity of today, on the site of the last one; « repeat » starts from the last one whole."""
    last = activity_storage.last_activity(community_db(), actor().member_id)
    mine = _posts(last, actor().member_id)
    form = ActivityForm(data=_start(last, mine, "reprendre" in request.args))
    _offer(form, mine)
    if mine and form.submitted():
        try:
            activity_storage.add_activity(community_db(), actor(), form.as_record(), today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’activité est notée.")
            day = form.done_on.data.isoformat()
            if "again" in request.form:
                return redirect(url_for("mediation.add_activity", slug=slug), 303)
            return redirect(url_for("mediation.day", slug=slug, jour=day), 303)
    return render_template("mediation/activity_form.html", form=form, mine=mine, last=last, activity=None, confirm=None)


@pages.route("/activites/<int:activity_id>", methods=["GET", "POST"])
@allowed(Action.LOG_MEDIATION)
def edit_activity(slug: str, activity_id: int) -> Answer:
    """Correct one."""
    known = activity_storage.get_activity(community_db(), actor(), activity_id)
    posting = storage.get_posting(community_db(), known.posting_id)
    mine = _posts(known, posting.member_id)
    form = ActivityForm(data={**_typed(known), "done_on": known.done_on, "told": known.told, "version": known.version})
    _offer(form, mine, known)
    if form.submitted():
        try:
            changed = form.as_record(activity_id)
            activity_storage.change_activity(community_db(), actor(), changed, today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’activité est corrigée.")
            return redirect(_back(slug, posting, form.done_on.data), 303)
    confirm = ConfirmForm(formdata=None)
    return render_template(
        "mediation/activity_form.html", form=form, mine=mine, last=None, activity=known, confirm=confirm
    )


@pages.post("/activites/<int:activity_id>/retirer")
@allowed(Action.LOG_MEDIATION)
def remove_activity(slug: str, activity_id: int) -> Answer:
    """Written by mistake."""
    known = activity_storage.get_activity(community_db(), actor(), activity_id)
    posting, form = storage.get_posting(community_db(), known.posting_id), ConfirmForm()
    if form.submitted():
        activity_storage.remove_activity(community_db(), actor(), activity_id, form.once_key)
        flash("L’activité est retirée.")
    return redirect(_back(slug, posting, known.done_on), 303)


@pages.get("/ma-journee")
@allowed(Action.LOG_MEDIATION)
def day(slug: str) -> str:
    """What I noted on a day."""
    known, member_id = _asked_day(), actor().member_id
    found = (
        []
        if member_id is None
        else activity_storage.list_activities(community_db(), member_id=member_id, since=known, until=known)
    )
    return render_template(
        "mediation/day.html",
        day=known,
        before=known - timedelta(days=1),
        after=known + timedelta(days=1) if known < today() else None,
        found=found,
        mine=rules.postings_of(storage.list_postings(community_db(), member_id=member_id), member_id, today()),
        missing=len(_missing(member_id)),
        today=today(),
        sites=_sites(),
        **_words(),
    )


@pages.route("/mes-semaines", methods=["GET", "POST"])
@allowed(Action.LOG_MEDIATION)
def weeks(slug: str) -> Answer:
    """The weeks where I noted nothing: was I there?"""
    missing = _missing(actor().member_id)
    form = weeks_form(missing, _sites())()
    if missing and form.submitted():
        said = form.as_said()
        if said:
            activity_storage.say_weeks(community_db(), actor(), said, form.once_key)
            flash(f"Semaines dites : {len(said)}.")
        return redirect(url_for("mediation.weeks", slug=slug), 303)
    return render_template("mediation/weeks.html", form=form, missing=missing)


@pages.get("/activites/")
@allowed(Action.RUN_MEDIATION)
def activities(slug: str) -> str:
    """Everything that is noted, by site and by mediator."""
    db, page = community_db(), request.args.get("page", 1, type=int)
    if not 1 <= page <= 10_000:
        raise NotFound
    member_id, site_id = (request.args.get(name, type=int) for name in ("mediateur", "site"))
    found = activity_storage.list_activities(db, member_id=member_id, site_id=site_id, page=page)
    every = storage.list_postings(db)
    return render_template(
        "mediation/activities.html",
        found=found[: activity_storage.PAGE],
        page=page,
        more=len(found) > activity_storage.PAGE,
        member_id=member_id,
        site_id=site_id,
        every_site=storage.list_sites(db),
        names=member_names(db, {each.member_id for each in every}),
        mediator_of={each.id: each.member_id for each in every},
        sites=_sites(),
        **_words(),
    )


@pages.get("/activites.csv")
@allowed(Action.RUN_MEDIATION)
def export(slug: str) -> Download:
    """Every activity, for a spreadsheet."""
    db, every = community_db(), storage.list_postings(community_db())
    names = member_names(db, {each.member_id for each in every})
    mediators = {each.id: names[each.member_id] for each in every}
    note_access(db, actor(), Deed.EXPORT, "mediation_activity")
    content = as_csv(activity_storage.list_activities(db), storage.list_sites(db), every, mediators, _words())
    headers = {"Content-Disposition": f'attachment; filename="mediation-{slug}.csv"'}
    return Download(content, mimetype="text/csv", headers=headers)


def _sites() -> dict[int, str]:
    """The name of the site of each posting."""
    known = {site.id: site.name for site in storage.list_sites(community_db())}
    return {posting.id: known[posting.site_id] for posting in storage.list_postings(community_db())}


def _words() -> dict[str, dict[str, str]]:
    """The words of the lists."""
    return {
        "categories": labels(community_db(), MediationList.CATEGORIES.value),
        "requests": labels(community_db(), MediationList.REQUESTS.value),
        "follow_ups": labels(community_db(), MediationList.FOLLOW_UPS.value),
    }


def _posts(of: Activity | None, member_id: int | None) -> list[Posting]:
    """Where a mediator may write: her posts of the last two months, that of an activity already written among them."""
    since = today() - rules.OLDEST
    every = [] if member_id is None else storage.list_postings(community_db(), member_id=member_id)
    return [
        each
        for each in every
        if (each.started_on <= today() and (each.ended_on is None or each.ended_on >= since))
        or (of is not None and each.id == of.posting_id)
    ]


def _offer(form: ActivityForm, mine: list[Posting], known: Activity | None = None) -> None:
    db, sites = community_db(), _sites()
    form.posting_id.choices = [(str(each.id), sites[each.id]) for each in mine]
    for field, name, kept in (
        (form.category, MediationList.CATEGORIES, known.category if known else ""),
        (form.request, MediationList.REQUESTS, known.request if known else ""),
        (form.follow_up, MediationList.FOLLOW_UPS, known.follow_up if known else ""),
    ):
        offered = choices(db, name.value, today())
        ended = [(kept, labels(db, name.value)[kept])] if kept and kept not in dict(offered) else []
        field.choices = offered + ended
    form.watch(warned_words(db, today()), ())
    form.explain(sites.values())


def _start(last: Activity | None, mine: list[Posting], repeat: bool) -> dict[str, object]:
    current = [each.id for each in mine if each.covers(today())]
    posting_id = last.posting_id if last and last.posting_id in current else current[0] if len(current) == 1 else None
    start: dict[str, object] = {"done_on": today(), "posting_id": str(posting_id or "")}
    return {**_typed(last), **start} if last and repeat else start


def _typed(known: Activity) -> dict[str, object]:
    names = ("category", "minutes", "people", "girls", "boys", "request", "follow_up")
    kept = {name: getattr(known, name) for name in names}
    return {**kept, "posting_id": str(known.posting_id), "axis": known.axis.value}


def _missing(member_id: int | None) -> list[tuple[int, date]]:
    """Post and Monday of the weeks of which a mediator said nothing."""
    if member_id is None:
        return []
    db, said = community_db(), activity_storage.said_weeks(community_db())
    closures = storage.list_closures(db)
    return [
        (posting.id, week)
        for posting in storage.list_postings(db, member_id=member_id)
        for week in rules.missing_weeks(
            posting, closures, {day for known, day in said if known == posting.id}, today() - rules.ASKED_BACK, today()
        )
    ]


def _asked_day() -> date:
    """The day of the address, today at the latest."""
    try:
        return min(date.fromisoformat(request.args.get("jour", "")), today())
    except ValueError:
        return today()


def _back(slug: str, posting: Posting, done_on: date) -> str:
    """Where one comes from: one's own day, or everybody's activities."""
    if posting.member_id == actor().member_id or not may(actor(), Action.RUN_MEDIATION):
        return url_for("mediation.day", slug=slug, jour=done_on.isoformat())
    return url_for("mediation.activities", slug=slug)
