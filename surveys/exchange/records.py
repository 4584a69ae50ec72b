"""What an exchange gives, and what it could not carry."""

from dataclasses import dataclass

from surveys.records import Question, Questionnaire


@dataclass(frozen=True)
class Left:
    """Something of a file that was not taken up, or not whole: its line (0 when it has none), and why."""

    line: int
    message: str


def with_files(questionnaire: Questionnaire) -> list[Question]:
    """The questions whose answers have pictures or sounds."""
    return [each for each in questionnaire.questions if any(choice.files for choice in each.choices)]


@dataclass(frozen=True)
class Taken:
    """A questionnaire read from a file, and what was left of it."""

    questionnaire: Questionnaire
    left: tuple[Left, ...]
