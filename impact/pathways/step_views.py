"""The steps of a follow-up: agreement, decision, pathway, notes, exit."""

from collections.abc import Callable, Mapping

from flask import flash, redirect, render_template, request, url_for

from impact.accounts.access import RIGHTS, Action, readable_fields
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, directory, today
from impact.accounts.storage import list_memberships
from impact.communities.storage import list_members
from impact.exceptions import NotAllowed, Refused
from impact.forms import Form
from impact.pathways import pathway_storage, review_storage, storage, views
from impact.pathways.file_storage import get_note, list_lines, list_notes, open_file
from impact.pathways.forms import ConsentForm, DecisionForm, OrientationForm, WithdrawalForm
from impact.pathways.meeting_storage import find_review
from impact.pathways.pathway_forms import (
    NoteForm,
    ObjectiveForm,
    ReferentForm,
    ReopeningForm,
    ReviewForm,
    StartForm,
    domain_review_form,
    exit_form,
)
from impact.pathways.records import ChildFile, DomainReview, DomainScore, Note, Orientation
from impact.pathways.review_storage import list_reviews
from impact.pathways.rules import (
    agreement,
    domain_class,
    file_state,
    may_rewrite,
    open_pathway,
    previous_score,
    referent_of,
    writable_classes,
)
from impact.pathways.views import Answer
from impact.pathways.vocabulary import ReferenceList, Score, State
from impact.reference_lists import choices

pages = views.pages


@pages.route("/<int:situation_id>/orientation", methods=["GET", "POST"])
@allowed(Action.ADD_SITUATION)
def orientation(slug: str, situation_id: int) -> Answer:
    """What the sender says: who, what was tried, who informed the parents, what the family wishes."""
    file = open_file(community_db(), actor(), Action.ADD_SITUATION, situation_id)
    form = OrientationForm(data=_orientation_as_typed(file.orientation))

    def save() -> None:
        storage.save_orientation(community_db(), actor(), situation_id, form.as_record(), today(), form.once_key)

    return _step(slug, file, form, "orientation", save, "La fiche d’orientation est enregistrée.")


@pages.route("/<int:situation_id>/accord", methods=["GET", "POST"])
@allowed(Action.ADD_SITUATION)
def consent(slug: str, situation_id: int) -> Answer:
    """The agreement of a legal representative."""
    file = open_file(community_db(), actor(), Action.ADD_SITUATION, situation_id)
    form = ConsentForm(data={"given_on": today(), "text_version": storage.last_text_version(community_db())})

    def save() -> None:
        storage.add_consent(community_db(), actor(), situation_id, form.as_record(), today(), form.once_key)

    return _step(slug, file, form, "consent", save, "L’accord est enregistré.")


@pages.route("/<int:situation_id>/retrait-accord", methods=["GET", "POST"])
@allowed(Action.ADD_SITUATION)
def withdraw(slug: str, situation_id: int) -> Answer:
    """The agreement is withdrawn: nothing more is written."""
    file = open_file(community_db(), actor(), Action.ADD_SITUATION, situation_id)
    form = WithdrawalForm(data={"withdrawn_on": today()})

    def save() -> None:
        storage.withdraw_consent(community_db(), actor(), situation_id, form.withdrawn_on.data, today(), form.once_key)

    return _step(slug, file, form, "withdraw", save, "Le retrait est enregistré : plus rien ne peut être écrit.")


@pages.post("/<int:situation_id>/presentation")
@allowed(Action.DECIDE_SITUATION)
def present(slug: str, situation_id: int) -> Answer:
    """Let the partners of the support team read the situation."""
    open_file(community_db(), actor(), Action.DECIDE_SITUATION, situation_id)
    form = ConfirmForm()
    if form.submitted():
        storage.present_situation(community_db(), actor(), situation_id, today(), form.once_key)
        flash("Les partenaires de l’équipe de soutien peuvent maintenant lire cette situation.")
    return redirect(url_for("pathways.show", slug=slug, situation_id=situation_id), 303)


@pages.route("/<int:situation_id>/decision", methods=["GET", "POST"])
@allowed(Action.DECIDE_SITUATION)
def decide(slug: str, situation_id: int) -> Answer:
    """What the support team decided."""
    file = open_file(community_db(), actor(), Action.DECIDE_SITUATION, situation_id)
    form = DecisionForm(data={"decided_on": today()})

    def save() -> None:
        storage.add_decision(community_db(), actor(), situation_id, form.as_record(), today(), form.once_key)

    return _step(slug, file, form, "decision", save, "La décision est enregistrée.")


