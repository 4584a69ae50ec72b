"""Every sentence that the product writes of a figure: right French with 0, 1, 2 and many, and no stronger than the data."""

import re
from dataclasses import replace

import pytest

from impact.wording import french
from impact_maps.indicators import CATALOGUE
from reports.composition.agreement import agree, in_the_plural
from reports.composition.ladder import Design, caveat, change_named, design_of, overstated, overstated_in
from reports.composition.words import sentence, unit_text
from reports.computing.estimating import estimate
from reports.records import Estimate

# Words that end in s after a number and are not plurals of ours.
_INVARIABLE = {"des", "fois", "mois", "plus", "sur", "parcours", "pas", "dans", "ans"}
_PLURAL_AFTER_ONE = re.compile(r"(?<![\d,−+\u202f])(?:0|1)(?:,\d+)?[ \u00a0\u202f](\w+s)\b")
_PLURAL_VERB = re.compile(
    r"^(?:[^.]* : )?[01] des [\d\u202f]+ \w+(?: \w+)? (?:ont|sont|étaient|habitent|progressent|donnent)\b"
)


def _row(code: str, count: int, base: int = 40) -> Estimate:
    unit = CATALOGUE[code].unit.value
    value = {"share": count / base, "index": 0.5, "points": float(count)}.get(unit, float(count))
    return estimate(
        code, value, numerator=float(count), denominator=float(base), n=base, missing=count, label="Rentrée",
        low=value / 2, high=value,
    )  # fmt: skip


@pytest.mark.parametrize("count", [0, 1, 2, 17])
@pytest.mark.parametrize("code", CATALOGUE)
def test_a_reading_is_right_french(code: str, count: int) -> None:
    said = sentence(_row(code, count))
    assert not [word for word in _PLURAL_AFTER_ONE.findall(said) if word not in _INVARIABLE], said
    assert not _PLURAL_VERB.match(said) or count > 1, said
    assert not re.search(r"[\[\]|{}]", said), said
    assert " leur " not in said or count > 1, said
    assert said[-1] in ".!"
    assert said == french(said)


@pytest.mark.parametrize("base", [0, 1, 9])
@pytest.mark.parametrize("code", CATALOGUE)
def test_a_small_base_is_said_without_a_percentage(code: str, base: int) -> None:
    row = _row(code, min(base, 7), max(base, 1))
    said = sentence(replace(row, denominator=float(base), n=base))
    assert "des 1 " not in said
    assert "des 0 " not in said
    if row.unit == "share":
        assert "%" not in said


@pytest.mark.parametrize("code", CATALOGUE)
def test_what_is_masked_or_unknown_is_said(code: str) -> None:
    row = _row(code, 3)
    hidden = replace(row, value=None, numerator=None, low=None, high=None, masked=True)
    assert "masqué pour protéger" in sentence(hidden)
    assert "non calculable" in sentence(replace(row, value=None, low=None, high=None, reason="empty"))


def test_no_sentence_of_the_catalogue_is_stronger_than_its_data() -> None:
    """Before and after, in the same people and without comparison, is the strongest design that the catalogue has."""
    texts = [sentence(_row(code, 17)) for code in CATALOGUE]
    texts += [f"{each.title}. {each.definition}" for each in CATALOGUE.values()]
    assert overstated_in(texts) == []


def test_words_agree_with_their_number() -> None:
    rule = "{value} [value: jour|jours]"
    assert [agree(rule, {"value": each}) for each in (0, 1, 1.5, 2, None)] == [
        "{value} jour",
        "{value} jour",
        "{value} jour",
        "{value} jours",
        "{value} jours",
    ]
    assert in_the_plural(rule) == "{value} jours"


@pytest.mark.parametrize(
    ("facts", "design"),
    [
        ({"waves_of_the_same_people": 0}, Design.ONE_WAVE),
        ({"waves_of_the_same_people": 1, "compared": True}, Design.ONE_WAVE),
        ({"waves_of_the_same_people": 2}, Design.BEFORE_AFTER),
        ({"waves_of_the_same_people": 2, "sources": 3}, Design.BEFORE_AFTER),
        ({"waves_of_the_same_people": 2, "sources": 3, "mechanism": True}, Design.SEVERAL_SOURCES),
        ({"waves_of_the_same_people": 2, "drawn": True}, Design.BEFORE_AFTER),
        ({"waves_of_the_same_people": 2, "compared": True}, Design.COMPARED),
        ({"waves_of_the_same_people": 2, "compared": True, "drawn": True}, Design.DRAWN),
    ],
)
def test_the_design_is_found_in_the_data(facts: dict[str, int], design: Design) -> None:
    assert design_of(**facts) is design  # type: ignore[arg-type]


@pytest.mark.parametrize("design", Design)
def test_what_a_change_is_called_is_allowed_by_its_own_design(design: Design) -> None:
    assert overstated(change_named(design), design) == []
    assert overstated(caveat(design), design) == []


def test_without_a_comparison_an_effect_is_an_overstatement() -> None:
    for design in (Design.ONE_WAVE, Design.BEFORE_AFTER):
        assert overstated("Le PRE a eu un effet sur les enfants.", design) == ["effet"]
        assert overstated("Grâce aux ateliers, ils vont mieux.", design) == ["grâce aux"]
        assert overstated("C’est prouvé. L’action est efficace.", design) == ["prouvé", "efficace"]
    assert overstated("Une évolution se voit.", Design.ONE_WAVE) == ["évolution"]
    assert overstated("Une évolution observée.", Design.BEFORE_AFTER) == []
    assert overstated("L’effet moyen estimé est de 2 points.", Design.DRAWN) == []


def test_denying_is_no_claim_and_a_name_is_not_one() -> None:
    assert overstated("Une évolution observée n’est pas un effet.") == []
    assert overstated("Impact collectif, version 1. Effectif trop petit.") == []
    assert overstated("Ce n’est pas un effet. Grâce au PRE, tout va bien.") == ["grâce au"]


def test_a_number_is_followed_by_its_unit() -> None:
    units = {"pre.decision_delay": "jour", "pre.cost": "€", "pre.action_hours": "h", "pre.children_followed": ""}
    assert {code: unit_text(_row(code, 1)) for code in units} == units
    assert unit_text(_row("pre.decision_delay", 2)) == "jours"
    assert unit_text(replace(_row("pre.cost", 2), value=None)) == ""
