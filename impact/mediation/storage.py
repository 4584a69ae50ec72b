"""Sites, postings, closures, and the lists they start with."""

from collections.abc import Sequence
from datetime import date

from impact.audit import Actor, Deed, write
from impact.cooperation.vocabulary import MeetingKind
from impact.db import EncryptedDatabase, IntegrityError, Row
from impact.exceptions import Conflict, NotFound, Refused
from impact.mediation.records import Closure, Posting, Site
from impact.mediation.rules import check_ending, check_posting, check_site
from impact.mediation.seeds import SEEDS
from impact.mediation.vocabulary import SiteKind
from impact.pathways.seeds import SEEDS as PATHWAY_SEEDS
from impact.pathways.vocabulary import ReferenceList
from impact.reference_lists import add_items, list_items
from impact.wording import short_date, sort_key


def add_sites(db: EncryptedDatabase, actor: Actor, sites: Sequence[Site], once: str = "") -> list[int]:
    """Give the ids; the first of a community brings the starting lists. Raises Refused on a name already taken."""
    for site in sites:
        check_site(site, ())
    taken = {known.name.casefold() for known in list_sites(db)}
    double = next((site.name for site in sites if site.name.casefold() in taken), None)
    if double is not None:
        raise Refused(f"{double} est déjà dans la liste des sites.", "name")
    with write(db, actor, once) as log:
        seed_lists(db, actor, min(site.opened_on for site in sites))
        added = [
            db.insert_row(
                "INSERT INTO mediation_site (name, kind, opened_on, closed_on, organisation_id) VALUES (?, ?, ?, ?, ?)",
                _site_values(site),
            )
            for site in sites
        ]
        log.note(Deed.CREATE, "mediation_site", added[0] if len(added) == 1 else None)
    return added


def seed_lists(db: EncryptedDatabase, actor: Actor, day: date) -> None:
    """Fill the lists that are empty; the others stay as the community made them."""
    warned = {ReferenceList.WARNED_WORDS.value: PATHWAY_SEEDS[ReferenceList.WARNED_WORDS]}
    for name, items in {**{name.value: items for name, items in SEEDS.items()}, **warned}.items():
        if not list_items(db, name):
            add_items(db, actor, name, items, day)


def change_site(db: EncryptedDatabase, actor: Actor, site: Site, once: str = "") -> None:
    """Raises Conflict when somebody saved it meanwhile, Refused on a name taken or dates that cannot be."""
    check_site(site, list_postings(db, site_id=site.id))
    try:
        with write(db, actor, once) as log:
            changed = db.changed(
                "UPDATE mediation_site SET name = ?, kind = ?, opened_on = ?, closed_on = ?, organisation_id = ?,"
                " version = version + 1 WHERE id = ? AND version = ?",
                (*_site_values(site), site.id, site.version),
            )
            if not changed:
                now = get_site(db, site.id)
                days = {"opened_on": short_date(now.opened_on), "closed_on": short_date(now.closed_on)}
                raise Conflict({"name": now.name, "kind": now.kind.label, **days}, now.version)
            log.note(Deed.CHANGE, "mediation_site", site.id, ["name", "kind", "opened_on", "closed_on"])
    except IntegrityError:
        raise Refused("Un autre site porte déjà ce nom : précisez-le.", "name") from None


def remove_site(db: EncryptedDatabase, actor: Actor, site_id: int, once: str = "") -> None:
    """Entered by mistake; raises Refused when a mediator was ever posted there."""
    with write(db, actor, once) as log:
        get_site(db, site_id)
        if list_postings(db, site_id=site_id):
            raise Refused("Quelqu’un y a été affecté : donnez plutôt au site une date de fin.")
        db.execute("DELETE FROM mediation_site WHERE id = ?", (site_id,))
        log.note(Deed.DELETE, "mediation_site", site_id)


def get_site(db: EncryptedDatabase, site_id: int) -> Site:
    """Raises NotFound."""
    row = db.row("SELECT * FROM mediation_site WHERE id = ?", (site_id,))
    if row is None:
        raise NotFound
    return _site(row)


def list_sites(db: EncryptedDatabase) -> list[Site]:
    """By kind, then by name; those that closed too."""
    kinds = list(SiteKind)
    found = [_site(row) for row in db.rows("SELECT * FROM mediation_site")]
    return sorted(found, key=lambda site: (kinds.index(site.kind), sort_key(site.name)))


def add_posting(db: EncryptedDatabase, actor: Actor, posting: Posting, once: str = "") -> int:
    """Give the id; raises Refused beyond a full-time post, twice on a site, or outside the life of the site."""
    with write(db, actor, once) as log:
        check_posting(posting, get_site(db, posting.site_id), list_postings(db, member_id=posting.member_id))
        added = db.insert_row(
            "INSERT INTO mediation_posting (site_id, member_id, share, started_on, ended_on) VALUES (?, ?, ?, ?, ?)",
            (posting.site_id, posting.member_id, *_posting_values(posting)),
        )
        log.note(Deed.CREATE, "mediation_posting", added)
    return added


