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


def picture(chain: Chain, measures: Mapping[int, Measure]) -> Markup:
    """The SVG for the screen: every text in it was escaped by the drawing, and each box leads to its line in the list."""
    return Markup(drawing.draw_screen(_title(chain), _columns(), *_parts(chain, measures)))


def printed(chain: Chain, measures: Mapping[int, Measure]) -> str:
    """The same chain as one picture for a landscape page."""
    return drawing.draw_print(_title(chain), _columns(), *_parts(chain, measures))


def _title(chain: Chain) -> str:
    boxes, links = plural(len(chain.boxes), "élément"), plural(len(chain.links), "lien")
    return f"{chain.title} : {boxes}, {links}. La liste complète suit."


def _columns() -> list[str]:
    return [stage.label for stage in Stage]


def _parts(chain: Chain, measures: Mapping[int, Measure]) -> tuple[list[layout.Box], list[layout.Link]]:
    boxes = []
    for box in chain.boxes:
        measure = measures.get(box.id)
        measured = measure is not None and measure.measured
        boxes.append(
            layout.Box(
                key=str(box.id),
                column=box.content.stage.column,
                label=box.content.words,
                value=measure.value if measure else "",
                base=measure.base if measure else "",
                state=layout.MEASURED if measured else layout.UNMEASURED,
            )
        )
    links = [
        layout.Link(str(link.source), str(link.target), _LINK_STATES[chain.assumption(link.source, link.target).state])
        for link in chain.links
    ]
    return boxes, links
