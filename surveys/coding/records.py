"""Themes, answers as they were read, quotes."""

from dataclasses import dataclass, field

from surveys.records import Question

# Who settled a disagreement: both readers together.
TOGETHER = 0


@dataclass(frozen=True)
class Theme:
    """One code of the book, with what belongs to it."""

    id: int
    label: str
    meaning: str
    version: int = 1


@dataclass(frozen=True)
class Written:
    """What one person wrote to one question. `ref` says nothing of her other answers nor of when they came.

    `readings` are the themes put by each reader, by member, and under `TOGETHER` once a disagreement is settled.
    """

    response_id: int
    ref: str
    words: str
    readings: dict[int, frozenset[int]] = field(default_factory=dict)
    quote: str = ""

    @property
    def apart(self) -> dict[int, frozenset[int]]:
        """What each reader put without seeing the other."""
        return {reader: themes for reader, themes in self.readings.items() if reader != TOGETHER}

    @property
    def differs(self) -> bool:
        """Whether two readers disagree, and have not settled it."""
        return TOGETHER not in self.readings and len(set(self.apart.values())) > 1

    @property
    def themes(self) -> frozenset[int]:
        """What is kept: what was settled, else what every reader put."""
        if TOGETHER in self.readings:
            return self.readings[TOGETHER]
        return frozenset.intersection(*self.apart.values()) if self.apart else frozenset()


@dataclass(frozen=True)
class CodedQuestion:
    """An open question of a wave, its book of codes and everything written to it."""

    question: Question
    themes: tuple[Theme, ...]
    answers: tuple[Written, ...]

    @property
    def read(self) -> tuple[Written, ...]:
        """The answers that somebody read."""
        return tuple(each for each in self.answers if each.readings)

    @property
    def quotes(self) -> tuple[str, ...]:
        """What may be quoted, in an order that tells nothing."""
        return tuple(each.quote for each in self.answers if each.quote)

    def people(self, theme_id: int) -> int:
        """How many people speak of a theme, each counted once."""
        return sum(theme_id in each.themes for each in self.answers)

    def both(self, theme_id: int) -> tuple[list[bool], list[bool]]:
        """Whether each of two readers put a theme, over the answers that both read apart."""
        readers = sorted({reader for each in self.answers for reader in each.apart})
        if len(readers) < 2:
            return [], []
        shared = [each.apart for each in self.answers if len(each.apart) > 1]
        return [theme_id in apart[readers[0]] for apart in shared], [theme_id in apart[readers[1]] for apart in shared]
