"""A form of a child's follow-up that changes something has a way back that changes nothing."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[1] / "impact" / "templates"
# One button on a page that is read, filters and tables whose other links lead away.
WITHOUT = {"protection/retention.html", "sheets/index.html"}
PAGES = [
    path
    for folder in ("pathways", "protection", "sheets")
    for path in sorted((TEMPLATES / folder).glob("*.html"))
    if re.search(r'<form class="(form|pile)"[^>]*method="post"', path.read_text(encoding="utf-8"))
    and f"{folder}/{path.name}" not in WITHOUT
]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_form_has_a_way_back(path: Path) -> None:
    assert re.search(r">Revenir|\{\{ save\(|>Y revenir", path.read_text(encoding="utf-8")), path.name
