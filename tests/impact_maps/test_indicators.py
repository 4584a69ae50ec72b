"""The catalogue says everything that a reader needs, in sound French, with fields that can be filled."""

import re
from string import Formatter

import pytest

from impact.vocabulary import CommunityKind, Sensitivity
from impact.wording import french
from impact_maps.indicators import CATALOGUE, READING_FIELDS, Family, Indicator, Unit, catalogue_for


@pytest.fixture(params=list(CATALOGUE.values()), ids=list(CATALOGUE))
def indicator(request: pytest.FixtureRequest) -> Indicator:
    found: Indicator = request.param
    return found


def test_code_carries_its_family(indicator: Indicator) -> None:
    # Families of parents' workshops are a part of participation, with codes of their own.
    family = "(?:participation|families)" if indicator.family is Family.PARTICIPATION else indicator.family.value
    assert re.fullmatch(rf"{family}\.[a-z_]+", indicator.code)


def test_every_entry_is_said_in_french(indicator: Indicator) -> None:
    for words in (indicator.title, indicator.definition, indicator.reading, indicator.source):
        assert words[0].isupper() or words.startswith(("{", "«"))
        assert words == french(words)
    assert indicator.definition.endswith(".")
    assert indicator.reading.endswith(".")


def test_reading_uses_known_fields(indicator: Indicator) -> None:
    used = {name for _, name, _, _ in Formatter().parse(indicator.reading) if name is not None}
    assert used <= READING_FIELDS
    assert used & {"value", "numerator", "low"}
    assert indicator.breakdown or "label" not in used


def test_a_share_has_a_base(indicator: Indicator) -> None:
    if indicator.unit in (Unit.SHARE, Unit.MEAN):
        assert indicator.denominator


def test_a_census_shows_no_margin(indicator: Indicator) -> None:
    if indicator.census:
        assert "{low}" not in indicator.reading


def test_motives_are_sensitive_and_children_never_open() -> None:
    assert CATALOGUE["pre.motives"].sensitivity is Sensitivity.SENSITIVE
    assert CATALOGUE["pre.first_motive"].sensitivity is Sensitivity.SENSITIVE
    assert all(i.sensitivity is not Sensitivity.OPEN for i in CATALOGUE.values() if i.family is Family.PRE)


def test_nobody_is_said_to_be_faithful() -> None:
    assert not [i.code for i in CATALOGUE.values() if "fidéli" in f"{i.title}{i.definition}{i.reading}".casefold()]


def test_children_belong_to_the_pre_only() -> None:
    families = {kind: {i.family for i in catalogue_for(kind)} for kind in CommunityKind}
    assert Family.PRE in families[CommunityKind.PRE]
    assert Family.PRE not in families[CommunityKind.COLLECTIVE] | families[CommunityKind.CITE]
    assert all(Family.PARTICIPATION in found for found in families.values())
