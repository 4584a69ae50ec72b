"""How fast a map is drawn and how little its links cross, against limits and against the first sketch.

Run with the project's Python: `.venv/bin/python benchmarks/maps.py [PATH/carte_valeur.py]`. Prints milliseconds, limits
and ratios (under 1 is kept); with the sketch, the crossings of both over 20 seeded maps.
"""

import importlib.util
import itertools
import random
import sys
import time
from pathlib import Path

from impact_maps.drawing import draw_print, draw_screen
from impact_maps.layout import Box, Link, lay_out
from impact_maps.ordering import crossings

COLUMNS = ["Ressources", "Activités", "Réalisations", "Court terme", "Moyen terme", "Impact"]
LIMITS = {30: 0.05, 100: 0.5}
SEEDS, REPEATS = 20, 7


def _by_chance(seed: int, count: int) -> tuple[list[Box], list[Link]]:
    chance = random.Random(seed)
    boxes = [Box(f"b{n}", n % 6, f"Élément numéro {n} au libellé assez long", str(n), "enfants") for n in range(count)]
    ends = set()
    for box in boxes:
        further = [other for other in boxes if box.column < other.column <= box.column + 2]
        for other in chance.sample(further, min(len(further), chance.choice([1, 2]))):
            ends.add((box.key, other.key))
    return boxes, [Link(*pair) for pair in sorted(ends)]


def _seconds(count: int, printed: bool) -> float:
    boxes, links = _by_chance(1, count)
    spent = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        (draw_print if printed else draw_screen)("Carte", COLUMNS, boxes, links)
        spent.append(time.perf_counter() - begun)
    return sorted(spent)[REPEATS // 2]


def _crossings(boxes: list[Box], links: list[Link]) -> int:
    plan = lay_out(COLUMNS, boxes, links)
    layers = [sorted((key for key in plan.tops if plan.columns[key] == n), key=plan.middle) for n in range(6)]
    return crossings(layers, [pair for route in plan.routes for pair in itertools.pairwise(route)])


def _compare(sketch_path: Path) -> int:
    sys.path.insert(0, str(sketch_path.parent))
    spec = importlib.util.spec_from_file_location("sketch", sketch_path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{sketch_path}: not a Python file")
    sketch = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sketch)
    ours, theirs, worse = 0, 0, 0
    for seed in range(SEEDS):
        boxes, links = _by_chance(seed, 26 + seed)
        nodes = [(box.key, box.column, box.label) for box in boxes]
        sketched = sketch.layout(nodes, [(link.source, link.target) for link in links], 6)[3]
        found = _crossings(boxes, links)
        ours, theirs, worse = ours + found, theirs + sketched, worse + (found > sketched)
    print(f"crossings over {SEEDS} maps: {ours}, sketch {theirs}, ratio {ours / theirs:.2f}, worse on {worse}")
    return worse


def main() -> int:
    """Print a line per claim; the exit status is 1 when a limit is passed."""
    late = 0
    for count, limit in LIMITS.items():
        for printed in (False, True):
            spent, where = _seconds(count, printed), "print" if printed else "screen"
            kept = limit * (5 if printed else 1)  # a page is tried at several widths
            late += spent > kept
            print(f"{count} boxes, {where}: {spent * 1000:.0f} ms, limit {kept * 1000:.0f}, ratio {spent / kept:.2f}")
    worse = _compare(Path(sys.argv[1])) if len(sys.argv) > 1 else 0
    return int(bool(late or worse))


if __name__ == "__main__":
    sys.exit(main())
