"""Situations received, what became of them, why they came and from whom."""

from collections.abc import Sequence
from datetime import date

from reports.annual.counting import average, grouped, grouped_several, inside, middle, people, situations
from reports.annual.records import UNKNOWN, Case, Frame, SurveyFigure
from reports.annual.vocabulary import DelayTo, TakenUp

PATHWAY, REFUSED, ELSEWHERE, WAITING = "pathway", "refused", "elsewhere", "waiting"
BY_TEAM, BY_FAMILY = "refused_by_team", "refused_by_family"
_BY = {"refused": BY_TEAM, "declined": BY_FAMILY}
ANSWERS = ("yes", "no", UNKNOWN)


def received_figures(found: Sequence[Case], frame: Frame) -> list[SurveyFigure]:
    """Everything about the situations received in the period and the decisions taken in it."""
    period = frame.period
    received = [case for case in found if case.received_on in period]
    decided = [case for case in found if inside(case.decided_on, period)]
    status = {PATHWAY: [], REFUSED: [], BY_TEAM: [], BY_FAMILY: [], ELSEWHERE: [], WAITING: []}  # type: dict[str, list[Case]]
    for case in received:
        for category in _status(case, frame):
            status[category].append(case)
    base = len(received)
    not_begun = [
        case
        for case in received
        if _known(case, period.end) == PATHWAY and (case.started_on is None or case.started_on > period.end)
    ]
    return [
        situations("received", received),
        people("received_children", received),
        *(situations("status", cases, category=name, base=base) for name, cases in status.items()),
        situations("not_started", not_begun),
        *_decisions(decided),
        situations("waiting_at_end", [c for c in found if c.received_on <= period.end and not _known(c, period.end)]),
        *(
            situations("agreed", [c for c in received if c.agreed == name], category=name, base=base)
            for name in ANSWERS
        ),
        *_motives(received),
        *_origins("received_origins", received),
    ]


def delay_figures(found: Sequence[Case], frame: Frame) -> list[SurveyFigure]:
    """Days from the orientation: of the situations received in the period, then of what happened in it."""
    end = frame.period.end
    received = [case for case in found if case.received_on in frame.period]
    reached = [case for case in received if (day := _reached(case, frame)) and day <= end]
    held = [case for case in found if inside(_reached(case, frame), frame.period)]
    figures = []
    for code, cases, missing in (("delay_received", reached, len(received) - len(reached)), ("delay_held", held, 0)):
        days = [float((day - case.received_on).days) for case in cases if (day := _reached(case, frame))]
        keys = {"missing": missing, "situations": tuple(case.situation_id for case in cases)}
        figures += [middle(code, days, **keys), average(f"{code}_mean", days, **keys)]
    return figures


def _decisions(decided: Sequence[Case]) -> list[SurveyFigure]:
    groups = {
        PATHWAY: [case for case in decided if case.outcome == PATHWAY],
        REFUSED: [case for case in decided if case.outcome in _BY],
        BY_TEAM: [case for case in decided if case.outcome == "refused"],
        BY_FAMILY: [case for case in decided if case.outcome == "declined"],
        ELSEWHERE: [case for case in decided if case.outcome == ELSEWHERE],
    }
    return [situations("decisions", cases, category=name) for name, cases in groups.items()]


def _motives(received: Sequence[Case]) -> list[SurveyFigure]:
    known = [case for case in received if case.motives]
    base, missing = len(received), len(received) - len(known)
    several = grouped_several(received, lambda case: case.motives)
    firsts = grouped(known, lambda case: case.motives[0])
    return [
        situations("without_motive", [case for case in received if not case.motives], base=base),
        SurveyFigure("motive_mentions", float(sum(len(case.motives) for case in received)), base=base),
        *(situations("motives", c, category=name, base=base, missing=missing) for name, c in several.items()),
        *(people("motive_children", c, category=name, missing=missing) for name, c in several.items()),
        *(situations("first_motive", c, category=name, base=len(known), missing=missing) for name, c in firsts.items()),
    ]


def _origins(code: str, found: Sequence[Case]) -> list[SurveyFigure]:
    missing = sum(case.origin == UNKNOWN for case in found)
    groups = grouped(found, lambda case: case.origin)
    return [situations(code, c, category=name, base=len(found), missing=missing) for name, c in groups.items()]


def _known(case: Case, day: date) -> str:
    """The decision that settled a situation by that day, "" while it waits."""
    return case.outcome if case.decided_on is not None and case.decided_on <= day else ""


def _status(case: Case, frame: Frame) -> tuple[str, ...]:
    known = _known(case, frame.period.end)
    if known in _BY:
        return REFUSED, _BY[known]
    if known == PATHWAY and frame.options.taken_up is TakenUp.STARTED:
        return (PATHWAY,) if inside(case.started_on, frame.period) else (WAITING,)
    return (known or WAITING,)


def _reached(case: Case, frame: Frame) -> date | None:
    return {
        DelayTo.MEETING: case.met_on,
        DelayTo.DECISION: case.decided_on,
        DelayTo.START: case.started_on,
    }[frame.options.delay_to]
