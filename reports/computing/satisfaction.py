"""Satisfaction: the last wave of each questionnaire in the period; who did not answer is always in sight.

Categories are questionnaire, questionnaire/question or questionnaire/question/level.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from impact.periods import Period
from reports.computing.estimating import Gap, count, nothing, share
from reports.data import Data, Item
from reports.records import Estimate
from reports.statistics.proportions import Interval, nonresponse_bounds, wilson, wilson_finite
from reports.statistics.reasons import Reason
from reports.statistics.satisfaction import level_counts, top_two

# Between a question and one of its levels, in a label.
OF_ITEM = " – "
CENSUS, WILSON, WILSON_FINITE, NONRESPONSE_BOUNDS = "census", "wilson", "wilson_finite", "nonresponse_bounds"


@dataclass(frozen=True)
class Collected:
    """One wave: `invited` is None for an open link, and when more people answered than were invited."""

    questionnaire: str
    title: str
    invited: int | None
    responses: int
    gap: str
    items: tuple[Item, ...]
    answers: pd.DataFrame

    def counts(self, item: Item) -> dict[int, int]:
        """Answers by level; refusals and blanks are left out."""
        levels = self.answers.loc[self.answers["question"] == item.code, "level"].dropna()
        return level_counts([int(level) for level in levels], sorted(item.levels))

    def refusals(self, item: Item) -> int:
        """People who chose not to say."""
        return int(self.answers.loc[self.answers["question"] == item.code, "level"].isna().sum())


def last_waves(data: Data, period: Period) -> list[Mapping[Any, Any]]:
    """The last wave open in the period, for each questionnaire, as rows of `data.waves`."""
    return data.once(("last waves", period), lambda: _last_waves(data, period))


def _last_waves(data: Data, period: Period) -> list[Mapping[Any, Any]]:
    waves = data.waves
    start, end = pd.Timestamp(period.start), pd.Timestamp(period.end)
    inside = waves[(pd.to_datetime(waves["opens_on"]) <= end) & (pd.to_datetime(waves["closes_on"]) >= start)]
    last = inside.sort_values(["opens_on", "wave_id"]).groupby("questionnaire_code").tail(1)
    return list(last.sort_values("questionnaire_code").to_dict("records"))


def collected(data: Data, period: Period) -> list[Collected]:
    """Those waves, with their answers by level."""
    return data.once(("collected", period), lambda: [_wave(data, wave) for wave in last_waves(data, period)])


def responses(data: Data, period: Period) -> list[Estimate]:
    """Questionnaires received, by questionnaire."""
    code = "satisfaction.responses"
    return [
        count(code, wave.responses, category=wave.questionnaire, label=wave.title) for wave in collected(data, period)
    ] or [nothing(code, Reason.EMPTY)]


def response_rate(data: Data, period: Period) -> list[Estimate]:
    """Responses out of the people invited; "open_link" when nobody knows how many were."""
    code = "satisfaction.response_rate"
    return [_rate(code, wave) for wave in collected(data, period)] or [nothing(code, Reason.EMPTY)]


def distribution(data: Data, period: Period) -> list[Estimate]:
    """Share of each level of each item, every level shown."""
    code = "satisfaction.distribution"
    rows: list[Estimate] = []
    for wave, item in _items(data, period):
        counts = wave.counts(item)
        base = sum(counts.values())
        keys = {"missing": wave.responses - base}
        for level, words in sorted(item.levels.items()):
            place = f"{wave.questionnaire}/{item.code}/{level}"
            rows.append(share(code, counts[level], base, category=place, label=f"{item.label}{OF_ITEM}{words}", **keys))
    return rows or [nothing(code, Reason.EMPTY)]


def favourable(data: Data, period: Period) -> list[Estimate]:
    """Two highest levels of each item, with the interval that the number of people invited allows."""
    code = "satisfaction.top_two"
    rows: list[Estimate] = []
    for wave, item in _items(data, period):
        part, base = top_two(wave.counts(item))
        interval, method = _interval(part, base, wave.invited)
        low, high = interval or (None, None)
        keys = {"low": low, "high": high, "method": method} if base else {}
        rows.append(share(code, part, base, missing=wave.responses - base, **_place(wave, item), **keys))
    return rows or [nothing(code, Reason.EMPTY)]


def favourable_bounds(data: Data, period: Period) -> list[Estimate]:
    """The same share with the bounds that assume nothing of those who did not answer; missing counts them."""
    code = "satisfaction.top_two_bounds"
    rows: list[Estimate] = []
    for wave, item in _items(data, period):
        part, base = top_two(wave.counts(item))
        if wave.invited is None:
            rows.append(nothing(code, wave.gap, **_place(wave, item)))
            continue
        low, high = nonresponse_bounds(part, base, wave.invited) or (None, None)
        keys = {"low": low, "high": high, "method": NONRESPONSE_BOUNDS} if base else {}
        rows.append(share(code, part, base, missing=wave.invited - base, **_place(wave, item), **keys))
    return rows or [nothing(code, Reason.EMPTY)]


def item_missing(data: Data, period: Period) -> list[Estimate]:
    """People who returned the questionnaire without a level at this item, refusals included."""
    code = "satisfaction.item_missing"
    return [
        share(code, wave.responses - sum(wave.counts(item).values()), wave.responses, **_place(wave, item))
        for wave, item in _items(data, period)
    ] or [nothing(code, Reason.EMPTY)]


def item_refusals(data: Data, period: Period) -> list[Estimate]:
    """People who chose not to answer this item."""
    code = "satisfaction.item_refusals"
    return [
        share(code, wave.refusals(item), wave.responses, **_place(wave, item)) for wave, item in _items(data, period)
    ] or [nothing(code, Reason.EMPTY)]


def _wave(data: Data, wave: Mapping[Any, Any]) -> Collected:
    wave_id, received = int(wave["wave_id"]), int(wave["responses"])
    invited = None if pd.isna(wave["invited"]) else int(wave["invited"])
    gap = Gap.OPEN_LINK if invited is None else Gap.MORE_THAN_INVITED if received > invited else ""
    code = str(wave["questionnaire_code"])
    return Collected(
        questionnaire=code,
        title=data.labels["questionnaire"].get(code, code),
        invited=None if gap else invited,
        responses=received,
        gap=gap,
        items=data.items[wave_id],
        answers=data.answers[wave_id],
    )


def _items(data: Data, period: Period) -> Iterator[tuple[Collected, Item]]:
    return ((wave, item) for wave in collected(data, period) for item in wave.items)


def _place(wave: Collected, item: Item) -> dict[str, str]:
    return {"category": f"{wave.questionnaire}/{item.code}", "label": item.favourable_label}


def _rate(code: str, wave: Collected) -> Estimate:
    keys = {"category": wave.questionnaire, "label": wave.title}
    if wave.invited is None:
        return nothing(code, wave.gap, numerator=float(wave.responses), n=wave.responses, **keys)
    return share(code, wave.responses, wave.invited, missing=wave.invited - wave.responses, **keys)


def _interval(part: int, base: int, invited: int | None) -> tuple[Interval | None, str]:
    if invited is None:
        return wilson(part, base), WILSON
    if base == invited:
        return None, CENSUS
    return wilson_finite(part, base, invited), WILSON_FINITE
