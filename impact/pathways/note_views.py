"""Follow-up notes."""

from flask import flash, redirect, url_for

from impact.accounts.access import Action, readable_fields
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.exceptions import NotAllowed
from impact.pathways import pathway_storage, views
from impact.pathways.file_storage import get_note, list_notes, open_file
from impact.pathways.pathway_forms import (
    NoteForm,
)
from impact.pathways.records import Note
from impact.pathways.rules import (
    may_rewrite,
    open_pathway,
    writable_classes,
)
from impact.pathways.sibling_storage import add_shared_note, list_siblings
from impact.pathways.step_views import step
from impact.pathways.views import Answer
from impact.pathways.vocabulary import State

pages = views.pages


@pages.route("/<int:situation_id>/notes/nouvelle", methods=["GET", "POST"])
@allowed(Action.FOLLOW_CHILD)
def add_note(slug: str, situation_id: int) -> Answer:
    """A follow-up note."""
    file = open_file(community_db(), actor(), Action.FOLLOW_CHILD, situation_id)
    classes = writable_classes(file, readable_fields(actor()))
    last = next(iter(list_notes(community_db(), file, readable_fields(actor()))), None)
    first = {"contact_on": today(), "field_class": classes[0].value if classes else ""}
    form = NoteForm(data=first | (_as_last_time(last) if last else {}))
    siblings = [
        line
        for line in list_siblings(community_db(), actor(), file.situation.child_id, today())[0]
        if line.state is State.FOLLOWED
    ]
    form.offer(classes, open_pathway(file).objectives, siblings)

    def save() -> None:
        others = [line for line in siblings if str(line.situation_id) in (form.also.data or [])]
        add_shared_note(community_db(), actor(), situation_id, others, form.as_record(), today(), form.once_key)

    return step(
        slug, file, form, "note", save, "La note est enregistrée.", again="pathways.add_note", note=None, last=last
    )


@pages.route("/<int:situation_id>/notes/<int:note_id>/modifier", methods=["GET", "POST"])
@allowed(Action.FOLLOW_CHILD)
def change_note(slug: str, situation_id: int, note_id: int) -> Answer:
    """Correct a note of one's own."""
    file = open_file(community_db(), actor(), Action.FOLLOW_CHILD, situation_id)
    note = get_note(community_db(), file, note_id, readable_fields(actor()))
    if not may_rewrite(actor(), note):
        raise NotAllowed("Seule la personne qui a écrit la note, ou la coordination, la corrige.")
    form = NoteForm(data=_as_typed(note))
    form.offer(writable_classes(file, readable_fields(actor())), open_pathway(file).objectives)

    def save() -> None:
        pathway_storage.change_note(
            community_db(), actor(), situation_id, form.as_record(note_id), today(), form.once_key
        )

    return step(slug, file, form, "note", save, "La note est corrigée.", note=note, last=None)


@pages.post("/<int:situation_id>/notes/<int:note_id>/suite-donnee")
@allowed(Action.FOLLOW_CHILD)
def finish_step(slug: str, situation_id: int, note_id: int) -> Answer:
    """What a note asked for is done."""
    open_file(community_db(), actor(), Action.FOLLOW_CHILD, situation_id)
    form = ConfirmForm()
    if form.submitted():
        pathway_storage.finish_next_step(community_db(), actor(), situation_id, note_id, today(), form.once_key)
        flash("C’est noté : la suite est donnée.")
    return redirect(url_for("pathways.show", slug=slug, situation_id=situation_id), 303)


def _as_last_time(note: Note) -> dict[str, object]:
    """What most often stays the same from one contact to the next."""
    return {
        "contact_kind": note.contact_kind.value,
        "with_whom": note.with_whom,
        "objective_id": str(note.objective_id or ""),
    }


def _as_typed(note: Note) -> dict[str, object]:
    return {
        "contact_kind": note.contact_kind.value,
        "contact_on": note.contact_on,
        "with_whom": note.with_whom,
        "minutes": note.minutes,
        "field_class": note.field_class.value,
        "observed": note.observed,
        "appreciation": note.appreciation,
        "objective_id": str(note.objective_id or ""),
        "next_step": note.next_step,
        "next_on": note.next_on,
        "version": str(note.version),
    }
