"""Worked examples of satisfaction: 24 answers to one item, of which 18 favourable, among 33 people invited or an open link."""

from dataclasses import replace

import pytest

from reports.computing import satisfaction
from tests.reports.computing.made import YEAR, by_category, counts, wave

# 25 questionnaires: 18 favourable (10 + 8), 4 in the middle, 2 unfavourable, 1 refusal.
ANSWERS = {"welcome": [5] * 10 + [4] * 8 + [3] * 4 + [2] * 2 + [None]}
KNOWN = wave(ANSWERS, responses=25, invited=33)
OPEN = wave(ANSWERS, responses=25, invited=None)


def test_responses() -> None:
    (found,) = satisfaction.responses(KNOWN, YEAR)
    assert (found.value, found.category, found.label) == (25, "parents", "Votre avis")


def test_response_rate() -> None:
    (found,) = satisfaction.response_rate(KNOWN, YEAR)
    assert (found.numerator, found.denominator, found.missing, found.low) == (25, 33, 8, None)


def test_response_rate_of_an_open_link_cannot_be_computed() -> None:
    (found,) = satisfaction.response_rate(OPEN, YEAR)
    assert (found.value, found.reason, found.denominator) == (None, "open_link", None)
    (above,) = satisfaction.response_rate(wave(ANSWERS, responses=25, invited=20), YEAR)
    assert (above.value, above.reason) == (None, "more_than_invited")


def test_distribution() -> None:
    found = satisfaction.distribution(KNOWN, YEAR)
    places = [f"parents/welcome/{level}" for level in range(1, 6)]
    assert counts(found) == dict(zip(places, [0, 2, 4, 8, 10], strict=True))
    assert {(row.denominator, row.missing) for row in found} == {(24, 1)}
    assert found[0].label == "Question welcome – Pas du tout"


def test_a_favourable_answer_to_a_reversed_sentence_is_named_as_one() -> None:
    items = {1: tuple(replace(item, label="Je m’ennuie.", reversed=True) for item in KNOWN.items[1])}
    (row,) = satisfaction.favourable(replace(KNOWN, items=items), YEAR)
    assert row.label == "Je m’ennuie (phrase inversée)"


def test_top_two() -> None:
    # 18 of 24 with 33 people invited: 65 to 83 % (finite-population Wilson), 55 to 88 % without knowing how many.
    (known,), (unknown,) = satisfaction.favourable(KNOWN, YEAR), satisfaction.favourable(OPEN, YEAR)
    assert (known.value, known.method, unknown.method) == (0.75, "wilson_finite", "wilson")
    assert (known.low, known.high) == pytest.approx((0.65, 0.83), abs=0.005)
    assert (unknown.low, unknown.high) == pytest.approx((0.55, 0.88), abs=0.005)


def test_when_everyone_answered_there_is_no_margin() -> None:
    (found,) = satisfaction.favourable(wave({"welcome": [5, 5, 2]}, responses=3, invited=3), YEAR)
    assert (found.method, found.low, found.high) == ("census", None, None)


def test_top_two_bounds() -> None:
    # 18/33 if nobody else is favourable, 27/33 if all nine are.
    (found,) = satisfaction.favourable_bounds(KNOWN, YEAR)
    assert (found.low, found.high, found.missing) == pytest.approx((18 / 33, 27 / 33, 9))
    assert satisfaction.favourable_bounds(OPEN, YEAR)[0].reason == "open_link"


def test_item_missing_counts_refusals_and_blanks() -> None:
    (found,) = satisfaction.item_missing(wave(ANSWERS, responses=27, invited=None), YEAR)
    assert (found.numerator, found.denominator) == (3, 27)


def test_item_refusals() -> None:
    (found,) = satisfaction.item_refusals(KNOWN, YEAR)
    assert (found.numerator, found.denominator) == (1, 25)


def test_a_wave_outside_the_period_is_not_read() -> None:
    waves = KNOWN.waves.assign(opens_on="2025-09-01", closes_on="2025-10-01")
    late = replace(KNOWN, waves=waves)
    assert satisfaction.favourable(late, YEAR)[0].reason == "empty"


def test_an_item_without_answers_says_so() -> None:
    refused = wave({"welcome": [None] * 3, "clarity": [5, 4, 4]}, responses=3, invited=None)
    assert by_category(satisfaction.favourable(refused, YEAR)) == {"parents/welcome": None, "parents/clarity": 1}
