"""What the packages on the right call their indicators, so that a finding can carry one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from impact.vocabulary import CommunityKind

Names = Sequence[tuple[str, str]]


@dataclass
class Naming:
    """Where codes and titles come from; none until a package says so."""

    sources: list[Callable[[CommunityKind], Names]] = field(default_factory=list)

    def add(self, source: Callable[[CommunityKind], Names]) -> None:
        """Register a source."""
        self.sources.append(source)

    def names(self, kind: CommunityKind) -> dict[str, str]:
        """Title by code, for one kind of community."""
        return {code: title for source in self.sources for code, title in source(kind)}
