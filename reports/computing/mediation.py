"""School mediation: sites covered, presence, activities by month of presence, publics."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from impact.cooperation.vocabulary import MeetingKind
from impact.mediation.vocabulary import MediationList
from impact.periods import Period, current_school_year, school_year
from reports.computing.estimating import count, estimate, nothing, share, shares, tally, within
from reports.data import Data
from reports.records import Estimate
from reports.statistics.rates import OVERDISPERSED, garwood, site_rate
from reports.statistics.reasons import Reason

WEEKS_PER_MONTH = 365.25 / 12 / 7
MOST_YEARS = 5
GARWOOD, BETWEEN_SITES = "garwood", "student_between_sites"


def sites(data: Data, period: Period) -> list[Estimate]:
    """Sites with a mediator among those of the perimeter."""
    known, covered = _perimeter(data, period), _covered(data, period)
    return [share("mediation.sites", int(known["site_id"].isin(covered).sum()), len(known))]


def sites_by_kind(data: Data, period: Period) -> list[Estimate]:
    """The same share for each kind of site that the perimeter has."""
    code, known, covered = "mediation.sites_by_kind", _perimeter(data, period), _covered(data, period)
    found = []
    for kind, label in data.labels.get("site_kind", {}).items():
        of = known.loc[known["kind"] == kind, "site_id"]
        if len(of):
            found.append(share(code, int(of.isin(covered).sum()), len(of), category=kind, label=label))
    return found or [nothing(code, Reason.EMPTY)]


def mediators(data: Data, period: Period) -> list[Estimate]:
    """People posted somewhere at some time."""
    return [count("mediation.mediators", int(_posted(data, period)["member_id"].nunique()))]


def fte(data: Data, period: Period) -> list[Estimate]:
    """Full-time days of all postings over the days of the period."""
    code, posted = "mediation.fte", _posted(data, period)
    if posted.empty:
        return [nothing(code, Reason.EMPTY)]
    start, end = pd.Timestamp(period.start), pd.Timestamp(period.end)
    first = posted["started_on"].where(posted["started_on"] > start, start)
    last = posted["ended_on"].where(posted["ended_on"] < end, end)
    length = (end - start).days + 1
    worked = float((((last - first).dt.days + 1) * posted["share"] / 100).sum())
    people = int(posted["member_id"].nunique())
    return [estimate(code, worked / length, numerator=round(worked, 1), denominator=float(length), n=people)]


def activities(data: Data, period: Period) -> list[Estimate]:
    """Activities done."""
    return [count("mediation.activities", len(_done(data, period)))]


def hours(data: Data, period: Period) -> list[Estimate]:
    """Whole hours of the activities."""
    done = _done(data, period)
    return [count("mediation.hours", round(int(done["minutes"].sum()) / 60), n=len(done))]


def rate(data: Data, period: Period) -> list[Estimate]:
    """Activities by site-month of presence, all sites together."""
    return [_rate("mediation.rate", _present(data, period))]


def rate_by_site(data: Data, period: Period) -> list[Estimate]:
    """The rate of each site with a week of presence, with Garwood's interval; the category is « kind/site »."""
    code = "mediation.rate_by_site"
    return _rates_of_sites(code, data, period) or [nothing(code, Reason.EMPTY)]


def rate_by_year(data: Data, period: Period) -> list[Estimate]:
    """The rate of each of the last five school years, the last one stopped at the end of the period."""
    code = "mediation.rate_by_year"
    found = [
        _rate(code, _present(data, year), category=str(year.start.year), label=_name(year))
        for year in _last_years(period)
    ]
    return [row for row in found if row.value is not None] or [nothing(code, Reason.EMPTY)]


def rate_by_site_and_year(data: Data, period: Period) -> list[Estimate]:
    """The rate of each site in each of those school years; the category is « kind/site/year »."""
    code = "mediation.rate_by_site_and_year"
    found = [
        replace(row, category=f"{row.category}/{year.start.year}", label=f"{row.label}, {_name(year)}")
        for year in _last_years(period)
        for row in _rates_of_sites(code, data, year)
    ]
    return found or [nothing(code, Reason.EMPTY)]


def by_axis(data: Data, period: Period) -> list[Estimate]:
    """Activities by axis, the absent ones at zero."""
    return _shared(data, period, "by_axis", "axis", "axis")


def by_category(data: Data, period: Period) -> list[Estimate]:
    """Activities by entry of the community's own list."""
    return _shared(data, period, "by_category", "category", MediationList.CATEGORIES.value)


def by_request(data: Data, period: Period) -> list[Estimate]:
    """Activities by who asked, when it is noted."""
    return _shared(data, period, "by_request", "request", MediationList.REQUESTS.value)


def by_follow_up(data: Data, period: Period) -> list[Estimate]:
    """Activities by what followed, when it is noted."""
    return _shared(data, period, "by_follow_up", "follow_up", MediationList.FOLLOW_UPS.value)


def weeks_filled(data: Data, period: Period) -> list[Estimate]:
    """Weeks of site of which it is known whether a mediator was there."""
    weeks = _weeks(data, period)
    known = int(weeks["present"].notna().sum())
    return [share("mediation.weeks_filled", known, len(weeks))]


