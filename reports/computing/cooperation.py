"""Cooperation: who is there, who is linked with whom, what is done together, who meets (STATISTICS §2.G and §2.H)."""

from collections.abc import Hashable
from dataclasses import dataclass

import pandas as pd

from impact.cooperation.network import Network, network, realisation
from impact.cooperation.network import unordered as pairs
from impact.periods import Period
from impact.wording import short_date
from reports.computing.estimating import count, estimate, nothing, share, shares, tally, within
from reports.data import Data
from reports.records import Estimate
from reports.statistics.diversity import diversity
from reports.statistics.proportions import wilson
from reports.statistics.reasons import Reason

_OTHER = "other"
_Citations = list[tuple[int, int]]


@dataclass(frozen=True)
class _Round:
    """What the organisations said: links that exist (made ones included), and those to create, as (who says, with whom)."""

    existing: _Citations
    wanted: _Citations


def organisations_by_kind(data: Data, period: Period) -> list[Estimate]:
    """Organisations of the directory by kind, the absent kinds at zero."""
    kinds = tally(data.organisations["kind"])
    return shares("cooperation.organisations_by_kind", kinds, data.labels["organisation_kind"], sum(kinds.values()))


def missing_kinds(data: Data, period: Period) -> list[Estimate]:
    """Kinds that no organisation of the directory has, « other » left out."""
    code = "cooperation.missing_kinds"
    if data.organisations.empty:
        return [nothing(code, Reason.EMPTY)]
    wanted = set(data.labels["organisation_kind"]) - {_OTHER}
    absent = wanted - set(tally(data.organisations["kind"]))
    return [count(code, len(absent), denominator=float(len(wanted)), n=len(data.organisations))]


def possible_pairs(data: Data, period: Period) -> list[Estimate]:
    """n(n-1)/2; n = organisations."""
    found, code = _network(data, period), "cooperation.possible_pairs"
    return [_unknown(data, code) if found is None else count(code, found.possible, n=found.actors)]


def existing_links(data: Data, period: Period) -> list[Estimate]:
    """Pairs of which one end at least says that the link exists."""
    found, code = _network(data, period), "cooperation.existing_links"
    return [_unknown(data, code) if found is None else count(code, found.links)]


def density(data: Data, period: Period) -> list[Estimate]:
    """Existing links over possible ones."""
    found, code = _network(data, period), "cooperation.density"
    return [_unknown(data, code) if found is None else share(code, found.links, found.possible)]


def confirmation(data: Data, period: Period) -> list[Estimate]:
    """Links cited by both over existing links."""
    found, code = _network(data, period), "cooperation.confirmation"
    return [_unknown(data, code) if found is None else share(code, found.confirmed, found.links)]


def to_create(data: Data, period: Period) -> list[Estimate]:
    """Wished pairs that do not exist."""
    found, code = _network(data, period), "cooperation.to_create"
    return [_unknown(data, code) if found is None else count(code, found.to_create)]


def density_planned(data: Data, period: Period) -> list[Estimate]:
    """Existing and wished links over possible ones."""
    found, code = _network(data, period), "cooperation.density_planned"
    return [_unknown(data, code) if found is None else share(code, found.links + found.to_create, found.possible)]


def realisation_rate(data: Data, period: Period) -> list[Estimate]:
    """Links to create of the last round but one that exist at the last one, with Wilson's interval."""
    code = "cooperation.realisation"
    numbers = _rounds(data, period)
    if len(numbers) < 2:
        return [nothing(code, Reason.TOO_FEW if numbers else Reason.EMPTY)]
    # What was made after the earlier round was still to create on its day.
    earlier, later = _said(data, numbers[-2], None), _said(data, numbers[-1], period)
    existing = pairs(earlier.existing)
    planned = [wish for wish in earlier.wanted if frozenset(wish) not in existing]
    found = realisation(planned, later.existing)
    interval = wilson(found.made, found.planned)
    if interval is None:
        return [nothing(code, Reason.EMPTY)]
    low, high = interval
    return [share(code, found.made, found.planned, low=low, high=high, method="wilson")]


