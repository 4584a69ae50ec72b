"""Write the situations of an import, with one entry in the log for each."""

import json
from datetime import date

from impact.accounts.access import FieldClass
from impact.audit import Actor, Deed, Log
from impact.communities.storage import add_member, list_members
from impact.db import EncryptedDatabase
from impact.identities import Identity, add_identity
from impact.pathways.vocabulary import Level, Outcome, ReferenceList
from impact.periods import current_school_year
from impact.reference_lists import add_items, list_items
from impact.sheets.records import Batch, Entry, FollowUp, Import, Plan
from impact.sheets.vocabulary import Answer, Verdict
from impact.wording import fold, short_date

# What a table does not tell of an agreement.
_REPRESENTATIVE = Identity("Représentant légal (non nommé dans le tableau)")
_SCOPE = json.dumps(sorted((FieldClass.SCHOOL.value, FieldClass.SOCIAL.value)))
_NOT_TOLD = ("not_told", "Non renseigné", "Tableau repris")
_DOMAIN = ("followed", "Accompagnement", "Tableau repris")
_HOURS = "Heures d’accompagnement reprises du tableau"
_LISTS = {
    ReferenceList.ORIGINS: "origin",
    ReferenceList.EXIT_REASONS: "exit_reason",
    ReferenceList.MOTIVES: "motives",
    ReferenceList.PROFILES: "profile",
}
# What may be left out of these lists stays unsaid.
_MAY_BE_UNSAID = (ReferenceList.MOTIVES, ReferenceList.PROFILES)


def write_situations(
    db: EncryptedDatabase,
    actor: Actor,
    log: Log,
    staged: Import,
    plan: Plan,
    batch: Batch[FollowUp, Entry],
    today: date,
) -> dict[str, int]:
    """Belongs inside a `write`; gives how many situations, children and people of the directory were added."""
    writer = _Writer(db, actor, log, staged, plan, batch, today)
    for entry in batch.entries:
        writer.add(entry)
    return writer.counts


