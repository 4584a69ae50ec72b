"""What is drawn for each child of the demonstration before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from impact.pathways.demo_draws import apportion, working_day
from impact.pathways.vocabulary import Sex
from impact.periods import Period

T = TypeVar("T")
CHILDREN = 160
SILENT, REVIEWS_PASSED = 17, 3
# ANCT survey of 2022 on 2021: sex and age bands; the other shares are invented around its first ranks.
SEXES = {Sex.BOY: 0.582, Sex.GIRL: 0.418}
AGES: dict[range, float] = {range(3, 6): 0.146, range(6, 11): 0.524, range(11, 17): 0.315, range(17, 18): 0.015}
FIRST_MOTIVES = {
    "school_results": 0.36,
    "isolation": 0.2,
    "family": 0.14,
    "language": 0.1,
    "behaviour": 0.08,
    "absence": 0.07,
    "confidence": 0.05,
}
ORIGINS = {
    "college": 0.16,
    "school": 0.5,
    "social_services": 0.11,
    "parents": 0.09,
    "association": 0.06,
    "town": 0.04,
    "pmi": 0.04,
}
REASONS = {"reached": 0.4, "ordinary_services": 0.2, "moved": 0.15, "family_stopped": 0.14, "no_news": 0.11}


@dataclass
class Plan:
    """What is drawn for one child before anything is written."""

    sex: Sex
    birth: date
    motive: str
    origin: str = ""
    started_on: date = date.min
    ended_on: date | None = None
    reason: str = ""
    referent_id: int = 0
    silent: bool = False
    review_passed: bool = False


def draw_plans(rng: Random, year: Period, today: date, referents: list[int]) -> list[Plan]:
    """The children of a year: who left, who is silent, whose review is late."""
    sexes, ages = _shuffled(rng, SEXES), _shuffled(rng, AGES)
    motives = _shuffled(rng, FIRST_MOTIVES)
    plans = [
        Plan(sex, _birth(rng, band, year.start), motive) for sex, band, motive in zip(sexes, ages, motives, strict=True)
    ]
    _give_origins(rng, plans)
    for plan in plans:
        plan.started_on, plan.ended_on = _support(rng, year, today)
        plan.referent_id = rng.choices(referents, (14, 40, 36, 36, 34))[0] if len(referents) == 5 else referents[0]
    leaving = [plan for plan in plans if plan.ended_on]
    for part in ([p for p in leaving if _left_in(p, year)], [p for p in leaving if not _left_in(p, year)]):
        reasons = apportion(len(part), REASONS)
        rng.shuffle(reasons)
        for plan, reason in zip(part, reasons, strict=True):
            plan.reason = reason
    staying = rng.sample([plan for plan in plans if not plan.ended_on], SILENT + REVIEWS_PASSED)
    for plan in staying[:SILENT]:
        plan.silent = True
    for plan in staying[SILENT:]:
        plan.review_passed = True
    return plans


def _shuffled(rng: Random, shares: Mapping[T, float]) -> list[T]:
    drawn = apportion(CHILDREN, shares)
    rng.shuffle(drawn)
    return drawn


def _left_in(plan: Plan, year: Period) -> bool:
    return plan.ended_on is not None and plan.ended_on in year


def _birth(rng: Random, band: range, day: date) -> date:
    return date(day.year - rng.choice(band), day.month, day.day) - timedelta(rng.randrange(365))


def _give_origins(rng: Random, plans: list[Plan]) -> None:
    """Secondary schools send the eldest, mother and child welfare the youngest."""
    origins = apportion(CHILDREN, ORIGINS)
    middle = [origin for origin in origins if origin not in ("college", "pmi")]
    rng.shuffle(middle)
    ordered = ["college"] * origins.count("college") + middle + ["pmi"] * origins.count("pmi")
    for plan, origin in zip(sorted(plans, key=lambda plan: plan.birth), ordered, strict=True):
        plan.origin = origin


def _support(rng: Random, year: Period, today: date) -> tuple[date, date | None]:
    """First and last day of a support that touches the year; no last day while it goes on."""
    earliest = year.start - timedelta(450)
    while True:
        start = working_day(earliest + timedelta(rng.randrange((year.end - earliest).days - 45)))
        end = working_day(start + timedelta(days=rng.triangular(150, 850, 380)))
        if end >= year.start:
            return start, end if end <= today else None


def other_plan(rng: Random, year: Period) -> Plan:
    """A child whose situation goes no further."""
    band = rng.choice([range(6, 11), range(11, 15)])
    origin = "school" if band.start == 6 else "college"
    sex, motive = rng.choice([Sex.GIRL, Sex.BOY]), rng.choice(list(FIRST_MOTIVES))
    return Plan(sex, _birth(rng, band, year.start), motive, origin)
