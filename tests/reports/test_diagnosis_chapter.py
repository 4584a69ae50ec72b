"""The chapter on the diagnosis: what was validated, beside its figures, as its audience may read it."""

from dataclasses import replace
from datetime import date

import pytest

from impact.audit import Actor
from impact.communities.storage import add_organisation
from impact.cooperation import action_storage, meeting_storage
from impact.cooperation.records import JointAction, Meeting
from impact.cooperation.vocabulary import ActionState, MeetingKind
from impact.db import EncryptedDatabase
from impact.diagnosis import orientation_storage, storage
from impact.diagnosis.records import Crossing, Finding, Orientation
from impact.diagnosis.vocabulary import FindingKind, Use
from impact.periods import Period
from impact.vocabulary import Audience, OrganisationKind
from reports.composition.diagnosis import chapters
from reports.composition.words import Estimates
from reports.computing.estimating import share
from reports.telling import tell_diagnosis
from tests.reports.test_sections import CONTEXT

TODAY = date(2026, 11, 20)
VALIDATED = date(2021, 6, 25)
YEARS = Period(date(2020, 9, 1), TODAY)


@pytest.fixture
def diagnosed(db: EncryptedDatabase, amina: Actor) -> EncryptedDatabase:
    """One axis, two findings, a crossing, an orientation served by an action, validated on 25 June 2021."""
    axis = storage.add_axis(db, amina, "Continuité")
    inside = Finding(0, axis, FindingKind.WEAKNESS, "Chacun son calendrier", Use.STEERING, None, "cooperation.density")
    outside = Finding(0, axis, FindingKind.THREAT, "Des crédits d’un an", Use.ACCOUNTING)
    first, second = (storage.add_finding(db, amina, each) for each in (inside, outside))
    storage.add_crossing(db, amina, Crossing(0, axis, first, second, "Un seul calendrier"))
    town = add_organisation(db, amina, "Ville", OrganisationKind.LOCAL_AUTHORITY)
    action = action_storage.add_action(db, amina, JointAction(0, "Mercredis", ActionState.UNDER_WAY, town))
    orientation_storage.add_orientation(db, amina, Orientation(0, "Accorder les temps", "", (axis,), (action,)))
    meeting = meeting_storage.add_meeting(db, amina, Meeting(0, MeetingKind.STEERING, VALIDATED))
    held = Meeting(meeting, MeetingKind.STEERING, VALIDATED, presences=((town, 3),))
    meeting_storage.record_meeting(db, amina, held, TODAY)
    orientation_storage.validate(db, amina, meeting, TODAY)
    return db


def test_the_team_reads_every_finding_beside_its_figure(diagnosed: EncryptedDatabase) -> None:
    told = tell_diagnosis(diagnosed, YEARS, Audience.INTERNAL)
    (chapter,) = chapters(replace(CONTEXT, diagnosis=told), Estimates([share("cooperation.density", 18, 91)]))
    assert chapter.finding.startswith(
        "Validation du 25\u00a0juin\u00a02021 (comité de pilotage)\u00a0: 2\u00a0constats"
    )
    findings, orientations = chapter.tables
    assert findings.title == "Continuité"
    assert findings.table.rows[0][:3] == ("Chacun son calendrier", "Faiblesse", "Densité des liens existants")
    assert findings.table.rows[0][3].startswith("20")
    assert findings.table.rows[1][2:] == ("–", "–")
    assert orientations.table.rows == (("Accorder les temps", "Continuité", "Mercredis (en cours)"),)


def test_a_funder_reads_only_what_accounts_for_it(diagnosed: EncryptedDatabase) -> None:
    told = tell_diagnosis(diagnosed, YEARS, Audience.FUNDER)
    (chapter,) = chapters(replace(CONTEXT, diagnosis=told), Estimates([]))
    assert [row[0] for row in chapter.tables[0].table.rows] == ["Des crédits d’un an"]
    assert "1\u00a0constat" in chapter.callouts[0].lines[-1]


def test_what_was_written_since_is_said_and_nothing_comes_before_validation(
    diagnosed: EncryptedDatabase, amina: Actor
) -> None:
    storage.add_finding(diagnosed, amina, Finding(0, 1, FindingKind.STRENGTH, "Une salle", Use.ACCOUNTING))
    told = tell_diagnosis(diagnosed, YEARS, Audience.INTERNAL)
    assert told is not None
    assert told.has_moved
    before = Period(date(2020, 9, 1), date(2021, 6, 24))
    assert tell_diagnosis(diagnosed, before, Audience.INTERNAL) is None
    assert chapters(CONTEXT, Estimates([])) == []
