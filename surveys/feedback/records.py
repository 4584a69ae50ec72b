"""A sheet for those who answered."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """What people told, and what will be done: one sentence a line, in one language; version 0 is not stored."""

    language: str
    told: str
    will: str
    version: int = 0

    @property
    def told_lines(self) -> list[str]:
        """Sentence by sentence."""
        return [line.strip() for line in self.told.splitlines() if line.strip()]

    @property
    def will_lines(self) -> list[str]:
        """Sentence by sentence."""
        return [line.strip() for line in self.will.splitlines() if line.strip()]
