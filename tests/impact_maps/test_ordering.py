"""Few crossings, quickly: against a hand count, against every order, against the first sketch of the drawing."""

import importlib.util
import random
import sys
import time
import warnings
from itertools import pairwise, permutations, product
from pathlib import Path
from types import ModuleType

import pytest

from impact_maps.drawing import draw_screen
from impact_maps.layout import Box, Link, lay_out
from impact_maps.ordering import crossings, order
from impact_maps.rules import MOST_BOXES

SKETCH = Path(__file__).resolve().parents[3] / "shared" / "prototypes" / "carte_valeur.py"
COLUMNS = ["Ressources", "Activités", "Réalisations", "Court terme", "Moyen terme", "Impact"]


def drawn_by_chance(seed: int, count: int) -> tuple[list[Box], list[Link]]:
    """Boxes over six columns, each leading to one or two boxes at most two columns further."""
    chance = random.Random(seed)
    boxes = [Box(f"b{n}", n % 6, f"Élément numéro {n} au libellé assez long", str(n), "enfants") for n in range(count)]
    ends = set()
    for box in boxes:
        further = [other for other in boxes if box.column < other.column <= box.column + 2]
        for other in chance.sample(further, min(len(further), chance.choice([1, 2]))):
            ends.add((box.key, other.key))
    return boxes, [Link(*pair) for pair in sorted(ends)]


def test_crossings_counted_by_hand() -> None:
    segments = [("a", "y"), ("b", "x"), ("c", "z"), ("c", "x")]
    assert crossings([["a", "b", "c"], ["x", "y", "z"]], segments) == 2
    assert crossings([["b", "c", "a"], ["x", "z", "y"]], segments) == 0
    assert crossings([["a"], ["x"]], [("a", "x"), ("a", "x")]) == 0


@pytest.mark.parametrize("seed", range(10))
def test_small_graphs_cross_as_little_as_the_best_of_all_orders(seed: int) -> None:
    chance = random.Random(seed)
    layers = [["a", "b", "c"], ["d", "e", "f", "g"], ["h", "i", "j"]]
    segments = [(a, b) for left, right in pairwise(layers) for a in left for b in right]
    segments = chance.sample(segments, 11)
    least = min(crossings(list(each), segments) for each in product(*map(permutations, layers)))
    found = order(layers, segments)
    assert [sorted(layer) for layer in found] == layers
    assert crossings(found, segments) == least


@pytest.fixture(scope="module")
def sketch() -> ModuleType:
    if not SKETCH.exists():
        pytest.skip("the first sketch lies beside the repository, not in it")
    sys.path.insert(0, str(SKETCH.parent))
    try:
        spec = importlib.util.spec_from_file_location("carte_valeur", SKETCH)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(SKETCH.parent))
    return module


@pytest.mark.parametrize("seed", range(20))
def test_no_more_crossings_than_the_first_sketch(sketch: ModuleType, seed: int) -> None:
    boxes, links = drawn_by_chance(seed, 26 + seed)
    nodes = [(box.key, box.column, box.label) for box in boxes]
    sketched = sketch.layout(nodes, [(link.source, link.target) for link in links], 6)[3]
    plan = lay_out(COLUMNS, boxes, links)
    layers = [sorted((key for key in plan.tops if plan.columns[key] == n), key=plan.middle) for n in range(6)]
    segments = [pair for route in plan.routes for pair in pairwise(route)]
    assert crossings(layers, segments) <= sketched


@pytest.mark.parametrize(("count", "seconds"), [(30, 0.05), (MOST_BOXES, 0.5)])
def test_a_map_is_drawn_at_once(count: int, seconds: float) -> None:
    boxes, links = drawn_by_chance(1, count)
    spent = []
    for _ in range(5):
        begun = time.process_time()
        draw_screen("Carte", COLUMNS, boxes, links)
        spent.append(time.process_time() - begun)
    assert min(spent) < seconds


def test_each_box_names_what_it_touches() -> None:
    boxes = [Box("a", 0, "A"), Box("b", 1, "B"), Box("c", 1, "C")]
    svg = draw_screen("Carte", ["1", "2"], boxes, [Link("a", "c")])
    for classes in ("el f0 t0 t2", "el f1 t1", "el f2 t0 t2", "el t0 t2"):
        assert f'class="{classes}"' in svg
    css = (Path(__file__).resolve().parents[2] / "impact" / "static" / "maps.css").read_text()
    assert f".t{MOST_BOXES - 1})" in css
