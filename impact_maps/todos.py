"""What « À faire » says about value chains."""

from datetime import date

from impact.accounts.access import Action, may
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.navigation import Todo, Urgency
from impact.wording import french, long_date
from impact_maps.records import Chain, Link
from impact_maps.rules import get_box, unanswered
from impact_maps.storage import find_chain


def chain_todos(db: EncryptedDatabase, actor: Actor, today: date) -> list[Todo]:
    """Contradicted assumptions of which nobody said what to do, for those who draw the chain."""
    if not may(actor, Action.EDIT_MAP):
        return []
    chain = find_chain(db)
    return [_contradicted(chain, link) for link in unanswered(chain)] if chain else []


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
