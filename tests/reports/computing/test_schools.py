"""Worked examples of school mix: two public collèges and a private one, two school years."""

from dataclasses import replace
from datetime import date
from math import log

import pandas as pd
import pytest

from impact.periods import Period, school_year
from impact.schools.records import MixRule
from reports.computing import school_origins, schools
from reports.computing.school_rows import GROUPS, year_of
from reports.data import Data
from tests.reports.computing.made import LABELS, empty

PERIOD = school_year(2024)
NONE = dict.fromkeys(("residents", "stayed", "residents_disadvantaged", "stayed_disadvantaged"))
COLUMNS = ("pupils", "ips", "ips_sd", *GROUPS, *NONE)


def line(
    school_id: int, name: str, sector: str, year: int, figures: tuple[float, ...], **more: object
) -> dict[str, object]:
    told = dict(zip(("pupils", "ips", "ips_sd", *GROUPS), figures, strict=True))
    return {
        "school_id": school_id,
        "school": name,
        "level": "college",
        "sector": sector,
        "year": year,
        **NONE,
        **told,
        **more,
    }


def made(*lines: dict[str, object], rule: MixRule | None = None) -> Data:
    frame = pd.DataFrame(list(lines)).astype(dict.fromkeys(COLUMNS, "float64"))
    labels = {**LABELS, "school_level": {"primary": "Écoles", "college": "Collèges", "lycee": "Lycées"}}
    return replace(empty(), schools=frame, labels=labels, mix_rule=rule or MixRule())


# Pupils, IPS, standard deviation, then very favoured, favoured, middle, disadvantaged.
NORTH = (100, 80.0, 30.0, 10, 10, 20, 60)
SOUTH = (100, 120.0, 30.0, 40, 20, 20, 20)
SECTOR = {"residents": 120, "stayed": 90, "residents_disadvantaged": 70, "stayed_disadvantaged": 56}
MADE = made(
    line(1, "Nord", "public", 2023, (100, 84.0, 30.0, 10, 10, 20, 60)),
    line(2, "Sud", "private", 2023, (100, 120.0, 30.0, 40, 20, 20, 20)),
    line(1, "Nord", "public", 2024, NORTH, **SECTOR),
    line(2, "Sud", "private", 2024, SOUTH),
    line(1, "Nord", "public", 2026, (100, 150.0, 30.0, 10, 10, 20, 60)),
)


def test_the_last_year_begun_is_read() -> None:
    assert year_of(MADE, PERIOD) == 2024
    assert [(row.category, row.value) for row in schools.observed(MADE, PERIOD)] == [("college", 2)]
    assert year_of(MADE, school_year(2022)) is None


def test_the_published_indices() -> None:
    # Mean 100; variance between 20² = 400, within 30² = 900: 400 / 1300.
    assert schools.ips_mean(MADE, PERIOD)[0].value == 100
    assert schools.between_share(MADE, PERIOD)[0].value == pytest.approx(400 / 1300)
    assert schools.ips_spread(MADE, PERIOD)[0].value == 40
    assert [(row.label, row.value) for row in schools.ips_by_school(MADE, PERIOD)] == [("Nord", 80), ("Sud", 120)]
    assert [(row.category, row.value) for row in schools.ips_by_year(MADE, PERIOD)] == [
        ("college/2023", 102),
        ("college/2024", 100),
    ]
    assert [(row.numerator, row.value) for row in schools.ips_moves(MADE, PERIOD)] == [(1, 0.5), (1, 0.5), (0, 0.0)]


def test_the_rule_is_strict_and_the_reference_is_that_of_colleges() -> None:
    # Exactly 20 % away is not beyond; with a reference of 96, 120 is 25 % away.
    assert schools.beyond(MADE, PERIOD)[0].numerator == 0
    other = replace(MADE, mix_rule=MixRule(20.0, 96.0, "Département"))
    (far,) = schools.beyond(other, PERIOD)
    assert (far.numerator, far.denominator) == (1, 2)
    assert far.effect == {"name": "rule", "threshold": 20.0, "mean": 96.0}
    (pupils,) = schools.pupils_beyond(other, PERIOD)
    assert (pupils.numerator, pupils.denominator) == (100, 200)


