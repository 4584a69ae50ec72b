"""French numbers, dates, spacing and sorting."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact import wording


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (1234.5, 1, "1\u202f234,5"),
        (-3, 0, "\u22123"),
        (-0.4, 0, "0"),
        (0.5, 0, "1"),
        (None, 0, "–"),
        (1e6, 0, "1\u202f000\u202f000"),
    ],
)
def test_numbers(value: float | None, decimals: int, expected: str) -> None:
    assert wording.number(value, decimals) == expected


def test_shares_are_rounded_half_up() -> None:
    assert wording.percent(0.125) == "13\u202f%"
    assert wording.percent(1.0) == "100\u202f%"


def test_signed() -> None:
    assert [wording.signed(v) for v in (3, 0, -3)] == ["+3", "0", "\u22123"]


def test_dates() -> None:
    assert wording.long_date(date(2026, 3, 1)) == "1er\u00a0mars\u00a02026"
    assert wording.short_date(date(2026, 11, 9)) == "09/11/2026"
    assert wording.weekday_date(date(2026, 11, 24)).startswith("mardi 24")
    # Winter and summer time of mainland France.
    assert wording.local_moment(datetime(2026, 11, 21, 9, 42, tzinfo=UTC)) == "21/11/2026 à 10\u00a0h\u00a042"
    assert wording.local_moment(datetime(2026, 7, 1, 9, 5, tzinfo=UTC)) == "01/07/2026 à 11\u00a0h\u00a005"


def test_spacing_and_apostrophes() -> None:
    assert wording.french("L'avis : « oui » ; 12 % ?") == ("L’avis\u00a0: «\u00a0oui\u00a0»\u202f; 12\u202f%\u202f?")

    assert wording.french("Café n° 4 et nos n°s 5") == "Café n°\u00a04 et nos n°s\u00a05"


@given(st.text(max_size=80))
def test_spacing_twice_is_spacing_once(text: str) -> None:
    once = wording.french(text)
    assert wording.french(once) == once


@pytest.mark.parametrize(
    ("text", "expected"), [("1 234,5", "1234.5"), ("1234.5", "1234.5"), ("\u22123", "-3"), ("12", "12")]
)
def test_reading_numbers(text: str, expected: str) -> None:
    assert wording.read_number(text) == Decimal(expected)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e400", "٣", "", "1,2,3", "9" * 20, "--1"])
def test_what_is_not_a_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        wording.read_number(text)


def test_cleaning_removes_what_harms_and_keeps_names() -> None:
    assert wording.clean_text("a\u202eb\x00c\ud800 ") == "abc"
    assert wording.clean_text("D'Aït-N’Golo") == "D'Aït-N’Golo"
    assert wording.clean_text("E\u0301") == "É"


def test_search_and_sort_forgive_accents_and_ligatures() -> None:
    assert wording.fold("Œuvre d’Élodie") == "oeuvre d elodie"
    assert sorted(["Zoé", "Émile", "Eva"], key=wording.sort_key) == ["Émile", "Eva", "Zoé"]


def test_plural_and_lists() -> None:
    assert wording.plural(0, "enfant") == "0\u00a0enfant"
    assert wording.plural(2, "enfant") == "2\u00a0enfants"
    assert wording.join_words(["a", "b", "c"]) == "a, b et c"
    assert wording.of_name("Élodie") == "d’Élodie"
    assert wording.of_name("Basile") == "de Basile"
    assert wording.inner("Mission d’intérêt public du PRE") == "mission d’intérêt public du PRE"
    assert wording.inner("REP+") == "REP+"
    assert wording.inner("À revoir") == "à revoir"
    assert wording.inner("L’enfant") == "l’enfant"


def test_money_has_two_decimals_or_none() -> None:
    told = [wording.money(value) for value in (444.2, 444, Decimal("1234.5"), 0.004, None)]
    assert told == ["444,20\u00a0€", "444\u00a0€", "1\u202f234,50\u00a0€", "0\u00a0€", "–"]