def change_posting(db: EncryptedDatabase, actor: Actor, posting: Posting, once: str = "") -> None:
    """Share and dates; raises Conflict when somebody saved it meanwhile, Refused when activities would fall outside."""
    with write(db, actor, once) as log:
        now = get_posting(db, posting.id)
        if now.version != posting.version:
            days = {"started_on": short_date(now.started_on), "ended_on": short_date(now.ended_on)}
            raise Conflict({"share": now.share, **days}, now.version)
        check_posting(posting, get_site(db, now.site_id), list_postings(db, member_id=now.member_id))
        check_ending(posting, _activity_days(db, posting.id))
        db.execute(
            "UPDATE mediation_posting SET share = ?, started_on = ?, ended_on = ?, version = version + 1 WHERE id = ?",
            (*_posting_values(posting), posting.id),
        )
        log.note(Deed.CHANGE, "mediation_posting", posting.id, ["share", "started_on", "ended_on"])


def remove_posting(db: EncryptedDatabase, actor: Actor, posting_id: int, once: str = "") -> None:
    """Entered by mistake; raises Refused when activities are written under it."""
    with write(db, actor, once) as log:
        get_posting(db, posting_id)
        if _activity_days(db, posting_id):
            raise Refused("Des activités sont notées : donnez plutôt une date de fin à cette affectation.")
        db.execute("DELETE FROM mediation_week WHERE posting_id = ?", (posting_id,))
        db.execute("DELETE FROM mediation_posting WHERE id = ?", (posting_id,))
        log.note(Deed.DELETE, "mediation_posting", posting_id)


def get_posting(db: EncryptedDatabase, posting_id: int) -> Posting:
    """Raises NotFound."""
    row = db.row("SELECT * FROM mediation_posting WHERE id = ?", (posting_id,))
    if row is None:
        raise NotFound
    return _posting(row)


def list_postings(db: EncryptedDatabase, site_id: int | None = None, member_id: int | None = None) -> list[Posting]:
    """Those of a site, of a mediator, or all of them; the latest first."""
    rows = db.rows(
        "SELECT * FROM mediation_posting WHERE (:site IS NULL OR site_id = :site)"
        " AND (:member IS NULL OR member_id = :member) ORDER BY started_on DESC, id DESC",
        {"site": site_id, "member": member_id},
    )
    return [_posting(row) for row in rows]


def add_closure(db: EncryptedDatabase, actor: Actor, closure: Closure, once: str = "") -> int:
    """Days on which nobody is expected; raises Refused when they end before they begin."""
    if closure.ends_on < closure.starts_on:
        raise Refused("La fin vient avant le début : corrigez l’une des deux dates.", "ends_on")
    with write(db, actor, once) as log:
        added = db.insert_row(
            "INSERT INTO mediation_closure (label, starts_on, ends_on) VALUES (?, ?, ?)",
            (closure.label, closure.starts_on.isoformat(), closure.ends_on.isoformat()),
        )
        log.note(Deed.CREATE, "mediation_closure", added)
    return added


def remove_closure(db: EncryptedDatabase, actor: Actor, closure_id: int, once: str = "") -> None:
    """Raises NotFound when it is gone."""
    with write(db, actor, once) as log:
        if not db.changed("DELETE FROM mediation_closure WHERE id = ?", (closure_id,)):
            raise NotFound
        log.note(Deed.DELETE, "mediation_closure", closure_id)


def list_closures(db: EncryptedDatabase) -> list[Closure]:
    """The latest first."""
    rows = db.rows("SELECT * FROM mediation_closure ORDER BY starts_on DESC, id DESC")
    return [
        Closure(row["id"], row["label"], date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"]))
        for row in rows
    ]


def last_committees(db: EncryptedDatabase) -> dict[int, date]:
    """The last monitoring committee that each organisation came to."""
    rows = db.rows(
        "SELECT organisation_id, max(held_on) AS held_on FROM committee_presence JOIN committee_meeting"
        " ON committee_meeting.id = meeting_id WHERE kind = ? GROUP BY organisation_id",
        (MeetingKind.MONITORING.value,),
    )
    return {row["organisation_id"]: date.fromisoformat(row["held_on"]) for row in rows}


def committees(db: EncryptedDatabase, since: date, until: date) -> int:
    """Monitoring committees where somebody was counted, between two days, both included."""
    return int(
        db.value(
            "SELECT count(DISTINCT committee_meeting.id) FROM committee_meeting JOIN committee_presence"
            " ON meeting_id = committee_meeting.id WHERE kind = ? AND held_on BETWEEN ? AND ?",
            (MeetingKind.MONITORING.value, since.isoformat(), until.isoformat()),
        )
    )


def _activity_days(db: EncryptedDatabase, posting_id: int) -> list[date]:
    rows = db.rows("SELECT done_on FROM mediation_activity WHERE posting_id = ? ORDER BY done_on", (posting_id,))
    return [date.fromisoformat(row["done_on"]) for row in rows]


def _site_values(site: Site) -> tuple[object, ...]:
    closed = site.closed_on.isoformat() if site.closed_on else None
    return site.name, site.kind.value, site.opened_on.isoformat(), closed, site.organisation_id


def _posting_values(posting: Posting) -> tuple[object, ...]:
    return posting.share, posting.started_on.isoformat(), posting.ended_on.isoformat() if posting.ended_on else None


def _site(row: Row) -> Site:
    return Site(**{**row, "kind": SiteKind(row["kind"]), **_days(row, "opened_on", "closed_on")})


def _posting(row: Row) -> Posting:
    return Posting(**{**row, **_days(row, "started_on", "ended_on")})


def _days(row: Row, *names: str) -> dict[str, date | None]:
    return {name: date.fromisoformat(row[name]) if row[name] else None for name in names}
