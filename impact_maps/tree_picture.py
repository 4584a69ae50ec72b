"""The impact tree as the drawing takes it: publics, objectives, impacts observed or observable."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from impact.wording import plural, short_date
from impact_maps import drawing, layout
from impact_maps.records import Measure, TreeLine
from impact_maps.vocabulary import ImpactState, Public

COLUMNS = ("Pour qui", "Objectifs", "Impacts observés ou observables")


@dataclass(frozen=True)
class Branch:
    """An objective of a public with its impacts; `key` names it in the picture and in the table."""

    public: Public
    objective: str
    lines: tuple[TreeLine, ...]

    @property
    def key(self) -> str:
        """The same while its first impact stays."""
        return f"o-{self.lines[0].id}"


def branches(lines: Sequence[TreeLine]) -> list[Branch]:
    """The tree by public and objective, in the order given."""
    grouped: dict[tuple[Public, str], list[TreeLine]] = {}
    for line in lines:
        grouped.setdefault((line.public, line.objective), []).append(line)
    return [Branch(public, objective, tuple(found)) for (public, objective), found in grouped.items()]


def by_public(lines: Sequence[TreeLine]) -> list[tuple[Public, list[Branch]]]:
    """The objectives of each public, in the order given."""
    grouped: dict[Public, list[Branch]] = {}
    for branch in branches(lines):
        grouped.setdefault(branch.public, []).append(branch)
    return list(grouped.items())


def picture(lines: Sequence[TreeLine], measures: Mapping[int, Measure]) -> Markup:
    """The SVG for the screen; each box leads to its cell in the table."""
    return Markup(drawing.draw_screen(_title(lines), COLUMNS, *_parts(lines, measures)))


def printed(lines: Sequence[TreeLine], measures: Mapping[int, Measure], *, highest: float = 310.0) -> str:
    """The same tree as one picture for a landscape page."""
    return drawing.draw_print(_title(lines), COLUMNS, *_parts(lines, measures), highest=highest)


def state_words(line: TreeLine) -> str:
    """« observé le 05/09/2026 » or « observable »."""
    return f"observé le {short_date(line.observed_on)}" if line.observed_on else "observable"


def _title(lines: Sequence[TreeLine]) -> str:
    seen = sum(line.state is ImpactState.OBSERVED for line in lines)
    return f"Arbre à impacts : {plural(len(lines), 'impact')}, dont {plural(seen, 'observé')}. Le tableau complet suit."


def _parts(lines: Sequence[TreeLine], measures: Mapping[int, Measure]) -> tuple[list[layout.Box], list[layout.Link]]:
    tree = branches(lines)
    boxes = [layout.Box(f"p-{public.value}", 0, public.label) for public in dict.fromkeys(each.public for each in tree)]
    boxes += [layout.Box(each.key, 1, each.objective) for each in tree]
    boxes += [_box(line, measures.get(line.id)) for line in lines]
    return boxes, list(_links(tree))


def _box(line: TreeLine, measure: Measure | None) -> layout.Box:
    said = [measure.beneath] if measure and measure.beneath else []
    return layout.Box(
        f"i-{line.id}",
        2,
        line.words,
        measure.value if measure else "",
        ", ".join([*said, state_words(line)]),
        layout.MEASURED if line.state is ImpactState.OBSERVED else layout.UNMEASURED,
    )


def _links(tree: Sequence[Branch]) -> Iterator[layout.Link]:
    for branch in tree:
        seen = any(line.state is ImpactState.OBSERVED for line in branch.lines)
        yield layout.Link(f"p-{branch.public.value}", branch.key, _state(seen))
        for line in branch.lines:
            yield layout.Link(branch.key, f"i-{line.id}", _state(line.state is ImpactState.OBSERVED))


def _state(seen: bool) -> str:
    return drawing.SUPPORTED if seen else drawing.ASSUMED
