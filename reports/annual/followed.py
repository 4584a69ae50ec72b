"""Children followed, during the period and on a day; by referent; their hours."""

from collections.abc import Sequence
from datetime import date

from reports.annual.counting import (
    AGES,
    SEXES,
    average,
    band,
    children,
    followed,
    grouped,
    grouped_several,
    ids,
    inside,
    middle,
    people,
    situations,
)
from reports.annual.records import UNKNOWN, Case, Frame, SurveyFigure
from reports.annual.vocabulary import HoursOf

NOBODY = "nobody"
NOT_TOLD = "not_told"
ANSWERS = ("yes", "no", UNKNOWN)


def flow_figures(found: Sequence[Case], frame: Frame) -> list[SurveyFigure]:
    """The children followed one day of the period or more."""
    period = frame.period
    during = followed(found, frame, period.start, period.end)
    return [*_public("flow", during, found, frame.age_on, period.end, None), *_followed_motives(during)]


def stock_figures(found: Sequence[Case], frame: Frame, day: date) -> list[SurveyFigure]:
    """The children followed on a day, their age that day."""
    return _public("stock", followed(found, frame, day, day), found, day, day, day)


def pathway_figures(found: Sequence[Case], frame: Frame) -> list[SurveyFigure]:
    """Pathways open, begun and ended in the period."""
    period = frame.period
    during = followed(found, frame, period.start, period.end)
    entered = [case for case in found if inside(case.started_on, period)]
    left = [case for case in found if inside(case.ended_on, period)]
    days = [float((case.ended_on - case.started_on).days) for case in left if case.ended_on and case.started_on]
    reasons: dict[str, list[Case]] = {}
    for case in left:
        reasons.setdefault(case.exit_reason or NOT_TOLD, []).append(case)
    missing = len(reasons.get(NOT_TOLD, []))
    by_size = sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        situations("pathways", during),
        situations("entries", entered),
        people("children_entered", entered),
        situations("exits", left),
        people("children_left", left),
        *(situations("exits_by_reason", c, category=name, base=len(left), missing=missing) for name, c in by_size),
        average("ended_mean", days, situations=ids(left)),
    ]


def profile_figures(found: Sequence[Case], frame: Frame) -> list[SurveyFigure]:
    """Children followed in the period by the profile that their latest pathway had on its last day; nothing while no profile is held."""
    during = followed(found, frame, frame.period.start, frame.period.end)
    latest = {case.child_id: case for case in sorted(during, key=lambda case: (case.started_on, case.situation_id))}
    groups = grouped(latest.values(), lambda case: case.profile)
    missing = len(groups.pop(UNKNOWN, []))
    base = len(latest) - missing
    return [
        people("profiles", cases, category=name, base=base, missing=missing) for name, cases in sorted(groups.items())
    ]


def referent_figures(found: Sequence[Case], first: date, last: date, day: date | None = None) -> list[SurveyFigure]:
    """Children by referent in charge one day from `first` to `last`; on one day when `day` is that day."""
    charges: dict[str, list[Case]] = {}
    for case in found:
        held = {mandate.member_id for mandate in case.mandates if _overlaps(mandate.since, mandate.until, first, last)}
        for member in held:
            charges.setdefault(NOBODY if member is None else str(member), []).append(case)
    code = "referent_children" if day is None else "referent_stock"
    return [people(code, cases, category=name, day=day) for name, cases in sorted(charges.items())]


def hours_figures(found: Sequence[Case], frame: Frame) -> list[SurveyFigure]:
    """Hours of the pathways open in the period; missing is not zero."""
    during = followed(found, frame, frame.period.start, frame.period.end)
    during = list({case.situation_id: case for case in during}.values())
    told = [(case, hours) for case in during if (hours := _hours(case, frame)) is not None]
    values, behind = [hours for _, hours in told], ids(case for case, _ in told)
    keys = {"missing": len(during) - len(told), "situations": behind}
    total = sum(values) if values else None
    return [
        SurveyFigure("hours", total, base=len(told), missing=len(during) - len(told), situations=behind),
        average("hours_mean", values, **keys),
        middle("hours_median", values, **keys),
    ]


