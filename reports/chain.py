"""The value chain as a report prints it: with the figures of that report and no other."""

from collections.abc import Sequence
from dataclasses import dataclass

from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.figures import Figure
from impact.vocabulary import Audience
from impact_maps.measures import choices, measures_of
from impact_maps.own_storage import own_measures
from impact_maps.picture import printed
from impact_maps.records import Measure
from impact_maps.storage import find_chain
from impact_maps.vocabulary import LinkState
from reports.composition.value_chain import UNMEASURED
from surveys.storage import list_waves


@dataclass(frozen=True)
class DrawnChain:
    """The drawing, and the same in words: column, element and figure of each box; how many are measured, and how many
    links are supported."""

    svg: str = ""
    boxes: tuple[tuple[str, str, str], ...] = ()
    measured: int = 0
    supported: int = 0


def draw_chain(db: EncryptedDatabase, figures: Sequence[Figure]) -> DrawnChain:
    """Nothing to draw when the community has no chain, or an empty one."""
    chain = find_chain(db)
    if chain is None or not chain.boxes:
        return DrawnChain()
    titles = dict(choices(get_community(db).kind, [wave.questionnaire for wave in list_waves(db)]))
    known = {(figure.code, figure.category): figure for figure in figures}
    audience = figures[0].audience if figures else Audience.PUBLIC
    measures = measures_of(chain, known, titles, own=own_measures(db, audience, known))
    measured = sum(measure.measured for measure in measures.values())
    boxes = tuple((box.content.stage.label, box.content.words, _figure(measures.get(box.id))) for box in chain.boxes)
    supported = sum(each.state is LinkState.SUPPORTED for each in chain.assumptions.values())
    return DrawnChain(printed(chain, measures), boxes, measured, supported)


def _figure(measure: Measure | None) -> str:
    return f"{measure.value} ({measure.title})" if measure and measure.measured else UNMEASURED
