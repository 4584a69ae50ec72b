"""Templates to begin with: those that ship as files, and those that communities share: pure but for reading the files."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from impact.exceptions import NotFound
from impact_maps.records import BoxContent, Chain, TreeLine
from impact_maps.vocabulary import ImpactState, Public, Stage, Target

LIBRARY = Path(__file__).resolve().parent / "library"
SEPARATOR = "@"


@dataclass(frozen=True)
class Pattern:
    """Boxes, links between their ranks with what they suppose, lines of an impact tree; `origin` is who offers it."""

    code: str
    title: str
    version: int
    about: str
    boxes: tuple[BoxContent, ...]
    links: tuple[tuple[int, int, str], ...]
    tree: tuple[TreeLine, ...]
    origin: str = ""


def library() -> list[Pattern]:
    """Every template that ships, in the order of the files' names."""
    files = sorted(LIBRARY.glob("*.toml"))
    return [read_pattern(path.stem, tomllib.loads(path.read_text("utf-8"))) for path in files]


def find(patterns: list[Pattern], code: str) -> Pattern:
    """Raises NotFound."""
    for pattern in patterns:
        if pattern.code == code:
            return pattern
    raise NotFound


def read_pattern(code: str, read: Mapping[str, Any], origin: str = "") -> Pattern:
    """A template from its keys; raises KeyError or ValueError on one that is not right."""
    ranks = {box["key"]: rank for rank, box in enumerate(read.get("box", ()))}
    return Pattern(
        code,
        str(read["title"]),
        int(read["version"]),
        str(read["about"]),
        tuple(_box(box) for box in read.get("box", ())),
        tuple((ranks[link["from"]], ranks[link["to"]], link.get("assumption", "")) for link in read.get("link", ())),
        tuple(
            TreeLine(Public(line["public"]), line["objective"], line["words"], ImpactState.OBSERVABLE)
            for line in read.get("impact", ())
        ),
        origin,
    )


def written(chain: Chain, tree: list[TreeLine], about: str) -> str:
    """What a community shares: words, columns, links and suppositions; never a figure of its own, nor what it observed."""
    boxes = [
        {
            "key": str(box.id),
            "stage": box.content.stage.value,
            "label": box.content.label,
            "target": box.content.target.value if box.content.target else "",
            "indicator": "" if is_own(box.content.indicator) else _figure(box.content),
        }
        for box in chain.boxes
    ]
    links = [
        {
            "from": str(link.source),
            "to": str(link.target),
            "assumption": chain.assumption(link.source, link.target).words,
        }
        for link in chain.links
    ]
    impacts = [{"public": line.public.value, "objective": line.objective, "words": line.words} for line in tree]
    content = {"title": chain.title, "version": 1, "about": about}
    return json.dumps({**content, "box": boxes, "link": links, "impact": impacts}, ensure_ascii=False)


def is_own(code: str) -> bool:
    """Whether a code names an indicator that the community defined itself."""
    return code.startswith("own.")


def newer(taken: Pattern, chain: Chain) -> list[BoxContent]:
    """What a template proposes that the chain does not hold under the same words in the same column."""
    held = {(box.content.stage, box.content.label) for box in chain.boxes}
    return [box for box in taken.boxes if (box.stage, box.label) not in held]


def _box(read: Mapping[str, str]) -> BoxContent:
    code, _, category = read.get("indicator", "").partition(SEPARATOR)
    target = Target(read["target"]) if read.get("target") else None
    return BoxContent(Stage(read["stage"]), read["label"], target, code, category)


def _figure(content: BoxContent) -> str:
    return f"{content.indicator}{SEPARATOR}{content.category}" if content.category else content.indicator
