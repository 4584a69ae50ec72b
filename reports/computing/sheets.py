"""Attendance sheets made ready for computing: the workshops held in a period, cycle by cycle, with what is known of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

import pandas as pd

from impact.periods import Period
from reports.computing.estimating import within
from reports.data import Data


@dataclass(frozen=True)
class Sheet:
    """One workshop held: how many came (None when not noted) and the people whose name is known."""

    workshop_id: int
    title: str
    present: int | None
    people: frozenset[int]

    @property
    def whole(self) -> bool:
        """Every person present is named."""
        return self.present == len(self.people)


@dataclass(frozen=True)
class CycleSheets:
    """The workshops of one cycle held in the period, in order, and those held before it in `earlier`."""

    cycle_id: int
    sheets: tuple[Sheet, ...]
    earlier: tuple[Sheet, ...]
    threshold: int | None

    @property
    def counts(self) -> list[int]:
        """Their numbers of people."""
        return [sheet.present for sheet in self.sheets if sheet.present is not None]

    @property
    def uncounted(self) -> int:
        """Workshops without any number of people."""
        return len(self.sheets) - len(self.counts)

    @property
    def unnamed(self) -> int:
        """Presences counted without a name."""
        return sum(self.counts) - sum(len(sheet.people) for sheet in self.sheets)

    @property
    def whole(self) -> bool:
        """Every person of every workshop is named."""
        return all(sheet.whole for sheet in self.sheets)

    @property
    def core_k(self) -> int:
        """Presences that make the core group: the cycle's own threshold, or half of the workshops."""
        return self.threshold or ceil(len(self.sheets) / 2)

    @property
    def reachable(self) -> bool:
        """Enough workshops were held for someone to have reached the threshold."""
        return self.core_k <= len(self.sheets)

    def presences(self) -> dict[int, int]:
        """Workshops attended by each named person."""
        attended: dict[int, int] = {}
        for sheet in self.sheets:
            for person in sheet.people:
                attended[person] = attended.get(person, 0) + 1
        return attended

    def core(self) -> frozenset[int]:
        """Named people who came often enough."""
        return frozenset(person for person, times in self.presences().items() if times >= self.core_k)


def cycles(data: Data, period: Period) -> list[CycleSheets]:
    """Each cycle that held at least one workshop in the period, the earliest first."""
    return data.once(("cycles", period), lambda: _cycles(data, period))


def _cycles(data: Data, period: Period) -> list[CycleSheets]:
    held = data.workshops[data.workshops["state"] == "held"].sort_values(["held_on", "workshop_id"])
    inside = within(held, "held_on", period)
    people = _people(data.attendance)
    found = []
    for cycle_id in dict.fromkeys(int(value) for value in inside["cycle_id"]):
        own, mine = held[held["cycle_id"] == cycle_id], inside[inside["cycle_id"] == cycle_id]
        before = own[pd.to_datetime(own["held_on"]) < pd.Timestamp(period.start)]
        thresholds = mine["core_threshold"].dropna()
        threshold = int(thresholds.iloc[0]) if len(thresholds) else None
        found.append(CycleSheets(cycle_id, _sheets(mine, people), _sheets(before, people), threshold))
    return found


def _people(attendance: pd.DataFrame) -> dict[int, frozenset[int]]:
    return {
        int(str(workshop)): frozenset(int(member) for member in rows)
        for workshop, rows in attendance.groupby("workshop_id")["member_id"]
    }


def _sheets(workshops: pd.DataFrame, people: Mapping[int, frozenset[int]]) -> tuple[Sheet, ...]:
    return tuple(
        _sheet(
            int(workshop), str(title), None if pd.isna(heads) else int(heads), people.get(int(workshop), frozenset())
        )
        for workshop, title, heads in zip(
            workshops["workshop_id"], workshops["title"], workshops["head_count"], strict=True
        )
    )


def _sheet(workshop_id: int, title: str, heads: int | None, people: frozenset[int]) -> Sheet:
    """A head count above the number of names says that the list is not whole."""
    if heads is None:
        return Sheet(workshop_id, title, len(people) or None, people)
    return Sheet(workshop_id, title, max(heads, len(people)), people)