@pages.route("/<int:situation_id>/ouverture", methods=["GET", "POST"])
@allowed(Action.DECIDE_SITUATION)
def start(slug: str, situation_id: int) -> Answer:
    """The pathway that the team decided."""
    file = open_file(community_db(), actor(), Action.DECIDE_SITUATION, situation_id)
    agreed = find_review(community_db(), situation_id)
    form = StartForm(data={"started_on": today(), "review_on": agreed if agreed and agreed > today() else None})
    form.referent_id.choices = _referent_choices()

    def save() -> None:
        pathway_storage.start_pathway(
            community_db(),
            actor(),
            situation_id,
            form.started_on.data,
            form.review_on.data,
            int(form.referent_id.data),
            form.as_records(),
            today(),
            form.once_key,
        )

    return _step(slug, file, form, "start", save, "Le parcours est ouvert.")


@pages.route("/<int:situation_id>/objectifs", methods=["GET", "POST"])
@allowed(Action.FOLLOW_CHILD)
def objective(slug: str, situation_id: int) -> Answer:
    """One more objective."""
    file = open_file(community_db(), actor(), Action.FOLLOW_CHILD, situation_id)
    form = ObjectiveForm()

    def save() -> None:
        pathway_storage.add_objective(community_db(), actor(), situation_id, form.as_record(), form.once_key)

    return _step(slug, file, form, "objective", save, "L’objectif est ajouté.")


@pages.route("/<int:situation_id>/bilan", methods=["GET", "POST"])
@allowed(Action.FOLLOW_CHILD)
def review(slug: str, situation_id: int) -> Answer:
    """The date of the next review."""
    file = open_file(community_db(), actor(), Action.FOLLOW_CHILD, situation_id)
    pathway = open_pathway(file)
    form = ReviewForm(data={"review_on": pathway.review_on, "version": str(pathway.version)})

    def save() -> None:
        pathway_storage.change_review(
            community_db(), actor(), situation_id, form.review_on.data, form.version_read, form.once_key
        )

    return _step(slug, file, form, "review", save, "La date du bilan est enregistrée.")


@pages.route("/<int:situation_id>/bilan-par-domaine", methods=["GET", "POST"])
@allowed(Action.FOLLOW_CHILD)
def domain_review(slug: str, situation_id: int) -> Answer:
    """A review domain by domain: the previous score beside the new one, with a written reason."""
    file = open_file(community_db(), actor(), Action.FOLLOW_CHILD, situation_id)
    open_pathway(file)
    readable = readable_fields(actor())
    covered = writable_classes(file, readable)
    domains = choices(community_db(), ReferenceList.DOMAINS, today())
    form = domain_review_form([(code, label) for code, label in domains if domain_class(code) in covered])
    if not form.is_submitted():
        form.reviewed_on.data = today()
    reviews = list_reviews(community_db(), file, readable)

    def save() -> None:
        review_storage.add_review(
            community_db(), actor(), situation_id, form.as_record(), form.review_on.data, today(), form.once_key
        )

    previous = {code: previous_score(reviews, code) for code, _ in domains}
    return _step(slug, file, form, "domain_review", save, "Le bilan est enregistré.", previous=previous)


@pages.route("/<int:situation_id>/referent", methods=["GET", "POST"])
@allowed(Action.DECIDE_SITUATION)
def referent(slug: str, situation_id: int) -> Answer:
    """Hand the child over to another referent."""
    file = open_file(community_db(), actor(), Action.DECIDE_SITUATION, situation_id)
    pathway, current = open_pathway(file), referent_of(file)
    chosen = str(current.member_id) if current else ""
    form = ReferentForm(data={"referent_id": chosen, "since": today(), "version": str(pathway.version)})
    form.referent_id.choices = _referent_choices()

    def save() -> None:
        pathway_storage.change_referent(
            community_db(),
            actor(),
            situation_id,
            int(form.referent_id.data),
            form.since.data,
            form.version_read,
            today(),
            form.once_key,
        )

    return _step(slug, file, form, "referent", save, "Le changement est enregistré.")


