"""The chain of a community as the drawing takes it."""

from collections.abc import Mapping

from markupsafe import Markup

from impact.wording import plural
from impact_maps import drawing, layout
from impact_maps.records import Chain, Measure
from impact_maps.vocabulary import LinkState, Stage

_LINK_STATES = {
    LinkState.UNTESTED: drawing.ASSUMED,
    LinkState.SUPPORTED: drawing.SUPPORTED,
    LinkState.CONTRADICTED: drawing.DOUBTED,
}


def picture(chain: Chain, measures: Mapping[int, Measure], target: str = "#fiche-") -> Markup:
    """The SVG for the screen: every text in it was escaped by the drawing, each box leads to `target` and its id."""
    title = _title(chain) + (" La liste complète suit." if target.startswith("#") else "")
    return Markup(drawing.draw_screen(title, _columns(chain), *_parts(chain, measures), target=target))


def printed(chain: Chain, measures: Mapping[int, Measure], *, highest: float = 310.0) -> str:
    """The same chain as one picture for a landscape page."""
    return drawing.draw_print(_title(chain), _columns(chain), *_parts(chain, measures), highest=highest)


def stages(chain: Chain) -> list[Stage]:
    """The columns that hold something; all of them when nothing is drawn yet."""
    return [stage for stage in Stage if chain.column(stage)] or list(Stage)


def _title(chain: Chain) -> str:
    boxes, links = plural(len(chain.boxes), "élément"), plural(len(chain.links), "lien")
    return f"{chain.title} : {boxes}, {links}."


def _columns(chain: Chain) -> list[str]:
    return [stage.label for stage in stages(chain)]


def _parts(chain: Chain, measures: Mapping[int, Measure]) -> tuple[list[layout.Box], list[layout.Link]]:
    ranks = {stage: rank for rank, stage in enumerate(stages(chain))}
    boxes = []
    for box in chain.boxes:
        measure = measures.get(box.id)
        boxes.append(
            layout.Box(
                key=str(box.id),
                column=ranks[box.content.stage],
                label=box.content.words,
                value=measure.value if measure else "",
                base=measure.beneath if measure else "",
                state=layout.MEASURED if measure is not None and measure.measured else layout.UNMEASURED,
            )
        )
    links = [
        layout.Link(str(link.source), str(link.target), _LINK_STATES[chain.assumption(link.source, link.target).state])
        for link in chain.links
    ]
    return boxes, links
