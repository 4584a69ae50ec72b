"""What the demonstration says of the five conditions and of past actions."""

from collections import Counter
from pathlib import Path

import app as assembly
from impact.demo import CITE, ESSONNE
from impact.instance import Instance
from impact.plans.rules import census
from impact.plans.sheet_storage import list_sheets
from impact.plans.vocabulary import Heading


def test_nobody_writes_what_another_wrote_in_the_same_round(demo_root: Path) -> None:
    db = Instance(demo_root, assembly.schema()).community(ESSONNE)
    said = Counter(
        (row["round_id"], row["condition"], row["evidence"])
        for row in db.rows("SELECT round_id, condition, evidence FROM condition_answer WHERE evidence <> ''")
    )
    assert len(said) > 30
    assert max(said.values()) == 1
    db.close()


def test_the_census_crosses_kinds_actors_scales_and_centres(demo_root: Path) -> None:
    db = Instance(demo_root, assembly.schema()).community(ESSONNE)
    lines = census(list_sheets(db))
    assert sorted(len(line.sheets) for line in lines) == [1, 1, 2]
    db.close()


def test_the_cite_has_its_roadmap_and_a_whole_sheet(demo_root: Path) -> None:
    db = Instance(demo_root, assembly.schema()).community(CITE)
    assert db.value("SELECT count(*) FROM roadmap_objective") == 3
    assert db.value("SELECT count(DISTINCT owner_id) FROM roadmap_step") == 8
    (sheet,) = list_sheets(db)
    assert set(sheet.words) == set(Heading)
    db.close()
