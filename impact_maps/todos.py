"""What « À faire » says about value chains and the community's own indicators."""

from datetime import date

from impact.accounts.access import Action, may
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.navigation import Todo, Urgency
from impact.wording import french, long_date
from impact_maps.own_rules import is_due
from impact_maps.own_storage import list_own, own_values
from impact_maps.records import Chain, Link, OwnIndicator
from impact_maps.rules import get_box, unanswered
from impact_maps.storage import find_chain


def chain_todos(db: EncryptedDatabase, actor: Actor, today: date) -> list[Todo]:
    """Contradicted assumptions of which nobody said what to do, for those who draw the chain."""
    if not may(actor, Action.EDIT_MAP):
        return []
    chain = find_chain(db)
    return [_contradicted(chain, link) for link in unanswered(chain)] if chain else []


def indicator_todos(db: EncryptedDatabase, actor: Actor, today: date) -> list[Todo]:
    """Values that their rhythm awaits, for who answers for them; for all who draw the maps when nobody does."""
    if not may(actor, Action.EDIT_MAP):
        return []
    values = own_values(db)
    last = {own: max((value.day for value in values.get(own.id, ())), default=None) for own in list_own(db)}
    return [
        _awaited(own, day)
        for own, day in last.items()
        if own.responsible in (None, actor.member_id) and is_due(own, day, today)
    ]


def _awaited(own: OwnIndicator, last: date | None) -> Todo:
    said = f"La dernière valeur date du {long_date(last)}." if last else "Aucune valeur n’est encore saisie."
    return Todo(
        Urgency.MISSING,
        french(own.title),
        french(f"Indicateur à relever {own.rhythm.label.lower()}. {said}"),
        "Saisir la valeur",
        "impact_maps.show_own",
        {"indicator_id": own.id},
    )


def _contradicted(chain: Chain, link: Link) -> Todo:
    source, target = (get_box(chain, end).content.words for end in (link.source, link.target))
    said = chain.assumption(link.source, link.target)
    on = f" le {long_date(said.assessed_on)}" if said.assessed_on else ""
    return Todo(
        Urgency.MISSING,
        french(f"« {source} » mène-t-il à « {target} » ?"),
        french(f"Chaîne de valeur : l’hypothèse a été contredite{on}. Dites ce que vous décidez d’en faire."),
        "Répondre",
        "impact_maps.assumption",
        {"box_id": link.source, "target_id": link.target},
    )
