"""The demonstration's mediators: 24 of them on 45 of 46 sites since 2023, in bulk and in one transaction."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from impact.audit import Actor, Deed, write
from impact.communities.storage import add_member, add_organisation, list_members
from impact.cooperation.vocabulary import MeetingKind
from impact.db import EncryptedDatabase
from impact.identities import Identity
from impact.mediation.demo_words import (
    ACTS,
    FOLLOW_UPS,
    HOLIDAYS,
    MEDIATORS,
    NOT_COVERED,
    PARTNERS,
    REQUESTS,
    SITES,
    TOLD,
)
from impact.mediation.records import WEEK, Closure, Posting, Site, monday
from impact.mediation.rules import expected_weeks
from impact.mediation.storage import add_closure, add_sites, list_closures, list_postings, list_sites
from impact.mediation.vocabulary import SiteKind
from impact.periods import current_school_year, school_year
from impact.vocabulary import OrganisationKind

FIRST_YEAR = 2023
_COMMITTEES = 8
_HALF, _FULL = 50, 100
_MISSING, _ABSENT = 0.04, 0.09


def fill(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    """Sites, mediators, weeks, activities and monitoring committees, up to today."""
    chance = Random(8)
    with write(db, actor) as log:
        organisations = _organisations(db, actor)
        opened = school_year(FIRST_YEAR).start
        sites = [Site(0, name, kind, opened, None, organisations.get(name)) for kind, name in SITES]
        add_sites(db, actor, sites)
        for year in range(FIRST_YEAR, current_school_year(today).start.year + 1):
            for closure in _closures(year):
                add_closure(db, actor, closure)
        _post(db, _mediators(db, actor, opened), date(FIRST_YEAR, 9, 4))
        _work(db, chance, today)
        _meet(db, list(organisations.values()), today)
        log.note(Deed.CREATE, "mediation_activity")


def _organisations(db: EncryptedDatabase, actor: Actor) -> dict[str, int]:
    """The schools in the directory, by name, and the partners of the team."""
    kind = OrganisationKind.NATIONAL_EDUCATION
    schools = {name: add_organisation(db, actor, name, kind) for of, name in SITES if of is not SiteKind.DISTRICT}
    kinds = (OrganisationKind.STATE, OrganisationKind.LOCAL_AUTHORITY, OrganisationKind.ASSOCIATION)
    for name, partner in zip(PARTNERS, kinds, strict=True):
        add_organisation(db, actor, name, partner)
    return schools


def _mediators(db: EncryptedDatabase, actor: Actor, day: date) -> list[int]:
    """The persona who is a mediator first, then the others."""
    known = [member.id for member in list_members(db) if member.name.startswith("Héloïse")]
    names = (name.split() for name in MEDIATORS)
    return known + [add_member(db, actor, Identity(family, given), None, day, homonym=True) for family, given in names]


def _post(db: EncryptedDatabase, mediators: Sequence[int], day: date) -> None:
    """Three on one site, the others half their time on each of two; one post changed hands after a gap."""
    sites = [site.id for site in list_sites(db) if site.name not in NOT_COVERED]
    alone = 2 * len(mediators) - len(sites)
    turns = [*mediators[-alone:], *mediators[:-alone], *mediators[:-alone]]
    for rank, (site_id, member_id) in enumerate(zip(sites, turns, strict=True)):
        share = _FULL if rank < alone else _HALF
        # One site in nine joined a year later.
        started = day.replace(year=day.year + 1) if rank % 9 == 8 else day
        db.execute(
            "INSERT INTO mediation_posting (site_id, member_id, share, started_on) VALUES (?, ?, ?, ?)",
            (site_id, member_id, share, started.isoformat()),
        )


def _closures(year: int) -> Iterator[Closure]:
    for label, (month, day), (last_month, last_day) in HOLIDAYS:
        first = date(year if month >= 9 else year + 1, month, day)
        last = date(year if last_month >= 9 else year + 1, last_month, last_day)
        yield Closure(0, label, first, last)


def _work(db: EncryptedDatabase, chance: Random, today: date) -> None:
    closures = list_closures(db)
    weeks: list[tuple[object, ...]] = []
    acts: list[tuple[object, ...]] = []
    for posting in list_postings(db):
        pace = chance.uniform(1.6, 5.2) * posting.share / _HALF
        for week in expected_weeks(posting, closures, posting.started_on, today):
            drawn = chance.random()
            if drawn < _MISSING and week < monday(today):
                continue
            present = drawn > _MISSING + _ABSENT
            weeks.append((posting.id, week.isoformat(), int(present)))
            if present:
                acts += _week(chance, posting, week, pace, today)
    db.conn.executemany("INSERT INTO mediation_week (posting_id, week_on, present) VALUES (?, ?, ?)", weeks)
    db.conn.executemany(
        "INSERT INTO mediation_activity (posting_id, done_on, category, axis, minutes, people, girls, boys, request,"
        " follow_up, told) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        acts,
    )


def _week(chance: Random, posting: Posting, week: date, pace: float, today: date) -> Iterator[tuple[object, ...]]:
    weights = [act[-1] for act in ACTS]
    for _ in range(max(0, round(chance.gauss(pace, 1.3)))):
        day = week + timedelta(days=chance.randrange(5))
        if day > today or not posting.covers(day):
            continue
        category, axis, minutes, most, _often = chance.choices(ACTS, weights)[0]
        people = chance.randint(max(1, most // 3), most) if most else None
        girls = chance.randint(0, people) if people and chance.random() < 0.7 else None
        boys = people - girls if people and girls is not None else None
        length = max(5, 5 * round(chance.gauss(minutes, minutes / 4) / 5))
        yield (
            posting.id, day.isoformat(), category, axis.value, length, people, girls, boys, chance.choice(REQUESTS),
            chance.choice(FOLLOW_UPS), chance.choice(TOLD),
        )  # fmt: skip


def _meet(db: EncryptedDatabase, organisations: Sequence[int], today: date) -> None:
    """Eight monitoring committees a school year, each with the schools of a sector; the last school came to none."""
    for year in range(FIRST_YEAR, current_school_year(today).start.year + 1):
        for rank in range(_COMMITTEES):
            held = date(year, 10, 6) + WEEK * 4 * rank
            if held >= today:
                break
            meeting_id = db.insert_row(
                "INSERT INTO committee_meeting (kind, held_on, place, agenda, decisions) VALUES (?, ?, ?, ?, ?)",
                (MeetingKind.MONITORING.value, held.isoformat(), "Collège du secteur", _AGENDA, _DECISION),
            )
            for organisation_id in organisations[rank:-1:_COMMITTEES]:
                db.execute(
                    "INSERT INTO committee_presence (meeting_id, organisation_id, people) VALUES (?, ?, ?)",
                    (meeting_id, organisation_id, 1 + organisation_id % 2),
                )


_AGENDA = "Activités du trimestre, site par site\nCe qui inquiète, ce qui marche"
_DECISION = "Une heure de présence de plus à la sortie des classes."
