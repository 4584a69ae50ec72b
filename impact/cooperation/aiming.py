"""What the features on the right call the orientations of a community, so that an action says which ones it serves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from impact.audit import Actor
from impact.db import EncryptedDatabase


@dataclass(frozen=True)
class Aim:
    """An orientation, and the actions that serve it."""

    id: int
    title: str
    action_ids: tuple[int, ...]


def _no_aims(db: EncryptedDatabase) -> Sequence[Aim]:
    return ()


def _keep_nothing(db: EncryptedDatabase, actor: Actor, action_id: int, aim_ids: Sequence[int]) -> None:
    return


@dataclass
class Aiming:
    """Where orientations come from, and how those of an action are kept; none until a feature says so."""

    every: Callable[[EncryptedDatabase], Sequence[Aim]] = _no_aims
    keep: Callable[[EncryptedDatabase, Actor, int, Sequence[int]], None] = _keep_nothing

    def of(self, db: EncryptedDatabase, action_id: int) -> list[Aim]:
        """Those that an action serves."""
        return [aim for aim in self.every(db) if action_id in aim.action_ids]
