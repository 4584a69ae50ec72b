"""Where the children go to school: one year of a child, and the « passage de rentrée » of all."""

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.audit import Deed, note_access
from impact.exceptions import Refused
from impact.pathways import schooling_storage, views
from impact.pathways.file_storage import open_file
from impact.pathways.records import Line, Schooling
from impact.pathways.schooling_forms import NewYearForm, SchoolingForm, new_year_form
from impact.pathways.schooling_rules import following, latest_before, years_offered
from impact.pathways.step_views import step
from impact.pathways.views import Answer, visible_lines
from impact.pathways.vocabulary import InQpv, Level, PriorityNetwork, State
from impact.safeguards import fields_off

pages = views.pages
# A form of a few hundred lines is read and sent at once; the others come after it is confirmed.
ONE_PAGE = 300


@pages.route("/<int:situation_id>/scolarite", methods=["GET", "POST"])
@allowed(Action.FOLLOW_CHILD)
def schooling(slug: str, situation_id: int) -> Answer:
    """One school year of a child, chosen by its number in the address, the latest one unless told."""
    file = open_file(community_db(), actor(), Action.FOLLOW_CHILD, situation_id)
    offered = years_offered(file.situation.child.birth_date, today())
    asked = request.args.get("annee", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else offered[0]
    stored = next((each for each in file.schooling if each.school_year == year), None)
    before = latest_before(file.schooling, year)
    form = SchoolingForm(data=_as_typed(stored or (following(before, year) if before else None), year))
    known = {each.school_year for each in file.schooling}
    form.school_year.choices = [(str(one), f"{one}-{one + 1}") for one in offered if one == year or one not in known]

    def save() -> None:
        schooling_storage.save_year(community_db(), actor(), file, form.as_record(), today(), form.once_key)

    schools = schooling_storage.list_schools(community_db())
    return step(slug, file, form, "schooling", save, "La scolarité est enregistrée.", schools=schools, stored=stored)


@pages.route("/rentree", methods=["GET", "POST"])
@allowed(Action.FOLLOW_CHILD)
def new_year(slug: str) -> Answer:
    """Every followed child whose new year is not written: one level up by default, confirmed in one go."""
    year = years_offered(None, today())[0]
    waiting, done = _proposed(year)
    form = new_year_form(waiting[:ONE_PAGE])
    form.watch((), fields_off(community_db()))
    note_access(community_db(), actor(), Deed.READ, "situation_list")
    if form.submitted():
        try:
            count = schooling_storage.save_new_year(
                community_db(), actor(), _chosen(form, waiting), today(), form.once_key
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(f"La rentrée {year}-{year + 1} est inscrite pour {count} enfants.")
            return redirect(url_for("pathways.new_year", slug=slug), 303)
    return render_template(
        "pathways/new_year.html",
        form=form,
        rows={line.child_id: (line, before) for line, _, before in waiting[:ONE_PAGE]},
        year=f"{year}-{year + 1}",
        waiting=len(waiting),
        done=done,
        schools=schooling_storage.list_schools(community_db()),
    )


def _proposed(year: int) -> tuple[list[tuple[Line, Schooling, Schooling | None]], int]:
    """The lines to write, with what they follow, and how many children have theirs already."""
    lines = [line for line in visible_lines() if line.state is State.FOLLOWED and line.covered]
    covered = schooling_storage.covering_school(community_db(), [line.situation_id for line in lines])
    lines = [line for line in lines if line.situation_id in covered]
    known = schooling_storage.schooling_by_child(community_db(), [line.child_id for line in lines])
    waiting, done = [], 0
    for line in lines:
        years = known.get(line.child_id, ())
        if any(each.school_year == year for each in years):
            done += 1
            continue
        before = latest_before(years, year)
        waiting.append((line, following(before, year) if before else Schooling(year, "", Level.UNKNOWN), before))
    return waiting, done


def _chosen(form: NewYearForm, waiting: list[tuple[Line, Schooling, Schooling | None]]) -> list[tuple[int, Schooling]]:
    """What was confirmed; a line that still says nothing is left for later."""
    proposed = {line.child_id: schooling for line, schooling, _ in waiting}
    chosen = []
    for child_id, take, level, school in form.rows():
        kept = proposed[child_id]
        same = (school.data or "") == kept.school
        typed = replace(
            kept,
            level=Level(level.data),
            school="" if level.data == Level.NONE else school.data or "",
            uai=kept.uai if same else "",
            priority=kept.priority if same else PriorityNetwork.UNKNOWN,
        )
        if take.data and (typed.school or typed.level is not Level.UNKNOWN):
            chosen.append((child_id, typed))
    return chosen


def _as_typed(known: Schooling | None, year: int) -> dict[str, object]:
    if known is None:
        return {"school_year": str(year), "qpv": InQpv.UNKNOWN.value, "priority": "unknown", "version": "0"}
    return {
        "school_year": str(known.school_year),
        "school": known.school,
        "uai": known.uai,
        "level": known.level.value,
        "class_name": known.class_name,
        "qpv": known.qpv.value,
        "priority": known.priority.value,
        "version": str(known.version),
    }
