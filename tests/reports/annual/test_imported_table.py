"""From the spreadsheet to the survey: the imported reference table gives the figures of its expected file."""

from dataclasses import replace
from datetime import date

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.periods import civil_year, school_year
from impact.sheets.importing import carry_out
from impact.sheets.staging_storage import save_plan
from reports.annual.records import Frame, Options, SurveyData
from reports.annual.rules import survey, usual_stocks
from reports.annual.storage import load_survey
from reports.annual.vocabulary import LengthFrom
from tests.impact.sheets.table import EXPECTED, staged
from tests.reports.annual.told import Told, flat

pytestmark = pytest.mark.whole
TODAY, STOPPED = date(2026, 11, 20), date(2026, 8, 31)
PERIODS = {"annee_scolaire_2025_2026": school_year(2025), "annee_civile_2025": civil_year(2025)}


@pytest.fixture(params=["suivi.xlsx", "suivi.ods", "suivi.csv"])
def imported(request: pytest.FixtureRequest, db: EncryptedDatabase, amina: Actor) -> EncryptedDatabase:
    """The table, imported as its person would match it."""
    received, plan = staged(db, amina, TODAY, request.param)
    save_plan(db, amina, received.id, plan, received.version)
    carry_out(db, amina, received.id, TODAY)
    return db


def worded(data: SurveyData) -> SurveyData:
    """The same table in the words of the lists instead of their codes, as the expected file says them."""
    words = {name: dict(data.labels[name]) for name in ("motives", "origins", "exit_reasons")}
    words["exit_reasons"].pop("not_told", None)
    situations = data.situations.assign(
        origin=data.situations["origin"].map(words["origins"]),
        exit_reason=data.situations["exit_reason"].map(words["exit_reasons"]),
    )
    return replace(
        data, situations=situations, motives=data.motives.assign(code=data.motives["code"].map(words["motives"]))
    )


def told(db: EncryptedDatabase, frame: Frame) -> Told:
    data = worded(load_survey(db, frame))
    return Told(survey(data, frame), data.labels["referents"])


def test_every_figure_of_the_survey(imported: EncryptedDatabase) -> None:
    for name, period in PERIODS.items():
        wanted = EXPECTED["enquete"][name]
        frame = Frame(period, usual_stocks(period), STOPPED, Options())
        found = told(imported, frame).survey(period.start, period.end, date(2025, 12, 31), usual_stocks(period))
        assert flat(found) == flat(wanted)


@pytest.mark.parametrize(
    ("name", "origin"), [("depuis_debut_parcours", LengthFrom.START), ("depuis_eps", LengthFrom.MEETING)]
)
def test_time_in_the_programme(imported: EncryptedDatabase, name: str, origin: LengthFrom) -> None:
    wanted = {key: value for key, value in EXPECTED["durees"][name].items() if key != "sorties_par_motif"}
    frame = Frame(school_year(2025), usual_stocks(school_year(2025)), STOPPED, Options(length_from=origin))
    assert flat(told(imported, frame).lengths()) == flat(wanted)
