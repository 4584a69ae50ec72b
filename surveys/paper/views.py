"""The paper of a wave: print, scan, decide, type."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from flask import Blueprint, flash, g, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, takes_files, today
from impact.communities.storage import get_community
from impact.exceptions import Refused, Unusable
from impact.jobs import jobs
from impact.printing import Printed, PrintingFailed, print_document
from surveys.answering import kept_answers
from surveys.forms import ConfirmForm
from surveys.languages.choosing import chosen, offered
from surveys.languages.records import Interface
from surveys.languages.storage import interfaces
from surveys.media.files import as_address, is_picture
from surveys.media.storage import get_file
from surveys.own_storage import find_questionnaire
from surveys.paper import storage
from surveys.paper.codes import with_codes
from surveys.paper.forms import MOST_BYTES, EntryForm, PrintForm, ScanForm, entry_form, in_words
from surveys.paper.records import PageCode, Sheet
from surveys.paper.rules import as_sent, check_of, differing, layout_of, not_printable
from surveys.paper.scans import count_pages
from surveys.paper.vocabulary import Doubt, PageState
from surveys.paper.work import READ_SCANS, SAME_NUMBER, absent_pages, read_again
from surveys.records import Questionnaire, Wave
from surveys.respondent_forms import respondent_form
from surveys.storage import get_wave

pages = Blueprint("paper", __name__, template_folder="templates", url_prefix="/communautes/<slug>/questionnaires")
STYLE = Path(__file__).resolve().parent / "static"
Answer = str | Response


@pages.before_request
def _choose_tab() -> None:
    g.tab = "surveys"


@pages.get("/<code>/papier")
@allowed(Action.VIEW_SURVEYS)
def specimen(slug: str, code: str) -> Response:
    """What the paper will look like, without the codes that make a sheet readable."""
    questionnaire = find_questionnaire(community_db(), code)
    known = interfaces(community_db())
    language = chosen(request.args.get("langue", ""), offered(questionnaire, known), lambda _: None)
    printed = _printed(questionnaire, known[language.code])
    return _pdf(printed.content, f"{code}-apercu")


@pages.get("/vagues/<int:wave_id>/papier")
@allowed(Action.RUN_SURVEYS)
def index(slug: str, wave_id: int) -> str:
    """Everything on paper about a wave: to print, to scan, to check, to type."""
    return _index(get_wave(community_db(), wave_id))


@pages.post("/vagues/<int:wave_id>/papier/imprimer")
@allowed(Action.RUN_SURVEYS)
def print_sheets(slug: str, wave_id: int) -> Answer:
    """Numbered sheets, with their codes."""
    wave, form = get_wave(community_db(), wave_id), _print_form(wave_id)
    if not form.submitted():
        return _index(wave, printing=form)
    interface = interfaces(community_db())[str(form.language.data)]
    printed = _printed(wave.questionnaire, interface)
    layout = layout_of(printed.pages, printed.anchors)
    count = int(form.copies.data)
    made, first = storage.add_printing(community_db(), actor(), wave_id, interface.language.code, layout, count)
    secret = storage.paper_secret(community_db())

    def code(copy: int, page: int) -> PageCode:
        bare = PageCode(wave_id, wave.questionnaire.version, made.id, copy, page, "")
        return replace(bare, check=check_of(secret, bare, made.digest))

    copies = [[code(copy, page) for page in range(printed.pages)] for copy in range(first, first + count)]
    return _pdf(with_codes(printed.content, wave.questionnaire.title, copies), f"questionnaire-{wave_id}")


@pages.post("/vagues/<int:wave_id>/papier/numerisations")
@takes_files(MOST_BYTES)
@allowed(Action.RUN_SURVEYS)
def add_scans(slug: str, wave_id: int) -> Answer:
    """Receive scans, and have them read outside the request."""
    wave, form = get_wave(community_db(), wave_id), ScanForm()
    if form.submitted():
        try:
            files = form.read_files()
        except Refused as refusal:
            form.refuse(refusal)
        else:
            total = sum(count_pages(content) for _, content in files)
            added = storage.add_batch(community_db(), actor(), wave_id, today(), files, total, form.once_key)
            jobs().order(READ_SCANS, slug, added)
            return redirect(url_for("paper.batch", slug=slug, wave_id=wave_id, batch_id=added), 303)
    return _index(wave, scans=form)


@pages.get("/vagues/<int:wave_id>/papier/numerisations/<int:batch_id>")
@allowed(Action.RUN_SURVEYS)
def batch(slug: str, wave_id: int, batch_id: int) -> str:
    """How far the reading is, then what became of every page."""
    found = storage.get_batch(community_db(), batch_id, wave_id)
    sheets = {sheet.id: sheet for sheet in storage.batch_sheets(community_db(), batch_id)}
    return render_template(
        "paper/batch.html",
        wave=get_wave(community_db(), wave_id),
        batch=found,
        scanned=storage.list_pages(community_db(), batch_id),
        sheets=sheets,
        form=ConfirmForm(formdata=None),
    )


@pages.get("/vagues/<int:wave_id>/papier/pages/<int:page_id>")
@allowed(Action.RUN_SURVEYS)
def picture(slug: str, wave_id: int, page_id: int) -> Response:
    """A scanned page."""
    storage.get_page(community_db(), page_id, wave_id)
    return send_file(io.BytesIO(storage.page_picture(community_db(), page_id)), mimetype="image/jpeg")


@pages.post("/vagues/<int:wave_id>/papier/pages/<int:page_id>/ecarter")
@allowed(Action.RUN_SURVEYS)
def set_aside(slug: str, wave_id: int, page_id: int) -> Answer:
    """This page is no answer sheet."""
    page, form = storage.get_page(community_db(), page_id, wave_id), ConfirmForm()
    if form.submitted():
        storage.settle_page(community_db(), actor(), page_id, PageState.SET_ASIDE, form.once_key)
        flash("La page est écartée.")
    return redirect(url_for("paper.batch", slug=slug, wave_id=wave_id, batch_id=page.batch_id), 303)


@pages.post("/vagues/<int:wave_id>/papier/pages/<int:page_id>/autre-feuille")
@allowed(Action.RUN_SURVEYS)
def another_sheet(slug: str, wave_id: int, page_id: int) -> Answer:
    """This page was not read twice: it is a photocopy, filled by somebody else."""
    page, form = storage.get_page(community_db(), page_id, wave_id), ConfirmForm()
    if form.submitted() and page.state is PageState.REPEATED:
        added = read_again(community_db(), storage.get_batch(community_db(), page.batch_id), page_id)
        return redirect(url_for("paper.check", slug=slug, wave_id=wave_id, sheet_id=added), 303)
    return redirect(url_for("paper.batch", slug=slug, wave_id=wave_id, batch_id=page.batch_id), 303)


@pages.route("/vagues/<int:wave_id>/papier/feuilles/<int:sheet_id>", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def check(slug: str, wave_id: int, sheet_id: int) -> Answer:
    """What was read or typed of a sheet, with a picture of what is doubtful: a person decides."""
    wave, sheet = get_wave(community_db(), wave_id), storage.get_sheet(community_db(), sheet_id, wave_id)
    form = entry_form(wave.questionnaire, sheet.typed, sheet.version)
    del form.twice
    if form.submitted() and _stored(wave, sheet, form):
        flash("La feuille est enregistrée.")
        return _back(slug, wave_id)
    return _check_page(wave, sheet, form)


@pages.get("/vagues/<int:wave_id>/papier/feuilles/<int:sheet_id>/extrait/<int:number>")
@allowed(Action.RUN_SURVEYS)
def crop(slug: str, wave_id: int, sheet_id: int, number: int) -> Response:
    """The part of the paper that a doubtful answer was read from."""
    storage.get_sheet(community_db(), sheet_id, wave_id)
    return send_file(io.BytesIO(storage.crop_picture(community_db(), sheet_id, number)), mimetype="image/jpeg")


@pages.post("/vagues/<int:wave_id>/papier/feuilles/<int:sheet_id>/ecarter")
@allowed(Action.RUN_SURVEYS)
def drop(slug: str, wave_id: int, sheet_id: int) -> Answer:
    """This sheet is no answer: blank, spoilt, or typed by mistake."""
    sheet, form = storage.get_sheet(community_db(), sheet_id, wave_id), ConfirmForm()
    if form.submitted():
        storage.drop_sheet(community_db(), actor(), sheet, form.once_key)
        flash("La feuille est écartée : aucune réponse n’en est gardée.")
    return _back(slug, wave_id)


@pages.route("/vagues/<int:wave_id>/papier/saisie", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def entry(slug: str, wave_id: int) -> Answer:
    """One paper sheet, typed by numbers."""
    wave = get_wave(community_db(), wave_id)
    form = entry_form(wave.questionnaire)
    if form.submitted():
        try:
            answers = kept_answers(wave.questionnaire, as_sent(wave.questionnaire, form.typed))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            twice = bool(form.twice.data)
            added = storage.type_sheet(
                community_db(), actor(), wave_id, form.typed, None if twice else answers, today(), form.once_key
            )
            _settle_image(wave_id)
            flash(f"Feuille {added} : écrivez ce numéro sur le papier." if twice else "La feuille est enregistrée.")
            return redirect(url_for("paper.entry", slug=slug, wave_id=wave_id, deux=1 if twice else None), 303)
    elif not form.is_submitted():
        form.twice.data = bool(request.args.get("deux"))
    return render_template("paper/entry.html", wave=wave, form=form, sheet=None, image=_image(wave_id))


@pages.route("/vagues/<int:wave_id>/papier/feuilles/<int:sheet_id>/seconde-saisie", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def second_entry(slug: str, wave_id: int, sheet_id: int) -> Answer:
    """The same sheet again, without seeing what was typed first: stored when both agree."""
    wave, sheet = get_wave(community_db(), wave_id), storage.get_sheet(community_db(), sheet_id, wave_id)
    form = entry_form(wave.questionnaire, None, sheet.version)
    del form.twice
    if form.submitted():
        if not differing(sheet.typed, form.typed, [row.field for row in form.rows]) and _stored(wave, sheet, form):
            flash("Les deux saisies sont les mêmes : la feuille est enregistrée.")
            return _back(slug, wave_id)
        storage.save_typing(community_db(), actor(), sheet, sheet.typed, form.typed, form.once_key)
        return redirect(url_for("paper.check", slug=slug, wave_id=wave_id, sheet_id=sheet_id), 303)
    return render_template("paper/entry.html", wave=wave, form=form, sheet=sheet, image=None)


def _image(wave_id: int) -> int | None:
    """The page without code that is being typed, shown beside."""
    asked = request.args.get("image", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 12):
        return None
    page = storage.get_page(community_db(), int(asked), wave_id)
    return page.id if page.state in (PageState.UNREAD, PageState.FOREIGN) and page.has_picture else None


def _settle_image(wave_id: int) -> None:
    image = _image(wave_id)
    if image is not None:
        storage.settle_page(community_db(), actor(), image, PageState.ENTERED)


def _index(wave: Wave, printing: PrintForm | None = None, scans: ScanForm | None = None) -> str:
    db = community_db()
    sheets = storage.list_sheets(db, wave.id)
    return render_template(
        "paper/index.html",
        wave=wave,
        printing=printing or _print_form(wave.id, blank=True),
        scans=scans or ScanForm(formdata=None),
        left_out=not_printable(wave.questionnaire),
        batches=storage.list_batches(db, wave.id),
        to_check=[each for each in sheets if each.print_id or each.again is not None],
        to_type=[each for each in sheets if not each.print_id and each.again is None],
        stored=storage.count_stored(db, wave),
        prints=storage.list_printings(db, wave.id),
    )


def _print_form(wave_id: int, blank: bool = False) -> PrintForm:
    wave = get_wave(community_db(), wave_id)
    form = PrintForm(formdata=None, copies=30) if blank else PrintForm()
    form.language.choices = [(each.code, each.name) for each in offered(wave.questionnaire, interfaces(community_db()))]
    form.language.data = form.language.data or "fr"
    return form


def _printed(questionnaire: Questionnaire, interface: Interface) -> Printed:
    form, db = respondent_form(questionnaire, interface, formdata=None), community_db()
    form.file_url = lambda code: as_address(code, get_file(db, code)) if is_picture(code) else ""
    html = render_template(
        "paper/sheet.html",
        form=form,
        left_out={question.code for question in not_printable(questionnaire)},
        asker=get_community(community_db()).name,
    )
    try:
        return print_document(html, base=STYLE, moment=datetime.now(UTC))
    except PrintingFailed as failure:
        raise Unusable(str(failure)) from failure


def _stored(wave: Wave, sheet: Sheet, form: EntryForm) -> bool:
    try:
        answers = kept_answers(wave.questionnaire, as_sent(wave.questionnaire, form.typed))
    except Refused as refusal:
        form.refuse(refusal)
        return False
    read = replace(sheet, version=form.version_read)
    storage.store_sheet(community_db(), actor(), read, answers, today(), form.once_key)
    return True


def _check_page(wave: Wave, sheet: Sheet, form: EntryForm) -> str:
    db = community_db()
    crops = {field: number for number, field in enumerate(storage.crop_fields(db, sheet.id))}
    differ = differing(sheet.typed, sheet.again, [row.field for row in form.rows]) if sheet.again is not None else []
    doubtful = {*sheet.doubts, *differ}
    return render_template(
        "paper/check.html",
        wave=wave,
        sheet=sheet,
        form=form,
        confirm=ConfirmForm(formdata=None),
        crops=crops,
        doubtful=[row for row in form.rows if row.field in doubtful or form.at(row).errors],
        sure=[row for row in form.rows if row.field not in doubtful and not form.at(row).errors],
        reasons={field: Doubt(reason).label for field, reason in sheet.doubts.items() if reason in list(Doubt)},
        typings={
            row.field: (
                in_words(row, sheet.typed.get(row.field, "")),
                in_words(row, (sheet.again or {}).get(row.field, "")),
            )
            for row in form.rows
            if row.field in differ
        },
        absent=[page + 1 for page in absent_pages(db, sheet)],
        same_number=SAME_NUMBER in sheet.doubts,
        scanned=storage.sheet_pages(db, sheet.id),
    )


def _pdf(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return Response(content, mimetype="application/pdf", headers=headers)


def _back(slug: str, wave_id: int) -> Response:
    return redirect(url_for("paper.index", slug=slug, wave_id=wave_id), 303)
