"""Links to the right, room, places."""

from datetime import date

import pytest

from impact.exceptions import NotFound, Refused
from impact_maps import rules
from impact_maps.records import Box, BoxContent, Chain, Link
from impact_maps.vocabulary import Stage, Target


def _box(number: int, stage: Stage, removed: date | None = None) -> Box:
    target = Target.FAMILIES if stage is Stage.VALUE else None
    return Box(number, BoxContent(stage, f"Élément {number}", target), number, removed, 1)


CHAIN = Chain(
    1,
    "T",
    (
        _box(1, Stage.RESOURCES),
        _box(2, Stage.ACTIVITIES),
        _box(3, Stage.ACTIVITIES),
        _box(4, Stage.RESULTS),
        _box(5, Stage.VALUE),
    ),
    (Link(1, 2), Link(2, 4)),
    1,
)


@pytest.mark.parametrize(("source", "target"), [(2, 1), (2, 3), (3, 3), (5, 1)])
def test_a_link_never_turns_back_nor_stays_in_its_column(source: int, target: int) -> None:
    with pytest.raises(Refused, match="de la gauche vers la droite") as refusal:
        rules.check_link(CHAIN, Link(source, target))
    assert refusal.value.field == "leads_to"


def test_a_link_may_jump_over_columns_but_exists_once() -> None:
    rules.check_link(CHAIN, Link(1, 5))
    with pytest.raises(Refused, match="existe déjà"):
        rules.check_link(CHAIN, Link(1, 2))


def test_a_link_to_nowhere_is_not_found() -> None:
    with pytest.raises(NotFound):
        rules.check_link(CHAIN, Link(1, 99))


def test_a_full_drawing_takes_no_more() -> None:
    boxes = tuple(_box(number, Stage.RESOURCES) for number in range(rules.MOST_BOXES))
    with pytest.raises(Refused, match="100"):
        rules.check_room(Chain(1, "T", boxes, (), 1))
    rules.check_room(Chain(1, "T", boxes[1:], (), 1))


def test_changing_column_keeps_links_to_the_right() -> None:
    rules.check_stage(CHAIN, 2, Stage.ACTIVITIES)
    rules.check_stage(CHAIN, 3, Stage.VALUE)
    with pytest.raises(Refused, match="Élément 4") as refusal:
        rules.check_stage(CHAIN, 2, Stage.RESULTS)
    assert refusal.value.field == "stage"
    with pytest.raises(Refused, match="Élément 1"):
        rules.check_stage(CHAIN, 2, Stage.RESOURCES)


def test_value_is_created_for_somebody_and_nothing_else_is() -> None:
    with pytest.raises(Refused) as refusal:
        rules.right_content(BoxContent(Stage.VALUE, "confiance"))
    assert refusal.value.field == "target"
    assert rules.right_content(BoxContent(Stage.OUTPUTS, "x", Target.FAMILIES)).target is None
    assert rules.right_content(BoxContent(Stage.RESULTS, "x", Target.FAMILIES)).target is Target.FAMILIES
    kept = BoxContent(Stage.VALUE, "x", Target.TERRITORY)
    assert rules.right_content(kept) == kept
    assert kept.words == "Territoire : x"


def test_offered_links_lead_right_and_are_new() -> None:
    first, second = CHAIN.boxes[0], CHAIN.boxes[1]
    assert [box.id for box in rules.linkable(CHAIN, first)] == [3, 4, 5]
    assert [box.id for box in rules.linkable(CHAIN, second)] == [5]


def test_neighbours_stop_at_the_ends_of_the_column() -> None:
    below = rules.neighbour(CHAIN, 2, 1)
    assert below is not None
    assert below.id == 3
    assert rules.neighbour(CHAIN, 2, -1) is None
    assert rules.neighbour(CHAIN, 3, 1) is None
    with pytest.raises(NotFound):
        rules.neighbour(CHAIN, 99, 1)


def test_a_removed_box_is_kept_thirty_days() -> None:
    removed = _box(9, Stage.RESULTS, date(2026, 11, 1))
    assert rules.can_restore(removed, date(2026, 12, 1))
    assert not rules.can_restore(removed, date(2026, 12, 2))
    assert not rules.can_restore(CHAIN.boxes[0], date(2026, 11, 1))
