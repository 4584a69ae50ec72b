"""The demonstration's plans: the roadmap of the collective, and what its members say of the five conditions."""

from dataclasses import replace
from datetime import date, timedelta

from impact.agreements.decision_storage import list_decisions
from impact.audit import Actor
from impact.communities.records import Member
from impact.communities.storage import get_community, list_members, list_organisations
from impact.db import EncryptedDatabase, gate
from impact.plans import cite_words
from impact.plans.condition_storage import close_round, open_round, record_answers
from impact.plans.demo_words import EVIDENCE, SHEETS, Objectives
from impact.plans.records import Answer, Progress, StepPlan, TimeSpent
from impact.plans.sheet_storage import add_sheet
from impact.plans.storage import add_action, add_objective, add_step, get_step, record_progress
from impact.plans.time_storage import add_time
from impact.plans.vocabulary import Condition, Level, StepState, TimeKind
from impact.vocabulary import CommunityKind

FUNDER = "Denis Hautmont"
# Owners are ranks in the directory of the demonstration; days are counted from today.
_DONE, _GOING, _LATER = StepState.DONE, StepState.UNDER_WAY, StepState.TO_DO
# Title, owner, number of partners, first day, last day, state, day it was closed, evidence or reason.
_ROADMAP: Objectives = (
    (
        "Repérer plus tôt, et ensemble, un jeune qui décroche",
        (
            (
                "Une grille de premiers signes, commune aux établissements et aux associations",
                (
                    ("Rassembler les grilles qui existent", 0, 3, -330, -270, _DONE, -280, "Sept grilles, au dossier."),
                    ("Écrire la grille commune en atelier", 1, 4, -260, -170, _DONE, -150, "Compte rendu d’avril."),
                    ("L’essayer dans deux collèges", 2, 2, -140, -20, _GOING, None, "Un collège a commencé."),
                    ("La revoir après l’essai", 0, 3, 10, 90, _LATER, None, ""),
                ),
            ),
            (
                "Une personne à appeler dans chaque structure",
                (
                    ("Établir la liste des personnes à appeler", 3, 6, -200, -120, _DONE, -125, ""),
                    ("La tenir à jour chaque trimestre", 1, 2, -110, 150, _GOING, None, ""),
                ),
            ),
        ),
    ),
    (
        "Accueillir les parents autrement",
        (
            (
                "Des temps de rencontre hors de l’école",
                (
                    ("Trouver trois lieux où les parents vont déjà", 2, 3, -180, -100, _DONE, -104, "Liste des lieux."),
                    ("Tenir six rencontres", 4, 4, -90, 120, _GOING, None, "Deux rencontres tenues."),
                    ("Demander aux parents ce qu’ils en retiennent", 4, 1, 100, 160, _LATER, None, ""),
                ),
            ),
            (
                "Une lettre commune aux familles",
                (("Écrire la lettre", 0, 0, -150, -60, StepState.DROPPED, -70, "Chaque école a déjà la sienne."),),
            ),
        ),
    ),
    (
        "Savoir ce qui change",
        (
            (
                "Trois indicateurs communs, relevés chaque année",
                (
                    ("Choisir les indicateurs en atelier", 1, 5, -120, -45, _LATER, None, ""),
                    ("Faire le premier relevé", 3, 2, 30, 200, _LATER, None, ""),
                ),
            ),
        ),
    ),
)
# Steps that the last decision of the register asked for.
_DECIDED = (
    "L’essayer dans deux collèges",
    "La revoir après l’essai",
    "Trouver vingt tuteurs",
    "Réunir tuteurs et jeunes",
)
# Days before today that a round was opened and closed, number of respondents, levels given one after the other.
_Evidence = dict[Condition, tuple[tuple[str, ...], tuple[str, ...]]]
_Rounds = tuple[tuple[int, int | None, int, dict[Condition, str]], ...]
_ROUNDS: _Rounds = (
    (
        400,
        385,
        9,
        {
            Condition.COMMON_AGENDA: "233221",
            Condition.COMMON_MEASUREMENT: "1121",
            Condition.REINFORCING_ACTIONS: "2213",
            Condition.CONTINUOUS_COMMUNICATION: "3342",
            Condition.BACKBONE: "2123",
        },
    ),
    (
        60,
        46,
        8,
        {
            Condition.COMMON_AGENDA: "33433",
            Condition.COMMON_MEASUREMENT: "12211",
            Condition.REINFORCING_ACTIONS: "232332",
            Condition.CONTINUOUS_COMMUNICATION: "4143142",
            Condition.BACKBONE: "334",
        },
    ),
    (5, None, 3, {Condition.COMMON_AGENDA: "334", Condition.BACKBONE: "23"}),
)


