"""The list of children, a child's page, and the situation itself."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import cast

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import NOMINATIVE, Action, FieldClass, may, readable_fields
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.audit import Deed, note_access
from impact.exceptions import NotFound, Refused
from impact.families.storage import list_families
from impact.navigation import Navigation
from impact.pathways import line_storage, storage
from impact.pathways.action_rules import totals
from impact.pathways.action_storage import list_actions
from impact.pathways.adult_storage import list_adults
from impact.pathways.file_storage import (
    count_readers,
    list_notes,
    list_readings,
    named_profiles,
    open_file,
)
from impact.pathways.forms import SituationForm
from impact.pathways.line_storage import close_line, find_page, list_lookalikes, list_referents
from impact.pathways.list_rules import ORDERS, PAGE, Asked, timeline
from impact.pathways.records import ChildFile, Line, Situation
from impact.pathways.review_storage import list_reviews
from impact.pathways.rules import (
    agreement,
    fields_read,
    file_state,
    filled_sheets,
    is_silent,
    may_open_file,
    may_open_line,
    may_rewrite,
    visible_motives,
)
from impact.pathways.setting_storage import get_setting
from impact.pathways.sheets import note_print, sheet
from impact.pathways.sibling_storage import list_siblings
from impact.pathways.vocabulary import ReadyView, ReferenceList, State
from impact.periods import age_on, months_between
from impact.reference_lists import choices, labels
from impact.safeguards import fields_off, warned_words
from impact.wording import short_date

pages = Blueprint("pathways", __name__, url_prefix="/communautes/<slug>/enfants")
Answer = str | Response
SHORT_TIMELINE = 12


@pages.get("/")
@allowed(Action.VIEW_SITUATIONS)
def index(slug: str) -> str:
    """The children whose file this person may open."""
    # What is left to do may come from a note that a partner of the team does not read.
    views = [known for known in ReadyView if known is not ReadyView.DUE or may(actor(), Action.FOLLOW_CHILD)]
    asked = _asked(views)
    found = find_page(community_db(), actor(), asked, today())
    note_access(community_db(), actor(), Deed.SEARCH if asked.text else Deed.READ, "situation_list")
    silence = get_setting(community_db()).silence_days
    near = None if found.found or not asked.text else close_line(community_db(), actor(), asked.text, today())
    return render_template(
        "pathways/index.html",
        view=asked.view,
        views=[(known, found.counts[known.value]) for known in views],
        lines=found.lines,
        silent={line.situation_id for line in found.lines if is_silent(line, today(), silence)},
        found=found.found,
        page=asked.page,
        page_size=PAGE,
        total=found.counts[ReadyView.ALL.value],
        followed=found.counts["followed"],
        near=near,
        referents=list_referents(community_db()),
        states=State,
        day=today(),
    )


@pages.route("/nouvelle-situation", methods=["GET", "POST"])
@allowed(Action.ADD_SITUATION)
def add(slug: str) -> Answer:
    """A situation received."""
    form = SituationForm(data={"received_on": today()})
    _offer_lists(form)
    form.known.choices = _known_choices(form)
    form.known.flags.needed = True
    form.watch(warned_words(community_db(), today()), fields_off(community_db()))
    if form.submitted():
        known, confirmed = form.known.data or "", bool(form.confirm_age.data)
        try:
            added = storage.add_situation(
                community_db(),
                actor(),
                form.as_record(),
                today(),
                form.once_key,
                known=known,
                confirmed_age=confirmed,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La situation est enregistrée. Étape suivante : l’accord d’un représentant légal.")
            return redirect(url_for("pathways.show", slug=slug, situation_id=added), 303)
    return render_template("pathways/situation.html", form=form, file=None, lists_ready=bool(form.motive_1.choices))


@pages.get("/<int:situation_id>")
@allowed(Action.VIEW_SITUATIONS)
def show(slug: str, situation_id: int) -> str:
    """A child's page: facts, agreement, objectives, and the story latest first."""
    file = open_file(community_db(), actor(), Action.VIEW_SITUATIONS, situation_id, today())
    readable, navigation = fields_read(actor(), file), cast(Navigation, current_app.extensions["navigation"])
    notes = list_notes(community_db(), file, readable)
    actions = list_actions(community_db(), file, readable)
    events = timeline(file, notes)
    shown = events if "tout" in request.args else events[:SHORT_TIMELINE]
    return render_template(
        "pathways/show.html",
        file=file,
        state=file_state(file),
        consent=agreement(file.consents),
        age=_age(file.situation, today()),
        months=int(months_between(file.pathway.started_on, today())) if file.pathway else 0,
        events=shown,
        hidden=len(events) - len(shown),
        notes=notes,
        readable=readable,
        sheets=filled_sheets(file),
        reviews=list_reviews(community_db(), file, readable),
        actions=actions,
        sums=totals(actions),
        school=file.schooling[-1] if file.schooling else None,
        domains=labels(community_db(), ReferenceList.DOMAINS),
        rewritable={note.id for note in notes if may_rewrite(actor(), note)},
        motives=_motive_labels(file, readable),
        origin=labels(community_db(), ReferenceList.ORIGINS).get(file.situation.origin, file.situation.origin),
        reasons=labels(community_db(), ReferenceList.EXIT_REASONS),
        profiles=named_profiles(community_db(), file),
        families=list_families(community_db(), situation_id) if _can(Action.FOLLOW_CHILD, file) else [],
        adults=list_adults(community_db(), file.situation.child_id) if FieldClass.SOCIAL in readable else None,
        siblings=list_siblings(community_db(), actor(), file.situation.child_id, today())[0],
        readers=count_readers(community_db(), situation_id),
        button=ConfirmForm(formdata=None),
        notices=navigation.notices(community_db(), actor(), file.situation.child_id, situation_id, readable),
        file_links=[link for link in navigation.file_links if may(actor(), Action(link.action))],
        can=lambda action: _can(Action(action), file),
        day=today(),
    )


