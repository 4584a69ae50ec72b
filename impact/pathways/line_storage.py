"""Lines of the lists: read from what triggers keep of each situation, names added for the page that is shown."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from impact.accounts.access import Role, sees_whole_file
from impact.audit import Actor
from impact.db import EncryptedDatabase, Row
from impact.identities import Identity, close_word, identities, keys_in_order, search_identities
from impact.pathways.file_storage import member_names
from impact.pathways.list_rules import PAGE, Asked, check_page
from impact.pathways.records import FollowUpSetting, Line, LinePage, Load, Pile
from impact.pathways.rules import DECISION_DELAY, likeness, may_open_line, usual_days
from impact.pathways.setting_storage import get_setting
from impact.pathways.vocabulary import State, Waiting
from impact.periods import age_on
from impact.wording import sort_key

_ALL = """
    SELECT * FROM situation_line WHERE child_id NOT IN (SELECT child_id FROM child_archive)
"""
_FILTERED = """
    SELECT situation_id AS key, identity_id, CASE :sorted WHEN 'etat' THEN instr(:states, state)
        WHEN 'referent' THEN nullif(instr(:referents, ',' || referent_id || ','), 0) WHEN 'note' THEN last_contact_on
        WHEN 'bilan' THEN review_on WHEN 'reception' THEN received_on WHEN 'debut' THEN started_on END AS value
    FROM situation_line WHERE child_id NOT IN (SELECT child_id FROM child_archive)
        AND (:ids IS NULL OR situation_id IN (SELECT value FROM json_each(:ids)))
        AND (:people IS NULL OR identity_id IN (SELECT value FROM json_each(:people)))
        AND (:state IS NULL OR state = :state)
        AND (:referent IS NULL OR referent_id = :referent)
        AND CASE :view WHEN 'suivis-par-moi' THEN state = 'followed' AND referent_id = :me
            WHEN 'en-attente' THEN state IN ('agreement', 'decision')
            WHEN 'sans-note' THEN state = 'followed' AND coalesce(last_contact_on, started_on) < :silent
            WHEN 'suites-a-donner' THEN next_on <= :today
            WHEN 'au-dela' THEN state = 'followed' AND coalesce(expected_end_on < :today, started_on < :too_long)
            ELSE 1 END
"""
_FOUND = f"SELECT count(*) FROM ({_FILTERED})"  # noqa: S608
_BY_VALUE = f"SELECT key FROM ({_FILTERED}) ORDER BY value NULLS LAST, key LIMIT :limit OFFSET :skip"  # noqa: S608
_BY_VALUE_FALLING = f"""
    SELECT key FROM ({_FILTERED}) ORDER BY value DESC NULLS LAST, key DESC LIMIT :limit OFFSET :skip
"""  # noqa: S608
_COUNTS = """
    SELECT count(*) AS tous, sum(state = 'followed' AND referent_id = :me) AS "suivis-par-moi",
        sum(state IN ('agreement', 'decision')) AS "en-attente",
        sum(state = 'followed' AND coalesce(last_contact_on, started_on) < :silent) AS "sans-note",
        sum(coalesce(next_on <= :today, 0)) AS "suites-a-donner",
        sum(state = 'followed' AND coalesce(expected_end_on < :today, started_on < :too_long)) AS "au-dela",
        sum(state = 'followed') AS followed
    FROM situation_line WHERE child_id NOT IN (SELECT child_id FROM child_archive)
        AND (:ids IS NULL OR situation_id IN (SELECT value FROM json_each(:ids)))
"""
# Whatever a member may have to do with: the rule decides, line by line.
_MAY_CONCERN = """
    AND (referent_id = :me OR received_by = :me OR (:partner AND presented_on IS NOT NULL)
        OR pathway_id IN (SELECT pathway_id FROM referent WHERE member_id = :me))
"""
_AMONG = " AND situation_id IN (SELECT value FROM json_each(?))"
_OF_PEOPLE = " AND identity_id IN (SELECT value FROM json_each(?)) ORDER BY situation_id"
_LOADS = """
    SELECT referent_id, count(*) AS children, sum(coalesce(last_contact_on, started_on) < :silent) AS silent,
        sum(coalesce(review_on < :today, 0)) AS late
    FROM situation_line WHERE state = 'followed' AND child_id NOT IN (SELECT child_id FROM child_archive)
    GROUP BY referent_id
"""
# A note for several siblings was written once: its time counts once.
_MINUTES = """
    SELECT member_id, sum(minutes) AS minutes FROM (
        SELECT member_id, minutes FROM follow_up_note WHERE contact_on BETWEEN :since AND :today
        GROUP BY coalesce(shared_key, id)
    ) GROUP BY member_id