def fill(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    """Add the plans that suit the community's kind, in one transaction; its directory is already filled."""
    with gate(db):
        if get_community(db).kind is CommunityKind.COLLECTIVE:
            _fill_roadmap(db, actor, today, _ROADMAP)
            _fill_time(db, actor, today)
            _fill_rounds(db, actor, today, _ROUNDS, EVIDENCE)
            for sheet in SHEETS:
                add_sheet(db, actor, sheet)
        elif get_community(db).kind is CommunityKind.CITE:
            _fill_roadmap(db, actor, today, cite_words.ROADMAP)
            _fill_time(db, actor, today)
            _fill_rounds(db, actor, today, cite_words.ROUNDS, cite_words.EVIDENCE)
            add_sheet(db, actor, cite_words.SHEET)


def _fill_roadmap(db: EncryptedDatabase, actor: Actor, today: date, roadmap: Objectives) -> None:
    owners = _owners(db)
    organisations = [known.id for known in list_organisations(db)]
    decisions = [known.id for known in list_decisions(db)]
    for objective, actions in roadmap:
        objective_id = add_objective(db, actor, objective)
        for action, steps in actions:
            action_id = add_action(db, actor, objective_id, action)
            for title, rank, partners, starts, due, state, closed, words in steps:
                first = (rank * 3) % len(organisations)
                plan = StepPlan(
                    title,
                    owners[rank].id,
                    tuple(organisations[first : first + partners]),
                    today + timedelta(starts),
                    today + timedelta(due),
                    decision_id=decisions[0] if decisions and title in _DECIDED else None,
                )
                step_id = add_step(db, actor, action_id, plan)
                if state is not _LATER:
                    _advance(db, replace(actor, member_id=plan.owner_id), step_id, state, today, closed, words)


def _fill_time(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    """Half a year of weeks: reporting grows before each committee."""
    who = replace(actor, member_id=_owners(db)[0].id)
    for week in range(26):
        day = today - timedelta(days=7 * week + 1)
        for kind, minutes in (
            (TimeKind.PEOPLE, 240 - 60 * (week % 3)),
            (TimeKind.REPORTING, 90 + 120 * (week % 4 == 0)),
        ):
            add_time(db, who, TimeSpent(0, who.member_id or 0, day, kind, minutes), today)


def _owners(db: EncryptedDatabase) -> list[Member]:
    """Those who sign in first, the funder left out: she answers for no step."""
    members = sorted(list_members(db), key=lambda member: (member.account_ref is None, member.id))
    return [member for member in members if member.name != FUNDER]


def _advance(
    db: EncryptedDatabase, actor: Actor, step_id: int, state: StepState, today: date, closed: int | None, words: str
) -> None:
    dropped = state is StepState.DROPPED
    progress = Progress(
        state,
        None if closed is None else today + timedelta(closed),
        words if dropped else "",
        "" if dropped else words,
        get_step(db, step_id).version,
    )
    record_progress(db, actor, step_id, progress, today)


def _fill_rounds(db: EncryptedDatabase, actor: Actor, today: date, rounds: _Rounds, evidence: _Evidence) -> None:
    people = [member.id for member in _owners(db)]
    for number, (opened, closed, size, said) in enumerate(rounds):
        round_id = open_round(db, actor, today - timedelta(opened))
        # Nobody writes what another wrote in the same round.
        words = {condition: _Words(*evidence[condition], 3 * number) for condition in said}
        for rank, member_id in enumerate(people[-size:]):
            answers = [_answer(condition, levels, rank, words[condition]) for condition, levels in said.items()]
            record_answers(db, replace(actor, member_id=member_id), round_id, answers)
        if closed is not None:
            close_round(db, actor, round_id, today - timedelta(closed))


class _Words:
    """What shows a low or a high level, each taken once, from a place that changes with the round."""

    def __init__(self, low: tuple[str, ...], high: tuple[str, ...], start: int) -> None:
        turn = start % len(high)
        self.low, self.high = iter(low), iter(high[turn:] + high[:turn])


def _answer(condition: Condition, levels: str, rank: int, words: _Words) -> Answer:
    level = list(Level)[int(levels[rank % len(levels)]) - 1]
    if level.rank < Level.WORKING.rank:
        return Answer(condition, level, next(words.low, ""))
    return Answer(condition, level, next(words.high))
