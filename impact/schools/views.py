"""Under the tab « Mixité scolaire »: the published figures of schools, entered one by one or from a file."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, takes_files, today
from impact.exceptions import Refused
from impact.schools import storage
from impact.schools.forms import FileForm, PutForm, RemoveForm, RuleForm, line_form
from impact.schools.rules import MODEL, pack_lines, read_lines, unpack_lines, year_label
from impact.schools.vocabulary import SchoolLevel
from impact.sheets.reading import read_sheets
from impact.vocabulary import CommunityKind

pages = Blueprint("schools", __name__, url_prefix="/communautes/<slug>/mixite-scolaire")
Answer = str | AnyResponse
# The kinds of community that have the tab.
KINDS = (CommunityKind.CITE, CommunityKind.COLLECTIVE)
_MOST_BYTES = 5_000_000


@pages.get("/etablissements")
@allowed(Action.EDIT_SCHOOLS)
def lines(slug: str) -> str:
    """What was entered of a year, exact."""
    years = storage.list_years(community_db())
    year = chosen_year(years)
    return render_template(
        "schools/lines.html",
        lines=storage.list_lines(community_db(), year) if year else [],
        year=year,
        years=years,
        year_label=year_label,
    )


@pages.route("/etablissements/nouveau", methods=["GET", "POST"])
@allowed(Action.EDIT_SCHOOLS)
def add(slug: str) -> Answer:
    """One school, one year."""
    form = line_form(None)
    if form.submitted():
        try:
            storage.add_line(community_db(), actor(), form.as_record(), today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’établissement est enregistré.")
            return redirect(url_for("schools.lines", slug=slug, rentree=form.year.data), 303)
    return render_template("schools/line_form.html", form=form, known_line=None)


@pages.route("/etablissements/<int:school_id>/<int:year>", methods=["GET", "POST"])
@allowed(Action.EDIT_SCHOOLS)
def edit(slug: str, school_id: int, year: int) -> Answer:
    """Other figures of the same year."""
    known = storage.get_line(community_db(), school_id, year)
    form = line_form(known)
    form.year.validators, form.year.data = [], year
    if form.submitted():
        form.year.data = year
        try:
            storage.change_line(community_db(), actor(), form.as_record(school_id), today(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("L’établissement est enregistré.")
            return redirect(url_for("schools.lines", slug=slug, rentree=year), 303)
    return render_template("schools/line_form.html", form=form, known_line=known, remove=RemoveForm(formdata=None))


@pages.post("/etablissements/<int:school_id>/<int:year>/retirer")
@allowed(Action.EDIT_SCHOOLS)
def remove(slug: str, school_id: int, year: int) -> Answer:
    """A year written by mistake."""
    form = RemoveForm()
    if form.submitted():
        storage.remove_line(community_db(), actor(), school_id, year, form.once_key)
        flash("La ligne est retirée.")
    return redirect(url_for("schools.lines", slug=slug, rentree=year), 303)


@pages.route("/importer", methods=["GET", "POST"])
@takes_files(_MOST_BYTES)
@allowed(Action.EDIT_SCHOOLS)
def import_file(slug: str) -> Answer:
    """From the ministry's file to what it would write; nothing is written yet."""
    form = FileForm()
    if form.submitted():
        try:
            level = SchoolLevel(form.level.data)
            read = read_lines(read_sheets(form.content), level, str(form.place.data or ""), today())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            put = PutForm(formdata=None, lines=pack_lines(read.lines))
            return render_template("schools/staged.html", form=put, read=read, year_label=year_label)
    return render_template("schools/import.html", form=form)


@pages.post("/importer/confirmer")
@allowed(Action.EDIT_SCHOOLS)
def put_file(slug: str) -> Answer:
    """What was looked at is written."""
    form = PutForm()
    if form.submitted():
        kept = unpack_lines(str(form.lines.data))
        storage.put_lines(community_db(), actor(), kept, today(), form.once_key)
        flash("Le fichier est repris.")
    return redirect(url_for("schools.lines", slug=slug), 303)


@pages.get("/modele.csv")
@allowed(Action.EDIT_SCHOOLS)
def model(slug: str) -> Response:
    """The headings of a table to fill."""
    headers = {"Content-Disposition": 'attachment; filename="etablissements.csv"'}
    return Response("\ufeff" + MODEL, mimetype="text/csv", headers=headers)


@pages.route("/regle", methods=["GET", "POST"])
@allowed(Action.EDIT_SCHOOLS)
def rule(slug: str) -> Answer:
    """Which schools are far from the mean."""
    known = storage.get_rule(community_db())
    form = RuleForm(data={**vars(known), "version": str(known.version)})
    if form.submitted():
        try:
            storage.set_rule(community_db(), actor(), form.as_record(), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La règle est enregistrée.")
            return redirect(url_for("schools.index", slug=slug), 303)
    return render_template("schools/rule.html", form=form)


def chosen_year(years: Sequence[int]) -> int | None:
    """The year asked for, or the latest that is known."""
    asked = request.args.get("rentree", "")
    wanted = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else None
    return wanted if wanted in years else next(iter(years), None)
