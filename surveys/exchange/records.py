"""What an exchange gives, and what it could not carry."""

from dataclasses import dataclass

from surveys.records import Questionnaire


@dataclass(frozen=True)
class Left:
    """Something of a file that was not taken up, or not whole: its line (0 when it has none), and why."""

    line: int
    message: str


@dataclass(frozen=True)
class Taken:
    """A questionnaire read from a file, and what was left of it."""

    questionnaire: Questionnaire
    left: tuple[Left, ...]
