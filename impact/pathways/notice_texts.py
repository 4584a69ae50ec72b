"""The notice for parents in each language it is written in: one file per language in `notices/`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FRENCH = "fr"
_HERE = Path(__file__).resolve().parent / "notices"


@dataclass(frozen=True)
class Notice:
    """The notice in one language: its title, then headings with their paragraph; `direction` is "ltr" or "rtl"."""

    language: str
    name: str
    direction: str
    title: str
    parts: tuple[tuple[str, str], ...]


@cache
def notices() -> dict[str, Notice]:
    """By language code, French first, then by name."""
    found = [_read(path) for path in _HERE.glob("*.toml")]
    found.sort(key=lambda notice: (notice.language != FRENCH, notice.name))
    return {notice.language: notice for notice in found}


def _read(path: Path) -> Notice:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    parts = tuple((part["heading"], part["text"]) for part in told["parts"])
    return Notice(path.stem, told["name"], told["direction"], told["title"], parts)