def test_the_indices_of_origins() -> None:
    # 80 disadvantaged of 200. D = ½(|60/80 − 40/120| + |20/80 − 80/120|) = 5/12; exposure 0.5 − 1/3 = 1/6.
    assert school_origins.disadvantaged(MADE, PERIOD)[0].value == 0.4
    by_school = school_origins.disadvantaged_by_school(MADE, PERIOD)
    assert [(row.numerator, row.value) for row in by_school] == [(60, 0.6), (20, 0.2)]
    (index,) = school_origins.dissimilarity(MADE, PERIOD)
    assert index.value == pytest.approx(5 / 12)
    assert index.effect is not None
    assert 0.03 < float(index.effect["expected"]) < 0.07
    assert index.test == {"name": "permutation", "p": pytest.approx(1e-4), "draws": 9_999, "seed": 7}
    (gap,) = school_origins.exposure(MADE, PERIOD)
    assert gap.value == pytest.approx(100 / 6)
    assert gap.effect == {"name": "exposure", "group": pytest.approx(0.5), "others": pytest.approx(1 / 3)}


def test_entropy_and_its_parts() -> None:
    shares = {"north": (0.1, 0.1, 0.2, 0.6), "south": (0.4, 0.2, 0.2, 0.2), "all": (0.25, 0.15, 0.2, 0.4)}
    entropies = {name: -sum(p * log(p) for p in parts) for name, parts in shares.items()}
    expected = 1 - (entropies["north"] + entropies["south"]) / 2 / entropies["all"]
    (found,) = school_origins.entropy(MADE, PERIOD)
    assert found.value == pytest.approx(expected)
    assert found.effect == {"name": "chance", "expected": pytest.approx(1 * 3 / (2 * 200 * entropies["all"]))}
    assert [row.value for row in school_origins.entropy_by_year(MADE, PERIOD)] == [pytest.approx(expected)] * 2
    # One school each: all of the index lies between public and private.
    assert school_origins.private_share(MADE, PERIOD)[0].value == pytest.approx(1)


def test_the_index_of_each_school() -> None:
    # 0.6 against 0.4 in the north, 0.2 against 0.4 in the south.
    north = 0.6 * log(0.6 / 0.4) + 0.4 * log(0.4 / 0.6)
    south = 0.2 * log(0.2 / 0.4) + 0.8 * log(0.8 / 0.6)
    rows = school_origins.local_by_school(MADE, PERIOD)
    assert [row.value for row in rows] == [pytest.approx(north), pytest.approx(south)]


def test_a_table_that_does_not_change_has_no_change_of_structure() -> None:
    (found,) = school_origins.structure_change(MADE, PERIOD)
    assert found.value == pytest.approx(0, abs=1e-9)
    assert found.effect is not None
    assert found.effect["before"] == pytest.approx(found.effect["after"])
    assert float(found.effect["chance"]) > 0.05


def test_out_of_the_sector_by_origin() -> None:
    # 30 of 120 go elsewhere: 14 of the 70 disadvantaged, 16 of the 50 others.
    rows = [
        tell(MADE, PERIOD)[0]
        for tell in (school_origins.outside, school_origins.outside_disadvantaged, school_origins.outside_others)
    ]
    assert [(row.numerator, row.denominator) for row in rows] == [(30, 120), (14, 70), (16, 50)]


def test_a_school_of_few_pupils_is_left_out_of_the_indices() -> None:
    tiny = line(3, "Est", "public", 2024, (10, 99.0, 20.0, 0, 0, 0, 10))
    with_it = made(line(1, "Nord", "public", 2024, NORTH), line(2, "Sud", "private", 2024, SOUTH), tiny)
    assert school_origins.entropy(with_it, PERIOD)[0].value == school_origins.entropy(MADE, PERIOD)[0].value
    assert school_origins.entropy(with_it, PERIOD)[0].missing == 1
    assert schools.observed(with_it, PERIOD)[0].value == 3


def test_what_is_not_published_has_a_reason_and_no_number() -> None:
    bare = made(line(1, "Nord", "public", 2024, (None,) * 7, residents=10, stayed=9))  # type: ignore[arg-type]
    for tell in (schools.ips_mean, schools.ips_spread, schools.beyond, school_origins.entropy, school_origins.exposure):
        (row,) = tell(bare, PERIOD)
        assert row.value is None
        assert row.reason in ("empty", "too_few")
    assert year_of(bare, Period(date(2023, 9, 1), date(2024, 8, 31))) is None
