"""Bring a spreadsheet in, step by step: the file, its place, its columns, its values, then what it would do."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.audit import Deed, note_access
from impact.exceptions import Conflict, NotFound, Refused
from impact.jobs import jobs
from impact.sheets import importing, staging_storage
from impact.sheets.cells import text_of
from impact.sheets.forms import ChoicesForm, PlaceForm, UploadForm, choices_form, columns_form, values_form
from impact.sheets.known_storage import asked_columns
from impact.sheets.matching_rules import LEXICONS, offered, said_values
from impact.sheets.reading import read_sheets
from impact.sheets.records import Batch, Import, Plan
from impact.sheets.vocabulary import ImportState, Subject
from impact.sheets.workbook import Value, to_xlsx
from impact.wording import clean_text

pages = Blueprint("sheets", __name__, url_prefix="/communautes/<slug>/tableaux")
Answer = str | AnyResponse
SHOWN_ROWS, SHOWN_REMARKS = 8, 200
# Above, the worker writes and the page waits.
MOST_AT_ONCE = 400
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.route("/importer", methods=["GET", "POST"])
@allowed(Action.EXCHANGE_SITUATIONS)
def receive(slug: str) -> Answer:
    """Choose a file; nothing is written of it before its confirmation."""
    form = UploadForm()
    if form.submitted():
        try:
            sheets = read_sheets(form.file.data.read())
            name = clean_text(PurePath(form.file.data.filename or "").name) or "Tableau"
            subject = Subject(form.subject.data)
            added = staging_storage.stage(community_db(), actor(), name, sheets, form.once_key, subject=subject)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for("sheets.place", slug=slug, import_id=added), 303)
    imports = staging_storage.list_imports(community_db())
    return render_template("sheets/receive.html", form=form, imports=imports)


@pages.route("/importer/<int:import_id>/feuille", methods=["GET", "POST"])
@allowed(Action.EXCHANGE_SITUATIONS)
def place(slug: str, import_id: int) -> Answer:
    """Which sheet, which row of headings, stopped on which day."""
    staged = _staged(import_id)
    plan = staged.plan or importing.propose_place(staged.sheets, today(), staged.subject)
    form = PlaceForm(
        data={
            "sheet": str(plan.sheet),
            "heading_row": plan.heading_row,
            "stopped_on": plan.stopped_on,
            "version": str(staged.version),
        }
    )
    if staged.subject is Subject.NOTES:
        del form.stopped_on
    form.sheet.choices = [(str(at), name or "Tableau") for at, (name, _) in enumerate(staged.sheets)]
    if form.submitted():
        try:
            _save(staged, _placed(staged, form), form.version_read, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for("sheets.columns", slug=slug, import_id=import_id), 303)
    shown = [[text_of(cell) for cell in row] for row in staged.sheets[plan.sheet][1][:SHOWN_ROWS]]
    return render_template("sheets/place.html", form=form, staged=staged, rows=shown)


@pages.route("/importer/<int:import_id>/colonnes", methods=["GET", "POST"])
@allowed(Action.EXCHANGE_SITUATIONS)
def columns(slug: str, import_id: int) -> Answer:
    """What each column says."""
    staged, plan = _placed_import(import_id)
    proposed = importing.propose(community_db(), staged, plan, today())
    rows = staged.sheets[plan.sheet][1]
    headings = [" ".join(text_of(cell).split()) for cell in rows[plan.heading_row - 1]]
    lexicon = LEXICONS[staged.subject]
    form = columns_form(headings, proposed.columns, lexicon, asked_columns(community_db(), lexicon))
    if form.submitted():
        chosen = replace(plan, columns=form.chosen(), meanings={})
        chosen = importing.with_meanings(community_db(), staged, chosen, today())
        try:
            _save(staged, chosen, form.version_read, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for("sheets.values", slug=slug, import_id=import_id), 303)
    _show_version(form, staged)
    examples = {at: _examples(rows[plan.heading_row :], at) for at, _ in form.column_fields()}
    return render_template("sheets/columns.html", form=form, staged=staged, examples=examples)


@pages.route("/importer/<int:import_id>/valeurs", methods=["GET", "POST"])
@allowed(Action.EXCHANGE_SITUATIONS)
def values(slug: str, import_id: int) -> Answer:
    """What each value means."""
    staged, plan = _matched_import(import_id)
    lexicon, words = LEXICONS[staged.subject], importing.list_words(community_db(), staged.subject, today())
    rows = staged.sheets[plan.sheet][1]
    found = {column: said_values(rows, plan, column, words.get(column, ())) for column in lexicon.matched}
    said = {column: values for column, values in found.items() if values}
    offers = {column: offered(lexicon, column, words.get(column, ())) for column in said}
    form = values_form(said, plan.meanings, offers)
    if form.submitted():
        try:
            _save(staged, replace(plan, meanings=form.chosen()), form.version_read, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for("sheets.check", slug=slug, import_id=import_id), 303)
    _show_version(form, staged)
    return render_template("sheets/values.html", form=form, staged=staged, said=said)


@pages.route("/importer/<int:import_id>/verifier", methods=["GET", "POST"])
@allowed(Action.EXCHANGE_SITUATIONS)
def check(slug: str, import_id: int) -> Answer:
    """What the import would do; answers about rows that resemble each other, then confirms."""
    staged, plan = _matched_import(import_id)
    batch = _prepared(staged, plan)
    form = choices_form(batch.pairs, staged.choices)
    if form.submitted():
        staging_storage.save_choices(
            community_db(), actor(), import_id, form.chosen(), form.version_read, form.once_key
        )
        flash("Vos réponses sont gardées. Voici ce que l’import ferait maintenant.")
        return redirect(url_for("sheets.check", slug=slug, import_id=import_id), 303)
    _show_version(form, staged)
    return _checked(staged, batch, form)


@pages.post("/importer/<int:import_id>/confirmer")
@allowed(Action.EXCHANGE_SITUATIONS)
def confirm(slug: str, import_id: int) -> Answer:
    """Write everything, at once or by the worker when there is much."""
    staged, plan = _matched_import(import_id)
    form = ChoicesForm()
    if form.submitted():
        staging_storage.order_import(community_db(), actor(), import_id, form.version_read, form.once_key)
        if len(staged.sheets[plan.sheet][1]) > MOST_AT_ONCE:
            jobs().order(importing.IMPORT_SHEET, slug, import_id)
        else:
            importing.carry_out(community_db(), actor(), import_id, today())
    return redirect(url_for("sheets.show", slug=slug, import_id=import_id), 303)


@pages.get("/importer/<int:import_id>")
@allowed(Action.EXCHANGE_SITUATIONS)
def show(slug: str, import_id: int) -> Answer:
    """Where the import stands."""
    staged = staging_storage.get_import(community_db(), import_id)
    if staged.state is ImportState.STAGED:
        return redirect(url_for("sheets.place", slug=slug, import_id=import_id), 303)
    return render_template("sheets/show.html", staged=staged, button=ConfirmForm(formdata=None))


@pages.get("/importer/<int:import_id>/lignes-refusees.xlsx")
@allowed(Action.EXCHANGE_SITUATIONS)
def refused_rows(slug: str, import_id: int) -> Response:
    """The rows left aside, as they were, with a column « Erreur »."""
    staged = staging_storage.get_import(community_db(), import_id)
    if staged.plan is None or not staged.sheets:
        raise NotFound
    rows = staged.sheets[staged.plan.sheet][1]
    headings = [text_of(cell) for cell in rows[staged.plan.heading_row - 1]]
    told: list[Sequence[Value]] = []
    for row in _prepared(staged, staged.plan).refused:
        cells = rows[row.line - 1]
        padded = [*cells, *[None] * (len(headings) - len(cells))]
        told.append([*padded, " ; ".join(remark.said for remark in row.remarks if remark.refuses)])
    note_access(community_db(), actor(), Deed.EXPORT, "sheet_import", import_id)
    content = to_xlsx([("Lignes refusées", [*headings, "Erreur"], told)])
    return Response(
        content, mimetype=XLSX, headers={"Content-Disposition": 'attachment; filename="lignes-refusees.xlsx"'}
    )


@pages.post("/importer/<int:import_id>/effacer")
@allowed(Action.EXCHANGE_SITUATIONS)
def forget(slug: str, import_id: int) -> Answer:
    """Erase what was received and not written."""
    form = ConfirmForm()
    if form.submitted():
        staging_storage.forget_import(community_db(), actor(), import_id, form.once_key)
        flash("Le fichier reçu est effacé.")
    return redirect(url_for("sheets.receive", slug=slug), 303)


def _checked(staged: Import, batch: Batch[Any, Any], form: ChoicesForm) -> str:
    note_access(community_db(), actor(), Deed.READ, "sheet_import", staged.id)
    refused = [remark for row in batch.refused for remark in row.remarks if remark.refuses]
    return render_template(
        "sheets/check.html",
        form=form,
        confirm=ChoicesForm(formdata=None, version=str(staged.version)),
        button=ConfirmForm(formdata=None),
        staged=staged,
        batch=batch,
        refused=refused[:SHOWN_REMARKS],
        warnings=batch.warnings[:SHOWN_REMARKS],
        differing=[each for each in batch.present if each.differences][:SHOWN_REMARKS],
        notes=staged.subject is Subject.NOTES,
        pairs=[(pair, form[f"pair_{pair.key}"]) for pair in batch.pairs],
    )


def _prepared(staged: Import, plan: Plan) -> Batch[Any, Any]:
    return importing.prepare(community_db(), staged, plan, staged.choices, today())


def _placed(staged: Import, form: PlaceForm) -> Plan:
    sheet, row = int(form.sheet.data), int(form.heading_row.data)
    if row > len(staged.sheets[sheet][1]):
        raise Refused("Cette feuille n’a pas tant de lignes.", "heading_row")
    plan = Plan(sheet, row, form.stopped_on.data if "stopped_on" in form else today())
    if staged.plan and (staged.plan.sheet, staged.plan.heading_row) == (sheet, row):
        plan = replace(staged.plan, stopped_on=plan.stopped_on)
    return plan


def _save(staged: Import, plan: Plan, version: int, once: str) -> None:
    try:
        staging_storage.save_plan(community_db(), actor(), staged.id, plan, version, once)
    except Conflict:
        raise Refused("Cet import a changé dans une autre fenêtre : rechargez la page.") from None


def _staged(import_id: int) -> Import:
    staged = staging_storage.get_import(community_db(), import_id)
    if staged.state is not ImportState.STAGED or not staged.sheets:
        raise Refused("Cet import est déjà fait ou effacé : envoyez de nouveau le fichier.")
    return staged


def _placed_import(import_id: int) -> tuple[Import, Plan]:
    staged = _staged(import_id)
    if staged.plan is None:
        raise Refused("Dites d’abord où est le tableau dans le fichier.")
    return staged, staged.plan


def _matched_import(import_id: int) -> tuple[Import, Plan]:
    staged, plan = _placed_import(import_id)
    if LEXICONS[staged.subject].missing([*plan.columns.values()]):
        raise Refused("Dites d’abord ce que contiennent les colonnes.")
    return staged, plan


def _examples(rows: Sequence[Sequence[object]], at: int) -> str:
    found = dict.fromkeys(text_of(row[at])[:40] for row in rows if at < len(row) and row[at] is not None)  # type: ignore[arg-type]
    return " ; ".join(list(found)[:3])


def _show_version(form: ChoicesForm, staged: Import) -> None:
    if not form.is_submitted():
        form.version.data = str(staged.version)
