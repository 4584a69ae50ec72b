"""Actions of a pathway: domain, hours, cost, and what a role does not read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from impact.accounts.access import FieldClass, readable_fields
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.demo import PRE
from impact.exceptions import Refused
from impact.pathways.action_storage import list_actions, save_action
from impact.pathways.file_storage import get_file
from impact.pathways.records import PathwayAction

TODAY = date(2026, 11, 20)
BASE = f"/communautes/{PRE}/enfants"
Child = Callable[..., int]
THEATRE = PathwayAction("culture", "Atelier théâtre", date(2026, 10, 7), hours=30, cost_cents=36000)
TYPED = {
    "domain": "culture",
    "label": "Atelier théâtre",
    "rhythm": "Le mercredi",
    "started_on": "07/10/2026",
    "hours": "30,5",
    "cost": "360",
    "cofunded": "120",
    "cofunder": "Ville",
    "version": "0",
}


def test_an_action_is_written_then_corrected(browse: Any, db: EncryptedDatabase, followed: Child) -> None:
    child = followed()
    page, basile = f"{BASE}/{child}/actions/nouvelle", browse("basile")
    wrong = basile.send(page, TYPED | {"cofunded": "400"}).get_data(as_text=True)
    assert "Le cofinancement dépasse le coût" in wrong
    assert "Le mercredi" in wrong
    shown = basile.follow(page, TYPED).replace("\u00a0", " ")
    assert "Atelier théâtre" in shown
    assert "360 €" in shown
    (stored,) = list_actions(db, get_file(db, child), frozenset(FieldClass))
    assert (stored.hours, stored.cost_cents, stored.cofunded_cents) == (30.5, 36000, 12000)
    change = f"{BASE}/{child}/actions/{stored.id}/modifier"
    over = TYPED | {"version": "1", "ended_on": "18/11/2026"}
    assert "Du 07/10/2026 au 18/11/2026" in basile.follow(change, over)
    assert basile.send(change, over).status_code == 409
    for persona, status in (("denis", 403), ("elodie", 403), ("chloe", 404)):
        browse(persona).get(page, status)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"started_on": date(2026, 9, 1)}, "parcours a commencé"),
        ({"ended_on": date(2026, 10, 1)}, "finit après"),
        ({"cofunded_cents": 100}, "qui cofinance"),
        ({"domain": "health"}, "ne couvre pas ce domaine"),
    ],
)
def test_what_contradicts_the_file_is_refused(
    db: EncryptedDatabase, amina: Actor, followed: Child, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(Refused, match=message):
        save_action(db, amina, followed(), replace(THEATRE, **changes), TODAY)


def test_a_health_action_is_sealed_and_hidden_from_partners(
    db: EncryptedDatabase, amina: Actor, partner: Actor, followed: Child
) -> None:
    child = followed(scope=tuple(FieldClass)[1:])
    save_action(db, amina, child, replace(THEATRE, domain="health", label="CANARI-ORTHOPHONIE"), TODAY)
    file = get_file(db, child)
    assert list_actions(db, file, readable_fields(amina))[0].label == "CANARI-ORTHOPHONIE"
    assert list_actions(db, file, readable_fields(partner)) == []
    assert db.value("SELECT label FROM pathway_action") == ""
