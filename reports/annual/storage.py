"""The sheet of a year and the definitions kept for it; the table of situations for the survey."""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, fields
from datetime import date

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase
from impact.exceptions import Conflict
from impact.pathways.frame_storage import motive_frame, profile_frame
from impact.pathways.survey_frames import (
    district_frame,
    mandate_frame,
    referent_words,
    school_frame,
    spent_frame,
    survey_ages,
    survey_situation_frame,
)
from impact.pathways.vocabulary import ReferenceList
from impact.periods import Period, parse_period
from impact.reference_lists import labels
from reports.annual.records import Frame, SurveyData, YearSheet
from reports.annual.vocabulary import Carrier

_COLUMNS = tuple(field.name for field in fields(YearSheet) if field.name != "version")


def load_survey(db: EncryptedDatabase, frame: Frame) -> SurveyData:
    """The whole table of situations, with ages on the days that the frame needs."""
    days = {day for day in (frame.age_on, *frame.stocks) if day}
    return SurveyData(
        situations=survey_situation_frame(db),
        ages=survey_ages(db, sorted(days)),
        motives=motive_frame(db),
        referents=mandate_frame(db),
        spent=spent_frame(db),
        districts=district_frame(db),
        profiles=profile_frame(db),
        schools=school_frame(db),
        labels={"referents": referent_words(db), **{name.value: labels(db, name.value) for name in ReferenceList}},
    )


def get_sheet(db: EncryptedDatabase, period: Period) -> YearSheet:
    """An empty sheet, version 0, when nothing was written."""
    row = db.row("SELECT * FROM year_sheet WHERE period = ?", (period.code,))
    return YearSheet(**{**row, "carrier": Carrier(row["carrier"])}) if row else YearSheet(period.code)


def save_sheet(db: EncryptedDatabase, actor: Actor, sheet: YearSheet, once: str = "") -> None:
    """Write the sheet; raises Conflict when somebody saved it meanwhile."""
    with write(db, actor, once) as log:
        now = get_sheet(db, parse_period(sheet.period))
        if now.version != sheet.version:
            raise Conflict({name: getattr(now, name) for name in _COLUMNS[1:]}, now.version)
        db.execute(
            "INSERT INTO year_sheet (period, carrier, state_credits, town_credits, other_credits, coordinators_fte,"
            " referents_fte, districts, teams, profile_1, profile_2, profile_3, profile_4, profile_words,"
            " individual_rate, individual_words, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (period) DO UPDATE SET carrier = excluded.carrier, state_credits = excluded.state_credits,"
            " town_credits = excluded.town_credits, other_credits = excluded.other_credits,"
            " coordinators_fte = excluded.coordinators_fte, referents_fte = excluded.referents_fte,"
            " districts = excluded.districts, teams = excluded.teams, profile_1 = excluded.profile_1,"
            " profile_2 = excluded.profile_2, profile_3 = excluded.profile_3, profile_4 = excluded.profile_4,"
            " profile_words = excluded.profile_words, individual_rate = excluded.individual_rate,"
            " individual_words = excluded.individual_words, version = excluded.version",
            (sheet.period, sheet.carrier.value, *astuple(sheet)[2:-1], sheet.version + 1),
        )
        log.note(Deed.CHANGE, "year_sheet", 0, [sheet.period])


def kept_definitions(db: EncryptedDatabase, period: Period) -> dict[str, tuple[str, int]]:
    """By figure, the choices under which a year was counted and the version of the definition; empty when none was kept."""
    rows = db.rows("SELECT code, choice, version FROM year_definition WHERE period = ?", (period.code,))
    return {row["code"]: (row["choice"], row["version"]) for row in rows}


def keep_definitions(
    db: EncryptedDatabase, actor: Actor, period: Period, chosen: Mapping[str, tuple[str, int]], once: str = ""
) -> None:
    """Keep for a year the definitions under which it was counted, in place of those kept before."""
    with write(db, actor, once) as log:
        db.execute("DELETE FROM year_definition WHERE period = ?", (period.code,))
        _insert(db, [(period.code, code, choice, version) for code, (choice, version) in chosen.items()])
        log.note(Deed.CHANGE, "year_definition", 0, [period.code])


def first_day(db: EncryptedDatabase) -> date | None:
    """When the first situation was received."""
    found = db.value("SELECT min(received_on) FROM situation")
    return date.fromisoformat(found) if found else None


def _insert(db: EncryptedDatabase, rows: Iterable[tuple[str, str, str, int]]) -> None:
    db.conn.executemany("INSERT INTO year_definition (period, code, choice, version) VALUES (?, ?, ?, ?)", list(rows))
