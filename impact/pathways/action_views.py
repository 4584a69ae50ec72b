"""Actions of a pathway, by domain."""

from impact.accounts.access import Action, readable_fields
from impact.accounts.guards import actor, allowed, community_db, today
from impact.communities.storage import list_organisations
from impact.pathways import action_storage, views
from impact.pathways.action_forms import ActionForm
from impact.pathways.file_storage import open_file
from impact.pathways.records import ChildFile, PathwayAction
from impact.pathways.rules import domain_class, open_pathway, writable_classes
from impact.pathways.step_views import step
from impact.pathways.views import Answer
from impact.pathways.vocabulary import ReferenceList
from impact.reference_lists import choices

pages = views.pages


@pages.route("/<int:situation_id>/actions/nouvelle", methods=["GET", "POST"])
@allowed(Action.FOLLOW_CHILD)
def add_action(slug: str, situation_id: int) -> Answer:
    """One more thing done for the child."""
    file = open_file(community_db(), actor(), Action.FOLLOW_CHILD, situation_id)
    open_pathway(file)
    form = ActionForm(data={"started_on": today(), "version": "0"})
    _offer(form, file)

    def save() -> None:
        action_storage.save_action(community_db(), actor(), situation_id, form.as_record(), today(), form.once_key)

    return step(slug, file, form, "action", save, "L’action est enregistrée.", again="pathways.add_action", action=None)


@pages.route("/<int:situation_id>/actions/<int:action_id>/modifier", methods=["GET", "POST"])
@allowed(Action.FOLLOW_CHILD)
def change_action(slug: str, situation_id: int, action_id: int) -> Answer:
    """Correct an action, or say that it is over and what it took."""
    file = open_file(community_db(), actor(), Action.FOLLOW_CHILD, situation_id)
    open_pathway(file)
    action = action_storage.get_action(community_db(), file, action_id, readable_fields(actor()))
    form = ActionForm(data=_as_typed(action))
    _offer(form, file, action.domain)

    def save() -> None:
        action_storage.save_action(
            community_db(), actor(), situation_id, form.as_record(action_id), today(), form.once_key
        )

    return step(slug, file, form, "action", save, "L’action est corrigée.", action=action)


def _offer(form: ActionForm, file: ChildFile, kept: str = "") -> None:
    """The domains that the agreement covers, and the one that is kept though it is no longer offered."""
    covered = writable_classes(file, readable_fields(actor()))
    offered = choices(community_db(), ReferenceList.DOMAINS, today(), [kept])
    form.domain.choices = [(code, label) for code, label in offered if domain_class(code) in covered]
    form.organisation_id.choices = [(str(each.id), each.name) for each in list_organisations(community_db())]


def _as_typed(action: PathwayAction) -> dict[str, object]:
    return {
        "domain": action.domain,
        "label": action.label,
        "organisation_id": str(action.organisation_id or ""),
        "rhythm": action.rhythm,
        "started_on": action.started_on,
        "ended_on": action.ended_on,
        "hours": action.hours,
        "cost": _euros(action.cost_cents),
        "cofunded": _euros(action.cofunded_cents),
        "cofunder": action.cofunder,
        "version": str(action.version),
    }


def _euros(cents: int | None) -> float | None:
    return None if cents is None else cents / 100
