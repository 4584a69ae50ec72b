"""What people write about, as two readers understood it; the waves are those of satisfaction.

Categories are questionnaire/question/theme.
"""

from collections.abc import Iterator

from impact.periods import Period
from reports.computing.estimating import estimate, nothing, share
from reports.computing.satisfaction import OF_ITEM, last_waves
from reports.data import Data
from reports.records import Estimate
from reports.statistics.agreement import cohen_kappa
from reports.statistics.reasons import Reason
from surveys.coding.records import CodedQuestion, Theme
from surveys.coding.rules import LEAST_TOLD, LEAST_WRITERS


def themes(data: Data, period: Period) -> list[Estimate]:
    """Share of the people whose answer was read that speak of each theme, each person once; from five people on."""
    code = "satisfaction.themes"
    found: list[Estimate] = []
    for place, coded, theme in _themes(data, period):
        people, base = coded.people(theme.id), len(coded.read)
        keys = {
            "category": f"{place}/{theme.id}",
            "label": f"{coded.question.text}{OF_ITEM}{theme.label}",
            "missing": len(coded.answers) - base,
        }
        few = people < LEAST_TOLD or base < LEAST_WRITERS
        found.append(nothing(code, Reason.TOO_FEW, **keys) if few else share(code, people, base, **keys))
    return found or [nothing(code, Reason.EMPTY)]


def agreement(data: Data, period: Period) -> list[Estimate]:
    """Cohen's kappa of the two readers on each theme, over the answers that both read without seeing each other."""
    code = "satisfaction.readers_agree"
    found: list[Estimate] = []
    for place, coded, theme in _themes(data, period):
        kappa = cohen_kappa(*(list(map(int, said)) for said in coded.both(theme.id)))
        keys = {
            "category": f"{place}/{theme.id}",
            "label": f"{coded.question.text}{OF_ITEM}{theme.label}",
            "n": kappa.n,
            "missing": len(coded.answers) - kappa.n,
        }
        if kappa.value is None or kappa.n < LEAST_WRITERS:
            found.append(nothing(code, kappa.reason or Reason.TOO_FEW, **keys))
            continue
        found.append(estimate(code, kappa.value, low=kappa.low, high=kappa.high, method="fleiss_1969", **keys))
    return found or [nothing(code, Reason.EMPTY)]


def _themes(data: Data, period: Period) -> Iterator[tuple[str, CodedQuestion, Theme]]:
    """Questionnaire/question, the question as it was read, one theme of its book."""
    for wave in last_waves(data, period):
        for coded in data.coded.get(int(wave["wave_id"]), ()):
            for theme in coded.themes:
                yield f"{wave['questionnaire_code']}/{coded.question.code}", coded, theme
