"""One cell at a time: what is read, what is kept, what is said."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from impact.sheets.cells import read_amount, read_answer, read_code, read_day, read_mandates, read_words, text_of
from impact.sheets.vocabulary import Answer, Fault

LOWEST, HIGHEST = Decimal(0), Decimal(5_000)
CALM = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
ANY_CELL = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates())


@pytest.mark.parametrize(
    ("cell", "day", "fault"),
    [
        ("03/04/2024", date(2024, 4, 3), None),
        ("2024-04-03", date(2024, 4, 3), None),
        ("3.4.2024", date(2024, 4, 3), None),
        (" 03/04/2024\u00a0", date(2024, 4, 3), None),
        ("1er mars 2014", date(2014, 3, 1), None),
        ("mardi 2 août 2009", date(2009, 8, 2), None),
        (45385, date(2024, 4, 3), Fault.SERIAL),
        ("45385", date(2024, 4, 3), Fault.SERIAL),
        ("4/4/24", date(2024, 4, 4), Fault.SHORT_YEAR),
        (date(2024, 4, 3), date(2024, 4, 3), None),
        ("29/02/2023", None, Fault.NO_DAY),
        ("31/04/2024", None, Fault.NO_DAY),
        ("00/00/2015", None, Fault.NO_DAY),
        ("vers 2016", None, Fault.NOT_A_DATE),
        ("2016", None, Fault.NOT_A_DATE),
        (True, None, Fault.NOT_A_DATE),
        ("", None, None),
        (None, None, None),
    ],
)
def test_a_day_is_read_however_it_is_written(cell: object, day: date | None, fault: Fault | None) -> None:
    assert read_day(cell) == (day, fault)  # type: ignore[arg-type]


@CALM
@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_way_of_writing_a_day_gives_it_back(day: date) -> None:
    for text in (f"{day:%d/%m/%Y}", day.isoformat(), f"{day:%d-%m-%Y}", f"{day:%d.%m.%Y}", f" {day:%d/%m/%Y} "):
        assert read_day(text) == (day, None)
    assert read_day((day - date(1899, 12, 30)) // timedelta(1)) == (day, Fault.SERIAL)


@CALM
@given(ANY_CELL)
def test_no_cell_makes_reading_fail(cell: object) -> None:
    assert isinstance(text_of(cell), str)  # type: ignore[arg-type]
    day, fault = read_day(cell)  # type: ignore[arg-type]
    assert day is None or fault is not Fault.NOT_A_DATE
    amount, wrong = read_amount(cell, LOWEST, HIGHEST)  # type: ignore[arg-type]
    assert amount is None or (wrong is None and LOWEST <= amount <= HIGHEST)
    read_answer(cell)  # type: ignore[arg-type]
    read_words(cell)  # type: ignore[arg-type]
    read_mandates(cell)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "amount", "fault"),
    [
        ("12,5", Decimal("12.5"), None),
        (" 30,5 ", Decimal("30.5"), None),
        ("12.5", Decimal("12.5"), None),
        (12.5, Decimal("12.5"), None),
        ("0", Decimal(0), None),
        ("", None, None),
        ("-4", None, Fault.OUT_OF_BOUNDS),
        ("99999", None, Fault.OUT_OF_BOUNDS),
        ("une dizaine", None, Fault.NOT_A_NUMBER),
        ("7h30", None, Fault.NOT_A_NUMBER),
        ("1e3", None, Fault.NOT_A_NUMBER),
        ("NaN", None, Fault.NOT_A_NUMBER),
        (float("inf"), None, Fault.NOT_A_NUMBER),
    ],
)
def test_a_number_has_no_unit_and_no_exponent(cell: object, amount: Decimal | None, fault: Fault | None) -> None:
    assert read_amount(cell, LOWEST, HIGHEST) == (amount, fault)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("oui ", Answer.YES),
        ("O", Answer.YES),
        (True, Answer.YES),
        ("NON", Answer.NO),
        ("?", Answer.UNKNOWN),
        ("peut-être", None),
    ],
)
def test_yes_and_no_are_told_in_many_ways(cell: object, answer: Answer | None) -> None:
    assert read_answer(cell) is answer  # type: ignore[arg-type]


def test_codes_get_back_the_zeros_that_a_spreadsheet_lost() -> None:
    assert [read_code(cell, 5) for cell in (1990, "01990", "2A004", 97400, None)] == [
        "01990", "01990", "2A004", "97400", "",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["NA", "NULL", "None", "NaN", "True", "Y", "O’Neill", "D’Aït-N’Golo", "=1+1"])
def test_a_name_is_never_taken_for_a_missing_value(name: str) -> None:
    assert text_of(name) == name


def test_words_keep_their_order_and_come_once() -> None:
    assert read_words("Résultats ; Comportement / résultats") == ["Résultats", "Comportement"]
    assert read_words("Santé, accès aux soins ; Langage", {"sante acces aux soins"}) == [
        "Santé, accès aux soins",
        "Langage",
    ]


def test_a_referent_may_change_on_a_day() -> None:
    assert read_mandates("Ada Pin puis Bo Lis le 02/02/2026") == [("Ada Pin", None), ("Bo Lis", date(2026, 2, 2))]
    assert read_mandates("Ada Pin puis Bo Lis") is None
