"""Answers that are not levels: lists, rankings, marks from 0 to 10, numbers; the waves are those of satisfaction.

Categories are questionnaire/question, or questionnaire/question/choice.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from impact.periods import Period
from reports.computing.estimating import estimate, nothing, shares, tally
from reports.computing.satisfaction import OF_ITEM, last_waves
from reports.data import Asked, Data
from reports.records import Estimate
from reports.statistics.reasons import Reason
from reports.statistics.satisfaction import net_promoter
from surveys.vocabulary import WITH_CHOICES, QuestionKind

ADJUSTED, WALD = "nps_adjusted", "nps_wald"
# STATISTICS §1: no quartile under eleven people.
LEAST_FOR_QUARTILES = 11


def choices(data: Data, period: Period) -> list[Estimate]:
    """Share of the people who answered each list that chose each answer; the first place alone for a ranking."""
    code = "satisfaction.choices"
    found: list[Estimate] = []
    for wave, place, asked in _asked(data, period, WITH_CHOICES):
        wave_id = int(wave["wave_id"])
        said = _said(data.choices, wave_id, asked).dropna(subset="choice")
        base = int(said["response_id"].nunique())
        counted = said[said["position"] == 1] if asked.kind is QuestionKind.RANKING else said
        labels = {f"{place}/{choice}": f"{asked.label}{OF_ITEM}{words}" for choice, words in asked.choices.items()}
        counts = tally(place + "/" + counted["choice"])
        rows = shares(code, counts, labels, base, int(wave["responses"]) - base)
        found += rows if base else [nothing(code, Reason.EMPTY, category=place, label=asked.label)]
    return found or [nothing(code, Reason.EMPTY)]


def promoters(data: Data, period: Period) -> list[Estimate]:
    """Marks 9 and 10 less marks 0 to 6, in points, for each scale from 0 to 10."""
    code = "satisfaction.net_promoter"
    found: list[Estimate] = []
    for wave, place, asked in _asked(data, period, frozenset({QuestionKind.SCALE})):
        marks = _said(data.amounts, int(wave["wave_id"]), asked)["amount"]
        score = net_promoter([int((marks == mark).sum()) for mark in range(11)])
        keys = {"n": score.n, "missing": int(wave["responses"]) - score.n, "category": place, "label": asked.label}
        if score.value is None:
            found.append(nothing(code, score.reason, **keys))
            continue
        method = ADJUSTED if score.low == score.adjusted_low else WALD
        found.append(estimate(code, score.value, low=score.low, high=score.high, method=method, **keys))
    return found or [nothing(code, Reason.EMPTY)]


def numbers(data: Data, period: Period) -> list[Estimate]:
    """Median of each number asked; `effect` holds the quartiles, from eleven answers on."""
    code = "satisfaction.numbers"
    found: list[Estimate] = []
    for wave, place, asked in _asked(data, period, frozenset({QuestionKind.NUMBER})):
        told = _said(data.amounts, int(wave["wave_id"]), asked)["amount"]
        n = len(told)
        keys = {"n": n, "missing": int(wave["responses"]) - n, "category": place, "label": asked.label}
        found.append(
            estimate(code, float(told.median()), effect=_quartiles(told), **keys)
            if n
            else nothing(code, Reason.EMPTY, **keys)
        )
    return found or [nothing(code, Reason.EMPTY)]


def _quartiles(told: pd.Series) -> dict[str, float | str] | None:
    if len(told) < LEAST_FOR_QUARTILES:
        return None
    return {"lower_quartile": float(told.quantile(0.25)), "upper_quartile": float(told.quantile(0.75))}


def _asked(
    data: Data, period: Period, kinds: frozenset[QuestionKind]
) -> Iterator[tuple[Mapping[Any, Any], str, Asked]]:
    """The last wave of each questionnaire, the category of a question, the question."""
    for wave in last_waves(data, period):
        for asked in data.asked.get(int(wave["wave_id"]), ()):
            if asked.kind in kinds:
                yield wave, f"{wave['questionnaire_code']}/{asked.code}", asked


def _said(frames: Mapping[int, pd.DataFrame], wave_id: int, asked: Asked) -> pd.DataFrame:
    return frames[wave_id][frames[wave_id]["question"] == asked.code]
