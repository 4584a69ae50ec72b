"""The pathway: opening, objectives, reviews, referent, exit, reopening."""

from flask import request

from impact.accounts.access import RIGHTS, Action, readable_fields
from impact.accounts.guards import actor, allowed, community_db, directory, today
from impact.accounts.storage import list_memberships
from impact.communities.storage import list_members
from impact.pathways import pathway_storage, review_storage, views
from impact.pathways.file_storage import named_profiles, open_file
from impact.pathways.line_storage import list_referents
from impact.pathways.meeting_storage import find_review
from impact.pathways.pathway_forms import (
    ObjectiveForm,
    ReopeningForm,
    ReviewForm,
    StartForm,
    domain_review_form,
    exit_form,
)
from impact.pathways.review_storage import list_reviews
from impact.pathways.rules import (
    domain_class,
    open_pathway,
    previous_score,
    writable_classes,
)
from impact.pathways.step_views import step
from impact.pathways.views import Answer
from impact.pathways.vocabulary import ReferenceList, Score
from impact.reference_lists import choices

pages = views.pages


@pages.route("/<int:situation_id>/ouverture", methods=["GET", "POST"])
@allowed(Action.DECIDE_SITUATION)
def start(slug: str, situation_id: int) -> Answer:
    """The pathway that the team decided."""
    file = open_file(community_db(), actor(), Action.DECIDE_SITUATION, situation_id)
    agreed = find_review(community_db(), situation_id)
    form = StartForm(data={"started_on": today(), "review_on": agreed if agreed and agreed > today() else None})
    form.referent_id.choices = referent_choices()
    form.profile.choices = choices(community_db(), ReferenceList.PROFILES, today())

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
            profile=form.profile.data or "",
        )

    return step(slug, file, form, "start", save, "Le parcours est ouvert.")


@pages.route("/<int:situation_id>/objectifs", methods=["GET", "POST"])
@allowed(Action.FOLLOW_CHILD)
def objective(slug: str, situation_id: int) -> Answer:
    """One more objective."""
    file = open_file(community_db(), actor(), Action.FOLLOW_CHILD, situation_id)
    form = ObjectiveForm()

    def save() -> None:
        pathway_storage.add_objective(community_db(), actor(), situation_id, form.as_record(), form.once_key)

    return step(slug, file, form, "objective", save, "L’objectif est ajouté.")


@pages.route("/<int:situation_id>/bilan", methods=["GET", "POST"])
@allowed(Action.FOLLOW_CHILD)
def review(slug: str, situation_id: int) -> Answer:
    """The next review, the end that is expected, the profile."""
    file = open_file(community_db(), actor(), Action.FOLLOW_CHILD, situation_id)
    pathway = open_pathway(file)
    form = ReviewForm(
        data={
            "review_on": pathway.review_on,
            "expected_end_on": pathway.expected_end_on,
            "profile": pathway.profile,
            "version": str(pathway.version),
        }
    )
    form.profile.choices = choices(community_db(), ReferenceList.PROFILES, today(), [pathway.profile])

    def save() -> None:
        pathway_storage.change_review(
            community_db(),
            actor(),
            situation_id,
            form.review_on.data,
            form.version_read,
            today(),
            form.once_key,
            expected_end_on=form.expected_end_on.data,
            profile=form.profile.data or "",
            profile_since=form.profile_since.data,
        )

    return step(slug, file, form, "review", save, "C’est enregistré.", profiles=named_profiles(community_db(), file))


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
    return step(slug, file, form, "domain_review", save, "Le bilan est enregistré.", previous=previous, scale=_scale())


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

    starting = {known.id: known.starting_level for known in open_pathway(file).objectives}
    return step(slug, file, form, "exit", save, "Le parcours est terminé.", starting=starting, scale=_scale())


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

    return step(slug, file, form, "reopen", save, "Le parcours est rouvert. Un accord retiré reste retiré.")


def referent_choices() -> list[tuple[str, str]]:
    """Members whose role follows children, and those who already follow some without an account."""
    by_role = {
        known.member_id
        for known in list_memberships(directory(), slug=str((request.view_args or {})["slug"]))
        if Action.FOLLOW_CHILD in RIGHTS[known.role]
    }
    following = {member_id for member_id, _ in list_referents(community_db())}
    return [
        (str(member.id), member.name)
        for member in list_members(community_db())
        if member.id in by_role or (member.account_ref is None and member.id in following)
    ]


def _scale() -> dict[int, str]:
    return {int(score.value): score.label for score in Score}