"""
# Each kind of waiting: when a situation waits so, and since which day.
_KINDS = {
    Waiting.WITHDRAWN: ("state = 'followed' AND withdrawn", "received_on"),
    Waiting.AGREEMENT: ("state = 'agreement'", "received_on"),
    Waiting.DUE: ("coalesce(next_on <= :today, 0)", "next_on"),
    Waiting.SILENT: (
        "state = 'followed' AND coalesce(last_contact_on, started_on) < :silent",
        "coalesce(last_contact_on, started_on)",
    ),
    Waiting.REVIEW: ("state = 'followed' AND coalesce(review_on < :today, 0)", "review_on"),
    Waiting.LONG: ("state = 'followed' AND coalesce(expected_end_on < :today, started_on < :too_long)", "started_on"),
    Waiting.LATE: ("state = 'decision' AND received_on < :late", "received_on"),
    Waiting.DECISION: ("state = 'decision' AND received_on >= :late", "received_on"),
    Waiting.START: ("state = 'start'", "received_on"),
}
_SUMS = ", ".join(
    f"sum({test}) AS {kind}_count, min(iif({test}, {day}, NULL)) AS {kind}_oldest"
    for kind, (test, day) in _KINDS.items()
)
_PILES = f"""
    SELECT {_SUMS}, sum({_KINDS[Waiting.SILENT][0]} AND referent_id IS :me) AS own
    FROM situation_line WHERE state NOT IN ('ended', 'elsewhere', 'refused')
        AND child_id NOT IN (SELECT child_id FROM child_archive)
        AND (:ids IS NULL OR situation_id IN (SELECT value FROM json_each(:ids)))
"""  # noqa: S608
_OF_PILE = " AND {test} AND (:ids IS NULL OR situation_id IN (SELECT value FROM json_each(:ids))) ORDER BY received_on, situation_id"
# Beyond this many, a pile is a number and leads to its list.
LISTED = 20


def list_lines(db: EncryptedDatabase, today: date) -> list[Line]:
    """Every situation of the file by name, whoever may read it: callers keep those that the actor may open."""
    lines = named(db, _lines(db, db.rows(_ALL), today), today)
    return sorted(lines, key=lambda line: (sort_key(line.listed_name), line.situation_id))


def visible_lines(db: EncryptedDatabase, actor: Actor, today: date) -> list[Line]:
    """By name, the situations that this actor may open."""
    if sees_whole_file(actor):
        return list_lines(db, today)
    lines = named(db, _concerning(db, actor, today), today)
    return sorted(lines, key=lambda line: (sort_key(line.listed_name), line.situation_id))


def piles_to_do(db: EncryptedDatabase, actor: Actor, today: date) -> dict[Waiting, Pile]:
    """What waits, kind by kind, among the situations that the actor may open; the lines are of small piles only."""
    ids = None if sees_whole_file(actor) else json.dumps([line.situation_id for line in _concerning(db, actor, today)])
    days: dict[str, object] = {**_days(get_setting(db), today), "me": actor.member_id, "ids": ids}
    sums, piles = db.row(_PILES, days) or {}, {}
    for kind, (test, _) in _KINDS.items():
        if count := int(sums[f"{kind}_count"] or 0):
            rows = db.rows(_ALL + _OF_PILE.format(test=test), days) if count <= LISTED else []
            oldest = date.fromisoformat(sums[f"{kind}_oldest"])
            own = int(sums["own"] or 0) if kind is Waiting.SILENT else 0
            piles[kind] = Pile(count, oldest, own, tuple(_lines(db, rows, today)))
    return piles


def named(db: EncryptedDatabase, lines: Sequence[Line], today: date) -> list[Line]:
    """The same lines with the children's names and ages."""
    people = identities(db, [line.identity_id for line in lines])
    return [_with_name(line, people[line.identity_id], today) for line in lines]


def find_page(db: EncryptedDatabase, actor: Actor, asked: Asked, today: date) -> LinePage:
    """One page of the list, with the numbers of every ready view; raises NotFound past the last page."""
    setting = get_setting(db)
    ids = None if sees_whole_file(actor) else json.dumps([line.situation_id for line in _concerning(db, actor, today)])
    me: dict[str, object] = {"me": actor.member_id, "ids": ids, **_days(setting, today)}
    counts = {name: int(value or 0) for name, value in (db.row(_COUNTS, me) or {}).items()}
    people = search_identities(db, asked.text) if asked.text else None
    wanted = {
        **me,
        "people": None if people is None else json.dumps(people),
        "state": asked.state.value if asked.state else None,
        "referent": asked.referent_id,
        "view": asked.view.value,
        "sorted": asked.order.removeprefix("-"),
        "states": ",".join(State),
        "referents": "".join(f",{member_id}," for member_id, _ in list_referents(db))
        if "referent" in asked.order
        else "",
        "limit": PAGE,
        "skip": (asked.page - 1) * PAGE,
    }
    whole = people is None and asked.state is None and asked.referent_id is None
    found = counts[asked.view.value] if whole else int(db.value(_FOUND, wanted))
    check_page(asked.page, found)
    shown = _page(db, asked, wanted)
    lines = {line.situation_id: line for line in named(db, some_lines(db, shown, today), today)}
    return LinePage(tuple(lines[one] for one in shown), found, counts)


def close_line(db: EncryptedDatabase, actor: Actor, text: str, today: date) -> Line | None:
    """A child that the actor may open, whose name is nearest to what was searched in vain."""
    word = close_word(db, text)
    lines = find_page(db, actor, Asked(text=word), today).lines if word else ()
    return next(iter(lines), None)


