"""The frame of the demonstration: a template, and targets that the community is said to have decided."""

from dataclasses import replace
from datetime import date

from impact.audit import SYSTEM
from impact.db import EncryptedDatabase
from impact.vocabulary import CommunityKind
from reports.evaluation.library import fitting, get_template
from reports.evaluation.records import MeasurePlan
from reports.evaluation.storage import add_measure, begin_with, list_questions
from reports.vocabulary import Rhythm

_TEMPLATES = {
    CommunityKind.PRE: "pre",
    CommunityKind.CITE: "cite-educative",
    CommunityKind.COLLECTIVE: "cycle-ateliers",
    CommunityKind.MEDIATION: "mediation",
}
_DECIDED = {
    "pre.decision_delay": (30.0, 5.0, "Décision du comité de pilotage, exemple inventé."),
    "pre.situations_taken_up": (0.7, 0.05, "Moyenne des trois premières années, exemple inventé."),
    "participation.core_group": (12.0, 2.0, "Taille d’un groupe de travail, exemple inventé."),
    "mediation.weeks_filled": (0.9, 0.05, "Décision de l’équipe, exemple inventé."),
    "mediation.sites_with_committee": (1.0, 0.05, "Convention de chaque site, exemple inventé."),
    "cooperation.density": (0.3, 0.05, "Décision du réseau, exemple inventé."),
}
_ADDED = ("pre.children_followed", 140.0, 10.0, "Projet du PRE, exemple inventé.")


def fill(db: EncryptedDatabase, kind: CommunityKind, today: date) -> None:
    """The template of the community's kind, and a few targets."""
    template = fitting(get_template(_TEMPLATES[kind]), kind)
    questions = tuple(
        (question, tuple(_decided(plan) for plan in measures)) for question, measures in template.questions
    )
    begin_with(db, SYSTEM, replace(template, questions=questions), today)
    if kind is CommunityKind.PRE:
        code, target, smallest, why = _ADDED
        plan = MeasurePlan(
            code, "Le nombre d’enfants suivis est celui du projet.", "Parcours", Rhythm.YEAR, target, smallest, why
        )
        add_measure(db, SYSTEM, list_questions(db)[0].id, plan, today)


def _decided(plan: MeasurePlan) -> MeasurePlan:
    if plan.code not in _DECIDED:
        return plan
    target, smallest, why = _DECIDED[plan.code]
    return replace(plan, target=target, smallest=smallest, why=why)