@pages.route("/<int:situation_id>/notes/nouvelle", methods=["GET", "POST"])
@allowed(Action.FOLLOW_CHILD)
def add_note(slug: str, situation_id: int) -> Answer:
    """A follow-up note."""
    file = open_file(community_db(), actor(), Action.FOLLOW_CHILD, situation_id)
    classes = writable_classes(file, readable_fields(actor()))
    form = NoteForm(data={"contact_on": today(), "field_class": classes[0].value if classes else ""})
    form.offer(classes, open_pathway(file).objectives)

    def save() -> None:
        pathway_storage.add_note(community_db(), actor(), situation_id, form.as_record(), today(), form.once_key)

    return _step(slug, file, form, "note", save, "La note est enregistrée.", again="pathways.add_note")


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

    return _step(slug, file, form, "note", save, "La note est corrigée.", note=note)


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


@pages.route("/<int:situation_id>/sortie", methods=["GET", "POST"])
@allowed(Action.END_PATHWAY)
def leave(slug: str, situation_id: int) -> Answer:
    """The end of the pathway, with its reason and results."""
    file = open_file(community_db(), actor(), Action.END_PATHWAY, situation_id)
    reasons = choices(community_db(), ReferenceList.EXIT_REASONS, today())
    form = exit_form(open_pathway(file).objectives, reasons)
    if not form.is_submitted():
        form.ended_on.data = today()

    def save() -> None:
        pathway_storage.end_pathway(community_db(), actor(), situation_id, form.as_record(), today(), form.once_key)

    return _step(slug, file, form, "exit", save, "Le parcours est terminé.")


@pages.route("/<int:situation_id>/reouverture", methods=["GET", "POST"])
@allowed(Action.END_PATHWAY)
def reopen(slug: str, situation_id: int) -> Answer:
    """A new episode of a pathway that was over."""
    file = open_file(community_db(), actor(), Action.END_PATHWAY, situation_id)
    form = ReopeningForm(data={"reopened_on": today()})

    def save() -> None:
        pathway_storage.reopen_pathway(
            community_db(),
            actor(),
            situation_id,
            form.reopened_on.data,
            form.reason.data or "",
            today(),
            form.once_key,
        )

    return _step(slug, file, form, "reopen", save, "Le parcours est rouvert. Un accord retiré reste retiré.")


def _step(
    slug: str,
    file: ChildFile,
    form: Form,
    page: str,
    save: Callable[[], None],
    done: str,
    *,
    again: str = "",
    note: Note | None = None,
    previous: Mapping[str, tuple[DomainReview, DomainScore] | None] | None = None,
) -> Answer:
    """Show a form about one child, save it, or explain why it is refused."""
    situation_id = file.situation.id
    if form.submitted():
        try:
            save()
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(done)
            target = again if again and "again" in request.form else "pathways.show"
            return redirect(url_for(target, slug=slug, situation_id=situation_id), 303)
    return render_template(
        f"pathways/{page}.html",
        form=form,
        file=file,
        note=note,
        previous=previous,
        scale={int(score.value): score.label for score in Score},
        consent=agreement(file.consents),
        state=file_state(file),
        last=next(iter(list_notes(community_db(), file, readable_fields(actor()))), None) if page == "note" else None,
        day=today(),
    )


def _referent_choices() -> list[tuple[str, str]]:
    """Members whose role follows children, and those who already follow some without an account."""
    by_role = {
        known.member_id
        for known in list_memberships(directory(), slug=str((request.view_args or {})["slug"]))
        if Action.FOLLOW_CHILD in RIGHTS[known.role]
    }
    following = {line.referent_id for line in list_lines(community_db(), today()) if line.state is State.FOLLOWED}
    return [
        (str(member.id), member.name)
        for member in list_members(community_db())
        if member.id in by_role or (member.account_ref is None and member.id in following)
    ]


def _orientation_as_typed(stored: Orientation | None) -> dict[str, object]:
    if stored is None:
        return {"version": "0"}
    return {
        "given_name": stored.sender.given_name,
        "family_name": stored.sender.family_name,
        "sender_role": stored.sender_role,
        "institution": stored.institution,
        "tried": stored.tried,
        "informed_by": stored.informed_by,
        "informed_on": stored.informed_on,
        "child_wish": stored.child_wish,
        "parents_wish": stored.parents_wish,
        "version": str(stored.version),
    }


def _as_typed(note: Note) -> dict[str, object]:
    return {
        "contact_kind": note.contact_kind.value,
        "contact_on": note.contact_on,
        "minutes": note.minutes,
        "field_class": note.field_class.value,
        "observed": note.observed,
        "appreciation": note.appreciation,
        "objective_id": str(note.objective_id or ""),
        "next_step": note.next_step,
        "next_on": note.next_on,
        "version": str(note.version),
    }
