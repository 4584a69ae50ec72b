"""The records behind a figure: their numbers and dates, never a name, for those who may open them."""

from dataclasses import dataclass, field

import pandas as pd

from impact.accounts.access import Action
from impact.periods import Period
from impact.wording import french, short_date
from impact.workshops.vocabulary import WorkshopState
from impact_maps.indicators import CATALOGUE, Family
from reports.computing.estimating import within
from reports.data import Data

RECEIVED = frozenset(
    f"pre.{name}"
    for name in (
        "situations_received",
        "situations_taken_up",
        "situations_by_outcome",
        "origins",
        "decision_delay",
        "motives",
        "first_motive",
    )
)
MEETINGS = frozenset(
    {
        "mediation.committees",
        *(f"cooperation.{name}" for name in ("meetings_held", "meeting_interval", "people_mean", "meeting_kinds")),
    }
)
ACTIONS = frozenset(
    f"cooperation.{name}" for name in ("actions_by_state", "actions_by_age", "partners_mean", "cofinancing")
)
# Read over every pathway decided by the end of the period, those that ended long before too.
DECIDED = frozenset(
    f"pre.{name}" for name in ("support_length", "support_length_by_sex", "still_followed", "curve", "gone_by_reason")
)
_STARTED, _ENDED = frozenset({"pre.pathways_opened"}), frozenset({"pre.exits", "pre.exits_by_reason"})


@dataclass(frozen=True)
class Behind:
    """One record: its words, and where it is opened."""

    words: str
    endpoint: str
    values: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Evidence:
    """The records of one figure, and the right needed to open them."""

    title: str
    action: Action
    records: tuple[Behind, ...]


def behind(code: str, data: Data, period: Period) -> Evidence | None:
    """What was counted, the most recent first; None when the figure rests on sealed answers."""
    family = CATALOGUE[code].family
    if family is Family.PRE:
        rows = _situations(code, data, period)
        return Evidence("Situations", Action.VIEW_SITUATIONS, _listed(rows, "situation_id", "received_on", _SITUATION))
    if family is Family.PARTICIPATION:
        rows = within(data.workshops, "held_on", period)
        rows = rows[rows["state"] == WorkshopState.HELD.value]
        return Evidence("Ateliers", Action.VIEW_WORKSHOPS, _listed(rows, "workshop_id", "held_on", _WORKSHOP))
    if code in MEETINGS:
        rows = within(data.meetings, "held_on", period)
        return Evidence("Réunions", Action.VIEW_COOPERATION, _listed(rows, "meeting_id", "held_on", _MEETING))
    if code in ACTIONS:
        return Evidence("Actions", Action.VIEW_COOPERATION, _listed(data.actions, "action_id", "starts_on", _ACTION))
    if family is Family.MEDIATION:
        rows = data.mediation.sites
        return Evidence("Sites", Action.VIEW_MEDIATION, _listed(rows, "site_id", "opened_on", _SITE))
    if family is Family.SATISFACTION:
        rows = within(data.waves, "opens_on", period)
        return Evidence("Vagues", Action.VIEW_RESULTS, _listed(rows, "wave_id", "opens_on", _WAVE))
    return None


_Named = tuple[str, str, str]
_SITUATION: _Named = ("Situation n° {id}, reçue le {day}", "pathways.show", "situation_id")
_WORKSHOP: _Named = ("Atelier du {day}", "workshops.show", "workshop_id")
_MEETING: _Named = ("Réunion du {day}", "cooperation.meeting", "meeting_id")
_ACTION: _Named = ("Action n° {id}, à partir du {day}", "cooperation.action", "action_id")
_SITE: _Named = ("Site n° {id}, au périmètre depuis le {day}", "mediation.site", "site_id")
_WAVE: _Named = ("Vague ouverte le {day}", "wave_results.show", "wave_id")


def _situations(code: str, data: Data, period: Period) -> pd.DataFrame:
    frame = data.situations
    for codes, column in ((RECEIVED, "received_on"), (_STARTED, "started_on"), (_ENDED, "ended_on")):
        if code in codes:
            return within(frame, column, period)
    if code in DECIDED:
        begins = frame[["decided_on", "started_on"]].min(axis=1)
        return frame[frame["pathway_id"].notna() & (begins <= pd.Timestamp(period.end))]
    started, ended = (pd.to_datetime(frame[name]) for name in ("started_on", "ended_on"))
    return frame[(started <= pd.Timestamp(period.end)) & (ended.isna() | (ended >= pd.Timestamp(period.start)))]


def _listed(rows: pd.DataFrame, identifier: str, day: str, named: _Named) -> tuple[Behind, ...]:
    words, endpoint, argument = named
    found = []
    for row in rows.sort_values(day, ascending=False).to_dict("records"):
        when = row[day]
        shown = "date inconnue" if pd.isna(when) else short_date(pd.Timestamp(when).date())
        number = int(row[identifier])
        found.append(Behind(french(words.format(id=number, day=shown)), endpoint, {argument: number}))
    return tuple(found)
