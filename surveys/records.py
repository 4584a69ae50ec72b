"""Questionnaires, waves, answers, and the links that packages to the right add to a wave's page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from surveys.vocabulary import OPEN, UNASKED, Change, QuestionKind


@dataclass(frozen=True)
class Choice:
    """One answer of a list, one sentence of a grid, or one dimension: its code and its words.

    `picture` is the name of a file shown beside them, `sounds` the names of those that say them, by language.
    """

    code: str
    text: str
    picture: str = ""
    sounds: tuple[tuple[str, str], ...] = ()

    def sound(self, language: str) -> str:
        """The file that says it in this language, or nothing."""
        return dict(self.sounds).get(language, "")

    @property
    def files(self) -> tuple[str, ...]:
        """Names of its picture and its sounds."""
        return tuple(name for name in (self.picture, *(name for _, name in self.sounds)) if name)


@dataclass(frozen=True)
class Condition:
    """A question is shown to those whose answer to an earlier one is among `answers`: codes, or levels as digits."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Translation:
    """A questionnaire in another language: what each place says (see `surveys.languages.rules.places`)."""

    language: str
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Item:
    """Something answered by one of five levels: a question, or one sentence of a grid."""

    code: str
    text: str
    levels: tuple[str, ...]
    reversed: bool = False
    dimension: str = ""


@dataclass(frozen=True)
class Question:
    """One question; `help` is a sentence under it, or empty.

    `choices` are the answers of a list, or the sentences of a grid; `levels`, when there are any, replace those of the
    questionnaire; `ends` are the words of 0 and of 10. `aside` offers « ne sait pas, sans objet » beside the scale;
    `use` says what the answer will be used for; `local` marks what a community added to a standard questionnaire.
    """

    code: str
    kind: QuestionKind
    text: str
    help: str = ""
    required: bool = False
    aside: bool = False
    reversed: bool = False
    local: bool = False
    dimension: str = ""
    use: str = ""
    levels: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    lowest: int = 0
    highest: int = 1000
    choices: tuple[Choice, ...] = ()
    shown_if: Condition | None = None

    @property
    def is_asked(self) -> bool:
        """Whether it waits for an answer."""
        return self.kind not in UNASKED


@dataclass(frozen=True)
class Questionnaire:
    """What is asked, with its source; `levels` are the five answers, from the least to the most favourable.

    `standard` is the code of the questionnaire of the library that a community took up, or empty.
    """

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
    dimensions: tuple[Choice, ...] = ()
    standard: str = ""
    translations: tuple[Translation, ...] = ()

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions that wait for an answer."""
        return tuple(question for question in self.questions if question.is_asked)

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything that is answered by a level, the sentences of grids one by one, in their order."""
        return tuple(item for question in self.questions for item in _items(question, self.levels))

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the items."""
        return tuple(item.code for item in self.items)

    @property
    def files(self) -> frozenset[str]:
        """Names of the pictures and sounds of its answers."""
        return frozenset(name for each in self.questions for choice in each.choices for name in choice.files)

    @property
    def has_words(self) -> bool:
        """Whether something is answered in the respondent's own words."""
        return any(question.kind in OPEN for question in self.questions)

    def question(self, code: str) -> Question | None:
        """The question of this code."""
        return next((question for question in self.questions if question.code == code), None)


def _items(question: Question, levels: tuple[str, ...]) -> tuple[Item, ...]:
    words, about = question.levels or levels, (question.reversed, question.dimension)
    if question.kind is QuestionKind.LEVEL:
        return (Item(question.code, question.text, words, *about),)
    if question.kind is QuestionKind.GRID:
        return tuple(Item(f"{question.code}.{row.code}", row.text, words, *about) for row in question.choices)
    return ()


@dataclass(frozen=True)
class Own:
    """A questionnaire that the community writes; `version` counts the savings."""

    id: int
    questionnaire: Questionnaire
    version: int


@dataclass(frozen=True)
class Difference:
    """What one version changes in another, question by question; `comparable` when answers may be set side by side."""

    code: str
    change: Change
    before: str
    after: str
    details: tuple[str, ...]
    comparable: bool


@dataclass(frozen=True)
class Compared:
    """A question, or a sentence of a grid, asked in one wave or two; `details` say what differs."""

    text: str
    comparable: bool
    details: tuple[str, ...]


@dataclass(frozen=True)
class NewWave:
    """What opens a wave; `invited` is a number of people (one a household for families), None when nobody counted them."""

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
    """What one person said to one question: one of the fields, or none when she prefers not to say.

    `level` goes from 1 to 5; `choices` are codes, in the order of preference for a ranking; `aside` is « ne sait pas,
    sans objet ».
    """

    question: str
    level: int | None = None
    words: str | None = None
    choices: tuple[str, ...] = ()
    amount: Decimal | None = None
    day: date | None = None
    aside: bool = False

    @property
    def says_something(self) -> bool:
        """Whether there is more than a refusal or « ne sait pas »."""
        return bool(self.level or self.words or self.choices or self.day) or self.amount is not None


@dataclass(frozen=True)
class WaveLink:
    """A page about one wave or one cohort, made by another package: its endpoint takes `slug`, and `wave_id` or `cohort_id`."""

    label: str
    endpoint: str
    action: str


@dataclass
class WaveLinks:
    """What the packages to the right have registered: links shown on the page of each wave and of each cohort.

    Each of the `listeners` is told the community of each answer that was stored.
    """

    links: list[WaveLink] = field(default_factory=list)
    cohort_links: list[WaveLink] = field(default_factory=list)
    listeners: list[Callable[[str], None]] = field(default_factory=list)

    def add(self, label: str, endpoint: str, action: str) -> None:
        """Show this link to those whose role allows `action`."""
        self.links.append(WaveLink(label, endpoint, action))

    def add_to_cohorts(self, label: str, endpoint: str, action: str) -> None:
        """The same on the page of each cohort."""
        self.cohort_links.append(WaveLink(label, endpoint, action))