class _Writer:
    """Codes of the lists, members and meetings found or added once for the whole table."""

    def __init__(
        self,
        db: EncryptedDatabase,
        actor: Actor,
        log: Log,
        staged: Import,
        plan: Plan,
        batch: Batch[FollowUp, Entry],
        today: date,
    ) -> None:
        self.db, self.actor, self.log, self.staged, self.plan, self.today = db, actor, log, staged, plan, today
        self.counts = {"situations": 0, "children": 0, "members": 0, "lines": sum(len(e.lines) for e in batch.entries)}
        self.children: dict[int, int] = {}
        rows = [entry.follow_up for entry in batch.entries]
        self.codes = {name: self._codes(name, rows) for name in _LISTS}
        self.members = self._members(rows)
        self.meetings = {
            date.fromisoformat(row["held_on"]): int(row["id"])
            for row in db.rows("SELECT id, held_on FROM support_meeting ORDER BY id DESC")
        }
        if any(row.hours is not None for row in rows):
            add_items(db, actor, ReferenceList.DOMAINS.value, [_DOMAIN], today)

    def add(self, entry: Entry) -> None:
        """A situation with all that the row tells of it."""
        row = entry.follow_up
        child_id = self._child(entry)
        situation_id = self.db.insert_row(
            "INSERT INTO situation (child_id, received_on, received_by, origin, context) VALUES (?, ?, NULL, ?, ?)",
            (child_id, row.received_on.isoformat(), self._code(ReferenceList.ORIGINS, row.origin), row.observations),
        )
        for position, motive in enumerate(row.motives):
            self.db.execute(
                "INSERT OR IGNORE INTO situation_motive (situation_id, code, position) VALUES (?, ?, ?)",
                (situation_id, self._code(ReferenceList.MOTIVES, motive), position),
            )
        self.db.execute(
            "INSERT INTO situation_import (situation_id, import_id, line, number, postcode, agreement, qpv)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                situation_id,
                self.staged.id,
                entry.lines[0],
                row.number,
                row.postcode,
                row.agreement.value,
                row.priority_area.value,
            ),
        )
        self._add_agreement(situation_id, row)
        self._add_decision(situation_id, row)
        self._add_schooling(child_id, row)
        if row.started_on:
            self._add_pathway(situation_id, row, row.started_on)
        self.counts["situations"] += 1
        self.log.note(Deed.CREATE, "situation", situation_id)

    def _child(self, entry: Entry) -> int:
        row = entry.follow_up
        child_id = entry.child_id or self.children.get(entry.group)
        if child_id is None:
            child_id = self.db.insert_row(
                "INSERT INTO child (identity_id, sex) VALUES (?, ?)",
                (add_identity(self.db, Identity(row.family_name, row.given_name, row.birth_date)), row.sex.value),
            )
            self.children[entry.group] = child_id
            self.counts["children"] += 1
        elif entry.child_id is None and row.sex.value != "unknown":
            self.db.execute("UPDATE child SET sex = ? WHERE id = ?", (row.sex.value, child_id))
        return child_id

    def _add_agreement(self, situation_id: int, row: FollowUp) -> None:
        if row.agreement is not Answer.YES:
            return
        self.db.execute(
            "INSERT INTO consent (situation_id, identity_id, relation, given_on, means, scope, text_version)"
            " VALUES (?, ?, 'other', ?, 'written', ?, ?)",
            (
                situation_id,
                add_identity(self.db, _REPRESENTATIVE),
                row.received_on.isoformat(),
                _SCOPE,
                f"Tableau repris le {short_date(self.today)} : date et forme à vérifier",
            ),
        )

    def _add_decision(self, situation_id: int, row: FollowUp) -> None:
        held = row.meeting_on if row.meeting_on and row.meeting_on <= self.plan.stopped_on else None
        decided_on = held or row.started_on or row.received_on
        decision_id = None
        if row.decision or row.started_on:
            verdict = row.decision or Verdict.PATHWAY
            declined = verdict is Verdict.FAMILY
            outcome = Outcome.REFUSED if declined else Outcome(verdict.value)
            decision_id = self.db.insert_row(
                "INSERT INTO decision (situation_id, decided_on, outcome, reason, declined) VALUES (?, ?, ?, ?, ?)",
                (
                    situation_id,
                    decided_on.isoformat(),
                    outcome.value,
                    "" if outcome is Outcome.PATHWAY else verdict.label,
                    int(declined),
                ),
            )
        if row.meeting_on:
            self.db.execute(
                "INSERT INTO meeting_item (meeting_id, situation_id, decision_id) VALUES (?, ?, ?)",
                (self._meeting(row.meeting_on), situation_id, decision_id if held else None),
            )

    def _add_schooling(self, child_id: int, row: FollowUp) -> None:
        if not (row.school or row.uai or row.class_name) and row.priority_area is Answer.UNKNOWN:
            return
        level = next((known for known in Level if fold(row.class_name) in (known.value, fold(known.label))), None)
        year = current_school_year(row.received_on).start.year
        self.db.execute(
            "INSERT INTO schooling (child_id, school_year, school, uai, level, class_name, qpv, priority)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, 'unknown') ON CONFLICT (child_id, school_year) DO UPDATE SET"
            " qpv = CASE WHEN excluded.qpv = 'unknown' THEN qpv ELSE excluded.qpv END,"
            " school = CASE WHEN school = '' THEN excluded.school ELSE school END,"
            " uai = CASE WHEN uai = '' THEN excluded.uai ELSE uai END",
            (
                child_id,
                year,
                row.school,
                row.uai,
                (level or (Level.OTHER if row.class_name else Level.UNKNOWN)).value,
                row.class_name,
                row.priority_area.value,
            ),
        )

    def _add_pathway(self, situation_id: int, row: FollowUp, started_on: date) -> None:
        pathway_id = self.db.insert_row(
            "INSERT INTO pathway (situation_id, started_on, expected_end_on) VALUES (?, ?, ?)",
            (
                situation_id,
                started_on.isoformat(),
                row.expected_on.isoformat() if row.expected_on else None,
            ),
        )
        if row.profile:
            self.db.execute(
                "INSERT INTO pathway_profile (pathway_id, since, profile) VALUES (?, ?, ?)",
                (pathway_id, started_on.isoformat(), self._code(ReferenceList.PROFILES, row.profile)),
            )
        starts = [since or started_on for _, since in row.referents]
        for at, (name, _) in enumerate(row.referents):
            following = starts[at + 1] if at + 1 < len(starts) else None
            self.db.execute(
                "INSERT INTO referent (pathway_id, member_id, since, until) VALUES (?, ?, ?, ?)",
                (
                    pathway_id,
                    self.members[_person(name)],
                    starts[at].isoformat(),
                    following.isoformat() if following else None,
                ),
            )
        if row.hours is not None:
            self.db.execute(
                "INSERT INTO pathway_action (pathway_id, domain, label, started_on, ended_on, hours)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    pathway_id,
                    _DOMAIN[0],
                    _HOURS,
                    started_on.isoformat(),
                    row.ended_on.isoformat() if row.ended_on else None,
                    float(row.hours),
                ),
            )
        if row.ended_on:
            self.db.execute(
                "INSERT INTO pathway_exit (pathway_id, ended_on, reason, relay) VALUES (?, ?, ?, '')",
                (pathway_id, row.ended_on.isoformat(), self._code(ReferenceList.EXIT_REASONS, row.exit_reason)),
            )

    def _meeting(self, held_on: date) -> int:
        if held_on not in self.meetings:
            self.meetings[held_on] = self.db.insert_row(
                "INSERT INTO support_meeting (held_on, place) VALUES (?, 'Reprise d’un tableau')",
                (held_on.isoformat(),),
            )
            self.log.note(Deed.CREATE, "support_meeting", self.meetings[held_on])
        return self.meetings[held_on]

    def _code(self, name: ReferenceList, label: str) -> str:
        return self.codes[name][fold(label)] if label else _NOT_TOLD[0]

    def _codes(self, name: ReferenceList, rows: list[FollowUp]) -> dict[str, str]:
        field = _LISTS[name]
        words: dict[str, str] = {}
        missing = False
        for row in rows:
            told = getattr(row, field)
            missing = missing or (not told and (name is not ReferenceList.EXIT_REASONS or row.ended_on is not None))
            for word in (told,) if isinstance(told, str) else told:
                if word:
                    words.setdefault(fold(word), word)
        known = {fold(item.label): item.code for item in reversed(list_items(self.db, name.value))}
        taken = set(known.values())
        items = []
        for key, word in words.items():
            if key not in known:
                code = key.replace(" ", "_")[:60]
                while code in taken:
                    code += "_"
                taken.add(code)
                known[key] = code
                items.append((code, word, f"Tableau repris le {short_date(self.today)}"))
        if missing and name not in _MAY_BE_UNSAID:
            items.append(_NOT_TOLD)
        if items:
            add_items(self.db, self.actor, name.value, items, min(row.received_on for row in rows))
        return known

    def _members(self, rows: list[FollowUp]) -> dict[tuple[str, ...], int]:
        found = {_person(member.name): member.id for member in reversed(list_members(self.db))}
        for name, _ in (mandate for row in rows for mandate in row.referents):
            if _person(name) not in found:
                given, _, family = name.partition(" ")
                identity = Identity(family, given) if family else Identity(given)
                found[_person(name)] = add_member(self.db, self.actor, identity, None, self.today, homonym=True)
                self.counts["members"] += 1
        return found


def _person(name: str) -> tuple[str, ...]:
    return tuple(sorted(fold(name).split()))
