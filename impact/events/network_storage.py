"""The public agenda and what is registered there; offers, opinions, resources."""

import secrets
from datetime import date

from impact.audit import SYSTEM, Actor, Deed, write
from impact.communities.storage import get_organisation
from impact.db import EncryptedDatabase
from impact.events.records import Event, Offer, Registering, Resource
from impact.events.rules import check_address, check_registering
from impact.events.storage import get_event, get_series, list_events, list_series
from impact.events.vocabulary import Relevance
from impact.exceptions import NotFound


def find_token(db: EncryptedDatabase) -> str | None:
    """The last part of the agenda's address; None while it is closed."""
    token = db.value("SELECT token FROM public_agenda")
    return None if token is None else str(token)


def open_agenda(db: EncryptedDatabase, actor: Actor, once: str = "") -> None:
    """Give the agenda its public address; it stays the same while it is open."""
    with write(db, actor, once) as log:
        db.execute(
            "INSERT INTO public_agenda (id, token) VALUES (1, ?) ON CONFLICT DO NOTHING", (secrets.token_urlsafe(12),)
        )
        log.note(Deed.CREATE, "public_agenda", 1)


def close_agenda(db: EncryptedDatabase, actor: Actor, once: str = "") -> None:
    """The page is gone; opened again, it has another address."""
    with write(db, actor, once) as log:
        db.execute("DELETE FROM public_agenda")
        log.note(Deed.DELETE, "public_agenda", 1)


def list_coming(db: EncryptedDatabase, token: str, today: date) -> list[Event]:
    """The dates to come that take registrations; raises NotFound when no agenda has this address."""
    known = find_token(db)
    if known is None or not secrets.compare_digest(known, token):
        raise NotFound
    by_class = {series.id for series in list_series(db) if series.by_class}
    return [
        event
        for event in list_events(db)
        if event.held_on >= today and not event.is_held and event.series_id not in by_class
    ]


def register(db: EncryptedDatabase, event_id: int, said: Registering, today: date, once: str = "") -> None:
    """Count people of one kind of institution among the registered; raises Refused when it is over or full."""
    with write(db, SYSTEM, once) as log:
        event = get_event(db, event_id)
        check_registering(event, get_series(db, event.series_id).by_class, said.people, today)
        db.execute(
            "INSERT INTO event_presence (event_id, kind, registered, excused, on_site, remote) VALUES (?, ?, ?, 0, 0, 0)"
            " ON CONFLICT (event_id, kind) DO UPDATE SET registered = registered + excluded.registered",
            (event_id, said.kind.value, said.people),
        )
        db.execute("UPDATE event SET version = version + 1 WHERE id = ?", (event_id,))
        log.note(Deed.CHANGE, "event", event_id, ["registered"])


def add_offer(db: EncryptedDatabase, actor: Actor, offer: Offer, once: str = "") -> int:
    """Give the id."""
    with write(db, actor, once) as log:
        get_organisation(db, offer.organisation_id)
        added = db.insert_row(
            "INSERT INTO network_offer (organisation_id, title, words, offered_on) VALUES (?, ?, ?, ?)",
            (offer.organisation_id, offer.title, offer.words, offer.offered_on.isoformat()),
        )
        log.note(Deed.CREATE, "network_offer", added)
    return added


def withdraw_offer(db: EncryptedDatabase, actor: Actor, offer_id: int, today: date, once: str = "") -> None:
    """No longer offered; what was said of it stays in the figures."""
    with write(db, actor, once) as log:
        get_offer(db, offer_id)
        db.execute("UPDATE network_offer SET withdrawn_on = ? WHERE id = ?", (today.isoformat(), offer_id))
        log.note(Deed.CHANGE, "network_offer", offer_id, ["withdrawn_on"])


def say_relevance(
    db: EncryptedDatabase, actor: Actor, offer_id: int, member_id: int, relevance: Relevance, once: str = ""
) -> None:
    """What a member says of an offer, in place of what she said before."""
    with write(db, actor, once) as log:
        get_offer(db, offer_id)
        db.execute(
            "INSERT INTO offer_opinion (offer_id, member_id, relevance) VALUES (?, ?, ?)"
            " ON CONFLICT (offer_id, member_id) DO UPDATE SET relevance = excluded.relevance",
            (offer_id, member_id, relevance.value),
        )
        log.note(Deed.CHANGE, "network_offer", offer_id, ["relevance"])


def get_offer(db: EncryptedDatabase, offer_id: int) -> Offer:
    """Raises NotFound."""
    for offer in list_offers(db):
        if offer.id == offer_id:
            return offer
    raise NotFound


def list_offers(db: EncryptedDatabase) -> list[Offer]:
    """The latest first, the withdrawn ones included."""
    opinions: dict[int, dict[int, Relevance]] = {}
    for row in db.rows("SELECT * FROM offer_opinion"):
        opinions.setdefault(row["offer_id"], {})[row["member_id"]] = Relevance(row["relevance"])
    return [
        Offer(
            row["id"],
            row["organisation_id"],
            row["title"],
            row["words"],
            date.fromisoformat(row["offered_on"]),
            date.fromisoformat(row["withdrawn_on"]) if row["withdrawn_on"] else None,
            opinions.get(row["id"], {}),
        )
        for row in db.rows("SELECT * FROM network_offer ORDER BY offered_on DESC, id DESC")
    ]


def add_resource(db: EncryptedDatabase, actor: Actor, resource: Resource, once: str = "") -> int:
    """Give the id; raises Refused on an address that is not one of the web."""
    check_address(resource.address)
    with write(db, actor, once) as log:
        added = db.insert_row(
            "INSERT INTO network_resource (title, words, address, theme, added_on) VALUES (?, ?, ?, ?, ?)",
            (resource.title, resource.words, resource.address, resource.theme, resource.added_on.isoformat()),
        )
        log.note(Deed.CREATE, "network_resource", added)
    return added


def remove_resource(db: EncryptedDatabase, actor: Actor, resource_id: int, once: str = "") -> None:
    """Raises NotFound."""
    with write(db, actor, once) as log:
        if not db.changed("DELETE FROM network_resource WHERE id = ?", (resource_id,)):
            raise NotFound
        log.note(Deed.DELETE, "network_resource", resource_id)


def list_resources(db: EncryptedDatabase) -> list[Resource]:
    """By theme, then the latest first."""
    return [
        Resource(**{**row, "added_on": date.fromisoformat(row["added_on"])})
        for row in db.rows("SELECT * FROM network_resource ORDER BY theme, added_on DESC, id DESC")
    ]
