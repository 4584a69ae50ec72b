"""Time in the programme, everyone counted: Kaplan-Meier, and the reasons for leaving as they compete."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import mean, median

from reports.annual.followed import NOT_TOLD
from reports.annual.records import Case, Frame, SurveyFigure
from reports.annual.vocabulary import LengthFrom
from reports.statistics.survival import CumulativeIncidence, SurvivalCurve, cumulative_incidence, kaplan_meier

HORIZONS = (182, 365, 548, 730)
DAYS_IN_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Stays:
    """Every pathway begun: days observed, reason of the exit or "" while it is open, situation."""

    days: tuple[int, ...]
    reasons: tuple[str, ...]
    situations: tuple[int, ...]

    @property
    def curve(self) -> SurvivalCurve:
        """Share still followed."""
        return kaplan_meier(list(self.days), [bool(reason) for reason in self.reasons])

    @property
    def names(self) -> list[str]:
        """Reasons seen, in alphabetical order."""
        return sorted({reason for reason in self.reasons if reason})

    @property
    def incidence(self) -> CumulativeIncidence:
        """Share gone by reason; a reason's number is its rank in `names`, from 1."""
        rank = {name: place for place, name in enumerate(self.names, start=1)}
        return cumulative_incidence(list(self.days), [rank.get(reason, 0) for reason in self.reasons])


def stays(found: Sequence[Case], stopped_on: date, origin: LengthFrom) -> Stays:
    """The whole table, not the year's alone; pathways still open stop on the last day."""
    rows = []
    for case in found:
        begins = {
            LengthFrom.START: case.started_on,
            LengthFrom.MEETING: case.met_on,
            LengthFrom.DECISION: case.decided_on,
        }[origin]
        last = case.ended_on or stopped_on
        if case.started_on and begins and begins <= last:
            reason = (case.exit_reason or NOT_TOLD) if case.ended_on else ""
            rows.append(((last - begins).days, reason, case.situation_id))
    return Stays(tuple(row[0] for row in rows), tuple(row[1] for row in rows), tuple(row[2] for row in rows))


def length_figures(found: Sequence[Case], frame: Frame) -> list[SurveyFigure]:
    """Median, shares still followed and shares gone by reason, with the naive figures that forget the open pathways."""
    known = stays(found, frame.stopped_on, frame.options.length_from)
    if not known.days:
        return [SurveyFigure("length_median", None, base=0)]
    curve, incidence = known.curve, known.incidence
    ended = [days for days, reason in zip(known.days, known.reasons, strict=True) if reason]
    everyone, total = known.situations, len(known.days)
    closed = tuple(key for key, reason in zip(everyone, known.reasons, strict=True) if reason)
    rank = {name: place for place, name in enumerate(known.names, start=1)}
    rows = list(zip(known.days, known.reasons, everyone, strict=True))
    long = {h: tuple(key for days, _, key in rows if days >= h) for h in HORIZONS}
    gone = {
        (name, h): tuple(key for days, why, key in rows if why == name and days <= h) for name in rank for h in HORIZONS
    }
    return [
        SurveyFigure("length_pathways", float(total), situations=everyone),
        SurveyFigure("length_ended", float(len(ended)), base=total, situations=closed),
        SurveyFigure("length_median", curve.median, base=total, situations=everyone),
        SurveyFigure("length_naive_mean", mean(ended) if ended else None, base=len(ended), situations=closed),
        SurveyFigure(
            "length_naive_median", float(median(ended)) if ended else None, base=len(ended), situations=closed
        ),
        *(SurveyFigure("length_still", curve.at(h).survival, str(h), base=total) for h in HORIZONS),
        *(
            SurveyFigure("length_at_risk", float(len(long[h])), str(h), base=total, situations=long[h])
            for h in HORIZONS
        ),
        *(
            SurveyFigure(
                "length_gone", incidence.at(h)[0][rank[name]], f"{name}|{h}", base=total, situations=gone[name, h]
            )
            for name in known.names
            for h in HORIZONS
        ),
    ]