def density_by_round(data: Data, period: Period) -> list[Estimate]:
    """Existing links over possible ones as said on the day of each round, the oldest first; category = that day."""
    code, kinds = "cooperation.density_by_round", _kinds(data)
    numbers = _rounds(data, period)
    if not numbers or len(kinds) < 2:
        return [_unknown(data, code)]
    days = pd.to_datetime(data.link_rounds.set_index("round_id")["held_on"])
    found = []
    for number in numbers:
        said, day = _said(data, number, None), days[number].date()
        known = network(list(kinds), said.existing, said.wanted, kinds)
        found.append(share(code, known.links, known.possible, category=day.isoformat(), label=short_date(day)))
    return found


def openness(data: Data, period: Period) -> list[Estimate]:
    """Krackhardt and Stern's E-I index by kind of organisation; numerator = external minus internal links."""
    found, code = _network(data, period), "cooperation.ei"
    if found is None:
        return [_unknown(data, code)]
    if found.ei is None:
        return [nothing(code, Reason.EMPTY)]
    difference = float(round(found.ei * found.links))
    return [estimate(code, found.ei, numerator=difference, denominator=float(found.links), n=found.links)]


def isolates(data: Data, period: Period) -> list[Estimate]:
    """Organisations without any existing link."""
    found, code = _network(data, period), "cooperation.isolates"
    if found is None:
        return [_unknown(data, code)]
    return [count(code, found.isolates, denominator=float(found.actors), n=found.actors)]


def actions_by_state(data: Data, period: Period) -> list[Estimate]:
    """Actions of the period by state."""
    kept = _actions(data, period)
    return shares("cooperation.actions_by_state", tally(kept["state"]), data.labels["action_state"], len(kept))


def actions_by_age(data: Data, period: Period) -> list[Estimate]:
    """Actions of the period by age band; missing = those whose audience has no known age."""
    kept = _actions(data, period)
    ages = data.action_ages[data.action_ages["action_id"].isin(kept["action_id"])]
    known = int(ages["action_id"].nunique())
    return shares(
        "cooperation.actions_by_age", tally(ages["age_band"]), data.labels["action_age"], known, len(kept) - known
    )


def partners_mean(data: Data, period: Period) -> list[Estimate]:
    """Organisations beside the one that runs an action, per action."""
    kept, code = _actions(data, period), "cooperation.partners_mean"
    return [_mean(code, kept["partners"])]


def cofinancing(data: Data, period: Period) -> list[Estimate]:
    """Euros granted by others than the first funder of each action over euros granted; n = actions with a grant."""
    kept, code = _actions(data, period), "cooperation.cofinancing"
    lines = data.fundings[data.fundings["action_id"].isin(kept["action_id"])].dropna(subset=["granted"])
    by_action = lines[lines["granted"] > 0].groupby("action_id")["granted"]
    total, first = int(by_action.sum().sum()), int(by_action.max().sum())
    return [share(code, total - first, total, **({"n": by_action.ngroups} if total else {}))]


def meetings_held(data: Data, period: Period) -> list[Estimate]:
    """Committee meetings of the period where people were counted."""
    return [count("cooperation.meetings_held", len(_meetings(data, period)))]


def meeting_interval(data: Data, period: Period) -> list[Estimate]:
    """Days from the first to the last meeting held, over the intervals between them; two meetings at least."""
    code, days = "cooperation.meeting_interval", pd.to_datetime(_meetings(data, period)["held_on"])
    if len(days) < 2:
        return [nothing(code, Reason.TOO_FEW if len(days) else Reason.EMPTY)]
    spread, intervals = float((days.max() - days.min()).days), len(days) - 1
    return [estimate(code, spread / intervals, numerator=spread, denominator=float(intervals), n=intervals)]


def people_mean(data: Data, period: Period) -> list[Estimate]:
    """People per committee meeting."""
    return [_mean("cooperation.people_mean", _meetings(data, period)["people"])]


def meeting_kinds(data: Data, period: Period) -> list[Estimate]:
    """Hill number of order 1 of the organisations present at a meeting at least, by kind."""
    code, held = "cooperation.meeting_kinds", _meetings(data, period)
    present = data.meeting_presences[data.meeting_presences["meeting_id"].isin(held["meeting_id"])]
    found = diversity(list(tally(present.drop_duplicates("organisation_id")["organisation_kind"]).values()))
    if found.hill1 is None:
        return [nothing(code, Reason.EMPTY)]
    return [estimate(code, found.hill1, numerator=float(found.types), denominator=float(found.n), n=found.n)]


