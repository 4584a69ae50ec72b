"""Every sentence of a whole report is right French whether its figures are 0, 1, 2 or many."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date

import pytest

from impact.periods import school_year
from impact.vocabulary import Audience, CommunityKind
from impact_maps.indicators import CATALOGUE
from reports.composition.compose import compose
from reports.composition.context import Context
from reports.composition.sections import SECTIONS
from reports.computing.estimating import estimate
from reports.records import Estimate

# Words that end in s after a number and are no plural of ours.
_INVARIABLE = {"des", "fois", "mois", "plus", "sur", "parcours", "pas", "dans", "ans", "puis", "suivis", "sous", "sans"}
_PLURAL_AFTER_ONE = re.compile(r"(?<![\d,−+\u202f])(?:0|1)(?:,\d+)?[ \u00a0\u202f]([^\W\d]+s)\b")
_PLURAL_VERB = re.compile(r"(?<![\d,−+\u202f])[01] (?:des \d+ [\w ]+ )?(?:ont|sont|étaient|existent|reviennent)\b")
BASE = 40


def _rows(count: int) -> list[Estimate]:
    """Each indicator once, or in two categories."""
    return [
        estimate(
            code, _value(each.unit.value, count), numerator=float(count), denominator=float(BASE), n=BASE, missing=count,
            category=category, label=f"Rangée {category}" if category else "", low=0.1, high=0.9,
        )
        for code, each in CATALOGUE.items()
        for category in (_categories(code) if each.breakdown else ("",))
    ]  # fmt: skip


def _categories(code: str) -> tuple[str, ...]:
    """Those of mediation are read in parts: kind of site, site, year."""
    return ("college/1/2024", "college/1/2025") if code.startswith("mediation.") else ("1", "2")


def _value(unit: str, count: int) -> float:
    return {"share": count / BASE, "index": 0.5}.get(unit, float(count))


def _texts(held: object) -> Iterator[str]:
    if isinstance(held, str):
        yield held if not held.startswith("<svg") else held.partition("</title>")[0]
    elif isinstance(held, tuple | list):
        for each in held:
            yield from _texts(each)
    elif is_dataclass(held):
        for each in fields(held):
            yield from _texts(getattr(held, each.name))


@pytest.mark.parametrize("kind", list(CommunityKind))
@pytest.mark.parametrize("count", [0, 1, 2, 17])
def test_a_whole_report_is_right_french(count: int, kind: CommunityKind) -> None:
    context = Context(
        "Réseau", "Essonne", kind, school_year(2025), Audience.PARTNER, date(2026, 9, 14), "1", sections=tuple(SECTIONS)
    )
    document = compose(context, _rows(count))
    assert len(document.chapters) > 3 or not count
    said = list(_texts(document))
    wrong = [text for text in said if set(_PLURAL_AFTER_ONE.findall(text)) - _INVARIABLE]
    wrong += [text for text in said if _PLURAL_VERB.search(text)]
    assert wrong == []
