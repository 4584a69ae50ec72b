"""What may be crossed, validated, written twice."""

from datetime import date

import pytest

from impact.cooperation.records import Meeting
from impact.cooperation.vocabulary import MeetingKind
from impact.diagnosis.records import Crossing, Finding, RoundVersion, TwoRoundText, WorkingGroup
from impact.diagnosis.rules import check_crossing, check_group, check_second, check_validating
from impact.diagnosis.vocabulary import FindingKind, GroupStep, Use
from impact.exceptions import Refused

DAY = date(2021, 6, 25)
FINDINGS = [
    Finding(1, 1, FindingKind.STRENGTH, "Dedans", Use.STEERING),
    Finding(2, 1, FindingKind.THREAT, "Dehors", Use.STEERING),
    Finding(3, 2, FindingKind.THREAT, "Ailleurs", Use.STEERING),
]


def test_only_inside_meets_outside_on_one_axis() -> None:
    check_crossing(Crossing(0, 1, 1, 2, "Donc"), FINDINGS)
    with pytest.raises(Refused, match="force ou une faiblesse"):
        check_crossing(Crossing(0, 1, 2, 1, "Donc"), FINDINGS)
    with pytest.raises(Refused, match="opportunité ou une menace"):
        check_crossing(Crossing(0, 1, 1, 3, "Donc"), FINDINGS)


def test_a_group_has_met_and_has_no_more_names_than_heads() -> None:
    check_group(WorkingGroup(0, 1, GroupStep.FINDINGS, DAY, 2, (1, 2)), DAY)
    with pytest.raises(Refused, match="jour passé"):
        check_group(WorkingGroup(0, 1, GroupStep.FINDINGS, DAY, 2), date(2021, 6, 24))
    with pytest.raises(Refused, match="noms pour"):
        check_group(WorkingGroup(0, 1, GroupStep.FINDINGS, DAY, 2, (1, 2, 3)), DAY)


def test_a_committee_validates_what_is_written_once_it_met() -> None:
    met = Meeting(1, MeetingKind.STEERING, DAY, parents=2)
    check_validating(met, 1, DAY)
    with pytest.raises(Refused, match="vide"):
        check_validating(met, 0, DAY)
    with pytest.raises(Refused, match="présents"):
        check_validating(Meeting(1, MeetingKind.STEERING, DAY), 1, DAY)


def test_the_second_version_comes_after_by_another_group() -> None:
    text = TwoRoundText(1, "Texte", (RoundVersion(1, "Groupe A", DAY, None, "Mots"),))
    check_second(text, RoundVersion(2, "Groupe B", DAY, None, "Mots"))
    with pytest.raises(Refused, match="autre groupe"):
        check_second(text, RoundVersion(2, "groupe a", DAY, None, "Mots"))
    with pytest.raises(Refused, match="première version est du"):
        check_second(text, RoundVersion(2, "Groupe B", date(2021, 6, 1), None, "Mots"))
