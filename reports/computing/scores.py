"""Scores of the last wave of each questionnaire, and whether their items measure the same thing.

Categories are questionnaire/scale.
"""

from collections.abc import Iterator

import pandas as pd

from impact.periods import Period
from reports.computing.estimating import estimate, nothing
from reports.computing.satisfaction import last_waves
from reports.data import Data, Scale
from reports.records import Estimate
from reports.statistics.effect_sizes import mean_change
from reports.statistics.reasons import Reason
from reports.statistics.reliability import cronbach_alpha, mcdonald_omega
from reports.statistics.satisfaction import scale_scores

# STATISTICS §1 and §2.B: no mean under eleven people, no alpha under thirty, no omega under fifty.
LEAST_FOR_ALPHA, LEAST_FOR_OMEGA = 30, 50
LEAST_FOR_A_MEAN = 11


def scores(data: Data, period: Period) -> list[Estimate]:
    """Mean score from 1 to 5 with its Student interval; people who answered under two thirds of the items are missing."""
    code = "satisfaction.score"
    found: list[Estimate] = []
    for category, scale, table, responses in _scales(data, period):
        told = scale_scores(table).dropna()
        keys = {"category": category, "label": scale.label, "n": len(told), "missing": responses - len(told)}
        if len(told) < LEAST_FOR_A_MEAN:
            found.append(nothing(code, Reason.TOO_FEW if len(told) else Reason.EMPTY, **keys))
            continue
        # The Student interval of a mean is that of the changes from nothing.
        mean = mean_change(pd.Series(0.0, index=told.index), told)
        found.append(estimate(code, mean.value, low=mean.low, high=mean.high, method="student", **keys))
    return found or [nothing(code, Reason.EMPTY)]


def reliability(data: Data, period: Period) -> list[Estimate]:
    """Cronbach's alpha with its Feldt interval, from thirty complete people; `effect` holds omega from fifty."""
    code = "satisfaction.reliability"
    found: list[Estimate] = []
    for category, scale, table, responses in _scales(data, period):
        alpha = cronbach_alpha(table)
        keys = {"category": category, "label": scale.label, "n": alpha.n, "missing": responses - alpha.n}
        if alpha.n < LEAST_FOR_ALPHA or alpha.value is None:
            found.append(nothing(code, alpha.reason or Reason.TOO_FEW, **keys))
            continue
        effect = {"name": "omega", "items": alpha.items, **_omega(table, alpha.n)}
        found.append(estimate(code, alpha.value, low=alpha.low, high=alpha.high, method="feldt", effect=effect, **keys))
    return found or [nothing(code, Reason.EMPTY)]


def _omega(table: pd.DataFrame, n: int) -> dict[str, float | str]:
    if n < LEAST_FOR_OMEGA:
        return {}
    omega = mcdonald_omega(table).value
    return {} if omega is None else {"omega": omega}


def _scales(data: Data, period: Period) -> Iterator[tuple[str, Scale, pd.DataFrame, int]]:
    """Category, scale, people × items as numbers (the most favourable highest), questionnaires received."""
    for wave in last_waves(data, period):
        answers = data.answers[int(wave["wave_id"])]
        table = answers.pivot(index="response_id", columns="question", values="level").astype("float64")
        for scale in data.scales.get(int(wave["wave_id"]), ()):
            items = table.reindex(columns=list(scale.items))
            yield f"{wave['questionnaire_code']}/{scale.code}", scale, items, int(wave["responses"])