def list_lookalikes(db: EncryptedDatabase, child: Identity, today: date) -> list[Line]:
    """The situations of children whose name reads the same."""
    wanted = likeness(child)
    alike = [person.id for person in identities(db).values() if likeness(Identity(person.listed_name)) == wanted]
    rows = db.rows(_ALL + _OF_PEOPLE, (json.dumps(alike),))
    return named(db, _lines(db, rows, today), today)


def list_referents(db: EncryptedDatabase) -> list[tuple[int, str]]:
    """Members who follow a child now, by name."""
    names = member_names(db)
    rows = db.rows("SELECT DISTINCT referent_id FROM situation_line WHERE state = 'followed' AND referent_id NOT NULL")
    found = [(int(row["referent_id"]), names[row["referent_id"]]) for row in rows]
    return sorted(found, key=lambda known: sort_key(known[1]))


def list_loads(db: EncryptedDatabase, since: date, today: date) -> list[Load]:
    """What each member follows now, by name, with the hours of her notes from `since` to today, both included."""
    names = member_names(db)
    days: dict[str, object] = {**_days(get_setting(db), today), "since": since.isoformat()}
    minutes = {row["member_id"]: row["minutes"] or 0 for row in db.rows(_MINUTES, days)}
    followed = {row["referent_id"]: row for row in db.rows(_LOADS, days)}
    loads = []
    for one in {*followed, *minutes}:
        found = followed.get(one, {"children": 0, "silent": 0, "late": 0})
        hours = minutes.get(one, 0) / 60
        loads.append(Load(one, names.get(one, ""), found["children"], found["silent"], found["late"], hours))
    return sorted(loads, key=lambda load: (load.member_id is None, sort_key(load.name)))


def _days(setting: FollowUpSetting, today: date) -> dict[str, str]:
    return {
        "today": today.isoformat(),
        "silent": (today - timedelta(days=setting.silence_days)).isoformat(),
        "late": (today - DECISION_DELAY).isoformat(),
        "too_long": (today - timedelta(days=usual_days(setting.usual_months))).isoformat(),
    }


def _concerning(db: EncryptedDatabase, actor: Actor, today: date) -> list[Line]:
    parameters: dict[str, object] = {"me": actor.member_id, "partner": actor.role == Role.TEAM_PARTNER}
    rows = db.rows(_ALL + _MAY_CONCERN, parameters)
    return [line for line in _lines(db, rows, today) if may_open_line(actor, line)]


def some_lines(db: EncryptedDatabase, ids: Iterable[int], today: date) -> list[Line]:
    """These situations, whoever may read them, without their names."""
    rows = db.rows(_ALL + _AMONG, (json.dumps(list(ids)),))
    return _lines(db, rows, today)


def _page(db: EncryptedDatabase, asked: Asked, wanted: dict[str, object]) -> list[int]:
    if wanted["sorted"] in ("nom", "age"):
        return keys_in_order(db, _FILTERED, wanted, asked.order)
    return [row[0] for row in db.execute(_BY_VALUE_FALLING if asked.order.startswith("-") else _BY_VALUE, wanted)]


def _lines(db: EncryptedDatabase, rows: Sequence[Row], today: date) -> list[Line]:
    if not rows:
        return []
    names, setting = member_names(db), get_setting(db)
    former = _former_by_pathway(db, setting, today)
    return [_line(row, names, former) for row in rows]


def _former_by_pathway(db: EncryptedDatabase, setting: FollowUpSetting, today: date) -> dict[int, frozenset[int]]:
    since = today - timedelta(days=setting.reading_days)
    rows = db.rows(
        "SELECT pathway_id, member_id FROM referent WHERE until BETWEEN ? AND ?", (since.isoformat(), today.isoformat())
    )
    found: dict[int, frozenset[int]] = {}
    for row in rows:
        found[row["pathway_id"]] = found.get(row["pathway_id"], frozenset()) | {row["member_id"]}
    return found


def _line(row: Row, names: dict[int, str], former: dict[int, frozenset[int]]) -> Line:
    return Line(
        situation_id=row["situation_id"],
        child_id=row["child_id"],
        identity_id=row["identity_id"],
        name="",
        listed_name="",
        age=None,
        received_on=date.fromisoformat(row["received_on"]),
        state=State(row["state"]),
        covered=bool(row["covered"]),
        withdrawn=bool(row["withdrawn"]),
        presented=row["presented_on"] is not None,
        received_by=row["received_by"],
        referent_id=row["referent_id"],
        referent=names.get(row["referent_id"], ""),
        started_on=_day(row["started_on"]),
        last_contact_on=_day(row["last_contact_on"]),
        review_on=_day(row["review_on"]),
        next_on=_day(row["next_on"]),
        former=former.get(row["pathway_id"], frozenset()),
        expected_end_on=_day(row["expected_end_on"]),
    )


def _with_name(line: Line, child: Identity, today: date) -> Line:
    age = age_on(child.birth_date, today) if child.birth_date else None
    return replace(line, name=child.full_name, listed_name=child.listed_name, age=age)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