@pages.route("/<int:situation_id>/modifier", methods=["GET", "POST"])
@allowed(Action.ADD_SITUATION)
def change(slug: str, situation_id: int) -> Answer:
    """Correct the child's identity, or the situation."""
    file = open_file(community_db(), actor(), Action.ADD_SITUATION, situation_id)
    form = SituationForm(data=_as_typed(file.situation))
    _offer_lists(form, file.situation)
    form.known.choices = []
    form.watch(warned_words(community_db(), today()), fields_off(community_db()))
    if form.submitted():
        typed = form.as_record()
        hidden = [code for code in file.situation.motives if code not in _visible(file.situation)]
        corrected = replace(
            typed,
            id=situation_id,
            child=replace(typed.child, id=file.situation.child.id),
            motives=tuple(dict.fromkeys([*typed.motives, *hidden])),
        )
        confirmed = bool(form.confirm_age.data)
        try:
            storage.change_situation(
                community_db(), actor(), corrected, today(), form.once_key, confirmed_age=confirmed
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La correction est enregistrée.")
            return redirect(url_for("pathways.show", slug=slug, situation_id=situation_id), 303)
    return render_template("pathways/situation.html", form=form, file=file, lists_ready=True)


@pages.get("/<int:situation_id>/lectures")
@allowed(Action.VIEW_AUDIT)
def readings(slug: str, situation_id: int) -> str:
    """Who opened this file, and when: the family may ask for this list."""
    file = open_file(community_db(), actor(), Action.SETTLE_RETENTION, situation_id)
    return render_template("pathways/readings.html", file=file, readings=list_readings(community_db(), situation_id))


@pages.get("/<int:situation_id>/lectures/imprimer")
@allowed(Action.VIEW_AUDIT)
def print_readings(slug: str, situation_id: int) -> Response:
    """The same list as a PDF, for the family that asks."""
    file = open_file(community_db(), actor(), Action.SETTLE_RETENTION, situation_id)
    note_print("situation", situation_id)
    found = list_readings(community_db(), situation_id)
    return sheet("pathways/print_readings.html", f"lectures-{situation_id}", file=file, readings=found)


def visible_lines() -> list[Line]:
    """The lines of the children whose file this person may open."""
    return line_storage.visible_lines(community_db(), actor(), today())


def _can(action: Action, file: ChildFile) -> bool:
    """What this person may do with this child: a former referent and an emergency only read."""
    return may_open_file(actor(), action, file) if action in NOMINATIVE else may(actor(), action)


def _asked(views: list[ReadyView]) -> Asked:
    """What the address says; what it says wrongly is as if it were not said, but for the page."""
    told = request.args
    referent, page, order = told.get("referent", ""), told.get("page", "1"), told.get("tri", "nom")
    if not (page.isascii() and page.isdecimal() and len(page) < 6):
        raise NotFound
    return Asked(
        view=next((known for known in views if known.value == told.get("vue")), ReadyView.ALL),
        state=next((state for state in State if state.value == told.get("etat")), None),
        referent_id=int(referent) if referent.isascii() and referent.isdecimal() and len(referent) < 12 else None,
        text=told.get("q", "").strip()[:200],
        order=order if order.removeprefix("-") in ORDERS else "nom",
        page=int(page),
    )


def _offer_lists(form: SituationForm, stored: Situation | None = None) -> None:
    """What is offered today, and what the situation already holds though it is no longer offered."""
    db, day = community_db(), today()
    offered = []
    for name, kept in (
        (ReferenceList.MOTIVES, _visible(stored) if stored else ()),
        (ReferenceList.ORIGINS, (stored.origin,) if stored else ()),
    ):
        offered.append(choices(db, name, day, kept))
    form.offer(*offered)


def _known_choices(form: SituationForm) -> list[tuple[str, str]]:
    child = form.child() if request.method == "POST" else None
    if child is None or not child.full_name:
        return []
    alike = {line.child_id: line for line in list_lookalikes(community_db(), child, today())}
    same = [
        (
            str(child_id),
            f"C’est l’enfant dont la situation a été reçue le {short_date(line.received_on)}"
            if may_open_line(actor(), line)
            else "C’est l’enfant déjà connu, suivi par une autre personne de l’équipe",
        )
        for child_id, line in alike.items()
    ]
    return [*same, (storage.OTHER_CHILD, "C’est un autre enfant")] if same else []


def _motive_labels(file: ChildFile, readable: Collection[FieldClass]) -> list[str]:
    known = labels(community_db(), ReferenceList.MOTIVES)
    return [known.get(code, code) for code in visible_motives(file.situation.motives, readable)]


def _visible(situation: Situation) -> list[str]:
    return visible_motives(situation.motives, readable_fields(actor()))


def _age(situation: Situation, day: date) -> int | None:
    return age_on(situation.child.birth_date, day) if situation.child.birth_date else None


def _as_typed(situation: Situation) -> dict[str, object]:
    birth = situation.child.birth_date
    motives = dict(zip(("motive_1", "motive_2", "motive_3"), _visible(situation), strict=False))
    return motives | {
        "given_name": situation.child.given_name,
        "family_name": situation.child.family_name,
        "birth_day": str(birth.day) if birth else "",
        "birth_month": str(birth.month) if birth else "",
        "birth_year": str(birth.year) if birth else "",
        "sex": situation.sex.value,
        "received_on": situation.received_on,
        "origin": situation.origin,
        "context": situation.context,
        "version": str(situation.version),
    }
