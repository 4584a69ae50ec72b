"""The value chain: nothing overlaps, nothing is lost, a keyboard reaches each box on screen."""

import xml.etree.ElementTree as ElementTree
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact_maps.drawing import DOUBTED, draw_print, draw_screen
from impact_maps.layout import MEASURED, UNCERTAIN, UNMEASURED, Box, Link, lay_out

SVG = "{http://www.w3.org/2000/svg}"
COLUMNS = ["Ressources", "Activités", "Réalisations", "Changements observés", "Valeur créée"]
BOXES = [
    Box("r1", 0, "Coordination et référents de parcours", "10,5 ETP"),
    Box("a1", 1, "Médiation entre famille et école", "40", "enfants"),
    Box("a2", 1, "Ateliers entre acteurs", "7", "ateliers"),
    Box("o1", 2, "Parcours décidé avec la famille", "128", "sur 160 enfants"),
    Box("e1", 3, "Assiduité", "on ne sait pas", "88 paires", UNCERTAIN),
    Box("i1", 4, "Pour le territoire", "non mesuré", "", UNMEASURED),
]
LINKS = [
    Link("r1", "a1"),
    Link("r1", "a2"),
    Link("a1", "o1"),
    Link("o1", "e1"),
    Link("a2", "i1"),
    Link("e1", "i1", DOUBTED),
]


def test_screen_leads_to_each_box_and_says_column_label_and_value() -> None:
    root = ElementTree.fromstring(draw_screen("Chaîne de valeur", COLUMNS, BOXES, LINKS))
    assert root.get("role") == "group"
    assert root[0].tag == SVG + "title"
    links = {each.get("href"): each for each in root.iter(SVG + "a")}
    assert set(links) == {f"#fiche-{box.key}" for box in BOXES}
    assert links["#fiche-a1"].get("aria-label") == "Activités\u00a0: Médiation entre famille et école 40\u00a0enfants"
    assert "".join(links["#fiche-a1"].itertext()) == "Médiation entre famille et école 40 enfants "


def test_print_is_one_picture_with_the_same_layout() -> None:
    printed = ElementTree.fromstring(draw_print("Chaîne de valeur", COLUMNS, BOXES, LINKS))
    screen = ElementTree.fromstring(draw_screen("Chaîne de valeur", COLUMNS, BOXES, LINKS))
    assert printed.get("role") == "img"
    assert list(printed.iter(SVG + "a")) == []

    def places(root: ElementTree.Element) -> list[tuple[str | None, str | None]]:
        return [(each.get("x"), each.get("y")) for each in root.iter(SVG + "rect")]

    assert places(printed) == places(screen)
    assert (printed.get("width"), screen.get("width")) == ("728pt", "1092")


def test_what_is_not_measured_is_dashed() -> None:
    root = ElementTree.fromstring(draw_print("Chaîne", COLUMNS, BOXES, LINKS))
    dashed = [each for each in root.iter(SVG + "rect") if each.get("stroke-dasharray")]
    assert len(dashed) == sum(box.state != MEASURED for box in BOXES)


def test_many_boxes_are_reduced_to_the_page() -> None:
    boxes = [Box(f"b{n}", n % 5, f"Élément numéro {n} au libellé assez long", str(n), "enfants") for n in range(40)]
    root = ElementTree.fromstring(draw_print("Chaîne", COLUMNS, boxes, [], highest=340))
    width, height = (float((root.get(side) or "").removesuffix("pt")) for side in ("width", "height"))
    assert height <= 340.1
    assert 600 < width <= 728.1


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_yet_or_a_single_box(count: int) -> None:
    texts = draw_print("Chaîne", COLUMNS[:1], BOXES[:count], [])
    assert ("pas encore" in texts) == (count == 0)


def test_long_link_goes_around_the_boxes_between() -> None:
    boxes = [Box("a", 0, "A"), Box("b", 1, "B"), Box("c", 2, "C")]
    plan = lay_out(["1", "2", "3"], boxes, [Link("a", "c"), Link("a", "b"), Link("b", "c")])
    (point,) = plan.routes[0][1:-1]
    assert not plan.tops["b"] <= plan.middle(point) <= plan.tops["b"] + plan.heights["b"]


@pytest.mark.parametrize(
    ("boxes", "links"),
    [
        (BOXES, [Link("r1", "a1"), Link("a1", "o1"), Link("o1", "r1")]),
        (BOXES, [Link("r1", "r1")]),
        (BOXES, [Link("r1", "absent")]),
        ([*BOXES, BOXES[0]], []),
        ([Box("z", 9, "Ailleurs")], []),
    ],
)
def test_impossible_chain_is_refused(boxes: list[Box], links: list[Link]) -> None:
    with pytest.raises(ValueError, match=r"élément|rond"):
        lay_out(COLUMNS, boxes, links)


WORDS = st.one_of(st.text(max_size=90), st.sampled_from(["", "Accompagnement à la scolarité", "x" * 80]))
STATES = st.sampled_from([MEASURED, UNCERTAIN, UNMEASURED])


@st.composite
def chains(draw: st.DrawFn) -> tuple[list[str], list[Box], list[Link]]:
    columns = draw(st.lists(WORDS, min_size=1, max_size=7))
    parts = draw(st.lists(st.tuples(st.integers(0, len(columns) - 1), WORDS, WORDS, WORDS, STATES), max_size=16))
    boxes = [Box(f"b{rank}", *part) for rank, part in enumerate(parts)]
    pairs = st.tuples(*[st.integers(0, max(len(boxes) - 1, 0))] * 2).filter(lambda pair: pair[0] < pair[1])
    ends = draw(st.lists(pairs, max_size=20)) if len(boxes) > 1 else []
    return columns, boxes, [Link(f"b{a}", f"b{b}") for a, b in ends]


@settings(max_examples=60)
@given(chains())
def test_any_chain_is_drawn_without_overlap(chain: tuple[list[str], list[Box], list[Link]]) -> None:
    columns, boxes, links = chain
    plan = lay_out(columns, boxes, links)
    for first, second in combinations(boxes, 2):
        if first.column == second.column:
            upper, lower = sorted((first.key, second.key), key=lambda key: plan.tops[key])
            assert plan.tops[upper] + plan.heights[upper] <= plan.tops[lower] + 0.01
    for box in boxes:
        assert -0.01 <= plan.tops[box.key] <= plan.height - plan.heights[box.key] + 0.01
    ElementTree.fromstring(draw_print("Chaîne", columns, boxes, links))
    ElementTree.fromstring(draw_screen("Chaîne", columns, boxes, links))
