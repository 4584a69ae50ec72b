"""On a workshop's page: agenda and minutes, productions, commitments; and the calendar of the workshops."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action, may
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.communities.storage import get_community, list_members
from impact.exceptions import NotAllowed, Refused
from impact.forms import Form
from impact.workshops import session_storage as storage
from impact.workshops import views
from impact.workshops.calendar import as_calendar
from impact.workshops.records import Workshop
from impact.workshops.session_forms import CommitmentForm, PapersForm, ProductionForm, ReturnForm
from impact.workshops.session_records import Attached, Commitment
from impact.workshops.session_rules import MEDIA_TYPES, attached
from impact.workshops.storage import get_workshop, list_workshops, present_ids
from impact.workshops.views import Answer

pages = views.pages


@pages.route("/<int:workshop_id>/preparer", methods=["GET", "POST"])
@allowed(Action.RUN_WORKSHOPS)
def papers(slug: str, workshop_id: int) -> Answer:
    """Agenda and minutes."""
    workshop = get_workshop(community_db(), workshop_id)
    form = PapersForm(obj=storage.get_papers(community_db(), workshop_id))
    return _form(
        slug,
        workshop,
        form,
        "workshops/papers.html",
        lambda: storage.save_papers(community_db(), actor(), form.as_record(workshop_id), form.once_key),
        "L’ordre du jour et le compte rendu sont enregistrés.",
    )


@pages.route("/<int:workshop_id>/productions/nouvelle", methods=["GET", "POST"])
@allowed(Action.RUN_WORKSHOPS)
def add_production(slug: str, workshop_id: int) -> Answer:
    """Words or a file that the workshop made."""
    workshop, form = get_workshop(community_db(), workshop_id), ProductionForm()

    def save() -> None:
        file = _sent()
        if file is None and not form.words.data:
            raise Refused("Écrivez un texte ou choisissez un fichier.", "words")
        record = form.as_record(workshop_id, today())
        storage.add_production(community_db(), actor(), record, file, form.once_key)

    return _form(slug, workshop, form, "workshops/production.html", save, "La production est gardée avec l’atelier.")


@pages.get("/<int:workshop_id>/productions/<int:production_id>")
@allowed(Action.VIEW_WORKSHOPS)
def production_file(slug: str, workshop_id: int, production_id: int) -> Response:
    """The file, always as a download: nothing that was sent is run by a browser."""
    file = storage.get_file(community_db(), workshop_id, production_id)
    answer = Response(file.content, mimetype=MEDIA_TYPES[file.kind])
    answer.headers.set("Content-Disposition", "attachment", filename=file.name)
    return answer


@pages.post("/<int:workshop_id>/productions/<int:production_id>/retirer")
@allowed(Action.RUN_WORKSHOPS)
def remove_production(slug: str, workshop_id: int, production_id: int) -> Answer:
    """It was not the right one."""
    form = ConfirmForm()
    if form.submitted():
        storage.remove_production(community_db(), actor(), workshop_id, production_id, form.once_key)
        flash("La production est retirée.")
    return redirect(url_for("workshops.show", slug=slug, workshop_id=workshop_id), 303)


@pages.route("/<int:workshop_id>/engagements/nouveau", methods=["GET", "POST"])
@allowed(Action.RUN_WORKSHOPS)
def add_commitment(slug: str, workshop_id: int) -> Answer:
    """What somebody will do before the next time."""
    workshop, form = get_workshop(community_db(), workshop_id), CommitmentForm()
    form.member_id.choices = _people(workshop)
    return _form(
        slug,
        workshop,
        form,
        "workshops/commitment.html",
        lambda: storage.add_commitment(community_db(), actor(), form.as_record(workshop_id), form.once_key),
        "L’engagement est noté.",
    )


@pages.route("/engagements/<int:commitment_id>", methods=["GET", "POST"])
@allowed(Action.VIEW_WORKSHOPS)
def commitment(slug: str, commitment_id: int) -> Answer:
    """What came back from the field, told by the person who committed or by those who run the workshops."""
    known = storage.get_commitment(community_db(), commitment_id)
    if not may_tell(known):
        raise NotAllowed
    workshop = get_workshop(community_db(), known.workshop_id)
    form = ReturnForm(
        data={
            "state": known.state.value,
            "outcome": known.outcome,
            "returned_on": known.returned_on or today(),
            "version": str(known.version),
        }
    )
    return _form(
        slug,
        workshop,
        form,
        "workshops/return.html",
        lambda: storage.save_return(community_db(), actor(), form.as_record(commitment_id), today(), form.once_key),
        "Le retour est noté.",
        known,
    )


@pages.get("/calendrier.ics")
@allowed(Action.VIEW_WORKSHOPS)
def calendar(slug: str) -> Response:
    """Every workshop, to open in a calendar."""
    found = [
        (known, url_for("workshops.show", slug=slug, workshop_id=known.id, _external=True))
        for known in list_workshops(community_db())
    ]
    text = as_calendar(found, get_community(community_db()).name, datetime.now(UTC))
    answer = Response(text, mimetype="text/calendar")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{slug}.ics")
    return answer


def may_tell(known: Commitment) -> bool:
    """Whether this person may say what became of a commitment."""
    return may(actor(), Action.RUN_WORKSHOPS) or known.member_id == actor().member_id


def _people(workshop: Workshop) -> list[tuple[str, str]]:
    """Those who were there, then everybody else."""
    there = set(present_ids(community_db(), workshop.id))
    members = sorted(list_members(community_db()), key=lambda known: known.id not in there)
    return [(str(known.id), known.listed_name) for known in members]


def _sent() -> Attached | None:
    file = request.files.get("file")
    return attached(file.filename, file.read()) if file and file.filename else None


def _form(
    slug: str,
    workshop: Workshop,
    form: Form,
    template: str,
    save: Callable[[], object],
    said: str,
    commitment: Commitment | None = None,
) -> Answer:
    """Show, save, go back to the workshop."""
    if form.submitted():
        try:
            save()
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(said)
            return redirect(url_for("workshops.show", slug=slug, workshop_id=workshop.id), 303)
    return render_template(template, form=form, workshop=workshop, commitment=commitment)
