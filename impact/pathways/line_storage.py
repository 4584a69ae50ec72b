"""Lines of the lists: read from what triggers keep of each situation, names added for the page that is shown."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from impact.accounts.access import Role, sees_whole_file
from impact.audit import Actor
from impact.communities.storage import member_names
from impact.db import EncryptedDatabase, Row
from impact.identities import Identity, close_word, identities, keys_in_order, search_identities
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
_SEEN = """
    child_id NOT IN (SELECT child_id FROM child_archive)
        AND (:ids IS NULL OR situation_id IN (SELECT value FROM json_each(:ids)))
"""
_FOLLOWED = "INDEXED BY situation_line_{index} WHERE state = 'followed' AND "
_SILENT = _FOLLOWED.format(index="silent") + "coalesce(last_contact_on, started_on) < :silent"
_NEXT = "INDEXED BY situation_line_next WHERE next_on <= :today"
# Two halves, each read in the index.
_ENDED = _FOLLOWED.format(index="end") + "expected_end_on < :today"
_TOO_LONG = _FOLLOWED.format(index="end") + "expected_end_on IS NULL AND started_on < :too_long"
_STATE = "INDEXED BY situation_line_state WHERE state = '{}'"
_COUNTED = {
    "tous": ("INDEXED BY situation_line_child WHERE 1",),
    "suivis-par-moi": (_FOLLOWED.format(index="referent") + "referent_id = :me",),
    "en-attente": (_STATE.format("agreement"), _STATE.format("decision")),
    "sans-note": (_SILENT,),
    "suites-a-donner": (_NEXT,),
    "au-dela": (_ENDED, _TOO_LONG),
    "followed": (_STATE.format("followed"),),
}
_COUNTS = "SELECT " + ", ".join(  # noqa: S608
    " + ".join(f"(SELECT count(*) FROM situation_line {test} AND {_SEEN})" for test in tests) + f' AS "{name}"'  # noqa: S608
    for name, tests in _COUNTED.items()
)
# Each kind of waiting: the situations that wait so, since which day, and which of them are told apart.
_UNPLANNED = "situation_id NOT IN (SELECT situation_id FROM meeting_item WHERE decision_id IS NULL)"
_KINDS = {
    Waiting.WITHDRAWN: ((_FOLLOWED.format(index="withdrawn") + "withdrawn",), "received_on", ""),
    Waiting.AGREEMENT: ((_STATE.format("agreement"),), "received_on", ""),
    Waiting.DUE: ((_NEXT,), "next_on", ""),
    Waiting.SILENT: ((_SILENT,), "coalesce(last_contact_on, started_on)", "referent_id = :me"),
    Waiting.REVIEW: ((_FOLLOWED.format(index="review") + "review_on < :today",), "review_on", ""),
    Waiting.LONG: ((_ENDED, _TOO_LONG), "started_on", ""),
    Waiting.LATE: ((_STATE.format("decision") + " AND received_on < :late",), "received_on", ""),
    Waiting.MEETING: ((f"{_STATE.format('decision')} AND {_UNPLANNED}",), "received_on", "presented_on IS NULL"),
    Waiting.START: ((_STATE.format("start"),), "received_on", ""),
}
_PILES = " UNION ALL ".join(
    f"SELECT '{kind}' AS kind, count(*) AS count, min({day}) AS oldest, sum({part or 0}) AS part"  # noqa: S608
    f" FROM situation_line {test} AND {_SEEN}"
    for kind, (tests, day, part) in _KINDS.items()
    for test in tests
)
_OF_PILE = "SELECT situation_id FROM situation_line {test} AND " + _SEEN  # noqa: S608
# Beyond this many, a pile is a number and leads to its list.
LISTED = 10


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
    """What waits, kind by kind, among the situations that the actor may open; lines are read of small piles only.

    None is read of those that tell a part of their number.
    """
    ids = None if sees_whole_file(actor) else json.dumps([line.situation_id for line in _concerning(db, actor, today)])
    days: dict[str, object] = {**_days(get_setting(db), today), "me": actor.member_id, "ids": ids}
    halves = db.rows(_PILES, days)
    piles = {}
    for kind, (tests, _, part) in _KINDS.items():
        told = [row for row in halves if row["kind"] == kind and row["count"]]
        if not told:
            continue
        count = sum(row["count"] for row in told)
        rows = []
        if count <= LISTED and not part:
            among = " UNION ALL ".join(_OF_PILE.format(test=test) for test in tests)
            rows = db.rows(f"{_ALL} AND situation_id IN ({among}) ORDER BY received_on, situation_id", days)
        oldest = date.fromisoformat(min(row["oldest"] for row in told))
        apart = sum(row["part"] or 0 for row in told)
        piles[kind] = Pile(count, oldest, apart, tuple(_lines(db, rows, today)))
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
    if people == []:
        check_page(asked.page, 0)
        return LinePage((), 0, counts)
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
    rows = db.rows(
        "SELECT DISTINCT referent_id FROM situation_line INDEXED BY situation_line_referent"
        " WHERE state = 'followed' AND referent_id NOT NULL"
    )
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
