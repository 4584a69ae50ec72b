"""Cohorts made ready for computing: one public of one cohort, its answers by person at each moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from impact.periods import Period
from reports.data import Data, Item, Scale
from reports.statistics.satisfaction import scale_scores
from surveys.rosters.rules import WHOLE


@dataclass(frozen=True)
class Measured:
    """One measure at the first and at the last moment, by person (NaN = no answer); `is_score` over several items."""

    code: str
    label: str
    before: pd.Series
    after: pd.Series
    is_score: bool

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """Complete pairs: columns before, after."""
        return pd.DataFrame({"before": self.before, "after": self.after}).dropna()


@dataclass(frozen=True)
class Panel:
    """One public of one cohort.

    `answers` has, by moment, one row per person and one column per item, the most favourable answer highest. `entered` is
    how many were asked at the first moment, or answered it when a code joins answers. `ambiguous` people share a code.
    """

    cohort_id: int
    title: str
    public: str
    people: int
    entered: int
    invited: Mapping[int, int | None]
    answers: Mapping[int, pd.DataFrame]
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]
    outcome: str
    smallest: float | None
    ambiguous: int
    _scores: dict[tuple[str, int], pd.Series] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def category(self) -> str:
        """The beginning of its rows' categories."""
        return f"{self.cohort_id}/{self.public}"

    @property
    def moments(self) -> tuple[int, ...]:
        """In their order."""
        return tuple(self.answers)

    @property
    def first(self) -> pd.DataFrame:
        """Answers of the first moment."""
        return self.answers[self.moments[0]]

    @property
    def last(self) -> pd.DataFrame:
        """Answers of the last moment."""
        return self.answers[self.moments[-1]]

    @property
    def complete(self) -> pd.Index:
        """People who answered the first and the last time."""
        return self.first.index.intersection(self.last.index)

    @cached_property
    def measured(self) -> list[Measured]:
        """The scores, then the items that were asked alike at the first and the last moment."""
        scores = [
            Measured(
                scale.code, scale.label, self.score(scale, self.moments[0]), self.score(scale, self.moments[-1]), True
            )
            for scale in self.scales
        ]
        items = [
            Measured(
                item.code, item.favourable_label, _column(self.first, item.code), _column(self.last, item.code), False
            )
            for item in self.items
        ]
        return [*scores, *items]

    def score(self, scale: Scale, moment: int) -> pd.Series:
        """Each person's score at a moment, from 1 to 5; missing under two thirds of the items."""
        if (known := self._scores.get((scale.code, moment))) is None:
            known = self._scores[scale.code, moment] = self._score(scale, moment)
        return known

    def _score(self, scale: Scale, moment: int) -> pd.Series:
        table = self.answers[moment].reindex(columns=list(scale.items)).astype("float64")
        return scale_scores(table) if len(table) else pd.Series(dtype="float64")

    def is_outcome(self, code: str) -> bool:
        """Whether this measure was announced before the answers."""
        return self.outcome == f"{self.public}/{code}"


def panels(data: Data, period: Period) -> list[Panel]:
    """Each public of each cohort whose last moment, among those begun by the end of the period, touches the period.

    Every indicator of cohorts reads the same ones: they are made once.
    """
    return data.once(("panels", period), lambda: _panels(data, period))


def _panels(data: Data, period: Period) -> list[Panel]:
    if data.cohorts.empty:
        return []
    days = data.waves.set_index("wave_id")[["opens_on", "closes_on"]].apply(pd.to_datetime)
    rows = data.cohorts[data.cohorts["wave_id"].map(days["opens_on"]) <= pd.Timestamp(period.end)]
    found = []
    for _, waves in rows.groupby(["cohort_id", "public"], sort=False):
        ordered = waves.sort_values("moment")
        if days.loc[ordered["wave_id"].iloc[-1], "closes_on"] >= pd.Timestamp(period.start):
            found.append(_panel(data, ordered))
    return found


def _panel(data: Data, waves: pd.DataFrame) -> Panel:
    first, last = int(waves["wave_id"].iloc[0]), int(waves["wave_id"].iloc[-1])
    head = waves.iloc[0]
    joined = data.followed[data.followed["wave_id"].isin(waves["wave_id"])]
    twice = joined[joined.duplicated(["wave_id", "person"], keep=False)]["person"].unique()
    joined = joined[~joined["person"].isin(twice)]
    tables = {int(row["moment"]): _table(data, joined, int(row["wave_id"])) for _, row in waves.iterrows()}
    items = _comparable(data.items[first], data.items[last])
    known = {item.code for item in items}
    invited = {
        int(row["moment"]): None if pd.isna(row["invited"]) else int(row["invited"]) for _, row in waves.iterrows()
    }
    moment = next(iter(tables))
    return Panel(
        cohort_id=int(head["cohort_id"]),
        title=f"{data.labels['cohort'][str(head['cohort_id'])]}, {data.labels['public'][head['public']].lower()}",
        public=str(head["public"]),
        people=int(head["people"]),
        entered=invited[moment] or len(tables[moment]),
        invited=invited,
        answers=tables,
        items=items,
        scales=tuple(scale for scale in data.scales.get(first, ()) if _is_asked(scale, known)),
        outcome=str(head["outcome"]),
        smallest=None if pd.isna(head["smallest"]) else float(head["smallest"]),
        ambiguous=len(twice),
    )


def _is_asked(scale: Scale, known: set[str]) -> bool:
    """A score compares when each of its items does; that of the whole questionnaire goes without those that changed."""
    return scale.code == WHOLE or set(scale.items) <= known


def _table(data: Data, joined: pd.DataFrame, wave_id: int) -> pd.DataFrame:
    people = joined[joined["wave_id"] == wave_id].set_index("response_id")["person"]
    answers = data.answers[wave_id]
    kept = answers[answers["response_id"].isin(people.index)].assign(person=answers["response_id"].map(people))
    table = kept.pivot(index="person", columns="question", values="level") if len(kept) else pd.DataFrame()
    return table.reindex(sorted(people)).astype("Float64")


def _comparable(before: tuple[Item, ...], after: tuple[Item, ...]) -> tuple[Item, ...]:
    """Items asked with the same words and the same answers both times."""
    last = {item.code: item for item in after}
    return tuple(item for item in before if last.get(item.code) == item)


def _column(table: pd.DataFrame, code: str) -> pd.Series:
    return table[code] if code in table else pd.Series(index=table.index, dtype="Float64")
