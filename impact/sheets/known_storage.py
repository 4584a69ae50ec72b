"""The situations of the community in the terms of a follow-up table: to recognise what comes in, and to go out."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from impact.communities.storage import member_names
from impact.db import EncryptedDatabase, Row
from impact.identities import Identity, identities
from impact.pathways.vocabulary import Level, Outcome, ReferenceList, Sex
from impact.periods import current_school_year
from impact.reference_lists import labels
from impact.safeguards import fields_off
from impact.sheets.lexicon import Lexicon
from impact.sheets.records import FollowUp, Known, Mandate
from impact.sheets.vocabulary import Answer, Verdict
from impact.vocabulary import Term

_SITUATIONS = """
    SELECT situation.id, situation.child_id, child.identity_id, child.sex, situation.received_on, situation.origin,
        situation.context, imported.number, imported.postcode, imported.agreement, imported.qpv,
        imported.situation_id IS NOT NULL AS imported, consent.id AS consent_id, consent.withdrawn_on,
        decision.outcome, decision.decided_on, decision.declined, pathway.id AS pathway_id, pathway.started_on,
        pathway.expected_end_on, pathway_exit.ended_on, pathway_exit.reason AS exit_reason,
        (SELECT max(held_on) FROM meeting_item JOIN support_meeting ON support_meeting.id = meeting_id
            WHERE meeting_item.situation_id = situation.id) AS met_on,
        (SELECT profile FROM pathway_profile WHERE pathway_id = pathway.id ORDER BY since DESC LIMIT 1) AS profile,
        (SELECT sum(hours) FROM pathway_action WHERE pathway_id = pathway.id) AS hours
    FROM situation
    JOIN child ON child.id = situation.child_id
    LEFT JOIN situation_import AS imported ON imported.situation_id = situation.id
    LEFT JOIN consent ON consent.id = (
        SELECT id FROM consent AS c WHERE c.situation_id = situation.id ORDER BY given_on DESC, id DESC LIMIT 1)
    LEFT JOIN decision ON decision.id = (
        SELECT id FROM decision AS d WHERE d.situation_id = situation.id ORDER BY decided_on DESC, id DESC LIMIT 1)
    LEFT JOIN pathway ON pathway.situation_id = situation.id
    LEFT JOIN pathway_exit ON pathway_exit.pathway_id = pathway.id AND pathway_exit.reopened_on IS NULL
    ORDER BY situation.received_on, situation.id
"""


def asked_columns(db: EncryptedDatabase, lexicon: Lexicon) -> list[Term]:
    """The columns of a table: those of a field switched off are neither read nor given."""
    off = fields_off(db)
    return [column for column in lexicon.columns if lexicon.fields.get(column) not in off]


def list_follow_ups(db: EncryptedDatabase) -> dict[int, tuple[int, FollowUp]]:
    """Child and follow-up by situation, in the order of reception."""
    rows = db.rows(_SITUATIONS)
    people = identities(db, [row["identity_id"] for row in rows])
    around = _Around(db)
    return {row["id"]: (row["child_id"], around.follow_up(row, people[row["identity_id"]])) for row in rows}


def list_known(db: EncryptedDatabase) -> list[Known]:
    """Every child, those without situation aside, with its situations."""
    by_child: dict[int, list[tuple[int, FollowUp]]] = defaultdict(list)
    for situation_id, (child_id, row) in list_follow_ups(db).items():
        by_child[child_id].append((situation_id, row))
    return [
        Known(child_id, rows[0][1].family_name, rows[0][1].given_name, rows[0][1].birth_date, tuple(rows))
        for child_id, rows in by_child.items()
    ]


class _Around:
    """What is read once for all situations: lists, motives, referents, schools."""

    def __init__(self, db: EncryptedDatabase) -> None:
        self.origins = labels(db, ReferenceList.ORIGINS.value)
        self.reasons = labels(db, ReferenceList.EXIT_REASONS.value)
        self.profiles = labels(db, ReferenceList.PROFILES.value)
        motives = labels(db, ReferenceList.MOTIVES.value)
        names = member_names(db)
        self.motives: dict[int, list[str]] = defaultdict(list)
        for row in db.rows("SELECT situation_id, code FROM situation_motive ORDER BY situation_id, position"):
            self.motives[row["situation_id"]].append(motives.get(row["code"], str(row["code"])))
        self.referents: dict[int, list[Mandate]] = defaultdict(list)
        for row in db.rows("SELECT pathway_id, member_id, since FROM referent ORDER BY pathway_id, since, id"):
            since = date.fromisoformat(row["since"]) if self.referents[row["pathway_id"]] else None
            self.referents[row["pathway_id"]].append((names[row["member_id"]], since))
        self.schools = {(row["child_id"], row["school_year"]): row for row in db.rows("SELECT * FROM schooling")}

    def follow_up(self, row: Row, child: Identity) -> FollowUp:
        """One situation; the school is that of the year in which it was received."""
        received = date.fromisoformat(row["received_on"])
        school = self.schools.get((row["child_id"], current_school_year(received).start.year), {})
        told = row["qpv"] or school.get("qpv") or "unknown"
        return FollowUp(
            received_on=received,
            family_name=child.family_name,
            given_name=child.given_name,
            number=row["number"] or "",
            sex=Sex(row["sex"]),
            birth_date=child.birth_date,
            postcode=row["postcode"] or "",
            school=school.get("school", ""),
            uai=school.get("uai", ""),
            class_name=_class_of(school),
            origin=self.origins.get(row["origin"], str(row["origin"])),
            motives=tuple(self.motives[row["id"]]),
            agreement=_agreement(row),
            meeting_on=_met_on(row),
            decision=_verdict(row),
            referents=tuple(self.referents.get(row["pathway_id"], ())),
            started_on=_day(row["started_on"]),
            ended_on=_day(row["ended_on"]),
            expected_on=_day(row["expected_end_on"]),
            exit_reason=self.reasons.get(row["exit_reason"], row["exit_reason"] or ""),
            profile=self.profiles.get(row["profile"], row["profile"] or ""),
            priority_area=Answer(told),
            hours=None if row["hours"] is None else Decimal(str(row["hours"])),
            observations=row["context"],
        )


def _class_of(school: Row) -> str:
    level = Level(school["level"]) if school else Level.UNKNOWN
    return str(school.get("class_name") or ("" if level is Level.UNKNOWN else level.value.upper()))


def _agreement(row: Row) -> Answer:
    if row["consent_id"] is not None:
        return Answer.NO if row["withdrawn_on"] else Answer.YES
    return Answer(row["agreement"] or "unknown")


def _verdict(row: Row) -> Verdict | None:
    if row["outcome"] is None:
        return None
    return Verdict.FAMILY if row["declined"] else Verdict(Outcome(row["outcome"]).value)


def _met_on(row: Row) -> date | None:
    # A table without date of meeting had its decisions dated by what followed.
    return _day(row["met_on"] or (None if row["imported"] else row["decided_on"]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
