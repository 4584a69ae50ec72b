"""The reference table of a PRE: every figure of its annual survey, under the usual definitions."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from impact.periods import Period, civil_year, school_year
from reports.annual.cases import cases
from reports.annual.followed import profile_figures
from reports.annual.records import Frame, Options, SurveyFigure
from reports.annual.rules import survey, usual_frame, usual_stocks
from reports.annual.vocabulary import AgeDay, DelayTo, ExitDay, LengthFrom, TakenUp
from tests.reports.annual.clean_list import clean_list, expected
from tests.reports.annual.told import Told, flat

STOPPED = date(2026, 8, 31)
PERIODS = {"annee_scolaire_2025_2026": school_year(2025), "annee_civile_2025": civil_year(2025)}
DAYS = (date(2025, 6, 30), date(2025, 9, 1), date(2025, 12, 31), date(2026, 6, 30))


def asked(period: Period, **options: object) -> list[SurveyFigure]:
    frame = Frame(period, usual_stocks(period), STOPPED, Options(**options))  # type: ignore[arg-type]
    return survey(clean_list(DAYS), frame)


def told(period: Period, **options: object) -> Told:
    return Told(asked(period, **options), clean_list(()).labels["referents"])


@pytest.mark.parametrize("name", PERIODS)
def test_every_figure_of_the_survey(name: str) -> None:
    period, wanted = PERIODS[name], expected()["enquete"][name]
    found = told(period).survey(period.start, period.end, date(2025, 12, 31), usual_stocks(period))
    assert flat(found) == flat(wanted)
    assert len(flat(wanted)) > 150


@pytest.mark.parametrize(
    ("name", "origin"), [("depuis_debut_parcours", LengthFrom.START), ("depuis_eps", LengthFrom.MEETING)]
)
def test_time_in_the_programme(name: str, origin: LengthFrom) -> None:
    wanted = {key: value for key, value in expected()["durees"][name].items() if key != "sorties_par_motif"}
    assert flat(told(school_year(2025), length_from=origin).lengths()) == flat(wanted)


def test_the_year_stopped_on_its_last_day_says_the_same() -> None:
    period = civil_year(2025)
    early = survey(clean_list(DAYS), usual_frame(period, STOPPED))
    lengths = ("length",)
    kept = [each for each in early if not each.code.startswith(lengths)]
    assert kept == [each for each in asked(period) if not each.code.startswith(lengths)]


def test_other_definitions_give_other_figures() -> None:
    period = school_year(2025)
    usual = told(period)
    assert told(period, taken_up=TakenUp.STARTED).rows("status")["pathway"] == usual.rows("status")[
        "pathway"
    ] - usual.one("not_started")
    assert told(period, exit_day=ExitDay.LEFT_OUT).one("flow") <= usual.one("flow")
    assert told(period, age_day=AgeDay.FIRST).rows("flow_age") != usual.rows("flow_age")
    assert told(period, delay_to=DelayTo.START).row("delay_received").value != usual.row("delay_received").value


def test_profiles_are_computed_once_a_pathway_has_one() -> None:
    data, period = clean_list(DAYS), school_year(2025)
    frame = Frame(period, usual_stocks(period), STOPPED)
    assert profile_figures(cases(data, frame), frame) == []
    # Those of even number have one since their first day; the year after, all have another.
    known = data.situations[data.situations["started_on"].notna()]
    first = known[known["situation_id"] % 2 == 0].assign(profile="profil_2", since_on=known["started_on"])
    after = known.assign(profile="profil_3", since_on=pd.Timestamp("2026-09-01"))
    data = replace(data, profiles=pd.concat([first, after])[["situation_id", "since_on", "profile"]])
    (found,) = profile_figures(cases(data, frame), frame)
    followed = data.situations[
        (data.situations["started_on"] <= "2026-08-31")
        & (data.situations["ended_on"].isna() | (data.situations["ended_on"] >= "2025-09-01"))
    ]
    latest = followed.sort_values(["started_on", "situation_id"]).drop_duplicates("child_id", keep="last")
    chosen = (latest["situation_id"] % 2 == 0).sum()
    assert (found.category, found.value, found.base, found.missing) == (
        "profil_2",
        chosen,
        chosen,
        len(latest) - chosen,
    )


def test_each_count_has_its_situations() -> None:
    for figure in asked(school_year(2025)):
        if figure.code in ("received", "status", "motives", "exits", "pathways", "length_ended", "length_at_risk"):
            assert len(figure.situations) == figure.value
        if figure.code == "length_gone":
            assert bool(figure.situations) == bool(figure.value)
