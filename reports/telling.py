"""What a report takes from the community besides its figures: the links drawn, the diagnosis, the experience sheets."""

from impact.communities.storage import list_organisations
from impact.cooperation.action_storage import list_actions
from impact.cooperation.meeting_storage import list_meetings
from impact.cooperation.picture import printed
from impact.cooperation.rules import pairs
from impact.cooperation.storage import list_links, list_rounds
from impact.db import EncryptedDatabase
from impact.diagnosis.orientation_storage import list_orientations, list_validations
from impact.diagnosis.storage import list_axes, list_crossings, list_findings
from impact.diagnosis.vocabulary import Use
from impact.periods import Period
from impact.plans.records import ExperienceSheet
from impact.plans.sheet_storage import list_sheets
from impact.plans.vocabulary import Heading
from impact.vocabulary import Audience
from impact.wording import join_words, long_date
from reports.composition.context import Diagnosis, DrawnLinks, Experience, Finding, Orientation


def draw_links(db: EncryptedDatabase, period: Period) -> DrawnLinks:
    """The links of the last round held by the end of the period; nothing to draw without one."""
    held = [known for known in list_rounds(db) if known.held_on <= period.end]
    if not held:
        return DrawnLinks()
    links = list_links(db, max(held, key=lambda known: known.held_on).id)
    organisations, joined = list_organisations(db), pairs(links)
    rows = []
    for known in organisations:
        mine = [link for link in joined if known.id in link.ends]
        existing = [link for link in mine if link.exists]
        confirmed = sum(link.is_confirmed for link in existing)
        rows.append((known.name, len(existing), confirmed, len(mine) - len(existing)))
    return DrawnLinks(printed(organisations, links), tuple(rows))


def tell_experiences(db: EncryptedDatabase) -> tuple[Experience, ...]:
    """Every experience sheet of the community, by title."""
    return tuple(_experience(sheet) for sheet in list_sheets(db))


def tell_diagnosis(db: EncryptedDatabase, period: Period, audience: Audience) -> Diagnosis | None:
    """The last validation by the end of the period; outside the house, only what is followed to account for it."""
    meetings = {meeting.id: meeting for meeting in list_meetings(db)}
    known = [each for each in list_validations(db) if meetings[each.meeting_id].held_on <= period.end]
    if not known:
        return None
    validation, meeting = known[0], meetings[known[0].meeting_id]
    axes = {axis.id: axis.title for axis in list_axes(db)}
    actions = {action.id: (action.title, action.state.label) for action in list_actions(db)}
    findings, orientations = list_findings(db), list_orientations(db)
    inside = audience in (Audience.INTERNAL, Audience.PARTNER)
    shown = [each for each in findings if inside or each.use is Use.ACCOUNTING]
    held = (len(findings), len(list_crossings(db)), len(orientations))
    validated = (validation.findings, validation.crossings, validation.orientations)
    return Diagnosis(
        meeting.kind.label.lower(),
        long_date(meeting.held_on),
        validated,
        tuple(Finding(axes[each.axis_id], each.kind.label, each.words, each.indicator or "") for each in shown),
        tuple(
            Orientation(
                each.title,
                tuple(axes[rank] for rank in each.axis_ids),
                tuple(actions[rank] for rank in each.action_ids),
            )
            for each in orientations
        ),
        held != validated,
        len(findings) - len(shown),
    )


def _experience(sheet: ExperienceSheet) -> Experience:
    kinds = join_words([kind.label for kind in sheet.actor_kinds])
    place = ". ".join(part for part in (sheet.kind, kinds, sheet.scale.label, sheet.centre) if part)
    texts = tuple((heading.label, sheet.words[heading]) for heading in Heading if sheet.words.get(heading))
    return Experience(sheet.title, f"{place}.", texts)
