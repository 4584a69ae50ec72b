"""Questionnaires, waves, answers, and the links that packages to the right add to a wave's page."""

from dataclasses import dataclass, field
from datetime import date

from surveys.vocabulary import QuestionKind


@dataclass(frozen=True)
class Question:
    """One question; `help` is a sentence under it, or empty."""

    code: str
    kind: QuestionKind
    text: str
    help: str = ""


@dataclass(frozen=True)
class Questionnaire:
    """What is asked, with its source; `levels` are the five answers, from the least to the most favourable."""

    code: str
    version: int
    title: str
    purpose: str
    public: str
    minutes: int
    source: str
    licence: str
    levels: tuple[str, ...]
    questions: tuple[Question, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the questions that are answered by a level, in their order."""
        return tuple(question.code for question in self.questions if question.kind is QuestionKind.LEVEL)


@dataclass(frozen=True)
class NewWave:
    """What opens a wave; `invited` is a number of households, None when nobody counted them."""

    title: str
    opens_on: date
    closes_on: date
    invited: int | None = None


@dataclass(frozen=True)
class Wave:
    """One collection; `closed_on` is the day on which it was closed by hand, `responses` how many were received."""

    id: int
    questionnaire: Questionnaire
    title: str
    opens_on: date
    closes_on: date
    closed_on: date | None
    invited: int | None
    link_serial: int
    responses: int
    version: int

    @property
    def ended_on(self) -> date:
        """The last day of collection, whether it was planned or advanced."""
        return min(self.closed_on or self.closes_on, self.closes_on)


@dataclass(frozen=True)
class Answer:
    """What one person said to one question: a level from 1 to 5, words, or neither when she prefers not to say."""

    question: str
    level: int | None = None
    words: str | None = None


@dataclass(frozen=True)
class WaveLink:
    """A page about one wave, made by another package: its endpoint takes `slug` and `wave_id`."""

    label: str
    endpoint: str
    action: str


@dataclass
class WaveLinks:
    """What the packages to the right have registered, shown on the page of each wave."""

    links: list[WaveLink] = field(default_factory=list)

    def add(self, label: str, endpoint: str, action: str) -> None:
        """Show this link to those whose role allows `action`."""
        self.links.append(WaveLink(label, endpoint, action))
