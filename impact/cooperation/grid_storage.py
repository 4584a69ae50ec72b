"""Mandates of people, counterparts of organisations level by level, criteria of funders."""

from collections.abc import Mapping, Sequence
from datetime import date
from zlib import crc32

from impact.audit import Actor, Deed, write
from impact.communities.storage import get_member, get_organisation
from impact.cooperation.action_storage import get_action
from impact.cooperation.records import Counterpart, Mandate
from impact.cooperation.rules import check_mandate
from impact.cooperation.vocabulary import CounterpartForm, CriterionAnswer, FundingCriterion, Level
from impact.db import EncryptedDatabase
from impact.exceptions import Conflict
from impact.wording import short_date


def save_mandate(db: EncryptedDatabase, actor: Actor, mandate: Mandate, once: str = "") -> None:
    """Write it (version 0) or correct it; raises Conflict when somebody saved it meanwhile, Refused on its dates."""
    check_mandate(mandate)
    with write(db, actor, once) as log:
        get_member(db, mandate.member_id)
        now = list_mandates(db).get(mandate.member_id)
        if (now.version if now else 0) != mandate.version:
            stored: dict[str, object] = {"given_by": None, "given_on": None, "until_on": None}
            if now:
                days = {"given_on": short_date(now.given_on), "until_on": short_date(now.until_on)}
                stored = {"given_by": now.given_by, **days}
            raise Conflict(stored, now.version if now else 0)
        ends = mandate.until_on.isoformat() if mandate.until_on else None
        db.execute(
            "INSERT INTO member_mandate (member_id, given_by, given_on, until_on) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (member_id) DO UPDATE SET given_by = excluded.given_by, given_on = excluded.given_on,"
            " until_on = excluded.until_on, version = version + 1",
            (mandate.member_id, mandate.given_by, mandate.given_on.isoformat(), ends),
        )
        log.note(Deed.CHANGE, "member_mandate", mandate.member_id, ["given_by", "given_on", "until_on"])


def list_mandates(db: EncryptedDatabase) -> dict[int, Mandate]:
    """By member."""
    return {
        row["member_id"]: Mandate(
            row["member_id"],
            row["given_by"],
            date.fromisoformat(row["given_on"]),
            date.fromisoformat(row["until_on"]) if row["until_on"] else None,
            row["version"],
        )
        for row in db.rows("SELECT * FROM member_mandate")
    }


def mark(said: Mapping[Level, Counterpart] | Mapping[FundingCriterion, CriterionAnswer]) -> int:
    """A number that changes with what is said: the version of a line of a grid."""
    return crc32(repr(sorted(said.items())).encode())


def save_counterparts(
    db: EncryptedDatabase,
    actor: Actor,
    organisation_id: int,
    known: Sequence[Counterpart],
    once: str = "",
    version: int | None = None,
) -> None:
    """How an organisation meets its counterparts; a level left out is not answered, one that is answered is its own.

    `version` is the mark of what was read; raises Conflict when somebody said otherwise meanwhile, NotFound.
    """
    with write(db, actor, once) as log:
        get_organisation(db, organisation_id)
        now = list_counterparts(db).get(organisation_id, {})
        if version not in (None, mark(now)):
            forms: dict[str, object] = {
                f"{level}_form": now[level].form.label if level in now else "" for level in Level
            }
            names = {f"{level}_whom": now[level].whom if level in now else "" for level in Level}
            raise Conflict({**forms, **names}, mark(now))
        db.execute("DELETE FROM counterpart WHERE organisation_id = ?", (organisation_id,))
        for each in known:
            db.execute(
                "INSERT INTO counterpart (organisation_id, level, form, whom) VALUES (?, ?, ?, ?)",
                (organisation_id, each.level.value, each.form.value, each.whom),
            )
            db.execute(
                "INSERT OR IGNORE INTO organisation_level (organisation_id, level) VALUES (?, ?)",
                (organisation_id, each.level.value),
            )
        log.note(Deed.CHANGE, "counterpart", organisation_id, ["level", "form", "whom"])


def list_counterparts(db: EncryptedDatabase) -> dict[int, dict[Level, Counterpart]]:
    """By organisation, then level."""
    found: dict[int, dict[Level, Counterpart]] = {}
    for row in db.rows("SELECT * FROM counterpart"):
        level = Level(row["level"])
        found.setdefault(row["organisation_id"], {})[level] = Counterpart(
            level, CounterpartForm(row["form"]), row["whom"]
        )
    return found


def save_criteria(
    db: EncryptedDatabase,
    actor: Actor,
    action_id: int,
    answers: Mapping[FundingCriterion, CriterionAnswer],
    once: str = "",
    version: int | None = None,
) -> None:
    """What was said of an action; those that are read in it are not stored.

    `version` is the mark of what was read; raises Conflict when somebody said otherwise meanwhile, NotFound.
    """
    with write(db, actor, once) as log:
        get_action(db, action_id)
        now = list_criteria(db).get(action_id, {})
        if version not in (None, mark(now)):
            asked = (criterion for criterion in FundingCriterion if not criterion.is_read)
            raise Conflict({each: now[each].label if each in now else "" for each in asked}, mark(now))
        db.execute("DELETE FROM action_criterion WHERE action_id = ?", (action_id,))
        for criterion, answer in answers.items():
            if not criterion.is_read:
                db.execute(
                    "INSERT INTO action_criterion (action_id, criterion, answer) VALUES (?, ?, ?)",
                    (action_id, criterion.value, answer.value),
                )
        log.note(Deed.CHANGE, "action_criterion", action_id, ["answers"])


def list_criteria(db: EncryptedDatabase) -> dict[int, dict[FundingCriterion, CriterionAnswer]]:
    """By action, then criterion."""
    found: dict[int, dict[FundingCriterion, CriterionAnswer]] = {}
    for row in db.rows("SELECT * FROM action_criterion"):
        criterion, answer = FundingCriterion(row["criterion"]), CriterionAnswer(row["answer"])
        found.setdefault(row["action_id"], {})[criterion] = answer
    return found
