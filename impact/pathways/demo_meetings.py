"""The support team of the demonstration: its meetings of last year, one of this autumn, the next one."""

from collections.abc import Sequence
from datetime import date, timedelta

from impact.audit import Actor
from impact.communities.storage import add_organisation, list_organisations
from impact.db import EncryptedDatabase
from impact.pathways import demo_words as words
from impact.pathways.demo_draws import working_day
from impact.pathways.meeting_records import Meeting
from impact.pathways.meeting_storage import add_meeting, decide_item, get_meeting, set_agenda, set_attendance
from impact.pathways.records import Decision
from impact.pathways.storage import present_situation
from impact.pathways.vocabulary import Outcome, Presence

FIRST, EVERY = date(2020, 9, 1), timedelta(14)


def meeting_day(day: date) -> date:
    """The Tuesday of the team's last meeting on that day or before: one in two."""
    return day - (day - FIRST) % EVERY


class Team:
    """Four institutions, and what they decided together."""

    def __init__(self, db: EncryptedDatabase, actor: Actor, today: date) -> None:
        self._db, self._actor, self._today = db, actor, today
        known = {each.name: each.id for each in list_organisations(db)}
        self._invited = [known.get(name) or add_organisation(db, actor, name, kind) for name, kind in words.TEAM]
        self._held: dict[date, int] = {}

    def decide(self, situation_id: int, decision: Decision) -> None:
        """At the meeting of that day, where the situation was presented."""
        day = decision.decided_on
        present_situation(self._db, self._actor, situation_id, day)
        if day not in self._held:
            self._held[day] = self._hold(Meeting(day, words.PLACE, day + EVERY))
        else:
            agenda = [item.situation_id for item in get_meeting(self._db, self._held[day]).agenda]
            set_agenda(self._db, self._actor, self._held[day], [*agenda, situation_id], self._today)
        decide_item(self._db, self._actor, self._held[day], situation_id, decision, None, self._today)

    def wait(self, situation_id: int, day: date) -> None:
        """A meeting of this autumn, where the team waited for an opinion."""
        meeting = Meeting(day, words.PLACE, self._next_day)
        added = self._hold(meeting)
        set_agenda(self._db, self._actor, added, [situation_id], self._today)
        waits = Decision(day, Outcome.WAITING, words.NOT_TAKEN[Outcome.WAITING.value])
        decide_item(self._db, self._actor, added, situation_id, waits, meeting.next_on, self._today)

    def prepare(self, situation_ids: Sequence[int]) -> None:
        """The next meeting, and what it will look at."""
        added = add_meeting(self._db, self._actor, Meeting(self._next_day, words.PLACE), self._invited, self._today)
        set_agenda(self._db, self._actor, added, situation_ids, self._today)

    @property
    def _next_day(self) -> date:
        return working_day(self._today + timedelta(6))

    def _hold(self, meeting: Meeting) -> int:
        """A meeting where everybody came but one institution, which had sent its excuses."""
        added = add_meeting(self._db, self._actor, meeting, self._invited, self._today)
        presences = dict.fromkeys(self._invited, Presence.PRESENT) | dict.fromkeys(self._invited[-1:], Presence.EXCUSED)
        set_attendance(self._db, self._actor, added, presences)
        return added