def committees(data: Data, period: Period) -> list[Estimate]:
    """Monitoring committees where somebody was counted."""
    return [count("mediation.committees", len(_committees(data, period)))]


def sites_with_committee(data: Data, period: Period) -> list[Estimate]:
    """Covered sites whose organisation came to a monitoring committee."""
    held = _committees(data, period)["meeting_id"]
    came = data.meeting_presences.loc[data.meeting_presences["meeting_id"].isin(held), "organisation_id"]
    known = _perimeter(data, period)
    covered = known[known["site_id"].isin(_covered(data, period))]
    followed = covered["organisation_id"].isin(came.tolist())
    return [share("mediation.sites_with_committee", int(followed.sum()), len(covered))]


def contacts(data: Data, period: Period) -> list[Estimate]:
    """People met, added from one activity to the next: contacts, not different people."""
    people = _done(data, period)["people"]
    return [count("mediation.contacts", int(people.sum()), missing=int(people.isna().sum()))]


def girls(data: Data, period: Period) -> list[Estimate]:
    """Girls among the contacts counted apart."""
    done = _done(data, period)
    first, second = (int(done[name].sum()) for name in ("girls", "boys"))
    missing = int(done["people"].sum()) - first - second
    return [share("mediation.girls", first, first + second, missing=missing)]


def _last_years(period: Period) -> list[Period]:
    """The school years up to the end of the period, which stops the last one."""
    last = current_school_year(period.end).start.year
    years = [school_year(year) for year in range(last - MOST_YEARS + 1, last + 1)]
    return [replace(year, end=min(year.end, period.end)) for year in years]


def _name(year: Period) -> str:
    return school_year(year.start.year).code


def _rates_of_sites(code: str, data: Data, period: Period) -> list[Estimate]:
    weeks, names = _weeks(data, period), data.labels.get("site", {})
    kinds = dict(zip(data.mediation.sites["site_id"], data.mediation.sites["kind"], strict=True))
    unknown = weeks.loc[weeks["present"].isna(), "site_id"].value_counts()
    found = []
    for site_id, some in weeks[weeks["present"].fillna(False).astype(bool)].groupby("site_id"):
        done, months = int(some["activities"].sum()), len(some) / WEEKS_PER_MONTH
        measured = garwood(done, months)
        found.append(
            estimate(
                code, measured.value, numerator=float(done), denominator=round(months, 1), low=measured.low,
                high=measured.high, method=GARWOOD, n=done, category=f"{kinds[site_id]}/{site_id}",
                label=names.get(str(site_id), ""), missing=int(unknown.get(site_id, 0)),
            )
        )  # fmt: skip
    return found


def _rate(code: str, weeks: pd.DataFrame, **keys: str) -> Estimate:
    """Sites may differ more than chance explains: the interval then comes from the sites."""
    if weeks.empty:
        return nothing(code, Reason.EMPTY, **keys)
    of = weeks.groupby("site_id")["activities"].agg(["sum", "size"])
    months = [float(size) / WEEKS_PER_MONTH for size in of["size"]]
    measured, dispersion = site_rate([int(done) for done in of["sum"]], months)
    spread = dispersion is not None and dispersion > OVERDISPERSED
    return estimate(
        code, measured.value, numerator=float(of["sum"].sum()), denominator=round(sum(months), 1), low=measured.low,
        high=measured.high, method=BETWEEN_SITES if spread else GARWOOD, n=int(of["sum"].sum()),
        effect=None if dispersion is None else {"name": "dispersion", "value": round(dispersion, 2)}, **keys,
    )  # fmt: skip


def _shared(data: Data, period: Period, code: str, column: str, words: str) -> list[Estimate]:
    noted = _done(data, period)[column]
    said = noted[noted.ne("")]
    labels: Mapping[str, str] = data.labels.get(words, {})
    return shares(f"mediation.{code}", tally(said), labels, len(said), missing=len(noted) - len(said))


def _perimeter(data: Data, period: Period) -> pd.DataFrame:
    known = data.mediation.sites
    return known[_overlaps(known["opened_on"], known["closed_on"], period)]


def _posted(data: Data, period: Period) -> pd.DataFrame:
    known = data.mediation.postings
    return known[_overlaps(known["started_on"], known["ended_on"], period)]


def _overlaps(first: pd.Series, last: pd.Series, period: Period) -> pd.Series:
    return (first <= pd.Timestamp(period.end)) & (last.isna() | (last >= pd.Timestamp(period.start)))


def _covered(data: Data, period: Period) -> set[int]:
    return set(_posted(data, period)["site_id"])


def _done(data: Data, period: Period) -> pd.DataFrame:
    return within(data.mediation.activities, "done_on", period)


def _weeks(data: Data, period: Period) -> pd.DataFrame:
    """A week belongs to the period that holds its Thursday."""
    weeks = data.mediation.weeks
    return within(weeks.assign(thursday_on=weeks["week_on"] + pd.Timedelta(days=3)), "thursday_on", period)


def _present(data: Data, period: Period) -> pd.DataFrame:
    weeks = _weeks(data, period)
    return weeks[weeks["present"].fillna(False).astype(bool)]


def _committees(data: Data, period: Period) -> pd.DataFrame:
    held = within(data.meetings, "held_on", period)
    return held[(held["kind"] == MeetingKind.MONITORING.value) & (held["people"] > 0)]
