"""The notice for parents in each language it is written in: one file per language in `notices/`."""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

FRENCH = "fr"
# The delay that the texts say in words; another one is said in months.
USUAL_MONTHS = 24
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


def languages() -> dict[str, str]:
    """The languages of the notice, by code, and another one."""
    return {code: told.name for code, told in notices().items()} | {"other": "Une autre langue"}


def notice_in(language: str, months: int) -> Notice:
    """The notice that says how long this community keeps a file."""
    told = notices()[language]
    if months == USUAL_MONTHS:
        return told
    spoken = {part["text"]: part["other"] for part in _toml(_HERE / f"{language}.toml")["parts"] if "other" in part}
    parts = tuple((heading, spoken.get(text, text).format(months=months)) for heading, text in told.parts)
    return replace(told, parts=parts)


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _read(path: Path) -> Notice:
    told = _toml(path)
    parts = tuple((part["heading"], part["text"]) for part in told["parts"])
    return Notice(path.stem, told["name"], told["direction"], told["title"], parts)
