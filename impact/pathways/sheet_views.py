"""Sheets to print, filled with a child's file or blank."""

from flask import render_template
from werkzeug.wrappers import Response

from impact.accounts.access import Action, FieldClass
from impact.accounts.guards import actor, allowed, community_db, today
from impact.exceptions import NotFound
from impact.pathways import views
from impact.pathways.adult_storage import list_adults
from impact.pathways.file_storage import list_notes, months_kept, open_file
from impact.pathways.notice_texts import FRENCH, notice_in, notices
from impact.pathways.records import ChildFile
from impact.pathways.review_storage import list_reviews
from impact.pathways.rules import CONSENT_CLASSES, agreement, fields_read, filled_sheets, visible_motives
from impact.pathways.sheets import note_print, sheet
from impact.pathways.vocabulary import ContactKind, Means, ObjectiveResult, ReferenceList, Relation, Score, Sex, Sheet
from impact.reference_lists import choices, labels
from impact.safeguards import fields_off

pages = views.pages
_TEMPLATES = {
    Sheet.ORIENTATION: "pathways/print_orientation.html",
    Sheet.CONSENT: "pathways/print_consent.html",
    Sheet.NOTICE: "pathways/print_notice.html",
    Sheet.NOTES: "pathways/print_notes.html",
    Sheet.REVIEW: "pathways/print_review.html",
    Sheet.EXIT: "pathways/print_exit.html",
    Sheet.CERTIFICATE: "pathways/print_certificate.html",
    Sheet.MINUTES: "pathways/print_minutes.html",
}
_NAMES = "any('orientation', 'accord', 'notice', 'suivi', 'bilan', 'sortie', 'attestation', 'compte-rendu')"


@pages.get("/fiches")
@allowed(Action.VIEW_SITUATIONS)
def blank_sheets(slug: str) -> str:
    """The sheets that one fills by hand."""
    return render_template("pathways/sheets.html", sheets=Sheet, notices=notices())


@pages.get("/fiches/notice/<code>")
@allowed(Action.VIEW_SITUATIONS)
def notice(slug: str, code: str) -> Response:
    """The notice for parents in one language."""
    if code not in notices():
        raise NotFound
    return _printed(Sheet.NOTICE, None, f"notice-{code}", code)


@pages.get(f"/fiches/<{_NAMES}:name>")
@allowed(Action.VIEW_SITUATIONS)
def blank_sheet(slug: str, name: str) -> Response:
    """One of them, as a PDF."""
    return _printed(Sheet(name), None, f"{name}-vierge")


@pages.get(f"/<int:situation_id>/fiches/<{_NAMES}:name>")
@allowed(Action.VIEW_SITUATIONS)
def filled_sheet(slug: str, situation_id: int, name: str) -> Response:
    """A sheet of this child's file, with what the role reads of it."""
    file = open_file(community_db(), actor(), Action.VIEW_SITUATIONS, situation_id)
    if Sheet(name) not in filled_sheets(file):
        raise NotFound
    note_print("situation", situation_id)
    return _printed(Sheet(name), file, f"{name}-{situation_id}")


def _motives(file: ChildFile) -> list[str]:
    known = labels(community_db(), ReferenceList.MOTIVES)
    return [known.get(code, code) for code in visible_motives(file.situation.motives, fields_read(actor(), file))]


def _printed(wanted: Sheet, file: ChildFile | None, name: str, language: str = FRENCH) -> Response:
    db, readable = community_db(), fields_read(actor(), file) if file else frozenset[FieldClass]()
    adults = list_adults(db, file.situation.child_id) if file and FieldClass.SOCIAL in readable else []
    spoken = sorted({adult.language for adult in adults} & notices().keys() - {FRENCH})
    return sheet(
        _TEMPLATES[wanted],
        name,
        sheet=wanted,
        told=notice_in(language, months_kept(db)),
        translated=[notice_in(code, months_kept(db)) for code in spoken],
        file=file,
        meeting=None,
        adults=adults,
        school=file.schooling[-1] if file and file.schooling and FieldClass.SCHOOL in readable else None,
        reviews=list_reviews(db, file, readable) if file else [],
        domains=choices(db, ReferenceList.DOMAINS, today()),
        domain_labels=labels(db, ReferenceList.DOMAINS),
        scores=Score.choices(),
        consent=agreement(file.consents) if file else None,
        off=fields_off(db),
        restricted=file is not None and file.safeguards.restricted,
        notes=list_notes(db, file, readable)[::-1] if file else [],
        motive_words=_motives(file) if file else [],
        motive_choices=choices(db, ReferenceList.MOTIVES, today()),
        origin_labels=labels(db, ReferenceList.ORIGINS),
        reason_labels=labels(db, ReferenceList.EXIT_REASONS),
        reason_choices=choices(db, ReferenceList.EXIT_REASONS, today()),
        class_choices=[(field.value, field.label) for field in CONSENT_CLASSES],
        terms={"relation": Relation, "means": Means, "result": ObjectiveResult, "kind": ContactKind, "sex": Sex},
    )
