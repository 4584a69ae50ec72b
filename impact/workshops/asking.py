"""What the packages on the right tell of their questionnaires, so that one can be attached to a workshop or an event."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from impact.db import EncryptedDatabase


@dataclass(frozen=True)
class Asked:
    """A wave of a questionnaire: its name, how many answered, the page that shows it."""

    wave_id: int
    title: str
    responses: int
    endpoint: str


@dataclass
class Asking:
    """Where the waves come from; none until a package says so."""

    sources: list[Callable[[EncryptedDatabase], Sequence[Asked]]] = field(default_factory=list)

    def add(self, source: Callable[[EncryptedDatabase], Sequence[Asked]]) -> None:
        """Register a source."""
        self.sources.append(source)

    def waves(self, db: EncryptedDatabase) -> list[Asked]:
        """Every wave that can be attached."""
        return [wave for source in self.sources for wave in source(db)]
