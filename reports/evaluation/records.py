"""A question of the evaluation frame and the indicators that answer it."""

from dataclasses import dataclass
from datetime import date

from reports.vocabulary import Criterion, Rhythm, Theme


@dataclass(frozen=True)
class MeasurePlan:
    """One indicator of a question; `judgement` says what would make the answer yes.

    `target` and `smallest` (the smallest change that matters) are in the indicator's unit, a share in 0..1; `why` says
    where the target comes from.
    """

    code: str
    judgement: str
    source: str
    rhythm: Rhythm
    target: float | None = None
    smallest: float | None = None
    why: str = ""


@dataclass(frozen=True)
class Measure:
    """A plan as it is stored."""

    id: int
    question_id: int
    plan: MeasurePlan
    version: int


@dataclass(frozen=True)
class QuestionPlan:
    """What is asked, under which criterion, about which of the themes that are often forgotten."""

    words: str
    criterion: Criterion
    themes: tuple[Theme, ...] = ()


@dataclass(frozen=True)
class Question:
    """A question as it is stored, with its indicators."""

    id: int
    plan: QuestionPlan
    measures: tuple[Measure, ...]
    version: int


@dataclass(frozen=True)
class TargetChange:
    """One line of the history of an indicator's target; the author is known by role."""

    target: float | None
    smallest: float | None
    why: str
    decided_on: date
    author_role: str


@dataclass(frozen=True)
class Template:
    """A frame to begin with."""

    key: str
    title: str
    about: str
    questions: tuple[tuple[QuestionPlan, tuple[MeasurePlan, ...]], ...]
