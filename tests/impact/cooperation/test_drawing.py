"""The picture of links: always the same, nothing over anything."""

import re
import time
from itertools import combinations
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.communities.records import Organisation
from impact.cooperation.drawing import NOBODY, Edge, Node, draw, lay_out
from impact.cooperation.picture import picture, printed
from impact.cooperation.records import Declaration, Link
from impact.cooperation.vocabulary import LinkKind
from impact.vocabulary import OrganisationKind
from tests.conftest import TODAY


def nodes(count: int, label: str = "Maison de quartier des Trois-Pommiers et de la Rosée, antenne") -> list[Node]:
    return [Node(str(number), f"{label} {number}") for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 17, 60, 300])
def test_labels_never_meet_nor_leave_the_picture(count: int) -> None:
    # Drawing refuses a label that leaves it or crosses another.
    every = nodes(count)
    edges = [Edge(a.key, b.key, True, True) for a, b in list(combinations(every, 2))[:200]]
    svg = draw("Liens", every, edges)
    assert svg.count("<circle") == count
    assert svg.count("<path") == len(edges)


@settings(max_examples=25)
@given(st.lists(st.text(max_size=300), min_size=1, max_size=12))
def test_any_name_can_be_drawn(names: list[str]) -> None:
    draw("Liens", [Node(str(rank), name) for rank, name in enumerate(names)], [])


def test_nodes_keep_apart() -> None:
    places, _ = lay_out(nodes(60))
    assert min(hypot(a.x - b.x, a.y - b.y) for a, b in combinations(places.values(), 2)) > 10


def test_the_three_kinds_of_link_look_different() -> None:
    edges = [Edge("0", "1", True, True), Edge("1", "2", True), Edge("2", "3", False)]
    drawn = re.findall(r"<path[^>]*>", draw("Liens", nodes(4), edges))
    dashed, thin, thick = drawn
    assert "stroke-dasharray" in dashed
    assert 'stroke-width="1.1"' in thin
    assert "dasharray" not in thin
    assert 'stroke-width="2.6"' in thick


def test_the_same_links_give_the_same_picture_quickly() -> None:
    every = nodes(30)
    edges = [Edge(a.key, b.key, True) for a, b in combinations(every, 2)]
    start = time.perf_counter()
    first = draw("Liens", every, edges)
    assert time.perf_counter() - start < 0.5
    assert first == draw("Liens", every, edges)


def test_a_wrong_graph_is_refused_and_an_empty_one_says_so() -> None:
    with pytest.raises(ValueError, match="clé unique"):
        draw("Liens", nodes(2), [Edge("0", "9", True)])
    with pytest.raises(ValueError, match="clé unique"):
        draw("Liens", [*nodes(1), *nodes(1)], [])
    assert NOBODY in draw("Liens", [], [])


def test_each_organisation_leads_to_its_line_and_names_are_escaped() -> None:
    known = [
        Organisation(1, "<script>alert(1)</script>", OrganisationKind.FIRM, 1),
        Organisation(2, "Ville de Brumeval", OrganisationKind.LOCAL_AUTHORITY, 1),
    ]
    said = (Declaration(1, LinkKind.EXISTING, TODAY), Declaration(2, LinkKind.EXISTING, TODAY))
    svg = picture(known, [Link(1, 1, 1, 2, None, said)])
    assert 'href="#structure-2"' in svg
    assert "<script" not in svg
    assert "1\u00a0lien existant, dont 1\u00a0confirmé" in svg
    assert "<a " not in printed(known, [])