def mandated(data: Data, period: Period) -> list[Estimate]:
    """People of an organisation whose mandate is in course on the last day; those who left before are out."""
    end = pd.Timestamp(period.end)
    days = {name: pd.to_datetime(data.mandates[name]) for name in ("joined_on", "left_on", "mandated_on", "until_on")}
    here = (days["joined_on"] <= end) & (days["left_on"].isna() | (days["left_on"] > end))
    holds = (days["mandated_on"] <= end) & (days["until_on"].isna() | (days["until_on"] >= end))
    return [share("cooperation.mandated", int((here & holds).sum()), int(here.sum()))]


def counterparts(data: Data, period: Period) -> list[Estimate]:
    """Levels of organisations that meet a counterpart, whatever the form."""
    forms = data.levels["form"]
    return [share("cooperation.counterparts", int((forms.notna() & (forms != "none")).sum()), len(forms))]


def reporting_time(data: Data, period: Period) -> list[Estimate]:
    """Hours noted as reporting over hours noted, to a tenth of an hour; n = days on which somebody noted some."""
    code, noted = "cooperation.reporting_time", within(data.coordination, "day", period)
    if noted.empty:
        return [nothing(code, Reason.EMPTY)]
    total, reporting = noted["minutes"].sum(), noted.loc[noted["kind"] == "reporting", "minutes"].sum()
    hours = {"numerator": round(float(reporting) / 60, 1), "denominator": round(float(total) / 60, 1)}
    return [estimate(code, float(reporting / total), **hours, n=int(noted["day"].nunique()))]


def _unknown(data: Data, code: str) -> Estimate:
    return nothing(code, Reason.TOO_FEW if len(data.organisations) == 1 else Reason.EMPTY)


def _rounds(data: Data, period: Period) -> list[int]:
    """The rounds known at the end of the period, the oldest first."""
    known = data.link_rounds[pd.to_datetime(data.link_rounds["held_on"]) <= pd.Timestamp(period.end)]
    return [int(number) for number in known.sort_values("held_on")["round_id"]]


def _said(data: Data, round_id: int, period: Period | None) -> _Round:
    """What is known of a round at the end of the period, or on its own day."""
    rows = data.links[data.links["round_id"] == round_id]
    exists = rows["kind"] == "existing"
    if period is not None:
        exists |= pd.to_datetime(rows["made_on"]) <= pd.Timestamp(period.end)
    return _Round(_cited(rows[exists]), _cited(rows[~exists]))


def _cited(rows: pd.DataFrame) -> _Citations:
    return [(int(who), int(whom)) for who, whom in zip(rows["declarer_id"], rows["partner_id"], strict=True)]


def _network(data: Data, period: Period) -> Network | None:
    """The last round known, among all the organisations; None without a round or with fewer than two organisations."""
    numbers, kinds = _rounds(data, period), _kinds(data)
    if not numbers or len(kinds) < 2:
        return None
    said = _said(data, numbers[-1], period)
    return network(list(kinds), said.existing, said.wanted, kinds)


def _kinds(data: Data) -> dict[Hashable, Hashable]:
    """The kind of each organisation."""
    known = data.organisations
    return dict(zip(known["organisation_id"].tolist(), known["kind"].tolist(), strict=True))


def _actions(data: Data, period: Period) -> pd.DataFrame:
    """Actions that touch the period, an unknown date being no limit."""
    starts, ends = (pd.to_datetime(data.actions[name]) for name in ("starts_on", "ends_on"))
    begun = starts.isna() | (starts <= pd.Timestamp(period.end))
    return data.actions[begun & (ends.isna() | (ends >= pd.Timestamp(period.start)))]


def _meetings(data: Data, period: Period) -> pd.DataFrame:
    found = within(data.meetings, "held_on", period)
    return found[found["people"] > 0]


def _mean(code: str, values: pd.Series) -> Estimate:
    if values.empty:
        return nothing(code, Reason.EMPTY)
    total = float(values.sum())
    return estimate(code, total / len(values), numerator=total, denominator=float(len(values)), n=len(values))
