"""Tab « Événements »: days, webinars, forums and class sequences."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.events import rules, storage
from impact.events.forms import ClassForm, EventForm, count_form, count_values, series_form, series_values
from impact.events.records import Event, Series
from impact.exceptions import Refused
from impact.workshops.asking import Asked, Asking

pages = Blueprint("events", __name__, url_prefix="/communautes/<slug>/evenements")
Answer = str | Response


@pages.get("/")
@allowed(Action.VIEW_WORKSHOPS)
def index(slug: str) -> str:
    """Every series, then the dates to come."""
    events = storage.list_events(community_db())
    every = storage.list_series(community_db())
    of = {series.id: [known for known in events if known.series_id == series.id] for series in every}
    return render_template(
        "events/index.html",
        every=every,
        of=of,
        heads={series_id: rules.summed(known) for series_id, known in of.items()},
        coming=[known for known in events if known.held_on >= today() and not known.is_held],
        titles={series.id: series.title for series in every},
    )


@pages.route("/nouvelle", methods=["GET", "POST"])
@allowed(Action.RUN_WORKSHOPS)
def add_series(slug: str) -> Answer:
    """One more series."""
    form = series_form()()
    if form.submitted():
        try:
            added = storage.add_series(community_db(), actor(), form.as_record(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La série est enregistrée. Ajoutez ses dates.")
            return redirect(url_for("events.show_series", slug=slug, series_id=added), 303)
    return render_template("events/series_form.html", form=form, series=None)


@pages.get("/<int:series_id>")
@allowed(Action.VIEW_WORKSHOPS)
def show_series(slug: str, series_id: int) -> str:
    """A series: its dates, who came, from where."""
    return _series_page(storage.get_series(community_db(), series_id), ClassForm(formdata=None))


@pages.route("/<int:series_id>/modifier", methods=["GET", "POST"])
@allowed(Action.RUN_WORKSHOPS)
def edit_series(slug: str, series_id: int) -> Answer:
    """Another title, objective or target."""
    known = storage.get_series(community_db(), series_id)
    form = series_form()(data=series_values(known))
    form.kind.validators = []
    if form.submitted():
        try:
            storage.change_series(community_db(), actor(), form.as_record(known.kind, series_id), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La série est enregistrée.")
            return redirect(url_for("events.show_series", slug=slug, series_id=series_id), 303)
    return render_template("events/series_form.html", form=form, series=known)


@pages.post("/<int:series_id>/classes")
@allowed(Action.RUN_WORKSHOPS)
def add_class(slug: str, series_id: int) -> Answer:
    """One more class of a series of sequences."""
    known, form = storage.get_series(community_db(), series_id), ClassForm()
    if form.submitted():
        try:
            name, size = str(form.name.data), form.size.data
            storage.add_class(community_db(), actor(), series_id, name, size, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La classe est enregistrée.")
            return redirect(url_for("events.show_series", slug=slug, series_id=series_id), 303)
    return _series_page(known, form)


@pages.route("/<int:series_id>/dates/nouvelle", methods=["GET", "POST"])
@allowed(Action.RUN_WORKSHOPS)
def add(slug: str, series_id: int) -> Answer:
    """One more date."""
    series, form = storage.get_series(community_db(), series_id), EventForm()
    if form.submitted():
        added = storage.add_event(community_db(), actor(), form.as_record(series_id), form.once_key)
        flash("La date est enregistrée.")
        return redirect(url_for("events.show", slug=slug, event_id=added), 303)
    return render_template("events/event_form.html", form=form, series=series, event=None, confirm=None)


@pages.get("/dates/<int:event_id>")
@allowed(Action.VIEW_WORKSHOPS)
def show(slug: str, event_id: int) -> str:
    """One date: who registered, who came."""
    known = storage.get_event(community_db(), event_id)
    return render_template(
        "events/show.html",
        event=known,
        series=storage.get_series(community_db(), known.series_id),
        classes=storage.list_classes(community_db(), known.series_id),
        wave=next((wave for wave in _waves() if wave.wave_id == known.wave_id), None),
        day=today(),
    )


@pages.route("/dates/<int:event_id>/modifier", methods=["GET", "POST"])
@allowed(Action.RUN_WORKSHOPS)
def edit(slug: str, event_id: int) -> Answer:
    """Another title, day, place, or a questionnaire."""
    known = storage.get_event(community_db(), event_id)
    form = EventForm(obj=known)
    form.wave_id.choices = [(str(wave.wave_id), wave.title) for wave in _waves()]
    if form.submitted():
        try:
            changed = form.as_record(known.series_id, event_id)
            storage.change_event(community_db(), actor(), changed, today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La date est enregistrée.")
            return redirect(url_for("events.show", slug=slug, event_id=event_id), 303)
    series = storage.get_series(community_db(), known.series_id)
    confirm = ConfirmForm(formdata=None)
    return render_template("events/event_form.html", form=form, series=series, event=known, confirm=confirm)


@pages.route("/dates/<int:event_id>/presents", methods=["GET", "POST"])
@allowed(Action.RUN_WORKSHOPS)
def count(slug: str, event_id: int) -> Answer:
    """How many registered, were excused, came."""
    known = storage.get_event(community_db(), event_id)
    series = storage.get_series(community_db(), known.series_id)
    form = count_form(series.by_class, storage.list_classes(community_db(), series.id))(data=count_values(known))
    if form.submitted():
        try:
            storage.record_count(community_db(), actor(), form.as_record(event_id), today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Les présents sont comptés.")
            return redirect(url_for("events.show", slug=slug, event_id=event_id), 303)
    return render_template("events/count.html", form=form, event=known, series=series)


@pages.post("/dates/<int:event_id>/retirer")
@allowed(Action.RUN_WORKSHOPS)
def remove(slug: str, event_id: int) -> Answer:
    """A date that does not take place."""
    known, form = storage.get_event(community_db(), event_id), ConfirmForm()
    if form.submitted():
        storage.remove_event(community_db(), actor(), event_id, form.once_key)
        flash("La date est retirée.")
    return redirect(url_for("events.show_series", slug=slug, series_id=known.series_id), 303)


def _series_page(series: Series, form: ClassForm) -> str:
    events = storage.list_events(community_db(), series.id)
    classes = storage.list_classes(community_db(), series.id)
    lines = rules.balance(events, series.targets)
    return render_template(
        "events/series.html",
        series=series,
        events=events,
        classes=classes,
        late=[known for known in events if rules.is_uncounted(known, today())],
        total=rules.summed(events),
        bounds=rules.at_least_once(events, classes),
        lines=lines,
        gap=rules.gap(lines),
        came={known.id: _came(known.id, events) for known in classes},
        form=form,
    )


def _came(class_id: int, events: list[Event]) -> list[int]:
    return [event.classes.get(class_id, 0) for event in events]


def _waves() -> list[Asked]:
    asking: Asking = current_app.extensions["asking"]
    return asking.waves(community_db())
