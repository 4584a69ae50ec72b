"""A cohort worked out by hand: 15 people entered, 14 answered first, 13 last, 12 both times."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest

from impact.vocabulary import Audience
from reports.composition.cohorts import change_sentence, denominators, loss_sentence, score_row
from reports.computing import cohorts
from reports.data import Data, Item, Scale
from reports.disclosure import protect
from reports.publishing import protected
from reports.records import Estimate
from tests.reports.computing.made import LABELS, LEVELS, YEAR, empty, frame

DAYS = ("2024-10-01", "2025-02-01", "2025-06-01")
# Item « a » for the 12 complete pairs: 7 go up by one, 3 stay, 2 go down by one; « b » never moves.
BEFORE = [2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4]
AFTER = [3, 3, 3, 3, 3, 4, 4, 3, 3, 3, 3, 3]


def cohort(
    moments: Sequence[dict[int, int]],
    entered: int | None = 15,
    outcome: str = "child/whole",
    smallest: float | None = 0.3,
    twice: Sequence[int] = (),
) -> Data:
    """Level of « a » by person at each moment; everybody gives 4 to « b »; people of `twice` have sent two answers."""
    answers, followed, waves, rows = {}, [], [], []
    for wave, levels in enumerate(moments, start=1):
        people = [*levels, *(person for person in twice if person in levels)]
        said = [
            {"response_id": number, "question": question, "level": level}
            for number, person in enumerate(people, start=1)
            for question, level in (("a", levels[person]), ("b", 4))
        ]
        answers[wave] = pd.DataFrame(said).astype({"level": "Int64"})
        place = {"cohort_id": 1, "moment": wave, "public": "child", "wave_id": wave}
        followed += [{**place, "person": person, "response_id": n} for n, person in enumerate(people, start=1)]
        rows.append({**place, "outcome": outcome, "smallest": smallest, "invited": entered, "people": entered or 0})
        waves.append(
            {
                "wave_id": wave,
                "questionnaire_code": "parents",
                "opens_on": DAYS[wave - 1],
                "closes_on": DAYS[wave - 1],
                "invited": entered,
                "responses": len(people),
            }
        )
    items = (Item("a", "Je parle", LEVELS), Item("b", "Je dors", LEVELS))
    scale = Scale("whole", "ensemble des questions", ("a", "b"))
    return replace(
        empty(),
        waves=frame("waves", waves),
        answers=answers,
        items=dict.fromkeys(answers, items),
        scales=dict.fromkeys(answers, (scale,)),
        cohorts=pd.DataFrame(rows).astype({"invited": "Int64"}),
        followed=pd.DataFrame(followed),
        labels={**LABELS, "cohort": {"1": "Sixièmes"}, "public": {"child": "Enfants"}},
    )


FIRST = {**dict(enumerate(BEFORE, start=1)), 13: 1, 14: 2}
LAST = {**dict(enumerate(AFTER, start=1)), 15: 5}
WORKED = cohort([FIRST, LAST])


def test_who_stayed_is_counted_on_the_entry() -> None:
    # 14/15 and 13/15; Wilson of 13/15 by hand: (13.9207 ± 1.96·√(13·2/15 + 0.9604))/(15 + 3.8415) -> 0.6212, 0.9626.
    rows = cohorts.retention(WORKED, YEAR)
    assert [(row.category, row.numerator, row.denominator) for row in rows] == [
        ("1/child/1", 14, 15),
        ("1/child/2", 13, 15),
    ]
    assert (rows[1].low, rows[1].high) == pytest.approx((0.6212, 0.9626), abs=2e-4)


def test_the_three_denominators_and_the_pairs() -> None:
    (row,) = cohorts.complete_pairs(WORKED, YEAR)
    assert (row.value, row.numerator, row.missing) == (0.8, 12, 3)
    said = denominators(row).replace("\u00a0", " ").replace("\u202f", " ")
    assert (
        said
        == "Sixièmes, enfants : 15 personnes concernées, 15 invitées la dernière fois, 13 réponses, 12 paires complètes."
    )


def test_the_headline_of_an_item() -> None:
    # Net 5/12; Bonett-Price with 3/14 and 8/14: 5/14 ± 1.96·√((11/14 − 25/196)/14) = 0.3571 ± 0.4250.
    # Nine equal steps, two down: the sign-flip is a fair coin, mid-p = (2·46 − 36)/512 = 0.109375.
    a, b = cohorts.net_change(WORKED, YEAR)
    assert (a.value, a.low, a.high) == pytest.approx((500 / 12, -6.782, 78.211), abs=1e-3)
    assert a.effect is not None
    assert (a.effect["down"], a.effect["same"], a.effect["up"]) == (2, 3, 7)
    # Pratt: zeros take ranks 1 to 3, the others share 8: (56 − 16)/72.
    assert a.effect["rank_biserial"] == pytest.approx(40 / 72)
    assert a.test is not None
    assert a.test["p"] == pytest.approx(0.109375)
    assert (b.value, b.test) == (0, None)


def test_the_score_announced_beforehand_gets_a_verdict() -> None:
    # Changes of the mean of a and b: 7 × 0.5, 3 × 0, 2 × −0.5; mean 0.20833, sd 0.39648, t(11) = 2.20099: ± 0.25191.
    (row,) = cohorts.score_change(WORKED, YEAR)
    assert (row.value, row.low, row.high) == pytest.approx((0.20833, -0.04358, 0.46025), abs=1e-5)
    assert row.effect is not None
    assert row.effect["verdict"] == "inconclusive"
    # Means 3.375 and 3.58333; variances 6.25/44 and 5/132 (a quarter of a's): d_av = 0.20833/√0.0899621 = 0.69459,
    # J(11) = Γ(5.5)/(√5.5·Γ(5)) = 0.92996, hence g_av = 0.64594.
    assert (row.effect["before"], row.effect["after"]) == pytest.approx((3.375, 3.58333), abs=1e-5)
    assert row.effect["g"] == pytest.approx(0.64594, abs=1e-4)
    assert row.test is not None
    # The outcome is not corrected; its sign-flip is that of the item.
    assert row.test["p"] == row.test["p_adjusted"]
    assert row.test["p_sign_flip"] == pytest.approx(0.109375)
    assert change_sentence(row).startswith("On ne peut pas conclure.")


@pytest.mark.parametrize(("smallest", "verdict"), [(0.5, "no_notable_change"), (0.3, "inconclusive"), (None, None)])
def test_the_verdict_follows_the_smallest_change(smallest: float | None, verdict: str | None) -> None:
    (row,) = cohorts.score_change(cohort([FIRST, LAST], smallest=smallest), YEAR)
    assert row.effect is not None
    assert row.effect.get("verdict") == verdict


def test_what_was_not_announced_is_corrected_and_has_no_verdict() -> None:
    rows = cohorts.score_change(cohort([FIRST, LAST], outcome=""), YEAR)
    item = cohorts.net_change(cohort([FIRST, LAST], outcome=""), YEAR)[0]
    assert rows[0].effect is not None
    assert "verdict" not in rows[0].effect
    # Two p values, 0.0960 and 0.1094: Benjamini-Hochberg gives both the largest.
    assert item.test is not None
    assert rows[0].test is not None
    assert item.test["p_adjusted"] == rows[0].test["p_adjusted"] == pytest.approx(0.109375)


def test_those_lost_began_lower_and_the_bounds_say_what_that_can_do() -> None:
    # At entry, a is 2.75 for the 12 who stayed and 1.5 for the 2 lost; scores 3.375 and 2.75.
    # Variances 0.142045 and 0.125: SMD = 0.625/√0.1335227 = 1.71042.
    (loss,) = cohorts.selective_loss(WORKED, YEAR)
    assert (loss.value, loss.n, loss.missing) == (pytest.approx(1.71042, abs=1e-5), 12, 2)
    assert "trop favorable" in loss_sentence(loss)
    # Last scores: 12 × 3.58333 + 4.5 = 47.5 over 13; with two more at 1 or at 5: 49.5/15 and 57.5/15.
    (bounds,) = cohorts.score_bounds(WORKED, YEAR)
    assert (bounds.value, bounds.low, bounds.high) == pytest.approx((47.5 / 13, 3.3, 57.5 / 15))


def test_three_moments_on_whole_people() -> None:
    # Everybody of 12 goes 3, 3.5, 4: ranks agree, W = 1, Q = 24.
    data = cohort([dict.fromkeys(range(1, 13), level) for level in (2, 3, 4)], entered=12)
    (row,) = cohorts.moments(data, YEAR)
    assert (row.value, row.n) == (1, 12)
    assert row.test is not None
    assert row.test["p"] == pytest.approx(6.14e-6, rel=1e-2)
    assert cohorts.moments(WORKED, YEAR)[0].reason == "too_few"


def test_under_eleven_pairs_counts_alone_are_said() -> None:
    data = cohort([dict.fromkeys(range(8), 2), dict.fromkeys(range(8), 3)], entered=8)
    (score,), item = cohorts.score_change(data, YEAR), cohorts.net_change(data, YEAR)[0]
    assert (score.value, score.reason, item.value, item.test) == (None, "too_few", None, None)
    assert item.effect is not None
    assert item.effect["up"] == 8


def test_a_code_that_two_people_share_is_set_aside() -> None:
    data = cohort([FIRST, LAST], entered=None, twice=[1])
    (row,) = cohorts.complete_pairs(data, YEAR)
    assert (row.numerator, row.denominator) == (11, 13)
    assert "1 code servait" in denominators(row).replace("\u00a0", " ")


def test_one_moment_compares_nothing() -> None:
    data = cohort([FIRST])
    assert [row.reason for row in cohorts.net_change(data, YEAR)] == ["empty"]
    assert cohorts.retention(data, YEAR)[0].numerator == 14


def test_outside_the_house_small_numbers_and_their_traces_are_gone() -> None:
    exact = [*cohorts.net_change(WORKED, YEAR), *cohorts.complete_pairs(WORKED, YEAR)]
    item, _, pairs = protected(exact, Audience.FUNDER)
    assert (item.effect, item.low, item.test) == (None, None, None)
    assert (pairs.masked, pairs.effect) == (True, None)


def test_a_change_is_written_as_finely_as_the_means_it_comes_from() -> None:
    exact = Estimate(
        "cohort.score_change", 0.24063, "mean", None, 18, 0.03, 0.45, "student", 18, category="1/child/all",
        label="Enfants : ensemble", effect={"before": 3.48889, "after": 3.72952},
    )  # fmt: skip
    (outside,) = protect([exact], "person", "funder")
    assert [cell.replace("\u00a0", " ") for cell in score_row(exact)[1:5]] == ["3,49", "3,73", "+0,24", "+0,03 à +0,45"]
    assert [cell.replace("\u00a0", " ") for cell in score_row(outside)[1:5]] == ["3,5", "3,7", "+0,2", "0,0 à +0,5"]
    assert "passe de 3,5 à 3,7, soit +0,2" in change_sentence(outside).replace("\u00a0", " ")
