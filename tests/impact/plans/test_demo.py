"""What the demonstration says of the five conditions and of past actions."""

from collections import Counter
from pathlib import Path

import app as assembly
from impact.agreements.decision_storage import list_decisions
from impact.agreements.storage import latest_edition, list_agreements
from impact.agreements.vocabulary import EditionState
from impact.cooperation.action_storage import list_actions
from impact.demo import CITE, ESSONNE
from impact.instance import Instance
from impact.plans.condition_storage import list_rounds
from impact.plans.rules import census
from impact.plans.sheet_storage import list_sheets
from impact.plans.vocabulary import Heading
from impact.workshops.storage import list_cycles, list_workshops


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


def test_the_cite_tells_its_whole_story(demo_root: Path) -> None:
    """Six groups with the head-counts of a real process, a charter voted and sealed, five conditions, a register."""
    db = Instance(demo_root, assembly.schema()).community(CITE)
    groups, passages = sorted(list_cycles(db), key=lambda cycle: cycle.id)
    counted = [(str(each.held_on), each.present) for each in list_workshops(db, groups.id)]
    assert counted[:3] == [("2021-06-04", 40), ("2021-06-07", 42), ("2021-06-10", 29)]
    assert sorted(counted[3:]) == [("2021-06-22", 13), ("2021-06-22", 14), ("2021-06-22", 17)]
    assert all(each.is_held and each.named for each in list_workshops(db, passages.id))
    charter, frame, rider = sorted(list_agreements(db), key=lambda text: text.id)
    assert all(latest_edition(db, each.id).is_adopted for each in (charter, frame))
    assert db.value("SELECT count(*) FROM sealed_text WHERE pdf_sha256 IS NOT NULL") == 1
    assert latest_edition(db, rider.id).state is EditionState.VOTING
    assert [known.closed_on is not None for known in list_rounds(db)] == [True, True]
    assert sum(known.is_disputed for known in list_decisions(db)) == 1
    assert all(action.question_id for action in list_actions(db))
    db.close()