def school_figures(found: Sequence[Case], frame: Frame) -> list[SurveyFigure]:
    """Schools attended by the children followed, and those children by network of priority education."""
    period = frame.period
    during = followed(found, frame, period.start, period.end)
    kinds: dict[str, dict[str, list[Case]]] = {}
    networks: dict[str, list[Case]] = {}
    known = []
    for case in during:
        places = [place for place in case.schools if _overlaps(place.since, place.until, period.start, period.end)]
        for place in places:
            kinds.setdefault(place.kind or UNKNOWN, {}).setdefault(place.school, []).append(case)
        if places:
            known.append(case)
            networks.setdefault(places[-1].priority or UNKNOWN, []).append(case)
    missing = children(during) - children(known)
    schools = {key for group in kinds.values() for key in group}
    return [
        SurveyFigure("schools", float(len(schools)), missing=missing, situations=ids(known)),
        *(
            SurveyFigure("schools_by_kind", float(len(group)), kind, base=len(schools), situations=_behind(group))
            for kind, group in sorted(kinds.items())
        ),
        *(
            people("priority", cases, category=name, base=children(known), missing=missing)
            for name, cases in sorted(networks.items())
        ),
    ]


def _behind(group: dict[str, list[Case]]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(case.situation_id for cases in group.values() for case in cases))


def _public(
    code: str, found: Sequence[Case], everyone: Sequence[Case], age_on: date | None, known_on: date, day: date | None
) -> list[SurveyFigure]:
    """A population by sex, age and district; what is said of a child is what its latest situation says."""
    by_child: dict[int, list[Case]] = {}
    for case in found:
        by_child.setdefault(case.child_id, []).append(case)
    told = _latest(everyone, known_on)
    sexes = {child: told.get((child, "sex"), UNKNOWN) for child in by_child}
    bands = {child: band(_age(cases, age_on)) for child, cases in by_child.items()}
    districts = {child: told.get((child, "qpv"), UNKNOWN) for child in by_child}
    total = len(by_child)

    def row(suffix: str, category: str, chosen: set[int], missing: int) -> SurveyFigure:
        behind = [case for case in found if case.child_id in chosen]
        return people(f"{code}{suffix}", behind, category=category, day=day, base=total, missing=missing)

    def chosen(values: dict[int, str], name: str) -> set[int]:
        return {child for child, value in values.items() if value == name}

    lost = {name: len(chosen(values, UNKNOWN)) for name, values in (("s", sexes), ("a", bands), ("q", districts))}
    yes, no = len(chosen(districts, "yes")), len(chosen(districts, "no"))
    return [
        people(code, found, day=day),
        *(row("_sex", name, chosen(sexes, name), lost["s"]) for name in SEXES),
        *(row("_age", name, chosen(bands, name), lost["a"]) for name in AGES),
        *(
            row("_sex_age", f"{sex}|{age}", chosen(sexes, sex) & chosen(bands, age), lost["a"])
            for sex in SEXES
            for age in AGES
        ),
        *(row("_qpv", name, chosen(districts, name), lost["q"]) for name in ANSWERS),
        SurveyFigure(f"{code}_qpv_share", yes / (yes + no) if yes + no else None, day=day, base=yes + no, missing=lost["q"],
                     situations=ids(case for case in found if districts[case.child_id] == "yes")),
    ]  # fmt: skip


def _age(cases: Sequence[Case], day: date | None) -> int | None:
    """A child's age on a day; at the beginning of its first pathway when there is no day."""
    first = min(cases, key=lambda case: (case.started_on or case.received_on, case.situation_id))
    return first.ages.get(day)


def _latest(found: Sequence[Case], day: date) -> dict[tuple[int, str], str]:
    told: dict[tuple[int, str], str] = {}
    for case in sorted((c for c in found if c.received_on <= day), key=lambda c: c.received_on):
        district = next((value for since, value in reversed(case.qpv) if since <= day), UNKNOWN)
        known = (("sex", case.sex), ("qpv", district))
        told.update({(case.child_id, name): value for name, value in known if value != UNKNOWN})
    return told


def _followed_motives(during: Sequence[Case]) -> list[SurveyFigure]:
    known = [case for case in during if case.motives]
    told = {case.child_id for case in known}
    without = [case for case in during if case.child_id not in told]
    groups = grouped_several(during, lambda case: case.motives)
    origins = grouped_several(during, lambda case: (case.origin,))
    total = children(during)
    missing = children(case for case in during if case.origin == UNKNOWN)
    return [
        people("followed_without_motive", without, base=total),
        SurveyFigure("followed_motive_mentions", float(sum(len(case.motives) for case in during)), base=total),
        *(
            people("followed_motives", c, category=name, base=total, missing=children(without))
            for name, c in groups.items()
        ),
        *(people("followed_origins", c, category=name, base=total, missing=missing) for name, c in origins.items()),
    ]


def _overlaps(since: date | None, until: date | None, first: date, last: date) -> bool:
    return (since is None or since <= last) and (until is None or until >= first)


def _hours(case: Case, frame: Frame) -> float | None:
    if frame.options.hours_of is HoursOf.PATHWAY:
        return case.hours
    spent = [hours for day, hours in case.spent if day in frame.period]
    return sum(spent) if spent else None
