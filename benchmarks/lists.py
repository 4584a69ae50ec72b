"""5,000 children with 60 notes each: lists, search and « À faire » against a bare page of the same application.

    .venv/bin/python benchmarks/lists.py [number of children]

Prints each page's time, its ratio to the bare page, and the limit; leaves with 1 when a page passes the limit.
"""

import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flask import Flask

import app as assembly
from impact.audit import SYSTEM, Deed, write
from impact.communities.storage import list_members
from impact.db import EncryptedDatabase
from impact.demo import PASSWORD, PERSONAS, PRE, create_communities
from impact.instance import Instance
from impact.pathways.demo_words import BOYS, FAMILY_NAMES, GIRLS
from impact.pathways.storage import seed_lists
from impact.wording import fold

CHILDREN, NOTES, TIMES, LIMIT = 5_000, 60, 15, 5.0
TODAY = date(2026, 11, 20)
BARE = f"/communautes/{PRE}/annuaire/"
CHILDREN_PAGE = f"/communautes/{PRE}/enfants"
PAGES = {
    "liste, première page": f"{CHILDREN_PAGE}/",
    "liste, page 40": f"{CHILDREN_PAGE}/?page=40",
    "liste triée par dernière note": f"{CHILDREN_PAGE}/?tri=-note",
    "liste filtrée par référent": f"{CHILDREN_PAGE}/?etat=followed&referent=2",
    "suivis par moi": f"{CHILDREN_PAGE}/?vue=suivis-par-moi",
    "recherche": f"{CHILDREN_PAGE}/?q=zelie+pomerole",
    "recherche vaine": f"{CHILDREN_PAGE}/?q=xyzzy+%25_%22%27",
    "À faire": "/",
}


def main() -> int:
    """Fill, measure, print; gives the exit status."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else CHILDREN
    with tempfile.TemporaryDirectory() as folder:
        place = Instance(Path(folder), assembly.schema())
        create_communities(place, TODAY)
        db = place.community(PRE)
        fill(db, count)
        db.close()
        application = assembly.create_app(place.root)
        with application.extensions["instance"].kept_open():
            return measure(application, count)


def fill(db: EncryptedDatabase, count: int) -> None:
    """The rows themselves, many at a time: the forms are not what is measured."""
    rng = Random(5)
    members = [member.id for member in list_members(db)]
    with write(db, SYSTEM) as log:
        seed_lists(db, SYSTEM, date(2020, 9, 1))
        first = int(db.value("SELECT coalesce(max(id), 0) FROM identity")) + 1
        for name, rows in tables(rng, count, first, members):
            marks = ", ".join("?" * len(rows[0]))
            db.conn.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608
        log.note(Deed.CREATE, "benchmark")


def tables(rng: Random, count: int, first: int, members: list[int]) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """Table with its columns, then its rows."""
    numbers = range(1, count + 1)
    people = []
    for number in numbers:
        given, family = rng.choice(GIRLS + BOYS), f"{rng.choice(FAMILY_NAMES)}-{rng.choice(FAMILY_NAMES)}"
        born = date(2010, 1, 1) + timedelta(rng.randrange(4000))
        people.append((first + number, family, given, born.isoformat(), "", "", fold(f"{family} {given}")))
    yield "identity (id, family_name, given_name, birth_date, email, phone, folded)", people
    yield "child (id, identity_id, sex)", [(number, first + number, "girl") for number in numbers]
    starts = {number: TODAY - timedelta(rng.randrange(30, 900)) for number in numbers}
    yield (
        "situation (id, child_id, received_on, received_by, origin, context)",
        [(n, n, (starts[n] - timedelta(30)).isoformat(), members[0], "school", "") for n in numbers],
    )
    yield "situation_motive (situation_id, code, position)", [(n, "school_results", 0) for n in numbers]
    agreed = [n for n in numbers if n % 25]
    yield (
        "consent (situation_id, identity_id, relation, given_on, means, scope, text_version)",
        [(n, first + n, "mother", starts[n].isoformat(), "written", '["school", "social"]', "") for n in agreed],
    )
    decided = [n for n in agreed if n % 24]
    yield (
        "decision (situation_id, decided_on, outcome, reason)",
        [(n, starts[n].isoformat(), "pathway", "") for n in decided],
    )
    yield (
        "pathway (id, situation_id, started_on, review_on)",
        [(n, n, starts[n].isoformat(), (TODAY + timedelta(rng.randrange(-40, 200))).isoformat()) for n in decided],
    )
    yield "referent (pathway_id, member_id, since)", [(n, members[n % 4], starts[n].isoformat()) for n in decided]
    yield (
        "pathway_exit (pathway_id, ended_on, reason, relay)",
        [(n, TODAY.isoformat(), "reached", "") for n in decided if n % 3 == 0],
    )
    words = "A lu une page à voix haute et raconté l’histoire à son frère, puis choisi un autre livre. " * 2
    yield (
        "follow_up_note (pathway_id, member_id, written_at, contact_on, contact_kind, minutes, field_class, observed,"
        " appreciation)",
        [
            (n, members[n % 4], "2026-01-01T00:00:00+00:00", day.isoformat(), "call", 20, "school", words, "")
            for n in decided
            for day in (starts[n] + timedelta(rng.randrange((TODAY - starts[n]).days + 1)) for _ in range(NOTES))
        ],
    )


def measure(application: Flask, count: int) -> int:
    """The fastest of several readings of each page, in turn with the bare one: other work disturbs it least."""
    application.config |= {"TODAY": lambda: TODAY, "WTF_CSRF_ENABLED": False}
    client = application.test_client()
    email = next(known.email for known in PERSONAS if known.key == "amina")
    client.post("/connexion", data={"email": email, "password": PASSWORD})
    times: dict[str, list[float]] = {name: [] for name in ("page nue", *PAGES)}
    for turn in range(TIMES + 1):
        for name, address in {"page nue": BARE, **PAGES}.items():
            start = perf_counter()
            answer = client.get(address)
            spent = perf_counter() - start
            if answer.status_code != 200:
                raise SystemExit(f"{address}: {answer.status_code}")
            if turn:
                times[name].append(spent)
    bare = min(times["page nue"])
    print(f"{count} enfants, {NOTES} notes chacun ; page nue (annuaire) : {bare * 1000:.1f} ms ; limite : × {LIMIT:g}")
    late = 0
    for name in PAGES:
        ratio = min(times[name]) / bare
        late += ratio > LIMIT
        print(f"{'TROP LENT ' if ratio > LIMIT else ''}{name} : {min(times[name]) * 1000:.1f} ms, × {ratio:.1f}")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
