"""The page of a cohort's changes, and its chapter in a report."""

from pathlib import Path
from typing import Any

import pytest

import app as assembly
from impact.instance import Instance
from impact.periods import school_year
from impact.vocabulary import Audience, CommunityKind
from reports.composition.cohorts import chapters
from reports.composition.words import Estimates
from reports.data import load
from reports.publishing import compute_all, protected
from surveys.rosters import cohort_storage
from surveys.rosters.demo import fill
from surveys.rosters.vocabulary import Recognition

pytestmark = pytest.mark.whole

URL = "/communautes/pre-demonstration/questionnaires/cohortes"


@pytest.fixture(scope="module")
def estimates(demo_root: Path) -> Estimates:
    """Every figure of the demonstration's last complete school year, exact."""
    db = Instance(demo_root, assembly.schema()).community("pre-demonstration")
    found = compute_all(load(db, school_year(2025)), school_year(2025), CommunityKind.PRE)
    db.close()
    return Estimates(found)


def test_the_demonstration_has_sixty_children_three_moments_and_real_losses(estimates: Estimates) -> None:
    rows = estimates.rows("cohort.retention")
    assert [row.category.partition("/")[2] for row in rows] == [
        f"{public}/{moment}" for public in ("child", "parent", "teacher") for moment in (1, 2, 3)
    ]
    assert {row.denominator for row in rows} == {60}
    children = [row.numerator or 0 for row in rows[:3]]
    assert children == sorted(children, reverse=True)
    assert children[-1] < 50


def test_the_chapter_says_the_outcome_first_and_what_the_losses_do(estimates: Estimates) -> None:
    (chapter,) = chapters(estimates)
    assert chapter.finding.startswith(("Progression", "On ne peut pas", "Pas de changement", "Recul"))
    assert "fixé avant les réponses" in chapter.finding
    assert len(chapter.figures) == 3
    assert any("Perte sélective" in line for line in chapter.callouts[0].lines)
    assert "Sans groupe de comparaison" in chapter.callouts[0].lines[0]


def test_funders_read_no_count_under_five(estimates: Estimates) -> None:
    rows = protected([row for row in estimates.all if row.code.startswith("cohort.")], Audience.FUNDER)
    for row in rows:
        counts = [float(held) for name, held in (row.effect or {}).items() if name in ("down", "same", "up")]
        assert not [count for count in counts if 0 < count < 5], row
    (chapter,) = chapters(Estimates(rows))
    assert chapter.figures


def test_a_cohort_without_answers_says_so(browse: Any, db: Any, amina: Any) -> None:
    added = cohort_storage.add_cohort(db, amina, "Vide", Recognition.LIST)
    assert "Aucune réponse pour l’instant" in browse("amina").get(f"{URL}/{added}/resultats")
    browse("amina").get(f"{URL}/99/resultats", status=404)
    browse("denis").get(f"{URL}/{added}/resultats", status=403)
    browse("chloe").get(f"{URL}/{added}/resultats", status=404)


def test_the_page_holds_what_the_cohort_says(app: Any, browse: Any, db: Any, amina: Any) -> None:
    fill(db, amina, app.config["TODAY"]())
    page = browse("amina").get(f"{URL}/1/resultats").replace("\u00a0", " ").replace("\u202f", " ")
    assert page.count("paires complètes.") == 3
    assert "fixé avant les réponses : 0,30 point" in page
    assert "test de Friedman" in page
    assert "Personnes qui ne sont plus suivies" in page
    assert "Plus d’une personne sur cinq manque" in page
    member = browse("basile").get(f"{URL}/1/resultats")
    assert "masqué" in member


def test_an_open_wave_of_a_cohort_is_read_by_the_team_alone(app: Any, browse: Any, db: Any, amina: Any) -> None:
    """Read twice, before and after one person answers, the page would tell what that person says."""
    today = app.config["TODAY"]()
    fill(db, amina, today)
    db.execute("UPDATE wave SET closes_on = ?, closed_on = NULL WHERE id = (SELECT max(id) FROM wave)", (str(today),))
    assert "paires complètes" in browse("amina").get(f"{URL}/1/resultats").replace("\u00a0", " ")
    member = browse("basile").get(f"{URL}/1/resultats")
    assert "paraîtront à la fermeture de la vague ouverte" in member
    assert "paires complètes" not in member.replace("\u00a0", " ")
