"""The frames to begin with: one TOML file each in `reports/library/`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from impact.exceptions import NotFound
from impact.vocabulary import CommunityKind
from impact.wording import french
from impact_maps.indicators import CATALOGUE
from reports.evaluation.records import MeasurePlan, QuestionPlan, Template
from reports.vocabulary import Criterion, Rhythm, Theme

FOLDER = Path(__file__).resolve().parent.parent / "library"


@cache
def templates() -> tuple[Template, ...]:
    """Every template, in alphabetical order of file; raises KeyError or ValueError on a faulty one."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("cadre-*.toml")))


def get_template(key: str) -> Template:
    """Raises NotFound."""
    for template in templates():
        if template.key == key:
            return template
    raise NotFound


def fitting(template: Template, kind: CommunityKind) -> Template:
    """The template without the indicators that this kind of community cannot measure."""
    kept = tuple(
        (question, tuple(plan for plan in measures if kind in CATALOGUE[plan.code].kinds))
        for question, measures in template.questions
    )
    return Template(template.key, template.title, template.about, kept)


def _read(path: Path) -> Template:
    held: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    questions = tuple(_question(each) for each in held["question"])
    return Template(path.stem.removeprefix("cadre-"), french(held["title"]), french(held["about"]), questions)


def _question(held: dict[str, Any]) -> tuple[QuestionPlan, tuple[MeasurePlan, ...]]:
    themes = tuple(Theme(theme) for theme in held.get("themes", []))
    measures = tuple(
        MeasurePlan(
            each["code"],
            french(each["judgement"]),
            french(each.get("source") or CATALOGUE[each["code"]].source),
            Rhythm(each.get("rhythm", "year")),
        )
        for each in held.get("measure", [])
    )
    return QuestionPlan(french(held["words"]), Criterion(held["criterion"]), themes), measures
