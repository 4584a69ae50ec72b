"""The demonstration's diagnosis: three axes in the cité éducative, two in the collective after its prospective."""

from collections.abc import Sequence
from datetime import date

from impact.audit import Actor
from impact.communities.storage import get_community
from impact.cooperation.action_storage import list_actions
from impact.cooperation.meeting_storage import list_meetings
from impact.cooperation.vocabulary import MeetingKind
from impact.db import EncryptedDatabase, gate
from impact.diagnosis import demo_words as words
from impact.diagnosis.orientation_storage import add_orientation, validate
from impact.diagnosis.prospect_storage import add_text, add_trend, amend_text, save_future
from impact.diagnosis.records import (
    Crossing,
    DesiredFuture,
    Finding,
    Orientation,
    RoundVersion,
    Trend,
    WorkingGroup,
)
from impact.diagnosis.storage import add_axis, add_crossing, add_finding, add_group
from impact.diagnosis.vocabulary import GroupStep, Sense
from impact.vocabulary import CommunityKind


def fill(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    """Add what suits the community's kind, in one transaction; nothing to a PRE."""
    kind = get_community(db).kind
    with gate(db):
        if kind is CommunityKind.COLLECTIVE:
            _look_ahead(db, actor, today, words.TRENDS, words.TRENDS_ON, words.FUTURE)
            _diagnose(db, actor, today, words.COLLECTIVE_AXES, words.COLLECTIVE_ORIENTATIONS)
            _write_twice(db, actor, words.COLLECTIVE_TEXT, words.COLLECTIVE_FIRST, words.COLLECTIVE_SECOND)
        elif kind is CommunityKind.CITE:
            _diagnose(db, actor, today, words.AXES, words.ORIENTATIONS)
            _write_twice(db, actor, words.TEXT, words.FIRST, words.SECOND)
            _look_ahead(db, actor, today, words.CITE_TRENDS, words.CITE_TRENDS_ON, words.CITE_FUTURE)


def _look_ahead(
    db: EncryptedDatabase,
    actor: Actor,
    today: date,
    trends: tuple[tuple[str, Sense], ...],
    gathered_on: str,
    future: tuple[int, str],
) -> None:
    for said, sense in trends:
        add_trend(db, actor, Trend(0, said, sense, date.fromisoformat(gathered_on)))
    save_future(db, actor, DesiredFuture(*future), today)


def _diagnose(
    db: EncryptedDatabase,
    actor: Actor,
    today: date,
    axes: Sequence[words.AxisWords],
    orientations: Sequence[words.OrientationWords],
) -> None:
    """Axes, orientations, then the first steering committee after the last group: it validated them."""
    _fill_orientations(db, actor, _fill_axes(db, actor, today, axes), orientations)
    last = max(crossed for _, _, (crossed, _), _, _ in axes)
    steering = [known for known in list_meetings(db) if known.kind is MeetingKind.STEERING]
    after = [known for known in steering if known.held_on.isoformat() >= last]
    validate(db, actor, min(after, key=lambda meeting: meeting.held_on).id, today)


def _write_twice(
    db: EncryptedDatabase, actor: Actor, title: str, first: words.RoundWords, second: words.RoundWords
) -> None:
    text_id = add_text(db, actor, title, _version(1, *first))
    amend_text(db, actor, text_id, _version(2, *second))


def _fill_axes(db: EncryptedDatabase, actor: Actor, today: date, told: Sequence[words.AxisWords]) -> list[int]:
    axes = []
    for title, found, crossed, findings, crossings in told:
        axis_id = add_axis(db, actor, title)
        groups = [
            add_group(db, actor, WorkingGroup(0, axis_id, step, date.fromisoformat(day), people), today)
            for step, (day, people) in ((GroupStep.FINDINGS, found), (GroupStep.CROSSING, crossed))
        ]
        ids = [
            add_finding(db, actor, Finding(0, axis_id, kind, said, use, groups[0], code or None))
            for kind, said, use, code in findings
        ]
        for inside, outside, said in crossings:
            add_crossing(db, actor, Crossing(0, axis_id, ids[inside], ids[outside], said, groups[1]))
        axes.append(axis_id)
    return axes


def _fill_orientations(
    db: EncryptedDatabase, actor: Actor, axes: list[int], told: Sequence[words.OrientationWords]
) -> None:
    actions = {action.title: action.id for action in list_actions(db)}
    for title, ranks, examples, served in told:
        orientation = Orientation(
            0, title, examples, tuple(axes[rank] for rank in ranks), tuple(actions[name] for name in served)
        )
        add_orientation(db, actor, orientation)


def _version(number: int, group: str, day: str, people: int, said: str) -> RoundVersion:
    return RoundVersion(number, group, date.fromisoformat(day), people, said)
